"""One entry of the ledger in full: what it wrote, its hash, and the path that proves it under the root of now."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from desktop.audit.entries import EntryLine, worded
from desktop.clearance import components
from desktop.database import ArchiveDatabase, first_row
from desktop.errors import Refusal
from desktop.ledger.entry import Entry
from desktop.ledger.tree import Frontier, inclusion_proof, leaf_hash, stored_nodes, verify_inclusion
from models.cases import CaseFolder, Record
from models.holdings import Component
from models.ledger import LedgerCheckpoint
from models.secrecy import Clearance
from models.terms import CaseId, ComponentId

DRAWN = 3  # levels of the proof that are drawn


@dataclass(frozen=True)
class EntryDetail:
    """`rows` are (table, row, whether it was deleted). `turns` are the first steps down from the root, True to the right."""

    line: EntryLine
    rows: tuple[tuple[str, str, bool], ...]
    leaf_hash: str
    root: str
    size: int
    steps: int
    holds: bool
    turns: tuple[bool, ...]


@dataclass(frozen=True)
class Signed:
    """A signed checkpoint: over how many entries, when, its root in hex, and the note itself."""

    size: int
    at: str
    root: str
    note: str


@dataclass(frozen=True)
class FileLine:
    """One electronic file, to choose it for a custody report."""

    component: ComponentId
    name: str
    title: str
    case: CaseId | None
    case_number: str
    deposited_at: str


def entry_detail(database: ArchiveDatabase, clearance: Clearance, seq: int) -> EntryDetail:
    """Raises `Refusal` not_found, ledger.entry_unreadable."""
    connection = database.connection()
    found = first_row(connection, "SELECT leaf FROM ledger_entry WHERE seq = ?", (seq,))
    tree = first_row(connection, "SELECT frontier FROM ledger_tree WHERE id = 1")
    if found is None or tree is None:
        raise Refusal("not_found")
    leaf, frontier = str(found[0]), Frontier.from_bytes(bytes(tree[0]))

    def beside(number: int) -> bytes:
        row = first_row(connection, "SELECT hash FROM ledger_entry WHERE seq = ?", (number,))
        return bytes(row[0]) if row is not None else b""

    digest, root = leaf_hash(leaf.encode()), frontier.root()
    proof = inclusion_proof(stored_nodes(beside), seq - 1, frontier.size)
    holds = verify_inclusion(digest, seq - 1, frontier.size, proof, root)
    line = worded([(seq, leaf)], clearance)[0]
    rows = () if line.veiled else tuple((m.table, m.row_id, m.digest is None) for m in Entry.parse(leaf).rows)
    return EntryDetail(line, rows, digest.hex(), root.hex(), frontier.size, len(proof), holds, _turns(seq - 1, frontier.size))


def newest_checkpoint() -> Signed | None:
    """The newest checkpoint that this archive has signed; None before the first."""
    row = LedgerCheckpoint.select().order_by(LedgerCheckpoint.id.desc()).first()
    return signed(row.note, row.at) if row is not None else None


def signed(note: str, at: str) -> Signed:
    """A note taken apart: origin, size, root in base64, then the signatures (C2SP tlog-checkpoint)."""
    lines = note.split("\n")
    return Signed(int(lines[1]), at, base64.b64decode(lines[2]).hex(), note)


def files_by_words(clearance: Clearance, words: str, limit: int) -> list[FileLine]:
    """Files whose name, title or case number holds the words, the newest first; only those that exist for this reader."""
    holds = Component.name.contains(words) | Record.title.contains(words) | CaseFolder.case_number.contains(words)
    found = components(clearance).where(holds).order_by(Component.id.desc()).limit(limit)
    return [FileLine(ComponentId(c.id), c.name, c.record.title, CaseId(c.record.case_id) if c.record.case_id else None,
                     c.record.case.case_number if c.record.case else "", c.deposited_at) for c in found]


def _turns(index: int, size: int) -> tuple[bool, ...]:
    """Down from the root: to the right where the leaf lies behind the largest full subtree (RFC 6962 §2.1)."""
    first, end, turns = 0, size, list[bool]()
    while end - first > 1 and len(turns) < DRAWN:
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        right = index >= middle
        first, end = (middle, end) if right else (first, middle)
        turns.append(right)
    return tuple(turns)
