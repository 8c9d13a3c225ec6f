"""Interruptions that the files themselves tell: leaps of a recording's timeline, places where it begins anew, and a recording that was written
for longer than it holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.intake.camera_time import read_camera_time
from desktop.policy.listing import defaults
from desktop.procedure.times import read_moment
from models.facts import Gap, Unplaced

# Most recordings leap nowhere: their probe is not parsed. Inside a text of the file every quotation mark would be escaped. What a later walk
# through the packets found goes before what the deposit found.
JUMPS = """COALESCE(t.jumps, CASE WHEN instr(c.probe, '"jumps": [[') THEN json_extract(c.probe, '$.jumps') END)"""
RESTARTS = """COALESCE(t.restarts, CASE WHEN instr(c.probe, '"restarts": [') AND NOT instr(c.probe, '"restarts": []')
    THEN json_extract(c.probe, '$.restarts') END)"""
WALKED = "LEFT JOIN object_timeline t ON t.object_id = c.object_id"
_NEAR = timedelta(seconds=1)  # a person notes whole seconds
_US = timedelta(microseconds=1)


@dataclass(frozen=True)
class Inside:
    """A recording as it truly ran: until when, with which gaps, and what is missing without a place. Media time behind `cut_us` is `cut` later
    than the file counts."""

    end: datetime | None
    gaps: tuple[Gap, ...]
    unplaced: Unplaced | None = None
    cut_us: int | None = None
    cut: timedelta = timedelta()

    def at(self, start: datetime, us: int) -> datetime:
        """The wall clock of a moment of media time."""
        return start + us * _US + (self.cut if self.cut_us is not None and us >= self.cut_us else timedelta())


def inside(noted: Iterable[Gap], start: datetime | None, end: datetime | None, jumps: str | None, restarts: str | None = None,
           longer: int = 0, length_us: int | None = None) -> Inside:
    """What is known of the inside of a recording from `start` to `end` (corrected wall clock). `jumps` and `restarts` are JSON, microseconds from
    its beginning; `longer`: for so many seconds more than `length_us` it was written. A pause has its place where the timeline begins anew once.
    """
    told = tuple(noted)
    if start is None:
        return Inside(end, told)
    places = json.loads(restarts) if restarts and restarts != "[]" else []
    over = _over(start, end, longer, length_us) if end is not None else None
    if len(places) == 1 and longer and over is not None:
        begins, spent = second(start + places[0] * _US), timedelta(seconds=longer)
        others = [gap for gap in told if abs(gap.start - begins) > _NEAR or abs(gap.end - begins - spent) > _NEAR]
        if not _noted_seconds(others, start, over):
            placed = told if len(others) < len(told) else (*told, Gap(begins, begins + spent))
            return Inside(over, found_gaps(placed, start, over, jumps), None, places[0], spent)
    gaps = found_gaps(told, start, end, jumps)
    if over is None or not (longer or places):
        return Inside(end, gaps)
    left = max(longer - _noted_seconds(told, start, over), 0)
    if (longer and left < defaults().span_seconds) or (places and not longer and told):
        return Inside(end, gaps)  # what persons noted accounts for it
    return Inside(end, gaps, Unplaced(start, over, left, tuple(second(start + at * _US) for at in places)))


def _over(start: datetime, end: datetime, longer: int, length_us: int | None) -> datetime:
    """When a recording was truly over: an end that a person entered may hold the pause already, and then it is not added once more."""
    spent = timedelta(seconds=longer)
    return end + spent if not (longer and length_us) else max(end, start + length_us * _US + spent)


def _noted_seconds(noted: Iterable[Gap], start: datetime, end: datetime) -> int:
    return sum(max(int((min(gap.end, end) - max(gap.start, start)).total_seconds()), 0) for gap in noted)


def found_gaps(noted: Iterable[Gap], start: datetime | None, end: datetime | None, jumps: str | None) -> tuple[Gap, ...]:
    """The gaps that persons noted, and the jumps (JSON, microseconds from the beginning) that no note covers, in corrected wall clock to the
    second, in the order of time."""
    told = tuple(noted)
    if start is None:
        return told
    found = []
    for begins_us, ends_us in json.loads(jumps) if jumps else ():
        begins, ends = second(start + begins_us * _US), second(start + ends_us * _US)
        if end is not None:
            ends = min(ends, end)
        if begins < ends and not any(gap.start - _NEAR <= begins and ends <= gap.end + _NEAR for gap in told):
            found.append(Gap(begins, ends))
    return tuple(sorted([*told, *found], key=lambda gap: gap.start))


def second(at: datetime) -> datetime:
    """The whole second nearest to a moment."""
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def longer_seconds(camera_time: str | None, duration_us: int | None, file_time: str | None, probe: dict[str, Any] | None = None) -> int:
    """For how many seconds more than it holds a recording was written: 0 where a time is missing, where they agree, and where they are too far
    apart for a pause (a copy's time, another zone).

    Told by the first of these that tells anything: the length that its header claims against what its packets cover, the moments of beginning
    and closing in its header, the file's own time against the camera's.
    """
    listing = defaults()

    def plausible(seconds: float) -> int:
        return int(seconds) if listing.span_seconds <= seconds <= listing.span_most_seconds else 0

    if not duration_us:
        return 0
    facts = probe or {}
    if facts.get("walked") in ("index", "packets") and facts.get("covered_us"):
        leapt = sum(end - start for start, end in facts.get("jumps", ()))
        if told := plausible((duration_us - facts["covered_us"] - leapt) / 1_000_000):
            return told
    header = _header_seconds(facts.get("raw_times", ()))
    if header is not None:
        return plausible(header - duration_us / 1_000_000)
    began, closed = read_camera_time(camera_time), read_moment(file_time)
    if began is None or closed is None:
        return 0
    return plausible((closed - began - duration_us * _US).total_seconds())


def _header_seconds(times: Sequence[Sequence[str]]) -> int | None:
    """From beginning to closing by the recorder's own clock; None where the header has one moment for both, or none."""
    held = {str(name): str(value) for name, value in times}
    both = held.get("mvhd.creation_time", ""), held.get("mvhd.modification_time", "")
    if not all(one.isdigit() for one in both) or not int(both[0]):
        return None
    return int(both[1]) - int(both[0]) if int(both[1]) > int(both[0]) else None
