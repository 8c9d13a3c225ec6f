"""Every refusal, act and finding of the program has a sentence in both languages, and the sentence asks only for facts it is given."""

from __future__ import annotations

import ast
import functools
import re
import string
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.i18n import LANGUAGES, act_words, finding_words, sentence, set_language
from desktop.paths import RESOURCES

ROOT = RESOURCES.parent
SOURCES = sorted([*ROOT.glob("desktop/**/*.py"), *ROOT.glob("views/**/*.py")])
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
# Codes that are found out at run time, with the facts that come with each.
COMPUTED = {code: {"object_id", "reason"} for code in ("vault.full", "vault.read_only", "vault.missing", "vault.foreign", "vault.io")}
COMPUTED |= {code: set() for code in ("archive.full", "archive.read_only", "archive.disk")}


def _messages() -> dict[str, dict[str, dict[str, str]]]:
    with open(RESOURCES / "messages.toml", "rb") as f:
        return tomllib.load(f)


@functools.cache
def _all_calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Calls with an argument, by the name that is called, with the place."""
    found = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                found[node.func.id].append((f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


def _calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of a name whose first argument is a code, with the place."""
    for name in names:
        yield from _all_calls()[name]


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return []


def _braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _refusals() -> list[tuple[str, str, set[str] | None]]:
    """(place, code, facts) of each `Refusal("code", …)`; facts is None where they are handed on with `**`."""
    found = []
    for place, call in _calls("Refusal"):
        named = {keyword.arg for keyword in call.keywords}
        facts = None if None in named else {name for name in named if name}
        found += [(place, code, facts) for code in _literals(call.args[0])]
    return found


def _findings() -> list[tuple[str, str]]:
    return [(place, code) for place, call in _calls("Finding") for code in _literals(call.args[0])]


def _acts() -> list[tuple[str, str]]:
    found = [(place, code) for place, call in _calls("act") for code in _literals(call.args[0])]
    for place, call in _calls("reading"):
        recorded = {k.arg: k.value for k in call.keywords}.get("recorded")
        if isinstance(recorded, ast.Constant) and recorded.value is True:
            found += [(place, code) for code in _literals(call.args[0])]
    return found


def test_the_walk_finds_the_codes_at_all() -> None:
    assert len(_refusals()) > 60
    assert len(_findings()) > 15
    assert len(_acts()) > 25


def test_every_refusal_has_a_sentence() -> None:
    known = _messages()["refusals"]
    missing = [f"{place} {code}" for place, code, _ in _refusals() if code not in known]
    missing += [code for code in COMPUTED if code not in known]
    assert missing == []


def test_a_sentence_asks_only_for_facts_that_every_place_gives() -> None:
    known = _messages()["refusals"]
    wrong = []
    for place, code, facts in [*_refusals(), *(("computed", code, facts) for code, facts in COMPUTED.items())]:
        for language in ("zh", "en"):
            asked = _braces(known.get(code, {}).get(language, ""))
            if facts is not None and not asked <= facts:
                wrong.append(f"{place} {code} {language}: {sorted(asked - facts)}")
    assert wrong == []


def test_every_finding_has_a_sentence() -> None:
    known = _messages()["findings"]
    assert [f"{place} {code}" for place, code in _findings() if code not in known] == []


def test_every_recorded_act_has_words() -> None:
    known = _messages()["acts"]
    assert [f"{place} {code}" for place, code in _acts() if code not in known] == []


def test_every_act_that_a_role_holds_is_declared_somewhere() -> None:
    with open(RESOURCES / "roles.toml", "rb") as f:
        granted = {act for role in tomllib.load(f).values() for act in role["acts"]}
    declared = {code for _, call in _calls("act", "reading") for code in _literals(call.args[0])}
    assert sorted(granted - declared) == []


@pytest.mark.parametrize("section", ["refusals", "acts", "findings"])
def test_both_languages_are_whole_and_ask_for_the_same_facts(section: str) -> None:
    for code, entry in _messages()[section].items():
        assert CODE.fullmatch(code), code
        assert set(entry) == {"zh", "en"}, code
        assert all(text.strip() == text and text for text in entry.values()), code
        assert _braces(entry["zh"]) == _braces(entry["en"]), code


def test_a_refusal_ends_as_a_sentence_does() -> None:
    for code, entry in _messages()["refusals"].items():
        assert entry["zh"][-1] in "。？！：", code
        assert entry["en"][-1] in ".?!:", code


def test_the_words_come_in_the_language_in_force() -> None:
    try:
        for language in LANGUAGES:
            set_language(language)
            assert sentence("not_found") != "not_found"
            assert act_words("people.sign_in") != "people.sign_in"
            assert "{" not in finding_words("row.unknown", table="record", row_id="7")
    finally:
        set_language("zh_CN")


def test_no_line_of_the_file_is_too_long_to_review() -> None:
    text = Path(RESOURCES / "messages.toml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 420] == []
