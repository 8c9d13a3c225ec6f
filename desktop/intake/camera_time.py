"""Reads what a device wrote about its time; the raw text is kept, this is only what it seems to say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from desktop.policy.clocks import BEIJING

_SHAPE = re.compile(r"(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")


def read_camera_time(raw: str | None) -> datetime | None:
    """The moment a device's text names. Text without a zone is the office's own time.

    None for what is no time: a clock never set (1904, 1970, anything before 1990), a day that is not in the calendar, a year that
    no camera of ours will live to see.
    """
    match = _SHAPE.search(raw or "")
    if match is None:
        return None
    try:
        at = datetime(*(int(part) for part in match.groups()[:6]))  # type: ignore[arg-type] # six numbers, never a zone
        aware = _in_utc(at, match.group(7))
    except (ValueError, OverflowError):
        return None
    return aware if 1990 <= aware.year < 3000 else None


def _in_utc(at: datetime, zone: str | None) -> datetime:
    if zone is None:
        return at.replace(tzinfo=BEIJING).astimezone(UTC)
    if zone == "Z":
        return at.replace(tzinfo=UTC)
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return at.replace(tzinfo=UTC) - timedelta(minutes=minutes if zone[0] == "+" else -minutes)
