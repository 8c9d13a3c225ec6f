"""How much of a limit is left or over, in the unit that it is counted in: the same words wherever it is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.counting import days_left
from desktop.policy.verdicts import Clock, ClockState
from views.common.measures import span_words

NEAR = timedelta(hours=24)
_KINDS = {ClockState.LATE: "late", ClockState.SOON: "soon", ClockState.RUNNING: "run", ClockState.PAUSED: "wait", ClockState.WAITING: "wait",
          ClockState.MET_LATE: "late", ClockState.MET: "good", ClockState.LAPSED: "quiet"}


def left_words(left: timedelta, unit: str, days: int) -> str:
    """还有 8 个工作日, 还有 3 天, and by the clock what is counted in hours or ends within the day: 还有 3 小时 12 分."""
    if unit not in ("hour", "") and days and left >= NEAR:
        return (_("{n} working days left") if unit == "working_day" else _("{n} days left")).format(n=days)
    return _("{span} left").format(span=span_words(left.total_seconds()))


def days_of(clock: Clock, calendar: OfficeCalendar, now: datetime) -> int:
    """How many days of its own kind a limit has left after today."""
    return days_left(now, clock.limit, clock.unit, calendar) if clock.limit is not None else 0


def clock_chip(clock: Clock, days: int, now: datetime) -> tuple[str, str]:
    """Kind and words of a limit that has so many days left: 还有 8 个工作日, 已超期 2 天, 暂停, 未起算, 按时, 逾期完成."""
    limit, kind = clock.limit, _KINDS[clock.state]
    if limit is not None and clock.state in (ClockState.RUNNING, ClockState.SOON):
        return kind, left_words(limit - now, clock.unit, days)
    if limit is not None and clock.state is ClockState.LATE:
        return kind, _("over by {span}").format(span=span_words((now - limit).total_seconds()))
    words = {ClockState.PAUSED: _("paused"), ClockState.WAITING: _("not begun"), ClockState.MET: _("met in time"),
             ClockState.MET_LATE: _("met late"), ClockState.LAPSED: _("lapsed")}
    return kind, words.get(clock.state, "")
