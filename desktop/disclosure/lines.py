"""What the register shows, narrowed to what the person may know of: rows, steps, links, the history of each field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop import clearance as narrowing
from desktop.disclosure.forms import ChangeLine, DisclosureDraft, DisclosureLine, LinkLine, StepLine
from desktop.policy.verdicts import Clock
from models.base import FieldChange
from models.cases import CaseFolder, Record
from models.disclosure import DisclosureLink, DisclosureRequest, DisclosureStep
from models.people import Person
from models.secrecy import Clearance
from models.terms import CaseId, DisclosureId, DisclosureStepId, DisclosureStepKind, RecordId


def requests(clearance: Clearance) -> Any:
    """Requests that exist for this clearance."""
    return DisclosureRequest.select().where(narrowing.within(DisclosureRequest, clearance))


def steps_of(ids: Sequence[int]) -> dict[int, list[DisclosureStep]]:
    """The steps of these requests, each in the order of their days."""
    found: dict[int, list[DisclosureStep]] = {ident: [] for ident in ids}
    rows = DisclosureStep.select(DisclosureStep, Person).join(Person).where(DisclosureStep.request << list(ids))
    for row in rows.order_by(DisclosureStep.on, DisclosureStep.id):
        found[row.request_id].append(row)
    return found


def draft_of(row: DisclosureRequest) -> DisclosureDraft:
    """A request as it stands."""
    return DisclosureDraft(row.applicant, row.wanted, date.fromisoformat(row.received_on), row.channel, _day(row.confirmed_on), row.number,
                           row.contact, _day(row.about_from), _day(row.about_to), row.place, row.officer, row.handler, row.label)


def line_of(row: DisclosureRequest, steps: Sequence[DisclosureStep], clock: Clock | None, days: int) -> DisclosureLine:
    """One row of the register."""
    answer, withdrawn = standing(steps, DisclosureStepKind.ANSWER), standing(steps, DisclosureStepKind.WITHDRAWAL)
    return DisclosureLine(DisclosureId(row.id), draft_of(row), answer.outcome if answer else "", _day(answer.on) if answer else None,
                          _day(withdrawn.on) if withdrawn else None, _day(row.closed_on), clock, days)


def standing(steps: Sequence[DisclosureStep], *kinds: DisclosureStepKind) -> DisclosureStep | None:
    """The newest step of these kinds that was not taken back."""
    return next((one for one in reversed(steps) if one.kind in kinds and one.withdrawn_at is None), None)


def step_line(row: DisclosureStep) -> StepLine:
    return StepLine(DisclosureStepId(row.id), DisclosureStepKind(row.kind), date.fromisoformat(row.on), _day(row.until), _day(row.ended_on),
                    row.whom, row.text, row.outcome, row.number, row.unit, row.person.name, row.at, row.withdrawn_at is not None)


def link_lines(request: int, clearance: Clearance) -> tuple[LinkLine, ...]:
    """What a request is about, as far as it exists for the person."""
    rows = list(DisclosureLink.select().where((DisclosureLink.request == request) & DisclosureLink.removed_at.is_null())
                .order_by(DisclosureLink.id))
    cases = {row.id: row.case_number for row in narrowing.cases(clearance).where(CaseFolder.id << [one.case_id for one in rows])}
    records = {row.id: row.title for row in narrowing.records(clearance).where(Record.id << [one.record_id for one in rows])}
    of_cases = (LinkLine(one.id, CaseId(one.case_id), None, cases[one.case_id]) for one in rows if one.case_id in cases)
    of_records = (LinkLine(one.id, None, RecordId(one.record_id), records[one.record_id]) for one in rows if one.record_id in records)
    return (*of_cases, *of_records)


def change_lines(table: str, rows: Sequence[int]) -> tuple[ChangeLine, ...]:
    """The history of each field, the newest first."""
    found = FieldChange.select().where((FieldChange.table_name == table) & (FieldChange.row_id << [str(one) for one in rows]))
    return tuple(ChangeLine(one.at, one.person, one.field, one.old, one.new, one.reason) for one in found.order_by(FieldChange.id.desc()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
