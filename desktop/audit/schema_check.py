"""Whether the database still has the tables, indexes and triggers that the program gave it, and no others."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from peewee import SchemaManager
from playhouse.apsw_ext import APSWDatabase

from desktop.database import ArchiveDatabase
from desktop.ledger.walk import Finding
from models.schema import EXTRAS, TABLES, VERSION

_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


def schema_findings(database: ArchiveDatabase) -> Iterator[Finding]:
    """`schema.changed`, `schema.missing`, `schema.unknown`, each with the name; and a version that is not this program's."""
    connection = database.connection()
    version = int(connection.pragma("user_version"))
    if version != VERSION:
        yield Finding("schema.version", {"found": version, "known": VERSION})
        return
    lawful = expected()
    there = {(str(kind), str(name)): sql for kind, name, sql in connection.execute(_SCHEMA)}
    for kind, name in sorted(lawful.keys() | there.keys()):
        if (kind, name) not in there:
            yield Finding("schema.missing", {"kind": kind, "name": name})
        elif (kind, name) not in lawful:
            yield Finding("schema.unknown", {"kind": kind, "name": name})
        elif there[kind, name] != lawful[kind, name]:
            yield Finding("schema.changed", {"kind": kind, "name": name})


@functools.cache
def expected() -> dict[tuple[str, str], Any]:
    """The schema that this version makes, asked of an empty database in memory."""
    empty = APSWDatabase(":memory:")
    empty.connect()
    try:
        for table in TABLES:
            SchemaManager(table, empty).create_all()
        for statement in EXTRAS:
            empty.execute_sql(statement)
        return {(str(kind), str(name)): sql for kind, name, sql in empty.connection().execute(_SCHEMA)}
    finally:
        empty.close()
