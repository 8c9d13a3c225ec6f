"""The history of each field: what changed, who changed it, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from desktop.clock import stamp
from desktop.errors import Refusal
from models.base import Base, FieldChange

if TYPE_CHECKING:
    from desktop.archive import Archive


def amend(archive: Archive, row: Base, changes: dict[str, Any], reason: str) -> dict[str, Any]:
    """Set fields of a row and keep what they were. Returns the changes that changed something.

    Raises `Refusal` change.reason_missing when a change comes without a reason.
    """
    if not reason.strip():
        raise Refusal("change.reason_missing")
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        return {}
    for name, value in changed.items():
        keep(archive, row._meta.table_name, row.id, name, getattr(row, name), value, reason)
    type(row).update(**changed).where(type(row).id == row.id).execute()
    return changed


def keep(archive: Archive, table: str, row_id: int, field: str, old: object, new: object, reason: str) -> None:
    """Write one line of history."""
    FieldChange.create(table_name=table, row_id=str(row_id), field=field, old=_text(old), new=_text(new), reason=reason.strip(),
                       person=archive.person.name, at=stamp(archive.clock.now()))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
