"""Inside the worker: where the timeline of a recording jumps, told by the index of its header; no sound and no picture is read for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from av.container import InputContainer

from desktop.tools.probe_result import JUMPS_MOST

_LOOKS_MOST = 400_000  # entries asked one by one: an index may be built to be long
_STRIDE = 32


def jumps(container: InputContainer, stream: Any, least_us: int) -> list[list[int]]:
    """The stretches [start, end) in microseconds from the beginning in which the track holds nothing for longer than `least_us`.

    To be asked before anything is sought: the index of a recording in fragments grows where one looks, and then has holes of its own.
    Only the index of mp4 and mov names every packet; what other containers call an index leaves most of them out.
    """
    base = stream.time_base
    if "mov" not in container.format.name.split(",") or not base or least_us <= 0:
        return []
    times, one = _Times(stream.index_entries), 1_000_000 * base
    # An index counts by when a picture is decoded, and begins ahead of the first one shown by as much as pictures wait for each other.
    first = stream.start_time or 0
    told = [[int((start - first) * one), int((end - first) * one)] for start, end in holes(times, max(int(least_us / one), 1))]
    return [[start, end] for start, end in told if 0 <= start < end]


class _Times:
    """The times of an index, each asked when it is looked at."""

    def __init__(self, entries: Any) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, at: int) -> int:
        return int(self._entries[at].timestamp)


def holes(times: Sequence[int] | _Times, least: int) -> list[tuple[int, int]]:
    """Where successive times lie further apart than the step before them and `least`, in the units of the times.

    A packet lasts as long as the one before it did: a recording of one picture every five seconds jumps nowhere.
    """
    found: list[tuple[int, int]] = []
    looks, at, last = 0, 0, len(times) - 1
    if last < 1:
        return found
    before = times[0]
    step = -1
    while at < last and looks < _LOOKS_MOST and len(found) < JUMPS_MOST:
        until = min(at + _STRIDE, last)
        looks += 1
        ahead = times[until]
        if 0 <= ahead - before <= least:  # so close together nothing can be missing between, whatever the entries say
            step, at, before = (ahead - before) // (until - at), until, ahead
            continue
        for nth in range(at + 1, until + 1):
            looks += 1
            now = times[nth]
            usual = step if step >= 0 else max(times[nth + 1] - now, 0) if nth < last else now - before
            if now - before - usual > least and len(found) < JUMPS_MOST:
                found.append((before + usual, now))
            elif now >= before:
                step = now - before
            before = now
        at = until
    return found
