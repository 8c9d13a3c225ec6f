"""The frame of a recording, read without a decoder: is everything there that the container announces?"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import Literal

from desktop.tools.endings import end_missing

_BOXES_MOST = 10_000


def boxes(fd: int, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """The ISO 14496-12 boxes between two offsets: (type, first byte of the content, content's end, overrun).

    `overrun` is the number of bytes that the box claims beyond `end`.
    """
    at = start
    for _ in range(_BOXES_MOST):
        head = os.pread(fd, 16, at) if at < end else b""
        if len(head) < 8:
            if at < end:
                yield b"", at, end, 8 - (end - at)
            return
        size, kind = struct.unpack(">I4s", head[:8])
        skip = 8
        if size == 1 and len(head) == 16:
            size, skip = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - at
        if size < skip:
            return
        yield kind, at + skip, min(at + size, end), max(at + size - end, 0)
        at += size


def announced_more(fd: int, size: int, reader: str) -> list[str]:
    """Findings of the frame alone: `truncated` where the container announces more than is there, `no_end`
    where the recorder never wrote the end (a length left at zero)."""
    if reader == "mov":
        return _iso(fd, size)
    if reader in ("wav", "avi", "aiff"):
        return _riff(fd, size)
    if reader == "matroska":
        return _matroska(fd, size)
    return end_missing(fd, size, reader)


def movie_times(fd: int, size: int) -> list[tuple[str, str]]:
    """Creation and modification time of the movie header as they stand: seconds since 1904 in `mvhd`, as figures."""
    found = []
    for kind, start, end, _ in boxes(fd, 0, size):
        if kind != b"moov":
            continue
        for inner, at, _stop, _over in boxes(fd, start, end):
            if inner == b"mvhd":
                head = os.pread(fd, 20, at)
                if len(head) == 20:
                    both = struct.unpack(">4xQQ", head) if head[0] == 1 else struct.unpack(">4xII8x", head)
                    found = [("mvhd.creation_time", str(both[0])), ("mvhd.modification_time", str(both[1]))]
    return found


def _iso(fd: int, size: int) -> list[str]:
    kinds, overrun = set(), 0
    for kind, _start, _end, over in boxes(fd, 0, size):
        kinds.add(kind)
        overrun = max(overrun, over)
    if overrun:
        return ["truncated"]
    # Footage without its index, or an index without its footage: the rest was never written, or cut at a box's edge.
    if kinds & {b"ftyp", b"moov", b"mdat"} and not {b"moov", b"mdat"} <= kinds and b"meta" not in kinds:
        return ["truncated"]
    return []


def _riff(fd: int, size: int) -> list[str]:
    """RIFF and AIFF say their length in front; a long AVI is several of them, one behind the other."""
    at = 0
    for _ in range(_BOXES_MOST):
        head = os.pread(fd, 28, at)
        if head[:4] not in (b"RIFF", b"FORM", b"RF64"):
            return []
        order: Literal["big", "little"] = "big" if head[:4] == b"FORM" else "little"
        claimed = int.from_bytes(head[4:8], order)
        if head[:4] == b"RF64" and head[12:16] == b"ds64":  # EBU Tech 3306: the length is too long for its place
            claimed = int.from_bytes(head[20:28], "little")
        if claimed in (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF):
            return ["no_end"] if at == 0 else ["truncated"]
        end = at + 8 + claimed
        if end > size + 1 or (end == size + 1 and not _pad_left_out(fd, at, size, order)):
            return ["truncated"]
        at = end + (end & 1)
    return []


def _pad_left_out(fd: int, at: int, size: int, order: Literal["big", "little"]) -> bool:
    """Whether the one byte that is missing is the pad behind a last chunk of odd length, which some recorders count and do not write."""
    at += 12
    for _ in range(_BOXES_MOST):
        head = os.pread(fd, 8, at)
        if len(head) < 8:
            return False
        end = at + 8 + int.from_bytes(head[4:], order)
        if end >= size:
            return end == size
        at = end + (end & 1)
    return False


def _matroska(fd: int, size: int) -> list[str]:
    """EBML header, then the Segment: its size says where the file ends; unknown size is a recorder that never closed."""
    at = 0
    for _ in range(8):
        ident, id_length = _vint(os.pread(fd, 8, at), keep_mark=True)
        length, size_length = _vint(os.pread(fd, 8, at + id_length), keep_mark=False)
        if not id_length or not size_length:
            return ["truncated"]
        body = at + id_length + size_length
        if ident == 0x18538067:
            if length == (1 << 7 * size_length) - 1:
                return ["no_end"]
            return ["truncated"] if body + length > size else []
        at = body + length
    return ["truncated"]


def _vint(raw: bytes, keep_mark: bool) -> tuple[int, int]:
    if not raw or raw[0] == 0:
        return 0, 0
    length = 9 - raw[0].bit_length()
    if len(raw) < length:
        return 0, 0
    value = int.from_bytes(raw[:length], "big")
    return (value if keep_mark else value & ((1 << 7 * length) - 1)), length
