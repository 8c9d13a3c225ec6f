"""What an alarm of order is about: each side in its words, and where to go to see it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.policy.verdicts import OrderAlarm
from models.terms import ActivityId, RecordId
from views.cases.reading import Course


@dataclass(frozen=True)
class Side:
    """One side of an alarm: its words, and the record or activity it names, if one can be told."""

    words: str
    record: RecordId | None = None
    activity: ActivityId | None = None


def sides(course: Course, alarm: OrderAlarm) -> list[Side]:
    """Both sides, each once."""
    return [_side(course, words) for words in dict.fromkeys((alarm.first, alarm.second)) if words]


def _side(course: Course, words: str) -> Side:
    for paper in course.papers:
        form = paper.confirmed.form if paper.confirmed else ""
        if (form and f"《{form}》" in words) or f"《{paper.title}》" in words:
            return Side(words, record=paper.record)
    for one in course.footage:
        if one.title in words or (one.name and one.name in words):
            return Side(words, record=one.record)
    named = [one for one in course.activities if one.title in words]
    dated = [one for one in named if one.start is not None and f"{one.start:%Y-%m-%d}" in words]
    found = (dated or named)[:1]
    return Side(words, activity=found[0].id) if found else Side(words)
