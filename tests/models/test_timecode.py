"""Media time: text, frames and ticks are exact in both directions, for every rate."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import timecode

RATES = st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(50), Fraction(15, 2), Fraction(60)])
times = st.integers(0, 400 * 3600 * timecode.SECOND)


@given(times)
def test_text_and_time_are_the_same(us: int) -> None:
    assert timecode.parse(timecode.text(us, 6)) == us


@given(times)
def test_three_digits_cut_and_never_round_up(us: int) -> None:
    assert timecode.parse(timecode.text(us)) == us // 1000 * 1000


@pytest.mark.parametrize(
    ("written", "us"),
    [("0:28:05.240", 1_685_240_000), ("28:05", 1_685_000_000), ("0:00:00", 0), ("100:00:00.000001", 360_000_000_001), (" 1:02.5 ", 62_500_000)],
)
def test_what_people_write(written: str, us: int) -> None:
    assert timecode.parse(written) == us


@pytest.mark.parametrize("written", ["", "5", "0:60:00", "0:00:61", "-0:00:01", "0:00:00.1234567", "0:00:00,5", "一:00"])
def test_what_is_no_time(written: str) -> None:
    with pytest.raises(ValueError, match="not a media time"):
        timecode.parse(written)


def test_media_time_has_a_beginning() -> None:
    with pytest.raises(ValueError, match="zero"):
        timecode.text(-1)


@given(st.integers(0, 10_000_000), RATES)
def test_a_frame_begins_where_it_is_first_seen(frame: int, rate: Fraction) -> None:
    start = timecode.start_of(frame, rate)
    assert timecode.frame_at(start, rate) == frame
    assert start == 0 or timecode.frame_at(start - 1, rate) == frame - 1


@given(times, RATES)
def test_a_moment_lies_inside_its_frame(us: int, rate: Fraction) -> None:
    frame = timecode.frame_at(us, rate)
    assert timecode.start_of(frame, rate) <= us < timecode.start_of(frame + 1, rate)


@given(st.integers(-1000, 1 << 40), st.sampled_from([Fraction(1, 90_000), Fraction(1, 12_800), Fraction(1, 1000), Fraction(1001, 30_000)]))
def test_ticks_of_a_container_survive(ticks: int, base: Fraction) -> None:
    us = timecode.from_ticks(ticks, base)
    assert timecode.to_ticks(us, base) == ticks
    assert us >= ticks * base * timecode.SECOND
