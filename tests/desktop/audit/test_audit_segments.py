"""The auditor's filters find every entry at once, in segments and behind them; what is altered there or at the end is named."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import apsw
import pytest

from desktop.archive import Archive
from desktop.audit import entries
from desktop.audit.entries import EntryFilter
from desktop.audit.stretches import entries_about
from desktop.audit.verification import verify_archive
from desktop.database import first_row
from desktop.errors import Refusal
from desktop.ledger.segments import SEGMENT
from desktop.ledger.tree import Frontier, leaf_hash
from models.secrecy import EVERYTHING
from models.terms import CaseId, Outcome, RecordId
from tests.desktop.archive_kit import small_archive

PEOPLE = ("沈静宜", '名"与\\反斜', "person", "")
WRITTEN = 2 * SEGMENT + 190
Leaf = dict[str, Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = small_archive(tmp_path_factory.mktemp("segments") / "archive").archive
    for number in range(opened.ledger_state().size, WRITTEN):
        write(opened, number)
    yield opened
    opened.close()


def write(archive: Archive, number: int) -> int:
    subject: dict[str, Any] = {"case": number % 97, "component": number % 11} if number % 3 else {"record": number // 50, "request": number % 5}
    outcome = Outcome.REFUSED if number % 50 == 0 else Outcome.DONE
    with archive.database.atomic("IMMEDIATE"):
        return archive.keeper.write(person=PEOPLE[number % 4 if number % 250 else 1], role="officer", act="cases.look", outcome=outcome,
                                    subject=subject, facts={"note": '"case":96,'}, marks={})


def leaves(archive: Archive) -> list[tuple[int, Leaf]]:
    return [(seq, json.loads(leaf)) for seq, leaf in archive.database.connection().execute("SELECT seq, leaf FROM ledger_leaf WHERE leaf NOT NULL")]


def found(archive: Archive, narrowed: EntryFilter, limit: int = 500) -> list[int]:
    seqs, before = list[int](), None
    while True:
        page = entries.page(archive.database, EVERYTHING, narrowed, before, limit)
        seqs += [line.seq for line in page.lines]
        if page.next is None:
            return seqs
        before = page.next


FILTERS: list[tuple[EntryFilter, Callable[[Leaf], bool]]] = [
    *((EntryFilter(person=name), lambda leaf, name=name: leaf["person"] == name) for name in PEOPLE if name),
    (EntryFilter(person="沈静"), lambda leaf: False),
    (EntryFilter(outcome=Outcome.REFUSED), lambda leaf: leaf["outcome"] == "refused"),
    (EntryFilter(outcome=Outcome.DONE), lambda leaf: leaf["outcome"] == "done"),
    (EntryFilter(case=CaseId(96)), lambda leaf: leaf["subject"].get("case") == 96),
    (EntryFilter(case=CaseId(9)), lambda leaf: leaf["subject"].get("case") == 9),
    (EntryFilter(record=RecordId(3)), lambda leaf: leaf["subject"].get("record") == 3),
    (EntryFilter(person=PEOPLE[1], outcome=Outcome.REFUSED), lambda leaf: leaf["person"] == PEOPLE[1] and leaf["outcome"] == "refused"),
    (EntryFilter(act="cases.", case=CaseId(5)), lambda leaf: leaf["act"][:6] == "cases." and leaf["subject"].get("case") == 5),
    (EntryFilter(), lambda leaf: True),
]


@pytest.mark.parametrize(("narrowed", "passes"), FILTERS)
def test_a_filter_finds_what_a_reading_of_all_entries_finds(archive: Archive, narrowed: EntryFilter, passes: Callable[[Leaf], bool]) -> None:
    everything = [seq for seq, leaf in leaves(archive) if passes(leaf)][::-1]
    assert found(archive, narrowed) == everything
    assert found(archive, narrowed, limit=7) == everything


def test_a_filter_holds_between_two_moments(archive: Archive) -> None:
    whole = dict(leaves(archive))
    since, until = whole[SEGMENT - 3]["at"], whole[2 * SEGMENT + 3]["at"]
    expected = [seq for seq, leaf in whole.items() if since <= leaf["at"] < until and leaf["person"] == PEOPLE[1]][::-1]
    assert found(archive, EntryFilter(person=PEOPLE[1], since=since, until=until)) == expected
    assert found(archive, EntryFilter(person=PEOPLE[1], since=until, until=since)) == []


def test_custody_finds_every_entry_about_its_subjects(archive: Archive) -> None:
    connection = archive.database.connection()
    for ids in ({"case": [96]}, {"case": [96], "record": [3, 4]}, {"component": list(range(11)), "request": [2]}, {"request": [77]}, {"case": []}):
        expected = [seq for seq, leaf in leaves(archive) if any(leaf["subject"].get(kind) in numbers for kind, numbers in ids.items())]
        assert entries_about(connection, ids) == expected


def test_an_entry_is_found_as_soon_as_it_is_written_also_across_the_end_of_a_segment(archive: Archive) -> None:
    for number in itertools.count(archive.ledger_state().size):
        seq = write(archive, number * 50)
        assert found(archive, EntryFilter(outcome=Outcome.REFUSED))[0] == seq
        if seq % SEGMENT == 1:
            break
    assert verify_archive(archive.paths, archive.database, archive.vault).sentences == []


def test_a_segment_of_an_act_that_is_taken_back_is_taken_back_with_it(archive: Archive) -> None:
    while archive.ledger_state().size % SEGMENT != SEGMENT - 1:
        write(archive, 1)
    with archive.database.atomic("IMMEDIATE") as transaction:
        archive.keeper.write(person="", role="", act="cases.look", outcome=Outcome.DONE, subject={"case": 1}, facts={}, marks={})
        transaction.rollback()
    assert verify_archive(archive.paths, archive.database, archive.vault).sentences == []
    seq = write(archive, 2)
    assert seq % SEGMENT == 0
    assert first_row(archive.database.connection(), "SELECT max(id) FROM ledger_segment")[0] == seq // SEGMENT
    assert verify_archive(archive.paths, archive.database, archive.vault).sentences == []


def _frontier_of_another(connection: apsw.Connection) -> None:
    (stored,) = connection.execute("SELECT hash FROM ledger_leaf WHERE leaf IS NULL").fetchone()
    frontier = Frontier.from_bytes(stored)
    frontier.append(b"one more")
    connection.execute("UPDATE ledger_leaf SET hash = ? WHERE leaf IS NULL", (frontier.to_bytes(),))


def _last_entry_forged_with_its_hash(connection: apsw.Connection) -> None:
    seq, leaf, kept = connection.execute("SELECT seq, leaf, hash FROM ledger_leaf WHERE leaf NOT NULL ORDER BY seq DESC LIMIT 1").fetchone()
    leaf = leaf.replace('"cases.look"', '"cases.list"')
    assert seq % 2, "an entry that completes no subtree: its own hash is all that stands beside it"
    connection.execute("UPDATE ledger_leaf SET leaf = ?, hash = ? WHERE seq = ?", (leaf, leaf_hash(leaf.encode()) + kept[32:], seq))


DAMAGE: list[tuple[str, set[str]]] = [
    ("DELETE FROM ledger_leaf WHERE leaf IS NULL", {"ledger.tree"}),
    ("DELETE FROM ledger_leaf WHERE seq = (SELECT max(seq) - 1 FROM ledger_leaf)", {"ledger.tree"}),
    ("DELETE FROM ledger_leaf WHERE seq >= (SELECT max(seq) - 1 FROM ledger_leaf)", {"ledger.tree"}),
    ("DELETE FROM ledger_leaf WHERE seq = 7", {"ledger.gap"}),
    ("DELETE FROM ledger_leaf", {"ledger.tree"}),
    ("UPDATE ledger_leaf SET seq = seq + 1 WHERE leaf IS NULL", {"ledger.tree"}),
    ("UPDATE ledger_leaf SET hash = hash || x'00' WHERE leaf IS NULL", {"ledger.tree"}),
    ("UPDATE ledger_leaf SET hash = 'text' WHERE leaf IS NULL", {"ledger.tree"}),
    ("UPDATE ledger_leaf SET leaf = '' WHERE leaf IS NULL", {"ledger.tree"}),
    ("UPDATE ledger_leaf SET leaf = NULL WHERE seq = 7", {"ledger.entry_changed"}),
    ("INSERT INTO ledger_leaf SELECT seq + 1, NULL, hash FROM ledger_leaf WHERE leaf IS NULL", {"ledger.tree"}),
    ("INSERT INTO ledger_leaf SELECT -5, NULL, hash FROM ledger_leaf WHERE leaf IS NULL", {"ledger.gap"}),
    ("DELETE FROM ledger_segment WHERE id = 2", {"ledger.segment"}),
    ("UPDATE ledger_segment SET words = replace(words, '\"case\":96', '\"case\":95') WHERE id = 2", {"ledger.segment"}),
    ("UPDATE ledger_segment SET words = CAST(words AS BLOB) WHERE id = 2", {"ledger.segment"}),
    ("INSERT INTO ledger_segment SELECT max(id) + 1, '' FROM ledger_segment", {"ledger.segment"}),
]


@pytest.mark.parametrize(("damage", "codes"), [*DAMAGE, (_frontier_of_another, {"ledger.tree"}),
                                               (_last_entry_forged_with_its_hash, {"ledger.tree"})])
def test_what_is_altered_at_the_end_or_in_a_segment_is_named(archive: Archive, damage: Any, codes: set[str]) -> None:
    if archive.ledger_state().size % 2 == 0:
        write(archive, 3)
    connection = archive.database.connection()
    before = _digest(connection)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("SAVEPOINT altered")
    try:
        damage(connection) if callable(damage) else connection.execute(damage)
        assert codes <= {finding.code for finding in _inside(archive)}
    finally:
        connection.execute("ROLLBACK TO altered")
        connection.execute("RELEASE altered")
        for _, sql in triggers:
            connection.execute(sql)
    assert _digest(connection) == before
    assert _inside(archive) == []


def _inside(archive: Archive) -> list[Any]:
    """What verification finds inside the database, as it stands in this transaction."""
    from desktop.audit.verification import _Inside
    from desktop.jobs import Silent

    return [finding for finding in _Inside(archive.database, (), Silent())._ledger()]


def _digest(connection: apsw.Connection) -> str:
    rows = connection.execute("SELECT seq, leaf, hash FROM ledger_leaf").fetchall() + connection.execute("SELECT * FROM ledger_segment").fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.mark.parametrize("statement", [
    "UPDATE ledger_leaf SET leaf = 'x' WHERE seq = 3", "UPDATE ledger_leaf SET hash = x'00' WHERE seq = 3",
    "UPDATE ledger_leaf SET seq = seq + 9 WHERE leaf IS NULL", "DELETE FROM ledger_leaf WHERE seq = 3", "DELETE FROM ledger_leaf WHERE leaf IS NULL",
    "UPDATE ledger_entry SET leaf = 'x'", "DELETE FROM ledger_entry", "UPDATE ledger_tree SET size = 1",
])
def test_the_database_itself_refuses_to_alter_what_was_written(archive: Archive, statement: str) -> None:
    with pytest.raises(apsw.Error):
        archive.database.connection().execute(statement)


@pytest.mark.parametrize("damage", ["DELETE FROM ledger_leaf WHERE leaf IS NULL", "UPDATE ledger_leaf SET seq = seq + 1 WHERE leaf IS NULL"])
def test_the_pen_does_not_write_behind_an_end_that_is_not_the_tree_s(archive: Archive, damage: str) -> None:
    connection = archive.database.connection()
    with archive.database.atomic("IMMEDIATE") as transaction:
        for name in ("ledger_leaf_fixed", "ledger_leaf_kept"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(damage)
        with pytest.raises(Refusal) as refused:
            archive.keeper.write(person="", role="", act="cases.look", outcome=Outcome.DONE, subject={}, facts={}, marks={})
        transaction.rollback()
    assert refused.value.code == "ledger.damaged"
    assert write(archive, 1) == archive.ledger_state().size
