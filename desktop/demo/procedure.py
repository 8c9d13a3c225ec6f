"""What was done in the training cases: activities, confirmed papers, recordings in their corrected time, a gap with its statement."""

from __future__ import annotations

import functools
import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop.demo.people import PEOPLE, password_of
from desktop.paths import RESOURCES
from desktop.procedure import ActivityDraft, DockDraft, FootageDraft, PaperDraft, RecorderDraft, SheetDraft
from models.terms import ActivityId, CaseId, ComponentId, RecorderId, RecordId, StatementKind

if TYPE_CHECKING:
    from desktop.archive import Archive

SOURCE = RESOURCES / "demo" / "procedure.toml"


def tell_recorders(archive: Archive) -> dict[str, RecorderId]:
    """The register of recorders, each with its clock as it was read at docking."""
    found = {}
    for one in _source()["recorder"]:
        found[one["number"]] = archive.procedure.recorder_add(RecorderDraft(one["number"], "训练记录仪", one["holder"]))
        archive.procedure.docked(found[one["number"]], DockDraft(archive.clock.now() + timedelta(seconds=one["ahead_seconds"])))
    return found


def tell_procedure(archive: Archive, case: CaseId, key: str, officers: tuple[str, ...], recorders: dict[str, RecorderId]) -> None:
    """The procedure of one case, entered by the archivist from its papers."""
    told, room = _told(key), archive.procedure
    activities = {one["name"]: _activity(archive, case, one, officers) for one in told["activity"]}
    records = {record.title: record for record in archive.cases.folder(case).records}
    for one in told["paper"]:
        room.paper_confirm(RecordId(records[one["title"]].id), _paper(one, told, activities, officers))
    footage = {one["title"]: records[one["title"]].components[0].id for one in told["footage"]}
    for one in told["footage"]:
        draft = FootageDraft(activities.get(one["activity"]), recorders.get(one.get("recorder", "")), one.get("start"), None, one.get("returned"),
                             one["officer"])
        room.footage_link(footage[one["title"]], draft)
        if "sheet" in one:
            room.evidence_sheet(footage[one["title"]], SheetDraft(one["sheet"], one.get("transcript", ""), True))
    for one in told.get("gap", []):
        _explain(archive, case, one, footage, activities)
    room.answer(case, told["answers"])
    for one in told.get("waive", []):
        room.waive(case, one["item"], one["reason"])
    if "keep" in told:
        room.retention_set(case, told["keep"]["years"], told["keep"]["reason"])


def ending_of(key: str) -> dict[str, Any] | None:
    """How a case ended, when, and who signs it; None while it goes on."""
    return _told(key).get("end")


def _activity(archive: Archive, case: CaseId, one: dict[str, Any], officers: tuple[str, ...]) -> ActivityId:
    draft = ActivityDraft(one["kind"], one["start"], one.get("end"), place=one.get("place", ""), officers=officers,
                          traits=frozenset(one.get("traits", ())))
    made = archive.procedure.activity_add(case, draft)
    if "unsuitable" in one:
        archive.procedure.unsuitable(made, "unsuitable", one["unsuitable"], officers[0])
    return made


def _paper(one: dict[str, Any], told: dict[str, Any], activities: dict[str, ActivityId], officers: tuple[str, ...]) -> PaperDraft:
    """One paper as its activity dates it; the record of one that lasted has its beginning and end."""
    of: dict[str, Any] = next((a for a in told["activity"] if a["name"] == one.get("activity")), {})
    spoken = of.get("end") is not None
    return PaperDraft(one.get("form", one["title"]), frozenset(one["items"]), of["start"].date() if of else None,
                      activities.get(one.get("activity", "")), frozenset(one.get("signers", ())), frozenset(one.get("fields", ())), officers,
                      one.get("interviewed", ""), of["start"] if spoken else None, of["end"] if spoken else None, one.get("evidence", False),
                      one.get("outgoing", False), one.get("approved_by", ""))


def _explain(archive: Archive, case: CaseId, one: dict[str, Any], footage: dict[str, ComponentId], activities: dict[str, ActivityId]) -> None:
    """The stretch between two recordings, with its statement signed."""
    lines = {line.component: line for line in archive.procedure.footage(case)}
    first, second = lines[footage[one["after"]]], lines[footage[one["before"]]]
    draft = archive.procedure.statement_draft(case, StatementKind.INTERRUPTION, activity=activities[one["activity"]], component=first.component,
                                              start=first.end, end=second.start, cause=one["cause"], reason=one["reason"])
    archive.procedure.statement_sign(case, draft, password_of(next(p for p in PEOPLE if p.name == archive.person.name)))


def _told(key: str) -> dict[str, Any]:
    return next(case for case in _source()["case"] if case["key"] == key)


@functools.cache
def _source() -> dict[str, Any]:
    with open(SOURCE, "rb") as f:
        return tomllib.load(f)
