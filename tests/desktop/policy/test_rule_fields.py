"""A text of rules as fields: each is written into its own place and nothing else is touched, remarks and order stay."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Mistake
from desktop.policy.profile import check, profile_names
from desktop.policy.rule_fields import FieldValue, RuleFields, as_before, order_of, removed_rules, rule_fields
from desktop.policy.toml_writing import next_text, with_value, without_value

KEYS = [*profile_names(), "national"]


def text_of(key: str) -> str:
    return (RESOURCES / "policy" / f"{key}.toml").read_text(encoding="utf-8")


def fields(text: str, base: str | None = None) -> tuple[RuleFields, ...]:
    found = rule_fields(text, text if base is None else base)
    assert not isinstance(found, Mistake)
    return found


def another(one: FieldValue) -> object:
    """Some other value that the field takes."""
    if one.kind == "yes":
        return not one.value
    if one.kind == "number":
        return one.value + 1
    if one.kind == "several":
        return one.value[1:] if len(one.value) > 1 else [next(iter(one.options), "某“项”")]
    return next((key for key in one.options if key != one.value), "") if one.options else 'x "某" \\ # 值'


@pytest.mark.parametrize("key", KEYS)
def test_each_field_writes_into_its_own_line_and_nothing_else(key: str) -> None:
    for block in text_of(key).split("\n[[")[1:]:
        text = f"# a remark\n[[{block}\n"
        for rule, one in [(found, value) for found in fields(text) for value in found.values]:
            new = another(one)
            changed = with_value(text, one.path, new, order_of(rule.section))  # type: ignore[arg-type]
            old, now = text.splitlines(), changed.splitlines()
            if one.line:
                assert [n for n, (a, b) in enumerate(zip(old, now, strict=True), 1) if a != b] in ([one.line], []), one
            else:
                added = next(n for n, (a, b) in enumerate(zip([*old, ""], now, strict=True)) if a != b)
                assert [*now[:added], *now[added + 1:]] == old
                assert without_value(changed, one.path) == text
            at: object = tomllib.loads(changed)
            for part in one.path:
                at = at[part]  # type: ignore[index]
            assert at == new


@pytest.mark.parametrize("key", KEYS)
def test_every_rule_is_there_with_words_for_all_its_values(key: str) -> None:
    text = text_of(key)
    begun = time.thread_time()
    found = fields(text)
    assert time.thread_time() - begun < 1
    assert [rule.line for rule in found] == sorted(rule.line for rule in found)
    assert all(rule.title for rule in found)
    assert all(one.name != one.key or one.key == "" for rule in found for one in rule.values), \
        {one.key for rule in found for one in rule.values if one.name == one.key}
    assert all(one.words(one.value) for rule in found for one in rule.values)
    assert not any(rule.state or one.was is not None for rule in found for one in rule.values)


def test_remarks_behind_and_between_stay() -> None:
    text = text_of("xigang-finance").replace("number = 30\n", "number = 30   # 局务会 2025 年定\n", 1)
    changed = with_value(text, ("deadline", 2, "number"), 20)
    assert "number = 20   # 局务会 2025 年定\n" in changed
    assert changed.replace("number = 20   #", "number = 30   #") == text
    several = text.replace('exceptions = ["continuous", "away", "remote", "traffic"]', 'exceptions = [\n  "continuous",  # 一\n  "away",\n]', 1)
    assert several != text
    assert 'exceptions = ["remote"]\nexception_number' in with_value(several, ("deadline", 1, "exceptions"), ["remote"])
    assert check(with_value(several, ("deadline", 1, "exceptions"), ["remote"])) == []


def test_what_was_is_said_beside_what_is() -> None:
    text = text_of("xigang-finance")
    changed = with_value(with_value(text, ("deadline", 2, "number"), 20), ("deadline", 2, "before"), True, order_of("deadline"))
    (rule,) = [one for one in fields(changed, text) if one.state]
    assert (rule.id, rule.state, rule.brief) == ("XG-18-filing", "changed", "20日")
    assert {one.key: (one.words(one.was), one.words(one.value)) for one in rule.values if one.was is not None} == {
        "number": ("30", "20"), "before": ("否", "是")}
    assert as_before(as_before(changed, ("deadline", 2, "number"), text), ("deadline", 2, "before"), text) == text
    gone = text.replace(text[text.index('[[deadline]]\nid = "XG-18-filing"'):text.index("# ---- 程序启动")], "", 1)
    assert removed_rules(gone, text) == ("立卷归档",)
    assert removed_rules(text, gone) == ()
    assert [(one.id, one.state) for one in fields(text, gone) if one.state] == [("XG-18-filing", "new")]


def test_what_cannot_be_written_in_its_place_is_left_to_the_text() -> None:
    text = 'choice = [{ key = "a", article = "第一条", question = "?", options = { x = "甲", y = "乙" }, chosen = "x" }]\n'
    (rule,) = fields(text)
    chosen = next(one for one in rule.values if one.key == "chosen")
    assert tomllib.loads(with_value(text, chosen.path, "y"))["choice"][0]["chosen"] == "y"
    with pytest.raises(Refusal) as no:
        without_value(text, chosen.path)
    assert no.value.code == "profile.not_in_one_line"
    for torn in ("version = ", "[[item]\n"):
        assert isinstance(rule_fields(torn, text), Mistake)
        with pytest.raises(Refusal):
            next_text(torn, 2)


def test_a_value_of_a_wrong_kind_is_shown_as_it_stands() -> None:
    text = text_of("xigang-finance").replace("number = 30\n", 'number = "三十"\n', 1).replace('level = "full"', "level = 3", 1)
    found = {one.value for rule in fields(text) for one in rule.values if one.key in ("number", "level") and one.kind == "words"}
    assert found == {"三十", "3"}


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_words_can_be_written(words: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        return
    changed = with_value("a = 1\n[[item]]\nid = 'x' # r\n", ("item", 0, "title"), words, ("id", "title"))
    assert tomllib.loads(changed)["item"][0]["title"] == words
