"""The strip of days: it counts what the sum counts, says why a day is skipped, and shows both ends where a limit rolls over."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.calendar import built_in_calendar
from desktop.policy.counting import count, steps
from desktop.policy.rules import Unit
from desktop.policy.strip import MOST_DAYS, StripDay, by_hours, days_of
from desktop.policy.verdicts import Clock, ClockState, Ground

BEIJING = timezone(timedelta(hours=8))
GROUND = Ground("R", "某办法第一条", "原文", "text")


def clock(start: date | datetime, number: int, unit: Unit, before: bool = False) -> Clock:
    counted = count(built_in_calendar(), start, number, unit, before)
    return Clock("t", "期限", GROUND, "", ClockState.RUNNING, start, counted.raw, counted.due, counted.due, None,
                 steps(built_in_calendar(), start, number, unit, before))


def strip(*asked: object) -> tuple[StripDay, ...]:
    return days_of(clock(*asked), built_in_calendar())  # type: ignore[arg-type]  # passed on as they come


def kinds(days: tuple[StripDay, ...]) -> str:
    return " ".join({"start": "起", "skip": "×", "due": f"[{d.number}]", "raw": f"({d.number})"}.get(d.kind, str(d.number)) for d in days)


def test_working_days_skip_weekends_and_holidays_and_count_the_day_that_makes_up() -> None:
    """2026-09-25 is 中秋, 10-01 to 07 国庆, 10-10 a Saturday that is worked."""
    days = strip(date(2026, 9, 23), 8, "working_day")
    assert kinds(days) == "起 1 × × × 2 3 4 × × × × × × × 5 6 7 × [8]"
    why = {d.day: d.why for d in days}
    assert why[date(2026, 10, 1)] == "国庆节假日"
    assert why[date(2026, 10, 10)] == "国庆节调休上班"
    assert [d.number for d in days if d.day == date(2026, 10, 10)] == [7]


def test_natural_days_count_weekends_and_show_both_ends_where_the_limit_rolls() -> None:
    days = strip(date(2026, 9, 25), 7, "day")
    assert kinds(days) == "起 1 2 3 4 5 6 (7) × × × × × [0]"
    assert days[-1].day == date(2026, 10, 8)


def test_back_from_a_day_the_days_between_are_clear_of_both_ends() -> None:
    assert kinds(strip(date(2026, 10, 16), 7, "day", True)) == "[0] 7 6 5 4 3 2 1 起"
    assert kinds(strip(date(2026, 10, 26), 5, "working_day", True)) == "[0] × × 5 4 3 2 1 × × 起"


@pytest.mark.parametrize("asked", [(datetime(2026, 10, 2, 9, 5, tzinfo=BEIJING), 24, "hour"), (date(2026, 9, 1), 0, "day"),
                                   (date(2026, 9, 1), 2, "year")])
def test_hours_the_same_day_and_years_have_no_strip(asked: tuple[object, ...]) -> None:
    assert strip(*asked) == ()


def test_hours_are_told_by_their_sum() -> None:
    assert by_hours(clock(datetime(2026, 10, 2, 9, 5, tzinfo=BEIJING), 24, "hour"))
    assert not by_hours(clock(date(2026, 10, 2), 1, "day"))


@given(start=st.dates(date(2008, 1, 1), date(2026, 9, 1)), number=st.integers(1, 60), unit=st.sampled_from(["day", "working_day"]))
def test_the_strip_counts_as_many_days_as_the_limit_has(start: date, number: int, unit: Unit) -> None:
    days = strip(start, number, unit)
    if not days:
        assert (count(built_in_calendar(), start, number, unit).due.date() - start).days > MOST_DAYS
        return
    assert [d.number for d in days if d.number] == list(range(1, number + 1))
    assert [d.day for d in days] == [start + timedelta(days=n) for n in range(len(days))]
    assert sum(d.kind == "due" for d in days) == 1
    assert all(d.why for d in days if d.kind == "skip")
