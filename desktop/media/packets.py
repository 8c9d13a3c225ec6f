"""Where the packets of a container lie: read by demuxing, without decoding, through the same reader that plays it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from av.audio.resampler import AudioResampler

from desktop.errors import Refusal
from desktop.media.reading import Reader, as_file
from desktop.media.spans import Span
from models.timecode import SECOND

CELL = 188  # ISO/IEC 13818-1: a transport stream is made of cells of 188 bytes
_TABLE_WITHIN = 8000  # cells; tables are repeated several times a second
MATROSKA_BLOCK_HEAD = 4  # track number, two bytes of time, flags: stays legible so that the file can be walked
_SEEK_BACK = 2 * SECOND  # a demuxer that seeks by decoding time may land one key frame late


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: its bytes in the file from `start` to `end` (-1 when unknown), its presentation and decoding time."""

    stream: int
    video: bool
    ident: int
    start: int
    end: int
    pts_us: int
    dts_us: int
    key: bool


def open_container(reader: Reader) -> Any:
    """PyAV's container over the reader. Raises `Refusal` when it is no recording, or when the reader refused."""
    try:
        return av.open(as_file(reader), "r", metadata_errors="replace")
    except (av.error.FFmpegError, EOFError, ValueError) as error:
        if reader.failure is not None:
            raise reader.failure from error
        raise Refusal("media.unreadable", reason=getattr(error, "strerror", None) or str(error)) from error


def moving_picture(container: Any) -> Any:
    """The stream of pictures, or None: a cover that a sound recording carries is no moving picture."""
    return next((s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic), None)


def timed(container: Any) -> list[Any]:
    """The streams that have seconds: the moving picture first, then the sounds."""
    video = moving_picture(container)
    return ([] if video is None else [video]) + list(container.streams.audio)


def beginning(container: Any) -> Fraction:
    """Seconds on the container's own clock at which media time zero lies: the first picture, or the first sound."""
    for stream in timed(container):
        if stream.start_time is not None and stream.time_base:
            return Fraction(stream.start_time * stream.time_base)
    return Fraction(0)


