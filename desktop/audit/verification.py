"""Verification of a whole archive: database pages, schema, ledger, every row, files beside, search index, every object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import apsw

from desktop.audit.index_check import index_findings
from desktop.audit.outer_files import file_findings, object_findings, objects_listed, strangers
from desktop.audit.schema_check import schema_findings
from desktop.database import ArchiveDatabase, damage_of, first_row
from desktop.i18n import act_words, finding_words
from desktop.jobs import Progress, Silent
from desktop.ledger.check import Ledger, Table, check
from desktop.ledger.checkpoint import origin_of
from desktop.ledger.walk import Finding, Stored
from desktop.paths import ArchivePaths
from desktop.vault.contract import Backend

__all__ = ["Finding", "VerifyReport", "verify_archive", "worded"]


@dataclass(frozen=True)
class VerifyReport:
    """What was verified and what does not hold. `root` is the hex root over `entries` entries."""

    findings: tuple[Finding, ...] = ()
    entries: int = 0
    rows: int = 0
    objects: int = 0
    object_bytes: int = 0
    outside: int = 0
    root: str = ""

    @property
    def sound(self) -> bool:
        return not self.findings

    @property
    def sentences(self) -> list[str]:
        return [worded(finding) for finding in self.findings]


def worded(finding: Finding) -> str:
    """A finding in a sentence."""
    facts = dict(finding.facts)
    if isinstance(facts.get("act"), str):
        facts["act"] = act_words(str(facts["act"]))
    return finding_words(finding.code, **facts)


def verify_archive(paths: ArchivePaths, database: ArchiveDatabase, vault: Backend, progress: Progress | None = None,
                   outside: Sequence[str] = ()) -> VerifyReport:
    """Verify everything that lies in the archive's folder. Needs nobody signed in and writes nothing: a read-only disk will do.

    `outside` are checkpoints that were kept elsewhere: without one, entries cut off the end cannot be missed. Raises Cancelled.
    """
    progress = progress or Silent()
    listed = objects_listed(paths)
    with _snapshot(database):
        inside = _Inside(database, outside, progress)
        findings = list(inside.findings())
        findings += _readable("fact", lambda: file_findings(paths, database))
        objects = inside.objects
    findings += object_findings(vault, objects, progress)
    findings += strangers(paths, listed, objects, lambda object_id: _is_known(database, object_id))
    return VerifyReport(tuple(_once(findings)), inside.entries, inside.rows, len(objects), sum(o.cipher_size for o in objects),
                        len(outside), inside.root)


class _snapshot:
    """One state of the database for the whole reading, whatever others write meanwhile."""

    def __init__(self, database: ArchiveDatabase) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.connection().execute("BEGIN")

    def __exit__(self, *_: object) -> None:
        connection = self._database.connection()
        if not connection.getautocommit():
            connection.execute("ROLLBACK")


@dataclass(frozen=True)
class ObjectRow:
    """What the database says of one object of the vault."""

    object_id: str
    cipher_size: int
    cipher_sha256: str


@dataclass
class _RowsCounted:
    """Passes progress on and counts the rows that were compared."""

    progress: Progress
    rows: int = 0
    _unit: str = ""

    def begin(self, total: int, unit: str = "") -> None:
        self._unit = unit
        self.progress.begin(total, unit)

    def step(self, note: str = "", amount: int = 1) -> None:
        self.rows += amount if self._unit == "rows" else 0
        self.progress.step(note, amount)


@dataclass
class _Inside:
    """What stands in the database."""

    database: ArchiveDatabase
    outside: Sequence[str]
    progress: Progress
    entries: int = 0
    rows: int = 0
    root: str = ""
    objects: list[ObjectRow] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        self.progress.begin(1, "database")
        yield from self._pages()
        self.progress.step()
        yield from _readable("sqlite_master", lambda: schema_findings(self.database))
        yield from _readable("ledger_leaf", self._ledger)
        yield from _readable("search_index", lambda: index_findings(self.database, self.progress))
        yield from _readable("stored_object", self._read_objects)

    def _pages(self) -> Iterator[Finding]:
        """Authenticate every page. Where the index cannot even be opened, the check stops at it: then table by table."""
        try:
            yield from (_page_finding(sentence) for sentence in damage_of(self.database))
        except apsw.SQLError as error:
            yield _page_finding(str(error))
            for table in self.database.marked_tables():
                found = [str(row[0]) for row in self.database.connection().execute(f'PRAGMA integrity_check("{table}")')]
                yield from (_page_finding(sentence) for sentence in found if sentence != "ok")

    def _ledger(self) -> Iterator[Finding]:
        connection = self.database.connection()
        last = first_row(connection, "SELECT seq, CASE WHEN leaf IS NULL AND typeof(hash) = 'blob' THEN hash END"
                         " FROM ledger_leaf ORDER BY seq DESC LIMIT 1")
        # Behind the last entry stands the tree; without it all rows are read as entries, and the tree is named.
        frontier = last[1] if last is not None and isinstance(last[1], bytes) else b""
        stored_size = int.from_bytes(frontier[:8], "big")
        if not frontier or last[0] != stored_size + 1:
            yield Finding("ledger.tree", {"size": last[0] - 1 if frontier else 0, "stored_size": stored_size})
        end = last[0] if frontier else None
        self.entries = stored_size
        archive_id = _fact(self.database, "archive_id")
        keys = {f"{origin_of(archive_id)}/{name}": bytes(public) for name, public in connection.execute(
            "SELECT name, ed25519_public FROM desk") if isinstance(public, bytes)}
        checkpoints = [(at, note if isinstance(note, str) else "") for at, note in connection.execute(
            "SELECT size, note FROM ledger_checkpoint ORDER BY size")]
        ledger = Ledger(origin_of(archive_id), lambda: self._stored_entries(end), frontier, keys, checkpoints, self.outside,
                        self._tables(), self._segments())
        counted = _RowsCounted(self.progress)
        try:
            yield from check(ledger, counted)
        finally:
            self.rows = counted.rows
        self.root = _root(frontier)

    def _stored_entries(self, end: int | None) -> Iterator[Stored]:
        """The leaves as UTF-8 bytes, which are hashed as they come; a leaf that is no text has none, and is named."""
        before, values = ("", ()) if end is None else ("WHERE seq < ?", (end,))
        stored = f"SELECT seq, CASE typeof(leaf) WHEN 'text' THEN CAST(leaf AS BLOB) END, hash FROM ledger_leaf {before} ORDER BY seq"
        return iter(self.database.connection().execute(stored, values))

    def _segments(self) -> Iterator[tuple[int, bytes | None]]:
        return iter(self.database.connection().execute(
            "SELECT id, CASE typeof(words) WHEN 'text' THEN CAST(words AS BLOB) END FROM ledger_segment ORDER BY id"))

    def _tables(self) -> Iterator[Table]:
        connection = self.database.connection()
        for name in self.database.marked_tables():
            described = list(connection.execute(f'PRAGMA table_info("{name}")'))
            columns = sorted(row[1] for row in described)  # the order of a digest: so no row is put in order
            key = [row[1] for row in described if row[5]]
            if not all(map(_is_plain, [name, *columns])) or len(key) != 1:
                continue  # not a table of ours: `schema_findings` names it
            listed = ", ".join(f'"{column}"' for column in columns)
            yield Table(name, columns, connection.execute(f'SELECT {listed} FROM "{name}"'), key)

    def _read_objects(self) -> Iterator[Finding]:
        found = self.database.connection().execute("SELECT object_id, cipher_size, cipher_sha256 FROM stored_object ORDER BY id")
        self.objects += [ObjectRow(str(row[0]), row[1] if isinstance(row[1], int) else -1, str(row[2])) for row in found]
        return iter(())


def _readable(table: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings, and where a page gives way under the reading, that instead of a crash."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError, apsw.FormatError) as broken:
        found.append(Finding("database.unreadable", {"table": table, "detail": str(broken)}))
    except UnicodeDecodeError:
        found.append(Finding("row.unreadable", {"table": table}))
    return found


def _page_finding(sentence: str) -> Finding:
    if "fts5" in sentence.lower():
        return Finding("search.index_damaged", {"detail": sentence})
    return Finding("database.damaged", {"detail": sentence})


def _fact(database: ArchiveDatabase, name: str) -> str:
    row = first_row(database.connection(), "SELECT value FROM fact WHERE name = ?", (name,))
    return str(row[0]) if row else ""


def _is_known(database: ArchiveDatabase, object_id: str) -> bool:
    try:
        return first_row(database.connection(), "SELECT 1 FROM stored_object WHERE object_id = ?", (object_id,)) is not None
    except apsw.CorruptError:
        return True  # the damage is a finding already; that the object is a stranger would be one too many


def _is_plain(name: str) -> bool:
    return name.isascii() and name.replace("_", "a").isalnum() and name == name.lower() and name[:1].isalpha()


def _root(frontier: bytes) -> str:
    from desktop.errors import Refusal
    from desktop.ledger.tree import Frontier

    try:
        return Frontier.from_bytes(frontier).root().hex()
    except Refusal:
        return ""


def _once(findings: Iterable[Finding]) -> list[Finding]:
    seen: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.code, repr(sorted(finding.facts.items()))), finding)
    return list(seen.values())
