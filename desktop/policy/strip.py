"""The days of a sum, one by one: which are counted, which are not and why, and where the limit ends by either reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import DAY, day_of, last_day
from desktop.policy.verdicts import Clock

MOST_DAYS = 124  # a longer strip says nothing that the words do not


@dataclass(frozen=True)
class StripDay:
    """One day of a strip. `kind`: start (not counted), count, skip, raw (the last day as counted, where it rolls over) or due.

    `number` is how manieth counted day it is, 0 where it is not counted; `why` says why it is skipped, or counted although it seems off.
    """

    day: date
    kind: str
    number: int = 0
    why: str = ""


def days_of(clock: Clock, calendar: OfficeCalendar) -> tuple[StripDay, ...]:
    """The strip under a sum, in the order of the calendar. Empty where there is nothing to count by days.

    That is: a limit in hours, of the same day, one that does not run, stands still or was paused, and one longer than `MOST_DAYS`.
    """
    if clock.start is None or clock.raw is None or clock.due is None or by_hours(clock) or any(step.kind == "paused" for step in clock.steps):
        return ()
    first, raw, due = day_of(clock.start), last_day(clock.raw), last_day(clock.due)
    if due == first or raw == first or abs((due - first).days) > MOST_DAYS:
        return ()
    working = any(step.kind == "skipped" and min(first, raw) < day_of(step.at) < max(first, raw) for step in clock.steps)
    return tuple(_forward(calendar, first, raw, due, working) if due > first else _backward(calendar, first, raw, due, working))


def by_hours(clock: Clock) -> bool:
    """Whether a limit is counted in hours, which run on through nights and holidays."""
    return any(step.kind == "counted" and isinstance(step.at, datetime) for step in clock.steps)


def _forward(calendar: OfficeCalendar, first: date, raw: date, due: date, working: bool) -> Iterator[StripDay]:
    yield StripDay(first, "start")
    day, number = first + DAY, 0
    while day <= due:
        counted = day <= raw and (not working or calendar.is_working(day))
        number += counted
        yield _one(calendar, day, raw, due, number if counted else 0)
        day += DAY


def _backward(calendar: OfficeCalendar, first: date, raw: date, due: date, working: bool) -> Iterator[StripDay]:
    """Back from the start: the days between are clear of both ends, numbered from the later one."""
    number = sum(not working or calendar.is_working(raw + n * DAY) for n in range(1, (first - raw).days))
    day = due
    while day < first:
        counted = day > raw and (not working or calendar.is_working(day))
        yield _one(calendar, day, raw, due, number if counted else 0)
        number -= counted
        day += DAY
    yield StripDay(first, "start")


def _one(calendar: OfficeCalendar, day: date, raw: date, due: date, number: int) -> StripDay:
    kind = "due" if day == due else "raw" if day == raw else "count" if number else "skip"
    return StripDay(day, kind, number, calendar.why(day))
