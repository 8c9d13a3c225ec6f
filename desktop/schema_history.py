"""The schema's history: numbered scripts make the tables of a new archive, and bring an older one up to this program's."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
from peewee import Database, PeeweeException, TextField
from playhouse.apsw_ext import APSWDatabase

import models.schema
from desktop.acts import Service, act
from desktop.clock import Clock, SystemClock, stamp
from desktop.errors import Refusal
from models.base import SchemaStep
from models.schema import VERSION

if TYPE_CHECKING:
    from playhouse.migrations import Runner

    from desktop.archive import Archive
    from desktop.database import ArchiveDatabase

# Listed by their files, so a frozen build carries them as data.
MIGRATIONS = Path(models.schema.__file__).parent / "migrations"
BATCH = 5_000  # rows that one entry answers for anew


def steps(database: Database, clock: Clock, directory: Path = MIGRATIONS) -> Runner:
    """The runner over the numbered scripts, with its history in `schema_step`."""
    from playhouse.migrations import Runner  # only founding and migrating need it

    runner = Runner(database, str(directory), SchemaStep._meta.table_name)
    runner.History = _history(database, clock)
    return runner


def _history(at: Database, clock: Clock) -> type[SchemaStep]:
    class History(SchemaStep):
        applied = TextField(default=lambda: stamp(clock.now()))

        class Meta:
            database = at
            table_name = SchemaStep._meta.table_name

    return History


def newest(directory: Path = MIGRATIONS) -> int:
    """The number of the newest script."""
    return max(int(path.name[:4]) for path in directory.glob("[0-9][0-9][0-9][0-9]_*.py"))


def build(database: Any, clock: Clock | None = None, directory: Path = MIGRATIONS) -> None:
    """Run every script on an empty database of peewee. The rows of its history are answered for by the act of founding."""
    with database.atomic():
        steps(database, clock or SystemClock(), directory).up()
        database.connection().execute(f"PRAGMA user_version = {newest(directory)}")


def bring_up_to_date(archive: Archive, directory: Path = MIGRATIONS, version: int = VERSION) -> None:
    """Migrate an archive of an earlier form. The database as it was lies beside until the new form stands.

    Raises `Refusal`: archive.older (the disk cannot be written), archive.migration_failed (nothing was changed), archive.full.
    """
    database = archive.database
    copy = copy_of(archive)
    found = _version(database)
    if found >= version:
        if not database.read_only:
            copy.unlink(missing_ok=True)  # left where the power went between the new form and this line
        return
    if database.read_only:
        raise Refusal("archive.older", version=found, known=version)
    try:
        database.copy_to(copy)
    except (apsw.FullError, apsw.IOError) as e:
        copy.unlink(missing_ok=True)
        raise Refusal("archive.full") from e
    # SQLite minds foreign keys at every statement unless told before the transaction; the act checks them all at its end.
    database.pragma("foreign_keys", 0)
    try:
        SchemaHistory(archive).migrate(directory, version)
    except (apsw.Error, PeeweeException, ValueError, RuntimeError) as e:
        raise Refusal("archive.migration_failed", version=found, known=version, detail=type(e).__name__) from e
    finally:
        database.pragma("foreign_keys", 1)
        database.forget_columns()
    copy.unlink()


def copy_of(archive: Archive) -> Path:
    """Where the database lies as it was, while it is being migrated."""
    return archive.paths.database.with_name(f"{archive.paths.database.name}-before")


class SchemaHistory(Service):
    """One act, done by the program itself at opening: all pending scripts, whole or not at all."""

    @act("archive.migrate", signed_in=False)
    def migrate(self, directory: Path, version: int) -> None:
        """Run the pending scripts in one transaction, and answer anew for every row whose columns they changed.

        Raises RuntimeError when what comes out is not the form that a new archive would have; then nothing is changed.
        """
        database = self.archive.database
        before, shapes = _version(database), _shapes(database)
        names = steps(database, self.archive.clock, directory).up()
        database.execute_sql(f"PRAGMA user_version = {version}")
        database.forget_columns()
        self._sound(directory)
        after = _shapes(database)
        if gone := shapes.keys() - after.keys():
            raise RuntimeError(f"a migration keeps every table, if empty: {sorted(gone)}")
        marks = self.archive.door.moment.marks
        for table, rowid in [mark for mark in marks if mark[0] not in after]:
            del marks[table, rowid]  # a table that stood only while another was rebuilt
        self._answer_anew([table for table, columns in after.items() if shapes.get(table, columns) != columns])
        self._note(before=before, after=version, steps=names)

    def _sound(self, directory: Path) -> None:
        database = self.archive.database
        broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
        if broken or schema_of(database) != made_by(directory):
            raise RuntimeError("the migrated schema is not that of a new archive")

    def _answer_anew(self, tables: list[str]) -> None:
        """A column with a value of its own changes the digest of every row: so the ledger says what they are now."""
        moment = self.archive.door.moment
        for table in tables:
            rows = [row[0] for row in self.archive.database.execute_sql(f'SELECT rowid FROM "{table}" ORDER BY rowid')]
            for start in range(0, len(rows), BATCH):
                moment.marks.update(dict.fromkeys((table, row) for row in rows[start:start + BATCH]))
                if len(moment.marks) >= BATCH:
                    self._break(subject={}, table=table)


@functools.cache
def made_by(directory: Path = MIGRATIONS) -> dict[tuple[str, str], Any]:
    """The schema that the scripts make, asked of an empty database in memory: (kind, name) and statement."""
    empty = APSWDatabase(":memory:")
    empty.connect()
    try:
        build(empty, directory=directory)
        return schema_of(empty)
    finally:
        empty.close()


def schema_of(database: Any) -> dict[tuple[str, str], Any]:
    """What a database says of itself."""
    found = database.connection().execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {(str(kind), str(name)): sql for kind, name, sql in found}


def _version(database: ArchiveDatabase) -> int:
    return int(database.connection().pragma("user_version"))


def _shapes(database: ArchiveDatabase) -> dict[str, tuple[str, ...]]:
    return {table: database.columns(table) for table in database.marked_tables()}
