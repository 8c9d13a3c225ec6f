"""The elastic axis of a case: days on which something happened are wide, idle days between them fold into a notch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from desktop.policy.clocks import BEIJING
from views.cases.marks import Mark, day_of

BASE, EACH, FOLD = 58, 11, 36  # px at 100 %: a day, one more tick in it, a fold
LIVELY, FILMED = 50, 180  # px more for a day with an activity that has its hours, and for one with recordings
IDLE = 0.08  # of the hours in which something went on: so much at most takes a stretch of the day in which nothing did
ROOMY_TICKS = 4  # as many fit in a plain day
EDGE = 8  # px left free at both sides of a day


@dataclass(frozen=True)
class Strip:
    """A day, or `idle` days folded away. `scale` is the wall clock that the day shows: moments in order, each with its share of the width."""

    day: date | None
    idle: int = 0
    weight: int = 0
    scale: tuple[tuple[datetime, float], ...] = ()


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
    timed = [m for m in marks if m.timed and isinstance(m.start, datetime) and (m.day == day or (m.end and day_of(m.end) == day))]
    filmed = any(m.kind == "bar" for m in timed)
    lively = any(m.end is not None and m.end > m.start for m in timed if isinstance(m.start, datetime))
    weight = BASE + EACH * max(_most(marks, day) - ROOMY_TICKS, 0) + (FILMED if filmed else LIVELY if lively else 0)
    return Strip(day, 0, weight, _scale(timed, day))


def _scale(timed: Sequence[Mark], day: date) -> tuple[tuple[datetime, float], ...]:
    """Hours in which something went on keep their proportion; those between them shrink."""
    spans = [(m.start.astimezone(BEIJING), (m.end or m.start).astimezone(BEIJING)) for m in timed if isinstance(m.start, datetime)]
    moments = sorted({at for span in spans for at in span if at.date() == day})
    lengths = [((b - a).total_seconds(), any(s <= a and b <= e for s, e in spans)) for a, b in pairwise(moments)]
    busy = sum(length for length, on in lengths if on)
    weights = [length if on else min(length, busy * IDLE or length) for length, on in lengths]
    whole, at, out = sum(weights), 0.0, []
    for moment, step in zip(moments, [*weights, 0.0], strict=False):  # without a moment there is no step either
        out.append((moment, at / whole if whole else 0.0))
        at += step
    return tuple(out)


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
        """Where a moment of this day stands; a day without an hour stands in the middle."""
        if not isinstance(moment, datetime):
            return self.x + self.wide / 2
        return self.x + EDGE + self._share(moment) * (self.wide - 2 * EDGE)

    def _share(self, moment: datetime) -> float:
        scale = self.strip.scale
        after = bisect_right([at for at, _share in scale], moment)
        if after == 0 or after == len(scale):
            return scale[-1][1] if after and scale else 0.0
        (first, low), (last, high) = scale[after - 1], scale[after]
        return low + (high - low) * ((moment - first) / (last - first))


def columns(axis: Sequence[Strip], left: float, room: float, fold: float = FOLD) -> list[Column]:
    """Every strip with its place."""
    out = []
    for strip, wide in zip(axis, widths(axis, room, fold), strict=True):
        out.append(Column(strip, left, wide))
        left += wide
    return out
