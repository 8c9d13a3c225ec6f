"""The facts of cases, put together from all tables in a few statements: for one case that is looked at, or for thousands that are reckoned."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from desktop.intake.camera_time import read_camera_time
from desktop.media.viewing import OLD_POINTS
from desktop.procedure.holes import JUMPS, found_gaps
from desktop.procedure.times import BEIJING, read, read_moment
from desktop.verified_objects import verdicts
from models.facts import (
    Activity,
    CaseEnd,
    CaseFacts,
    Claim,
    Extension,
    Footage,
    Gap,
    Override,
    Paper,
    PointSpan,
    Unsuitable,
    Volume,
    Waiver,
)
from models.secrecy import Clearance
from models.terms import StatementKind

_AMONG = "IN (SELECT value FROM json_each(?))"
EVERYTHING = Clearance(3, True, True)  # for what the archive reckons for itself

_CASES = f"""SELECT id, case_number, kind, procedure, conditions, filed_at, retention_years, profile, profile_version, started_on
    FROM case_folder WHERE id {_AMONG}"""
_NAMES = f"""SELECT case_id, 0, name FROM party WHERE case_id {_AMONG} UNION ALL SELECT case_id, 1, name FROM case_officer WHERE case_id {_AMONG}"""
_ACTIVITIES = f"""SELECT case_id, id, kind, start, "end", finished, place, officers, traits, document_id, unsuitable_ground, unsuitable_reason,
    unsuitable_by FROM case_activity WHERE case_id {_AMONG} AND removed_at IS NULL ORDER BY id"""
_PAPERS = f"""SELECT r.case_id, r.id, p.form, p.items, p.dated, p.activity_id, p.signers, p.fields, p.officers, p.interviewed, p.start, p."end",
    p.evidence, p.outgoing, p.approved_by, p.pages, p.signed_pages
    FROM record r JOIN paper_facts p ON p.record_id = r.id WHERE r.case_id {_AMONG} AND %s ORDER BY r.position, r.id"""
_FOOTAGE = f"""SELECT r.case_id, c.id, c.kind, c.camera_time, c.duration_us, c.device, c.place, c.deposited_at, r.title, r.made_on,
    f.id, f.activity_id, f.start, f."end", f.returned, f.officer, f.claim_kind, f.claimant, f.claim_reason, f.evidence, f.weight, f.gaps, f.sheet,
    f.transcript, {JUMPS.format(probe="c.probe")}
    FROM record r JOIN component c ON c.record_id = r.id LEFT JOIN footage_facts f ON f.component_id = c.id
    WHERE r.case_id {_AMONG} AND c.kind IN ('video', 'audio') AND %s ORDER BY c.id"""
_SOME_FOOTAGE = _FOOTAGE.replace("AND %s", f"AND c.id {_AMONG} AND %s")
_POINTS = """SELECT component_id, kind, start_us, end_us FROM annotation
    WHERE component_id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL ORDER BY start_us"""
_STATEMENTS = f"""SELECT case_id, kind, activity_id, component_id, start, "end", cause, reported_at FROM statement
    WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id"""
_WAIVERS = f"""SELECT w.case_id, w.item, w.reason, p.name FROM item_waiver w JOIN person p ON p.id = w.person_id
    WHERE w.case_id {_AMONG} AND w.withdrawn_at IS NULL ORDER BY w.id"""
_OVERRIDES = f'SELECT case_id, rule, number, unit, cites, rank FROM limit_override WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id'
_EXTENSIONS = f"""SELECT case_id, rule, number, unit, approved_by, approved_on, reason, subject FROM limit_extension
    WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id"""
_ENDINGS = f"""SELECT e.case_id, e.kind, e.on_day, p.name FROM case_ending e JOIN person p ON p.id = e.person_id
    WHERE e.case_id {_AMONG} AND e.withdrawn_at IS NULL ORDER BY e.id"""
_HOLDS = f"SELECT case_id, reason FROM hold WHERE case_id {_AMONG} AND released_at IS NULL ORDER BY id"
_CONTENTS = f"SELECT r.case_id, r.id FROM record r WHERE r.case_id {_AMONG} AND %s ORDER BY r.position, r.id"


@dataclass(frozen=True)
class Gathered:
    """The facts of one case, and the profile and version that it began under."""

    case: int
    profile: str
    version: int
    facts: CaseFacts


@dataclass
class _Parts:
    """What has been read of one case so far."""

    row: Any
    names: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    activities: list[Activity] = field(default_factory=list)
    footage: list[Footage] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    ended: CaseEnd | None = None
    holds: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)


def gather(connection: Any, case_ids: Sequence[int], clearance: Clearance = EVERYTHING, *, footage: Sequence[int] | None = None,
           intact: bool = False) -> list[Gathered]:
    """The facts of these cases, narrowed to what exists for the clearance; of recordings only those of `footage` where it is given.

    `intact` asks what the last verification said of each recording, which no limit needs.

    The case folders themselves must have passed the door.
    """
    ids = json.dumps(list(case_ids))
    ask = connection.execute
    parts = {row[0]: _Parts(row) for row in ask(_CASES, (ids,))}
    for case, which, name in ask(_NAMES, (ids, ids)):
        parts[case].names[which].append(name)
    for case, *row in ask(_ACTIVITIES, (ids,)):
        parts[case].activities.append(_activity(row))
    within = _within(clearance)
    for case, *row in ask(_PAPERS % within, (ids,)):
        parts[case].papers.append(_paper(row))
    _add_footage(ask, ids, within, parts, footage)
    if intact:
        for part in parts.values():
            told = verdicts(connection, [int(one.id) for one in part.footage])
            part.footage = [replace(one, intact=told.get(int(one.id))) for one in part.footage]
    for case, *row in ask(_WAIVERS, (ids,)):
        parts[case].waivers.append(Waiver(*row))
    for case, *row in ask(_OVERRIDES, (ids,)):
        parts[case].overrides.append(Override(*row))
    for case, rule, number, unit, by, day, reason, subject in ask(_EXTENSIONS, (ids,)):
        parts[case].extensions.append(Extension(rule, number, unit, by, date.fromisoformat(day), reason, subject))
    for case, kind, day, name in ask(_ENDINGS, (ids,)):
        parts[case].ended = CaseEnd(kind, date.fromisoformat(day), name)
    for case, reason in ask(_HOLDS, (ids,)):
        parts[case].holds.append(reason)
    for case, record in ask(_CONTENTS % within, (ids,)):
        parts[case].contents.append(str(record))
    return [_gathered(one) for one in parts.values()]


def _gathered(parts: _Parts) -> Gathered:
    case, number, kind, procedure, conditions, filed, retention, profile, version, _started = parts.row
    confirmed = {one.id for one in parts.papers}  # a record that nobody has looked at is no paper of the facts, and its recording is footage
    listed = (*(one for one in parts.contents if one in confirmed), *(one.id for one in parts.footage))
    volume = Volume(archive_number=number, alone=True, contents=listed)
    facts = CaseFacts(number=number, kind=kind, procedure=procedure, conditions=json.loads(conditions) if conditions != "{}" else {},
                      activities=tuple(parts.activities), footage=tuple(parts.footage), papers=tuple(parts.papers),
                      waivers=tuple(parts.waivers), overrides=tuple(parts.overrides), extensions=tuple(parts.extensions),
                      case_end=parts.ended, filed=read_moment(filed), retention_years=retention, holds=tuple(parts.holds), volume=volume)
    return Gathered(case, profile, version, facts)


def _within(clearance: Clearance) -> str:
    """The condition on a record's own label, as the one narrowing of queries has it; the numbers are our own, never a person's text."""
    condition = f"r.state <= {int(clearance.state)}"
    if not clearance.trade:
        condition += " AND r.trade = 0"
    if not clearance.privacy:
        condition += " AND r.privacy = 0"
    return condition


def _activity(row: Sequence[Any]) -> Activity:
    ident, kind, start, end, finished, place, officers, traits, document, ground, reason, by = row
    return Activity(str(ident), kind, read(start), read_moment(end), read_moment(finished), place, _tuple(officers), _set(traits),
                    Unsuitable(ground, reason, by) if ground else None, str(document) if document else "")


def _paper(row: Sequence[Any]) -> Paper:
    record, form, items, dated, activity, signers, fields, officers, interviewed, start, end, evidence, outgoing, approved, pages, signed = row
    return Paper(id=str(record), form=form, items=_set(items), dated=read(dated), activity=str(activity) if activity else None,
                 signers=_set(signers), fields=_set(fields), officers=_tuple(officers), interviewed=interviewed, start=read_moment(start),
                 end=read_moment(end), evidence=bool(evidence), outgoing=bool(outgoing), approved_by=approved, pages=pages, signed_pages=signed)


def _add_footage(ask: Any, ids: str, within: str, parts: dict[int, _Parts], only: Sequence[int] | None) -> None:
    if only is None:
        rows = list(ask(_FOOTAGE % within, (ids,)))
    else:
        rows = list(ask(_SOME_FOOTAGE % within, (ids, json.dumps(list(only)))))
    if not rows:
        return
    points: dict[int, list[Any]] = {}
    for component, *mark in ask(_POINTS, (json.dumps([row[1] for row in rows]),)):
        points.setdefault(component, []).append(mark)
    for case, *row in rows:
        one = parts[case]
        one.footage.append(_footage(row, points.get(row[0], ()), {"案号": one.row[1], "当事人": "、".join(one.names[0]),
                                                                   "承办人": "、".join(one.names[1])}))
    for case, *row in ask(_STATEMENTS, (ids,)):
        if row[0] == StatementKind.INTERRUPTION.value:
            _explain(parts[case].footage, row)


def _footage(row: Sequence[Any], marks: Iterable[Any], label: dict[str, str]) -> Footage:
    (component, kind, camera, duration, device, place, deposited, _title, _made, known, activity, start, end, returned, officer, claim_kind,
     claimant, claim_reason, evidence, weight, gaps, sheet, transcript, jumps) = row
    begins, ends = (read_moment(start), read_moment(end)) if known else span_of(camera, duration)
    ident = str(component)
    common: dict[str, Any] = {"id": ident, "start": begins, "end": ends, "deposited": read_moment(deposited), "device": device, "place": place,
                              "sound": kind == "audio", "label": {k: v for k, v in label.items() if v}, "points": _points(begins, marks)}
    if not known:
        return Footage(gaps=found_gaps((), begins, ends, jumps), **common)
    return Footage(activity=str(activity) if activity else None, returned=read_moment(returned), officer=officer,
                   claim=Claim(claim_kind, claimant, claim_reason) if claim_kind else None, evidence=bool(evidence), weight=_set(weight),
                   gaps=found_gaps(read_gaps(gaps), begins, ends, jumps), sheet=json.loads(sheet), transcript=transcript, **common)


def span_of(camera_time: str | None, duration_us: int | None, ahead_ms: int = 0) -> tuple[datetime | None, datetime | None]:
    """From when to when a recording ran by its camera, less what the recorder's clock was ahead; None where the camera gave no time."""
    at = read_camera_time(camera_time)
    if at is None:
        return None, None
    start = at.astimezone(BEIJING) - timedelta(milliseconds=ahead_ms)
    return start, start + timedelta(microseconds=duration_us or 0)


def _points(start: datetime | None, marks: Iterable[Any]) -> tuple[PointSpan, ...]:
    """Marks in the wall clock of the recording; a mark on one moment proves the second that begins there."""
    if start is None:
        return ()
    return tuple(PointSpan(OLD_POINTS.get(kind, kind), start + timedelta(microseconds=begins),
                           start + timedelta(microseconds=begins + 1_000_000 if ends is None else ends)) for kind, begins, ends in marks)


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
    _kind, activity, component, start, end, cause, reported = row
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
    kept = [gap for gap in one.gaps if (gap.start, gap.end) != (begins, ends)]
    noted = next((gap for gap in one.gaps if (gap.start, gap.end) == (begins, ends)), Gap(begins, ends, cause))
    told = replace(noted, written=True, cause=noted.cause or cause, reported=noted.reported or read_moment(reported))
    footage[chosen] = replace(one, gaps=tuple(sorted([*kept, told], key=lambda gap: gap.start)))


def _tuple(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _set(text: str) -> frozenset[str]:
    return frozenset() if text == "[]" else frozenset(json.loads(text))
