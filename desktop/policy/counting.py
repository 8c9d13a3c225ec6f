"""Counting of limits: the first day is not counted, hours run at once, a last day off rolls on to a working day (民法典第二百零一条以下)."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.i18n import _
from desktop.policy.calendar import DAY, OfficeCalendar
from desktop.policy.clocks import begin_of, day_of, end_of, last_day
from desktop.policy.rules import Unit
from desktop.policy.verdicts import Step
from desktop.policy.wording import day_words, moment_words, number_words, range_words

# Outside of these years a day is a slip of the pen, and sums on it would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999
MOST = 10_000  # units of a limit
MOST_MONTHS = 1_200


@dataclass(frozen=True)
class Counted:
    """A limit as counted: `raw` and `due` are the moments at which it ends (24:00 of the last day), `due` after the roll-over.

    `first` and `last` are the years that took part in the calendar's answer.
    """

    raw: datetime
    due: datetime
    provisional: bool = False
    first: int = 0
    last: int = 0


def in_reach(at: datetime | date) -> bool:
    """Whether a day can be one of a case at all."""
    return FIRST_YEAR <= at.year <= LAST_YEAR


def countable(number: int, unit: Unit) -> bool:
    """Whether a limit can be so long at all."""
    return 0 <= number * {"month": 1, "year": 12}.get(unit, 0) <= MOST_MONTHS and 0 <= number <= MOST


def count(calendar: OfficeCalendar, start: datetime | date, number: int, unit: Unit, before: bool = False, until: date | None = None) -> Counted:
    """When a limit of so many units from that start ends. Of a start without an hour the hours run from 0:00 at the earliest (`raw`) and from
    24:00 at the latest (`due`): only then is anything surely late.

    `before` counts back: the latest lawful working day of 「start 的 number 日前」. `until` is a day before which a limit in days is not over,
    once its last day rolls over: it ends on that day, or on the working day after it. Raises `ValueError` for a start or number out of reach.
    """
    if not in_reach(start) or not countable(number, unit):
        raise ValueError(start, number)
    if unit == "hour":
        begun = start if isinstance(start, datetime) else begin_of(start)
        latest = start if isinstance(start, datetime) else end_of(start)
        span = timedelta(hours=-number if before else number)
        return Counted(begun + span, latest + span)
    first = day_of(start)
    raw, due, provisional = count_days(calendar, first, number, unit, before)
    if until is not None and until > due:
        due = calendar.next_working(until)
        provisional = provisional or not all(calendar.announced(year) for year in range(raw.year, due.year + 1))
    return Counted(end_of(raw), end_of(due), provisional, min(first, raw, due).year, max(first, raw, due).year)


def count_days(calendar: OfficeCalendar, start: date, number: int, unit: Unit, before: bool = False) -> tuple[date, date, bool]:
    """Last day as counted, last day after roll-over, and whether a year without its notice took part. Remembered in the calendar."""
    key = (unit, number, before, start)
    found = calendar.sums.get(key)
    if found is None:
        raw = _raw(calendar, start, number, unit, before)
        due = raw if number == 0 else calendar.previous_working(raw) if before else calendar.next_working(raw)
        asked = {start.year, raw.year, due.year} if unit == "working_day" else {raw.year, due.year}
        provisional = number > 0 and not all(calendar.announced(year) for year in range(min(asked), max(asked) + 1))
        found = calendar.sums[key] = (raw, due, provisional)
    return found


def _raw(calendar: OfficeCalendar, start: date, number: int, unit: Unit, before: bool) -> date:
    if number == 0:
        return start
    if unit == "working_day":
        return calendar.previous_working(calendar.minus_working(start, number) - DAY) if before else calendar.plus_working(start, number)
    if unit == "day":
        return start - (number + 1) * DAY if before else start + number * DAY
    by_months = number * 12 if unit == "year" else number
    return plus_months(start, -by_months) - DAY if before else plus_months(start, by_months)


def plus_months(start: date, number: int) -> date:
    """The same day so many months on, or that month's last where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def steps(calendar: OfficeCalendar, start: datetime | date, number: int, unit: Unit, before: bool = False,
          until: date | None = None) -> tuple[Step, ...]:
    """The same sum in words, line by line: start, what was counted, every day skipped or counted although it seems off, rolled, due."""
    counted = count(calendar, start, number, unit, before, until)
    amount = number_words(number, unit)
    if unit == "hour":
        lines = [Step("start", start, moment_words(start) if isinstance(start, datetime) else _("{day}, hour not known: from 0:00 on").format(
            day=day_words(start)))]
        lines.append(Step("counted", counted.raw, _("plus {amount}; hours run on through nights, weekends and holidays").format(amount=amount)
                          if number else _("at once")))
        if counted.raw != counted.due:
            words = _("at the earliest {raw}, at the latest {due}: only after the later one is it surely late")
            lines.append(Step("inferred", counted.raw, words.format(raw=moment_words(counted.raw), due=moment_words(counted.due))))
        return (*lines, Step("due", counted.due, moment_words(counted.due)))
    first, raw, due = day_of(start), last_day(counted.raw), last_day(counted.due)
    if number == 0:
        return (Step("start", first, day_words(first)), Step("due", due, _("24:00 of the same day")))
    lines = [Step("start", start, _("{day}; this day is not counted").format(day=day_words(first)))]
    lines.append(Step("counted", raw, (_("{amount} back, clear of both days: latest {day}") if before else _("plus {amount}: {day}")).format(
        amount=amount, day=day_words(raw))))
    if unit == "working_day":
        lines += _skipped(calendar, *((raw + DAY, first - DAY) if before else (first + DAY, raw)))
    if due != raw:
        lines += _rolled(calendar, raw, due) if until is None or until <= (off := calendar.next_working(raw)) else _put_off(
            calendar, raw, off, until, due)
    if counted.provisional:
        lines.append(Step("provisional", due, _("provisional: {calendar}; it is counted again when the notice is loaded").format(
            calendar=calendar.cited(counted.first, counted.last))))
    return (*lines, Step("due", due, _("{day}, 24:00").format(day=day_words(due))))


