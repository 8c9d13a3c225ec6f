"""Reads the rows of a case's procedure into the lines that pages show, narrowed to what exists for the person."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from desktop import clearance as narrowing
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.footage_facts import read_gaps, span_of, walked_facts
from desktop.procedure.forms import (
    ActivityLine,
    FootageLine,
    PaperDraft,
    PaperLine,
    ReasonLine,
    StatementDraft,
    StatementLine,
    SuspensionDraft,
    SuspensionLine,
)
from desktop.procedure.holes import inside, longer_seconds
from desktop.procedure.recordings import ahead_of
from desktop.procedure.signing import signature_fits
from desktop.procedure.times import read, read_moment, written
from models.cases import Record
from models.facts import Claim, Unsuitable
from models.holdings import Component, ObjectTimeline
from models.people import Person
from models.procedure import CaseActivity, FootageFacts, Hold, ItemWaiver, LimitExtension, LimitOverride, LimitSuspension, PaperFacts, Statement
from models.secrecy import Clearance
from models.terms import ActivityId, ComponentId, Medium, RecorderId, RecordId, StatementId, StatementKind, SuspensionId


def activity_lines(case_id: int, clearance: Clearance) -> list[ActivityLine]:
    """The activities of a case by their time; those without one come last."""
    held: dict[int, list[ComponentId]] = {}
    seen = {c.id for c in narrowing.components(clearance).where(Record.case == case_id)}
    for fact in FootageFacts.select().where(FootageFacts.activity.in_(CaseActivity.select(CaseActivity.id).where(CaseActivity.case == case_id))):
        if fact.component_id in seen:
            held.setdefault(fact.activity_id, []).append(ComponentId(fact.component_id))
    papers = {r.id for r in narrowing.records(clearance).where(Record.case == case_id)}
    rows = (CaseActivity.select(CaseActivity, Person).join(Person).where((CaseActivity.case == case_id) & CaseActivity.removed_at.is_null())
            .order_by(CaseActivity.id))
    lines = [_activity_line(row, tuple(held.get(row.id, ())), papers) for row in rows]
    return sorted(lines, key=lambda line: (line.start is None, written(line.start) or "", line.id))


def _activity_line(row: CaseActivity, footage: tuple[ComponentId, ...], papers: set[int]) -> ActivityLine:
    term = vocabulary().keys("event").get(row.kind)
    unsuitable = Unsuitable(row.unsuitable_ground, row.unsuitable_reason, row.unsuitable_by) if row.unsuitable_ground else None
    document = RecordId(row.document_id) if row.document_id in papers else None
    return ActivityLine(ActivityId(row.id), row.kind, term.title if term else row.kind, term.stage if term else "", bool(term and term.recorded),
                        read(row.start), read_moment(row.end), read_moment(row.finished), row.place, tuple(json.loads(row.officers)),
                        frozenset(json.loads(row.traits)), document, unsuitable, row.note, footage, row.person.name, row.at,
                        tuple(ActivityId(one) for one in json.loads(row.answers)))


def paper_lines(case_id: int, clearance: Clearance, forms: frozenset[str]) -> list[PaperLine]:
    """The papers of a case in the order of its contents; `forms` are titles of forms that rules name, to suggest one where nobody confirmed."""
    known = {fact.record_id: fact for fact in PaperFacts.select(PaperFacts, Person).join(Person).where(
        PaperFacts.record.in_(Record.select(Record.id).where(Record.case == case_id)))}
    rows = narrowing.records(clearance).where((Record.case == case_id) & ~(Record.medium << [Medium.VIDEO.value, Medium.AUDIO.value]))
    return [_paper_line(row, known.get(row.id), forms) for row in rows.order_by(Record.position, Record.id)]


def _paper_line(row: Record, fact: PaperFacts | None, forms: frozenset[str]) -> PaperLine:
    if fact is None:
        fits = sorted((form for form in forms if form in row.title), key=len)
        return PaperLine(RecordId(row.id), row.title, row.stage or "", row.made_on, None, fits[-1] if fits else "")
    draft = PaperDraft(fact.form, frozenset(json.loads(fact.items)), read(fact.dated), ActivityId(fact.activity_id) if fact.activity_id else None,
                       frozenset(json.loads(fact.signers)), frozenset(json.loads(fact.fields)), tuple(json.loads(fact.officers)), fact.interviewed,
                       read_moment(fact.start), read_moment(fact.end), bool(fact.evidence), bool(fact.outgoing), fact.approved_by, fact.pages,
                       fact.signed_pages, bool(fact.copy))
    return PaperLine(RecordId(row.id), row.title, row.stage or "", row.made_on, draft, fact.form, fact.person.name, fact.at)


def footage_lines(case_id: int, clearance: Clearance) -> list[FootageLine]:
    """The recordings of a case, the earliest first."""
    known = {fact.component_id: fact for fact in FootageFacts.select().where(
        FootageFacts.component.in_(Component.select(Component.id).join(Record).where(Record.case == case_id)))}
    rows = narrowing.components(clearance).where((Record.case == case_id) & (Component.kind << ["video", "audio"])).order_by(Component.id)
    held = list(rows)
    walks = {one.object_id: one for one in ObjectTimeline.select().where(ObjectTimeline.object << [row.object_id for row in held])}
    lines = [_footage_line(row, known.get(row.id), walks.get(row.object_id)) for row in held]
    return sorted(lines, key=lambda line: (line.start is None, line.start.isoformat() if line.start else "", line.component))


def _footage_line(row: Any, fact: FootageFacts | None, walk: ObjectTimeline | None) -> FootageLine:
    start, end = (read_moment(fact.start), read_moment(fact.end)) if fact else span_of(row.camera_time, row.duration_us)
    deposited = read_moment(row.deposited_at)
    assert deposited is not None
    found = walked_facts(row.probe, *((walk.method, walk.covered_us, walk.jumps) if walk else (None, None, None)))
    noted, restarts = read_gaps(fact.gaps) if fact else (), json.loads(walk.restarts) if walk else found.get("restarts", [])
    longer = longer_seconds(row.camera_time, row.duration_us, row.file_time, found)
    within = inside(noted, start, end, json.dumps(found.get("jumps", [])), json.dumps(restarts), longer,
                    row.duration_us)
    common: dict[str, Any] = {
        "component": ComponentId(row.id), "record": RecordId(row.record_id), "title": row.record.title, "name": row.name,
        "sound": row.kind == "audio", "duration_us": row.duration_us, "camera_time": row.camera_time, "start": start, "end": within.end,
        "device": row.device, "deposited": deposited,
        "gaps": within.gaps, "found": tuple(gap for gap in within.gaps if gap not in noted),
        "unplaced": within.unplaced, "walked": found.get("walked", "")}
    if fact is None:
        return FootageLine(ahead_ms=0, confirmed=False, activity=None, recorder=None, returned=None, officer="", claim=None, evidence=False,
                           weight=frozenset(), sheet={}, transcript="", **common)
    return FootageLine(
        ahead_ms=ahead_of(fact.recorder_id, row), confirmed=True, activity=ActivityId(fact.activity_id) if fact.activity_id else None,
        recorder=RecorderId(fact.recorder_id) if fact.recorder_id else None, returned=read_moment(fact.returned), officer=fact.officer,
        claim=Claim(fact.claim_kind, fact.claimant, fact.claim_reason) if fact.claim_kind else None, evidence=bool(fact.evidence),
        weight=frozenset(json.loads(fact.weight)), sheet=json.loads(fact.sheet), transcript=fact.transcript, **common)


def statement_lines(case_id: int, clearance: Clearance) -> list[StatementLine]:
    """Every statement of a case, also withdrawn ones, in the order they were signed."""
    seen = {c.id for c in narrowing.components(clearance).where(Record.case == case_id)}
    rows = Statement.select(Statement, Person).join(Person).where(Statement.case == case_id).order_by(Statement.id)
    return [StatementLine(StatementId(row.id), StatementDraft(
        StatementKind(row.kind), row.text, ActivityId(row.activity_id) if row.activity_id else None,
        ComponentId(row.component_id) if row.component_id else None, read_moment(row.start), read_moment(row.end), row.cause,
        read_moment(row.reported_at)), row.person.name, row.at, row.withdrawn_at, signature_fits(row))
        for row in rows if row.component_id is None or row.component_id in seen]


def waiver_lines(case_id: int) -> list[ReasonLine]:
    """Waivers of a case, also those taken back."""
    rows = ItemWaiver.select(ItemWaiver, Person).join(Person).where(ItemWaiver.case == case_id).order_by(ItemWaiver.id)
    return [ReasonLine(row.id, row.item, row.reason, row.person.name, row.at, row.withdrawn_at) for row in rows]


def override_lines(case_id: int) -> list[ReasonLine]:
    """Other limits of a case; `reason` is what they cite, `facts` the number, the unit and the rank."""
    rows = LimitOverride.select(LimitOverride, Person).join(Person).where(LimitOverride.case == case_id).order_by(LimitOverride.id)
    return [ReasonLine(row.id, row.rule, row.cites, row.person.name, row.at, row.withdrawn_at,
                       {"number": row.number, "unit": row.unit, "rank": row.rank}) for row in rows]


def extension_lines(case_id: int) -> list[ReasonLine]:
    """Extensions of limits; `facts` holds the number, the unit, who approved it (`by`), the day (`on`) and the `subject` where it names one."""
    rows = LimitExtension.select(LimitExtension, Person).join(Person).where(LimitExtension.case == case_id).order_by(LimitExtension.id)
    return [ReasonLine(row.id, row.rule, row.reason, row.person.name, row.at, row.withdrawn_at,
                       {"number": row.number, "unit": row.unit, "by": row.approved_by, "on": row.approved_on, "subject": row.subject})
            for row in rows]


def hold_lines(case_id: int) -> list[ReasonLine]:
    """Holds of a case, also those that ended."""
    rows = Hold.select(Hold, Person).join(Person, on=(Hold.person == Person.id)).where(Hold.case == case_id).order_by(Hold.id)
    return [ReasonLine(row.id, "", row.reason, row.person.name, row.at, row.released_at) for row in rows]


def suspension_lines(case_id: int) -> list[SuspensionLine]:
    """Stretches that limits of a case leave out, also those taken back, in the order they were entered."""
    rows = LimitSuspension.select(LimitSuspension, Person).join(Person).where(LimitSuspension.case == case_id).order_by(LimitSuspension.id)
    return [SuspensionLine(SuspensionId(row.id), row.rule, row.subject, suspension_draft(row), row.person.name, row.at, row.withdrawn_at)
            for row in rows]


def suspension_draft(row: LimitSuspension) -> SuspensionDraft:
    """A stretch as it stands, to be corrected."""
    start, end, told_on = (date.fromisoformat(day) if day else None for day in (row.start, row.end, row.told_on))
    assert start is not None
    return SuspensionDraft(row.kind, start, end, row.reason, row.told, told_on)
