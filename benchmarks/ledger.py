"""The ledger on the encrypted database: appending with the archive's own pen, and verifying a million entries with its own verifier."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Line, bench, load, memory_now, scratch
from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.ledger.checkpoint import sign
from desktop.ledger.entry import Entry, RowMark
from desktop.ledger.rows import RowDigests
from desktop.ledger.segments import SEGMENT, segment_of
from desktop.ledger.tree import Frontier
from desktop.opening import found
from desktop.record_keeping import keep_segment
from models.terms import Outcome

ENTRIES, APPENDS, ROUNDS = 1_000_000, 500, 10
SUBJECT: dict[str, Any] = {"case": 17, "record": 90210}
FACTS = {"bytes": 734_003_200, "sha256": hashlib.sha256(b"1").hexdigest(), "ground": "第三十二条"}
TABLE = "party"  # a real table of the archive, whose rows the million entries write


def measure(quick: bool = False) -> list[Line]:
    with scratch() as folder:
        archive = found(folder / "archive", "bench", "xigang-finance", [], training=True).archive
        lines = [_verify(archive, 5_000 if quick else ENTRIES), *_append(archive, 50 if quick else APPENDS, 2 if quick else ROUNDS)]
        archive.close()
    return lines


def _append(archive: Archive, count: int, rounds: int) -> list[Line]:
    """Bare inserts and the pen's entries, one transaction each, in alternating rounds on the same file."""
    connection = archive.database.connection()
    connection.execute("CREATE TABLE bare (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL, hash BLOB NOT NULL)")
    (leaf, kept), = connection.execute("SELECT leaf, hash FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchall()
    spent = {"bare": 0.0, "ours": 0.0}
    for turn in range(rounds):
        began = time.perf_counter()
        for number in range(turn * count + 1, (turn + 1) * count + 1):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare (seq, leaf, hash) VALUES (?, ?, ?)", (number, leaf, kept))
            connection.execute("COMMIT")
        spent["bare"] += time.perf_counter() - began
        began = time.perf_counter()
        for _ in range(count):
            with archive.database.writing() as marks:
                archive.keeper.write(person="张三(1032)", role="officer", act="records.deposit", outcome=Outcome.DONE, subject=SUBJECT,
                                     facts=FACTS, marks=marks)
        spent["ours"] += time.perf_counter() - began
    rate = {name: rounds * count / seconds for name, seconds in spent.items()}
    return [Line("ledger append, one transaction each", "bare insert of the same text", rate["ours"], rate["bare"], 0.7, "/s", least=True,
                 note=load())]


def _verify(archive: Archive, entries: int) -> Line:
    """As many entries, each of which wrote two of as many rows, with a checkpoint every thousand; then `verify`, whole."""
    _fill(archive, entries)
    before, began = memory_now(), time.process_time()
    report = verify_archive(archive.paths, archive.database, archive.vault)
    spent, grown = time.process_time() - began, memory_now() - before
    if not report.sound:
        raise RuntimeError(report.sentences[:3])
    return Line(f"verify {report.entries:,} entries, {report.rows:,} rows", "must, CPU", spent, 0, 10.0, "CPU-s", note=f"+{grown:.0f} MiB")


def _fill(archive: Archive, entries: int) -> None:
    connection, keeper = archive.database.connection(), archive.keeper
    columns = archive.database.columns(TABLE)
    digests, chance = RowDigests(TABLE, columns), random.Random(1)
    size, stored = connection.execute("SELECT size, frontier FROM ledger_tree").fetchone()
    frontier, rows, checkpoints = Frontier.from_bytes(stored), {}, []
    batch: list[tuple[int, str | None, bytes]] = []
    at = connection.execute("SELECT at FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchone()[0]
    for seq in range(size + 1, size + entries + 1):
        written = {key: _row(key, seq, columns) for key in (seq, chance.randint(1, seq))}
        marks = [RowMark(TABLE, str(key), digests.digest(row)) for key, row in written.items()]
        rows |= written
        if checkpoints and checkpoints[-1][0] == seq - 1:  # answered for by the next entry, as the pen does
            marks.append(_checkpoint_mark(archive, checkpoints[-1]))
        leaf = _entry(seq, at, archive.desk_name, marks).leaf()
        batch.append((seq, leaf, frontier.append(leaf.encode())))
        if seq % 1000 == 0 and seq < size + entries:
            checkpoints.append((seq, sign(keeper.origin, seq, frontier.root(), keeper.key_name, archive.desk.signing_key), at))
    connection.execute("PRAGMA foreign_keys = 0")
    with archive.database.atomic("IMMEDIATE"):
        connection.execute("UPDATE ledger_leaf SET leaf = ?, hash = ? WHERE seq = ?", (batch[0][1], batch[0][2], batch[0][0]))
        batch.append((size + entries + 1, None, frontier.to_bytes()))
        connection.executemany("INSERT INTO ledger_leaf (seq, leaf, hash) VALUES (?, ?, ?)", batch[1:])
        connection.executemany(f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(columns))})", rows.values())
        connection.executemany("INSERT INTO ledger_checkpoint (size, note, at) VALUES (?, ?, ?)", checkpoints)
        for number in range(segment_of(size + 1), (size + entries) // SEGMENT + 1):
            keep_segment(archive.database, number)


def _row(key: int, turn: int, columns: tuple[str, ...]) -> tuple[object, ...]:
    values = {"id": key, "case_id": key // 7 + 1, "name": f"京海市某某贸易有限公司第{turn}分公司", "organisation": 1, "position": turn % 5}
    return tuple(values[name] for name in columns)


def _checkpoint_mark(archive: Archive, row: tuple[int, str, str]) -> RowMark:
    columns = archive.database.columns("ledger_checkpoint")
    values = dict(zip(("size", "note", "at"), row, strict=True))
    return RowMark("ledger_checkpoint", str(row[0]), RowDigests("ledger_checkpoint", columns).digest([values[name] for name in columns]))


def _entry(seq: int, at: str, desk: str, marks: list[RowMark]) -> Entry:
    return Entry(seq, at, desk, "张三(1032)", "officer", "records.deposit", "done", {"case": seq // 7, "record": seq},
                 {"bytes": 734_003_200, "sha256": hashlib.sha256(b"%d" % seq).hexdigest(), "ground": "第三十二条"}, marks)


if __name__ == "__main__":
    bench(measure)
