"""`policy explain` on whatever somebody writes: an answer, or a sentence that says where; twice the same, and the same in words and as JSON."""

from __future__ import annotations

import io
import json
import random
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.__main__ import main
from desktop.i18n import set_language
from desktop.policy.facts_schema import facts_schema
from desktop.policy.profile import BASE, profile_names
from desktop.policy.rule_ids import known_rules
from desktop.policy.wording import limit_words

KINDS = facts_schema()["$defs"]
IDS = ["a1", "a2", "a3", "p1", "d1"]
ODD: list[Any] = [None, True, -1, 1.5, 10**30, "", " ", "x", [], {}, [[]], [None], {"a": 1}, "２０２６-01-01", "2026-02-30", "20260930", "\u202e",
                  "\ud800"]
NAMED = {"rule": ["QZ-25-1", "QZ-25-2", "XK-42", *known_rules("deadline")], "item": list(known_rules("item")), "items": list(known_rules("item")),
         "form": ["立案审批表", "现场检查（勘验）笔录", "询问笔录", "送达回证", "行政处罚决定书"]}


class Writer:
    """Facts as the schema has them, with a share of nodes that are none; what refers to another fact mostly names one that is there."""

    def __init__(self, seed: int, odd: float) -> None:
        self.chance, self.odd = random.Random(seed), odd

    def case(self) -> Any:
        made = self.value({"$ref": "#/$defs/CaseFacts"}, "")
        if isinstance(made, dict) and self.odd < 0.1:
            self._refer(made)
        return made

    def value(self, schema: dict[str, Any], name: str) -> Any:
        chance = self.chance
        if chance.random() < self.odd:
            return chance.choice(ODD)
        if "$ref" in schema:
            kind = KINDS[schema["$ref"].rpartition("/")[2]]
            return {key: self.value(one, key) for key, one in kind["properties"].items() if key in kind["required"] or chance.random() < 0.5}
        if "anyOf" in schema:
            return self.value(chance.choice(schema["anyOf"]), name)
        if "enum" in schema:
            return chance.choice(schema["enum"])
        if schema["type"] == "array":
            return self._several(schema["items"], name)
        if schema["type"] == "object":
            keys = schema.get("propertyNames", {}).get("enum", ["案号"])
            return {chance.choice(keys): self.value(schema["additionalProperties"], name) for _n in range(3)}
        plain = {"null": None, "boolean": chance.random() < 0.5, "integer": chance.choice([0, 1, 7, 20, 30, 90, 1000])}
        return plain[schema["type"]] if schema["type"] in plain else self._words(schema.get("format", ""), name)

    def _several(self, inner: dict[str, Any], name: str) -> list[Any]:
        found: list[Any] = []
        for n in range(self.chance.randint(0, 4)):
            one = self.value(inner, name)
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                one["id"] = f"{name[0]}{n + 1}"
            if _once(one, name) not in [_once(other, name) for other in found]:
                found.append(one)
        return found

    def _words(self, form: str, name: str) -> str:
        chance = self.chance
        near = chance.random() < 0.8
        day = date(2026, 7, 1) + timedelta(chance.randint(0, 170)) if near else date(1970, 1, 1) + timedelta(chance.randint(0, 47_800))
        if form == "date":
            return day.isoformat()
        if form:
            return f"{day}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00{chance.choice(['+08:00', 'Z', '-11:00'])}"
        return chance.choice(IDS if name in ("activity", "subject", "answers", "document") else NAMED.get(name, ["甲", "乙", "周敏", "局领导"]))

    def _refer(self, case: dict[str, Any]) -> None:
        def tables(name: str) -> list[dict[str, Any]]:
            listed = case.get(name)
            return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

        there = {name: [one["id"] for one in tables(name) if isinstance(one.get("id"), str)] for name in ("activities", "papers")}
        for name, key, of in (("footage", "activity", "activities"), ("papers", "activity", "activities"), ("activities", "document", "papers"),
                              ("suspensions", "subject", "activities"), ("extensions", "subject", "activities")):
            for one in tables(name):
                if key in one:
                    one[key] = self.chance.choice(there[of]) if there[of] else ""
        for one in tables("activities"):
            if "answers" in one:
                one["answers"] = there["activities"][:self.chance.randint(0, 2)]


def _once(one: Any, name: str) -> Any:
    """By what an entry may stand in its list only once."""
    key = {"overrides": "rule", "waivers": "item"}.get(name)
    return one[key] if key is not None and isinstance(one, dict) and key in one else one


def said(text: str, *arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
        patched.setattr("sys.stdin", io.StringIO(text))
        code = main(["policy", "explain", "--now", "2026-11-20T10:00+08:00", "--language", "zh_CN", *arguments, "-"])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def _chinese():
    yield
    set_language("zh_CN")


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.sampled_from([0, 0, 0.003, 0.05]), st.sampled_from([BASE, *profile_names()]))
def test_whatever_the_facts_are_it_answers_or_says_where(seed: int, odd: float, key: str) -> None:
    text = json.dumps(Writer(seed, odd).case())
    code, out, err = said(text, "--json", "--profile", key)
    assert (code, out, err) == said(text, "--json", "--profile", key)
    plain = said(text, "--profile", key)
    assert plain[0] == code
    assert code in (0, 3), err
    if code == 3:
        refused = json.loads(out)
        assert refused["refused"] == "facts.faulty"
        assert "：$" in refused["sentence"]
        assert plain[2].strip() == refused["sentence"].replace("\u202e", "\\u202e")  # shown to a person, not obeyed by the terminal
        return
    for clock in (clock for one in json.loads(out) for clock in one["clocks"]):
        assert (clock["due"] is None) == (clock["state"] in ("waiting", "paused"))
        assert clock["due"] is None or f"到期 {limit_words(datetime.fromisoformat(clock['due']))}" in plain[1]
        assert all(step["words"] for step in clock["steps"])


def test_what_is_written_as_the_schema_says_is_mostly_answered() -> None:
    """Or the test above would look at refusals only."""
    codes = [said(json.dumps(Writer(seed, 0).case()), "--json", "--profile", "xigang-finance")[0] for seed in range(40)]
    assert codes.count(0) > 25
