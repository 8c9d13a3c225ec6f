"""The facts of cases, put together from all tables in a few statements: for one case that is looked at, or for thousands that are reckoned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.procedure.footage_facts import footage_of
from desktop.procedure.log_facts import log_of
from desktop.procedure.times import read, read_moment
from desktop.verified_objects import verdicts
from models.facts import (
    Activity,
    CaseEnd,
    CaseFacts,
    Extension,
    Footage,
    Logged,
    Matter,
    Override,
    Paper,
    Penalty,
    Suspension,
    Unsuitable,
    Volume,
    Waiver,
)
from models.secrecy import Clearance

_AMONG = "IN (SELECT value FROM json_each(?))"
EVERYTHING = Clearance(3, True, True)  # for what the archive reckons for itself

_CASES = f"""SELECT id, case_number, kind, procedure, conditions, filed_at, retention_years, profile, profile_version, started_on
    FROM case_folder WHERE id {_AMONG}"""
_NAMES = f"""SELECT case_id, 0, name FROM party WHERE case_id {_AMONG} UNION ALL SELECT case_id, 1, name FROM case_officer WHERE case_id {_AMONG}"""
_ACTIVITIES = f"""SELECT case_id, id, kind, start, "end", finished, place, officers, traits, document_id, unsuitable_ground, unsuitable_reason,
    unsuitable_by, answers FROM case_activity WHERE case_id {_AMONG} AND removed_at IS NULL ORDER BY id"""
_PAPERS = f"""SELECT r.case_id, r.id, p.form, p.items, p.dated, p.activity_id, p.signers, p.fields, p.officers, p.interviewed, p.start, p."end",
    p.evidence, p.outgoing, p.approved_by, p.pages, p.signed_pages, p.copy, r.state
    FROM record r JOIN paper_facts p ON p.record_id = r.id WHERE r.case_id {_AMONG} AND %s ORDER BY r.position, r.id"""
_WAIVERS = f"""SELECT w.case_id, w.item, w.reason, p.name FROM item_waiver w JOIN person p ON p.id = w.person_id
    WHERE w.case_id {_AMONG} AND w.withdrawn_at IS NULL ORDER BY w.id"""
_OVERRIDES = f'SELECT case_id, rule, number, unit, cites, rank FROM limit_override WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id'
_EXTENSIONS = f"""SELECT case_id, rule, number, unit, approved_by, approved_on, reason, subject FROM limit_extension
    WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id"""
_SUSPENSIONS = f"""SELECT case_id, rule, kind, start_on, end_on, reason, told, told_on, subject FROM limit_suspension
    WHERE case_id {_AMONG} AND withdrawn_at IS NULL ORDER BY id"""
_ENDINGS = f"""SELECT e.case_id, e.kind, e.on_day, p.name FROM case_ending e JOIN person p ON p.id = e.person_id
    WHERE e.case_id {_AMONG} AND e.withdrawn_at IS NULL ORDER BY e.id"""
_MATTERS = f"SELECT case_id, power, organ, penalties, act_ended, discovered, grave FROM case_matter WHERE case_id {_AMONG}"
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
    suspensions: list[Suspension] = field(default_factory=list)
    ended: CaseEnd | None = None
    holds: list[str] = field(default_factory=list)
    log: tuple[Logged, ...] = ()
    contents: list[str] = field(default_factory=list)
    matter: Matter | None = None


def gather(connection: Any, case_ids: Sequence[int], clearance: Clearance = EVERYTHING, *, footage: Sequence[int] | None = None,
           intact: bool = False) -> list[Gathered]:
    """The facts of these cases, narrowed to what exists for the clearance; of recordings only those of `footage` where it is given.

    `intact` asks what no limit needs: what the last verification said of each recording, and whether the signatures of statements fit.

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
    _footage_of(ask, ids, within, parts, footage, intact)
    if intact:
        for part in parts.values():
            told = verdicts(connection, [int(one.id) for one in part.footage])
            part.footage = [replace(one, intact=told.get(int(one.id))) for one in part.footage]
            part.log = log_of(ask, part.row[0], part.activities)
    for case, *row in ask(_WAIVERS, (ids,)):
        parts[case].waivers.append(Waiver(*row))
    _limits_of(ask, ids, parts)
    for case, kind, day, name in ask(_ENDINGS, (ids,)):
        parts[case].ended = CaseEnd(kind, date.fromisoformat(day), name)
    for case, reason in ask(_HOLDS, (ids,)):
        parts[case].holds.append(reason)
    for case, *row in ask(_MATTERS, (ids,)):
        parts[case].matter = read_matter(row)
    for case, record in ask(_CONTENTS % within, (ids,)):
        parts[case].contents.append(str(record))
    return [_gathered(one) for one in parts.values()]


