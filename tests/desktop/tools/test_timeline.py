"""Holes in the timeline of recordings in every container that keeps times: told by its packets, by real files with known holes."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Cancelled, Refusal
from desktop.tools.asked import run_asking
from desktop.tools.probe_result import JUMPS_MOST, Probe, probe_of
from desktop.tools.probing import probe_open
from desktop.tools.timeline import Track, common
from desktop.tools.worker import Workers
from tests.desktop.tools import samples

PAUSES = ((4, 13), (8, 60))
WRAP = 2**33 / 90000  # seconds
RAW = (("mpegts_copyts", "1"),)
ARGS = {"jump_us": 2_000_000, "seconds": 60.0}


class Held:
    """Bytes as a reader of the vault gives them; `breaks` is where it refuses."""

    def __init__(self, content: bytes, breaks: int | None = None) -> None:
        self.content, self.breaks, self.size, self.read = content, breaks, len(content), 0

    def read_at(self, offset: int, length: int) -> bytes:
        if self.breaks is not None and offset + length > self.breaks:
            raise Refusal("vault.damaged", object_id="x", segment=1)
        self.read += length
        return self.content[offset : offset + length]


def both_ways(workers: Workers, content: bytes, suffix: str) -> Probe:
    """What a deposit finds and what a later search finds: the same."""
    at_deposit = probe_open(workers, content, suffix)
    facts, _nothing = run_asking(workers, "timeline", Held(content), ARGS, 30, lambda _n: None)
    later = probe_of(facts, b"")
    assert (later.jumps, later.restarts, later.walked) == (at_deposit.jumps, at_deposit.restarts, at_deposit.walked)
    return at_deposit


def whole(found: Probe) -> list[tuple[int, int]]:
    return [(round(start / 1e6), round(end / 1e6)) for start, end in found.jumps]


@pytest.mark.parametrize(("form", "suffix", "picture", "sound"), [
    ("mpegts", ".ts", "libx264", "mp2"), ("mpegts", ".ts", "libx264", ""), ("mpegts", ".ts", "", "mp2"),
    ("matroska", ".mkv", "libx264", "aac"), ("matroska", ".mkv", "mpeg4", ""), ("matroska", ".mkv", "", "aac"),
    ("avi", ".avi", "mpeg4", ""), ("avi", ".avi", "mpeg4", "mp2"), ("asf", ".asf", "mpeg4", ""), ("asf", ".wmv", "wmv2", ""),
    ("vob", ".mpg", "mpeg2video", "mp2"), ("flv", ".flv", "libx264", ""), ("ogg", ".ogg", "", "libopus"), ("mov", ".mov", "libx264", "aac"),
])  # fmt: skip
def test_a_pause_is_told_in_every_container_that_keeps_times(workers: Workers, form: str, suffix: str, picture: str, sound: str) -> None:
    found = both_ways(workers, samples.paused(form, picture, sound, *PAUSES), suffix)
    exact = 1 if form == "ogg" else 0.2  # seconds: an Ogg page tells one time for all that lies in it
    assert [end for jump in found.jumps for end in jump] == pytest.approx([4e6, 17e6, 21e6, 81e6], abs=exact * 1e6), found
    assert (found.restarts, found.findings) == ((), ())
    assert found.walked == ("index" if form == "mov" else "packets")
    assert found.covered_us == pytest.approx(10_000_000, abs=400_000)
    assert both_ways(workers, samples.paused(form, picture, sound), suffix).jumps == ()


@pytest.mark.parametrize("options", ["frag_keyframe+empty_moov", "frag_keyframe"])
def test_a_recording_in_fragments_tells_its_pauses(workers: Workers, options: str) -> None:
    found = both_ways(workers, samples.paused("mp4", "libx264", "aac", *PAUSES, options=(("movflags", options),)), ".mp4")
    assert whole(found) == [(4, 17), (21, 81)]


def test_formats_that_count_say_that_they_cannot_tell(workers: Workers) -> None:
    for content, suffix in ((samples.wav(), ".wav"), (samples.paused("adts", "", "aac"), ".aac")):
        found = both_ways(workers, content, suffix)
        assert (found.walked, found.jumps, found.covered_us) == ("none", (), 0)


@pytest.mark.parametrize("begins", [WRAP - 2, WRAP - 6, WRAP - 12, 0.0, 3600.0])
def test_a_clock_that_goes_round_and_one_that_begins_late_jump_nowhere(workers: Workers, begins: float) -> None:
    for form, suffix, picture, options in (("mpegts", ".ts", "libx264", RAW), ("vob", ".mpg", "mpeg2video", ())):
        assert both_ways(workers, samples.paused(form, picture, "mp2", begins=begins, options=options), suffix).jumps == ()
        found = both_ways(workers, samples.paused(form, picture, "mp2", *PAUSES, begins=begins, options=options), suffix)
        assert (whole(found), found.restarts) == ([(4, 17), (21, 81)], ())


def test_a_timeline_that_begins_anew_tells_where_and_its_length_is_that_of_its_packets(workers: Workers) -> None:
    one, other = samples.paused("mpegts", "libx264", "mp2"), samples.paused("mpegts", "libx264", "mp2", begins=500, options=RAW)
    for content in (one + one, other + one):
        found = both_ways(workers, content, ".ts")
        assert ([round(at / 1e6) for at in found.restarts], found.jumps) == ([10], ())
        assert found.duration_us == pytest.approx(20_000_000, abs=200_000)
    assert [round(at / 1e6) for at in both_ways(workers, one * 3, ".ts").restarts] == [10, 20]
    assert whole(both_ways(workers, one + other, ".ts")) == [(10, 500)]


def test_a_picture_that_stands_still_while_sound_goes_on_is_no_interruption(workers: Workers) -> None:
    for form, suffix in (("matroska", ".mkv"), ("mpegts", ".ts"), ("mp4", ".mp4")):
        assert both_ways(workers, samples.paused(form, "libx264", "aac", still=(3, 8)), suffix).jumps == ()
        assert both_ways(workers, samples.paused(form, "libx264", "aac", silent=(3, 8)), suffix).jumps == ()
        assert whole(both_ways(workers, samples.paused(form, "libx264", "aac", still=(2, 8), silent=(4, 10)), suffix)) == [(4, 8)]
        assert whole(both_ways(workers, samples.paused(form, "libx264", "", still=(3, 8)), suffix)) == [(3, 8)]


def test_a_picture_every_five_seconds_is_the_pace_of_the_recording() -> None:
    def told(*times: float) -> list[tuple[int, int]]:
        track = Track(2_000_000)
        for at in times:
            track.add(int(at * 1e6))
        track.end()
        return [(round(start / 1e6), round(end / 1e6)) for start, end in track.holes()]

    assert told(*range(0, 200, 5)) == []
    assert told(*range(0, 100, 5), *range(400, 500, 5)) == [(100, 400)]
    assert told(*(n // 2 * 3 + n % 2 * 0.04 for n in range(200))) == []  # now fast, now slow
    assert told(*(n * 0.04 + (13 if n > 100 else 0) for n in range(200))) == [(4, 17)]
    assert told() == told(7) == []


@given(st.lists(st.tuples(st.integers(-2**70, 2**70), st.none() | st.integers(-2**70, 2**70)), max_size=300), st.sampled_from([0, 10**6, 2**40]))
def test_whatever_the_times_memory_and_holes_are_bounded(packets: list[tuple[int, int | None]], wrap: int) -> None:
    track = Track(1000, wrap)
    for at, decoded in packets:
        track.add(at, decoded)
        assert len(track._waiting) <= 32
    track.end()
    assert all(end - start > 1000 for start, end in track.holes())
    assert len(track.restarts) <= JUMPS_MOST


@given(st.lists(st.integers(0, 500), max_size=30, unique=True), st.lists(st.integers(0, 500), max_size=30, unique=True), st.integers(0, 20))
def test_the_stretches_that_are_common_are_those_of_a_second_by_second_count(left: list[int], right: list[int], least: int) -> None:
    def stretches(marks: list[int]) -> list[tuple[int, int]]:
        ordered = sorted(marks)
        return list(zip(ordered[::2], ordered[1::2], strict=False))

    one, other = stretches(left), stretches(right)
    seconds = {n for start, end in one for n in range(start, end)} & {n for start, end in other for n in range(start, end)}
    found = common(one, other, least)
    assert all(end - start > least for start, end in found)
    assert {n for start, end in common(one, other, 0) for n in range(start, end)} == seconds


def test_a_damaged_or_hostile_recording_ends_in_time_and_says_how_far_it_came(workers: Workers) -> None:
    content = bytearray(samples.paused("mpegts", "libx264", "mp2", *PAUSES))
    chance = random.Random(7)
    for _round in range(12):
        for _n in range(200):
            content[chance.randrange(188, len(content))] = chance.randrange(256)
        begun = time.monotonic()
        found = probe_open(workers, bytes(content), ".ts")
        assert len(found.jumps) <= JUMPS_MOST
        assert all(0 <= start < end for start, end in found.jumps)
        assert time.monotonic() - begun < 20


def test_what_a_worker_says_of_a_timeline_is_checked() -> None:
    for wrong in ({"restarts": ["a"]}, {"restarts": 7}, {"covered_us": "x"}):
        assert probe_of(wrong, b"").findings == ("crashed",), wrong
    assert probe_of({"walked": "by magic", "restarts": [1] * 5000}, b"") == Probe(restarts=(1,) * JUMPS_MOST)


def test_a_walk_is_told_as_it_goes_and_stops_where_it_is_told_or_refused(workers: Workers) -> None:
    content = samples.paused("mpegts", "libx264", "mp2", seconds=60)
    steps: list[int] = []
    run_asking(workers, "timeline", Held(content), ARGS, 30, steps.append)
    assert len(steps) > 1
    assert sum(steps) == len(content)

    def stop(_n: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run_asking(workers, "timeline", Held(content), ARGS, 30, stop)
    with pytest.raises(Refusal) as no:
        run_asking(workers, "timeline", Held(content, breaks=200_000), ARGS, 30, lambda _n: None)
    assert no.value.code == "vault.damaged"
    index = Held(samples.paused("mp4", "libx264", "", seconds=60))
    run_asking(workers, "timeline", index, ARGS, 30, lambda _n: None)  # the worker is sound after all that
    facts, _nothing = run_asking(workers, "timeline", Held(content), ARGS | {"seconds": 0.0}, 30, lambda _n: None)
    assert facts["walked"] == "part"
    assert run_asking(workers, "timeline", Held(samples.jpeg()), ARGS, 30, lambda _n: None)[0]["findings"] == ["unreadable"]


def test_a_walk_asked_of_workers_that_are_gone_is_stopped() -> None:
    """The program leaves while a recording is about to be searched: no fault, and no thread that ends with one."""
    with Workers(1) as gone:
        pass
    with pytest.raises(Cancelled):
        run_asking(gone, "timeline", Held(samples.jpeg()), ARGS, 30, lambda _n: None)
