"""Reads case folders and records into the lines that pages show; pages of the long list are found by key, never by offset."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from peewee import SQL, Expression, fn

from desktop import clearance as narrowing
from desktop.cases.forms import CaseFilter, CaseLine, OfficerName, PartyName
from models.cases import CaseFolder, CaseOfficer, Party, Record
from models.secrecy import Clearance, Label
from models.terms import CaseId, EnforcementKind, PersonId, Stage

_SHOWN = (CaseFolder.id, CaseFolder.case_number, CaseFolder.cause, CaseFolder.kind, CaseFolder.stage, CaseFolder.started_on,
          CaseFolder.ended_on, CaseFolder.filed_at, CaseFolder.state, CaseFolder.trade, CaseFolder.privacy, CaseFolder.internal)


def chosen(clearance: Clearance, narrowed: CaseFilter, query: Any = None) -> Any:
    """Case folders that exist for this clearance and match the filter."""
    found = narrowing.cases(clearance, query)
    for condition in _conditions(narrowed):
        found = found.where(condition)
    return found


def _conditions(narrowed: CaseFilter) -> Iterable[Expression]:
    if narrowed.stage is not None:
        yield CaseFolder.stage == narrowed.stage.value
    if narrowed.kind is not None:
        yield CaseFolder.kind == narrowed.kind.value
    if narrowed.filed is not None:
        yield CaseFolder.filed_at.is_null(not narrowed.filed)
    if narrowed.words.strip():
        words = narrowed.words.strip()
        party = Party.select(Party.case).where(fn.INSTR(Party.name, words) > 0)
        yield (fn.INSTR(CaseFolder.case_number, words) > 0) | (fn.INSTR(CaseFolder.cause, words) > 0) | (CaseFolder.id << party)


def page(clearance: Clearance, narrowed: CaseFilter, anchor: int | None, forward: bool, count: int) -> list[CaseLine]:
    """Up to `count` lines after (or, backward, before) the anchor in the order newest first."""
    found = chosen(clearance, narrowed, CaseFolder.select(*_SHOWN)).namedtuples()  # a row of a long list needs no model around it
    if forward:
        found = found.order_by(CaseFolder.id.desc())
        found = found if anchor is None else found.where(CaseFolder.id < anchor)
        rows = list(found.limit(count))
    else:
        found = found.order_by(CaseFolder.id)
        found = found if anchor is None else found.where(CaseFolder.id > anchor)
        rows = list(found.limit(count))[::-1]
    return case_lines(rows, clearance)


def anchors(clearance: Clearance, narrowed: CaseFilter, every: int) -> list[int]:
    """The key of every `every`-th line, newest first: with them a page may jump anywhere without counting rows."""
    place = fn.ROW_NUMBER().over(order_by=[CaseFolder.id.desc()])
    placed = chosen(clearance, narrowed, CaseFolder.select(CaseFolder.id, place.alias("place"))).alias("placed")
    found = CaseFolder.select(placed.c.id).from_(placed).where(SQL("placed.place % ? = ?", (every, 1 if every > 1 else 0)))
    ids: Any = found.order_by(placed.c.id.desc()).tuples()
    return [row[0] for row in ids]


def case_lines(rows: list[Any], clearance: Clearance) -> list[CaseLine]:
    ids = _among([row.id for row in rows])
    parties = _joined(Party.select(Party.case, Party.name).where(Party.case << ids).order_by(Party.case, Party.position))
    officers = _joined(CaseOfficer.select(CaseOfficer.case, CaseOfficer.name).where(CaseOfficer.case << ids)
                       .order_by(CaseOfficer.case, CaseOfficer.position))
    inside = _contents(ids, clearance)
    nothing = (0, Label(internal=False))
    return [case_line(row, parties.get(row.id, ""), officers.get(row.id, ""), *inside.get(row.id, nothing)) for row in rows]


def _contents(ids: SQL, clearance: Clearance) -> dict[int, tuple[int, Label]]:
    """How many records each folder holds that exist for this clearance, and the join of their labels."""
    found: Any = (Record.select(Record.case, fn.COUNT(Record.id), fn.MAX(Record.state), fn.MAX(Record.trade), fn.MAX(Record.privacy),
                                fn.MAX(Record.internal))
                  .where((Record.case << ids) & narrowing.within(Record, clearance)).group_by(Record.case).tuples())
    return {case: (count, Label(int(state), bool(trade), bool(privacy), bool(internal)))
            for case, count, state, trade, privacy, internal in found}


def _among(ids: list[int]) -> SQL:
    """These ids as one parameter: to write hundreds into the statement takes longer than to answer it."""
    return SQL("(SELECT value FROM json_each(?))", (json.dumps(ids),))


def case_line(row: Any, parties: str, officers: str, records: int, contents: Label) -> CaseLine:
    own = Label(row.state, bool(row.trade), bool(row.privacy), bool(row.internal))
    return CaseLine(CaseId(row.id), row.case_number, row.cause, EnforcementKind(row.kind), Stage(row.stage), own, row.started_on,
                    row.ended_on, row.filed_at, parties, officers, records, own.join(contents))


def _joined(rows: Any) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for case, name in rows.tuples():
        names.setdefault(case, []).append(name)
    return {case: "、".join(found) for case, found in names.items()}


def parties_of(case_id: int) -> tuple[PartyName, ...]:
    return tuple(PartyName(p.name, p.organisation) for p in Party.select().where(Party.case == case_id).order_by(Party.position))


def officers_of(case_id: int) -> tuple[OfficerName, ...]:
    found = CaseOfficer.select().where(CaseOfficer.case == case_id).order_by(CaseOfficer.position)
    return tuple(OfficerName(o.name, o.certificate, PersonId(o.person_id) if o.person_id else None) for o in found)
