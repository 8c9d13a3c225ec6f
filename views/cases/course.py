"""Where each mark of a case's course stands in its lane: bars by wall clock, ticks below them, the words of a gap under the gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF

from models.terms import Stage
from views.cases.axis import EDGE, Column
from views.cases.marks import Mark, day_of

BAR, ROW, TICK, STEP, SEAL, WORDS = 8, 10, 3, 9, 20, 20  # px; WORDS: the line that tells how long a gap is
ROWS_MOST = 3


@dataclass(frozen=True)
class Placed:
    """A mark with its place; `label` is where the words of a gap stand."""

    mark: Mark
    box: QRectF
    label: QRectF | None = None


@dataclass(frozen=True)
class Lane:
    """A stage: its top, its height, how many rows of recordings it has; below them `told` the words of gaps, below those `ticks`."""

    stage: Stage
    top: float
    high: float
    rows: int
    told: bool
    ticks: bool

    @property
    def under(self) -> float:
        """Where the ticks begin."""
        return self.top + (self.rows * ROW + 7 if self.rows else 5) + (WORDS if self.told else 0)


def lanes(marks: Sequence[Mark], top: float, least: float) -> list[Lane]:
    """The five lanes, each as high as what stands in it."""
    out = []
    for stage in Stage:
        own = [m for m in marks if m.lane is stage]
        kinds = {m.kind for m in own}
        rows = min(max((m.row + 1 for m in own if m.kind == "bar"), default=0), ROWS_MOST)
        told, ticks = "gap" in kinds, bool(kinds & {"tick", "seal"})
        rows = max(rows, 1) if told else rows
        need = rows * ROW + 8 + (WORDS if told else 0) + (least - 6 if ticks and rows else 0)
        high = max(least, need) if rows else least
        out.append(Lane(stage, top, high, rows, told, ticks))
        top += high
    return out


def place(marks: Sequence[Mark], columns: Sequence[Column], lanes_: Sequence[Lane], label_wide: Callable[[str], float], right: float) -> list[Placed]:
    """Every mark with its place, activities first, for the others stand on them; `right` is where the axis ends."""
    by_day = {c.strip.day: c for c in columns if c.strip.day}
    by_stage = {one.stage: one for one in lanes_}
    spans = [m for m in marks if m.kind in ("activity", "bar", "gap")]
    out = [_span(m, by_day, by_stage[m.lane]) for m in sorted(spans, key=lambda m: ("activity", "bar", "gap").index(m.kind))]
    out = _tell(out, columns, label_wide, right)
    groups: dict[tuple[Stage, date], list[Mark]] = {}
    for mark in marks:
        if mark.kind in ("tick", "seal"):
            groups.setdefault((mark.lane, mark.day), []).append(mark)
    for (stage, day), found in groups.items():
        out += _ticks(found, by_day[day], by_stage[stage])
    return out + [_limit(m, by_day[m.day], by_stage[Stage.FILE]) for m in marks if m.kind == "limit"]


def _span(mark: Mark, by_day: dict[date | None, Column], lane: Lane) -> Placed:
    x = by_day[mark.day].at(mark.start)
    to = by_day[day_of(mark.end)].at(mark.end) if mark.end is not None else x
    if mark.kind == "activity":
        return Placed(mark, QRectF(x - 4, lane.top + 3, max(to - x + 8, 14), lane.high - 6))
    alone = lane.rows == 1 and not lane.told and not lane.ticks
    top = lane.top + (lane.high / 2 - BAR / 2 if alone else 6)
    if mark.kind == "bar":
        return Placed(mark, QRectF(x, top + min(mark.row, ROWS_MOST - 1) * ROW, max(to - x, 5), BAR))
    return Placed(mark, QRectF(x, top - 2, max(to - x, 6), lane.rows * ROW + 2))


def _tell(placed: Sequence[Placed], columns: Sequence[Column], label_wide: Callable[[str], float], right: float) -> list[Placed]:
    """Words below the gaps, the longest gap first; one that finds no room in its day keeps them for its tooltip."""
    left = columns[0].x if columns else 0.0
    taken: dict[Stage, list[QRectF]] = {}
    labels: dict[int, QRectF] = {}
    gaps = [(i, p) for i, p in enumerate(placed) if p.mark.kind == "gap"]
    for i, one in sorted(gaps, key=lambda pair: -pair[1].box.width()):
        wide = label_wide(one.mark.brief) + 12
        x = min(max(one.box.center().x() - wide / 2, left), right - wide)
        box = QRectF(x, one.box.bottom() + 1, wide, WORDS - 2)
        others = taken.setdefault(one.mark.lane, [])
        if not any(box.adjusted(-1, 0, 1, 0).intersects(other) for other in others):
            others.append(box)
            labels[i] = box
    return [Placed(p.mark, p.box, labels.get(i)) for i, p in enumerate(placed)]


def _ticks(found: Sequence[Mark], column: Column, lane: Lane) -> list[Placed]:
    """Papers side by side in their order."""
    top = lane.under
    high = lane.top + lane.high - 5 - top
    need = sum(SEAL + 4 if m.kind == "seal" else STEP for m in found)
    squeeze = min(1.0, (column.wide - 2 * EDGE) / need) if need else 1.0
    x, out = column.x + EDGE, []
    for mark in found:
        box = QRectF(x, top, TICK, high) if mark.kind == "tick" else QRectF(x, top + high / 2 - SEAL / 2, SEAL, SEAL)
        out.append(Placed(mark, box))
        x += (SEAL + 4 if mark.kind == "seal" else STEP) * squeeze
    return out


def _limit(mark: Mark, column: Column, lane: Lane) -> Placed:
    middle = column.x + column.wide / 2
    return Placed(mark, QRectF(middle, lane.top + 4, 18, lane.high - 8))
