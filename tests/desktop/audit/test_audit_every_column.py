"""Whatever is altered behind the app's back is named: each column of each table, rows, the ledger's tail, the index."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from desktop.audit.verification import Finding, VerifyReport, verify_archive, worded
from desktop.database import ArchiveDatabase
from desktop.i18n import message_codes
from desktop.ledger.segments import SEGMENT
from desktop.ledger.tree import HASH_BYTES, Frontier
from desktop.paths import ArchivePaths
from desktop.vault.backend import LocalBackend
from tests.desktop.archive_kit import full_archive

LAST = SEGMENT + 3  # entries of the archive: one whole segment, then signing in, a checkpoint and an act behind it
LEDGER, INDEX = {"ledger_leaf", "ledger_segment"}, "search_index_"


class Altered:
    """One archive whose database is altered, verified and put back, again and again."""

    def __init__(self, folder: Path) -> None:
        founding = full_archive(folder / "archive")
        archive = founding.archive
        self.key = archive.desk.database_key or b""
        archive.close()
        self.paths = ArchivePaths(folder / "archive")
        self.vault = LocalBackend(self.paths.vault)
        self.sound = self.paths.database.read_bytes()

    def connect(self) -> apsw.Connection:
        connection = apsw.Connection(str(self.paths.database))
        connection.pragma("cipher", "chacha20")
        connection.pragma("key", "raw:" + self.key.hex())
        return connection

    def edit(self, change: Callable[[apsw.Connection], None]) -> None:
        """Alter the database as somebody with its key would: triggers and checks out of the way, and back afterwards."""
        connection = self.connect()
        try:
            connection.pragma("ignore_check_constraints", 1)
            triggers = list(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            change(connection)
            for _, sql in triggers:
                connection.execute(sql)
        finally:
            connection.close()

    def verify(self, *outside: str) -> VerifyReport:
        database = ArchiveDatabase(self.paths.database, self.key, read_only=True)
        database.connect()
        try:
            return verify_archive(self.paths, database, self.vault, outside=outside)
        finally:
            database.close()

    def after(self, change: Callable[[apsw.Connection], None], *outside: str) -> list[Finding]:
        self.edit(change)
        try:
            return list(self.verify(*outside).findings)
        finally:
            self.restore()

    def restore(self) -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self.paths.database}{ending}").unlink(missing_ok=True)
        self.paths.database.write_bytes(self.sound)


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Altered:
    return Altered(tmp_path_factory.mktemp("altered"))


def _tables(connection: apsw.Connection) -> list[str]:
    real = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    return [name for (name,) in connection.execute(f"SELECT name FROM sqlite_master WHERE {real} ORDER BY name")]


def _columns(connection: apsw.Connection, table: str) -> list[tuple[str, bool]]:
    """Stored columns, and whether each is part of the primary key."""
    return [(row[1], bool(row[5])) for row in connection.execute(f'PRAGMA table_xinfo("{table}")') if row[6] == 0]


def _key(connection: apsw.Connection, table: str) -> list[str]:
    return [name for name, key in _columns(connection, table) if key]


def _rows(connection: apsw.Connection, table: str) -> list[dict[str, Any]]:
    names = [name for name, _ in _columns(connection, table)]
    listed = ", ".join(f'"{name}"' for name in names)
    return [dict(zip(names, row, strict=True)) for row in connection.execute(f'SELECT {listed} FROM "{table}"')]


def _other(value: Any) -> Any:
    if value is None:
        return 7
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    if isinstance(value, int):
        return value + 1000
    return value.replace('"act":"', '"act":"x') if value.startswith("{\"act") else value + "x"


def _where(keys: list[str]) -> str:
    return " AND ".join(f'"{key}" = ?' for key in keys)


def _named(table: str, row: dict[str, Any], keys: list[str], findings: list[Finding]) -> bool:
    """Whether a finding names the table and the row; of the ledger's own tables, the ledger; of the index, the index."""
    if table in LEDGER:
        return any(finding.code.startswith("ledger.") for finding in findings)
    if table.startswith(INDEX):
        return any(finding.code.startswith("search.") or "search_index" in str(finding.facts) for finding in findings)
    return any(f.facts.get("table") == table and f.facts.get("row_id") == str(row[keys[0]]) for f in findings)


def test_the_archive_is_sound_before_anything_is_altered(altered: Altered) -> None:
    report = altered.verify()
    assert report.sentences == []
    assert (report.entries, report.objects) == (LAST, 3)


def test_every_table_has_a_row(altered: Altered) -> None:
    connection = altered.connect()
    assert [table for table in _tables(connection) if not _rows(connection, table)] == []
    connection.close()


def test_every_column_of_every_table_is_watched(altered: Altered) -> None:
    connection = altered.connect()
    places = [(table, column, _rows(connection, table)[-1], _key(connection, table))
              for table in _tables(connection) for column, _ in _columns(connection, table)]
    connection.close()
    assert len(places) > 150
    unseen = []
    for table, column, row, keys in places:
        def change(connection: apsw.Connection, table: str = table, column: str = column, row: dict[str, Any] = row,
                   keys: list[str] = keys) -> None:
            values = (_other(row[column]), *[row[k] for k in keys])
            connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {_where(keys)}', values)
            assert connection.changes() == 1
        if not _named(table, row, keys, altered.after(change)):
            unseen.append(f"{table}.{column}")
    assert unseen == []


