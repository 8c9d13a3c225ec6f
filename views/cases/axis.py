"""The elastic axis of a case: days on which something happened are wide, idle days between them fold into a notch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.policy.clocks import BEIJING
from views.cases.marks import Mark, day_of

BASE, EACH, LIVELY, FOLD = 58, 11, 110, 36  # px at 100 %: a day, one more tick in it, a day with recordings or activities, a fold
ROOMY_TICKS = 4  # as many fit in a plain day
EDGE = 8  # px left free at both sides of a day


@dataclass(frozen=True)
class Strip:
    """A day, or `idle` days folded away. `first` and `last` are the wall clock that the day shows, where it shows any."""

    day: date | None
    idle: int = 0
    weight: int = 0
    first: datetime | None = None
    last: datetime | None = None


def strips(marks: Sequence[Mark], others: Iterable[date]) -> list[Strip]:
    """The axis from its first day to its last; `others` are days that stand on it without a mark (today, begin, end)."""
    ends = {day_of(m.end) for m in marks if m.end is not None}
    out: list[Strip] = []
    for day in sorted({m.day for m in marks} | ends | set(others)):
        if out and (before := out[-1].day) is not None and (gap := (day - before).days - 1) > 0:
            out.append(Strip(None, gap))
        out.append(_strip(marks, day))
    return out


def _strip(marks: Sequence[Mark], day: date) -> Strip:
    moments = [at.astimezone(BEIJING) for m in marks for at in (m.start, m.end) if isinstance(at, datetime) and day_of(at) == day and m.timed]
    lively = any(m.timed and (m.day == day or (m.end and day_of(m.end) == day)) for m in marks)
    weight = BASE + EACH * max(_most(marks, day) - ROOMY_TICKS, 0) + (LIVELY if lively else 0)
    return Strip(day, 0, weight, min(moments, default=None), max(moments, default=None))


def _most(marks: Sequence[Mark], day: date) -> int:
    """How much room the ticks of the fullest lane need on a day, in ticks; a seal takes that of two."""
    lanes: dict[object, int] = {}
    for mark in marks:
        if mark.day == day and mark.kind in ("tick", "seal"):
            lanes[mark.lane] = lanes.get(mark.lane, 0) + (2 if mark.kind == "seal" else 1)
    return max(lanes.values(), default=0)


def widths(axis: Sequence[Strip], room: float, fold: float = FOLD) -> list[float]:
    """How wide each strip is in `room` px: folds as they are, days by weight; where days are many, folds give way."""
    total = sum(s.weight for s in axis)
    folds = sum(s.day is None for s in axis)
    fold = min(fold, room * 0.4 / folds) if folds else fold
    unit = (room - fold * folds) / total if total else 0
    return [s.weight * unit if s.day else fold for s in axis]


@dataclass(frozen=True)
class Column:
    """One strip where it is drawn."""

    strip: Strip
    x: float
    wide: float

    def at(self, moment: datetime | date) -> float:
        """Where a moment of this day stands; the day's middle where it shows no wall clock."""
        first, last = self.strip.first, self.strip.last
        if not isinstance(moment, datetime) or first is None or last is None or first == last:
            return self.x + (self.wide / 2 if not isinstance(moment, datetime) else EDGE)
        share = (moment - first).total_seconds() / (last - first).total_seconds()
        return self.x + EDGE + min(max(share, 0.0), 1.0) * (self.wide - 2 * EDGE)


def columns(axis: Sequence[Strip], left: float, room: float, fold: float = FOLD) -> list[Column]:
    """Every strip with its place."""
    out = []
    for strip, wide in zip(axis, widths(axis, room, fold), strict=True):
        out.append(Column(strip, left, wide))
        left += wide
    return out
