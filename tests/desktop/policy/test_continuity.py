"""Interruptions: every gap to the second, explained aloud or in writing, and what each text still asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.continuity import gaps
from desktop.policy.profile import profile
from desktop.policy.verdicts import GapVerdict
from models.facts import CaseFacts, Footage, Logged, Unplaced
from tests.desktop.policy.recorded import activity, at, gap, mark, piece

XIGANG, FUSHUN, PROVINCE, JINPU, MINHOU = "xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"


def found(key: str, *footage: Footage, end: float | None = 60) -> tuple[GapVerdict, ...]:
    return gaps(profile(key), CaseFacts(activities=(activity("seize", end=end),), footage=footage))


TWO = (piece(0, 20, "one"), piece(25, 60, "two"))


def test_a_gap_between_two_recordings_is_told_to_the_second() -> None:
    (one,) = found(PROVINCE, *TWO)
    assert (one.start, one.end, one.footage, one.resumed, one.explained) == (at(20), at(25), "one", "two", "")


@pytest.mark.parametrize(("key", "owes"), [(XIGANG, False), (FUSHUN, False), (JINPU, False), (PROVINCE, True), (MINHOU, True)])
def test_only_the_texts_that_speak_of_interruptions_ask_for_anything(key: str, owes: bool) -> None:
    """省级§19、闽侯§14第三款; the others are silent, and a statement is only recommended."""
    (one,) = found(key, *TWO)
    assert bool(one.wanting) is owes
    assert bool(one.recommended) is not owes
    assert (one.ground is not None) is owes


@pytest.mark.parametrize("key", [PROVINCE, MINHOU])
def test_a_reason_said_on_resuming_explains_it(key: str) -> None:
    (one,) = found(key, piece(0, 20, "one"), piece(25, 60, "two", points=(mark("reason", 25.1, 25.4),)))
    assert one.wanting == ()
    assert "09:25:06" in one.explained


def test_a_reason_said_before_the_gap_or_after_the_next_does_not() -> None:
    first, second = found(PROVINCE, piece(0, 10, "one", points=(mark("reason", 5, 6),)), piece(15, 30, "two"),
                          piece(35, 60, "three", points=(mark("reason", 36, 37),)))
    assert first.wanting != ()
    assert second.wanting == ()


def test_what_was_not_said_may_be_written_only_where_the_text_does_not_ask_for_the_voice() -> None:
    """闽侯§14 「对中断原因进行说明」; 省级§19 「重新开始记录时应当对中止原因进行语音说明」, in writing only where it cannot go on."""
    broken = piece(0, 60, gaps=(gap(20, 25, cause="battery", written=True),))
    (one,) = found(MINHOU, broken)
    assert (one.wanting, one.cause) == ((), "battery")
    (one,) = found(PROVINCE, broken)
    assert len(one.wanting) == 1
    (one,) = found(PROVINCE, piece(0, 60, gaps=(gap(20, 25, cause="battery", spoken=True),)))
    assert one.wanting == ()


def test_an_unresumed_recording_is_reported_at_once_under_minhou_and_written_under_both() -> None:
    """闽侯§14: 立即向单位主要负责人报告，并在事后书面说明情况; 省级§19: 书面说明情况."""
    stopped = piece(0, 30, gaps=(gap(30, 60, cause="damage"),))
    assert len(found(MINHOU, stopped)[0].wanting) == 2
    assert len(found(PROVINCE, stopped)[0].wanting) == 1
    told = piece(0, 30, gaps=(gap(30, 60, cause="damage", written=True, reported=at(33)),))
    (one,) = found(MINHOU, told)
    assert (one.wanting, one.resumed) == ((), "")
    assert "3" in one.explained
    assert found(PROVINCE, told)[0].wanting == ()


def test_a_spoken_reason_cannot_explain_what_was_never_resumed() -> None:
    (one,) = found(MINHOU, piece(0, 30, gaps=(gap(30, 60, spoken=True),)))
    assert one.wanting != ()


def test_a_recording_that_just_ends_early_is_no_interruption_until_somebody_says_so() -> None:
    assert found(PROVINCE, piece(0, 30)) == ()


def test_what_another_camera_recorded_is_no_gap() -> None:
    assert found(PROVINCE, piece(0, 60, "one", gaps=(gap(20, 25),)), piece(10, 40, "two")) == ()


def test_recordings_before_the_arrival_do_not_count() -> None:
    assert found(PROVINCE, piece(-30, -20, "ride"), piece(0, 60, "scene")) == ()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), min_size=1, max_size=5))
def test_gaps_lie_within_the_activity_and_never_on_recorded_time(spans: list[tuple[int, int]]) -> None:
    footage = tuple(piece(start, start + long, f"f{n}") for n, (start, long) in enumerate(spans))
    for one in found(PROVINCE, *footage):
        assert at(0) <= one.start < one.end <= at(60)
        assert not any(held.start < one.end and one.start < held.end for held in footage if held.start and held.end)


def test_a_day_of_two_hundred_pieces_is_judged_in_passing() -> None:
    """Every gap once, not every gap against every other: 200 pieces had taken 18 seconds."""
    footage = tuple(piece(n * 5, n * 5 + 4, f"f{n}", points=(mark("reason", n * 5, n * 5 + 1),)) for n in range(200))
    told = found(PROVINCE, *footage, end=1000)
    assert len(told) == 199
    assert all(one.wanting == () for one in told)


def test_what_is_missing_without_a_place_wants_what_a_gap_wants() -> None:
    missing = Unplaced(at(0), at(73), 780)
    for key in (PROVINCE, MINHOU):
        (one,) = found(key, replace(piece(0, 60, "one"), unplaced=missing))
        assert (one.kind, one.seconds, one.start, one.end, bool(one.wanting)) == ("unplaced", 780, at(0), at(73), True)
        assert "位置不明" in one.words
        said = replace(piece(0, 60, "one", points=(mark("reason", 30, 30.5),)), unplaced=missing)
        assert found(key, said)[0].wanting == ()
    (one,) = found(MINHOU, replace(piece(0, 60, "one"), unplaced=replace(missing, written=True, cause="battery")))
    assert (one.wanting, one.cause) == ((), "battery")
    (one,) = found(PROVINCE, replace(piece(0, 60, "one"), unplaced=replace(missing, seconds=0, places=(at(20),))))
    assert one.wanting == ()  # joined files are no offence
    assert one.recommended
    assert "09:20:00" in one.words


def logged(kind: str, start: float, end: float | None = None, **more: str) -> Logged:
    return Logged(kind, at(start), None if end is None else at(end), "0412", **more)


def told(key: str, *log: Logged) -> tuple[GapVerdict, ...]:
    return gaps(profile(key), CaseFacts(activities=(activity("seize", end=60),), footage=TWO, log=log))


def test_the_recorders_own_log_says_what_happened_in_a_gap_and_settles_nothing() -> None:
    of = {"activity": activity("seize").id}
    log = (logged("recording", 0, 20, footage="one", **of), logged("low_battery", 19.9, **of), logged("power_off", 20.1, **of),
           logged("power_on", 24.5, **of), logged("recording", 25, 60, footage="two", **of), logged("power_off", 61, **of),
           logged("fault", 22, activity="elsewhere"))
    (one,) = told(PROVINCE, *log)
    assert "记录仪 0412 09:20:06 关机（设备日志）" in one.explained
    assert "09:24:30 开机" in one.explained
    assert "电量不足" in one.explained
    assert "故障" not in one.explained
    assert "10:01:00" not in one.explained
    assert one.wanting != ()


def test_a_recording_that_the_log_tells_of_and_nobody_deposited_is_found() -> None:
    log = (logged("recording", 0, 20, footage="one", activity=activity("seize").id), logged("recording", 30, 40, activity=activity("seize").id),
           logged("recording", 30, 40, activity="elsewhere"))
    gap_, lost = told(PROVINCE, *log)
    assert (gap_.kind, lost.kind, lost.start, lost.end, lost.ground) == ("gap", "no_file", at(30), at(40), None)
    assert lost.wanting
    assert "0412 日志有录像而无文件" in lost.words
    assert told(PROVINCE, replace(log[1], written=True))[1].wanting == ()
