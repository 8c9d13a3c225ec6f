"""The second wall: a reader in which the packets outside the granted spans are zeros, so that nothing else can be decoded.

The first wall is the player, which never hands out a picture whose time lies outside. Behind it, a fence leaves legible only
what the granted seconds need: packets from the key frame before a span to its end. The container's own headers pass.

Two fences of one recording differ at the end of a span. The last pictures of a span may need one that is shown after it;
`still` leaves that one legible, because whoever reads stills checks each picture's time; `moving` does not, because libVLC
tells no time of its pictures, so that the last one or two of a span can be seen only as stills.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.errors import Refusal
from desktop.media import packets
from desktop.media.packets import Packet
from desktop.media.reading import Reader
from desktop.media.spans import Span, Spans, contains, union

Ranges = list[tuple[int, int]]
_CELL = packets.CELL
_UNBROKEN = 4096


@dataclass(frozen=True)
class Fences:
    """The two readers of one granted recording; `complete` is False when some granted packet could not be found in the file."""

    still: Reader
    moving: Reader
    complete: bool


class SpanFence:
    """A reader that hands out zeros for the given ranges of bytes (sorted, apart) and the true bytes elsewhere."""

    def __init__(self, reader: Reader, denied: Ranges) -> None:
        self._reader = reader
        self._denied = denied
        self._starts = [start for start, _ in denied]

    @property
    def size(self) -> int:
        return self._reader.size

    @property
    def failure(self) -> BaseException | None:
        return self._reader.failure

    def read_at(self, offset: int, length: int) -> bytes:
        """As `Reader.read_at`; what is wholly denied is not even decrypted, but an ended grant is noticed all the same."""
        end = min(offset + length, self.size)
        first = max(bisect_right(self._starts, offset) - 1, 0)
        inside = [(max(a, offset), min(b, end)) for a, b in self._until(first, end) if b > offset]
        if inside == [(offset, end)]:
            self._reader.read_at(offset, 1)
            return bytes(end - offset)
        got = bytearray(self._reader.read_at(offset, length))
        for a, b in inside:
            got[a - offset : b - offset] = bytes(b - a)
        return bytes(got)

    def _until(self, first: int, end: int) -> Iterable[tuple[int, int]]:
        for k in range(first, len(self._denied)):
            if self._denied[k][0] >= end:
                return
            yield self._denied[k]


class CellFence:
    """As `SpanFence`, for a transport stream: empties the cells of one packet identifier without touching its neighbours'."""

    def __init__(self, reader: Reader, denied: dict[int, Ranges], first_cell: int) -> None:
        self._reader = reader
        self._denied = denied
        self._starts = {pid: [start for start, _ in ranges] for pid, ranges in denied.items()}
        self._first = first_cell

    @property
    def size(self) -> int:
        return self._reader.size

    @property
    def failure(self) -> BaseException | None:
        return self._reader.failure

    def read_at(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self.size)
        begin = max(offset - (offset - self._first) % _CELL, 0)
        stop = end + (self._first - end) % _CELL
        got = bytearray(self._reader.read_at(begin, stop - begin))
        for at in range((self._first - begin) % _CELL, len(got), _CELL):
            self._empty(got, at, begin + at)
        return bytes(got[offset - begin : max(end - begin, 0)])

    def _empty(self, got: bytearray, at: int, place: int) -> None:
        pid = (got[at + 1] & 0x1F) << 8 | got[at + 2] if at + 3 < len(got) else -1
        ranges = self._denied.get(pid)
        if not ranges:
            return
        k = bisect_right(self._starts[pid], place) - 1
        if k < 0 or place >= ranges[k][1]:
            return
        stop = min(at + _CELL, len(got))
        start = at + 4 + (1 + got[at + 4] if got[at + 3] & 0x20 and at + 4 < stop else 0)
        if got[at + 1] & 0x40 and start + 9 <= stop and got[start : start + 3] == b"\0\0\1":
            start += 9 + got[start + 8]  # the packet's own head tells only its time, which seeking needs
        if start < stop:
            got[start:stop] = bytes(stop - start)


