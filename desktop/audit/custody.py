"""流转: everything that ever happened to one thing, from the ledger, the requests for it included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.audit.entries import EntryLine, worded
from desktop.audit.stretches import entries_about
from desktop.database import ArchiveDatabase, first_row
from models.access import Request, RequestItem
from models.cases import Record
from models.holdings import Component
from models.secrecy import Clearance

MOST = 5000


@dataclass(frozen=True)
class Concern:
    """Which subjects an entry must name to belong to the report."""

    cases: tuple[int, ...] = ()
    records: tuple[int, ...] = ()
    components: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()


def of_component(component_id: int) -> Concern:
    """One electronic file, its record, and the requests that ask for it."""
    component = Component.get_by_id(component_id)
    return Concern((), (component.record_id,), (component_id,), _asking([component_id]))


def of_record(record_id: int) -> Concern:
    """One record with all its files."""
    components = _ids(Component.select(Component.id).where(Component.record == record_id))
    return Concern((), (record_id,), components, _asking(components))


def of_case(case_id: int) -> Concern:
    """A case folder with all that is in it."""
    records = _ids(Record.select(Record.id).where(Record.case == case_id))
    components = _ids(Component.select(Component.id).where(Component.record << list(records)))
    asked = _ids(Request.select(Request.id).where(Request.case == case_id))
    return Concern((case_id,), records, components, tuple(sorted({*asked, *_asking(components)})))


def entries_of(database: ArchiveDatabase, concern: Concern, clearance: Clearance) -> list[EntryLine]:
    """The entries of a report, oldest first, the newest 5,000 of them; hidden things have none."""
    connection = database.connection()
    seqs = entries_about(connection, {"case": concern.cases, "record": concern.records, "component": concern.components,
                                      "request": concern.requests})
    one_entry = "SELECT seq, leaf FROM ledger_entry WHERE seq = ?"
    leaves = [first_row(connection, one_entry, (seq,)) for seq in seqs[-MOST:]]
    return [line for line in worded(leaves, clearance) if not line.veiled]


def _asking(components: Iterable[int]) -> tuple[int, ...]:
    found = RequestItem.select(RequestItem.request).where(RequestItem.component << list(components)).distinct()
    return tuple(sorted(item.request_id for item in found))


def _ids(query: Any) -> tuple[int, ...]:
    return tuple(row.id for row in query)
