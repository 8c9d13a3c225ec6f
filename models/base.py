"""The base of every table, and the facts of the archive as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peewee import AutoField, BlobField, BooleanField, DatabaseProxy, ForeignKeyField, IntegerField, Model, TextField

db = DatabaseProxy()


class Base(Model):
    """Moments are UTC text (`2026-11-21T08:30:00.000000Z`), days ISO text, media times whole microseconds."""

    id: Any = AutoField()

    class Meta:
        database = db
        legacy_table_names = False

    if TYPE_CHECKING:
        # peewee makes `<field>_id` and back references at run time.
        def __getattr__(self, name: str) -> Any: ...


class Fact(Base):
    """One fact about the archive as a whole: identity, name, profile, schema, digests of the files beside the database."""

    name = TextField(unique=True)
    value = TextField()


class SchemaStep(Base):
    """One migration that this database has been through, and when (see `migrations/`)."""

    name = TextField(unique=True)
    applied = TextField()


class FieldChange(Base):
    """The history of one field: what it was, what it became, who changed it and why."""

    table_name = TextField()
    row_id = TextField()
    field = TextField()
    old = TextField(null=True)
    new = TextField(null=True)
    reason = TextField()
    person = TextField()
    at = TextField()

    class Meta:
        indexes = ((("table_name", "row_id"), False),)


class Labelled(Base):
    """A row with a secrecy label: the state level (0 none, 1 秘密, 2 机密, 3 绝密), trade secret, personal privacy."""

    state = IntegerField(default=0)
    trade = BooleanField(default=False)
    privacy = BooleanField(default=False)
    internal = BooleanField(default=True)


__all__ = ["AutoField", "Base", "BlobField", "BooleanField", "Fact", "FieldChange", "ForeignKeyField", "IntegerField", "Labelled",
           "SchemaStep", "TextField", "db"]
