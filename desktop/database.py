"""The encrypted database: opening it with its key, and listening to every row that is written."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw
from peewee import PeeweeException
from playhouse.apsw_ext import APSWDatabase

from desktop.errors import Refusal, on_failure
from desktop.schema_history import build
from models.base import Base, db
from models.schema import VERSION

# What the ledger keeps about itself is proven by the tree, its segments by its leaves; what the index keeps by `search_entry`.
UNMARKED = ("ledger_leaf", "ledger_segment", "search_index_data", "search_index_idx", "search_index_config", "search_index", "sqlite_stat1")


class ArchiveDatabase(APSWDatabase):  # type: ignore[misc] # playhouse has no types
    """SQLite under SQLite3 Multiple Ciphers (ChaCha20-Poly1305 a page): every page is authenticated when it is read.

    `auto_vacuum` is FULL so that no page ever lies free: an integrity check then reads, and so authenticates, every byte.
    """

    def __init__(self, path: Path, key: bytes, read_only: bool = False) -> None:
        self._key = key
        self.read_only = read_only
        self._writes = threading.local()
        self._columns: dict[str, tuple[str, ...]] = {}
        self._inserts: dict[type[Base], tuple[str, list[str], dict[str, Any]]] = {}
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        pragmas: dict[str, int | str] = {"foreign_keys": 1, "recursive_triggers": 1, "temp_store": 2, "cache_size": -32000}
        if not read_only:
            pragmas |= {"journal_mode": "wal", "synchronous": 2}
        super().__init__(str(path), timeout=15, pragmas=pragmas, flags=flags)

    def _opened(self, flags: int) -> apsw.Connection:
        """A connection without key. On a disk that cannot be written there is no write-ahead log to share: the file stands still."""
        path = Path(self.database)
        log = Path(f"{path}-wal")
        still = self.read_only and not os.access(path.parent, os.W_OK) and (not log.exists() or log.stat().st_size == 0)
        if not still:
            return apsw.Connection(str(path), flags=flags)
        return apsw.Connection(f"{path.absolute().as_uri()}?immutable=1", flags=flags | apsw.SQLITE_OPEN_URI)

    def another_connection(self, write: bool = False) -> apsw.Connection:
        """A connection of one's own beside those that the tables use; for reading, unless `write`."""
        conn = self._opened(apsw.SQLITE_OPEN_READWRITE if write else apsw.SQLITE_OPEN_READONLY)
        conn.setbusytimeout(5_000)
        conn.pragma("cipher", "chacha20")
        conn.pragma("key", "raw:" + self._key.hex())
        return conn

    def _connect(self) -> Any:
        conn = self._opened(self.connect_params["flags"])
        with on_failure(conn.close):
            conn.setbusytimeout(15_000)
            conn.pragma("cipher", "chacha20")
            conn.pragma("key", "raw:" + self._key.hex())
            if not os.path.getsize(self.database):
                conn.pragma("auto_vacuum", 1)  # of an empty file only: of a filled one it would be a write at each opening
            conn.execute("SELECT count(*) FROM sqlite_master").fetchall()
            self._add_conn_hooks(conn)
            conn.set_update_hook(self._written)
        return conn

    def writing(self) -> Writing:
        """The transaction of one act: `with database.writing() as marks`. `marks` collects (table, row) of every write of this thread, in
        order; SQLite itself tells them, so no writer can forget. What raises inside takes everything back."""
        return Writing(self)

    def begin_writing(self) -> dict[tuple[str, int], None]:
        """Begin; a reading that somebody left in the middle of in this thread is ended first, for it would lock us out."""
        connection = self.connection()
        if not self.read_only and connection.txn_state("main") != apsw.SQLITE_TXN_NONE:
            self.close()
            self.connect()
            connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        self.push_transaction(self)  # what peewee opens inside is then a savepoint
        marks: dict[tuple[str, int], None] = {}
        self._writes.marks = marks
        return marks

    def end_writing(self, keep: bool) -> None:
        """Commit, or take back; also where the commit itself is refused."""
        self._writes.marks = None
        self.pop_transaction()
        connection = self.connection()
        try:
            if keep:
                connection.execute("COMMIT")
        finally:
            if not connection.getautocommit():
                connection.execute("ROLLBACK")

    def _written(self, kind: int, schema: str, table: str, rowid: int) -> None:
        marks = getattr(self._writes, "marks", None)
        if marks is not None and table not in UNMARKED:
            marks[(table, rowid)] = None

    def row(self, table: str, rowid: int) -> dict[str, object] | None:
        """One row as the database has it now, or None."""
        names = self.columns(table)
        values = first_row(self.connection(), f'SELECT * FROM "{table}" WHERE rowid = ?', (rowid,))
        return None if values is None else dict(zip(names, values, strict=True))

    def insert(self, model: type[Base], **values: Any) -> int:
        """Insert one row and return its number: what intake does thousands of times, without building the statement anew.

        Names are those of the model's columns (`case_id`, not `case`); what is left out takes the model's default.
        """
        text, names, defaults = self._insertion(model, values)
        connection = self.connection()
        connection.execute(text, _in_order(names, {**defaults, **values}))
        return int(connection.last_insert_rowid())

    def insert_all(self, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows that all name the same columns, as `insert` does one."""
        rows = list(rows)
        if rows:
            text, names, defaults = self._insertion(model, rows[0])
            self.connection().executemany(text, [_in_order(names, {**defaults, **row}) for row in rows])

    def _insertion(self, model: type[Base], values: dict[str, Any]) -> tuple[str, list[str], dict[str, Any]]:
        meta = model._meta
        prepared = self._inserts.get(model)
        if prepared is None:
            fields = [f for f in meta.sorted_fields if f.column_name != "id"]
            names = [f.column_name for f in fields]
            defaults = {f.column_name: f.default for f in fields if f.default is not None}
            marks = ", ".join("?" * len(names))
            text = f'INSERT INTO "{meta.table_name}" ({", ".join(chr(34) + n + chr(34) for n in names)}) VALUES ({marks})'
            prepared = self._inserts[model] = (text, names, defaults)
        if not values.keys() <= set(prepared[1]):
            raise KeyError(sorted(values.keys() - set(prepared[1])))
        return prepared

    def columns(self, table: str) -> tuple[str, ...]:
        if table not in self._columns:
            self._columns[table] = tuple(r[1] for r in self.connection().execute(f'PRAGMA table_info("{table}")').fetchall())
        return self._columns[table]

    def forget_columns(self) -> None:
        """The tables have changed: ask anew for their columns."""
        self._columns.clear()
        self._inserts.clear()

    def copy_to(self, path: Path) -> None:
        """A whole copy of the database as it stands, under the same key, through the engine's own backup."""
        path.unlink(missing_ok=True)
        copy = apsw.Connection(str(path))
        try:
            copy.pragma("cipher", "chacha20")
            copy.pragma("key", "raw:" + self._key.hex())
            with copy.backup("main", self.connection(), "main") as running:
                running.step(-1)
        finally:
            copy.close()

    def rows(self, table: str) -> Iterator[tuple[str, dict[str, object]]]:
        """Every row of a table with its row number, in order of it."""
        names = self.columns(table)
        for values in self.connection().execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid'):
            yield str(values[0]), dict(zip(names, values[1:], strict=True))

    def marked_tables(self) -> list[str]:
        """Every table whose rows the ledger answers for, as the database file itself lists them."""
        found = self.connection().execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return sorted(name for (name,) in found if name not in UNMARKED)


class Writing:
    """See `ArchiveDatabase.writing`. A class of its own: peewee's contexts, which may be nested, took as long as the insert itself."""

    __slots__ = ("_database",)

    def __init__(self, database: ArchiveDatabase) -> None:
        self._database = database

    def __enter__(self) -> dict[tuple[str, int], None]:
        return self._database.begin_writing()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._database.end_writing(keep=kind is None)


def _in_order(names: Sequence[str], row: dict[str, Any]) -> list[Any]:
    return [int(value) if (value := row.get(name)) is True or value is False else value for name in names]


def first_row(connection: Any, statement: str, values: Sequence[object] = ()) -> Any:
    """The first row, or None; the statement is run to its end, for one that is left in the middle keeps its read transaction
    open, and the next act of this thread would find the database locked."""
    rows = connection.execute(statement, values).fetchall()
    return rows[0] if rows else None


def open_database(path: Path, key: bytes, read_only: bool = False) -> ArchiveDatabase:
    """Open the database and make it the one that the tables speak to. Raises `Refusal` for everything that is not as it should be."""
    if not path.exists():
        raise Refusal("archive.missing", path=str(path.parent))
    if not path.stat().st_size:
        raise Refusal("archive.damaged", path=path.name)  # cut down to nothing: the engine takes it for a new one
    database = ArchiveDatabase(path, key, read_only)
    try:
        database.connect()
        version = int(database.connection().pragma("user_version"))
    except (apsw.Error, PeeweeException) as e:
        database.close()
        raise _not_opened(path, e, read_only) from e
    if version < 1:
        database.close()
        raise Refusal("archive.damaged", path=path.name)
    if version > VERSION:
        database.close()
        raise Refusal("archive.newer", version=version, known=VERSION)
    if not first_row(database.connection(), "SELECT 1 FROM sqlite_master WHERE name = 'ledger_leaf'"):
        database.close()
        raise Refusal("archive.draft", path=str(path.parent))  # made before the first release, by a draft that kept its ledger otherwise
    db.initialize(database)
    return database


def _not_opened(path: Path, error: BaseException, read_only: bool) -> Refusal:
    """The refusal for what SQLite said; peewee raises an exception of its own in the wake of that of SQLite."""
    said = error.__context__ if isinstance(error, PeeweeException) and error.__context__ is not None else error
    if isinstance(said, apsw.NotADBError | apsw.CorruptError):
        return Refusal("archive.damaged", path=path.name)
    if isinstance(said, apsw.ReadOnlyError) and read_only and path.with_name(f"{path.name}-journal").exists():
        return Refusal("archive.unfinished", path=str(path.parent))  # a change of its key was cut off, and cannot be undone while only reading
    if isinstance(said, apsw.ReadOnlyError):
        return Refusal("archive.read_only", path=str(path.parent))
    if isinstance(said, apsw.FullError):
        return Refusal("archive.full")
    if isinstance(said, apsw.BusyError):
        return Refusal("archive.busy")
    if isinstance(said, apsw.CantOpenError) and read_only and path.with_name(f"{path.name}-wal").exists():
        return Refusal("archive.unfinished", path=str(path.parent))
    return Refusal("archive.unreadable", path=path.name, detail=type(said).__name__)


def create_database(path: Path, key: bytes) -> ArchiveDatabase:
    """Make the database file of a new archive with its tables; nobody but its owner may read it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    database = ArchiveDatabase(path, key)
    db.initialize(database)
    database.connect()
    build(database)
    return database


def damage_of(database: ArchiveDatabase, tell: Callable[[str], None] = lambda _: None) -> list[str]:
    """Read and authenticate every page of the file; the sentences that SQLite says about what it found, none when sound."""
    try:
        found = [str(r[0]) for r in database.connection().execute("PRAGMA integrity_check(20)")]
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as e:
        return [str(e)]
    return _strange_bytes(database) if found == ["ok"] else found


def _strange_bytes(database: ArchiveDatabase) -> list[str]:
    """What stands in the file behind its last page. While pages lie in the log, the file may still hold some that are no more."""
    path = Path(database.database)
    log, size = path.with_name(f"{path.name}-wal"), path.stat().st_size
    page, count = (int(database.connection().pragma(name)) for name in ("page_size", "page_count"))
    over = size % page if log.exists() and log.stat().st_size else size - page * count
    return [f"{over} bytes behind page {count}"] if over > 0 else []
