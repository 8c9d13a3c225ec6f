"""Segments: their words lead to every entry that is looked for, and what stands in them is held against the entries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import check as check_module
from desktop.ledger.check import check
from desktop.ledger.lawful import row_key
from desktop.ledger.segments import SEGMENT, SegmentCheck, as_text, entries_in, of_outcome, of_person, of_subject, segment_of, words_of
from tests.desktop.ledger.ledger_kit import Office, entry

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['"person":"张三","role":', '"case":3,', '"outcome":"done"', "a\nb", '\\"subject":{"case":3}', ',"rows":"'])
NAMES = st.text(st.characters(max_codepoint=0xD7FF)).filter(lambda name: name != "rows") | st.sampled_from(["subject", "outcome", "person"])


def distinct(count: int, every: int = 100) -> Office:
    """`count` acts, each about another case, so that no two segments have the same words."""
    made = Office()
    for number in range(1, count + 1):
        made.act(number % 7 + 1, f"虚假广告案 {number}", subject={"case": number})
        if number % every == 0:
            made.checkpoint()
    return made


def stored(made: Office, size: int | None = None) -> list[tuple[int, bytes]]:
    """The segments as the pen would have kept them."""
    leaves = [str(leaf).encode() for _, leaf, _ in made.entries][:size]
    return [(number, as_text(words_of(leaves[first - 1:last])))
            for number in range(1, len(leaves) // SEGMENT + 1) for first, last in [entries_in(number)]]


def wrong(made: Office, segments: list[Any]) -> list[tuple[str, Any]]:
    return [(f.code, (f.facts["first"], f.facts["last"]) if f.code == "ledger.segment" else f.facts.get("seq"))
            for f in check(replace(made.ledger(), segments=segments))]


@given(st.sampled_from(["done", "refused"]), TEXTS, TEXTS, st.dictionaries(NAMES, st.integers(0, 40) | TEXTS),
       st.dictionaries(NAMES, TEXTS | st.integers(0, 9)), st.integers(0, 40))
def test_words_lead_to_an_entry_and_say_no_more_than_it(outcome: str, person: str, role: str, subject: dict[str, Any], facts: dict[str, Any],
                                                       case: int) -> None:
    subject = {**subject, "case": case}
    leaf = entry(7)._replace(outcome=outcome, person=person, role=role, subject=subject, facts=facts).leaf()
    words = as_text(words_of([leaf.encode()])).decode()
    assert len(words.split("\n")) == 2
    for looked_for in (of_person(person), of_outcome(outcome), of_subject("case", [case]), of_subject("case", [99, case])):
        assert any(text in words for text in looked_for)
    assert not any(text in words for text in (*of_outcome("failed"), *of_subject("case", [case + 50]), *of_person(person + "x")))
    named = [kind for kind, value in subject.items() if value == 3 and kind.isalpha()]
    assert all(any(text in words for text in of_subject(kind, [3])) for kind in named if kind.isascii())


def test_segments_and_entries_count_from_one() -> None:
    assert [segment_of(seq) for seq in (1, SEGMENT, SEGMENT + 1)] == [1, 1, 2]
    assert entries_in(2) == (SEGMENT + 1, 2 * SEGMENT)


@pytest.mark.parametrize("count", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT])
def test_sound_segments_have_no_findings(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = distinct(count)
    assert wrong(made, stored(made)) == []
    monkeypatch.setattr(check_module, "_BATCH", 7)
    assert wrong(made, stored(made)) == []


@pytest.mark.parametrize(("damage", "named"), [
    (lambda segments: segments.pop(0), [1]),
    (lambda segments: segments.pop(), [3]),
    (lambda segments: segments.clear(), [1, 2, 3]),
    (lambda segments: segments.append((4, b"")), [4]),
    (lambda segments: segments.insert(0, (-3, b"")), [-3]),
    (lambda segments: segments.__setitem__(1, (2, segments[1][1][:-1])), [2]),
    (lambda segments: segments.__setitem__(1, (2, None)), [2]),
    (lambda segments: segments.__setitem__(1, (2, segments[0][1])), [2]),
    (lambda segments: segments.__setitem__(2, (1002, segments[2][1])), [3, 1002]),
])
def test_a_segment_that_is_not_that_of_its_entries_is_named(damage: Any, named: list[int]) -> None:
    made = distinct(3 * SEGMENT + 9)
    segments: list[Any] = stored(made)
    damage(segments)
    assert wrong(made, segments) == [("ledger.segment", entries_in(number)) for number in named]


def test_a_segment_before_it_is_whole_is_named() -> None:
    made = distinct(SEGMENT - 1)
    early = as_text(words_of([str(leaf).encode() for _, leaf, _ in made.entries]))
    assert wrong(made, [(1, early)]) == [("ledger.segment", entries_in(1))]


def test_an_altered_entry_is_named_itself_and_not_by_its_segment_but_the_others_are_still_held() -> None:
    made = distinct(2 * SEGMENT)
    segments: list[Any] = stored(made)
    seq, leaf, kept = made.entries[10]
    made.entries[10] = seq, str(leaf).replace("张三", "李四"), kept
    segments[1] = 2, b"other"
    assert wrong(made, segments) == [("ledger.entry_changed", 11), ("ledger.segment", entries_in(2))]
    made.entries[10] = seq, "no entry", kept
    assert ("ledger.segment", entries_in(2)) in wrong(made, segments)
    assert ("ledger.segment", entries_in(1)) in wrong(made, segments[1:])


def test_missing_entries_leave_the_segments_held_by_their_numbers() -> None:
    made = distinct(3 * SEGMENT, every=1000)
    segments = stored(made)
    del made.entries[20:40]
    assert [f.facts for f in check(replace(made.ledger(), segments=segments)) if f.code == "ledger.segment"] == [{"first": 1, "last": SEGMENT}]


def test_the_check_reads_both_in_one_pass() -> None:
    held = SegmentCheck(iter([(1, b"a\nb"), (2, b"c")]))
    held.take(200, {b"b"})
    held.take(SEGMENT, {b"a"})
    held.take(SEGMENT + 1, {b"c"})
    held.take(2 * SEGMENT, {b"c"})
    assert list(held.wrong(2 * SEGMENT)) == []


@given(st.text(max_size=6) | st.from_regex(r"-?[0-9_ +]{1,22}", fullmatch=True), st.text("0123456789-+_ ²٣", max_size=22))
def test_two_different_texts_are_never_one_key(one: str, other: str) -> None:
    assert (row_key(one) == row_key(other)) == (one == other)
    assert str(row_key(one)) == one
