"""Sums of time under a rule: pure functions of the rule, the facts and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from desktop.policy.profile import DepositRule

BEIJING = timezone(timedelta(hours=8))
DAY = timedelta(days=1)


def day_of(at: datetime | date) -> date:
    """The office's day of a moment (Beijing time)."""
    return at.astimezone(BEIJING).date() if isinstance(at, datetime) else at


def end_of(day: date) -> datetime:
    """24:00 of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING) + DAY


def begin_of(day: date) -> datetime:
    """0:00 of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def last_day(ends: datetime) -> date:
    """The last day of a limit that ends at this moment: 24:00 belongs to the day that it ends."""
    return (ends.astimezone(BEIJING) - timedelta(microseconds=1)).date()


@dataclass(frozen=True)
class DepositClock:
    """The deposit of one recording against its rule. Hours run through holidays; `start` is None where the camera gave no time."""

    start: datetime | None
    due: datetime | None
    deposited: datetime
    article: str

    @property
    def late(self) -> bool | None:
        """Whether it came too late; None where that cannot be said."""
        return None if self.due is None else self.deposited > self.due

    @property
    def over(self) -> timedelta | None:
        """By how much it is late (negative: how much was left)."""
        return None if self.due is None else self.deposited - self.due


def deposit_clock(rule: DepositRule, recorded_until: datetime | None, deposited: datetime) -> DepositClock:
    """When a recording was due in the archive.

    `recorded_until` is the end of the recording by the camera's own clock, which is why the verdict is shown with that
    clock named. Where the hours run from the return to the office, the return is not known here: the recording's end
    is the earliest it can be, so a verdict of "in time" holds and "late" is to be explained by the officer.
    """
    if recorded_until is None:
        return DepositClock(None, None, deposited, rule.article)
    if rule.start == "same_day":
        local = recorded_until.astimezone(BEIJING)
        due = datetime(local.year, local.month, local.day, tzinfo=BEIJING) + timedelta(days=1)
    else:
        due = recorded_until + timedelta(hours=rule.hours)
    return DepositClock(recorded_until, due, deposited, rule.article)
