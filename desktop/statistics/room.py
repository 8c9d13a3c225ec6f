"""统计: sums over the cases that exist for the person, by month, article, unit and officer; what is taken out stands in the ledger."""

from __future__ import annotations

from pathlib import Path

from desktop.acts import Service, act, reading
from desktop.handout import handed_out
from desktop.policy.clocks import day_of
from desktop.policy.listing import Listing
from desktop.policy.rules import Profile
from desktop.statistics.belonging import Belongings
from desktop.statistics.coverage import coverage_sums
from desktop.statistics.forms import Belonging, CoverageSums, LimitSums, Period, Sums, Tally
from desktop.statistics.limits import Rule, limit_sums, officer_sums, rules_of
from desktop.statistics.tables import sums_sheets


class Statistics(Service):
    """Nothing here is kept: every figure is counted when it is asked for, and narrowed to what the person may know of."""

    @reading("statistics.read")
    def years(self) -> list[int]:
        """The years that any limit or any activity falls into, the latest first, and the present one."""
        statement = """SELECT min(d), max(d) FROM (SELECT min(due) AS d FROM case_clock UNION ALL SELECT max(due) FROM case_clock
            UNION ALL SELECT min(start) FROM case_activity UNION ALL SELECT max(start) FROM case_activity)"""
        first, _last = self.archive.database.connection().execute(statement).fetchall()[0]
        now = day_of(self.archive.clock.now()).year
        return list(range(now, min(int((first or str(now))[:4]), now) - 1, -1))

    @reading("statistics.read")
    def limits(self, period: Period) -> LimitSums:
        """Limits that end in the period, by month and by article."""
        return limit_sums(self.archive.database.connection(), self.archive.person.clearance, period, self.archive.clock.now(), self._rules())

    @reading("statistics.read")
    def coverage(self, period: Period) -> CoverageSums:
        """Activities begun in the period that must be recorded, by month, by matter and by article."""
        connection = self.archive.database.connection()
        return coverage_sums(connection, self.archive.person.clearance, period, self._held, Belongings(connection).unit_of)

    @reading("statistics.read")
    def officers(self, period: Period) -> dict[Belonging, tuple[Tally, Tally]]:
        """Deposits and filings by who leads the case, by the unit of the month."""
        connection = self.archive.database.connection()
        return officer_sums(connection, self.archive.person.clearance, period, self.archive.clock.now(), self._rules(),
                            Belongings(connection).unit_of)

    @reading("statistics.read")
    def sums(self, period: Period) -> Sums:
        """Everything of one period; a page reads the three parts one after the other, so that it holds up nobody."""
        return Sums(period, self.archive.clock.now(), self.limits(period), self.coverage(period), self.officers(period))

    @reading("statistics.export", signed_in=False)
    def save_tables(self, period: Period, path: Path) -> Path:
        """All tables of a period as a spreadsheet at `path`. Raises `Refusal` copy.unwritable."""
        self._taken(period, "xlsx", "")
        book = sums_sheets(self.archive.name, self.sums(period))
        with handed_out(path) as stream:
            stream.write(book)
        return path

    @reading("statistics.export", signed_in=False)
    def save_plot(self, period: Period, name: str, content: bytes, path: Path) -> Path:
        """A drawn plot (PNG, SVG or PDF, as the window made it) at `path`. Raises `Refusal` copy.unwritable."""
        self._taken(period, path.suffix.lstrip(".").lower(), name)
        with handed_out(path) as stream:
            stream.write(content)
        return path

    @act("statistics.export")
    def _taken(self, period: Period, form: str, name: str) -> None:
        """Write down what is taken out."""
        self._note(year=period.year, part=period.part, form=form, **({"name": name} if name else {}))

    def _rules(self) -> list[Rule]:
        connection = self.archive.database.connection()
        versions = connection.execute("SELECT DISTINCT profile, profile_version FROM case_folder").fetchall()
        return rules_of(connection, [self.archive.rules.profile(key, version) for key, version in versions])

    def _held(self, key: str, version: int) -> tuple[Profile, Listing]:
        profile = self.archive.rules.profile(key, version)
        return profile, self.archive.rules.listing(profile)