def _skipped(calendar: OfficeCalendar, first: date, last: date) -> Iterator[Step]:
    """Days off within a stretch, and make-up days, in runs with one reason each."""
    for begin, end, why, working in _runs(calendar, first, last):
        words = _("{days} {why}, counted") if working else _("{days} {why}, not counted")
        yield Step("counted" if working else "skipped", begin, words.format(days=range_words(begin, end), why=why))


def _rolled(calendar: OfficeCalendar, raw: date, due: date) -> Iterator[Step]:
    for begin, end, why, _working in _runs(calendar, min(raw, due + DAY), max(raw, due - DAY)):
        yield Step("skipped", begin, _("{days} {why}").format(days=range_words(begin, end), why=why))
    words = (_("the last day is off: on to the working day after it, {day}") if due > raw
             else _("that day is off: back to the working day before it, {day}"))
    yield Step("rolled", due, words.format(day=day_words(due)))


def _put_off(calendar: OfficeCalendar, raw: date, off: date, until: date, due: date) -> Iterator[Step]:
    """The roll-over of a last day to the day `off`, which lies in a stretch that lasts until a later day."""
    for begin, end, why, _working in (*_runs(calendar, raw, off - DAY), *_runs(calendar, until, due - DAY)):
        yield Step("skipped", begin, _("{days} {why}").format(days=range_words(begin, end), why=why))
    words = _("the last day is off: on to the working day after it, {day}; the stretch that is left out lasts longer, until {until}").format(
        day=day_words(off), until=day_words(until))
    if due > until:
        words = _("{words}; that day is off: on to the working day after it, {day}").format(words=words, day=day_words(due))
    yield Step("rolled", due, words)


def _runs(calendar: OfficeCalendar, first: date, last: date) -> Iterator[tuple[date, date, str, bool]]:
    """Runs of days with the same reason; plain working days part them and are left out."""
    begin, reason = first, ""
    day = first
    while day <= last:
        why = calendar.why(day)
        if why != reason:
            if reason:
                yield begin, day - DAY, reason, calendar.is_working(begin)
            begin, reason = day, why
        day += DAY
    if reason:
        yield begin, last, reason, calendar.is_working(begin)


def days_left(now: datetime, ends: datetime, unit: str, calendar: OfficeCalendar) -> int:
    """How many days of the limit's own kind are left after today, its last day included."""
    today, last = day_of(now), last_day(ends)
    if unit != "working_day":
        return (last - today).days
    return sum(calendar.is_working(today + timedelta(days=n)) for n in range(1, (last - today).days + 1))
