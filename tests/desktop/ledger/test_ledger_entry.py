"""Entries and row digests: one canonical text for what was meant, and no two meanings with the same text."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.ledger.entry import Entry, RowMark, canonical, row_digest, row_id
from desktop.ledger.rows import RowDigests
from desktop.ledger.walk import marks_of
from tests.desktop.ledger.ledger_kit import entry

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAME = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xD7FF), max_size=6)
NUMBER = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(st.none() | st.booleans() | NUMBER | TEXT,
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, max_size=3), max_leaves=8)
FACTS = st.dictionaries(NAME, JSON, max_size=4)
VALUE = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.binary(max_size=6)
ROW = st.dictionaries(st.sampled_from(["id", "title", "level", "seal", "closed", "note"]), VALUE, min_size=1)


@given(FACTS, TEXT, st.integers(1, 2**53 - 1), st.lists(st.tuples(TEXT.filter(bool), st.booleans()), max_size=3))
def test_a_leaf_is_rfc_8785_and_reads_back(facts: dict[str, Any], person: str, seq: int, keys: list[tuple[str, bool]]) -> None:
    marks = tuple(RowMark("record", row_id(key), "0123456789abcdef" * 2 if lives else None) for key, lives in keys)
    one = entry(1)._replace(seq=seq, facts=facts, person=person, rows=marks)
    leaf = one.leaf()
    assert leaf.encode() == rfc8785.dumps(json.loads(leaf))
    assert Entry.parse(leaf) == one
    assert marks_of(leaf) == marks_of(leaf.encode()) == [str(mark) for mark in marks]


def test_the_order_of_names_in_storage_does_not_matter() -> None:
    leaf = entry(3).leaf()
    shuffled = json.dumps(dict(reversed(json.loads(leaf).items())), indent=1)
    assert shuffled != leaf
    assert canonical(shuffled) == leaf


@pytest.mark.parametrize("changed", [
    {"seq": 0}, {"seq": 2**53}, {"at": "2026-11-21 08:30:00"}, {"at": "2026-11-21T08:30:00Z"}, {"act": "Cases.Do it"},
    {"outcome": "perhaps"}, {"subject": {"rows": "x"}}, {"subject": {"case": True}}, {"subject": {"case": 1.0}},
    {"facts": {"sum": 0.1}}, {"facts": {"n": 2**53}}, {"facts": {"\ue000": 1}}, {"facts": {1: "one"}}, {"facts": {"b": b"x"}},
    {"person": "\ud800"}, {"rows": [RowMark("record", "1", "short")]}, {"rows": [RowMark("Record", "1", None)]},
    {"rows": [RowMark("record", "a b", None)]}, {"rows": [RowMark("record", "", None)]}, {"rows": [RowMark("record", "1/2", None)]},
])
def test_what_has_no_exact_text_cannot_become_a_leaf(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        entry(1)._replace(**changed).leaf()


@pytest.mark.parametrize("change", [
    lambda whole: whole.pop("role"), lambda whole: whole.update(more=1), lambda whole: whole.update(seq="1"),
    lambda whole: whole.update(rows="record/1"), lambda whole: whole.update(rows=3), lambda whole: whole.update(facts=[]),
    lambda whole: whole.update(subject={"case": [1]}), lambda whole: whole.update(at="now"), lambda whole: whole["facts"].update(x=1.5),
    lambda whole: whole["facts"].update(x=float("nan")),
])
def test_what_is_not_an_entry_is_refused(change: Any) -> None:
    whole = json.loads(entry(1).leaf())
    change(whole)
    with pytest.raises(Refusal) as refused:
        Entry.parse(json.dumps(whole))
    assert refused.value.code == "ledger.entry_unreadable"


@pytest.mark.parametrize("leaf", ["", "[]", "3", '{"act":"a","act":"b"}', "[" * 100_000])
def test_other_texts_are_refused(leaf: str) -> None:
    with pytest.raises(Refusal):
        canonical(leaf)


def test_facts_that_only_parsing_can_refuse_are_not_canonical() -> None:
    big = entry(1).leaf().replace('"copies":[1,', f'"copies":[{2**60},')
    with pytest.raises(Refusal):
        canonical(big)


def test_a_row_digest_can_be_made_with_stock_tools() -> None:
    text = "record\nclosed:t,id:i,seal:b\n2026-11-20\x1f17\x1fAAEC"
    row = {"seal": b"\x00\x01\x02", "note": None, "id": 17, "closed": "2026-11-20"}
    assert row_digest("record", row) == hashlib.sha256(text.encode()).hexdigest()[:32]


def test_what_engines_return_differently_has_the_same_digest() -> None:
    sqlite: dict[str, object] = {"id": 1, "open": 1, "seal": b"x", "later": None}
    postgres: dict[str, object] = {"seal": memoryview(b"x"), "open": True, "id": 1}
    assert row_digest("record", sqlite) == row_digest("record", postgres)


def test_an_escape_cannot_be_confused_with_what_it_stands_for() -> None:
    texts = ["\x1f", "\x1bu", "\x1b", "\x1be", "\x1e", "\x1br", "u", "", "\x1b\x1f", "\x1f\x1b"]
    rows: list[dict[str, object]] = [{"a": one, "b": other} for one in texts for other in texts]
    assert len({row_digest("record", row) for row in rows}) == len(rows)


@given(ROW, ROW)
def test_different_rows_have_different_digests(one: dict[str, object], other: dict[str, object]) -> None:
    def meaning(row: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in row.items() if value is not None}

    same = row_digest("record", one) == row_digest("record", other)
    assert same == (meaning(one) == meaning(other))
    assert row_digest("record", one) != row_digest("component", one)


@given(st.lists(st.tuples(VALUE, VALUE, VALUE), max_size=8), st.permutations(["id", "b", "c"]))
def test_many_at_once_are_digested_as_one_by_one(rows: list[tuple[object, ...]], columns: list[str]) -> None:
    digests = RowDigests("record", columns)
    assert digests.digest_all(rows) == [row_digest("record", dict(zip(columns, row, strict=True))) for row in rows]


@pytest.mark.parametrize("value", [1.5, object(), [1]])
def test_a_value_that_no_table_holds_is_a_mistake(value: object) -> None:
    with pytest.raises(ValueError):
        row_digest("record", {"id": value})


def test_tables_and_rows_of_another_shape_are_mistakes() -> None:
    for table, columns in (("Record", ["id"]), ("record", ["id", "id"]), ("record", ["a b"])):
        with pytest.raises(ValueError):
            RowDigests(table, columns)
    with pytest.raises(ValueError):
        RowDigests("record", ["id"]).digest([1, 2])


def test_kinds_beyond_the_plain_ones_keep_their_meaning() -> None:
    class Level(int):
        """An enumeration's value, as a model may hand it over."""

    class Title(str):
        """A text with manners of its own."""

        def __str__(self) -> str:
            return "another"

    assert entry(1)._replace(facts={Title("a"): [Title("b"), Level(3)]}).leaf() == entry(1)._replace(facts={"a": ["b", 3]}).leaf()
    assert row_digest("record", {"id": Level(3), "t": Title("a")}) == row_digest("record", {"id": 3, "t": "a"})


def test_patterns_of_types_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ledger.rows._PATTERNS", 2)
    digests = RowDigests("record", ["a", "b"])
    rows = [(1, None), (None, 1), ("x", None), (None, "x"), (1, None)]
    digested = [digests.digest(row) for row in rows]
    assert digested[0] == digested[-1]
    assert len(set(digested)) == 4


@pytest.mark.parametrize(("key", "text"), [((17,), "17"), (("a b/c,d",), "a%20b%2Fc%2Cd"), ((3, "号"), "3,%E5%8F%B7"), ((True,), "True")])
def test_row_ids_have_neither_spaces_nor_slashes(key: tuple[object, ...], text: str) -> None:
    assert row_id(*key) == text
