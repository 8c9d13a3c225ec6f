"""Short ways to write activities and recordings on one morning, for the tests of duties."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desktop.policy.clocks import BEIJING
from models.facts import Activity, Footage, Gap, PointSpan

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


def at(minute: float) -> datetime:
    """So many minutes after nine."""
    return MORNING + timedelta(minutes=minute)


def activity(kind: str = "inspection", start: float = 0, end: float | None = 60, **more: Any) -> Activity:
    return Activity("a", kind, start=at(start), end=None if end is None else at(end), traits=frozenset(more.pop("traits", ())), **more)


def piece(start: float | None, end: float | None, name: str = "f", gaps: tuple[Gap, ...] = (), points: tuple[PointSpan, ...] = (),
          **more: Any) -> Footage:
    begun, over = (None if minute is None else at(minute) for minute in (start, end))
    return Footage(name, more.pop("activity", "a"), begun, over, gaps=gaps, points=points, **more)


def gap(start: float, end: float, **more: Any) -> Gap:
    return Gap(at(start), at(end), **more)


def mark(point: str, start: float, end: float) -> PointSpan:
    return PointSpan(point, at(start), at(end))
