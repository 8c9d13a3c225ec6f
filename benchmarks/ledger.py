"""Appending to and verifying the ledger on the encrypted database: `python benchmarks/ledger.py [--entries N] [--keep FILE]`.

Bars: append ≥ 0.7 of a bare insert of the same text (one transaction each, WAL, synchronous=FULL); verifying a million
entries against a million rows ≤ 10 CPU-seconds, reading them included.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.ledger.check import Ledger, Table, check
from desktop.ledger.checkpoint import key_name_of, origin_of, public_bytes, sign
from desktop.ledger.entry import Entry, RowMark
from desktop.ledger.rows import RowDigests
from desktop.ledger.tree import Frontier
from desktop.ledger.walk import Stored

COLUMNS = ("id", "case_id", "number", "title", "stage", "opened", "closed", "officer_id", "label", "basis", "term")
KEY = hashlib.sha256(b"benchmark").hexdigest()
DESK = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"desk").digest())
ORIGIN, NAME = origin_of("benchmark"), key_name_of("benchmark", "desk-01")


def opened(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.pragma("hexkey", KEY)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "FULL")
    return connection


def row_of(number: int, turn: int) -> tuple[object, ...]:
    return (number, number // 7, f"京海市监罚〔2026〕{number:07}号", f"某某贸易有限公司涉嫌发布虚假广告案之{turn}", turn % 5,
            "2026-03-02T01:00:00.000000Z", None if number % 3 else "2026-11-20T09:30:00.000000Z", number % 400, 0, None, "长期")


def entry_of(seq: int, marks: list[RowMark]) -> Entry:
    second, micro = divmod(seq * 31_000, 1_000_000)
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(1_790_000_000 + second)) + f".{micro:06}Z"
    return Entry(seq, at, "desk-01", "张三(1032)", "officer", "recordings.deposit", "done", {"case": seq // 7, "record": seq},
                 {"bytes": 734_003_200, "sha256": hashlib.sha256(b"%d" % seq).hexdigest(), "ground": "第三十二条"}, marks)


def build(path: Path, entries: int) -> None:
    """A ledger whose every act writes two of `entries` rows; a checkpoint each 1,000 entries."""
    connection, digests = opened(path), RowDigests("record", COLUMNS)
    connection.execute("CREATE TABLE ledger_entry (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL, hash BLOB NOT NULL);"
                       "CREATE TABLE bare (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL, hash BLOB NOT NULL);"
                       "CREATE TABLE ledger_tree (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, frontier BLOB NOT NULL);"
                       "CREATE TABLE ledger_checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);"
                       f"CREATE TABLE record ({', '.join(COLUMNS).replace('id,', 'id INTEGER PRIMARY KEY,', 1)});")
    frontier, chance = Frontier.empty(), random.Random(1)
    with connection:
        for seq in range(1, entries + 1):
            rows = [row_of(seq, seq), row_of(chance.randint(1, seq), seq)]
            marks = [RowMark("record", str(row[0]), digests.digest(row)) for row in rows]
            leaf = entry_of(seq, marks).leaf()
            connection.execute("INSERT INTO ledger_entry VALUES (?, ?, ?)", (seq, leaf, frontier.append(leaf.encode())))
            connection.executemany(f"INSERT OR REPLACE INTO record VALUES ({', '.join('?' * len(COLUMNS))})", rows)
            if seq % 1000 == 0 or seq == entries:
                note = sign(ORIGIN, seq, frontier.root(), NAME, DESK)
                connection.execute("INSERT INTO ledger_checkpoint VALUES (?, ?)", (seq, note))
        connection.execute("INSERT INTO ledger_tree VALUES (1, ?, ?)", (frontier.size, frontier.to_bytes()))
    connection.close()


def append_rate(connection: apsw.Connection, count: int) -> tuple[float, float]:
    """Bare inserts and ledger appends a second, in alternating rounds on the same file; nothing of it is kept."""
    size, stored = connection.execute("SELECT size, frontier FROM ledger_tree").fetchone()
    spent = [0.0, 0.0]
    leaf = entry_of(size, [RowMark("record", str(i), "0" * 32) for i in (1, 2)]).leaf()
    for _ in range(10):
        began = time.perf_counter()
        for seq in range(size + 1, size + 1 + count // 10):
            with connection:
                connection.execute("INSERT INTO bare VALUES (?, ?, ?)", (seq, leaf, b"\0" * 64))
        spent[0] += time.perf_counter() - began
        marks = [RowMark("record", str(i), "0" * 32) for i in (1, 2)]
        acts = [entry_of(seq, marks) for seq in range(size + 1, size + 1 + count // 10)]
        began = time.perf_counter()
        for act in acts:
            with connection:
                stored = connection.execute("SELECT frontier FROM ledger_tree WHERE id = 1").fetchone()[0]
                frontier = Frontier.from_bytes(stored)
                text = act.leaf()
                kept = frontier.append(text.encode())
                connection.execute("INSERT INTO ledger_entry VALUES (?, ?, ?)", (frontier.size, text, kept))
                connection.execute("UPDATE ledger_tree SET size = ?, frontier = ?", (frontier.size, frontier.to_bytes()))
        spent[1] += time.perf_counter() - began
        size += count // 10
    return count / spent[0], count / spent[1]


def ledger_of(connection: apsw.Connection) -> Ledger:
    def entries() -> Iterator[Stored]:
        return iter(connection.execute("SELECT seq, CAST(leaf AS BLOB), hash FROM ledger_entry ORDER BY seq"))

    rows = connection.execute(f"SELECT {', '.join(sorted(COLUMNS))} FROM record")
    frontier = connection.execute("SELECT frontier FROM ledger_tree").fetchone()[0]
    notes = list(connection.execute("SELECT size, note FROM ledger_checkpoint ORDER BY size"))
    return Ledger(ORIGIN, entries, frontier, {NAME: public_bytes(DESK.public_key())}, notes, (),
                  [Table("record", sorted(COLUMNS), rows)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="build the database here once and use it again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "ledger.db"
        if not path.exists():
            began = time.process_time()
            build(path, chosen.entries)
            print(f"built {chosen.entries:,} entries in {time.process_time() - began:.0f} CPU-s, {path.stat().st_size >> 20} MiB")
        connection = opened(path)
        size = connection.execute("SELECT size FROM ledger_tree").fetchone()[0]
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        findings = list(check(ledger_of(connection)))
        spent, after = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"verify: {spent:.1f} CPU-s for {size:,} entries and as many rows, +{(after - before) >> 10} MiB, {findings[:3]}")
        began = time.process_time()
        for _ in connection.execute("SELECT seq, leaf, hash FROM ledger_entry ORDER BY seq"):
            pass
        for _ in connection.execute("SELECT * FROM record"):
            pass
        reading = time.process_time() - began
        print(f"verify: {spent / reading:.1f} times bare reading ({reading:.1f} CPU-s)")
        scratch = Path(folder) / "append.db"
        build(scratch, 1000)
        bare, ours = append_rate(opened(scratch), 5000)
        print(f"append: {ours:,.0f}/s against {bare:,.0f}/s bare inserts, ratio {ours / bare:.2f} (pid {os.getpid()})")


if __name__ == "__main__":
    main()
