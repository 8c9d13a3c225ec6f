"""Inside the worker: a recording's tracks, length, camera facts, thumbnail, and whether its end can be reached."""

from __future__ import annotations

import io
from contextlib import suppress
from fractions import Fraction
from typing import Any

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from desktop.tools.containers import announced_more, movie_times
from desktop.tools.content_type import ContentType
from desktop.tools.jumps import timeline
from desktop.tools.probe_photo import PIXELS_MOST, jpeg_of

_PACKETS_MOST = 20_000
_TIMES = ("creation_time", "date", "com.apple.quicktime.creationdate", "DATE_RECORDED", "ICRD", "timecode")
_PLACES = ("location", "location-eng", "com.apple.quicktime.location.ISO6709", "LOCATION")
_DEVICES = (
    "make", "model", "com.apple.quicktime.make", "com.apple.quicktime.model", "com.apple.quicktime.software",
    "com.android.manufacturer", "com.android.model", "com.android.version", "encoder", "handler_name",
)  # fmt: skip

WALK_SECONDS = 8.0  # at a deposit; a recording that is longer to walk is marked, and may be read again later

OPTIONS = {"protocol_whitelist": "none"}  # no protocol at all: a playlist inside a recording opens nothing
# Of sound that calls itself PCM the first packet alone is asked whether it is something else: to ask all takes eight times as long
# as the whole rest, and only the name of the codec hangs on it.
_QUICK = {"wav": {"max_probe_packets": "1"}}


def probe_av(fd: int, size: int, known: ContentType, jump_us: int = 0) -> tuple[dict[str, Any], bytes]:
    """Facts and thumbnail of a recording; the one demuxer that the first bytes named is the only one tried.

    `jump_us`: from how many microseconds on a hole in the timeline is told; 0 asks for none.
    """
    findings = announced_more(fd, size, known.reader)
    facts: dict[str, Any] = {"kind": known.kind, "media_type": known.media_type, "findings": findings}
    if known.reader == "mov":
        facts["raw_times"] = movie_times(fd, size)
    source = io.FileIO(fd, "rb", closefd=False)
    try:
        container = av.open(source, "r", format=known.reader, options=OPTIONS | _QUICK.get(known.reader, {}))
    except av.error.FFmpegError:
        findings.append("unreadable")
        return facts, b""
    with container:
        _describe(container, facts)
        if not container.streams.video and not container.streams.audio:
            findings.append("unreadable")
            return facts, b""
        if facts["kind"] != "photo":
            facts.update(timeline(container, told_by(container), known.reader, jump_us, WALK_SECONDS))
            if facts.get("restarts") and facts["walked"] == "packets":  # the length that its two ends tell means nothing then
                facts["duration_us"] = facts["covered_us"] + sum(end - start for start, end in facts["jumps"])
        thumbnail = b"" if "bomb" in findings else _thumbnail(container, findings)
        if not findings and facts["kind"] != "photo":
            _reach_end(container, findings)
    return facts, thumbnail


def _describe(container: InputContainer, facts: dict[str, Any]) -> None:
    facts["container"] = container.format.name
    facts["duration_us"] = max(container.duration or 0, 0)
    pictures = [stream for stream in container.streams.video if not _attached(stream)]
    facts["streams"] = [_picture(stream) for stream in pictures] + [_sound(stream) for stream in container.streams.audio]
    # A recording that lost its index in part may have lost the picture's track with it: then its brand is believed.
    if facts["kind"] != "photo":  # a HEIC still comes through the same demuxer
        facts["kind"] = "video" if pictures or (facts["findings"] and facts["kind"] == "video") else "audio"
    if facts["media_type"] == "video/mp4" and not pictures:
        facts["media_type"] = "audio/mp4"
    if pictures:
        facts["width"], facts["height"] = pictures[0].width, pictures[0].height
        if pictures[0].width * pictures[0].height > PIXELS_MOST:
            facts["findings"].append("bomb")
    tags = [("container", container.metadata)] + [(f"stream {stream.index}", stream.metadata) for stream in container.streams]
    times = [(f"{where}.{name}", text) for where, found in tags for name, text in found.items() if name in _TIMES]
    facts["raw_times"] = [*facts.get("raw_times", []), *times]
    facts["location"] = next((found[name] for _, found in tags for name in _PLACES if name in found), "")
    facts["device"] = [(name, text) for name, text in container.metadata.items() if name in _DEVICES]


