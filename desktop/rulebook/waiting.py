"""What waits for the person here in the rules: versions to confirm, a year without its notice, rows of the agency's list that no longer stand."""

from __future__ import annotations

from desktop.acts import Service, reading
from desktop.errors import Refusal
from desktop.policy.listing import in_force
from desktop.policy.profile import profile
from desktop.rulebook.forms import PendingLine, Waiting
from models.people import Person
from models.rulebook import PowerVersion, ProfileVersion

AHEAD_FROM = 12  # the month from which the next year's notice is asked for; it is out by then


class WaitingActs(Service):
    """待办: only what this person may do."""

    @reading("rulebook.second")
    def pending(self) -> list[PendingLine]:
        """The versions of all profiles that wait for this person to confirm them, the earliest first."""
        rows = (ProfileVersion.select(ProfileVersion, Person).join(Person, on=(ProfileVersion.author == Person.id)).where(
            ProfileVersion.seconded_at.is_null() & ProfileVersion.withdrawn_at.is_null() & (ProfileVersion.author != self.archive.person.id)))
        return [PendingLine(row.key, row.version, profile(row.key).short, row.author.name, row.at, row.reason)
                for row in rows.order_by(ProfileVersion.id)]

    @reading("rulebook.read")
    def waiting(self) -> Waiting:
        """What the person here has to do on the page of the rules, each only where their role may."""
        may = self.archive.may
        return Waiting(tuple(self.pending()) if may("rulebook.second").allowed else (),
                       self._years_wanted() if may("calendar.load").allowed else (),
                       self._rows_left_out() if may("duty_list.edit").allowed else (),
                       self._powers() if may("registers.powers_second").allowed else 0)

    def _powers(self) -> int:
        """Versions of the agency's list of powers that somebody else drafted and nobody confirmed."""
        return int(PowerVersion.select().where(PowerVersion.seconded_at.is_null() & PowerVersion.withdrawn_at.is_null()
                                               & (PowerVersion.author != self.archive.person.id)).count())

    def _years_wanted(self) -> tuple[int, ...]:
        """The years that limits are counted in already, or soon, and whose notice is not loaded."""
        today, calendar = self.archive.rules.day_of(self.archive.clock.now()), self.archive.rules.calendar()
        wanted = (today.year, today.year + 1) if today.month >= AHEAD_FROM else (today.year,)
        return tuple(year for year in wanted if not calendar.announced(year))

    def _rows_left_out(self) -> tuple[str, ...]:
        """Titles of rows of the agency's list that ask less than the regulation in force now, and so count no more."""
        rules, out = self.archive.rules.current(self.archive.header.profile, self.archive.clock.now()), []
        for row in self.archive.rules.agency_rows():
            try:
                in_force(rules, [row])
            except Refusal:
                out.append(row.title)
        return tuple(out)
