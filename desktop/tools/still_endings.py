"""The end of a picture, of every picture in it: decoders stop at the first one, and leave out what follows its last line."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal

_CHUNKS_MOST, _PAGES_MOST, _PLACES_MOST = 200_000, 2_000, 1 << 20
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  # bytes of a value, by the types of TIFF 6.0
_PLACES, _LENGTHS = (273, 324), (279, 325)  # of strips and of tiles


def picture_cut(fd: int, size: int, media_type: str) -> list[str]:
    """`truncated` where a PNG, GIF or TIFF does not reach its own end."""
    ask = {"image/png": _png, "image/gif": _gif, "image/tiff": _tiff}.get(media_type)
    return ask(fd, size) if ask is not None else []


def _png(fd: int, size: int) -> list[str]:
    at = 8
    for _ in range(_CHUNKS_MOST):
        head = os.pread(fd, 8, at)
        at += 12 + int.from_bytes(head[:4], "big")
        if len(head) < 8 or at > size:
            return ["truncated"]
        if head[4:] == b"IEND":
            return []
    return []


def _gif(fd: int, size: int) -> list[str]:
    source = io.BufferedReader(io.FileIO(fd, "rb", closefd=False), 1 << 16)
    source.seek(6)
    _skip_colours(source, source.read(7)[4:5])
    while mark := source.read(1):
        if mark == b";":
            return []
        if mark == b"!":
            source.seek(1, os.SEEK_CUR)
        elif mark == b",":
            _skip_colours(source, source.read(9)[8:9])
            source.seek(1, os.SEEK_CUR)
        else:
            return ["truncated" if mark == b"\0" else "damaged"]
        while (length := source.read(1)) not in (b"", b"\0"):
            source.seek(length[0], os.SEEK_CUR)
    return ["truncated"]


def _skip_colours(source: BinaryIO, flags: bytes) -> None:
    if flags and flags[0] & 0x80:
        source.seek(3 << (flags[0] & 7) + 1, os.SEEK_CUR)


def _tiff(fd: int, size: int) -> list[str]:
    order: Literal["little", "big"] = "little" if os.pread(fd, 2, 0) == b"II" else "big"
    at, seen = int.from_bytes(os.pread(fd, 4, 4), order), set[int]()
    while at and at not in seen and len(seen) < _PAGES_MOST:
        seen.add(at)
        count = int.from_bytes(os.pread(fd, 2, at), order)
        page = os.pread(fd, 12 * count + 4, at + 2)
        if not count or len(page) < 12 * count + 4 or any(end > size for end in _ends(fd, page[: 12 * count], order)):
            return ["truncated"]
        at = int.from_bytes(page[12 * count :], order)
    return []


def _ends(fd: int, page: bytes, order: Literal["little", "big"]) -> Iterator[int]:
    """Where the values of a directory end, and what its strips and tiles are."""
    found: dict[int, list[int]] = {}
    number: Callable[[bytes], int] = lambda raw: int.from_bytes(raw, order)
    for start in range(0, len(page), 12):
        tag, kind, count = number(page[start : start + 2]), number(page[start + 2 : start + 4]), number(page[start + 4 : start + 8])
        width, value = _WIDTHS.get(kind, 0), page[start + 8 : start + 12]
        if width * count > 4:
            yield number(value) + width * count
            value = os.pread(fd, width * count, number(value)) if tag in _PLACES + _LENGTHS and width * count <= _PLACES_MOST else b""
        if tag in _PLACES + _LENGTHS and width:
            found[tag] = [number(value[one : one + width]) for one in range(0, min(width * count, len(value)), width)]
    for places, lengths in zip(_PLACES, _LENGTHS, strict=True):
        yield from (place + length for place, length in zip(found.get(places, []), found.get(lengths, []), strict=False))
