"""Interruptions that the files themselves tell: jumps of a recording's timeline, and a file that was written for longer than it lasts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.intake.camera_time import read_camera_time
from desktop.policy.listing import defaults
from desktop.procedure.times import read_moment
from models.facts import Gap

# Most recordings jump nowhere: their probe is not parsed. Inside a text of the file every quotation mark would be escaped.
JUMPS = """CASE WHEN instr({probe}, '"jumps": [[') THEN json_extract({probe}, '$.jumps') END"""
_NEAR = timedelta(seconds=1)  # a person notes whole seconds


def found_gaps(noted: Iterable[Gap], start: datetime | None, end: datetime | None, jumps: str | None) -> tuple[Gap, ...]:
    """The gaps that persons noted, and the jumps (JSON, microseconds from the beginning) that no note covers, in corrected wall clock to the
    second, in the order of time."""
    told = tuple(noted)
    if not jumps or start is None:
        return told
    found = []
    for begins_us, ends_us in json.loads(jumps):
        begins, ends = _second(start + timedelta(microseconds=begins_us)), _second(start + timedelta(microseconds=ends_us))
        if end is not None:
            ends = min(ends, end)
        if begins < ends and not any(gap.start - _NEAR <= begins and ends <= gap.end + _NEAR for gap in told):
            found.append(Gap(begins, ends))
    return tuple(sorted([*told, *found], key=lambda gap: gap.start))


def _second(at: datetime) -> datetime:
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def longer_seconds(camera_time: str | None, duration_us: int | None, file_time: str | None) -> int:
    """By how many seconds the file's own time lies after the end that the camera's time and the length say: a hint that the recording was
    paused. 0 where a time is missing, where they agree, and where they are too far apart for a pause (a copy's time, another zone)."""
    began, closed = read_camera_time(camera_time), read_moment(file_time)
    if began is None or closed is None or not duration_us:
        return 0
    longer = int((closed - began - timedelta(microseconds=duration_us)).total_seconds())
    listing = defaults()
    return longer if listing.span_seconds <= longer <= listing.span_most_seconds else 0
