"""Verification names what was altered, where, and by which last lawful act; and says nothing when nothing was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Cancelled
from desktop.i18n import finding_words, message_codes
from desktop.jobs import Tracked
from desktop.ledger import check as check_module
from desktop.ledger.check import Table, check
from desktop.ledger.checkpoint import sign
from desktop.ledger.entry import Entry, RowMark, row_digest, row_id
from tests.desktop.ledger.ledger_kit import DESK_KEY, KEY_NAME, ORIGIN, Office, entry, office

FIELDS = ["seq", "at", "desk", "person", "role", "act", "outcome", "subject", "facts", "rows"]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 39, 40, 600])
def test_a_sound_ledger_has_no_findings(count: int) -> None:
    made = office(count)
    made.act(1, "once more", outcome="failed")
    assert made.findings(outside=[note for _, note in made.checkpoints]) == []


def test_leaves_may_come_as_bytes() -> None:
    made = office()
    made.entries = [(seq, str(leaf).encode(), kept) for seq, leaf, kept in made.entries]
    assert made.findings() == []
    made.cases[3]["title"] = "another"
    assert made.codes() == ["row.changed"]


def test_reformatted_json_is_no_alteration() -> None:
    made = office()
    made.entries = [(seq, json.dumps(dict(reversed(json.loads(leaf).items())), indent=1), kept) for seq, leaf, kept in made.entries]
    assert made.findings() == []


@given(st.integers(0, 39), st.sampled_from(FIELDS), st.data())
def test_any_changed_field_of_an_entry_is_named(place: int, name: str, data: Any) -> None:
    made = office()
    seq, leaf, kept = made.entries[place]
    whole = json.loads(leaf)
    before = whole[name]
    others: dict[str, st.SearchStrategy[Any]] = {
        "seq": st.integers(1, 60), "subject": st.dictionaries(st.sampled_from("ab"), st.integers(0, 3)),
        "facts": st.dictionaries(st.sampled_from("ab"), st.integers(0, 3)), "outcome": st.sampled_from(["refused", "failed"]),
        "at": st.sampled_from(["2026-11-21T00:00:00.000000Z", "2027-01-01T00:00:00.000000Z"]),
        "rows": st.sampled_from(["", "case_folder/1/-", "case_folder/9/" + "0" * 32]),
    }
    whole[name] = data.draw(others.get(name, st.text(st.characters(exclude_categories=["Cs"]))).filter(lambda value: value != before))
    made.entries[place] = seq, json.dumps(whole, ensure_ascii=False), kept
    found = made.findings()
    assert [finding.facts["seq"] for finding in found if finding.code == "ledger.entry_changed"] == [seq]
    # The kept hashes fit tree and checkpoints: so only this entry is to blame, not a whole window.
    assert not {"ledger.rewritten", "ledger.tree", "ledger.nodes"} & {finding.code for finding in found}


@given(st.integers(0, 39), st.integers(0, 200), st.integers(1, 255))
def test_any_changed_byte_beside_an_entry_is_named(place: int, byte: int, change: int) -> None:
    made = office()
    seq, leaf, kept = made.entries[place]
    damaged = bytearray(kept)
    damaged[byte % len(kept)] ^= change
    made.entries[place] = seq, leaf, bytes(damaged)
    found = made.findings()
    assert len(found) == 1
    if byte % len(kept) < 32:
        assert (found[0].code, found[0].facts["seq"]) == ("ledger.entry_changed", seq)
    else:
        assert found[0].code == "ledger.nodes"
        assert found[0].facts["last"] == seq


def test_leaf_and_its_hash_changed_together_are_found_by_the_nodes_above_and_the_checkpoint() -> None:
    made = office()
    seq, leaf, _ = made.entries[12]
    other = Entry.parse(str(leaf))
    forged = made.rebuilt(lambda leaves: leaves.__setitem__(12, other._replace(person="李四").leaf()))
    made.entries[12] = seq, forged.entries[12][1], forged.entries[12][2]
    found = {finding.code: finding.facts for finding in made.findings()}
    assert set(found) == {"ledger.nodes", "ledger.rewritten", "ledger.tree"}
    assert found["ledger.nodes"] == {"first": 13, "last": 14}
    assert found["ledger.rewritten"] == {"first": 11, "last": 20}


def test_a_perfectly_recomputed_history_departs_from_its_signed_checkpoints() -> None:
    made = office()
    forged = made.rebuilt(lambda leaves: leaves.__setitem__(25, Entry.parse(leaves[25])._replace(person="李四").leaf()))
    assert forged.findings() == []
    forged.checkpoints = made.checkpoints
    assert [(f.code, f.facts) for f in forged.findings()] == [("ledger.rewritten", {"first": 21, "last": 30})]


def test_with_the_signing_key_too_only_a_checkpoint_held_elsewhere_tells() -> None:
    made = office()
    held = made.checkpoints[2][1]
    forged = made.rebuilt(lambda leaves: leaves.__setitem__(25, Entry.parse(leaves[25])._replace(person="李四").leaf()))
    forged.checkpoint()
    assert forged.findings() == []
    assert [(f.code, f.facts) for f in forged.findings([held])] == [("ledger.split", {"size": 30})]
    forged.checkpoints.clear()
    assert [(f.code, f.facts) for f in forged.findings([held])] == [("ledger.rewritten", {"first": 1, "last": 30})]


def test_a_cut_tail_is_found_by_any_newer_checkpoint() -> None:
    made = office()
    held = made.checkpoint()
    whole = made.rebuilt(lambda leaves: leaves.__delitem__(slice(35, None)))
    whole.checkpoints = [item for item in made.checkpoints if item[0] <= 35]
    whole.cases = {}
    assert "ledger.cut" not in whole.codes()
    found = [(f.code, f.facts) for f in whole.findings([held]) if f.code.startswith("ledger.")]
    assert found == [("ledger.cut", {"size": 35, "checkpoint_size": 40})]


def test_two_signed_checkpoints_of_one_size_are_two_ledgers() -> None:
    made = office()
    shown = sign(ORIGIN, 20, bytes(32), KEY_NAME, DESK_KEY)
    assert [(f.code, f.facts) for f in made.findings([shown])] == [("ledger.split", {"size": 20})]
    empty = sign(ORIGIN, 0, bytes(32), KEY_NAME, DESK_KEY)
    assert made.codes([empty]) == ["ledger.split"]


@pytest.mark.parametrize("forged", [
    sign(ORIGIN, 20, bytes(32), KEY_NAME, Ed25519PrivateKey.generate()), sign("lantai/other", 20, bytes(32), KEY_NAME, DESK_KEY), "text",
])
def test_a_forged_checkpoint_is_named_and_not_believed(forged: str) -> None:
    made = office()
    made.checkpoints[1] = 20, forged
    assert [(f.code, f.facts) for f in made.findings()] == [("ledger.checkpoint_forged", {"size": 20})]
    assert office().codes([forged]) == ["ledger.checkpoint_forged"]


def test_a_checkpoint_stored_under_another_size_is_named() -> None:
    made = office()
    made.checkpoints[1] = 21, made.checkpoints[1][1]
    assert [(f.code, f.facts) for f in made.findings()] == [("ledger.checkpoint_forged", {"size": 21})]


@pytest.mark.parametrize(("change", "codes"), [
    (lambda entries: entries.pop(11), {"ledger.gap", "ledger.nodes", "ledger.rewritten", "ledger.tree"}),
    (lambda entries: entries.insert(11, entries[10]), {"ledger.gap", "ledger.nodes", "ledger.rewritten", "ledger.tree"}),
    (lambda entries: entries.__setitem__(slice(11, 13), [entries[12], entries[11]]),
     {"ledger.gap", "ledger.nodes", "ledger.rewritten", "ledger.time_back"}),
    (lambda entries: entries.pop(), {"ledger.cut", "ledger.tree"}),
])
def test_missing_doubled_and_reordered_entries(change: Callable[[list[Any]], None], codes: set[str]) -> None:
    made = office()
    change(made.entries)
    assert codes <= set(made.codes())


def test_two_leaves_that_changed_places_under_their_numbers() -> None:
    made = office()
    forged = made.rebuilt(lambda leaves: leaves.__setitem__(slice(11, 13), [leaves[12], leaves[11]]))
    assert [f.code for f in forged.findings() if f.code.startswith("ledger.")] == ["ledger.gap", "ledger.gap", "ledger.time_back"]


def test_a_clock_that_ran_backwards_is_named() -> None:
    made = office(10)
    made.act(1, "earlier", at="2026-11-21T00:00:05.000000Z")
    found = made.findings()
    assert [f.code for f in found] == ["ledger.time_back"]
    assert found[0].facts == {"seq": 11, "at": "2026-11-21T00:00:05.000000Z", "before": "2026-11-21T00:00:10.000000Z"}


def test_a_frontier_of_another_tree_is_named() -> None:
    made = office()
    made.frontier = office(39).frontier
    assert [(f.code, f.facts) for f in made.findings()] == [("ledger.tree", {"size": 40, "stored_size": 39})]


@pytest.mark.parametrize("leaf", [None, 5, "", "not json", '{"act":"x"}', b"\xff\xfe"])
def test_a_leaf_that_is_no_entry_is_named(leaf: Any) -> None:
    made = office()
    seq, _, kept = made.entries[7]
    made.entries[7] = seq, leaf, kept
    found = made.codes()
    assert found[:2] == ["ledger.entry_changed", "ledger.entry_unreadable"]
    assert "ledger.rewritten" not in found


def test_a_hash_that_is_no_bytes_is_named() -> None:
    made = office()
    made.entries[7] = made.entries[7][0], made.entries[7][1], None  # type: ignore[assignment]  # as a damaged table returns it
    assert made.codes()[0] == "ledger.entry_changed"


COLUMNS = {"id": 99, "title": "又一件", "level": 3.5, "seal": b"\x00\xfe", "closed": "2026-11-22"}


@pytest.mark.parametrize("column", list(COLUMNS))
def test_every_changed_column_is_named_with_its_last_lawful_act(column: str) -> None:
    made = office()
    made.cases[4][column] = COLUMNS[column]
    found = [(f.code, f.facts) for f in made.findings()]
    lawful = {"table": "case_folder", "row_id": "4", "seq": 38, "act": "cases.describe"}
    if column == "id":
        assert found == [("row.unknown", {"table": "case_folder", "row_id": "99"}), ("row.missing", lawful)]
    else:
        assert found == [("row.changed", lawful)]


def test_rows_that_came_and_went_behind_the_apps_back() -> None:
    made = office()
    made.act(2, None)
    assert made.findings() == []
    made.cases[8] = {**made.cases[3], "id": 8}
    gone = made.cases.pop(5)
    assert [(f.code, f.facts["row_id"]) for f in made.findings()] == [("row.unknown", "8"), ("row.missing", "5")]
    made.cases[2] = {**gone, "id": 2}
    assert ("row.changed", "2") in [(f.code, f.facts["row_id"]) for f in made.findings()]


def test_a_table_that_nobody_compared_is_said_so() -> None:
    made = office()
    ledger = replace(made.ledger(), tables=[Table.of("record", [])])
    assert [(f.code, f.facts) for f in check(ledger)] == [("ledger.table_unchecked", {"table": "case_folder", "rows": 7})]
    assert list(check(replace(ledger, tables=None))) == []


def broken(rows: list[Any], at: int) -> Any:
    yield from rows[:at]
    raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "as the database answers for text that is none")


def test_text_that_the_database_cannot_return_is_a_finding_not_a_crash() -> None:
    made = office()
    rows = [tuple(row.values()) for row in made.cases.values()]
    ledger = replace(made.ledger(), tables=[Table("case_folder", tuple(made.cases[1]), broken(rows, 3))])
    assert [f.code for f in check(ledger)] == ["row.unreadable"]
    found = list(check(replace(made.ledger(), entries=lambda: broken(made.entries, 5), tables=None)))
    assert [f.code for f in found][:1] == ["ledger.entry_unreadable"]


def test_compound_keys() -> None:
    made = Office()
    row: dict[str, object] = {"person": 3, "role": "a/b"}
    made.append(entry(1, [RowMark("person_role", row_id(3, "a/b"), row_digest("person_role", row))]).leaf())
    table = Table.of("person_role", [row], ("person", "role"))
    assert list(check(replace(made.ledger(), tables=[table]))) == []


def test_progress_counts_entries_and_rows_and_can_stop() -> None:
    made, seen = office(600), []
    progress = Tracked(lambda tracked: seen.append((tracked.unit, tracked.total, tracked.done)))
    assert list(check(made.ledger(), progress)) == []
    assert ("entries", 600, 600) in seen
    assert ("rows", 7, 7) in seen
    progress.cancel()
    with pytest.raises(Cancelled):
        list(check(made.ledger(), progress))


def test_batches_end_where_checkpoints_do(monkeypatch: pytest.MonkeyPatch) -> None:
    made = office(40, every=7)
    for size in (1, 2, 3, 8, 40, 100):
        monkeypatch.setattr(check_module, "_BATCH", size)
        assert made.findings() == []


def test_every_finding_has_words_in_both_languages() -> None:
    made = office()
    made.cases[4]["title"] = "x"
    made.entries[3] = made.entries[3][0], "", b""
    for finding in made.findings():
        assert finding.code in message_codes("findings")
        assert "{" not in finding_words(finding.code, **finding.facts)