def media_us(ticks: int, time_base: Fraction, zero: Fraction) -> int:
    """Whole microseconds of media time, rounded up: never earlier than the picture they name."""
    at = (ticks * time_base - zero) * SECOND
    return -(-at.numerator // at.denominator)


def ticks_of(us: int, time_base: Fraction, zero: Fraction) -> int:
    """The last tick of the container's clock at or before this media time."""
    at = (Fraction(us, SECOND) + zero) / time_base
    return at.numerator // at.denominator


def around(container: Any, reader: Reader, span: Span) -> Iterator[Packet]:
    """The packets from well before `span` until every stream has passed its end; needs a container that can seek exactly."""
    zero = beginning(container)
    _seek(container, max(span.start_us - _SEEK_BACK, 0), zero)
    waiting = {stream.index for stream in timed(container)}
    for packet in _packets(container, reader, zero):
        if packet.dts_us >= span.end_us:
            waiting.discard(packet.stream)
            if not waiting:
                return
        yield packet


def entry(reader: Reader, us: int) -> tuple[int, int]:
    """Where to cut a container that may be cut: byte and time of the key packet at or before `us`; of sound, at or after it.

    In a transport stream the cut lies at the table of programmes before it, without which no decoder can begin.
    """
    container = open_container(reader)
    try:
        place, at = _entry(container, us)
        return (_programme_before(reader, place) if "mpegts" in container.format.name else place), at
    finally:
        container.close()


def _entry(container: Any, us: int) -> tuple[int, int]:
    zero, best = beginning(container), (0, 0)
    wanted, pictures = next((stream.index for stream in timed(container)), -1), moving_picture(container) is not None
    for back in (_SEEK_BACK, 15 * SECOND, us + _SEEK_BACK):
        _seek(container, us - back, zero)
        for raw in container.demux():
            if raw.stream_index != wanted or raw.pts is None or raw.pos is None or raw.pos < 0:
                continue
            at = media_us(raw.pts, raw.stream.time_base, zero)
            if at >= us and not pictures:
                return raw.pos, at
            if at > us:
                break
            if raw.is_keyframe:
                best = (raw.pos, at)
        if best[0]:
            break
    return best


def _seek(container: Any, us: int, zero: Fraction) -> None:
    """To a key packet at or before this media time; what some demuxers refuse is asked for from the beginning."""
    try:
        container.seek(int(Fraction(us) + zero * SECOND), backward=True)
    except av.error.FFmpegError:
        container.seek(0, backward=True)


def _programme_before(reader: Reader, place: int) -> int:
    """The last cell of packet identifier 0 that begins a table, at or before `place`."""
    start = max(place - _TABLE_WITHIN * CELL, 0)
    start += (place - start) % CELL
    cells = reader.read_at(start, place - start + CELL)
    for at in range(len(cells) - CELL, -1, -CELL):
        if cells[at] == 0x47 and cells[at + 1] & 0x5F == 0x40 and cells[at + 2] == 0:
            return start + at
    return start


def sound(reader: Reader, span: Span, rate: int) -> Iterator[tuple[int, array[int]]]:
    """The span's sound in one channel at `rate` samples a second: pieces with the time of their first sample.

    What the fence has emptied, or what is damaged, is left out. Raises what the reader refused.
    """
    container = open_container(reader)
    try:
        streams, zero, thinner = container.streams.audio, beginning(container), AudioResampler("s16", "mono", rate)
        if streams:
            _seek(container, max(span.start_us - SECOND // 10, 0), zero)
        for packet in container.demux(streams[0]) if streams else ():
            for low in _resampled(packet, thinner):
                us = media_us(low.pts, low.time_base, zero)
                if us >= span.end_us:
                    return
                begin = max((span.start_us - us) * rate // SECOND, 0)
                if begin < low.samples:
                    yield max(us, span.start_us), array("h", bytes(low.planes[0])[2 * begin : 2 * low.samples])
    finally:
        container.close()
    if reader.failure is not None:
        raise reader.failure


def _resampled(packet: Any, thinner: AudioResampler) -> list[Any]:
    try:
        return [low for frame in packet.decode() for low in thinner.resample(frame) if low.pts is not None and low.samples]
    except av.error.FFmpegError:
        return []


def every(container: Any, reader: Reader) -> Iterator[Packet]:
    """All packets of the file, in its own order."""
    return _packets(container, reader, beginning(container))


def _packets(container: Any, reader: Reader, zero: Fraction) -> Iterator[Packet]:
    last: dict[int, tuple[int, int]] = {}
    pictures = moving_picture(container)
    matroska = "matroska" in container.format.name
    transport = "mpegts" in container.format.name
    for raw in container.demux():
        if not raw.size:
            continue
        stream, known = raw.stream, last.get(raw.stream_index, (0, 0))
        either = raw.dts if raw.pts is None else raw.pts  # AVI tells decoding times only
        pts = known[0] if either is None else media_us(either, stream.time_base, zero)
        dts = pts if raw.dts is None else media_us(raw.dts, stream.time_base, zero)
        last[raw.stream_index] = (pts, dts)
        start, end = _place(raw, reader, matroska, transport)
        video = pictures is not None and raw.stream_index == pictures.index
        yield Packet(raw.stream_index, video, stream.id, start, end, pts, dts, bool(raw.is_keyframe))


def _place(raw: Any, reader: Reader, matroska: bool, transport: bool) -> tuple[int, int]:
    """Bytes of the packet in the file, proved by reading them back; (-1, -1) when they are not where the demuxer says."""
    if raw.pos is None or raw.pos < 0:
        return -1, -1
    if transport:  # a packet is spread over cells: only its first cell is known
        return raw.pos, raw.pos
    if matroska:
        end = _block_end(reader, raw.pos)
        return (raw.pos + MATROSKA_BLOCK_HEAD, end) if end >= raw.pos + raw.size else (-1, -1)
    head = bytes(memoryview(raw)[:16])
    if reader.read_at(raw.pos, len(head)) != head:
        return -1, -1
    return raw.pos, raw.pos + raw.size


def _block_end(reader: Reader, start: int) -> int:
    """End of the Matroska block whose content begins at `start`: its length stands just before it (RFC 8794 §6)."""
    before = reader.read_at(max(start - 9, 0), min(start, 9))
    for width in range(1, 9):
        length = before[-width:]
        if len(before) <= width or before[-width - 1] not in (0xA1, 0xA3) or length[0].bit_length() != 9 - width:
            continue
        return start + (int.from_bytes(length, "big") & ((1 << 7 * width) - 1))
    return -1
