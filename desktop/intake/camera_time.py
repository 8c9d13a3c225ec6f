"""Reads what a device wrote about its time; the raw text is kept, this is only what it seems to say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from desktop.policy.clocks import BEIJING

_SHAPE = re.compile(r"(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")


def read_camera_time(raw: str | None) -> datetime | None:
    """The moment a device's text names. Text without a zone is the office's own time; a clock never set (before 1990) is no time."""
    match = _SHAPE.search(raw or "")
    if match is None:
        return None
    try:
        at = datetime(*(int(part) for part in match.groups()[:6]))  # type: ignore[arg-type] # six numbers, never a zone
    except ValueError:
        return None
    zone = match.group(7)
    if zone == "Z":
        aware = at.replace(tzinfo=UTC)
    elif zone:
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        aware = at.replace(tzinfo=UTC) - timedelta(minutes=minutes if zone[0] == "+" else -minutes)
    else:
        aware = at.replace(tzinfo=BEIJING).astimezone(UTC)
    return aware if aware.year >= 1990 else None
