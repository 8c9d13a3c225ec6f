"""Moments as people type them: short where the day is clear, never guessed where they are none."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.clocks import BEIJING
from views.footage.moments import read_typed, typed

DAY = date(2026, 10, 20)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BEIJING)  # type: ignore[misc]  # year, month, day and more


@pytest.mark.parametrize(("written", "wanted"), [
    ("9:05", at(2026, 10, 20, 9, 5)),
    ("09:05:12", at(2026, 10, 20, 9, 5, 12)),
    ("0905", at(2026, 10, 20, 9, 5)),
    ("090512", at(2026, 10, 20, 9, 5, 12)),
    ("9：05", at(2026, 10, 20, 9, 5)),
    ("9时5分", at(2026, 10, 20, 9, 5)),
    ("21 9:05", at(2026, 10, 21, 9, 5)),
    ("11-03 14:00", at(2026, 11, 3, 14)),
    ("11-03 1400", at(2026, 11, 3, 14)),
    ("2026-10-20 09:05:12", at(2026, 10, 20, 9, 5, 12)),
    ("2025.12.31 8:00", at(2025, 12, 31, 8)),
    ("20251231 0800", at(2025, 12, 31, 8)),
    ("2026年10月20日9时5分", at(2026, 10, 20, 9, 5)),
    ("24:00", at(2026, 10, 21)),
    ("", None),
])
def test_what_is_typed_is_understood_by_the_day_that_is_clear(written: str, wanted: datetime | None) -> None:
    assert read_typed(written, DAY) == wanted


@pytest.mark.parametrize("written", ["9", "25:00", "9:75", "31-31 9:00", "昨天", "2026-02-30 9:00", "9:05 下午"])
def test_what_is_no_moment_is_not_guessed(written: str) -> None:
    with pytest.raises(ValueError):
        read_typed(written, DAY)


@pytest.mark.parametrize("written", ["2026-10-20", "20261020", "10-20", "2026年10月20日"])
def test_a_day_alone_is_one_only_where_it_may_be(written: str) -> None:
    assert read_typed(written, DAY, day_alone=True) == DAY
    with pytest.raises(ValueError):
        read_typed(written, DAY)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_what_a_field_shows_is_read_back_as_it_was(moment: datetime) -> None:
    whole = moment.replace(microsecond=0, tzinfo=BEIJING)
    assert read_typed(typed(whole, seconds=True), DAY) == whole
    assert read_typed(typed(whole), DAY) - whole < timedelta(minutes=1)  # type: ignore[operator]  # a moment in, a moment out
