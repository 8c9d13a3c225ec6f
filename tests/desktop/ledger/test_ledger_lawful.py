"""What rows should be, in a block of memory, is what a plain dictionary would say."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.lawful import DELETED, DIGEST_BYTES, LawfulRows, RowKey, row_key
from desktop.ledger.walk import Walk

KEYS = (st.integers(0, 9) | st.integers(65_530, 65_540) | st.integers(100_000, 100_003) | st.integers(-2, 2**62)
        | st.sampled_from(["a%2Fb", "007", "3,4"]))
DIGESTS = st.integers(0, 3).map(lambda n: hashlib.sha256(b"%d" % n).digest()[:DIGEST_BYTES]) | st.just(DELETED)


@given(st.lists(st.tuples(KEYS, DIGESTS)), st.lists(KEYS))
def test_a_block_answers_as_a_dictionary(writes: list[tuple[RowKey, bytes]], taken: list[RowKey]) -> None:
    rows, plain = LawfulRows(), dict[RowKey, bytes]()
    for key, digest in writes:
        rows.set(key, digest)
        plain[key] = digest
    assert len(rows) == len(plain)
    for key in taken:
        assert rows.take(key) == plain.pop(key, None)
    assert sorted(map(str, rows.left())) == sorted(str(key) for key, digest in plain.items() if digest != DELETED)


@given(st.lists(st.integers(0, 20), min_size=1), st.integers(0, 25), st.integers(1, 8), st.booleans())
def test_a_run_of_rows_is_taken_whole_or_not_at_all(numbers: list[int], first: int, count: int, odd: bool) -> None:
    rows, digest = LawfulRows(), hashlib.sha256(b"x").digest()[:DIGEST_BYTES]
    for number in numbers:
        rows.set(number, digest)
    if odd:
        rows.set("by name", digest)
    there = set(range(first, first + count)) <= set(numbers)
    assert rows.take_all(first, [digest] * count) == (there and not odd)
    left = set(numbers) - (set(range(first, first + count)) if there and not odd else set())
    assert set(rows.left()) - {"by name"} == left


MARKS = st.tuples(st.sampled_from(["record", "case_folder", "ledger_checkpoint"]), KEYS, DIGESTS | st.just(b"\xab" * DIGEST_BYTES))


@given(st.lists(st.lists(MARKS, min_size=1, max_size=6)))
def test_marks_are_remembered_alike_in_batches_and_singly(batches: list[list[tuple[str, RowKey, bytes]]]) -> None:
    walk, plain = Walk(), dict[str, dict[str, bytes]]()
    for batch in batches:
        walk._remember(" ".join(f"{table}/{key}/{'-' if digest == DELETED else digest.hex()}" for table, key, digest in batch))
        for table, key, digest in batch:
            plain.setdefault(table, {})[str(key)] = digest
    assert {table: {key: rows.take(row_key(key)) for key in plain[table]} for table, rows in walk.rows.items()} == plain
    assert [key for rows in walk.rows.values() for key in rows.left()] == []


def test_a_mark_without_a_digest_is_like_no_row() -> None:
    walk = Walk()
    walk._remember("record/1/" + "AB" * 16 + " record/2/" + " record/3/x record/4/" + "ab" * 17)
    assert all(walk.rows["record"].take(number) not in (None, b"\xab" * 16) for number in (1, 2, 3, 4))
    walk._remember("record/5/" + "AB" * 16)
    assert walk.rows["record"].take(5) != b"\xab" * 16
