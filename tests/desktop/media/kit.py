"""What the media tests share: footage made once, sealed as the vault seals it, with a lease that can end."""

from __future__ import annotations

import functools
import io
import os
from datetime import UTC, datetime

import pytest

from desktop.demo.footage import make_recording
from desktop.errors import Refusal
from desktop.media.reading import MemoryReader
from desktop.media.spans import Span
from desktop.vault.format import TAG, Sealer
from desktop.vault.segments import SegmentReader

OBJECT_ID = "00112233445566778899aabbccddeeff"
START = datetime(2026, 10, 20, 1, 31, tzinfo=UTC)
FPS = 25
FRAME = 1_000_000 // FPS
SPANS = (Span(1_010_000, 2_500_000), Span(5_333_333, 7_000_000))
GRANTED = [n for n in range(12 * FPS) if any(span.holds(n * FRAME) for span in SPANS)]


@functools.cache
def footage(container: str = "mp4", seconds: int = 12, width: int = 640, height: int = 360) -> bytes:
    """A recording whose picture n carries the number n."""
    out = io.BytesIO()
    make_recording(out, seconds, width, height, FPS, START, seed=3, container=container)
    return out.getvalue()


class Bytes:
    """An object file in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def pread(self, offset: int, length: int) -> bytes:
        return self.content[offset : offset + length]

    def close(self) -> None:
        return None


class Lease:
    """A grant that can be ended while it is used."""

    ended = False

    def __call__(self) -> None:
        if self.ended:
            raise Refusal("grant.revoked", number="查〔2026〕31号")


def sealed(plain: bytes, lease: Lease | None = None, damage: int | None = None) -> SegmentReader:
    """`plain` behind the vault's own cipher; `damage` flips a bit of the object file at this place."""
    key = os.urandom(32)
    sealer, at = Sealer(key, OBJECT_ID), 0
    whole = bytearray(sealer.header)
    while True:
        piece = plain[at : at + sealer.room]
        at += len(piece)
        cell = bytearray(len(piece) + TAG)
        sealer.seal_into(piece, cell, last=at == len(plain))
        whole += cell
        if at == len(plain):
            break
    if damage is not None:
        whole[damage] ^= 1
    # A clock that always runs: the lease is asked at every read, as it would be once a second.
    ticks = iter(range(0, 1 << 40, 5))
    return SegmentReader(Bytes(bytes(whole)), key, OBJECT_ID, len(whole), lease or Lease(), clock=lambda: float(next(ticks)))


def plain(container: str = "mp4") -> MemoryReader:
    return MemoryReader(footage(container))


def refuses(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)
