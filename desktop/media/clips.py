"""An approved copy of a recording: exactly the granted seconds, with the copy's number burnt into every picture."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av
from PIL import Image, ImageDraw, ImageFont

from desktop.errors import Refusal
from desktop.jobs import Progress
from desktop.media import packets
from desktop.media.fence import fences
from desktop.media.frames import FrameSource, Still
from desktop.media.reading import Reader
from desktop.media.spans import Span, Spans, total
from models.timecode import SECOND, to_ticks

_TICKS = Fraction(1, 90_000)
_SOUND_RATE = 48_000
_FRONT_TO_BACK = {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}
_PIECE = 1024  # samples: what an AAC packet holds
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts")
_FACES = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf", "SourceHanSansSC-Regular.otf", "msyh.ttc")
_SIMPLIFIED = 2  # place of the SC face in Noto's collection


def write_clip(reader: Reader, spans: Spans | None, words: str, target: BinaryIO, progress: Progress) -> int:
    """Write the granted seconds one after the other as MP4 to `target`; returns their length in microseconds.

    `words` (copy number, person, date) stand in every picture; a recording of sound alone carries them as its comment.
    `target` is written from front to back and never read. Progress in seconds; cancelled between two pictures.
    Raises `Refusal`: media.unreadable, media.no_type for a machine without Chinese type, and whatever the reader refuses.
    """
    walls = fences(reader, spans) if spans is not None else None
    with FrameSource(walls.still if walls else reader, spans) as source:
        progress.begin(max(total(source.spans) // SECOND, 1), "s")
        with av.open(target, "w", format="mp4", options=_FRONT_TO_BACK) as out:
            out.metadata["comment"] = words
            # An MP3 has no index: its seconds can be counted only where nothing is blanked. Each sample's time is checked.
            sound = reader if walls is None or source.facts.container in ("mp3", "aac") else walls.still
            maker = _Clip(out, source, sound, words)
            maker.write(progress)
        return total(source.spans)


class _Clip:
    """The streams of one copy, and the place in it that the next span begins at."""

    def __init__(self, out: Any, source: FrameSource, reader: Reader, words: str) -> None:
        facts = source.facts
        self._out, self._source, self._reader = out, source, reader
        self._video = self._stamp = self._sound = None
        self._told = 0
        if facts.has_video:
            self._video = _video_stream(out, source)
            self._stamp = _Stamp(self._video.width, self._video.height, words)
        if facts.has_audio:
            self._sound = out.add_stream("aac", rate=_SOUND_RATE)
            self._sound.codec_context.layout = "mono"
            self._sound.codec_context.bit_rate = 96_000

    def write(self, progress: Progress) -> None:
        done = 0
        for span in self._source.spans:
            sound = self._samples(span, done)
            heard = 0
            for still in self._stills(span):
                at = done + still.us - span.start_us
                self._add(self._video, self._stamped(still, at))
                while heard <= at and (piece := next(sound, None)) is not None:
                    self._add(self._sound, piece)
                    heard = (piece.pts or 0) * SECOND // _SOUND_RATE
                self._tell(progress, at)
            for piece in sound:
                self._add(self._sound, piece)
                self._tell(progress, (piece.pts or 0) * SECOND // _SOUND_RATE)
            done += span.length
        self._add(self._video, None)
        self._add(self._sound, None)
        self._tell(progress, done)

    def _add(self, stream: Any, frame: av.VideoFrame | av.AudioFrame | None) -> None:
        if stream is not None:
            self._out.mux(stream.encode(frame))

    def _stamped(self, still: Still, us: int) -> av.VideoFrame:
        assert self._stamp is not None
        return self._stamp.over(still, us)

    def _tell(self, progress: Progress, us: int) -> None:
        seconds = us // SECOND
        progress.step(amount=max(seconds - self._told, 0))
        self._told = max(self._told, seconds)

    def _stills(self, span: Span) -> Iterator[Still]:
        if self._video is None:
            return
        one: Still | None = self._source.frame_at(span.start_us)
        while one is not None and span.holds(one.us):
            yield one
            one = self._source.next_frame(one)

    def _samples(self, span: Span, done: int) -> Iterator[av.AudioFrame]:
        """The span's sound in one channel: silence where there is none, so that it stays with the picture."""
        if self._sound is None:
            return
        start = done * _SOUND_RATE // SECOND
        wanted = (done + span.length) * _SOUND_RATE // SECOND - start
        held, at = array("h"), 0
        for us, samples in packets.sound(self._reader, span, _SOUND_RATE):
            place = (us - span.start_us) * _SOUND_RATE // SECOND
            behind = at + len(held) - place
            if behind < -_SOUND_RATE // 50:
                held.extend([0] * -behind)
            elif behind > _SOUND_RATE // 50:
                samples = samples[behind:]
            held.extend(samples[: wanted - at - len(held)])
            while len(held) >= _PIECE:
                yield _piece(held[:_PIECE], start + at)
                held, at = held[_PIECE:], at + _PIECE
        held.extend([0] * (wanted - at - len(held)))
        for k in range(0, len(held), _PIECE):
            yield _piece(held[k : k + _PIECE], start + at + k)


