"""Writes the ledger: one entry for each act, in the transaction of the act itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from desktop.clock import Clock, SystemClock, moment, stamp
from desktop.database import ArchiveDatabase, first_row
from desktop.errors import Refusal
from desktop.ledger.checkpoint import sign
from desktop.ledger.entry import Entry, RowMark, Told
from desktop.ledger.rows import RowDigests
from desktop.ledger.segments import SEGMENT, as_text, entries_in, segment_of, words_of
from desktop.ledger.tree import Frontier
from desktop.vault.desk import DeskKeys
from models.ledger import LedgerCheckpoint
from models.terms import Outcome

# A clock that departs from the machine's own steady time by more than this many seconds is an entry of its own.
JUMP = 120
_ROWS_AT_ONCE = 500


class End(NamedTuple):
    """How far the ledger reaches: the right edge of its tree, the same as it is stored, and the time of the last entry."""

    frontier: Frontier
    stored: bytes
    at: str


class RecordKeeper:
    """The pen of the ledger. Every method is called inside a transaction that the door began."""

    def __init__(self, database: ArchiveDatabase, archive_id: str, desk: str, keys: DeskKeys, clock: Clock) -> None:
        self.origin = f"lantai/{archive_id}"
        self.key_name = f"{self.origin}/{desk}"
        self._database, self._desk, self._keys, self._clock = database, desk, keys, clock
        self._ahead: float | None = None
        self._digests: dict[str, RowDigests] = {}
        self._end: End | None = None  # as it was last written here

    def write(self, *, person: str, role: str, act: str, outcome: Outcome, subject: Mapping[str, Any], facts: Mapping[str, Any],
              marks: Mapping[tuple[str, int], None]) -> int:
        """Append one entry and return its number."""
        return self.write_all(person, role, [Told(act, outcome.value, subject, facts, marks)])

    def write_all(self, person: str, role: str, told: Sequence[Told]) -> int:
        """Append entries of one moment, one after another, and return the number of the last.

        Each row is answered for as it stands now: what an earlier entry of the same moment wrote, a later one may have written over.
        """
        now = self._clock.now()
        self._watch_jump(now)
        return self._append(now, person, role, told)

    def checkpoint(self) -> int:
        """Sign the tree as it stands; returns its size. The row is answered for by the next entry."""
        end = self._read_end()
        size, at = end.frontier.size, end.at or stamp(self._clock.now())
        note = sign(self.origin, size, end.frontier.root(), self.key_name, self._keys.signing_key)
        if not LedgerCheckpoint.select().where(LedgerCheckpoint.id == size).exists():
            LedgerCheckpoint.insert(id=size, note=note, at=at).execute()
        return size

    def _append(self, now: datetime, person: str, role: str, told: Sequence[Told]) -> int:
        """Write behind the end as it is remembered; where it has moved since, behind the end as it is stored."""
        answered = self._answer_for(told)
        written = self._written_behind(self._end, now, person, role, told, answered) if self._end else None
        written = written or self._written_behind(self._read_end(), now, person, role, told, answered)
        if written is None:
            raise Refusal("ledger.damaged")
        self._end = written
        return written.frontier.size

    def _written_behind(self, end: End, now: datetime, person: str, role: str, told: Sequence[Told],
                        answered: Mapping[tuple[str, int], RowMark]) -> End | None:
        """The new end; None, and nothing written, where the ledger does not end so: a transaction was rolled back, or another desk wrote."""
        frontier, at = end.frontier.copy(), max(stamp(now), end.at)
        first = frontier.size + 1
        entries: list[tuple[int, str | None, bytes]] = []
        for one in told:
            leaf = Entry(seq=frontier.size + 1, at=at, desk=self._desk, person=person, role=role, act=one.act, outcome=one.outcome,
                         subject=one.subject, facts=one.facts, rows=[answered[mark] for mark in one.marks]).leaf()
            kept = frontier.append(leaf.encode())
            entries.append((frontier.size, leaf, kept))
        new = End(frontier, frontier.to_bytes(), at)
        connection = self._database.connection()
        connection.execute("UPDATE ledger_leaf SET leaf = ?, hash = ? WHERE seq = ? AND leaf IS NULL AND hash = ?",
                           (*entries[0][1:], first, end.stored))
        if not connection.changes():
            return None
        entries.append((frontier.size + 1, None, new.stored))
        connection.executemany("INSERT INTO ledger_leaf (seq, leaf, hash) VALUES (?, ?, ?)", entries[1:])
        for number in range(segment_of(first), frontier.size // SEGMENT + 1):
            keep_segment(self._database, number)
        return new

    def _read_end(self) -> End:
        """The end of the ledger as it is stored. Raises `Refusal` ledger.damaged."""
        connection = self._database.connection()
        found = first_row(connection, "SELECT seq - 1, hash, leaf IS NULL FROM ledger_leaf ORDER BY seq DESC LIMIT 1")
        if found is None or not found[2]:
            raise Refusal("ledger.damaged")
        last = first_row(connection, "SELECT at FROM ledger_entry ORDER BY seq DESC LIMIT 1")
        frontier = Frontier.from_bytes(found[1])
        if frontier.size != found[0]:
            raise Refusal("ledger.damaged")
        return End(frontier, bytes(found[1]), str(last[0]) if last else "")

    def _answer_for(self, told: Sequence[Told]) -> dict[tuple[str, int], RowMark]:
        """The digest of every row that was written, as the database has it now; none for a row that is gone."""
        wanted: dict[str, dict[int, None]] = {}
        for one in told:
            for table, rowid in one.marks:
                wanted.setdefault(table, {})[rowid] = None
        found = {}
        for table, rowids in wanted.items():
            digests = self._digests_of(table, list(rowids))
            found.update({(table, rowid): RowMark(table, str(rowid), digests.get(rowid)) for rowid in rowids})
        return found

    def _digests_of(self, table: str, rowids: Sequence[int]) -> dict[int, str]:
        columns = self._database.columns(table)
        digests = self._digests.get(table)
        if digests is None or digests.columns != columns:
            digests = self._digests[table] = RowDigests(table, columns)
        connection = self._database.connection()
        found: dict[int, str] = {}
        for start in range(0, len(rowids), _ROWS_AT_ONCE):
            some = rowids[start:start + _ROWS_AT_ONCE]
            rows = connection.execute(f'SELECT rowid, * FROM "{table}" WHERE rowid IN ({", ".join("?" * len(some))})', some).fetchall()
            found.update(zip([row[0] for row in rows], digests.digest_all([row[1:] for row in rows]), strict=True))
        return found

    def _watch_jump(self, now: datetime) -> None:
        """Write an entry when the machine's clock was set, so that nobody meets a time limit by turning it. A stamp sorts as its time."""
        if not isinstance(self._clock, SystemClock):
            return
        ahead, before = now.timestamp() - time.monotonic(), self._ahead  # of the machine's steady time, in seconds
        self._ahead = ahead
        if before is not None:
            drift = abs(ahead - before)
        else:
            last = self._read_end().at
            drift = (moment(last) - now).total_seconds() if last else 0.0
        if drift > JUMP:
            facts: dict[str, Any] = {"clock": stamp(now), "ledger": self._read_end().at, "seconds": int(drift)}
            self._append(now, "", "", [Told("clock.jumped", Outcome.DONE.value, facts=facts)])


def keep_segment(database: ArchiveDatabase, number: int) -> None:
    """Store the words of a segment whose entries have all been written, so that readers find them."""
    connection = database.connection()
    leaves = connection.execute("SELECT leaf FROM ledger_leaf WHERE seq BETWEEN ? AND ?", entries_in(number)).fetchall()
    words = as_text(words_of([leaf.encode() for (leaf,) in leaves]))
    connection.execute("INSERT INTO ledger_segment (id, words) VALUES (?, ?)", (number, words.decode()))
