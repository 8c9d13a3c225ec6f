"""Sums of time under a rule: pure functions of the rule, the facts and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from desktop.policy.profile import DepositRule

BEIJING = timezone(timedelta(hours=8))


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
