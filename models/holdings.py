"""What is held: encrypted objects, the components (电子文件) of records, and the deposits that brought them in."""

from __future__ import annotations

from models.base import Base, BlobField, BooleanField, ForeignKeyField, IntegerField, TextField
from models.cases import CaseFolder, Record
from models.people import Person


class StoredObject(Base):
    """One encrypted object of the vault; its data key is sealed to the compartments of its label."""

    object_id = TextField(unique=True)
    size = IntegerField()
    sha256 = TextField(index=True)
    cipher_size = IntegerField()
    cipher_sha256 = TextField()
    compartments = TextField()
    sealed_key = BlobField()
    created_at = TextField()


class Deposit(Base):
    """移交: one taking-in of files, restartable; where it stands is on its rows."""

    source = BlobField()
    source_shown = TextField()
    case = ForeignKeyField(CaseFolder, null=True, on_delete="RESTRICT")
    state = TextField()
    label = TextField(default="")
    started_at = TextField()
    finished_at = TextField(null=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")


class Component(Base):
    """电子文件: the bytes of a record, as they came. `camera_time` is the device's own text and is never corrected here."""

    record = ForeignKeyField(Record, backref="components", on_delete="RESTRICT")
    object = ForeignKeyField(StoredObject, on_delete="RESTRICT")
    deposit = ForeignKeyField(Deposit, null=True, on_delete="RESTRICT")
    original_name = BlobField()
    name = TextField()
    kind = TextField()
    mime = TextField(default="")
    size = IntegerField(index=True)
    sha256 = TextField(index=True)
    duration_us = IntegerField(null=True)
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    pages = IntegerField(null=True)
    camera_time = TextField(null=True)
    file_time = TextField(null=True)
    device = TextField(default="")
    place = TextField(default="")
    probe = TextField(default="{}")
    status = TextField()
    findings = TextField(default="[]")
    duplicate_of = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    deposited_at = TextField()
    deposited_by = ForeignKeyField(Person, on_delete="RESTRICT")


class DepositItem(Base):
    """One file of a deposit: its path as given, and what became of it."""

    deposit = ForeignKeyField(Deposit, backref="items", on_delete="RESTRICT")
    path = BlobField()
    size = IntegerField()
    state = TextField()
    component = ForeignKeyField(Component, null=True, on_delete="RESTRICT")
    reason = TextField(default="")

    class Meta:
        indexes = ((("deposit", "state"), False),)


class Preview(Base):
    """A small picture of a component, encrypted under a key derived from the component's data key."""

    component = ForeignKeyField(Component, unique=True, on_delete="RESTRICT")
    sealed = BlobField()


class ObjectTimeline(Base):
    """What walking through the packets of a recording found: where its timeline leaps (`jumps`, pairs) and where it begins anew (`restarts`), JSON,
    in microseconds from the beginning. `method` is packets, index, or none where the format keeps no times; `complete` whether the end was seen."""

    object = ForeignKeyField(StoredObject, unique=True, on_delete="RESTRICT")
    method = TextField()
    jumps = TextField(default="[]")
    restarts = TextField(default="[]")
    covered_us = IntegerField(default=0)
    complete = BooleanField(default=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
