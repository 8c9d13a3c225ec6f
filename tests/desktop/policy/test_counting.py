"""Counting of limits: the table of test vectors row by row, and every sum beside a loop that walks from day to day with another calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.policy.calendar import LocalDay, OfficeCalendar, built_in_calendar, built_in_years
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.counting import count, plus_months, steps

CALENDAR = built_in_calendar()
PEER = holidays.country_holidays("CN", years=range(2005, 2029))
ONE = timedelta(days=1)
DAYS = st.dates(date(2007, 3, 1), date(2026, 6, 1))


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def ends(start: date, number: int, unit: str, before: bool = False) -> tuple[date, date]:
    counted = count(CALENDAR, start, number, unit, before)
    return last_day(counted.raw), last_day(counted.due)


# The table of the standards, calendar of 2026: start; 30 days; 60 days (as counted, rolled); 7, 15 and 20 working days.
VECTORS = [
    ("01-30", ("03-01", "03-02"), ("03-31", "03-31"), "02-10", "02-27", "03-05"),
    ("09-01", ("10-01", "10-08"), ("10-31", "11-02"), "09-10", "09-21", "09-29"),
    ("09-04", ("10-04", "10-08"), ("11-03", "11-03"), "09-15", "09-24", "10-09"),
    ("09-18", ("10-18", "10-19"), ("11-17", "11-17"), "09-29", "10-15", "10-22"),
    ("09-30", ("10-30", "10-30"), ("11-29", "11-30"), "10-15", "10-27", "11-03"),
]


def in_2026(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(("start", "thirty", "sixty", "seven", "fifteen", "twenty"), VECTORS)
def test_the_vectors(start: str, thirty: tuple[str, str], sixty: tuple[str, str], seven: str, fifteen: str, twenty: str) -> None:
    first = in_2026(start)
    assert ends(first, 30, "day") == tuple(map(in_2026, thirty))
    assert ends(first, 60, "day") == tuple(map(in_2026, sixty))
    for number, expected in ((7, seven), (15, fifteen), (20, twenty)):
        assert ends(first, number, "working_day") == (in_2026(expected), in_2026(expected))


def walk_working(start: date, number: int, step: timedelta) -> date:
    day = start
    while number:
        day += step
        number -= PEER.is_working_day(day)
    return day


def walk_to_work(day: date, step: timedelta) -> date:
    while not PEER.is_working_day(day):
        day += step
    return day


@given(DAYS, st.integers(1, 120))
def test_working_days_are_those_of_a_walk(start: date, number: int) -> None:
    expected = walk_working(start, number, ONE)
    assert ends(start, number, "working_day") == (expected, expected)


@given(DAYS, st.integers(1, 200))
def test_calendar_days_are_those_of_a_walk(start: date, number: int) -> None:
    raw = start
    for _day in range(number):
        raw += ONE
    assert ends(start, number, "day") == (raw, walk_to_work(raw, ONE))


@given(DAYS, st.integers(1, 40))
def test_so_many_days_before_leave_as_many_between(event: date, number: int) -> None:
    raw, due = ends(event, number, "day", before=True)
    assert (event - raw).days - 1 == number  # clear days between the notice and the event
    assert due == walk_to_work(raw, -ONE)


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_before_leave_as_many_between(event: date, number: int) -> None:
    raw, due = ends(event, number, "working_day", before=True)
    assert raw == due == walk_to_work(due, ONE)
    between = [due + timedelta(days=n) for n in range(1, (event - due).days)]
    assert sum(PEER.is_working_day(day) for day in between) == number


@given(st.dates(date(2007, 3, 1), date(2023, 11, 1)), st.integers(1, 36))
def test_months_end_on_the_same_day_or_the_months_last(start: date, number: int) -> None:
    raw, due = ends(start, number, "month")
    assert (raw.year * 12 + raw.month) - (start.year * 12 + start.month) == number
    assert raw.day == start.day or (raw.day < start.day and (raw + ONE).day == 1)
    assert due == walk_to_work(raw, ONE)


@given(st.datetimes(datetime(2007, 1, 1), datetime(2026, 11, 1)), st.integers(0, 96))
def test_hours_run_at_once_and_never_roll(start: datetime, number: int) -> None:
    begun = start.replace(tzinfo=UTC)
    counted = count(CALENDAR, begun, number, "hour")
    assert counted.raw == counted.due == begun + timedelta(hours=number)
    assert not counted.provisional


@given(DAYS, st.integers(1, 60), st.sampled_from(["day", "working_day", "month"]), st.booleans())
def test_the_sum_in_words_ends_where_the_sum_ends_and_names_every_day_skipped(start: date, number: int, unit: str, before: bool) -> None:
    lines = steps(CALENDAR, start, number, unit, before)
    raw, due = ends(start, number, unit, before)
    assert [line.kind for line in lines][::len(lines) - 1] == ["start", "due"]
    assert lines[-1].at == due
    assert all(line.words for line in lines)
    assert any(line.kind == "rolled" for line in lines) == (raw != due)
    if unit == "working_day" and not before:
        off = [start + timedelta(days=n) for n in range(1, (due - start).days) if not PEER.is_working_day(start + timedelta(days=n))]
        told = [line.at for line in lines if line.kind == "skipped"]
        assert set(told) <= set(off)
        assert bool(told) == bool(off)


@pytest.mark.parametrize(("start", "number", "expected"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)), (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2026, 12, 15), 1, date(2027, 1, 15))])
def test_the_last_day_of_months(start: date, number: int, expected: date) -> None:
    assert plus_months(start, number) == expected


def test_twenty_four_hours_through_the_spring_festival() -> None:
    """Recorded until Sunday 15 February 2026, 22:30: the hours do not stop for the holiday."""
    counted = count(CALENDAR, datetime(2026, 2, 15, 22, 30, tzinfo=BEIJING), 24, "hour")
    assert counted.due == datetime(2026, 2, 16, 22, 30, tzinfo=BEIJING)


def test_a_limit_ends_at_24_00_of_its_last_day() -> None:
    assert count(CALENDAR, date(2026, 10, 30), 30, "day").due == datetime(2026, 12, 1, tzinfo=BEIJING)  # 11-29 is a Sunday: 11-30, 24:00


def test_a_moment_counts_by_the_office_day() -> None:
    """20:00 UTC is the next day in Beijing."""
    late = datetime(2026, 9, 17, 20, 0, tzinfo=UTC)
    assert last_day(count(CALENDAR, late, 7, "working_day").due) == date(2026, 9, 29)


def test_zero_days_is_the_same_day_even_on_a_holiday() -> None:
    assert ends(date(2026, 10, 1), 0, "day") == (date(2026, 10, 1), date(2026, 10, 1))


@pytest.mark.parametrize(("start", "number", "unit", "provisional"), [
    (date(2026, 12, 20), 30, "day", True), (date(2026, 12, 1), 30, "day", False), (date(2026, 12, 10), 20, "working_day", True),
    (date(2026, 12, 1), 20, "working_day", False), (date(2026, 12, 31), 0, "day", False), (date(2100, 1, 4), 1, "day", True),
    (date(1970, 1, 5), 3, "working_day", True), (date(2026, 12, 31), 24, "hour", False)])
def test_a_year_without_notice_makes_it_provisional(start: date, number: int, unit: str, provisional: bool) -> None:
    assert count(CALENDAR, start, number, unit).provisional is provisional
    assert any(line.kind == "provisional" for line in steps(CALENDAR, start, number, unit)) is provisional


def test_the_new_year_holiday_is_known_before_its_notice() -> None:
    """Ends Friday 1 January 2027, a day off by the measures themselves: Monday the 4th, provisional."""
    assert ends(date(2026, 12, 2), 30, "day") == (date(2027, 1, 1), date(2027, 1, 4))


def test_local_days_count() -> None:
    local = OfficeCalendar(built_in_years(), [LocalDay(date(2026, 11, 23), True, "州庆")])
    assert last_day(count(local, date(2026, 11, 20), 1, "working_day").due) == date(2026, 11, 24)
    assert "11月23日 地方放假（州庆），不计入" in [line.words for line in steps(local, date(2026, 11, 20), 1, "working_day")]


def test_the_sum_reads_as_a_jurist_writes_it() -> None:
    assert [line.words for line in steps(CALENDAR, date(2026, 9, 18), 20, "working_day")] == [
        "2026年9月18日（星期五），当日不计入", "加20个工作日：2026年10月22日（星期四）", "9月19日 周末，不计入", "9月20日 国庆节调休上班，计入",
        "9月25日至27日 中秋节假日，不计入", "10月1日至7日 国庆节假日，不计入", "10月10日 国庆节调休上班，计入", "10月11日 周末，不计入",
        "10月17日至18日 周末，不计入", "2026年10月22日（星期四）24:00届满"]
    assert [line.words for line in steps(CALENDAR, date(2026, 9, 1), 30, "day")] == [
        "2026年9月1日（星期二），当日不计入", "加30日：2026年10月1日（星期四）", "10月1日至7日 国庆节假日",
        "末日是休息日，顺延至其后第一个工作日2026年10月8日（星期四）", "2026年10月8日（星期四）24:00届满"]


@pytest.mark.parametrize(("start", "number"), [(date(1, 1, 1), 30), (date(9999, 12, 31), 30), (date(2026, 1, 1), -1), (date(2026, 1, 1), 10**6)])
def test_what_is_out_of_reach_is_said(start: date, number: int) -> None:
    with pytest.raises(ValueError):
        count(CALENDAR, start, number, "day")