def _limits_of(ask: Any, ids: str, parts: dict[int, _Parts]) -> None:
    """What persons decided of limits."""
    for case, *row in ask(_OVERRIDES, (ids,)):
        parts[case].overrides.append(Override(*row))
    for case, rule, number, unit, by, day, reason, subject in ask(_EXTENSIONS, (ids,)):
        parts[case].extensions.append(Extension(rule, number, unit, by, date.fromisoformat(day), reason, subject))
    for case, *row in ask(_SUSPENSIONS, (ids,)):
        parts[case].suspensions.append(read_suspension(row))


def _gathered(parts: _Parts) -> Gathered:
    case, number, kind, procedure, conditions, filed, retention, profile, version, _started = parts.row
    confirmed = {one.id for one in parts.papers}  # a record that nobody has looked at is no paper of the facts, and its recording is footage
    listed = (*(one for one in parts.contents if one in confirmed), *(one.id for one in parts.footage))
    volume = Volume(archive_number=number, alone=True, contents=listed)
    facts = CaseFacts(number=number, kind=kind, procedure=procedure, conditions=json.loads(conditions) if conditions != "{}" else {},
                      activities=tuple(parts.activities), footage=tuple(parts.footage), papers=tuple(parts.papers),
                      waivers=tuple(parts.waivers), overrides=tuple(parts.overrides), extensions=tuple(parts.extensions),
                      suspensions=tuple(parts.suspensions), case_end=parts.ended, filed=read_moment(filed), retention_years=retention,
                      holds=tuple(parts.holds), volume=volume, log=parts.log, matter=parts.matter)
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
    ident, kind, start, end, finished, place, officers, traits, document, ground, reason, by, answers = row
    return Activity(str(ident), kind, read(start), read_moment(end), read_moment(finished), place, _tuple(officers), _set(traits),
                    Unsuitable(ground, reason, by) if ground else None, str(document) if document else "", _answers(answers))


def _answers(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(str(one) for one in json.loads(text))


def read_suspension(row: Sequence[Any]) -> Suspension:
    """A stretch that a limit leaves out, from its columns."""
    rule, kind, start, end, reason, told, told_on, subject = row
    return Suspension(rule, kind, date.fromisoformat(start), date.fromisoformat(end) if end else None, reason, told,
                      date.fromisoformat(told_on) if told_on else None, subject)


def _paper(row: Sequence[Any]) -> Paper:
    (record, form, items, dated, activity, signers, fields, officers, interviewed, start, end, evidence, outgoing, approved, pages, signed, copied,
     state) = row
    return Paper(id=str(record), form=form, items=_set(items), dated=read(dated), activity=str(activity) if activity else None,
                 signers=_set(signers), fields=_set(fields), officers=_tuple(officers), interviewed=interviewed, start=read_moment(start),
                 end=read_moment(end), evidence=bool(evidence), outgoing=bool(outgoing), approved_by=approved, pages=pages, signed_pages=signed,
                 copy=bool(copied), state=bool(state))


def _footage_of(ask: Any, ids: str, within: str, parts: dict[int, _Parts], only: Sequence[int] | None, whole: bool) -> None:
    def label(case: int) -> dict[str, str]:
        one = parts[case]
        return {"案号": one.row[1], "当事人": "、".join(one.names[0]), "承办人": "、".join(one.names[1])}

    for case, found in footage_of(ask, ids, within, label, only, whole).items():
        parts[case].footage = found


def read_matter(row: Sequence[Any]) -> Matter:
    """What the case is about, from its row."""
    power, organ, penalties, ended, discovered, grave = row
    decided = tuple(Penalty(kind, fen) for kind, fen in json.loads(penalties))
    return Matter(power, organ, decided, date.fromisoformat(ended) if ended else None, date.fromisoformat(discovered) if discovered else None,
                  None if grave is None else bool(grave))


def _tuple(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _set(text: str) -> frozenset[str]:
    return frozenset() if text == "[]" else frozenset(json.loads(text))
