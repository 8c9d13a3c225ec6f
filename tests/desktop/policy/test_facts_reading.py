"""Facts from JSON: what is right is read whole, every mistake is told with its path, and the schema on the disk is the one that is read by."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.i18n import set_language
from desktop.paths import RESOURCES
from desktop.policy.facts_reading import parse_facts, read_facts
from desktop.policy.facts_schema import facts_schema
from models.facts import CaseFacts

WHOLE: dict[str, Any] = {
    "number": "西财罚〔2026〕8号", "kind": "penalty", "procedure": "ordinary", "conditions": {"emergency": True, "hearing_right": False},
    "activities": [{"id": "a1", "kind": "inspection", "start": "2026-09-01T09:30:00+08:00", "end": "2026-09-01T11:00:00+08:00",
                    "officers": ["周敏", "李建国"], "traits": ["major_property"], "document": "p1"},
                   {"id": "a2", "kind": "decision", "start": "2026-10-09"}],
    "footage": [{"id": "f1", "activity": "a1", "end": "2026-09-01T03:00:00Z", "claim": {"kind": "away", "claimant": "周敏", "reason": "在外县"},
                 "gaps": [{"start": "2026-09-01T09:40:00+08:00", "end": "2026-09-01T09:41:00+08:00"}], "label": {"案号": "8"}}],
    "papers": [{"id": "p1", "form": "现场检查（勘验）笔录", "signers": ["officer", "party"], "dated": "2026-09-01"}],
    "overrides": [{"rule": "XG-18-filing", "number": 45, "unit": "day", "cites": "某条例第九条", "rank": "regulation"}],
    "disclosures": [{"id": "d1", "received": "2026-09-01", "pauses": [{"kind": "third_party", "start": "2026-09-10"}]}],
    "case_end": {"kind": "performed", "on": "2026-10-30", "signed_by": "韩立"}, "filed": None, "retention_years": 10}


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def changed(path: str, value: Any) -> dict[str, Any]:
    """The whole case with one value put in another's place; `path` as keys and numbers parted by dots."""
    copy: dict[str, Any] = json.loads(json.dumps(WHOLE))
    at: Any = copy
    *way, last = [int(one) if one.isdigit() else one for one in path.split(".")]
    for one in way:
        at = at[one]
    at[last] = value
    return copy


def test_a_whole_case_is_read() -> None:
    (facts,) = read_facts(json.dumps(WHOLE, ensure_ascii=False))
    assert facts.activities[0].start == datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
    assert facts.activities[1].start == date(2026, 10, 9)
    assert facts.activities[0].traits == frozenset({"major_property"})
    assert facts.footage[0].claim is not None
    assert facts.footage[0].claim.kind == "away"
    assert facts.footage[0].label == {"案号": "8"}
    assert facts.disclosures[0].pauses[0].end is None
    assert facts.case_end is not None
    assert facts.case_end.on == date(2026, 10, 30)
    assert facts.conditions == {"emergency": True, "hearing_right": False}


def test_a_list_is_a_list_and_nothing_is_the_empty_case() -> None:
    assert read_facts("{}") == (CaseFacts(),)
    assert read_facts("[]") == ()
    assert len(read_facts(json.dumps([WHOLE, {}]))) == 2


WRONG = [
    ("kindd", "x", "$.kindd"), ("kind", "penal", "$.kind"), ("activities.0.kind", "inspektion", "$.activities[0].kind"),
    ("activities.0.start", "2026-09-01T09:30:00", "$.activities[0].start"), ("activities.0.end", "2026-09-01", "$.activities[0].end"),
    ("activities.0.start", "gestern", "$.activities[0].start"), ("activities.0.start", 7, "$.activities[0].start"),
    ("activities.0.start", "0001-01-01", "$.activities[0].start"), ("activities.0.start", "9999-12-31", "$.activities[0].start"),
    ("activities.0.officers", "周敏", "$.activities[0].officers"), ("activities.0.traits", ["wichtig"], "$.activities[0].traits[0]"),
    ("activities.1.id", "a1", "$.activities[1]"), ("activities.1.id", "", "$.activities[1].id"),
    ("activities.0.document", "p9", "$.activities[0].document"),
    ("footage.0.activity", "a9", "$.footage[0].activity"), ("footage.0.claim.kind", "tired", "$.footage[0].claim.kind"),
    ("footage.0.claim", {"kind": "away"}, "$.footage[0].claim"), ("footage.0.sound", "yes", "$.footage[0].sound"),
    ("footage.0.label", {"案号": 8}, "$.footage[0].label.案号"), ("papers.0.signers", ["boss"], "$.papers[0].signers[0]"),
    ("overrides.0.rank", "letter", "$.overrides[0].rank"), ("overrides.0.number", -1, "$.overrides[0].number"),
    ("overrides.0.number", True, "$.overrides[0].number"), ("overrides.0.unit", "week", "$.overrides[0].unit"),
    ("disclosures.0.received", "2026-09-01T08:00:00+08:00", "$.disclosures[0].received"), ("conditions.hearring", True, "$.conditions.hearring"),
    ("conditions.emergency", "yes", "$.conditions.emergency"), ("case_end", [], "$.case_end"), ("number", None, "$.number"),
    ("holds", [1], "$.holds[0]"),
    ("retention_years", 10.0, "$.retention_years"), ("retention_years", 9999, "$.retention_years"),
    ("disclosures.0.pauses.0.kind", "nap", "$.disclosures[0].pauses[0].kind")]


@pytest.mark.parametrize(("path", "value", "where"), WRONG)
def test_a_mistake_is_told_with_its_path(path: str, value: Any, where: str) -> None:
    facts, mistakes = parse_facts(changed(path, value))
    assert facts is None
    assert where in [one.where for one in mistakes]
    assert all(one.words for one in mistakes)
    with pytest.raises(Refusal) as told:
        read_facts(json.dumps(changed(path, value)))
    assert told.value.code == "facts.faulty"
    assert where in str(told.value)
    assert "没有任何改动" in str(told.value)


def test_in_a_list_the_path_names_the_case() -> None:
    with pytest.raises(Refusal, match=r"\$\[1\]\.kind"):
        read_facts(json.dumps([WHOLE, changed("kind", "?")]))


def test_all_mistakes_are_told_not_only_the_first() -> None:
    both = changed("kind", "?") | {"procedure": "?"}
    assert {one.where for one in parse_facts(both)[1]} == {"$.kind", "$.procedure"}


@pytest.mark.parametrize("text", ["", "{", "[1,", "{\"kind\": \"penalty\", \"kind\": \"other\"}", "'x'", "[" * 100_000, '{"a" 1}', '{"a": 1 "b"}',
                                  '"a', "{} {}", '"\n"', '"\\q"'])
def test_what_is_no_json_is_said_in_the_language_of_the_desk(text: str) -> None:
    with pytest.raises(Refusal) as told:
        read_facts(text)
    assert told.value.code == "facts.not_json"
    assert re.findall(r"[A-Za-z]{5,}", str(told.value)) == []


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["kind", "activities", "footage", "id", "start", "claim", "conditions", "label", "x"]), inner, max_size=3)))
def test_whatever_json_says_is_read_or_told(said: Any) -> None:
    facts, mistakes = parse_facts(said)
    assert (facts is None) == bool(mistakes)


def test_the_schema_on_the_disk_is_the_one_that_is_read_by() -> None:
    """After a change of the facts: write `facts_schema()` to the file again."""
    stored = json.loads((RESOURCES / "policy" / "facts.schema.json").read_text(encoding="utf-8"))
    assert stored == facts_schema()
