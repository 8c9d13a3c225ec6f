"""Jumps of the timeline inside a recording: found from the index of the header, none where there is none, and bounded whatever it says."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tools.jumps import holes
from desktop.tools.probe_result import JUMPS_MOST, Probe, probe_of
from desktop.tools.probing import probe_open
from desktop.tools.worker import Workers
from tests.desktop.tools import samples


@pytest.mark.parametrize("sound", [False, True])
def test_a_recording_that_was_paused_tells_where(workers: Workers, sound: bool) -> None:
    found = probe_open(workers, samples.paused_mp4((4, 13), (8, 60), sound=sound), ".mp4")
    assert (found.kind, found.findings) == ("video", ())
    assert found.duration_us == pytest.approx(83_000_000, abs=100_000)
    assert [(round(start / 1e6, 1), round(end / 1e6, 1)) for start, end in found.jumps] == [(4.0, 17.0), (21.0, 81.0)]
    assert found.to_json()["jumps"] == found.jumps


def test_a_recording_without_a_pause_tells_none(workers: Workers) -> None:
    assert probe_open(workers, samples.mp4(), ".mp4").jumps == ()
    assert probe_open(workers, samples.paused_mp4((4, 1)), ".mp4").jumps == ()  # a second is how recorders cut
    assert probe_open(workers, samples.wav(), ".wav").jumps == ()
    assert probe_open(workers, samples.matroska(), ".mkv").jumps == ()


def test_a_recording_in_fragments_and_other_containers_are_not_accused(workers: Workers) -> None:
    """Of these the index does not name every packet: where it leaves some out, nothing is said."""
    for form, options, suffix in (("mp4", "frag_keyframe+empty_moov", ".mp4"), ("matroska", "", ".mkv")):
        assert probe_open(workers, samples.paused_mp4(form=form, options=options), suffix).jumps == ()


def test_a_picture_every_five_seconds_jumps_nowhere() -> None:
    assert holes(range(0, 5000, 5), 2) == []
    assert holes([*range(0, 50, 5), *range(400, 450, 5)], 2) == [(50, 400)]
    assert holes([], 2) == holes([7], 2) == holes([0, 9], 2) == []


def test_an_index_of_a_million_entries_and_of_times_that_run_backwards_is_bounded() -> None:
    begun = time.process_time()
    assert holes(range(1_000_000), 50) == []
    assert len(holes([number // 2 * 10**6 + number % 2 for number in range(1_000_000)], 50)) <= JUMPS_MOST
    assert holes([-number for number in range(1_000_000)], 50) == []
    assert time.process_time() - begun < 5


@given(st.lists(st.integers(-2**63, 2**63 - 1), max_size=200), st.integers(1, 2**40))
def test_whatever_the_times_a_hole_has_a_length(times: list[int], least: int) -> None:
    assert all(end - start > least for start, end in holes(times, least))


def _with_table(content: bytes, name: bytes, entries: list[tuple[int, int]]) -> bytes:
    """The first table of that name, its rows overwritten from the start as far as it goes."""
    at = content.index(name) + 8
    count = struct.unpack(">I", content[at : at + 4])[0]
    rows = b"".join(struct.pack(">II", *entries[number % len(entries)]) for number in range(count))
    return content[: at + 4] + rows + content[at + 4 + len(rows) :]


def test_a_hostile_index_ends_in_time_and_within_the_bounds(workers: Workers) -> None:
    whole = samples.paused_mp4((2, 13), (4, 13), (6, 13))
    for rows in ([(1, 2**31)], [(2**32 - 1, 2**32 - 1)], [(1_000_000, 2**31 + 5)], [(1, 2**31 - 1), (1, 1)], [(0, 0)]):
        begun = time.monotonic()
        found = probe_open(workers, _with_table(whole, b"stts", rows), ".mp4")
        assert len(found.jumps) <= JUMPS_MOST
        assert all(0 <= start < end for start, end in found.jumps)
        assert time.monotonic() - begun < 20


def test_a_small_file_that_claims_a_million_pictures_ends_in_time(workers: Workers) -> None:
    content = bytearray(samples.paused_mp4((2, 13), (4, 13), (6, 13)))
    at = content.index(b"stsz") + 8
    content[at : at + 8] = struct.pack(">II", 1, 1_000_000)  # each of one byte
    at = content.index(b"stsc") + 12
    content[at + 4 : at + 8] = struct.pack(">I", 1_000_000)  # all in the first chunk
    for rows in ([(1_000_000, 2**18)], [(500_000, 1), (1, 2**20)]):
        begun = time.monotonic()
        assert len(probe_open(workers, _with_table(bytes(content), b"stts", rows), ".mp4").jumps) <= JUMPS_MOST
        assert time.monotonic() - begun < 20


def test_what_a_worker_says_of_jumps_is_checked() -> None:
    for wrong in ([1], [["a", 2]], [[1]], 7, [[1, 2, 3]], {"a": 1}):
        assert probe_of({"jumps": wrong}, b"").findings == ("crashed",), wrong
    assert probe_of({"jumps": [[1, 2]] * 5000}, b"").jumps == ((1, 2),) * JUMPS_MOST
    assert probe_of({}, b"") == Probe()
