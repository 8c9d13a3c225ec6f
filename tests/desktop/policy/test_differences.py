"""Two versions side by side in the terms of rules, a profile by its articles, and simple fields written back into their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import language, set_language
from desktop.paths import RESOURCES
from desktop.policy.checks import SECTIONS
from desktop.policy.differences import differences
from desktop.policy.outline import national_rules, number_of, outline
from desktop.policy.profile import BASE, check, parse_profile, profile, profile_names
from desktop.policy.rule_words import value_names, values_of
from desktop.policy.rules import Choice, NoRule, Profile, Rule, Silence
from desktop.policy.toml_writing import next_text, with_value

KEY = "xigang-finance"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def text_of(key: str) -> str:
    return (RESOURCES / "policy" / f"{key}.toml").read_text(encoding="utf-8")


def read(text: str) -> Profile:
    assert check(text) == []
    return parse_profile(text, profile(BASE))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(one.sign, one.section, one.key) for one in differences(read(old), read(new))]


def test_a_number_a_reading_and_the_province_are_told_as_values() -> None:
    old = text_of(KEY)
    new = old.replace("number = 24\nunit", "number = 48\nunit", 1).replace('chosen = "every"', 'chosen = "property"')
    first, second = differences(read(old), read(new))
    assert (first.section, first.article, [(c.name, c.old, c.new) for c in first.changes]) == (
        "deadline", "西岗办法第八条", [("Limit", "within 24 hours", "within 48 hours")])
    assert (second.section, second.article, [c.name for c in second.changes]) == ("choice", "西岗办法第十三条", ["Reading in force"])
    assert (second.changes[0].old, second.changes[0].new) == ("现场检查一律全程音像记录（从严）", "只限直接涉及重大财产权益的现场检查")
    blank = text_of("provincial")
    (head,) = differences(read(blank), read(with_value(blank, ("province",), "某省")))
    assert (head.section, [(c.key, c.old, c.new) for c in head.changes]) == ("", [("province", "none", "某省")])


def test_rules_that_came_and_went_and_words_that_changed() -> None:
    old = text_of(KEY)
    rule = '\n[[provision]]\nid = "XG-extra"\narticle = "第二十条"\ntopic = "extra"\ntitle = "新增"\ntext = "新增的条文。"\n'
    assert told(old, old + rule) == [("added", "provision", "XG-extra")]
    assert told(old + rule, old) == [("removed", "provision", "XG-extra")]
    (changed,) = differences(read(old + rule), read((old + rule).replace("新增的条文。", "改过的条文。")))
    assert [(c.key, c.old, c.new) for c in changed.changes] == [("text", "新增的条文。", "改过的条文。")]
    (item,) = differences(read(old), read(old.replace('forms = ["鉴定意见书"]', 'forms = ["鉴定意见书", "检测报告"]')))
    assert [(c.name, c.old, c.new) for c in item.changes] == [("Papers", "鉴定意见书", "鉴定意见书, 检测报告")]


@pytest.mark.parametrize("key", [KEY, "minhou-statistics"])
def test_layout_and_order_are_no_difference(key: str) -> None:
    old = text_of(key)
    laid_out = re.sub(r"^#.*$", "", old, flags=re.MULTILINE).replace(" = ", "  =  ")
    assert differences(read(old), read(laid_out)) == ()
    assert differences(read(old), read(next_text(old, 7))) == ()


def test_every_value_of_every_rule_has_a_name_and_words() -> None:
    names = value_names()
    for key in (BASE, *profile_names()):
        one = profile(key)
        for section in SECTIONS:
            for rule in getattr(one, section):
                for value in (*values_of(rule, one), *values_of(rule, one, plain=True)):
                    assert value.name == names[value.key], (rule.id, value)
                    assert value.words.strip(), (rule.id, value)


@pytest.mark.parametrize("key", profile_names())
def test_the_outline_holds_every_rule_once_in_the_order_of_the_text(key: str) -> None:
    one, entries = profile(key), outline(profile(key))
    rules = [entry.of.id for entry in entries if isinstance(entry.of, Rule)]
    assert sorted(rules) == sorted(rule.id for section in SECTIONS for rule in getattr(one, section))
    for kind, listed in ((Choice, one.choice), (NoRule, one.no_rule), (Silence, one.silence)):
        assert sum(isinstance(entry.of, kind) for entry in entries) == len(listed)
    own = [found[1] for entry in entries if not entry.national and (found := re.search(r"第([一二三四五六七八九十百]+)条", entry.article))]
    assert [number_of(words) for words in own] == sorted(number_of(words) for words in own)
    assert {number_of(words) for words in own} == set(range(1, one.articles + 1))
    for silence in one.silence:
        for rule in national_rules(one, silence):
            assert rule.id in one.national
    assert all(entry.title.strip() for entry in entries)


@given(st.integers(1, 999))
def test_numbers_of_articles(number: int) -> None:
    signs = "〇一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = (signs[hundreds] + "百" if hundreds else "") + (signs[tens] + "十" if tens else "零" if hundreds and ones else "")
    assert number_of(words + (signs[ones] if ones else "")) == number
