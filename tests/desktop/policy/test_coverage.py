"""Coverage: proven, unproven and gaps are the whole stretch, without overlap, against a loop over every single second."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.coverage import GAP, PROVEN, UNPROVEN, cut, points_proven, recorded
from models.facts import Footage, Gap, PointSpan
from tests.desktop.policy.recorded import MORNING, at, gap, mark, piece


def second(n: int) -> datetime:
    return MORNING + timedelta(seconds=n)


@st.composite
def recordings(draw: st.DrawFn) -> list[Footage]:
    made = []
    for n in range(draw(st.integers(0, 4))):
        start, long = draw(st.integers(-40, 140)), draw(st.integers(0, 90))
        gaps = tuple(Gap(second(begun), second(begun + wide)) for begun, wide in draw(st.lists(
            st.tuples(st.integers(-60, 240), st.integers(0, 30)), max_size=3)))
        made.append(Footage(f"f{n}", "a", second(start), second(start + long), gaps=gaps))
    if draw(st.booleans()):
        made.append(Footage("untimed", "a"))
    return made


def kinds_by_the_second(span: int, footage: list[Footage]) -> list[str]:
    """The same by another road: look at each second on its own."""
    def held(n: int) -> bool:
        return any(one.start is not None and one.end is not None and one.start <= second(n) < one.end
                   and not any(g.start <= second(n) < g.end for g in one.gaps) for one in footage)

    on = [n for n in range(-400, 700) if held(n)]
    return [PROVEN if held(n) else GAP if on and on[0] < n < on[-1] else UNPROVEN for n in range(span)]


@given(span=st.integers(1, 120), footage=recordings())
def test_the_cut_is_the_whole_stretch_and_each_second_is_what_it_is(span: int, footage: list[Footage]) -> None:
    pieces = cut(second(0), second(span), footage)
    assert pieces[0].start == second(0)
    assert pieces[-1].end == second(span)
    assert all(one.end == other.start for one, other in pairwise(pieces))
    assert all(one.start < one.end for one in pieces)
    by_second = [one.kind for one in pieces for _n in range(int((one.end - one.start).total_seconds()))]
    assert by_second == kinds_by_the_second(span, footage)


@given(span=st.integers(1, 120), footage=recordings())
def test_every_proven_stretch_names_a_recording_that_holds_it(span: int, footage: list[Footage]) -> None:
    by_id = {one.id: one for one in footage}
    for one in cut(second(0), second(span), footage):
        if one.kind == PROVEN:
            assert any(begun <= one.start and one.end <= over for begun, over in recorded(by_id[one.footage]))
        else:
            assert one.footage == ""


@given(span=st.integers(1, 120), footage=recordings())
def test_the_order_in_which_recordings_come_does_not_matter(span: int, footage: list[Footage]) -> None:
    assert cut(second(0), second(span), footage) == cut(second(0), second(span), footage[::-1])


def test_a_gap_of_one_camera_is_filled_by_another() -> None:
    pieces = cut(at(0), at(60), [piece(0, 60, "one", gaps=(gap(20, 30),)), piece(10, 40, "two")])
    assert {one.kind for one in pieces} == {PROVEN}


def test_nothing_lasts_no_time() -> None:
    assert cut(at(5), at(5), [piece(0, 60)]) == ()
    assert recorded(piece(None, 60)) == []


def test_a_key_point_is_proven_only_where_it_was_recorded() -> None:
    seen = points_proven([piece(0, 60, gaps=(gap(20, 30),), points=(mark("goods", 10, 25), mark("goods", 70, 80), mark("people", 1, 2)))], "goods")
    assert [(one.start, one.end, one.point, one.footage) for one in seen] == [(at(10), at(20), "goods", "f")]


def test_a_mark_may_be_one_moment() -> None:
    moment = PointSpan("arrival", at(0), at(0))
    assert len(points_proven([piece(0, 60, points=(moment,))], "arrival")) == 1
