"""What is entered and finds no rule: refused with its place where no regulation knows it, told in the answer where another one does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.errors import Refusal
from desktop.policy.answers import answer
from desktop.policy.calendar import built_in_calendar
from desktop.policy.facts_reading import parse_facts, read_facts
from desktop.policy.listing import in_force
from desktop.policy.profile import BASE, profile, profile_names
from tests.desktop.policy.test_worked_cases import _chinese as _chinese
from tests.desktop.policy.worked import FS, XG, at

STRETCH = {"rule": "QZ-25-1", "kind": "testing", "start": "2026-10-20", "end": "2026-10-30", "told": "当事人", "told_on": "2026-10-20"}
LONGER = {"rule": "QZ-25-1", "number": 30, "unit": "day", "by": "陈局", "on": "2026-11-01"}
OTHER = {"rule": "XG-18-filing", "number": 45, "unit": "day", "cites": "某条例第九条", "rank": "regulation"}
LEFT = {"item": "XG-8", "reason": "没有紧急情况", "by": "韩立"}
SEAL = {"id": "查1", "kind": "seal", "start": "2026-10-12T09:00:00+08:00"}
SEIZE = {"id": "扣2", "kind": "seize", "start": "2026-10-12T09:00:00+08:00"}


def told(key: str, **facts: Any) -> tuple[str, ...]:
    (one,) = read_facts(json.dumps({"case_end": {"kind": "performed", "on": "2026-10-30", "signed_by": "韩立"}, **facts}))
    rules = profile(key)
    return answer(rules, one, built_in_calendar(), at("11-21 10:00"), in_force(rules)).unheard


@pytest.mark.parametrize(("name", "given", "where", "near"), [
    ("suspensions", {**STRETCH, "rule": "QZ-25"}, "$.suspensions[0].rule", "QZ-25-1"),
    ("extensions", {**LONGER, "rule": "QZ25-2"}, "$.extensions[0].rule", "QZ-25-2"),
    ("overrides", {**OTHER, "rule": "XG-18-filling"}, "$.overrides[0].rule", "XG-18-filing"),
    ("waivers", {**LEFT, "item": "XG8"}, "$.waivers[0].item", "XG-8"),
    ("papers", {"id": "p", "form": "立案审批表", "items": ["XG8"]}, "$.papers[0].items[0]", "XG-8")])
def test_an_id_that_no_regulation_knows_is_refused_with_its_place_and_near_words(name: str, given: dict[str, Any], where: str, near: str) -> None:
    facts, wrong = parse_facts({name: [given]})
    assert facts is None
    assert [one.where for one in wrong] == [where]
    assert "可用的有" in wrong[0].words
    assert near in wrong[0].words
    with pytest.raises(Refusal) as refused:
        read_facts(json.dumps([{}, {name: [given]}]))
    assert refused.value.code == "facts.faulty"
    assert where.replace("$", "$[1]") in str(refused.value)


def test_every_id_of_every_regulation_is_known() -> None:
    for key in (BASE, *profile_names()):
        rules = profile(key)
        given = {"overrides": [{**OTHER, "rule": one.id} for one in rules.deadline], "waivers": [{**LEFT, "item": one.id} for one in rules.item]}
        assert parse_facts(given)[1] == []


def test_a_draft_brings_ids_of_its_own() -> None:
    given = {"overrides": [{**OTHER, "rule": "XX-1"}], "waivers": [{**LEFT, "item": "XX-2"}]}
    assert len(parse_facts(given)[1]) == 2
    assert parse_facts(given, rules=["XX-1", "XX-2"])[1] == []


def test_what_another_regulation_knows_is_told_under_this_one() -> None:
    both = {"overrides": [OTHER], "waivers": [LEFT]}
    assert told(XG, **both) == ()
    assert told(FS, **both) == ("overrides[0]：XG-18-filing 是西岗办法的规则，抚顺办法没有这一编号，没有计入",
                                "waivers[0]：XG-8 是西岗办法的规则，抚顺办法没有这一编号，没有计入")


def test_a_stretch_that_names_another_measure_is_told() -> None:
    """A stretch of the sealing's limit (QZ-25-1) given to a seizure, whose limit is another (QZ-25-2)."""
    assert told(XG, kind="coercion", activities=[SEAL, SEIZE], suspensions=[{**STRETCH, "subject": "扣2"}]) == (
        "suspensions[0]：“查封的期限”（行政强制法第二十五条）这一期限不适用于“扣2”，没有计入",)
    assert told(XG, kind="coercion", activities=[SEIZE], extensions=[LONGER]) == (
        "extensions[0]：“查封的期限”（行政强制法第二十五条）这一期限在本案中不适用，没有计入",)
    assert told(XG, kind="coercion", activities=[SEAL, SEIZE], suspensions=[{**STRETCH, "subject": "查1"}], extensions=[LONGER]) == ()


def test_a_stretch_for_a_thing_that_is_not_there_is_refused() -> None:
    facts, wrong = parse_facts({"activities": [SEAL], "suspensions": [{**STRETCH, "subject": "查9"}], "extensions": [{**LONGER, "subject": "查8"}]})
    assert facts is None
    assert {one.where for one in wrong} == {"$.suspensions[0].subject", "$.extensions[0].subject"}


def test_a_limit_that_has_not_begun_takes_no_stretch() -> None:
    assert told(XG, kind="coercion", activities=[{"id": "查1", "kind": "seal"}], suspensions=[STRETCH]) == (
        "suspensions[0]：“查封的期限”（行政强制法第二十五条）这一期限尚未起算，没有计入",)


def test_a_waiver_without_a_reason_or_of_another_kind_of_case_is_told() -> None:
    assert told(XG, waivers=[{**LEFT, "reason": " "}]) == ("waivers[0]：没有写明理由，不能按不适用处理，没有计入",)
    assert told(XG, procedure="simple", waivers=[LEFT]) == ("waivers[0]：本类案件没有 XG-8 这一应有事项，没有计入",)


@pytest.mark.parametrize(("name", "given"), [("overrides", OTHER), ("waivers", LEFT)])
def test_what_can_hold_once_only_is_not_given_twice(name: str, given: dict[str, Any]) -> None:
    facts, wrong = parse_facts({name: [given, given]})
    assert facts is None
    assert [one.where for one in wrong] == [f"$.{name}[1]"]
