"""Texts of rules as nobody should write them: each is a mistake with its line, soon told, and nothing breaks."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.calendar_reading import parse_calendar
from desktop.policy.mistakes import MOST
from desktop.policy.profile import BASE, check, parse_profile, profile
from desktop.policy.toml_reading import LONGEST, toml_of, too_deep

GOOD = (RESOURCES / "policy" / "xigang-finance.toml").read_text(encoding="utf-8")
END = GOOD.count("\n") + 1
HOSTILE = {
    "deep array": (GOOD + "x = " + "[" * 5000 + "]" * 5000 + "\n", END),
    "deep table": (GOOD + "x = " + "{a=" * 3000 + "1" + "}" * 3000 + "\n", END),
    "deep key": (GOOD + ".".join("a" * 5000) + " = 1\n", END),
    "deep name": (GOOD + "[" + ".".join("a" * 5000) + "]\n", END),
    "never closed": (GOOD + "x = [\n" + "[\n" * 20, END + 16),
    "long number": (GOOD + "articles = " + "9" * 10_000 + "\n", END),
    "table twice": (GOOD + "[x]\na = 1\n[x]\nb = 2\n", END + 2),
    "key twice": (GOOD.replace("version = 1\n", "version = 1\nversion = 2\n", 1), 5),
    "torn": (GOOD[:500] + "\0" + GOOD[500:], GOOD.count("\n", 0, 500) + 1),
    "old Mac": (GOOD.replace("\n", "\r"), 1),
    "half a sign": (GOOD + 'x = "\\ud800"\n', END),
    "no quote": (GOOD.replace('unit = "hour"', 'unit = "hour', 1), GOOD.split('unit = "hour"')[0].count("\n") + 1),
    "chain": (GOOD + "".join(f'[[condition]]\nkey = "c{n}"\ntitle = "t"\nany = ["c{n + 1}"]\n' for n in range(3000)), END),
    "long list": (GOOD.replace('kinds = ["penalty"', "kinds = [" + ", ".join(f'"k{n}"' for n in range(20_000)) + ', "penalty"', 1), 10),
    "many tables": ("[[item]]\n" * 50_000, 1),
    "too long": ('x = "' + "y" * LONGEST + '"\n', 0),
    "strange key": ('"a\\nb" = 1\n' + GOOD, 1),
    "nothing": ("", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_a_mistake_with_its_line_and_soon_told(name: str) -> None:
    text, line = HOSTILE[name]
    begun = time.thread_time()
    found = check(text)
    assert time.thread_time() - begun < 5
    assert found
    assert line in [one.line for one in found]
    assert len(found) <= MOST + 1
    assert all(one.words and "\n" not in one.words and len(one.words) < 2000 for one in found)
    with pytest.raises(Refusal) as no:
        parse_profile(text, profile(BASE))
    assert no.value.code == "profile.damaged"


def test_how_a_file_ends_its_lines_and_begins_is_no_mistake() -> None:
    assert check(GOOD.replace("\n", "\r\n")) == []
    assert check("\ufeff" + GOOD) == []
    assert parse_profile("\ufeff" + GOOD, profile(BASE)).key == "xigang-finance"
    wrong = GOOD.replace('unit = "hour"', 'unit = "hours"', 1)
    lines = [[one.line for one in check(text)] for text in (wrong, wrong.replace("\n", "\r\n"), "\ufeff" + wrong)]
    assert lines[0] == lines[1] == lines[2]


def test_of_very_many_mistakes_the_first_are_told_and_that_there_are_more() -> None:
    found = check(HOSTILE["long list"][0])
    assert len(found) == MOST + 1
    assert "后面还有错误" in found[-1].words + found[0].words + "".join(one.words for one in found)


def test_brackets_within_words_and_remarks_are_not_counted() -> None:
    assert too_deep('x = "' + "[" * 50 + '"  # ' + "{" * 50 + "\ny = '''\n" + "[" * 50 + "\n'''\nz = \"\"\"" + "[" * 50 + '"""\n') == 0
    assert too_deep("a = 1\nb = [[[\n" + "[" * 20) == 3


@settings(max_examples=150)
@given(st.text("[]{}=.,\"'\\#ab1 \n\r\t\ufeff", max_size=200))
@example('"""\\')
@example("'''")
def test_no_text_breaks_the_reader(text: str) -> None:
    toml_of(text)
    assert all(one.words for one in check(text))


def test_a_calendar_that_is_too_deep_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as no:
        parse_calendar("format = 1\nx = " + "[" * 5000 + "]" * 5000)
    assert (no.value.code, no.value.facts["line"]) == ("calendar.not_toml", 2)


@pytest.mark.parametrize("text", ["x = [", "x = = 2", "x", "x = 1 y = 2", "[a", 'x = "a'])
def test_a_calendar_that_is_no_toml_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(Refusal) as no:
        parse_calendar(text)
    assert no.value.code == "calendar.not_toml"
    assert re.findall(r"[A-Za-z]{5,}", str(no.value)) == []
