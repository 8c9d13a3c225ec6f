"""Inside the worker: where the timeline of a recording jumps: told by the index of its header where there is one, else by its packets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from av.container import InputContainer

from desktop.tools.probe_result import JUMPS_MOST
from desktop.tools.timeline import TIMELESS, Stretch, absent, common, walk

_LOOKS_MOST = 400_000  # entries asked one by one: an index may be built to be long
_STRIDE = 32
_WHOLE = 0.95  # of the length that the header tells: an index that ends before that names a part of the packets only
_SECOND = 1_000_000


def timeline(container: InputContainer, main: Any, reader: str, least_us: int, seconds: float) -> dict[str, Any]:
    """What the timeline of the recording tells, as facts of a probe: `jumps` and `restarts` in microseconds from the beginning of the track
    `main`, `covered_us`, and `walked`: index, packets, part (of the packets: so many `seconds` were not enough), none (it keeps no times).

    To be asked before anything is sought: the index of a recording in fragments grows where one looks, and then has holes of its own.
    """
    if least_us <= 0 or not main.time_base:
        return {}
    if reader in TIMELESS:
        return {"walked": "none"}
    if reader == "mov" and _names_all(container, main):
        found = jumps(container, main, least_us)
        length = int((main.duration or 0) * main.time_base * _SECOND)
        return {"walked": "index", "jumps": found, "covered_us": max(length - sum(end - start for start, end in found), 0)}
    walked = walk(container, main, reader, least_us, seconds)
    return {"walked": "packets" if walked.complete else "part", "jumps": [list(one) for one in walked.jumps], "restarts": walked.restarts,
            "covered_us": walked.covered_us}


def _names_all(container: InputContainer, stream: Any) -> bool:
    """Whether the index reaches to the end that the header tells: that of a recording in fragments names the first of them."""
    times = _Times(stream.index_entries)
    whole = max((stream.duration or 0) * stream.time_base, (container.duration or 0) / _SECOND)
    return len(times) > 1 and bool(whole) and (times[len(times) - 1] - times[0]) * stream.time_base >= _WHOLE * whole - 2


def jumps(container: InputContainer, stream: Any, least_us: int) -> list[list[int]]:
    """The stretches [start, end) in microseconds from the beginning of the track in which neither it nor any sound holds anything for longer
    than `least_us`, by the index. Only the index of mp4 and mov names every packet; what other containers call an index leaves most out."""
    first = stream.start_time or 0
    found: list[Stretch] = _of_index(stream, least_us)
    if found:
        for sound in container.streams.audio:
            times = _Times(sound.index_entries)
            if sound.index == stream.index or not sound.time_base or len(times) < 2:
                continue
            tick = _SECOND * sound.time_base
            found = common(found, absent(_of_index(sound, least_us), int(times[0] * tick), int(times[len(times) - 1] * tick)), least_us)
    zero = int(first * _SECOND * stream.time_base)
    return [[start - zero, end - zero] for start, end in found if 0 <= start - zero < end - zero]


def _of_index(stream: Any, least_us: int) -> list[Stretch]:
    """Holes of one track. An index counts by when a picture is decoded, and begins ahead of the first one shown by as much as pictures wait for
    each other."""
    tick = _SECOND * stream.time_base
    return [(int(start * tick), int(end * tick)) for start, end in holes(_Times(stream.index_entries), max(int(least_us / tick), 1))]


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
