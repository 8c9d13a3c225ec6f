"""The only narrowing of queries by secrecy: what a person may not know of does not come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peewee import JOIN

from models.cases import CaseFolder, Record
from models.disclosure import Complaint, DisclosureRequest
from models.holdings import Component
from models.secrecy import Clearance


def within(table: Any, clearance: Clearance) -> Any:
    """The condition that a row's own label is within the clearance."""
    condition = table.state <= clearance.state
    if not clearance.trade:
        condition &= table.trade == False  # noqa: E712 - peewee builds SQL from the comparison
    if not clearance.privacy:
        condition &= table.privacy == False  # noqa: E712 - as above
    return condition


def cases(clearance: Clearance, query: Any = None) -> Any:
    """Case folders that exist for this clearance."""
    return (query if query is not None else CaseFolder.select()).where(within(CaseFolder, clearance))


def records(clearance: Clearance, query: Any = None) -> Any:
    """Records that exist for this clearance: their own label and that of their case are both within it."""
    chosen = query if query is not None else Record.select(Record, CaseFolder)
    return (chosen.join_from(Record, CaseFolder, JOIN.LEFT_OUTER)
            .where(within(Record, clearance) & (Record.case.is_null() | within(CaseFolder, clearance))))


def case_exists(case_id: int, clearance: Clearance) -> bool:
    return bool(cases(clearance).where(CaseFolder.id == case_id).exists())


def record_exists(record_id: int, clearance: Clearance) -> bool:
    return bool(records(clearance).where(Record.id == record_id).exists())


def components(clearance: Clearance, query: Any = None) -> Any:
    """Components whose record, and its case, exist for this clearance."""
    chosen = query if query is not None else Component.select(Component, Record, CaseFolder)
    return (chosen.join_from(Component, Record).join_from(Record, CaseFolder, JOIN.LEFT_OUTER)
            .where(within(Record, clearance) & (Record.case.is_null() | within(CaseFolder, clearance))))


def component_exists(component_id: int, clearance: Clearance) -> bool:
    return bool(components(clearance).where(Component.id == component_id).exists())


def disclosure_exists(request_id: int, clearance: Clearance) -> bool:
    condition = (DisclosureRequest.id == request_id) & within(DisclosureRequest, clearance)
    return bool(DisclosureRequest.select().where(condition).exists())


def complaint_exists(complaint_id: int, clearance: Clearance) -> bool:
    return bool(Complaint.select().where((Complaint.id == complaint_id) & within(Complaint, clearance)).exists())


# What a subject of an act may name, and whether it exists for a clearance.
EXISTS: dict[str, Callable[[int, Clearance], bool]] = {
    "case": case_exists, "record": record_exists, "component": component_exists, "disclosure": disclosure_exists, "complaint": complaint_exists}
