"""What the logs of recorders tell of the activities of cases: events in corrected wall clock, and recordings of which no file came."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from desktop.clock import stamp
from desktop.policy.continuity import NEAR, RECORDING
from desktop.policy.listing import defaults
from desktop.procedure.holes import second
from desktop.procedure.times import BEIJING, read_moment
from models.facts import Activity, Logged
from models.terms import StatementKind

_ANY = "SELECT 1 FROM recorder_log LIMIT 1"
_LINKED = """SELECT DISTINCT f.activity_id, f.recorder_id FROM footage_facts f WHERE f.recorder_id IS NOT NULL
    AND f.activity_id IN (SELECT value FROM json_each(?))"""
_HOLDERS = "SELECT id, number, holder FROM recorder WHERE id IN (SELECT recorder_id FROM recorder_log)"
_READINGS = "SELECT recorder_id, desk_time, ahead_ms FROM recorder_reading WHERE recorder_id IN (SELECT value FROM json_each(?)) ORDER BY desk_time"
_EVENTS = """SELECT l.recorder_id, e.kind, e.at, e.file FROM recorder_event e JOIN recorder_log l ON l.id = e.log_id
    WHERE l.recorder_id IN (SELECT value FROM json_each(?)) AND e.at BETWEEN ? AND ? ORDER BY l.recorder_id, e.at, e.log_id, e.line"""
_NAMED = """SELECT c.name, c.id FROM component c WHERE c.kind IN ('video', 'audio')
    AND c.name COLLATE NOCASE IN (SELECT value FROM json_each(?)) ORDER BY c.id DESC"""
_MADE_BY = """SELECT f.recorder_id, f.component_id, f.start, f."end" FROM footage_facts f
    WHERE f.recorder_id IN (SELECT value FROM json_each(?)) AND f.start BETWEEN ? AND ? ORDER BY f.component_id"""
_STATED = f"""SELECT start, "end" FROM statement WHERE case_id = ? AND component_id IS NULL AND kind = '{StatementKind.INTERRUPTION.value}'
    AND withdrawn_at IS NULL"""
_DAY = timedelta(days=1)
_CLOSES = frozenset(("record_stop", "power_off", "record_start"))  # what a recording cannot outlast


@dataclass(frozen=True)
class _Recorder:
    id: int
    number: str
    holder: str


@dataclass(frozen=True)
class _Held:
    """Recordings in the archive: by the names that logs give them, and by the recorder that made them, from when to when."""

    named: dict[str, int]
    made_by: dict[int, list[tuple[datetime, datetime | None, int]]]

    def of(self, recorder: int, begun: datetime, over: datetime, file: str) -> str:
        """The recording that holds this one: by its name in the log, or by the same recorder at the same time."""
        if file.casefold() in self.named:
            return str(self.named[file.casefold()])
        slack, half = timedelta(seconds=defaults().log_seconds), (over - begun) / 2
        for first, last, component in self.made_by.get(recorder, ()):
            if abs(first - begun) <= slack or (last is not None and min(last, over) - max(first, begun) >= half):
                return str(component)
        return ""


def log_of(ask: Any, case: int, activities: Sequence[Activity]) -> tuple[Logged, ...]:
    """What logs say of the activities of one case: of each the recorders whose recordings are linked to it, and those that its officers hold."""
    timed = [(one, one.start, one.end) for one in activities if isinstance(one.start, datetime) and one.end is not None and one.start < one.end]
    if not timed or not ask(_ANY).fetchall():
        return ()
    recorders = {row[0]: _Recorder(*row) for row in ask(_HOLDERS)}
    linked: dict[str, set[int]] = {}
    for activity, recorder in ask(_LINKED, (json.dumps([int(one.id) for one in activities]),)):
        linked.setdefault(str(activity), set()).add(recorder)
    mine = {one.id: {r for r in recorders if r in linked.get(one.id, ()) or recorders[r].holder in one.officers} for one, _start, _end in timed}
    chosen = sorted(set().union(*mine.values()))
    if not chosen:
        return ()
    around = stamp(min(start for _one, start, _end in timed) - _DAY), stamp(max(end for _one, _start, end in timed) + _DAY)
    told = _told(ask, chosen, around, recorders)
    held = _held(ask, chosen, around, {file for _recorder, _event, file in told if file})
    found = []
    for one, start, end in timed:
        for recorder, event, file in told:
            over = event.end or event.start
            if recorder in mine[one.id] and event.start <= end + NEAR and over >= start - NEAR:
                footage = held.of(recorder, event.start, over, file) if event.kind == RECORDING else ""
                found.append(replace(event, activity=one.id, footage=footage))
    return _stated(ask, case, found)


def _told(ask: Any, chosen: Sequence[int], around: tuple[str, str], recorders: dict[int, _Recorder]) -> list[tuple[int, Logged, str]]:
    """Events and recordings of these recorders around a stretch, in corrected wall clock, each recording with the name that the log gives it."""
    ids = json.dumps(chosen)
    ahead = _ahead(ask(_READINGS, (ids,)))
    by: dict[int, list[tuple[str, datetime, str]]] = {}
    for recorder, kind, at, file in ask(_EVENTS, (ids, *around)):
        moment = read_moment(at)
        if moment is not None:
            corrected = moment.astimezone(BEIJING) - _offset(ahead.get(recorder, ()), at)
            by.setdefault(recorder, []).append((kind, second(corrected), file))  # a log tells whole seconds
    found: list[tuple[int, Logged, str]] = []
    for recorder, events in by.items():
        number = recorders[recorder].number if recorder in recorders else ""
        found += [(recorder, Logged(kind, at, None, number), "") for kind, at, _file in events
                  if kind not in ("record_start", "record_stop", "other")]
        found += [(recorder, Logged(RECORDING, begun, over, number), file) for begun, over, file in _recordings(events)]
    return found


def _held(ask: Any, chosen: Sequence[int], around: tuple[str, str], names: Iterable[str]) -> _Held:
    made_by: dict[int, list[tuple[datetime, datetime | None, int]]] = {}
    for recorder, component, start, end in ask(_MADE_BY, (json.dumps(chosen), *around)):
        first = read_moment(start)
        if first is not None:
            made_by.setdefault(recorder, []).append((first, read_moment(end), component))
    return _Held({name.casefold(): component for name, component in ask(_NAMED, (json.dumps(sorted(names)),))}, made_by)


def _recordings(events: Sequence[tuple[str, datetime, str]]) -> Iterable[tuple[datetime, datetime, str]]:
    """From each start of a recording to what ended it; a start behind which nothing more stands ended nobody knows when."""
    for n, (kind, at, file) in enumerate(events):
        if kind == "record_start":
            closing = next(((over, named) for what, over, named in events[n + 1:] if what in _CLOSES and over > at), None)
            if closing is not None:
                yield at, closing[0], file or closing[1]


def _ahead(rows: Iterable[Any]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for recorder, desk, ahead in rows:
        found.setdefault(recorder, []).append((desk, ahead))
    return found


def _offset(readings: Sequence[tuple[str, int]], at: str) -> timedelta:
    """By how much the recorder was ahead, as it was read next after the event (clocks are read when a recorder comes back), else last before it."""
    if not readings:
        return timedelta()
    next_one = bisect_left(readings, (at, -(1 << 62)))
    return timedelta(milliseconds=readings[min(next_one, len(readings) - 1)][1])


def _stated(ask: Any, case: int, log: Sequence[Logged]) -> tuple[Logged, ...]:
    stated = {(read_moment(start), read_moment(end)) for start, end in ask(_STATED, (case,))}
    return tuple(replace(one, written=True) if one.kind == RECORDING and not one.footage and (one.start, one.end) in stated else one for one in log)