def fences(reader: Reader, spans: Spans) -> Fences:
    """Fence a recording so that only `spans` can be decoded.

    ISO media (mp4, mov): all sample bytes are denied but those found by demuxing around each span, so the cost follows the
    spans, not the file. Other containers are demuxed whole. A packet whose bytes cannot be found is denied, never guessed.
    Raises `Refusal` when the object is no recording.
    """
    container = packets.open_container(reader)
    try:
        if "mov" in container.format.name.split(","):
            # Each span by itself: what is read around one may reach into the next, and must not lengthen its run.
            runs = [(span, list(packets.around(container, reader, span))) for span in union(spans)]
            found = [p for _span, run in runs for p in run]
            samples = _sample_boxes(reader)
            sides = [_without(samples, _granted(runs, moving)) for moving in (False, True)]
            made: list[Reader] = [SpanFence(reader, denied) for denied in sides]
        else:
            found = list(packets.every(container, reader))
            if "mpegts" in container.format.name:
                first = _first_cell(reader)
                made = [CellFence(reader, _denied_cells(found, spans, moving, reader.size), first) for moving in (False, True)]
            else:
                made = [SpanFence(reader, _denied_packets(found, spans, moving)) for moving in (False, True)]
    finally:
        container.close()
    return Fences(made[0], made[1], all(p.start >= 0 for p in found if contains(spans, p.pts_us)))


def needed(found: list[Packet], spans: Spans, moving: bool) -> set[Packet]:
    """The packets that the granted seconds need: for sound those inside, for pictures the run from the key frame before."""
    kept = {p for p in found if not p.video and contains(spans, p.pts_us)}
    for stream in {p.stream for p in found if p.video}:
        run = [p for p in found if p.video and p.stream == stream]
        for span in union(spans):
            kept.update(_run(run, span, moving))
    return kept


def _run(run: list[Packet], span: Span, moving: bool) -> list[Packet]:
    """`run` in decoding order, cut to what `span` needs."""
    keys = [k for k, p in enumerate(run) if p.key and p.pts_us <= span.start_us]
    first = keys[-1] if keys else 0
    inside = [k for k in range(first, len(run)) if span.holds(run[k].pts_us)]
    if not inside:
        return []
    stop = inside[-1] + 1
    if moving:
        stop = next((k for k in range(first, stop) if run[k].pts_us >= span.end_us), stop)
    return run[first:stop]


def _granted(runs: list[tuple[Span, list[Packet]]], moving: bool) -> Ranges:
    return _joined((p.start, p.end) for span, run in runs for p in needed(run, (span,), moving) if p.start >= 0)


def _denied_packets(found: list[Packet], spans: Spans, moving: bool) -> Ranges:
    """Several packets may share one block: it is granted only when all of them are."""
    kept = needed(found, spans, moving)
    return _joined((p.start, p.end) for p in found if p.start >= 0 and p not in kept)


def _denied_cells(found: list[Packet], spans: Spans, moving: bool, size: int) -> dict[int, Ranges]:
    kept, out = needed(found, spans, moving), dict[int, Ranges]()
    for ident in {p.ident for p in found}:
        allowed: dict[int, bool] = {}
        place = -1
        for packet in (p for p in found if p.ident == ident):
            place = packet.start if packet.start >= 0 else place
            allowed[place] = allowed.get(place, True) and packet in kept
        places = sorted(allowed)
        out[ident] = _joined((a, b) for a, b in zip(places, [*places[1:], size], strict=True) if not allowed[a])
    return out


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    out: Ranges = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _without(whole: Ranges, kept: Ranges) -> Ranges:
    """`whole` minus `kept`; both sorted and apart."""
    out: Ranges = []
    for start, end in whole:
        at = start
        for a, b in kept:
            if b <= at or a >= end:
                continue
            if a > at:
                out.append((at, a))
            at = max(at, b)
        if at < end:
            out.append((at, end))
    return out


def _sample_boxes(reader: Reader) -> Ranges:
    """The contents of every `mdat` box at the top of an ISO file (ISO/IEC 14496-12 §4.2), and whatever cannot be walked."""
    out: Ranges = []
    at = 0
    while at + 8 <= reader.size:
        head = reader.read_at(at, 16)
        size, name, body = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = reader.size - at
        if size < body:
            raise Refusal("media.unreadable", reason=f"box of {size} bytes at {at}")
        if name == b"mdat":
            out.append((at + body, min(at + size, reader.size)))
        at += size
    return out


def _first_cell(reader: Reader) -> int:
    head = reader.read_at(0, _UNBROKEN)
    for at in range(min(_CELL, len(head))):
        if all(head[k] == 0x47 for k in range(at, len(head), _CELL)):
            return at
    raise Refusal("media.unreadable", reason="no transport stream cells")
