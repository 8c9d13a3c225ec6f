"""The recordings of cases as facts: where they ran in corrected wall clock, where they broke off, what statements say of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop.intake.camera_time import read_camera_time
from desktop.media.viewing import OLD_POINTS
from desktop.procedure.holes import JUMPS, RESTARTS, WALKED, Inside, inside, longer_seconds
from desktop.procedure.signing import fitting
from desktop.procedure.times import BEIJING, read_moment
from models.facts import Claim, Footage, Gap, PointSpan
from models.terms import StatementKind

_AMONG = "IN (SELECT value FROM json_each(?))"
_ALONE = f"CASE WHEN {RESTARTS} <> '[]' THEN c.probe END"  # limits hang on where a recording ends, and seldom on more of its probe
_FOOTAGE = f"""SELECT r.case_id, c.id, c.kind, c.camera_time, c.duration_us, c.device, c.place, c.deposited_at,
    f.id, f.activity_id, f.start, f."end", f.returned, f.officer, f.claim_kind, f.claimant, f.claim_reason, f.evidence, f.weight, f.gaps, f.sheet,
    f.transcript, {JUMPS}, {RESTARTS}, c.file_time, t.method, t.covered_us, {_ALONE}
    FROM record r JOIN component c ON c.record_id = r.id {WALKED} LEFT JOIN footage_facts f ON f.component_id = c.id
    WHERE r.case_id {_AMONG} AND c.kind IN ('video', 'audio') AND %s ORDER BY c.id"""
_SOME_FOOTAGE = _FOOTAGE.replace("AND %s", f"AND c.id {_AMONG} AND %s")
_POINTS = """SELECT component_id, kind, start_us, end_us FROM annotation
    WHERE component_id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL ORDER BY start_us"""
_STATEMENTS = f"""SELECT case_id, id, activity_id, component_id, start, "end", cause, reported_at FROM statement
    WHERE case_id {_AMONG} AND kind = '{StatementKind.INTERRUPTION.value}' AND withdrawn_at IS NULL ORDER BY id"""


def footage_of(ask: Any, ids: str, within: str, label: Callable[[int], dict[str, str]], only: Sequence[int] | None,
               whole: bool) -> dict[int, list[Footage]]:
    """The recordings of the cases `ids` (a JSON list), narrowed by the condition `within`; `label` gives what stands on a case's recordings.

    `whole` also asks what no limit hangs on: what is missing without a place, and whether the signatures of statements fit.
    """
    asked = _FOOTAGE if only is None else _SOME_FOOTAGE
    asked = asked.replace(_ALONE, "c.probe") if whole else asked
    rows = list(ask(asked % within, (ids,) if only is None else (ids, json.dumps(list(only)))))
    found: dict[int, list[Footage]] = {}
    if not rows:
        return found
    points: dict[int, list[Any]] = {}
    for component, *mark in ask(_POINTS, (json.dumps([row[1] for row in rows]),)):
        points.setdefault(component, []).append(mark)
    for case, *row in rows:
        found.setdefault(case, []).append(_footage(row, points.get(row[0], ()), label(case)))
    told = list(ask(_STATEMENTS, (ids,)))
    sound = fitting(row[1] for row in told) if whole and told else None
    for case, statement, *row in told:
        if case in found and (sound is None or statement in sound):
            _explain(found[case], row)
    return found


def _footage(row: Sequence[Any], marks: Iterable[Any], label: dict[str, str]) -> Footage:
    (component, kind, camera, duration, device, place, deposited, known, activity, start, end, returned, officer, claim_kind,
     claimant, claim_reason, evidence, weight, gaps, sheet, transcript, jumps, restarts, file_time, method, covered, probe) = row
    begins, ends = (read_moment(start), read_moment(end)) if known else span_of(camera, duration)
    longer = longer_seconds(camera, duration, file_time, walked_facts(probe, method, covered, jumps)) if probe else 0
    within = inside(read_gaps(gaps) if known else (), begins, ends, jumps, restarts, longer, duration)
    common: dict[str, Any] = {"id": str(component), "start": begins, "end": within.end, "deposited": read_moment(deposited), "device": device,
                              "place": place, "sound": kind == "audio", "label": {k: v for k, v in label.items() if v},
                              "points": _points(begins, within, marks), "gaps": within.gaps, "unplaced": within.unplaced}
    if not known:
        return Footage(**common)
    return Footage(activity=str(activity) if activity else None, returned=read_moment(returned), officer=officer,
                   claim=Claim(claim_kind, claimant, claim_reason) if claim_kind else None, evidence=bool(evidence), weight=_set(weight),
                   sheet=json.loads(sheet), transcript=transcript, **common)


def walked_facts(probe: str, method: str | None, covered: int | None, jumps: str | None) -> dict[str, Any]:
    """The facts of a probe, with what a later walk through the packets found in their place."""
    facts: dict[str, Any] = json.loads(probe)
    return facts if method is None else facts | {"walked": method, "covered_us": covered, "jumps": json.loads(jumps or "[]")}


def span_of(camera_time: str | None, duration_us: int | None, ahead_ms: int = 0) -> tuple[datetime | None, datetime | None]:
    """From when to when a recording ran by its camera, less what the recorder's clock was ahead; None where the camera gave no time."""
    at = read_camera_time(camera_time)
    if at is None:
        return None, None
    start = at.astimezone(BEIJING) - timedelta(milliseconds=ahead_ms)
    return start, start + timedelta(microseconds=duration_us or 0)


