"""People, their keys and clearances, units and certificates; compartments; desks."""

from __future__ import annotations

from models.base import Base, BlobField, BooleanField, ForeignKeyField, IntegerField, TextField
from models.secrecy import Clearance


class Person(Base):
    """Somebody with an account. Private keys stand here only sealed under the person's own password."""

    name = TextField(unique=True)
    role = TextField()
    post = TextField(default="")
    certificate = TextField(default="")
    clear_state = IntegerField(default=0)
    clear_trade = BooleanField(default=False)
    clear_privacy = BooleanField(default=False)
    hpke_public = BlobField()
    ed25519_public = BlobField()
    locked_keys = BlobField()
    failed_attempts = IntegerField(default=0)
    locked_until = TextField(null=True)
    active = BooleanField(default=True)
    must_change = BooleanField(default=False)
    created_at = TextField()

    @property
    def clearance(self) -> Clearance:
        return Clearance(self.clear_state, self.clear_trade, self.clear_privacy)


class FormerKey(Base):
    """The public half that somebody signed with until they were given new keys: what they signed until then still stands."""

    person = ForeignKeyField(Person, backref="former_keys", on_delete="RESTRICT")
    ed25519_public = BlobField()
    until = TextField()


class PersonUnit(Base):
    """所属机构: the unit (机构、中队) that somebody belongs to from a day on, until the next row. What was
    stays: sums of last year keep their unit."""

    person = ForeignKeyField(Person, backref="units", on_delete="RESTRICT")
    unit = TextField()
    since = TextField()
    author = ForeignKeyField(Person, backref="assigned", on_delete="RESTRICT")
    at = TextField()

    class Meta:
        indexes = ((("person", "since"), True),)


class Certificate(Base):
    """执法证: whose it is and from when until when it is valid (ISO days, both included). A renewed one is a row of its own; `person` where the
    holder has an account here."""

    number = TextField(index=True)
    name = TextField(index=True)
    person = ForeignKeyField(Person, null=True, backref="certificates", on_delete="RESTRICT")
    unit = TextField(default="")
    valid_from = TextField()
    valid_until = TextField()
    note = TextField(default="")
    author = ForeignKeyField(Person, backref="registered", on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)


class Compartment(Base):
    """One compartment of the vault: objects are sealed to its public key."""

    name = TextField(unique=True)
    public = BlobField()


class CompartmentKey(Base):
    """A compartment's private key, sealed to one cleared person, or to the recovery key where `person` is empty."""

    compartment = ForeignKeyField(Compartment, on_delete="RESTRICT")
    person = ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    sealed = BlobField()

    class Meta:
        indexes = ((("compartment", "person"), True),)


class Desk(Base):
    """A machine that opens this archive; its key signs checkpoints and receipts."""

    name = TextField(unique=True)
    ed25519_public = BlobField()
    created_at = TextField()
