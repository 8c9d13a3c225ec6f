"""Staged recordings, sound and photographs: for the training archive and the tests. The same arguments give the same bytes."""

from __future__ import annotations

import io
import random
import wave
from array import array
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, BinaryIO

import av
from PIL import Image

from desktop.demo import scene
from models.timecode import SECOND

BITS, CHECK = 20, 4
CELLS = 40  # the strip's cells are a fortieth of the picture's width each
SOUND_RATE = 16_000
_BLACK, _WHITE = 16, 235
# Fixed threads, so that every machine writes the same bytes; the rest is the quickest that still makes B-frames.
_X264 = {
    "preset": "superfast",
    "crf": "27",
    "x264-params": "threads=2:bframes=2:ref=1:subme=0:me=dia:weightp=0:rc-lookahead=0:scenecut=0",
}


_OWN_TAGS = {"movflags": "use_metadata_tags"}  # as recorders do: the model stands in the file


def make_recording(
    target: str | BinaryIO,
    seconds: int,
    width: int = 960,
    height: int = 540,
    fps: int = 25,
    start: datetime | None = None,
    caption: str = "",
    seed: int = 0,
    container: str = "mp4",
    sound: bool = True,
) -> int:
    """Write a recording: H.264 with B-frames, a key frame every 60 (motion JPEG in AVI), AAC; frame number as a barcode on top.

    `start` is the clock below the barcode and the container's creation time. Returns the number of frames.
    """
    with av.open(target, "w", format=_muxer(container), options=_OWN_TAGS if container == "mp4" else {}) as out:
        if start is not None:
            out.metadata["creation_time"] = start.astimezone(UTC).isoformat()  # the clock in the picture is the office's
        if container == "mp4" and caption:
            out.metadata["model"] = caption
        video = _video_stream(out, container, fps, width, height)
        audio = _sound_stream(out) if sound else None
        stage = scene.Stage(width, height, caption, seed)
        speech = _Speech(seed)
        for n in range(seconds * fps):
            if audio is not None and n % fps == 0:
                out.mux(audio.encode(speech.second(n // fps)))
            out.mux(video.encode(_picture(stage, n, fps, start, video.pix_fmt)))
        out.mux(video.encode(None))
        if audio is not None:
            out.mux(audio.encode(None))
    return seconds * fps


def make_wav(target: str | BinaryIO, seconds: int, seed: int = 0) -> None:
    """Write a sound recording: PCM, 16 kHz, one channel."""
    speech = _Speech(seed)
    with wave.open(target, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SOUND_RATE)
        for k in range(seconds):
            out.writeframes(speech.samples(k).tobytes())


def make_photo(
    width: int = 1600,
    height: int = 1200,
    taken: datetime | None = None,
    place: tuple[Fraction, Fraction] | None = None,
    caption: str = "",
    seed: int = 0,
    orientation: int = 1,
) -> bytes:
    """A JPEG photograph of the same scene with EXIF date, place (degrees north and east) and orientation."""
    picture = scene.paint(width, height, caption, seed)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Lantai training"
    if taken is not None:
        exif[0x0132] = taken.strftime("%Y:%m:%d %H:%M:%S")
        exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if place is not None:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = ("N" if place[0] >= 0 else "S"), _degrees(place[0])
        gps[3], gps[4] = ("E" if place[1] >= 0 else "W"), _degrees(place[1])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def read_barcode(frame: av.VideoFrame) -> int | None:
    """The frame number that the picture carries; None when its check digits do not agree (a damaged or foreign picture)."""
    if frame.format.name not in ("yuv420p", "yuvj420p"):
        frame = frame.reformat(format="yuv420p")
    plane = frame.planes[0]
    luma = memoryview(plane)
    return barcode_of(frame.width, frame.height, lambda x, y: luma[y * plane.line_size + x])


def barcode_of(width: int, height: int, luma: Any) -> int | None:
    """As `read_barcode`, of any picture: `luma(x, y)` gives 0–255."""
    y = height // 54
    bits = [luma((2 * k + 1) * width // (2 * CELLS), y) > 128 for k in range(BITS + CHECK)]
    number = sum(1 << k for k in range(BITS) if bits[k])
    check = sum(1 << k for k in range(CHECK) if bits[BITS + k])
    return number if check == _check(number) else None


def _check(number: int) -> int:
    folded = number * 0x9E3779B1 & 0xFFFFFFFF  # Fibonacci hashing: neighbours differ in their top bits, and 0 does not give 0
    return (folded >> 28) ^ 0b0101


def _picture(stage: scene.Stage, n: int, fps: int, start: datetime | None, layout: str) -> av.VideoFrame:
    clock = "" if start is None else (start + timedelta(microseconds=n // fps * SECOND)).strftime("%Y-%m-%d %H:%M:%S")
    planes = stage.frame(Fraction(n, fps), clock)
    luma, stride = planes[0], stage.strides[0]
    cell, rows = stage.width // CELLS, stage.height // 27
    bits = n | _check(n) << BITS
    row = bytearray(bytes([_BLACK]) * (cell * (BITS + CHECK)))
    for k in range(BITS + CHECK):
        if bits >> k & 1:
            row[k * cell + cell // 6 : (k + 1) * cell - cell // 6] = bytes([_WHITE]) * (cell - 2 * (cell // 6))
    for y in range(rows):
        luma[y * stride : y * stride + len(row)] = row
    frame = av.VideoFrame(stage.width, stage.height, layout)
    for plane, content in zip(frame.planes, planes, strict=True):
        plane.update(bytes(content))
    frame.pts, frame.time_base = n, Fraction(1, fps)
    return frame


def _sound_stream(out: Any) -> Any:
    audio = out.add_stream("aac", rate=SOUND_RATE, options={"aac_coder": "fast"})
    audio.codec_context.layout = "mono"
    audio.codec_context.bit_rate = 48_000
    return audio


def _video_stream(out: Any, container: str, fps: int, width: int, height: int) -> Any:
    """AVI cannot tell when a picture is shown, only when it is decoded: motion JPEG there, as in the recorders that write it."""
    simple = container == "avi"
    video = out.add_stream("mjpeg" if simple else "libx264", rate=fps, options={} if simple else _X264)
    video.width, video.height, video.pix_fmt = width, height, "yuvj420p" if simple else "yuv420p"
    context = video.codec_context
    context.colorspace = context.color_primaries = context.color_trc = 1  # BT.709
    if not simple:
        context.gop_size, context.profile, context.color_range = 60, "High", 1
    return video


def _muxer(container: str) -> str:
    return {"mkv": "matroska", "ts": "mpegts"}.get(container, container)


def _degrees(value: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    whole = abs(value)
    minutes = (whole - whole.numerator // whole.denominator) * 60
    return (
        Fraction(whole.numerator // whole.denominator),
        Fraction(minutes.numerator // minutes.denominator),
        (minutes - minutes.numerator // minutes.denominator) * 60,
    )


class _Speech:
    """Bursts of a low tone that rise and fall like a voice far away; silence in between."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self._levels = [chance.choice((0, 2, 5, 8)) for _ in range(61)]
        tone = [((k * 220 % SOUND_RATE) * 2 - SOUND_RATE) * 3000 // SOUND_RATE for k in range(SOUND_RATE)]
        self._seconds = {}
        for level in set(self._levels):
            hum = (abs(k % 4000 - 2000) * value * level // 3200 for k, value in enumerate(tone))
            self._seconds[level] = array("h", hum)

    def samples(self, second: int) -> array[int]:
        return self._seconds[self._levels[second % len(self._levels)]]

    def second(self, second: int) -> av.AudioFrame:
        frame = av.AudioFrame("s16", "mono", SOUND_RATE)
        frame.planes[0].update(self.samples(second).tobytes())
        frame.sample_rate, frame.time_base, frame.pts = SOUND_RATE, Fraction(1, SOUND_RATE), second * SOUND_RATE
        return frame
