"""Whether the database still has the tables, indexes and triggers that the program gave it, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.database import ArchiveDatabase
from desktop.ledger.walk import Finding
from desktop.schema_history import made_by, schema_of
from models.schema import VERSION


def schema_findings(database: ArchiveDatabase) -> Iterator[Finding]:
    """`schema.changed`, `schema.missing`, `schema.unknown`, each with the name; and a version that is not this program's."""
    version = int(database.connection().pragma("user_version"))
    if version != VERSION:
        yield Finding("schema.version", {"found": version, "known": VERSION})
        return
    lawful, there = made_by(), schema_of(database)
    for kind, name in sorted(lawful.keys() | there.keys()):
        if (kind, name) not in there:
            yield Finding("schema.missing", {"kind": kind, "name": name})
        elif (kind, name) not in lawful:
            yield Finding("schema.unknown", {"kind": kind, "name": name})
        elif there[kind, name] != lawful[kind, name]:
            yield Finding("schema.changed", {"kind": kind, "name": name})
