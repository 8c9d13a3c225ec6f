"""How loud a recording is over its length, for the timeline; only the granted seconds are listened to."""

from __future__ import annotations

from array import array

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
    levels = [0] * count
    heard = False
    progress.begin(sum(span.length for span in union(spans)) // SECOND, "s")
    for span in union(spans):
        told = span.start_us
        for us, samples in packets.sound(reader, span, _RATE):
            heard = True
            _raise(levels, us, samples, duration_us)
            seconds = max(us - told, 0) // SECOND
            progress.step(amount=seconds)
            told += seconds * SECOND
    middles = ((2 * k + 1) * duration_us // (2 * count) for k in range(count))
    return [level / _LOUDEST if contains(spans, us) else None for level, us in zip(levels, middles, strict=True)] if heard else []


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

