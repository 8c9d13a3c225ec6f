"""A small ledger in memory, as a database would hold it, for the tests to damage."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.ledger.check import Ledger, Table, check
from desktop.ledger.checkpoint import key_name_of, origin_of, public_bytes, sign
from desktop.ledger.entry import Entry, RowMark, row_digest, row_id
from desktop.ledger.export import Header, write_export
from desktop.ledger.tree import Frontier
from desktop.ledger.walk import Finding

ARCHIVE = "a7f3"
DESK_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = public_bytes(DESK_KEY.public_key())
KEY_NAME = key_name_of(ARCHIVE, "desk-01")
ORIGIN = origin_of(ARCHIVE)
Row = dict[str, object]


def at(second: int) -> str:
    return f"2026-11-21T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000000Z"


def entry(seq: int, rows: list[RowMark] | None = None, **changed: object) -> Entry:
    plain = Entry(seq, at(seq), "desk-01", "张三", "archivist", "cases.describe", "done", {"case": seq % 5, "号": "〔2026〕1"},
                  {"note": 'a "quoted"\n\\ note', "rows": "case_folder/1/-", "copies": [1, None, True]}, rows or [])
    return plain._replace(**changed)  # type: ignore[arg-type]  # the test names real fields


@dataclass
class Office:
    """Stored entries, the frontier, checkpoints and one table; `act` writes as the door does."""

    entries: list[tuple[int, str | bytes, bytes]] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier.empty)
    checkpoints: list[tuple[int, str]] = field(default_factory=list)
    cases: dict[int, Row] = field(default_factory=dict)

    def act(self, case: int, title: str | None, **changed: object) -> None:
        row: Row = {"id": case, "title": title, "level": case % 4, "seal": b"\x00\xff", "closed": None}
        if title is None:
            del self.cases[case]
        else:
            self.cases[case] = row
        mark = RowMark("case_folder", row_id(case), None if title is None else row_digest("case_folder", row))
        self.append(entry(self.frontier.size + 1, [mark], **changed).leaf())

    def append(self, leaf: str) -> None:
        kept = self.frontier.append(leaf.encode())
        self.entries.append((self.frontier.size, leaf, kept))

    def checkpoint(self) -> str:
        note = sign(ORIGIN, self.frontier.size, self.frontier.root(), KEY_NAME, DESK_KEY)
        self.checkpoints.append((self.frontier.size, note))
        return note

    def ledger(self, outside: list[str] | None = None) -> Ledger:
        return Ledger(ORIGIN, lambda: list(self.entries), self.frontier.to_bytes(), {KEY_NAME: PUBLIC}, self.checkpoints,
                      outside or [], [Table.of("case_folder", list(self.cases.values()))])

    def findings(self, outside: list[str] | None = None) -> list[Finding]:
        return list(check(self.ledger(outside)))

    def codes(self, outside: list[str] | None = None) -> list[str]:
        return [finding.code for finding in self.findings(outside)]

    def rebuilt(self, change: Callable[[list[str]], None]) -> Office:
        """Another history that is whole in itself: all leaves changed as wanted, the tree recomputed, no checkpoints."""
        leaves = [str(leaf) for _, leaf, _ in self.entries]
        change(leaves)
        other = Office(cases=self.cases)
        for leaf in leaves:
            other.append(leaf)
        return other

    def export(self) -> bytes:
        stream = io.BytesIO()
        header = Header(ARCHIVE, "示例局", {KEY_NAME: PUBLIC})
        write_export(stream, header, [str(leaf) for _, leaf, _ in self.entries], [note for _, note in self.checkpoints])
        return stream.getvalue()


def office(count: int = 40, every: int = 10) -> Office:
    """`count` acts on seven cases, a checkpoint after each `every`."""
    made = Office()
    for number in range(1, count + 1):
        made.act(number % 7 + 1, f"虚假广告案 {number}")
        if number % every == 0:
            made.checkpoint()
    return made
