"""What a plot shows, as values: strips of columns over months, or lying bars cut into parts; and the facts of it in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.i18n import _
from desktop.statistics.forms import Covered, OfficerLine, Sums, Tally
from desktop.statistics.tables import hours
from views.statistics.words import both_words, month_words, of_words, share_words, time_words, unit_words


@dataclass(frozen=True)
class Part:
    """One kind of a bar's parts: its words, a token of the look, and how it is filled, so that grey print tells it apart."""

    title: str
    ink: str
    filling: str  # solid, hatched, dotted, empty


@dataclass(frozen=True)
class Strip:
    """One measure over the months: a share or None for each, and the counts behind it in words."""

    title: str
    shares: tuple[float | None, ...]
    counts: tuple[str, ...]
    whole: str


@dataclass(frozen=True)
class Bar:
    """One lying bar: its words, the count of each part, and what is written at its end. `timed`: the counts are seconds."""

    title: str
    counts: tuple[int, ...]
    end: str = ""
    timed: bool = False

    def told(self, count: int) -> str:
        """One of its counts in words."""
        return hours(count) if self.timed else str(count)


@dataclass(frozen=True)
class Chart:
    """A plot: strips over `categories`, or bars of `parts`."""

    title: str
    note: str = ""
    categories: tuple[str, ...] = ()
    strips: tuple[Strip, ...] = ()
    parts: tuple[Part, ...] = ()
    bars: tuple[Bar, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(bar.counts) for bar in self.bars) and all(share is None for strip in self.strips for share in strip.shares)

    @property
    def spoken(self) -> str:
        """The facts of it in words: for a screen reader."""
        told = [_("{title}: {whole}").format(title=strip.title, whole=strip.whole) for strip in self.strips]
        told += [f"{bar.title} " + "，".join(f"{part.title} {bar.told(count)}" for part, count in zip(self.parts, bar.counts, strict=True) if count)
                 for bar in self.bars[:12]]
        return "；".join(told)


def rates(sums: Sums) -> Chart:
    """按期率与覆盖率, by month."""
    months = sums.limits.months
    covered = [one for _month, one in sums.coverage.months]
    return Chart(
        _("On-time rates and coverage by month"), _("A limit belongs to the month in which it ends; rates are of what has come out."),
        tuple(month_words(line.month) for line in months), (
            _of_tallies(_("Recordings handed in on time"), [line.deposit for line in months], sums.limits.deposit),
            _of_tallies(_("Cases filed on time"), [line.filing for line in months], sums.limits.filing),
            Strip(_("Activities recorded that must be"), tuple(one.share for one in covered),
                  tuple(of_words(one.recorded, one.due) for one in covered),
                  _whole(sums.coverage.whole.share, sums.coverage.whole.recorded, sums.coverage.whole.due)),
            Strip(_("Time proven by recordings"), tuple(one.time_share for one in covered),
                  tuple(time_words(one.proven, one.seconds) for one in covered), _timed(sums.coverage.whole))))


def coverage(sums: Sums) -> Chart:
    """覆盖, by matter."""
    bars = tuple(Bar(title, (one.recorded, one.excused, one.missing, one.open), both_words(one)) for title, one in sums.coverage.matters)
    return Chart(_("Recording of activities by matter"),
                 _("At the end: recorded by number, and proven by time, as the coverage of each case shows it."),
                 parts=(Part(_("with a recording"), "accent", "solid"), Part(_("excused"), "quiet", "dotted"),
                        Part(_("not recorded"), "late", "hatched"), Part(_("to be settled"), "line_strong", "empty")), bars=bars)


def articles(sums: Sums) -> Chart:
    """违反与逾期, by article."""
    bars = tuple(Bar(f"{one.article} · {one.title}", (one.late, one.over, one.unrecorded), str(one.all)) for one in sums.articles)
    return Chart(_("Not kept, by article"), _("Inferred limits of correction checks are not counted."),
                 parts=(Part(_("done late"), "soon", "dotted"), Part(_("over, not done"), "late", "hatched"),
                        Part(_("not recorded"), "late", "solid")), bars=bars)


def officers(sums: Sums) -> Chart:
    """按主办人."""
    return _people(_("By leading officer"), sums.people, lambda line: line.name)


def units(sums: Sums) -> Chart:
    """按所属机构."""
    return _people(_("By unit"), sums.units, lambda line: unit_words(line.unit))


def unit_months(sums: Sums) -> Chart:
    """按月份和所属机构: the time that recordings prove."""
    bars = tuple(Bar(f"{month_words(month)} {unit_words(line.unit)}", (line.covered.proven, line.covered.seconds - line.covered.proven),
                     share_words(line.covered.time_share), True) for month, line in sums.unit_months)
    return Chart(_("Time proven, by month and unit"), _("In hours; of activities that must be recorded throughout or at the same time."),
                 parts=(Part(_("proven"), "accent", "solid"), Part(_("not proven"), "late", "hatched")), bars=bars)


def _people(title: str, lines: Sequence[OfficerLine], name: Callable[[OfficerLine], str]) -> Chart:
    bars = []
    for line in lines:
        whole: Tally = line.deposit + line.filing
        bars.append(Bar(name(line), (whole.on_time, whole.late, whole.over, whole.running), share_words(whole.share)))
    return Chart(title, _("Handing in and filing together; a case counts for the officer named first."),
                 parts=(Part(_("on time"), "accent", "solid"), Part(_("done late"), "soon", "dotted"), Part(_("over, not done"), "late", "hatched"),
                        Part(_("still running"), "line_strong", "empty")), bars=tuple(bars))


def _of_tallies(title: str, months: Sequence[Tally], whole: Tally) -> Strip:
    return Strip(title, tuple(one.share for one in months), tuple(of_words(one.on_time, one.fallen) for one in months),
                 _whole(whole.share, whole.on_time, whole.fallen))


def _whole(share: float | None, some: int, of: int) -> str:
    return f"{share_words(share)}（{of_words(some, of)}）" if of else share_words(None)


def _timed(one: Covered) -> str:
    return f"{share_words(one.time_share)}（{time_words(one.proven, one.seconds)}）" if one.seconds else share_words(None)
