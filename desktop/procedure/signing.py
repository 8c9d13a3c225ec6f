"""The signature under a written statement: what it covers, and whether it fits."""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.signatures import signed_by
from models.people import Person
from models.procedure import Statement

FORMAT = "lantai-statement-1"


def signature_fits(row: Statement) -> bool:
    """Whether a statement says what its signer signed."""
    if not signed_by(row.person, row.at, row.document.encode(), bytes(row.signature)):
        return False
    said = json.loads(row.document)
    told = {"kind": row.kind, "activity": row.activity_id, "start": row.start, "end": row.end, "cause": row.cause, "text": row.text,
            "reported_at": row.reported_at}
    recording = said["recording"]["id"] if said["recording"] else None
    return bool(said["signer"]["id"] == row.person_id and recording == row.component_id and all(said[name] == told[name] for name in told))


def fitting(statements: Iterable[int]) -> frozenset[int]:
    """Of these statements the ones whose signature fits."""
    rows = Statement.select(Statement, Person).join(Person).where(Statement.id << list(statements))
    return frozenset(row.id for row in rows if signature_fits(row))
