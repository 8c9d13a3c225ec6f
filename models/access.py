"""Requests to view or copy, the leader's decision, and the grant that opens exactly what was signed."""

from __future__ import annotations

from peewee import Check

from models.base import Base, BlobField, ForeignKeyField, IntegerField, TextField
from models.cases import CaseFolder
from models.holdings import Component, StoredObject
from models.people import Person


class Request(Base):
    """申请: what somebody asks to view or copy, why, and until when."""

    number = TextField(unique=True)
    requester = ForeignKeyField(Person, on_delete="RESTRICT")
    case = ForeignKeyField(CaseFolder, null=True, on_delete="RESTRICT")
    verb = TextField()
    copies = IntegerField(default=0)
    purpose = TextField()
    until = TextField()
    state = TextField(index=True)
    created_at = TextField()


class RequestItem(Base):
    """One component asked for; `spans` is JSON `[[start_us, end_us], …]`, empty for the whole."""

    request = ForeignKeyField(Request, backref="items", on_delete="RESTRICT")
    component = ForeignKeyField(Component, on_delete="RESTRICT")
    spans = TextField(default="[]")


class Decision(Base):
    """负责人批准 or refusal. Nobody decides their own request: the table itself refuses it."""

    request = ForeignKeyField(Request, unique=True, on_delete="RESTRICT")
    requester = ForeignKeyField(Person, backref="asked", on_delete="RESTRICT")
    approver = ForeignKeyField(Person, backref="decided", on_delete="RESTRICT")
    outcome = TextField()
    reason = TextField(default="")
    document = TextField()
    signature = BlobField()
    at = TextField()

    class Meta:
        constraints = [Check("approver_id <> requester_id")]


class Grant(Base):
    """授权: who may open what until when; revoking closes it at the next segment that is read."""

    decision = ForeignKeyField(Decision, unique=True, on_delete="RESTRICT")
    request = ForeignKeyField(Request, unique=True, on_delete="RESTRICT")
    grantee = ForeignKeyField(Person, on_delete="RESTRICT")
    valid_from = TextField()
    until = TextField()
    revoked_at = TextField(null=True)
    revoked_by = ForeignKeyField(Person, null=True, backref="revoked", on_delete="RESTRICT")
    revoke_reason = TextField(default="")


class GrantKey(Base):
    """The data key of one approved object, sealed anew to the grantee."""

    grant = ForeignKeyField(Grant, backref="keys", on_delete="RESTRICT")
    object = ForeignKeyField(StoredObject, on_delete="RESTRICT")
    sealed_key = BlobField()

    class Meta:
        indexes = ((("grant", "object"), True),)


class Copy(Base):
    """复制件: one numbered copy that left the archive, with its digest."""

    grant = ForeignKeyField(Grant, backref="made", on_delete="RESTRICT")
    component = ForeignKeyField(Component, on_delete="RESTRICT")
    number = IntegerField()
    sha256 = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()

    class Meta:
        indexes = ((("grant", "component", "number"), True),)
