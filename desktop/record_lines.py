"""Records and their components as every page shows them: the lines that cases, intake and media have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.cases import Record
from models.holdings import Component
from models.secrecy import Label
from models.terms import CaseId, ComponentId, Medium, RecordId, Stage


@dataclass(frozen=True)
class ComponentLine:
    """The bytes of a record as the contents list shows them. Times in microseconds; `camera_time` is the device's own text."""

    id: ComponentId
    record: RecordId
    name: str
    kind: str
    mime: str
    size: int
    sha256: str
    duration_us: int | None
    pages: int | None
    camera_time: str | None
    status: str
    findings: tuple[str, ...]
    deposited_at: str
    duplicate_of: ComponentId | None
    device: str = ""
    place: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class RecordLine:
    """One 件 of a case, in the order of the contents."""

    id: RecordId
    case: CaseId | None
    title: str
    medium: Medium
    stage: Stage | None
    position: int
    made_on: str | None
    label: Label
    filed_at: str | None
    created_by: str
    components: tuple[ComponentLine, ...] = ()
    case_number: str = ""


def record_lines(query: Any) -> tuple[RecordLine, ...]:
    """Records with their components and the name of who made the row."""
    rows = list(query)
    components: dict[int, list[ComponentLine]] = {}
    for c in Component.select().where(Component.record << [r.id for r in rows]).order_by(Component.id):
        components.setdefault(c.record_id, []).append(component_line(c))
    return tuple(_record_line(r, tuple(components.get(r.id, ()))) for r in rows)


def _record_line(row: Record, components: tuple[ComponentLine, ...]) -> RecordLine:
    return RecordLine(RecordId(row.id), CaseId(row.case_id) if row.case_id else None, row.title, Medium(row.medium),
                      Stage(row.stage) if row.stage else None, row.position, row.made_on, row.label, row.filed_at,
                      row.created_by.name, components, row.case.case_number if row.case else "")


def component_line(row: Any) -> ComponentLine:
    return ComponentLine(ComponentId(row.id), RecordId(row.record_id), row.name, row.kind, row.mime, row.size, row.sha256, row.duration_us,
                         row.pages, row.camera_time, row.status, tuple(json.loads(row.findings)), row.deposited_at,
                         ComponentId(row.duplicate_of_id) if row.duplicate_of_id else None, row.device, row.place, row.width, row.height)