def told_by(container: InputContainer) -> VideoStream | AudioStream:
    """The track whose timeline is that of the recording: the moving picture, else the sound."""
    return next((stream for stream in container.streams.video if not _attached(stream)), None) or (
        container.streams.audio or container.streams.video)[0]


def _attached(stream: VideoStream) -> bool:
    """A cover picture in a sound file is no moving picture."""
    return bool(stream.disposition & stream.disposition.attached_pic)


def _picture(stream: VideoStream) -> dict[str, Any]:
    rate = stream.average_rate or stream.base_rate
    return {
        "kind": "video",
        "codec": stream.codec_context.name if stream.codec_context else "",
        "width": stream.width,
        "height": stream.height,
        "rate": str(rate or ""),
        "frames": stream.frames,
    }


def _sound(stream: AudioStream) -> dict[str, Any]:
    codec = stream.codec_context
    return {
        "kind": "audio",
        "codec": codec.name if codec else "",
        "rate": str(codec.sample_rate if codec else ""),
        "channels": codec.channels if codec else 0,
    }


def _thumbnail(container: InputContainer, findings: list[str]) -> bytes:
    """The nearest key picture before a tenth of the length: it is past the black of the first frames."""
    stream = next((stream for stream in container.streams.video if stream.codec_context is not None), None)
    if stream is None:
        return b""
    stream.codec_context.thread_count = 1
    frame = _first_frame(container, stream, (container.duration or 0) // 10) or _first_frame(container, stream, 0)
    if frame is None:
        if "truncated" not in findings:
            findings.append("unreadable")
        return b""
    scale = min(320 / max(frame.width, frame.height), 1)
    small = frame.reformat(max(int(frame.width * scale), 1), max(int(frame.height * scale), 1), format="rgb24")
    plane = small.planes[0]
    return jpeg_of(Image.frombuffer("RGB", (small.width, small.height), bytes(plane), "raw", "RGB", plane.line_size, 1))


def _first_frame(container: InputContainer, stream: VideoStream, at_us: int) -> VideoFrame | None:
    with suppress(av.error.FFmpegError, EOFError):
        container.seek((container.start_time or 0) + at_us)
        for count, packet in enumerate(container.demux(stream)):
            for frame in _decoded(stream, packet):
                return frame
            if count > 600:
                break
    return None


def _decoded(stream: VideoStream, packet: Any) -> list[VideoFrame]:
    """The pictures of one packet; a packet that cannot be decoded has none (a later one may do)."""
    try:
        return list(stream.decode(packet))
    except (av.error.FFmpegError, EOFError):
        return []


def _reach_end(container: InputContainer, findings: list[str]) -> None:
    """Seek near the end and walk the packets: do they reach the length that the header announces?"""
    stream: VideoStream | AudioStream = (container.streams.video or container.streams.audio)[0]
    if not container.duration or (isinstance(stream, VideoStream) and _attached(stream)):
        return
    base = stream.time_base or Fraction(1, 1000)
    first = stream.start_time or 0
    whole = stream.duration or int(Fraction(container.duration, 1_000_000) / base)
    second = max(int(1 / base), 1)
    last = _last_moment(container, stream, first + whole - second // 2)
    if last is None or last < first + whole - max(second, whole // 200):
        findings.append("no_end" if container.format.name in ("mpegts", "mpeg", "h264", "hevc", "dhav", "flv") else "truncated")


def _last_moment(container: InputContainer, stream: VideoStream | AudioStream, near_end: int) -> int | None:
    """The end of the last whole packet. Both times in the stream's own units, in whole numbers: of packets there are many."""
    last: int | None = None
    with suppress(av.error.FFmpegError, EOFError):
        container.seek(max(near_end, 0), stream=stream)
        for count, packet in enumerate(container.demux(stream)):
            if packet.is_corrupt or count > _PACKETS_MOST:
                break
            if packet.pts is not None:
                moment = packet.pts + (packet.duration or 0)
                last = moment if last is None else max(last, moment)
    return last
