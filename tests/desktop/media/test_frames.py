"""Stills: the exact picture by its time, steps over every picture, nothing outside the grant."""

from __future__ import annotations

import random

import pytest

from desktop.demo.footage import read_barcode
from desktop.media.fence import fences
from desktop.media.frames import FrameSource, Still, fingerprint
from desktop.media.reading import MemoryReader
from tests.desktop.media.kit import FPS, FRAME, GRANTED, SPANS, footage, plain, refuses, sealed


def walk(source: FrameSource, still: Still | None, forward: bool) -> list[int | None]:
    out = []
    while still is not None:
        out.append(read_barcode(still.frame))
        still = source.next_frame(still) if forward else source.previous_frame(still)
    return out


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_the_picture_at_any_moment_is_the_one_of_its_number(container: str) -> None:
    chance = random.Random(5)
    with FrameSource(sealed(footage(container))) as source:
        for _ in range(25):
            number = chance.randrange(12 * FPS)
            still = source.frame_at(number * FRAME + chance.randrange(FRAME - 2000))
            assert (read_barcode(still.frame), still.number) == (number, number)


def test_steps_meet_every_picture_in_both_directions_with_little_memory() -> None:
    with FrameSource(plain(), memory=10 * 640 * 360 * 3 // 2) as source:
        assert walk(source, source.frame_at(0), True) == list(range(12 * FPS))
        assert walk(source, source.frame_at(source.facts.duration_us - 1), False) == list(range(12 * FPS - 1, -1, -1))


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_steps_never_leave_the_granted_spans(container: str) -> None:
    walls = fences(plain(container), SPANS)
    with FrameSource(walls.still, SPANS) as source:
        assert walk(source, source.frame_at(SPANS[0].start_us), True) == GRANTED
        assert walk(source, source.frame_at(SPANS[-1].end_us - 1), False) == GRANTED[::-1]


@pytest.mark.parametrize("us", [0, SPANS[0].start_us - 1, SPANS[0].end_us, 4_000_000, SPANS[1].end_us, 11_000_000])
def test_a_moment_outside_the_grant_is_refused(us: int) -> None:
    with FrameSource(fences(plain(), SPANS).still, SPANS) as source, refuses("media.outside"):
        source.frame_at(us)


def test_the_first_picture_of_a_span_begins_inside_it() -> None:
    with FrameSource(fences(plain(), SPANS).still, SPANS) as source:
        first = source.frame_at(SPANS[0].start_us)
        assert first.us == 26 * FRAME


def test_thumbnails_come_from_granted_moments_only() -> None:
    with FrameSource(fences(plain(), SPANS).still, SPANS) as source:
        made = list(source.thumbnails(24))
        assert len(made) >= 5
        assert all(any(span.holds(still.us) for span in SPANS) for still in made)
        assert {still.frame.height for still in made} == {54}


def test_pictures_on_the_way_to_a_span_are_known_by_their_fingerprints() -> None:
    with FrameSource(plain()) as source:
        outside = {fingerprint(source.frame_at(n * FRAME).frame) for n in range(120, 134)}
        inside = {fingerprint(source.frame_at(n * FRAME).frame) for n in range(134, 150)}
    with FrameSource(fences(plain(), SPANS).still, SPANS) as source:
        marks = source.fingerprints_before(SPANS[1])
    assert marks == outside
    assert not marks & inside


def test_facts_of_a_recording() -> None:
    with FrameSource(plain()) as source:
        facts = source.facts
    assert (facts.duration_us, facts.width, facts.height, facts.rate) == (12_000_000, 640, 360, FPS)
    assert (facts.matrix, facts.full_range, facts.has_audio) == (1, False, True)


@pytest.mark.parametrize("content", [b"", b"\0" * 1000, b"not a recording at all" * 100, footage()[:5000]])
def test_what_is_no_recording_is_refused_in_words(content: bytes) -> None:
    with refuses("media.unreadable"):
        FrameSource(MemoryReader(content))


def test_a_damaged_object_is_refused_by_the_vaults_own_word() -> None:
    with refuses("vault.damaged"):
        FrameSource(sealed(footage(), damage=3000))
