"""Writes the ledger: one entry for each act, in the transaction of the act itself."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.clock import Clock, SystemClock, moment, stamp
from desktop.database import ArchiveDatabase, first_row
from desktop.errors import Refusal
from desktop.ledger.checkpoint import sign
from desktop.ledger.entry import Entry, RowMark, row_digest
from desktop.ledger.tree import Frontier
from desktop.vault.desk import DeskKeys
from models.ledger import LedgerCheckpoint
from models.terms import Outcome

# A clock that departs from the machine's own steady time by more than this is an entry of its own.
JUMP = timedelta(minutes=2)


class RecordKeeper:
    """The pen of the ledger. Every method is called inside a transaction that the door began."""

    def __init__(self, database: ArchiveDatabase, archive_id: str, desk: str, keys: DeskKeys, clock: Clock) -> None:
        self.origin = f"lantai/{archive_id}"
        self.key_name = f"{self.origin}/{desk}"
        self._database, self._desk, self._keys, self._clock = database, desk, keys, clock
        self._steady: tuple[float, Any] | None = None
        self._end: tuple[bytes, Frontier, str] | None = None  # the frontier as it was last stored, read, with the time of its last entry

    def write(self, *, person: str, role: str, act: str, outcome: Outcome, subject: Mapping[str, Any], facts: Mapping[str, Any],
              marks: Mapping[tuple[str, int], None]) -> int:
        """Append one entry and return its number."""
        now, (_, last) = self._clock.now(), self._read_end()
        self._watch_jump(now, last)
        rows = [self._mark(table, rowid) for table, rowid in marks]
        return self._append(max(stamp(now), last), person, role, act, outcome, subject, facts, rows)

    def checkpoint(self) -> int:
        """Sign the tree as it stands; returns its size. The row is answered for by the next entry."""
        frontier, last = self._read_end()
        size, at = frontier.size, last or stamp(self._clock.now())
        note = sign(self.origin, size, frontier.root(), self.key_name, self._keys.signing_key)
        if not LedgerCheckpoint.select().where(LedgerCheckpoint.id == size).exists():
            LedgerCheckpoint.insert(id=size, note=note, at=at).execute()
        return size

    def _append(self, at: str, person: str, role: str, act: str, outcome: Outcome, subject: Mapping[str, Any], facts: Mapping[str, Any],
                rows: list[RowMark]) -> int:
        frontier, _ = self._read_end()
        size = frontier.size
        leaf = Entry(seq=size + 1, at=at, desk=self._desk, person=person, role=role, act=act, outcome=outcome.value, subject=dict(subject),
                     facts=dict(facts), rows=rows).leaf()
        self._end = None  # until it is stored: a frontier that has grown in memory only must not be met again
        digest = frontier.append(leaf.encode())
        stored = frontier.to_bytes()
        connection = self._database.connection()
        connection.execute("INSERT INTO ledger_entry (seq, leaf, hash) VALUES (?, ?, ?)", (size + 1, leaf, digest))
        connection.execute("UPDATE ledger_tree SET size = ?, frontier = ? WHERE id = 1", (size + 1, stored))
        self._end = stored, frontier, at
        return size + 1

    def _read_end(self) -> tuple[Frontier, str]:
        """The frontier and the time of the last entry. The stored row decides: what is in memory counts only while it equals it,
        so a transaction that was rolled back, or another desk that wrote, is noticed."""
        connection = self._database.connection()
        found = first_row(connection, "SELECT size, frontier FROM ledger_tree WHERE id = 1")
        if found is None:
            raise Refusal("ledger.damaged")
        size, stored = found
        if self._end is None or self._end[0] != stored or self._end[1].size != size:
            last = first_row(connection, "SELECT at FROM ledger_entry ORDER BY seq DESC LIMIT 1")
            frontier = Frontier.from_bytes(stored)
            if frontier.size != size:
                raise Refusal("ledger.damaged")
            self._end = bytes(stored), frontier, str(last[0]) if last else ""
        return self._end[1], self._end[2]

    def _mark(self, table: str, rowid: int) -> RowMark:
        row = self._database.row(table, rowid)
        return RowMark(table, str(rowid), None if row is None else row_digest(table, row))

    def _watch_jump(self, now: Any, last: str) -> None:
        """Write an entry when the machine's clock was set, so that nobody meets a time limit by turning it. A stamp sorts as its time."""
        steady, before = time.monotonic(), self._steady
        self._steady = steady, now
        if not isinstance(self._clock, SystemClock):
            return
        if before:
            drift = abs((now - before[1]) - timedelta(seconds=steady - before[0]))
        else:
            drift = moment(last) - now if last else timedelta()
        if drift > JUMP:
            self._append(max(stamp(now), last), "", "", "clock.jumped", Outcome.DONE, {}, {"clock": stamp(now), "ledger": last,
                                                                       "seconds": int(drift.total_seconds())}, [])
