"""Where each mark of a case's course stands in its lane: bars by wall clock, ticks below them, the words of a gap under the gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF

from models.terms import Stage
from views.cases.axis import EDGE, Column
from views.cases.marks import Mark, day_of

BAR, ROW, TICK, STEP, SEAL = 8, 10, 3, 9, 20  # px
ROWS_MOST = 3


@dataclass(frozen=True)
class Placed:
    """A mark with its place; `label` is where the words of a gap stand."""

    mark: Mark
    box: QRectF
    label: QRectF | None = None


@dataclass(frozen=True)
class Lane:
    """A stage: its top, its height, how many rows of recordings it has, and whether ticks stand below them."""

    stage: Stage
    top: float
    high: float
    rows: int


def lanes(marks: Sequence[Mark], top: float, least: float) -> list[Lane]:
    """The five lanes, each as high as what stands in it."""
    out = []
    for stage in Stage:
        own = [m for m in marks if m.lane is stage]
        bars = [m.row + 1 for m in own if m.kind == "bar"]
        rows = min(max(bars, default=0), ROWS_MOST)
        ticks = any(m.kind in ("tick", "seal", "gap") for m in own)
        high = max(least, rows * ROW + 8 + (least - 6 if ticks else 0)) if rows else least
        out.append(Lane(stage, top, high, rows))
        top += high
    return out


def place(marks: Sequence[Mark], columns: Sequence[Column], lanes_: Sequence[Lane], label_wide: Callable[[str], float], right: float) -> list[Placed]:
    """Every mark with its place, activities first, for the others stand on them; `right` is where the axis ends."""
    by_day = {c.strip.day: c for c in columns if c.strip.day}
    by_stage = {one.stage: one for one in lanes_}
    spans = [m for m in marks if m.kind in ("activity", "bar", "gap")]
    out = [_span(m, by_day, by_stage[m.lane], label_wide, right) for m in sorted(spans, key=lambda m: ("activity", "bar", "gap").index(m.kind))]
    taken: dict[tuple[Stage, date], list[QRectF]] = {}
    for one in out:
        if one.label is not None:
            taken.setdefault((one.mark.lane, one.mark.day), []).append(one.label)
    groups: dict[tuple[Stage, date], list[Mark]] = {}
    for mark in marks:
        if mark.kind in ("tick", "seal"):
            groups.setdefault((mark.lane, mark.day), []).append(mark)
    for (stage, day), found in groups.items():
        out += _ticks(found, by_day[day], by_stage[stage], taken.get((stage, day), ()))
    return out + [_limit(m, by_day[m.day], by_stage[Stage.FILE]) for m in marks if m.kind == "limit"]


def _span(mark: Mark, by_day: dict[date | None, Column], lane: Lane, label_wide: Callable[[str], float], right: float) -> Placed:
    x = by_day[mark.day].at(mark.start)
    to = by_day[day_of(mark.end)].at(mark.end) if mark.end is not None else x
    if mark.kind == "activity":
        box = QRectF(x - 4, lane.top + 3, max(to - x + 8, 14), lane.high - 6)
        return Placed(mark, box)
    top = lane.top + 5 if lane.rows else lane.top + lane.high / 2 - BAR / 2
    if mark.kind == "bar":
        below = any(True for _n in range(lane.rows)) and lane.high > lane.rows * ROW + 12
        first = top if below or lane.rows > 1 else lane.top + lane.high / 2 - BAR / 2
        return Placed(mark, QRectF(x, first + min(mark.row, ROWS_MOST - 1) * ROW, max(to - x, 5), BAR))
    high = max(lane.rows, 1) * ROW + 2
    box = QRectF(x, top - 2, max(to - x, 6), high)
    wide = label_wide(mark.title.split("，")[0]) + 10
    at = min(max(box.center().x() - wide / 2, by_day[mark.day].x), right - wide)
    return Placed(mark, box, QRectF(at, box.bottom() + 1, wide, lane.top + lane.high - box.bottom() - 3))


def _ticks(found: Sequence[Mark], column: Column, lane: Lane, taken: Sequence[QRectF]) -> list[Placed]:
    """Papers side by side in their order; those that the words of a gap would cover stand behind them."""
    under = lane.rows and lane.high > lane.rows * ROW + 12
    top = lane.top + (lane.rows * ROW + 7 if under else 6)
    high = lane.top + lane.high - 5 - top
    need = sum(SEAL + 4 if m.kind == "seal" else STEP for m in found)
    squeeze = min(1.0, (column.wide - 2 * EDGE) / need) if need else 1.0
    x, out = column.x + EDGE, []
    for mark in found:
        wide = SEAL if mark.kind == "seal" else TICK
        for label in sorted(taken, key=QRectF.left):
            if x + wide > label.left() - 2 and x < label.right() + 3:
                x = label.right() + 4
        box = QRectF(x, top, wide, high) if mark.kind == "tick" else QRectF(x, top + high / 2 - SEAL / 2, SEAL, SEAL)
        out.append(Placed(mark, box))
        x += (SEAL + 4 if mark.kind == "seal" else STEP) * squeeze
    return out


def _limit(mark: Mark, column: Column, lane: Lane) -> Placed:
    middle = column.x + column.wide / 2
    return Placed(mark, QRectF(middle, lane.top + 4, 18, lane.high - 8))
