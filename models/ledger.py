"""The ledger's tables: entries, the right edge of their tree, and signed checkpoints."""

from __future__ import annotations

from models.base import Base, BlobField, IntegerField, TextField


class LedgerEntry(Base):
    """One act. `leaf` is the record itself; what pages filter by is computed from it by the database (see `schema`)."""

    id = IntegerField(primary_key=True, column_name="seq")
    leaf = TextField()
    hash = BlobField()


class LedgerTree(Base):
    """The compact range of the Merkle tree: one row."""

    id = IntegerField(primary_key=True)
    size = IntegerField()
    frontier = BlobField()


class LedgerCheckpoint(Base):
    """A signed note over the first `id` entries."""

    id = IntegerField(primary_key=True, column_name="size")
    note = TextField()
    at = TextField()
