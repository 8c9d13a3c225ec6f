"""Moments as people type them: 2026-10-20, 20261020 0905, 10-20 9:05; in the office's time."""

from __future__ import annotations

import re
from datetime import date, datetime

from desktop.policy.clocks import BEIJING
from views.terms import read_day

_HOUR = re.compile(r"(?P<day>.*\S)[\sT]+(?P<hour>\d{1,2})[:：]?(?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?$")


def read_moment(written: str) -> datetime | date | None:
    """A day, or a day with its hour; None for nothing. Raises ValueError for what is neither."""
    words = written.strip()
    if not words:
        return None
    found = _HOUR.match(words)
    if found is None:
        day = read_day(words)
        return date.fromisoformat(day) if day else None
    day = read_day(found["day"])
    if day is None:
        raise ValueError(written)
    on = date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, int(found["hour"]), int(found["minute"]), int(found["second"] or 0), tzinfo=BEIJING)


def moment_text(at: datetime | date | None) -> str:
    """As `read_moment` reads it."""
    if at is None:
        return ""
    if not isinstance(at, datetime):
        return at.isoformat()
    local = at.astimezone(BEIJING)
    return f"{local:%Y-%m-%d %H:%M}" if not local.second else f"{local:%Y-%m-%d %H:%M:%S}"
