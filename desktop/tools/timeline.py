"""Inside the worker: where the timeline of a recording leaps or begins anew, told by the times of its packets; nothing is decoded."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from av.container import InputContainer
from av.error import FFmpegError

from desktop.tools.probe_result import JUMPS_MOST

SECOND = 1_000_000
Stretch = tuple[int, int]

# These count their pictures or samples and keep no times: a pause leaves no trace in them.
TIMELESS = frozenset({"wav", "aiff", "flac", "mp3", "aac", "amr", "caf", "mpegvideo", "h264", "hevc"})
# Of these the sound is counted, the picture alone keeps times (RIFF fills a pause of the picture with empty chunks).
SOUND_COUNTED = frozenset({"avi"})

_WRAP_BITS = 33  # ISO/IEC 13818-1: the clock of a programme or transport stream begins anew after 2^33 ticks, 26.5 hours
_BACK = 10 * SECOND  # pictures wait for each other, but not as long: one that lies further back is on another timeline
_FORTH = 12 * 3600 * SECOND  # no recorder waits so long in one file: the clock was set, or the timeline began anew
_REORDER = 32  # packets: more pictures never wait for each other (H.264 knows 16 frames, two fields each)
_SPARSE = 10  # one leap in so many packets is no pause, but the pace of the recording
_LOOK = 256  # packets between two looks at the clock
_TRACKS_MOST = 16


@dataclass
class Walked:
    """What a walk found, in microseconds from the beginning: stretches without a packet, places where the timeline begins anew."""

    jumps: list[Stretch] = field(default_factory=list)
    restarts: list[int] = field(default_factory=list)
    covered_us: int = 0
    complete: bool = True


class Track:
    """The times of one track, put into order and cut where they leap; memory is bounded whatever comes. `first` is when it begins, `last` when
    the last packet is over, on one timeline that goes on where the container's own begins anew."""

    def __init__(self, least: int, wrap_us: int = 0) -> None:
        self.least, self.wrap_us = least, wrap_us
        self.first: int | None = None
        self.last = 0
        self.packets = 0
        self.restarts: list[int] = []
        self._leaps: list[tuple[int, int, int]] = []  # from, to, and the step before
        self._waiting: list[int] = []
        self._offset = self._high = self._at = self._step = 0
        self._fresh = True
        self._decoded: int | None = None

    def add(self, at: int, decoded: int | None = None) -> None:
        """A packet that is shown at `at` and decoded at `decoded`, in microseconds of the container's clock."""
        self.packets += 1
        if self.first is None:
            self.first = self._high = at
        begins, comes = self._placed(at), self._placed(decoded) if decoded is not None else None
        ran_back = comes is not None and self._decoded is not None and comes < self._decoded - SECOND
        if ran_back or not self._high - _BACK <= begins <= self._high + _FORTH:
            self.end()
            if len(self.restarts) < JUMPS_MOST:
                self.restarts.append(self.last)
            self._offset += self.last - begins
            begins = self._high = self.last
            self._fresh, comes = True, None
        self._high = max(self._high, begins)
        self._decoded = comes
        heapq.heappush(self._waiting, begins)
        if len(self._waiting) > _REORDER:
            self._show(heapq.heappop(self._waiting))

    def _placed(self, at: int) -> int:
        """On the one timeline; of a clock that went round, the turn that lies nearest."""
        at += self._offset
        return at + round((self._high - at) / self.wrap_us) * self.wrap_us if self.wrap_us else at

    def end(self) -> None:
        """No more packets come on this timeline."""
        while self._waiting:
            self._show(heapq.heappop(self._waiting))
        self.last = self._at + self._step if self.first is not None else 0

    def _show(self, at: int) -> None:
        step = at - self._at
        if not self._fresh and step - self._step > self.least:
            if len(self._leaps) < JUMPS_MOST * 4:
                self._leaps.append((self._at, at, self._step))
        elif not self._fresh and step > 0:
            self._step = step
        self._fresh = False
        self._at = at

    def holes(self) -> list[Stretch]:
        """Stretches without a packet; where leaps are the pace of the recording, only those that are longer than its pace."""
        usual = 0
        if len(self._leaps) * _SPARSE > self.packets:
            steps = sorted(end - start for start, end, _step in self._leaps)
            usual = steps[max(len(steps) - 1 - self.packets // _SPARSE, 0)]
        found = ((start + max(step, usual), end) for start, end, step in self._leaps)
        return [(start, end) for start, end in found if end - start > self.least]


def walk(container: InputContainer, main: Any, reader: str, least_us: int, seconds: float) -> Walked:
    """Walk through the packets of an open container, for at most so many seconds of the clock.

    A stretch counts as a hole where neither the track `main` nor any sound has a packet: a picture that stands still while sound goes on is no
    interruption. Raises nothing for what the file holds: a fault in the middle ends the walk, which then is not `complete`.
    """
    sounds = [] if reader in SOUND_COUNTED else [stream for stream in container.streams.audio if stream.index != main.index]
    streams = [main, *sounds][:_TRACKS_MOST]
    tracks = {stream.index: Track(least_us, _wrap(stream, reader)) for stream in streams}
    complete, until = True, time.monotonic() + seconds
    try:
        for count, packet in enumerate(container.demux(streams)):
            at = packet.pts if packet.pts is not None else packet.dts
            if packet.size and at is not None and packet.time_base:
                tick = SECOND * packet.time_base
                tracks[packet.stream_index].add(int(at * tick), None if packet.dts is None else int(packet.dts * tick))
            if count % _LOOK == 0 and time.monotonic() > until:
                complete = False
                break
    except (FFmpegError, EOFError, ValueError):
        complete = False
    for track in tracks.values():
        track.end()
    return _put_together(tracks.pop(main.index), list(tracks.values()), least_us, complete)


def _wrap(stream: Any, reader: str) -> int:
    """After how many microseconds the clock of this track begins anew; 0 where it does not."""
    return int((1 << _WRAP_BITS) * SECOND * stream.time_base) if reader in ("mpegts", "mpeg") and stream.time_base else 0


def _put_together(main: Track, sounds: list[Track], least_us: int, complete: bool) -> Walked:
    zero = main.first
    if zero is None:
        return Walked(complete=complete)
    holes = main.holes()
    for sound in sounds:
        if sound.first is not None:
            holes = common(holes, absent(sound.holes(), sound.first, sound.last), least_us)
    jumps = [(start - zero, end - zero) for start, end in holes if start >= zero][:JUMPS_MOST]
    covered = max(main.last - zero, 0) - sum(end - start for start, end in jumps)
    return Walked(jumps, [max(at - zero, 0) for at in main.restarts], max(covered, 0), complete)


def absent(holes: Iterable[Stretch], first: int, last: int) -> Iterator[Stretch]:
    """Where a track has nothing: before its first packet, in its holes, after its last."""
    reach = 1 << 62
    return itertools.chain([(-reach, first)], holes, [(last, reach)])


def common(one: Iterable[Stretch], other: Iterable[Stretch], least: int) -> list[Stretch]:
    """The stretches that lie in both of two ordered lists and are longer than `least`."""
    left, right, found = list(one), list(other), []
    n = m = 0
    while n < len(left) and m < len(right):
        start, end = max(left[n][0], right[m][0]), min(left[n][1], right[m][1])
        if end - start > least:
            found.append((start, end))
        if left[n][1] < right[m][1]:
            n += 1
        else:
            m += 1
    return found
