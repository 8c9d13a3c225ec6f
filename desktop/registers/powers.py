"""Acts on the agency's list of powers (机关职权清单): drafted, confirmed by a second person, in force from a day on, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from peewee import JOIN

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.handout import handed_out
from desktop.policy.powers import Power, PowerList, count_powers, parse_powers, powers_text
from desktop.registers.forms import PowerLine, PowersInForce
from desktop.registers.in_force import powers_on
from desktop.registers.spreadsheet import powers_book, powers_from_rows
from desktop.rulebook.reading_files import text_of
from desktop.tools.sheet_rows import sheet_rows
from models.people import Person
from models.rulebook import PowerVersion


class PowerActs(Service):
    """It is empty until the agency fills it; a version never changes, and a case is judged by the one in force when it was decided."""

    @act("registers.powers_draft")
    def powers_draft(self, text: str, reason: str) -> int:
        """Keep a new version; returns its number. It holds nothing until a second person confirms it.

        Raises `Refusal`: change.reason_missing, powers.faulty (with the first mistake), powers.empty, powers.unchanged.
        """
        if not reason.strip():
            raise Refusal("change.reason_missing")
        listed = parse_powers(text)
        if not listed.power:
            raise Refusal("powers.empty")
        newest = PowerVersion.select().order_by(PowerVersion.version.desc()).first()
        kept = powers_text(listed.power)
        if newest is not None and newest.text == kept and newest.withdrawn_at is None:
            raise Refusal("powers.unchanged", version=newest.version)
        version = (newest.version if newest else 0) + 1
        PowerVersion.create(version=version, text=kept, reason=reason.strip(), author=self.archive.person.id, at=self._stamp())
        self._note(version=version, rows=len(listed.power), reason=reason.strip())
        return version

    @act("registers.powers_second", check="_check_second")
    def powers_second(self, version: int, effective_from: date, password: str) -> None:
        """Confirm another person's draft, to be in force from a day on; that day may lie behind, for decisions made since.

        Raises `Refusal`: not_found, powers.own_draft, powers.seconded, password.wrong.
        """
        row = self._open(version)
        PowerVersion.update(seconded_by=self.archive.person.id, seconded_at=self._stamp(), effective_from=effective_from.isoformat()
                            ).where(PowerVersion.id == row.id).execute()
        self._note(version=version, effective_from=effective_from.isoformat())

    @act("registers.powers_withdraw")
    def powers_withdraw(self, version: int, reason: str) -> None:
        """Take a version back: the one before it counts again, or none."""
        row = self._row(version)
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(version=version, reason=reason.strip())

    @reading("registers.read")
    def powers(self) -> PowersInForce:
        """The list in force today."""
        return powers_on(self.archive.database.connection(), self.archive.rules.day_of(self.archive.clock.now()))

    @reading("registers.read")
    def power_list(self, version: int) -> PowerList:
        """The list in one version. Raises `Refusal` not_found."""
        return parse_powers(str(self._row(version, gone=True).text))

    @reading("registers.read")
    def powers_versions(self) -> list[PowerLine]:
        """Every version, the newest first."""
        holds, me = self.powers().version, self.archive.person.id
        second = Person.alias()
        rows = (PowerVersion.select(PowerVersion, Person, second).join_from(PowerVersion, Person, on=(PowerVersion.author == Person.id))
                .join_from(PowerVersion, second, JOIN.LEFT_OUTER, on=(PowerVersion.seconded_by == second.id)).order_by(PowerVersion.version.desc()))
        return [PowerLine(row.version, count_powers(row.text), row.author.name, row.at, row.reason,
                          row.seconded_by.name if row.seconded_by else "", date.fromisoformat(row.effective_from) if row.effective_from else None,
                          row.withdrawn_at, row.version == holds, row.author_id == me) for row in rows]

    @reading("registers.read")
    def powers_file(self, path: Path) -> str:
        """The list of a person's file as text: TOML as it stands, a spreadsheet read in a worker, row by row.

        Raises `Refusal`: calendar.file_unreadable, calendar.file_not_text, powers.sheet (with the row and what is wrong there).
        """
        if path.suffix.lower() != ".xlsx":
            return text_of(path)
        return powers_text(powers_from_rows(sheet_rows(self.archive.workers, path)))

    @reading("registers.read")
    def powers_sheet(self, rows: tuple[Power, ...], path: Path) -> Path:
        """A list as a spreadsheet to be filled in or changed, and taken in again; without rows only its heads. Raises `Refusal` copy.unwritable."""
        book = powers_book(self.archive.name, rows)
        with handed_out(path) as stream:
            stream.write(book)
        return path

    def _check_second(self, version: int, effective_from: date, password: str) -> None:
        """Before the transaction, because Argon2id takes its time."""
        self._open(version)
        self.archive.people.confirm(password)

    def _open(self, version: int) -> PowerVersion:
        row = self._row(version)
        if row.author_id == self.archive.person.id:
            raise Refusal("powers.own_draft")
        if row.seconded_at:
            raise Refusal("powers.seconded", by=row.seconded_by.name if row.seconded_by else "")
        return row

    def _row(self, version: int, gone: bool = False) -> PowerVersion:
        row: PowerVersion | None = PowerVersion.get_or_none(PowerVersion.version == version)
        if row is None or (row.withdrawn_at and not gone):
            raise Refusal("not_found")
        return row

    def _stamp(self) -> str:
        return stamp(self.archive.clock.now())
