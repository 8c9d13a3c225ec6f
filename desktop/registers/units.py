"""Acts on units (所属机构、中队): where somebody belongs from a day on; who moves keeps the unit of before for what was before."""

from __future__ import annotations

from datetime import date

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.registers.forms import UnitLine
from models.people import Person, PersonUnit
from models.terms import PersonId


class UnitActs(Service):
    """One line from each day on which it changed; a line of the same day is corrected, with a reason."""

    @act("registers.unit_set", subject=lambda person_id, unit, since, reason="": {"person": person_id})
    def unit_set(self, person_id: PersonId, unit: str, since: date, reason: str = "") -> None:
        """Say which unit somebody belongs to from a day on. Raises `Refusal`: not_found, units.empty, change.reason_missing where a line of
        that very day stood otherwise."""
        if not unit.strip():
            raise Refusal("units.empty")
        if not Person.select().where(Person.id == person_id).exists():
            raise Refusal("not_found")
        row = PersonUnit.get_or_none((PersonUnit.person == person_id) & (PersonUnit.since == since.isoformat()))
        if row is None:
            PersonUnit.create(person=person_id, unit=unit.strip(), since=since.isoformat(), author=self.archive.person.id,
                              at=stamp(self.archive.clock.now()))
        elif row.unit != unit.strip():
            history.amend(self.archive, row, {"unit": unit.strip()}, reason)
        self._note(unit=unit.strip(), since=since.isoformat(), reason=reason.strip())

    @reading("people.read")
    def units(self) -> list[UnitLine]:
        """Every line of everybody, by person, the newest first."""
        author = Person.alias()
        rows = (PersonUnit.select(PersonUnit, Person, author).join_from(PersonUnit, Person, on=(PersonUnit.person == Person.id))
                .join_from(PersonUnit, author, on=(PersonUnit.author == author.id)).order_by(PersonUnit.person, PersonUnit.since.desc()))
        return [UnitLine(row.person_id, row.person.name, row.unit, date.fromisoformat(row.since), row.author.name, row.at) for row in rows]
