"""Exact pictures of a recording by their time, from the same encrypted reader: stills, steps, thumbnails."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import TracebackType
from typing import Any

import av

from desktop.errors import Refusal
from desktop.media import packets
from desktop.media.reading import Reader
from desktop.media.spans import Span, Spans, nearest, span_after, span_at, union
from models.timecode import SECOND, frame_at

_BACK = (0, 2 * SECOND, 5 * SECOND, 15 * SECOND, 60 * SECOND, 1 << 62)  # where a container has no index, seeking may land late
MEMORY = 192 << 20  # bytes of decoded pictures kept for stepping back: one group of 60 pictures in 1080p


@dataclass(frozen=True)
class Still:
    """One picture and the time, in microseconds of media time, at which it comes into sight."""

    us: int
    number: int
    frame: av.VideoFrame


@dataclass(frozen=True)
class Facts:
    """What a recording says of itself. Times in microseconds, `rate` in pictures a second, `aspect` of the whole picture."""

    duration_us: int
    width: int
    height: int
    rate: Fraction
    aspect: Fraction
    matrix: int
    full_range: bool
    has_video: bool
    has_audio: bool
    codec: str
    container: str = ""


class FrameSource:
    """The pictures of one recording, of the granted spans only. One thread at a time.

    Raises `Refusal("media.outside")` for a moment outside the spans, `Refusal("media.unreadable")` when the object is no
    recording, and whatever the reader refuses.
    """

    def __init__(self, reader: Reader, spans: Spans | None = None, memory: int = MEMORY, facts: Facts | None = None) -> None:
        self._reader = reader
        self._container = packets.open_container(reader)
        self._zero = packets.beginning(self._container)
        self._video = packets.moving_picture(self._container)
        self._memory = memory
        self._window: list[Still] = []
        self._coming: Iterator[Still] | None = None
        if self._video is not None:
            self._video.thread_type = "AUTO"
        self.facts = facts or self._probe()
        whole = (Span(0, max(self.facts.duration_us, 1)),)
        self.spans: Spans = whole if spans is None else union(spans)

    def __enter__(self) -> FrameSource:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the decoder and of every picture kept."""
        self._coming = None
        self._window.clear()
        self._container.close()

    def frame_at(self, us: int) -> Still:
        """The picture in sight at this moment; at a span's first moments, the first picture that begins inside it."""
        span = span_at(self.spans, us)
        if span is None:
            raise Refusal("media.outside", at=us)
        found = self._kept(us)
        if found is None:
            self._load(us)
            found = self._kept(us, last=True)
        if found is None or not span.holds(found.us):
            found = next((one for one in self._window if span.holds(one.us)), None) or self._first_after(us, span)
        if found is None:
            self._complain(us)
        assert found is not None
        return found

    def next_frame(self, still: Still) -> Still | None:
        """The picture after this one, over the edge of a span if need be; None after the last."""
        span = span_at(self.spans, still.us)
        if span is None:
            raise Refusal("media.outside", at=still.us)
        later = self._follower(still)
        if later is not None and span.holds(later.us):
            return later
        after = span_after(self.spans, span.end_us)
        return self.frame_at(after.start_us) if after is not None else None

    def previous_frame(self, still: Still) -> Still | None:
        """The picture before this one; None at the first."""
        at = bisect_right(self._window, still.us - 1, key=lambda one: one.us) - 1
        if at >= 0 and span_at(self.spans, self._window[at].us) is not None and self._is_kept(still):
            return self._window[at]
        before = [one for one in self.spans if one.start_us < still.us]
        if not before:
            return None
        us = min(still.us, before[-1].end_us) - 1
        found = self.frame_at(us)
        if found.us < still.us:
            return found
        return self.frame_at(before[-2].end_us - 1) if len(before) > 1 else None

    def thumbnails(self, count: int, height: int = 54) -> Iterator[Still]:
        """`count` small pictures, evenly over the whole length; moments outside the spans are left out.

        A key frame of the same span is taken where there is one, because it needs no other picture.
        """
        if self._video is None:
            return
        width = max(height * self.facts.width // self.facts.height, 1)
        for k in range(count):
            us = self.facts.duration_us * (2 * k + 1) // (2 * count)
            span = span_at(self.spans, us)
            if span is None:
                continue
            still = self._key_before(us, span) or self.frame_at(us)
            yield Still(us, still.number, still.frame.reformat(width=width, height=height, format="bgra"))

    def near(self, us: int) -> int:
        """The nearest moment inside the spans."""
        return nearest(self.spans, us)

    def fingerprints_before(self, span: Span) -> set[int]:
        """Marks of the pictures that must be decoded before `span` begins, and must never be shown."""
        if self._video is None:
            return set()
        marks = set()
        for one in self._decode(span.start_us):
            if one.us >= span.start_us:
                break
            if span_at(self.spans, one.us) is None:
                marks.add(fingerprint(one.frame))
        self._window, self._coming = [], None
        return marks

    def _probe(self) -> Facts:
        container, video = self._container, self._video
        duration = (container.duration or 0) - (max(int(self._zero * SECOND) - (container.start_time or 0), 0))
        if video is None:
            if not container.streams.audio:
                raise Refusal("media.unreadable", reason="neither pictures nor sound")
            return Facts(duration, 0, 0, Fraction(25), Fraction(1), 0, False, False, True, container.streams.audio[0].name, container.format.name)
        if video.duration:
            duration = max(duration, packets.media_us(video.start_time + video.duration, video.time_base, self._zero))
        context = video.codec_context
        shape = Fraction(context.sample_aspect_ratio or 1) * Fraction(max(context.width, 1), max(context.height, 1))
        rate = Fraction(video.average_rate or video.guessed_rate or 25)
        matrix = context.colorspace if context.colorspace not in (2, 3) else (1 if context.height >= 720 else 5)
        return Facts(
            duration, context.width, context.height, rate, shape, int(matrix), int(context.color_range) == 2,
            True, bool(container.streams.audio), context.name, container.format.name,
        )  # fmt: skip

    def _kept(self, us: int, last: bool = False) -> Still | None:
        """The kept picture in sight at `us`; with `last`, also when nothing after it is kept."""
        at = bisect_right(self._window, us, key=lambda one: one.us) - 1
        if at < 0 or (at == len(self._window) - 1 and not last and self._window[at].us != us):
            return None
        return self._window[at]

    def _is_kept(self, still: Still) -> bool:
        return self._kept(still.us, last=True) == still

    def _load(self, us: int) -> None:
        """Decode from the key frame before `us` until a picture after it is known."""
        ahead = bool(self._window) and self._window[-1].us <= us < self._window[-1].us + SECOND
        if self._coming is None or not ahead:
            self._window = []
            self._coming = self._decode(us)
        for one in self._coming:
            self._keep(one)
            if one.us > us:
                return
        self._coming = None

    def _keep(self, one: Still) -> None:
        self._window.append(one)
        size = sum(plane.buffer_size for plane in one.frame.planes)
        while len(self._window) > 2 and len(self._window) * size > self._memory:
            self._window.pop(0)

    def _follower(self, still: Still) -> Still | None:
        if not self._is_kept(still):
            self.frame_at(still.us)
        if self._window and self._window[-1].us <= still.us:
            self._load(still.us)
        at = bisect_right(self._window, still.us, key=lambda one: one.us)
        return self._window[at] if at < len(self._window) else None

    def _first_after(self, us: int, span: Span) -> Still | None:
        self._load(us)
        return next((one for one in self._window if span.holds(one.us) and one.us >= us), None)

    def _key_before(self, us: int, span: Span) -> Still | None:
        self._window, self._coming = [], None
        one = next(self._decode(us), None)
        return one if one is not None and span.holds(one.us) else None

    def _decode(self, us: int) -> Iterator[Still]:
        """Pictures in order of presentation, from the key frame at or before `us` to the end of its span."""
        video = self._video
        if video is None:
            return
        span = span_at(self.spans, us)
        stop = self.facts.duration_us + SECOND if span is None else span.end_us
        for back in _BACK:
            self._seek(video, us - back)
            shown = self._shown(video, stop)
            first = next((one for one in shown if one.frame.key_frame), None)
            if first is not None and (first.us <= us or back > us + 2 * SECOND):
                yield first
                yield from shown
                return
            if back > us + 2 * SECOND:
                return

    def _seek(self, video: Any, us: int) -> None:
        """Before zero on purpose: decoding may begin before the first picture's own time. Some demuxers refuse that."""
        try:
            self._container.seek(packets.ticks_of(max(us, -2 * SECOND), video.time_base, self._zero), stream=video)
        except av.error.FFmpegError:
            self._container.seek(packets.ticks_of(max(us, 0), video.time_base, self._zero), stream=video)

    def _shown(self, video: Any, stop: int) -> Iterator[Still]:
        for packet in self._container.demux(video):
            done = packet.dts is not None and packets.media_us(packet.dts, video.time_base, self._zero) >= stop
            if not done and _fenced(packet):
                continue
            for frame in _pictures(video, None if done else packet):
                if frame.pts is not None:
                    us = max(packets.media_us(frame.pts, frame.time_base or video.time_base, self._zero), 0)
                    yield Still(us, frame_at(us, self.facts.rate), frame)
            if done:
                break
        self._reader_check()

    def _reader_check(self) -> None:
        if self._reader.failure is not None:
            raise self._reader.failure

    def _complain(self, us: int) -> None:
        self._reader_check()
        raise Refusal("media.no_picture", at=us)


def _pictures(video: Any, packet: Any) -> Iterator[av.VideoFrame]:
    """What one packet brings to light. A damaged packet brings nothing: the pictures around it are still evidence."""
    try:
        yield from video.decode(packet)
    except av.error.EOFError:
        return
    except av.error.FFmpegError:
        return


def _fenced(packet: Any) -> bool:
    """Whether the fence has emptied it: nothing but zeros is no coded picture in any codec."""
    return packet.size > 0 and not any(memoryview(packet)[:32]) and bytes(packet).count(0) == packet.size


def fingerprint(frame: av.VideoFrame) -> int:
    """A mark of the picture's brightness, every eighth line: equal pictures have equal marks, whoever decoded them."""
    plane = frame.planes[0]
    luma = memoryview(plane)
    mark = 0
    for y in range(0, frame.height, 8):
        mark = zlib.crc32(luma[y * plane.line_size : y * plane.line_size + frame.width], mark)
    return mark