def test_every_page_and_setting_of_the_index_is_watched(altered: Altered) -> None:
    connection = altered.connect()
    blocks = _rows(connection, "search_index_data")
    connection.close()
    unseen = []
    for row in blocks:
        for at in range(0, len(row["block"]), 5):
            def change(connection: apsw.Connection, row: dict[str, Any] = row, at: int = at) -> None:
                block = bytearray(row["block"])
                block[at] ^= 0x41
                connection.execute("UPDATE search_index_data SET block = ? WHERE id = ?", (bytes(block), row["id"]))
            if not _named("search_index_data", row, ["id"], altered.after(change)):
                unseen.append((row["id"], at))
    assert unseen == []


def test_a_row_that_no_act_wrote_is_named(altered: Altered) -> None:
    connection = altered.connect()
    places = [(table, _rows(connection, table)[-1], _key(connection, table)) for table in _tables(connection)]
    connection.close()
    unseen = []
    for table, row, keys in places:
        added = {name: value if isinstance(value, bytes) else _other(value) for name, value in row.items()}
        def change(connection: apsw.Connection, table: str = table, added: dict[str, Any] = added) -> None:
            names = ", ".join(f'"{name}"' for name in added)
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(added))})', tuple(added.values()))
        if not _named(table, added, keys, altered.after(change)):
            unseen.append(table)
    assert unseen == []


def test_a_deleted_row_is_named(altered: Altered) -> None:
    connection = altered.connect()
    places = [(table, row, _key(connection, table)) for table in _tables(connection) for row in _rows(connection, table)[-1:]]
    connection.close()
    unseen = []
    for table, row, keys in places:
        def change(connection: apsw.Connection, table: str = table, row: dict[str, Any] = row, keys: list[str] = keys) -> None:
            connection.execute(f'DELETE FROM "{table}" WHERE {_where(keys)}', tuple(row[k] for k in keys))
            assert connection.changes() == 1
        if not _named(table, row, keys, altered.after(change)):
            unseen.append(table)
    assert unseen == []


@pytest.mark.parametrize("statement", [
    "DROP TRIGGER ledger_leaf_fixed",
    "DROP VIEW ledger_tree",
    "CREATE TRIGGER quiet AFTER INSERT ON ledger_leaf BEGIN DELETE FROM record WHERE id = 0; END",
    "CREATE TABLE beside (id INTEGER PRIMARY KEY, note TEXT)",
    "DROP INDEX record_unlinked",
    "CREATE VIEW everything AS SELECT * FROM person",
    "PRAGMA user_version = 2",
])
def test_an_altered_schema_is_named(altered: Altered, statement: str) -> None:
    connection = altered.connect()
    connection.execute(statement)
    connection.close()
    findings = list(altered.verify().findings)
    altered.restore()
    assert [finding.code.split(".")[0] for finding in findings] == ["schema"], findings


def _cut(connection: apsw.Connection, last: int) -> None:
    """Delete the entries behind `last` and leave a tree that fits: what the program itself would have written."""
    connection.execute("DELETE FROM ledger_leaf WHERE seq > ?", (last,))
    frontier = Frontier.empty()
    for (kept,) in connection.execute("SELECT hash FROM ledger_leaf ORDER BY seq"):
        frontier.append_hash(kept[:HASH_BYTES])
    connection.execute("INSERT INTO ledger_leaf VALUES (?, NULL, ?)", (last + 1, frontier.to_bytes()))
    connection.execute("DELETE FROM case_folder WHERE id = 2")


def test_a_perfectly_cut_tail_is_named_with_a_checkpoint_kept_elsewhere(altered: Altered, tmp_path: Path) -> None:
    copy = tmp_path / "later"
    shutil.copytree(altered.paths.root, copy)
    later = _note_of_now(copy, altered.key)
    assert altered.after(lambda c: _cut(c, LAST - 1)) == []
    (finding,) = altered.after(lambda c: _cut(c, LAST - 1), later)
    assert finding.code == "ledger.cut"
    assert finding.facts == {"size": LAST - 1, "checkpoint_size": LAST}


def _note_of_now(root: Path, key: bytes) -> str:
    from desktop.opening import open_archive
    from models.ledger import LedgerCheckpoint
    from tests.desktop.archive_kit import PASSPHRASE

    archive = open_archive(root, passphrase=lambda: PASSPHRASE)
    assert archive.desk.database_key == key
    with archive.database.atomic():
        size = archive.keeper.checkpoint()
    note: str = LedgerCheckpoint.get_by_id(size).note
    archive.close()
    return note


def test_every_finding_has_words(altered: Altered) -> None:
    findings = altered.after(lambda c: c.execute("UPDATE case_folder SET cause = 'y'"))
    assert {finding.code for finding in findings} <= message_codes("findings")
    assert all("{" not in worded(finding) for finding in findings)


@pytest.fixture(autouse=True)
def _nothing_is_left_altered(altered: Altered) -> Iterator[None]:
    yield
    assert altered.paths.database.read_bytes() == altered.sound
