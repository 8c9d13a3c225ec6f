"""Texts of rules with a line taken out, doubled, renamed or filled with what does not belong there: told by line, and what passes answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.answers import answer
from desktop.policy.calendar import built_in_calendar
from desktop.policy.facts_reading import read_facts
from desktop.policy.listing import in_force
from desktop.policy.profile import BASE, check, parse_profile, profile, profile_names
from models.facts import CaseFacts, Footage
from tests.desktop.policy.test_profile_reading import DEADLINE, DUTY, GOOD, HEAD
from tests.desktop.policy.test_worked_cases import _chinese as _chinese

TEXTS = {key: (RESOURCES / "policy" / f"{key}.toml").read_text(encoding="utf-8") for key in (BASE, *profile_names())}
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
(CASE,) = read_facts((RESOURCES / "policy" / "examples" / "one_case.json").read_text(encoding="utf-8"))
CHOICE = '[[choice]]\nkey = "c"\narticle = "一"\ntitle = "t"\nchosen = "a"\n[choice.options]\na = "x"\nb = "y"\n'


@pytest.mark.parametrize(("text", "line"), [
    (GOOD.replace('unit = "hour"', "unit = {a = 1}"), "unit ="), (GOOD.replace('unit = "hour"', "unit = [1]"), "unit ="),
    (GOOD + DUTY.replace('id = "D"', "id = [1]"), "id = [1]"), (GOOD + DUTY + 'instead_of = ["D"]\n', "instead_of"),
    (GOOD + CHOICE.replace('chosen = "a"', "chosen = {}"), "chosen"), (GOOD + CHOICE.replace('chosen = "a"', "chosen = [[1]]"), "chosen"),
    (GOOD + '[[silence]]\ntopic = "x"\ntitle = "x"\nnational = [["CF-60"], {a = 1}]\n', "national = ["),
    (GOOD + '[[condition]]\nkey = "q"\ntitle = "t"\nany = 5\n', "any"), (GOOD + '[[condition]]\nkey = ["q"]\ntitle = "t"\nall = true\n', "key = [")])
def test_what_does_not_belong_there_is_told_with_its_line(text: str, line: str) -> None:
    at = next(n for n, words in enumerate(text.splitlines(), 1) if line in words)
    assert at in [one.line for one in check(text)]


def test_an_option_of_a_choice_that_is_no_table_ends_no_check() -> None:
    text = GOOD + '[[choice]]\nkey = "c"\narticle = "一"\ntitle = "t"\nchosen = "a"\noptions = 7\n' + DUTY + 'choice = "c=a"\n'
    assert any("options" in one.words for one in check(text))


def test_a_text_that_stands_on_no_base_has_none_of_its_questions() -> None:
    """It passed, and then nothing could be answered: a rule asked what nobody had worded."""
    asked = next(one.key for one in profile(BASE).condition)
    text = HEAD + DEADLINE + f'when = ["{asked}"]\n'
    assert check(text) == []
    (wrong,) = check(text.replace('base = "national"\n', ""))
    assert f"“{asked}”" in wrong.words


def test_a_period_that_ends_beyond_the_calendar_ends_with_it() -> None:
    text = HEAD + '[[retention]]\nid = "R"\narticle = "一"\ntext = "存"\nleast_years = 99999999\n'
    rules = parse_profile(text, profile(BASE))
    facts = CaseFacts(footage=(Footage("f", end=NOW),), filed=NOW, retention_years=10)
    (kept,) = answer(rules, facts, built_in_calendar(), NOW, in_force(rules)).retention
    assert kept.until is not None
    assert kept.until.year == 9999


values = st.sampled_from(['"x"', '""', "0", "-1", "99999999", "true", "[]", '["x"]', "[1]", "{}", "{a = 1}", "1.5", "2026-01-01", "nan", '"week"',
                          '"hour"', '"footage.end"', '"activity(x).start"', '"|"', '[["a"]]', '"02-30"', '"长"'])

names = st.sampled_from(["id", "number", "unit", "any", "x"])


@st.composite
def mangled(draw: st.DrawFn) -> str:
    lines = TEXTS[draw(st.sampled_from(list(TEXTS)))].split("\n")
    for _n in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        how, key = draw(st.sampled_from(["gone", "twice", "value", "renamed", "moved", "cut"])), re.match(r"(\w+) = ", lines[at])
        if how == "gone":
            del lines[at:at + draw(st.integers(1, 12))]
        elif how == "twice":
            lines.insert(at, lines[at])
        elif how == "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif how == "cut":
            lines[at] = lines[at][:draw(st.integers(0, 30))]
        elif key is not None:
            lines[at] = f"{key[1]} = {draw(values)}" if how == "value" else draw(names) + lines[at][len(key[1]):]
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(mangled())
def test_whatever_becomes_of_a_text_is_told_or_answers(text: str) -> None:
    found = check(text)
    assert found == check(text)
    assert all(one.words and 1 <= one.line <= text.count("\n") + 1 for one in found)
    if found:
        with pytest.raises(Refusal) as told:
            parse_profile(text, profile(BASE))
        assert told.value.code == "profile.damaged"
    else:
        rules = parse_profile(text, profile(BASE))
        assert answer(rules, CASE, built_in_calendar(), NOW, in_force(rules)).profile == rules.key
