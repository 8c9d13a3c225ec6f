"""How moments and days stand in the tables, and whether what a person entered can be one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from desktop.clock import stamp
from desktop.errors import Refusal

BEIJING = timezone(timedelta(hours=8))  # the one zone of the office

_FIRST, _AHEAD = 1990, 10  # before this year no recorder of ours ran; further ahead no office plans


def written(at: datetime | date | None) -> str | None:
    """A moment as UTC text, a day without an hour as ISO text."""
    if at is None:
        return None
    return stamp(at) if isinstance(at, datetime) else at.isoformat()


def read(text: str | None) -> datetime | date | None:
    """What `written` wrote; a moment in the office's zone."""
    return None if not text else date.fromisoformat(text) if len(text) == 10 else read_moment(text)


def read_moment(text: str | None) -> datetime | None:
    """As `read`, where only moments stand; a day is its first instant in the office."""
    if not text:
        return None
    if len(text) == 10:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC).astimezone(BEIJING)


def check_moments(now: datetime, **moments: datetime | date | None) -> None:
    """Raises `Refusal` procedure.time_implausible for a year that cannot be, procedure.zone_missing for a moment without its zone."""
    for at in moments.values():
        if at is None:
            continue
        if not _FIRST <= at.year <= now.year + _AHEAD:
            raise Refusal("procedure.time_implausible", given=at.isoformat()[:16].replace("T", " "), first=_FIRST, last=now.year + _AHEAD)
        if isinstance(at, datetime) and at.tzinfo is None:
            raise Refusal("procedure.zone_missing", given=at.isoformat()[:16].replace("T", " "))


def check_order(start: datetime | date | None, *after: datetime | None) -> None:
    """Raises `Refusal` procedure.end_before_start, naming both."""
    for end in after:
        if start is None or end is None:
            continue
        begins = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day, tzinfo=BEIJING)
        if end < begins:
            raise Refusal("procedure.end_before_start", start=shown(start), end=shown(end))


def shown(at: datetime | date) -> str:
    """A moment as the office reads it: `2026-10-22 09:05:00`."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if isinstance(at, datetime) else at.isoformat()
