"""What stands in a text is found by any part of it; the oracle is a plain scan."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.bigrams import Query, Term, index_terms, normal, query

HAN = st.text(st.sampled_from("西岗区财政局行政执法全过程记录号罚〇々𠮷鿿ガ가"), min_size=1, max_size=30)
MIXED = st.text(st.sampled_from("西财罚号案人〔〕()，。 　2026０１７ABcdＡé·-_ガﾊﾞ𠮷ßǅ"), max_size=40)


def finds(asked: Query, text: str) -> bool:
    """What an index holding `text` answers: every term, then the recheck."""
    held = index_terms(text)
    terms = all(any(have.startswith(term.text) if term.prefix else have == term.text for have in held) for term in asked.terms)
    return bool(asked.terms) and terms and all(part in normal(text) for part in asked.recheck)


@settings(max_examples=300)
@given(HAN, st.data())
def test_any_part_of_a_chinese_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(query(text[start:end]), text)


@settings(max_examples=300)
@given(HAN, HAN)
@example("财政", "政财")
@example("执法执法记", "法执法记录")
def test_found_exactly_where_a_plain_scan_finds(asked: str, text: str) -> None:
    assert finds(query(asked), text) == (normal(asked) in normal(text))


@settings(max_examples=300)
@given(MIXED, MIXED)
def test_nothing_is_found_that_a_scan_does_not_find(asked: str, text: str) -> None:
    if finds(query(asked), text):
        assert all(part in normal(text) for part in normal(asked).split() if query(part).terms)


@given(MIXED)
def test_a_text_finds_itself_unless_it_has_no_word(text: str) -> None:
    assert finds(query(text), text) == bool(index_terms(text))


@given(st.text(max_size=60))
def test_normal_form_is_final(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert all(term == normal(term) for term in index_terms(text))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("财政局", ["财政", "政局", "局"]),
        ("局", ["局"]),
        ("西财罚〔2026〕17号", ["西财", "财罚", "罚", "2026", "17", "号"]),
        ("ＡＢＣ Abc", ["abc"]),
        ("第３次", ["第", "3", "次"]),
        ("㈱東芝", ["株", "東芝", "芝"]),
        ("", []),
        ("，。——", []),
        ("葛\U000e0100城", ["葛城", "城"]),
        ("user_name", ["user", "name"]),
    ],
)
def test_terms_of_a_text(text: str, terms: list[str]) -> None:
    assert index_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("罚", Query((Term("罚", prefix=True),), ())),
        ("财政", Query((Term("财政"),), ())),
        ("财政局", Query((Term("财政"), Term("政局")), ("财政局",))),
        ("财政 局长", Query((Term("财政"), Term("局长")), ())),
        ("2026", Query((Term("2026", prefix=True),), ())),
        ("17号", Query((Term("17", prefix=True), Term("号", prefix=True)), ("17号",))),
        ('" OR 1=1 --', Query((Term("or", prefix=True), Term("1", prefix=True)), ("1=1",))),
        ("*%_", Query((), ())),
    ],
)
def test_terms_of_a_query(text: str, asked: Query) -> None:
    assert query(text) == asked
