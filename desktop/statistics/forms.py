"""What the room of statistics gives: a period, and sums over it. Shares are None where there is nothing to divide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.clock import stamp
from desktop.policy.clocks import begin_of

YEAR = "year"
QUARTERS = ("q1", "q2", "q3", "q4")


@dataclass(frozen=True)
class Period:
    """A year, or a part of it: `year`, `q1` … `q4`, or a month as `1` … `12`."""

    year: int
    part: str = YEAR

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its months."""
        if self.part == YEAR:
            numbers = range(1, 13)
        elif self.part in QUARTERS:
            first = QUARTERS.index(self.part) * 3 + 1
            numbers = range(first, first + 3)
        else:
            numbers = range(int(self.part), int(self.part) + 1)
        return tuple(date(self.year, number, 1) for number in numbers)

    @property
    def bounds(self) -> tuple[str, ...]:
        """The stamps between which its months lie, office time: one more than there are months."""
        last = self.months[-1]
        after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
        return tuple(stamp(begin_of(day)) for day in (*self.months, after))


@dataclass(frozen=True)
class Tally:
    """Limits by how they came out: met in time, met too late, over without being met, still running."""

    on_time: int = 0
    late: int = 0
    over: int = 0
    running: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.on_time + other.on_time, self.late + other.late, self.over + other.over, self.running + other.running)

    @property
    def fallen(self) -> int:
        """How many have come out, one way or the other."""
        return self.on_time + self.late + self.over

    @property
    def share(self) -> float | None:
        """按期率: met in time among those that have come out."""
        return self.on_time / self.fallen if self.fallen else None


@dataclass(frozen=True)
class Covered:
    """Activities that must be recorded: with a recording, excused as the text allows, without either, or hanging on an open question.

    `seconds` is how long those went on that must be recorded throughout or at the same time, are not excused, and whose begin and end are
    known; `proven` is what recordings prove of it, as the coverage lens of the case shows it.
    """

    recorded: int = 0
    excused: int = 0
    missing: int = 0
    open: int = 0
    seconds: int = 0
    proven: int = 0

    def __add__(self, other: Covered) -> Covered:
        return Covered(self.recorded + other.recorded, self.excused + other.excused, self.missing + other.missing, self.open + other.open,
                       self.seconds + other.seconds, self.proven + other.proven)

    @property
    def due(self) -> int:
        """How many must be recorded and are not excused."""
        return self.recorded + self.missing

    @property
    def share(self) -> float | None:
        """覆盖率: with a recording among those that must have one and are not excused."""
        return self.recorded / self.due if self.due else None

    @property
    def time_share(self) -> float | None:
        """时长覆盖率: seconds proven among the seconds due."""
        return self.proven / self.seconds if self.seconds else None


@dataclass(frozen=True)
class ArticleLine:
    """One article and how often it was not kept: limits missed, duties to record not met."""

    article: str
    title: str
    late: int = 0
    over: int = 0
    unrecorded: int = 0

    @property
    def all(self) -> int:
        return self.late + self.over + self.unrecorded


@dataclass(frozen=True)
class MonthLine:
    """One month: limits to hand recordings in (移交), to file (归档), and all others."""

    month: date
    deposit: Tally = Tally()
    filing: Tally = Tally()
    other: Tally = Tally()


Belonging = tuple[str, str, date]  # who leads the case, the unit on the last day of the month, the month


@dataclass(frozen=True)
class OfficerLine:
    """One officer by the cases that they lead; who changed the unit within the period stands under each. `unit` is empty where none is known."""

    name: str
    unit: str
    deposit: Tally = Tally()
    filing: Tally = Tally()
    covered: Covered = Covered()

    def __add__(self, other: OfficerLine) -> OfficerLine:
        return OfficerLine(self.name, self.unit, self.deposit + other.deposit, self.filing + other.filing, self.covered + other.covered)

    @property
    def busy(self) -> bool:
        """Whether any case of theirs falls into the period."""
        return self.deposit != Tally() or self.filing != Tally() or self.covered != Covered()


@dataclass(frozen=True)
class LimitSums:
    """Limits that fall into a period, by month and by article. A limit belongs to the month in which it ends."""

    months: tuple[MonthLine, ...]
    articles: tuple[ArticleLine, ...]

    @property
    def deposit(self) -> Tally:
        return sum((line.deposit for line in self.months), Tally())

    @property
    def filing(self) -> Tally:
        return sum((line.filing for line in self.months), Tally())

    @property
    def whole(self) -> Tally:
        return sum((line.deposit + line.filing + line.other for line in self.months), Tally())


@dataclass(frozen=True)
class CoverageSums:
    """Activities begun in a period that must be recorded, by month, by matter and by article; `officers` by who leads the case, unit and month."""

    months: tuple[tuple[date, Covered], ...]
    matters: tuple[tuple[str, Covered], ...]
    articles: tuple[ArticleLine, ...]
    officers: dict[Belonging, Covered] = field(default_factory=dict)

    @property
    def whole(self) -> Covered:
        return sum((covered for _month, covered in self.months), Covered())


@dataclass(frozen=True)
class Sums:
    """Everything of one period, as of a moment."""

    period: Period
    at: datetime
    limits: LimitSums
    coverage: CoverageSums
    officers: dict[Belonging, tuple[Tally, Tally]]

    @property
    def people(self) -> tuple[OfficerLine, ...]:
        """The officers by unit; cases that name nobody are left out."""
        return self._summed(lambda who: (who[1], who[0]))

    @property
    def units(self) -> tuple[OfficerLine, ...]:
        """The sums of each unit; its name stands in both places."""
        return self._summed(lambda who: (who[1], who[1]))

    @property
    def unit_months(self) -> tuple[tuple[date, OfficerLine], ...]:
        """The sums of each unit in each month."""
        return tuple((month, line) for month in self.period.months for line in self._summed(lambda who: (who[1], who[1]), month))

    def _summed(self, place: Callable[[Belonging], tuple[str, str]], month: date | None = None) -> tuple[OfficerLine, ...]:
        found: dict[tuple[str, str], OfficerLine] = {}
        parts = [*((who, OfficerLine("", "", *two)) for who, two in self.officers.items()),
                 *((who, OfficerLine("", "", covered=one)) for who, one in self.coverage.officers.items())]
        for who, line in parts:
            if who[0] and month in (None, who[2]):
                unit, name = place(who)
                found[(unit, name)] = found.get((unit, name), OfficerLine(name, unit)) + line
        return tuple(line for _key, line in sorted(found.items()) if line.busy)

    @property
    def articles(self) -> tuple[ArticleLine, ...]:
        """Limits missed and duties not met, by article, the most first."""
        return merged([*self.limits.articles, *self.coverage.articles])

    @property
    def empty(self) -> bool:
        """Whether nothing falls into the period."""
        whole, covered = self.limits.whole, self.coverage.whole
        return not (whole.fallen or whole.running or covered.due or covered.excused or covered.open)


def merged(lines: list[ArticleLine]) -> tuple[ArticleLine, ...]:
    """One line for each article and title, the most first."""
    found: dict[tuple[str, str], ArticleLine] = {}
    for one in lines:
        known = found.get((one.article, one.title), ArticleLine(one.article, one.title))
        found[(one.article, one.title)] = ArticleLine(one.article, one.title, known.late + one.late, known.over + one.over,
                                                      known.unrecorded + one.unrecorded)
    return tuple(sorted((line for line in found.values() if line.all), key=lambda line: (-line.all, line.article, line.title)))
