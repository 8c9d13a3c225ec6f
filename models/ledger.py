"""The ledger's tables: leaves with the right edge of their tree, segments to find them by, and signed checkpoints."""

from __future__ import annotations

from models.base import Base, BlobField, IntegerField, TextField


class LedgerLeaf(Base):
    """One act: its canonical text and what the tree keeps beside it.

    Behind the last act stands the end: a row without a leaf, whose `hash` is the compact range of the tree. The next act is written
    into it. So an act costs one page of the log: a row of the tree elsewhere would be a second.
    """

    id = IntegerField(primary_key=True, column_name="seq")
    leaf = TextField(null=True)
    hash = BlobField()


class LedgerSegment(Base):
    """The words by which 256 acts are found: segment `id` holds the entries from 256 × (id − 1) + 1 to 256 × id."""

    id = IntegerField(primary_key=True)
    words = TextField()


class LedgerEntry(Base):
    """The acts as they are read: a view of `ledger_leaf` without its end. What pages filter by is computed from the leaf (see `schema`)."""

    id = IntegerField(primary_key=True, column_name="seq")
    leaf = TextField()
    hash = BlobField()


class LedgerTree(Base):
    """The compact range of the Merkle tree: a view of the end of `ledger_leaf`, one row."""

    id = IntegerField(primary_key=True)
    size = IntegerField()
    frontier = BlobField()


class LedgerCheckpoint(Base):
    """A signed note over the first `id` entries."""

    id = IntegerField(primary_key=True, column_name="size")
    note = TextField()
    at = TextField()
