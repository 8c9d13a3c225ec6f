"""Office time: Beijing, and days that end at 24:00."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
DAY = timedelta(days=1)


def day_of(at: datetime | date) -> date:
    """The office's day of a moment (Beijing time)."""
    return office(at).date() if isinstance(at, datetime) else at


def office(at: datetime) -> datetime:
    """A moment as Beijing reads it; one at the very ends of the calendar stays as it is written."""
    try:
        return at.astimezone(BEIJING)
    except OverflowError:
        return at.replace(tzinfo=BEIJING)


def end_of(day: date) -> datetime:
    """24:00 of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING) + DAY


def begin_of(day: date) -> datetime:
    """0:00 of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def last_day(ends: datetime) -> date:
    """The last day of a limit that ends at this moment: 24:00 belongs to the day that it ends."""
    return (ends.astimezone(BEIJING) - timedelta(microseconds=1)).date()
