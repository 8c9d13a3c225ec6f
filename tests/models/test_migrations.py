"""The numbered scripts: they make exactly the tables of the models, and bring an older archive up, whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import apsw
import pytest
from peewee import SchemaManager
from playhouse.apsw_ext import APSWDatabase

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.errors import Refusal
from desktop.opening import open_archive
from desktop.schema_history import MIGRATIONS, bring_up_to_date, build, copy_of, made_by, newest, schema_of
from models.schema import EXTRAS, TABLES, VERSION
from tests.office import ARCHIVIST, OPEN_CASE, sign_in

SECOND = '''"""A column with a value, one without, a table and an index."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE party ADD COLUMN address TEXT NOT NULL DEFAULT 'unknown'")
    db.execute_sql("ALTER TABLE case_folder ADD COLUMN shelf TEXT")
    db.execute_sql("CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    db.execute_sql("INSERT INTO shelf (name) VALUES ('A-01'), ('A-02')")
    db.execute_sql("UPDATE case_folder SET shelf = 'A-01' WHERE id = 1")
    db.execute_sql("CREATE INDEX party_address ON party (address)")
'''


def plain(schema: dict[tuple[str, str], str | None]) -> dict[tuple[str, str], str]:
    """Statements with their blanks made alike."""
    return {key: re.sub(r"\s+", " ", sql or "").strip() for key, sql in schema.items()}


def folder(at: Path, *more: tuple[str, str]) -> Path:
    """The first script and more beside it."""
    at.mkdir()
    (at / "0001_first.py").write_bytes((MIGRATIONS / "0001_first.py").read_bytes())
    for name, text in more:
        (at / name).write_text(text)
    return at


def user_version(archive: Archive) -> int:
    return int(archive.database.connection().pragma("user_version"))


def findings(archive: Archive) -> list[str]:
    found = verify_archive(archive.paths, archive.database, archive.vault).findings
    # The made-up form is not this program's: only what is said of the schema may differ.
    return sorted({f"{f.code} {f.facts.get('table', '')}" for f in found if not f.code.startswith("schema.")})


def last_entries(archive: Archive, count: int) -> list[tuple[str, str]]:
    rows = archive.database.connection().execute("SELECT act, outcome FROM ledger_entry ORDER BY seq DESC LIMIT ?", (count,))
    return [(act, outcome) for act, outcome in rows]


def test_the_scripts_make_the_tables_of_the_models() -> None:
    fresh = APSWDatabase(":memory:")
    fresh.connect()
    for table in TABLES:
        SchemaManager(table, fresh).create_all(safe=False)
    for statement in EXTRAS:
        fresh.execute_sql(statement)
    try:
        assert plain(made_by(MIGRATIONS)) == plain(schema_of(fresh))
    finally:
        fresh.close()


def test_the_version_is_the_number_of_the_newest_script() -> None:
    numbers = sorted(int(path.name[:4]) for path in MIGRATIONS.glob("*.py"))
    assert numbers == list(range(1, VERSION + 1))
    assert newest() == VERSION


def test_a_new_archive_knows_its_history_and_answers_for_it(office: Archive) -> None:
    steps = office.database.connection().execute("SELECT name FROM schema_step").fetchall()
    assert steps == [("0001_first",)]
    assert user_version(office) == VERSION
    assert findings(office) == []


def test_an_older_archive_is_brought_up_with_its_rows(office: Archive, tmp_path: Path) -> None:
    scripts = folder(tmp_path / "scripts", ("0002_shelves.py", SECOND))
    before = office.database.connection().execute("SELECT id, name FROM party").fetchall()
    bring_up_to_date(office, scripts, 2)
    assert user_version(office) == 2
    assert plain(schema_of(office.database)) == plain(made_by(scripts))
    connection = office.database.connection()
    assert connection.execute("SELECT id, name FROM party").fetchall() == before
    assert connection.execute("SELECT DISTINCT address FROM party").fetchall() == [("unknown",)]
    assert connection.execute("SELECT name FROM schema_step ORDER BY id").fetchall() == [("0001_first",), ("0002_shelves",)]
    assert last_entries(office, 1) == [("archive.migrate", "done")]
    assert not copy_of(office).exists()
    assert findings(office) == []


def test_after_a_migration_every_row_is_still_answered_for(office: Archive, tmp_path: Path) -> None:
    bring_up_to_date(office, folder(tmp_path / "scripts", ("0002_shelves.py", SECOND)), 2)
    connection = office.database.connection()
    connection.execute("UPDATE party SET address = 'elsewhere' WHERE id = 1")
    connection.execute("UPDATE shelf SET name = 'B' WHERE id = 2")
    connection.execute("UPDATE schema_step SET applied = 'never' WHERE id = 2")
    assert findings(office) == ["row.changed party", "row.changed schema_step", "row.changed shelf"]


def test_many_rows_are_answered_for_in_several_entries(office: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.schema_history.BATCH", 2)
    bring_up_to_date(office, folder(tmp_path / "scripts", ("0002_shelves.py", SECOND)), 2)
    assert last_entries(office, 2) == [("archive.migrate", "done")] * 2
    assert findings(office) == []


@pytest.mark.parametrize("fault", [
    "    raise ValueError('no')\n",
    "    db.execute_sql('SELECT nothing FROM nowhere')\n",
    "    db.execute_sql('DROP TABLE preview')\n",
    "    db.execute_sql('PRAGMA defer_foreign_keys = 1')\n    db.execute_sql('UPDATE party SET case_id = 999')\n",
])
def test_a_migration_that_fails_changes_nothing(office: Archive, tmp_path: Path, fault: str) -> None:
    scripts = folder(tmp_path / "scripts", ("0002_shelves.py", SECOND + fault))
    before = schema_of(office.database)
    with pytest.raises(Refusal) as no:
        bring_up_to_date(office, scripts, 2)
    assert no.value.code == "archive.migration_failed"
    assert user_version(office) == 1
    assert schema_of(office.database) == before
    assert last_entries(office, 1) == [("archive.migrate", "failed")]
    assert findings(office) == []
    assert copy_of(office).exists()  # as it was before, for whoever looks into it
    office.close()
    again = open_archive(office.paths.root)
    try:
        sign_in(again, ARCHIVIST)
        assert again.cases.numbered(OPEN_CASE) is not None
        assert not copy_of(again).exists()
    finally:
        again.close()


def test_an_altered_schema_is_not_migrated(office: Archive, tmp_path: Path) -> None:
    office.database.connection().execute("CREATE TABLE planted (id INTEGER PRIMARY KEY)")
    with pytest.raises(Refusal) as no:
        bring_up_to_date(office, folder(tmp_path / "scripts", ("0002_shelves.py", SECOND)), 2)
    assert no.value.code == "archive.migration_failed"
    assert user_version(office) == 1


def test_the_copy_before_a_migration_is_the_archive_as_it_was(office: Archive, tmp_path: Path) -> None:
    scripts = folder(tmp_path / "scripts", ("0002_shelves.py", SECOND + "    raise ValueError('no')\n"))
    size = office.ledger_state().size
    with pytest.raises(Refusal):
        bring_up_to_date(office, scripts, 2)
    assert b"SQLite format" not in copy_of(office).read_bytes()[:64]
    copy = apsw.Connection(str(copy_of(office)), flags=apsw.SQLITE_OPEN_READONLY)
    copy.pragma("cipher", "chacha20")
    copy.pragma("key", "raw:" + office.desk.database_key.hex())  # type: ignore[union-attr] # a desk with a database
    assert copy.execute("SELECT max(seq) FROM ledger_entry").fetchone() == (size,)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()


def test_an_older_archive_on_a_disk_for_reading_is_not_opened(office: Archive, tmp_path: Path) -> None:
    office.close()
    opened, scripts = open_archive(office.paths.root, read_only=True), folder(tmp_path / "scripts", ("0002_shelves.py", SECOND))
    try:
        with pytest.raises(Refusal) as no:
            bring_up_to_date(opened, scripts, 2)
    finally:
        opened.close()
    assert no.value.code == "archive.older"


def test_scripts_are_found_where_a_frozen_build_puts_them(tmp_path: Path) -> None:
    """Listed by path and loaded by path: no import system is asked."""
    scripts = folder(tmp_path / "scripts", ("0002_shelves.py", SECOND))
    database = APSWDatabase(":memory:")
    database.connect()
    build(database, directory=scripts)
    assert database.execute_sql("PRAGMA user_version").fetchone() == (2,)
    database.close()
