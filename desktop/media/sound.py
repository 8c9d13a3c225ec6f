"""How loud a recording is over its length, for the timeline; only the granted seconds are listened to."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
from av.audio.resampler import AudioResampler

from desktop.jobs import Progress
from desktop.media import packets
from desktop.media.reading import Reader
from desktop.media.spans import Spans, contains, union
from models.timecode import SECOND

_RATE = 8000  # samples a second: enough for a height on screen
_LOUDEST = 32767


def peaks(reader: Reader, spans: Spans, duration_us: int, count: int, progress: Progress) -> list[float | None]:
    """`count` heights, 0 to 1, evenly over the length; None where nothing is granted. Empty when there is no sound.

    `reader` should be fenced. Progress in seconds of sound.
    """
    container = packets.open_container(reader)
    try:
        if not container.streams.audio or duration_us <= 0:
            return []
        zero, stream = packets.beginning(container), container.streams.audio[0]
        levels = [0] * count
        progress.begin(sum(span.length for span in union(spans)) // SECOND, "s")
        for span in union(spans):
            container.seek(int((Fraction(span.start_us, SECOND) + zero) * SECOND), backward=True)
            told = span.start_us
            for us, samples in _heard(container, stream, zero):
                if us >= span.end_us:
                    break
                if us >= span.start_us:
                    _raise(levels, us, samples, duration_us)
                    if us - told >= SECOND:
                        progress.step(amount=(us - told) // SECOND)
                        told += (us - told) // SECOND * SECOND
    finally:
        container.close()
    if reader.failure is not None:
        raise reader.failure
    return [
        level / _LOUDEST if contains(spans, (2 * k + 1) * duration_us // (2 * count)) else None for k, level in enumerate(levels)
    ]


def _heard(container: Any, stream: Any, zero: Fraction) -> Iterator[tuple[int, array[int]]]:
    """Pieces of sound in one channel with the time of their first sample."""
    thinner = AudioResampler("s16", "mono", _RATE)
    for packet in container.demux(stream):
        try:
            frames = [low for frame in packet.decode() for low in thinner.resample(frame)]
        except av.error.FFmpegError:  # emptied by the fence, or damaged: silence
            continue
        for low in frames:
            if low.pts is not None and low.samples:
                samples = array("h", bytes(low.planes[0])[: 2 * low.samples])
                yield packets.media_us(low.pts, low.time_base or Fraction(1, _RATE), zero), samples


def _raise(levels: list[int], us: int, samples: array[int], duration_us: int) -> None:
    """Put the loudest of each stretch where it belongs."""
    count, at = len(levels), 0
    while at < len(samples):
        here = us + at * SECOND // _RATE
        slot = min(here * count // duration_us, count - 1)
        until = -(-(slot + 1) * duration_us // count)
        stop = max(min((until - us) * _RATE // SECOND, len(samples)), at + 1)
        piece = samples[at:stop]
        levels[slot] = max(levels[slot], min(max(max(piece), -min(piece)), _LOUDEST))
        at = stop

