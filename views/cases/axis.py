"""The elastic axis of a case: days on which something was made are wide, idle days between them fold into a notch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.record_lines import RecordLine
from models.terms import Medium, RecordId, Stage

BASE, EACH, FOLD = 62, 9, 36  # px at 100 %: a day, one more tick in it, a fold
_MOVING = (Medium.VIDEO, Medium.AUDIO)


@dataclass(frozen=True)
class Mark:
    """One record on the axis: a tick, or a bar as long as it lasts (microseconds; 0 is a tick)."""

    record: RecordId
    title: str
    stage: Stage
    day: date
    length_us: int


@dataclass(frozen=True)
class Strip:
    """A day with its marks, or `idle` days folded away."""

    day: date | None
    idle: int = 0
    weight: int = 0


def marks_of(records: Sequence[RecordLine]) -> tuple[list[Mark], int]:
    """What can be drawn, in the order of the contents, and how many records have no day or no stage."""
    marks, left = [], 0
    for record in records:
        if record.made_on is None or record.stage is None:
            left += 1
            continue
        length = sum(c.duration_us or 0 for c in record.components) if record.medium in _MOVING else 0
        marks.append(Mark(record.id, record.title, record.stage, date.fromisoformat(record.made_on), length))
    return marks, left


def strips(marks: Sequence[Mark], others: Iterable[date]) -> list[Strip]:
    """The axis from its first day to its last; `others` are days that stand on it without a record (today, begin, end)."""
    days = sorted({m.day for m in marks} | set(others))
    out: list[Strip] = []
    for day in days:
        if out and (before := out[-1].day) is not None and (gap := (day - before).days - 1) > 0:
            out.append(Strip(None, gap))
        out.append(Strip(day, 0, BASE + EACH * max(_most(marks, day) - 5, 0)))
    return out


def _most(marks: Sequence[Mark], day: date) -> int:
    """The greatest number of ticks that one lane has on a day."""
    return max((sum(m.day == day and m.stage is stage and not m.length_us for m in marks) for stage in Stage), default=0)


def widths(axis: Sequence[Strip], room: float, fold: float = FOLD) -> list[float]:
    """How wide each strip is in `room` px: folds as they are, days by weight; where days are many, folds give way."""
    total = sum(s.weight for s in axis)
    folds = sum(s.day is None for s in axis)
    fold = min(fold, room * 0.4 / folds) if folds else fold
    unit = (room - fold * folds) / total if total else 0
    return [s.weight * unit if s.day else fold for s in axis]
