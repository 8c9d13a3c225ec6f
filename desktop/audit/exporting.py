"""What the ledger gives away for checking elsewhere: the export, and the receipt of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from desktop.database import first_row
from desktop.ledger import export
from desktop.ledger.tree import inclusion_proof, stored_nodes
from models.ledger import LedgerCheckpoint
from models.people import Desk

if TYPE_CHECKING:
    from desktop.archive import Archive


def write_export(archive: Archive, stream: BinaryIO, size: int) -> int:
    """The first `size` entries and every checkpoint over them, as `desktop/ledger/FORMAT.md` describes; how many entries."""
    origin = archive.keeper.origin
    desks = {f"{origin}/{desk.name}": bytes(desk.ed25519_public) for desk in Desk.select().order_by(Desk.id)}
    head = export.Header(archive.header.archive_id, archive.header.name, desks)
    notes = [row.note for row in LedgerCheckpoint.select().where(LedgerCheckpoint.id <= size).order_by(LedgerCheckpoint.id)]
    return export.write_export(stream, head, _leaves(archive, size), notes)


def receipt_json(archive: Archive, seq: int, size: int) -> str:
    """The receipt of entry `seq` under the checkpoint over `size` entries."""
    connection = archive.database.connection()

    def beside(number: int) -> bytes:
        return bytes(first_row(connection, "SELECT hash FROM ledger_entry WHERE seq = ?", (number,))[0])

    leaf = str(first_row(connection, "SELECT leaf FROM ledger_entry WHERE seq = ?", (seq,))[0])
    proof = inclusion_proof(stored_nodes(beside), seq - 1, size)
    return export.receipt(leaf, seq - 1, size, proof, note_at(size))


def note_at(size: int) -> str:
    """The signed note of the checkpoint over `size` entries."""
    note: str = LedgerCheckpoint.get_by_id(size).note
    return note


def _leaves(archive: Archive, size: int) -> Iterator[str]:
    for (leaf,) in archive.database.connection().execute("SELECT leaf FROM ledger_entry WHERE seq <= ? ORDER BY seq", (size,)):
        yield str(leaf)