class _Stamp:
    """Lays the words over pictures in C: a filter graph with the words as its second picture."""

    def __init__(self, width: int, height: int, words: str) -> None:
        self._size = (width, height)
        graph = av.filter.Graph()
        base = graph.add("buffer", args=f"video_size={width}x{height}:pix_fmt=yuv420p:time_base=1/90000:pixel_aspect=1/1")
        over = graph.add("buffer", args=f"video_size={width}x{height}:pix_fmt=yuva420p:time_base=1/90000:pixel_aspect=1/1")
        lay, sink = graph.add("overlay", "eof_action=repeat:format=yuv420"), graph.add("buffersink")
        base.link_to(lay, 0, 0)
        over.link_to(lay, 0, 1)
        lay.link_to(sink)
        graph.configure()
        drawn = draw_words(width, height, words)
        stamp = av.VideoFrame.from_bytes(drawn.tobytes(), width, height, format="rgba").reformat(format="yuva420p")
        stamp.pts, stamp.time_base = 0, _TICKS
        over.push(stamp)
        over.push(None)
        self._graph, self._base, self._sink = graph, base, sink

    def over(self, still: Still, us: int) -> av.VideoFrame:
        width, height = self._size
        frame = still.frame.reformat(width=width, height=height, format="yuv420p")
        frame.pts, frame.time_base = to_ticks(us, _TICKS), _TICKS
        self._base.push(frame)
        done: Any = self._sink.pull()
        done.pict_type = 0
        return done  # type: ignore[no-any-return]  # PyAV types its filters loosely


def draw_words(width: int, height: int, words: str) -> Image.Image:
    """The words in rows, slanted, white with a dark edge, on nothing. Raises `Refusal("media.no_type")`."""
    face = _face(max(height // 26, 12))
    side = width + height
    sheet = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(sheet)
    step, apart = int(draw.textlength(words, font=face)) + height // 6, height // 5
    for row, y in enumerate(range(0, side, apart)):
        for x in range(-(row % 2) * step // 2, side, step):
            draw.text((x, y), words, font=face, fill=(255, 255, 255, 96), stroke_width=1, stroke_fill=(0, 0, 0, 70))
    turned = sheet.rotate(22, resample=Image.Resampling.BILINEAR)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _face(size: int) -> ImageFont.FreeTypeFont:
    for folder in _FOLDERS:
        for name in _FACES:
            for found in sorted(Path(folder).rglob(name)) if Path(folder).is_dir() else ():
                return ImageFont.truetype(str(found), size, index=_SIMPLIFIED if found.suffix == ".ttc" and "Noto" in name else 0)
    raise Refusal("media.no_type", package="fonts-noto-cjk")


def _video_stream(out: Any, source: FrameSource) -> Any:
    """Without B-frames: a file written from front to back cannot say afterwards that its pictures begin later than its sound."""
    facts = source.facts
    video = out.add_stream("libx264", rate=facts.rate, options={"preset": "fast", "crf": "21", "bf": "0"})
    video.width, video.height, video.pix_fmt = facts.width & ~1, facts.height & ~1, "yuv420p"
    context = video.codec_context
    context.time_base = _TICKS
    context.colorspace, context.color_range = facts.matrix, 2 if facts.full_range else 1
    return video


def _piece(samples: array[int], at: int) -> av.AudioFrame:
    frame = av.AudioFrame("s16", "mono", len(samples))
    frame.planes[0].update(samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.time_base, frame.pts = _SOUND_RATE, Fraction(1, _SOUND_RATE), at
    return frame
