"""The fence: outside the granted seconds there is nothing to decode, in every container, and headers stay legible."""

from __future__ import annotations

import random

import av
import pytest

from desktop.demo.footage import read_barcode
from desktop.media.fence import fences
from desktop.media.reading import MemoryReader, Reader, as_file
from desktop.media.spans import Span
from tests.desktop.media.kit import FPS, FRAME, SPANS, Lease, footage, plain, refuses, sealed

CONTAINERS = ["mp4", "mov", "mkv", "ts", "avi"]
PRE_ROLL = 60  # pictures between two key frames of the footage
LOOK_AHEAD = 3  # pictures shown after a span's end that its last pictures are decoded from


def decoded(reader: Reader) -> set[int | None]:
    """The number in every picture that can be decoded at all."""
    out: set[int | None] = set()
    with av.open(as_file(reader)) as container:
        for packet in container.demux(container.streams.video[0]):
            try:
                out |= {read_barcode(frame) for frame in packet.decode()}
            except av.error.FFmpegError:
                continue
    return out


def allowed(beyond: int) -> set[int]:
    out: set[int] = set()
    for span in SPANS:
        first, last = -(-span.start_us // FRAME), (span.end_us - 1) // FRAME
        out |= set(range(first // PRE_ROLL * PRE_ROLL, last + 1 + beyond))
    return out


@pytest.mark.parametrize("container", CONTAINERS[:-1])
def test_nothing_outside_but_the_way_from_the_key_frame_can_be_decoded(container: str) -> None:
    walls = fences(plain(container), SPANS)
    assert walls.complete
    still, moving = decoded(walls.still) - {None}, decoded(walls.moving) - {None}
    assert still <= allowed(LOOK_AHEAD)
    assert moving <= allowed(0), "libVLC tells no times: after a span's end nothing may be decodable for it"
    for span in SPANS:
        assert set(range(-(-span.start_us // FRAME), span.end_us // FRAME)) <= still


def test_motion_jpeg_in_avi_needs_no_other_picture() -> None:
    span = Span(2_000_000, 3_000_000)
    seen = decoded(fences(plain("avi"), (span,)).moving) - {None}
    assert len(seen) == FPS


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi"])
def test_denied_packets_are_zeros_and_all_else_is_untouched(container: str) -> None:
    whole = footage(container)
    fenced = fences(MemoryReader(whole), SPANS).still
    seen = fenced.read_at(0, fenced.size)
    assert len(seen) == len(whole)
    assert all(a in (0, b) for a, b in zip(seen, whole, strict=True))
    with av.open(as_file(MemoryReader(whole))) as opened:
        for packet in opened.demux(opened.streams.audio[0]):
            if packet.size and not any(span.holds(int(packet.pts * packet.time_base * 1_000_000)) for span in SPANS):
                body = packet.pos + (4 if container == "mkv" else 0)
                assert not any(seen[body : body + packet.size])


@pytest.mark.parametrize("container", ["mp4", "ts"])
def test_reading_in_pieces_is_reading_the_whole(container: str) -> None:
    fenced = fences(plain(container), SPANS).still
    whole = fenced.read_at(0, fenced.size)
    chance = random.Random(1)
    for _ in range(300):
        at, length = chance.randrange(len(whole)), chance.randrange(1, 4000)
        assert fenced.read_at(at, length) == whole[at : at + length]


def test_a_recording_behind_the_vaults_cipher_is_fenced_the_same() -> None:
    by_vault, bare = fences(sealed(footage()), SPANS).still, fences(plain(), SPANS).still
    assert by_vault.read_at(0, by_vault.size) == bare.read_at(0, bare.size)


def test_the_end_of_a_grant_is_noticed_even_where_only_zeros_are_read() -> None:
    lease = Lease()
    fenced = fences(sealed(footage(), lease), (SPANS[0],)).still
    late = footage().rindex(b"moov") - 500
    assert fenced.read_at(late, 10) == bytes(10)
    lease.ended = True
    with refuses("grant.revoked"):
        fenced.read_at(late, 10)


def test_packets_that_are_not_where_the_demuxer_says_are_denied_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.media.packets._block_end", lambda _reader, _start: -1)
    walls = fences(plain("mkv"), SPANS)
    assert not walls.complete


def test_what_is_no_recording_is_refused() -> None:
    with refuses("media.unreadable"):
        fences(MemoryReader(b"\0" * 5000), SPANS)
