"""Spans: set algebra on seconds, checked against a set of seconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.media import spans
from desktop.media.spans import Span

one = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 40), st.integers(1, 15))
many = st.lists(one, max_size=6)


def inside(some: object) -> set[int]:
    return {us for span in some for us in range(span.start_us, span.end_us)}  # type: ignore[attr-defined]  # any iterable of spans


@given(many)
def test_union_keeps_every_moment_and_nothing_touches(some: list[Span]) -> None:
    joined = spans.union(some)
    assert inside(joined) == inside(some)
    assert all(a.end_us < b.start_us for a, b in pairwise(joined))
    assert spans.total(some) == len(inside(some))


@given(many, many)
def test_clip_is_what_lies_in_both(some: list[Span], others: list[Span]) -> None:
    assert inside(spans.clip(some, others)) == inside(some) & inside(others)


@given(many, st.integers(0, 60))
def test_a_moment_is_inside_or_not(some: list[Span], us: int) -> None:
    assert spans.contains(some, us) == (us in inside(some))
    at = spans.span_at(some, us)
    assert (at is not None) == (us in inside(some))
    after = spans.span_after(some, us)
    assert after is None or after.start_us >= us


@given(many.filter(bool), st.integers(0, 60))
def test_the_nearest_moment_is_granted_and_none_is_nearer(some: list[Span], us: int) -> None:
    found = spans.nearest(some, us)
    assert found in inside(some)
    assert abs(found - us) == min(abs(x - us) for x in inside(some))


@given(many, one)
def test_covering_means_no_moment_is_left_out(some: list[Span], whole: Span) -> None:
    assert spans.covers(some, whole) == (inside([whole]) <= inside(some))


def test_nothing_granted_is_near_to_nothing() -> None:
    with pytest.raises(ValueError, match="no span"):
        spans.nearest((), 5)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5)])
def test_an_empty_stretch_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_lengths_in_words() -> None:
    set_language("en")
    try:
        assert spans.duration_words(400_000_000) == "6 min 40 s"
        assert spans.duration_words(3_605_000_000) == "1 h 5 s"
        assert spans.duration_words(40_000) == "40 ms"
        assert spans.spans_words((Span(0, 280_000_000), Span(300_000_000, 420_000_000))) == "2 spans, 6 min 40 s in all"
        assert str(Span(1_685_240_000, 1_686_000_000)) == "0:28:05.240–0:28:06.000"
    finally:
        set_language("zh_CN")