def _points(start: datetime | None, within: Inside, marks: Iterable[Any]) -> tuple[PointSpan, ...]:
    """Marks in the wall clock of the recording; a mark on one moment proves the second that begins there."""
    if start is None:
        return ()
    return tuple(PointSpan(OLD_POINTS.get(kind, kind), within.at(start, begins), within.at(start, begins + 1_000_000 if ends is None else ends))
                 for kind, begins, ends in marks)


def read_gaps(text: str) -> tuple[Gap, ...]:
    """Gaps as `written_gaps` wrote them."""
    if text == "[]":
        return ()
    found = []
    for start, end, cause, spoken, reported in json.loads(text):
        begins, ends = read_moment(start), read_moment(end)
        if begins and ends:
            found.append(Gap(begins, ends, cause, bool(spoken), False, read_moment(reported)))
    return tuple(found)


def _explain(footage: list[Footage], row: Sequence[Any]) -> None:
    """A signed statement on a stretch makes the gap there a written one; one that nobody noted yet is noted by it."""
    activity, component, start, end, cause, reported = row
    begins, ends = read_moment(start), read_moment(end)
    if begins is None or ends is None:
        return
    chosen = next((n for n, f in enumerate(footage) if f.id == str(component)), None)
    if chosen is None:
        before = [(f.end, n) for n, f in enumerate(footage) if f.activity == str(activity) and f.end and f.end <= begins]
        chosen = max(before)[1] if before else next((n for n, f in enumerate(footage) if f.activity == str(activity)), None)
    if chosen is None:
        return
    one = footage[chosen]
    if component is None and one.start and one.end and one.start < ends and begins < one.end:
        return  # it is on something else than a break between recordings
    missing = one.unplaced
    if missing is not None and (missing.start, missing.end) == (begins, ends):
        told_of = replace(missing, written=True, cause=missing.cause or cause, reported=missing.reported or read_moment(reported))
        footage[chosen] = replace(one, unplaced=told_of)
        return
    kept = [gap for gap in one.gaps if (gap.start, gap.end) != (begins, ends)]
    noted = next((gap for gap in one.gaps if (gap.start, gap.end) == (begins, ends)), Gap(begins, ends, cause))
    told = replace(noted, written=True, cause=noted.cause or cause, reported=noted.reported or read_moment(reported))
    if missing is not None and missing.start <= begins and ends <= missing.end and (ends - begins).total_seconds() >= missing.seconds:
        missing = None  # the statement knows the place that the file does not tell
    footage[chosen] = replace(one, gaps=tuple(sorted([*kept, told], key=lambda gap: gap.start)), unplaced=missing)


def _set(text: str) -> frozenset[str]:
    return frozenset() if text == "[]" else frozenset(json.loads(text))
