"""Names are found by their pinyin, in full and by initials, whichever way a character is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search_terms import READINGS_MOST, pinyin_terms, query_terms, terms_for_index


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("张伟", ["zhangwei", "zw"]),
        ("单立", ["shanli", "sl", "danli"]),
        ("重庆", ["chongqing", "cq"]),
        ("吕红", ["lvhong", "lh"]),
        ("海城泰兴商贸有限公司", ["haichengtaixingshangmaoyouxiangongsi", "hctxsmyxgs"]),
    ],
)
def test_names_are_found_by_pinyin(name: str, asked: list[str]) -> None:
    terms = terms_for_index("", [name])
    for text in asked:
        (term,) = query_terms(text).terms
        assert term.prefix
        assert any(have.startswith(term.text) for have in terms)
        assert query_terms(text).recheck == ()


def test_the_pinyin_of_a_text_is_not_indexed_only_that_of_names() -> None:
    assert "zhangwei" not in terms_for_index("当事人张伟")
    assert {"张伟", "伟", "zhangwei"} <= set(terms_for_index("当事人", ["张伟"]))


@given(st.text(max_size=12))
def test_any_name_has_few_terms_without_tones(name: str) -> None:
    terms = pinyin_terms(name)
    assert len(terms) <= 2 * (READINGS_MOST + 1)
    assert all(term.isascii() and term.isalpha() for term in terms)
