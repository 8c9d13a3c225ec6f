"""Sizes, spans and moments in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.common.measures import clock_words, left_words, moment_words, progress_words, size_words, span_words

NOW = datetime(2026, 11, 19, 10, 48)


@pytest.mark.parametrize(("at", "words"), [
    (datetime(2026, 11, 19, 14, 0), "今天 14:00"), (datetime(2026, 11, 20, 4, 10), "明天 04:10"),
    (datetime(2026, 11, 18, 16, 5), "昨天 16:05"), (datetime(2026, 11, 24, 0, 0), "11-23 24:00"),
    (datetime(2026, 11, 20, 0, 0), "今天 24:00"), (datetime(2025, 11, 23, 9, 0), "2025-11-23 09:00"),
    (datetime(2026, 11, 19, 0, 0), "今天 00:00"),
])  # fmt: skip
def test_a_moment_as_one_would_say_it(at: datetime, words: str) -> None:
    assert moment_words(at, NOW) == words


@pytest.mark.parametrize(("seconds", "words"), [
    (0, "0 秒"), (40, "40 秒"), (100, "1 分 40 秒"), (21 * 60, "21 分"), (3 * 3600 + 12 * 60, "3 小时 12 分"),
    (34 * 3600, "1 天 10 小时"), (86400, "1 天"), (-5, "0 秒"),
])  # fmt: skip
def test_a_span_in_its_two_greatest_parts(seconds: float, words: str) -> None:
    assert span_words(seconds) == words


@pytest.mark.parametrize(("size", "words"), [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (18_400_000_000, "18.4 GB"), (310_000_000, "310 MB"), (3.1e12, "3.1 TB"), (9e15, "9000 TB"),
])  # fmt: skip
def test_sizes(size: float, words: str) -> None:
    assert size_words(size) == words


def test_progress_in_words() -> None:
    assert progress_words(37, 112, "items") == "37 / 112 件"
    assert progress_words(18_400_000_000, 61_200_000_000, "bytes") == "18.4 GB / 61.2 GB"
    assert progress_words(5, 0) == "5"
    assert left_words(None) == ""
    assert left_words(21 * 60) == "约剩 21 分"


def test_the_clock_at_the_foot() -> None:
    assert clock_words(NOW) == "2026-11-19  星期四  10:48"


@given(st.floats(0, 1e16))
def test_a_size_never_has_more_than_five_figures(size: float) -> None:
    assert len(size_words(size).split()[0]) <= 5
