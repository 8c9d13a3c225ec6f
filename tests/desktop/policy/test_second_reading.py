"""Found by a second reader of the five texts, each with the words of its article."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from desktop.i18n import set_language
from desktop.policy.completeness import items
from desktop.policy.conditions import questions
from desktop.policy.facts_reading import read_facts
from desktop.policy.profile import profile, profile_names
from desktop.policy.verdicts import ItemVerdict, Standing
from models.facts import Activity, CaseFacts, Footage, Paper

FUSHUN, JINPU, MINHOU = "fushun-culture", "jinpu-development", "minhou-statistics"


@pytest.fixture(autouse=True)
def _chinese() -> None:
    set_language("zh_CN")


def item(key: str, name: str, facts: CaseFacts) -> ItemVerdict:
    return next(one for one in items(profile(key), facts) if one.id == name)


@pytest.mark.parametrize(("key", "name"), [(FUSHUN, "FS-8"), (MINHOU, "MH-7")])
def test_a_record_of_the_start_is_asked_only_where_the_complaint_is_pursued(key: str, name: str) -> None:
    """抚顺§8, 闽侯§7 「需要查处的，及时启动执法程序，并进行相应记录」."""
    facts = CaseFacts(activities=(Activity("a", "complaint_reception"),), conditions={"not_started": True, "named_complaint": False})
    assert item(key, name, facts).standing == Standing.NOT_APPLICABLE
    assert item(key, f"{name}b", facts).standing == Standing.NOT_APPLICABLE
    assert item(key, name, replace(facts, conditions={"not_started": False})).standing == Standing.MISSING
    assert item(key, f"{name}b", replace(facts, conditions={"not_started": True, "named_complaint": True})).standing == Standing.MISSING


def test_a_refusal_is_on_record_in_words_or_in_pictures_under_jinpu() -> None:
    """金普§14 「应采取文字或音像记录当时情况」: either will do."""
    refused = CaseFacts(activities=(Activity("a", "obstruction"),))
    assert item(JINPU, "JP-14-R", refused).standing == Standing.MISSING
    assert item(JINPU, "JP-14-R", replace(refused, footage=(Footage("f", "a"),))).standing == Standing.PRESENT
    written = Paper("p", "现场笔录", frozenset({"JP-14-R"}), activity="a", fields=frozenset({"拒绝的情况"}))
    assert item(JINPU, "JP-14-R", replace(refused, papers=(written,))).standing == Standing.PRESENT
    assert item(FUSHUN, "FS-11-R", replace(refused, footage=(Footage("f", "a"),))).standing == Standing.MISSING, "抚顺§11 does not name pictures"


def test_every_measure_has_its_own_paper_under_fushun() -> None:
    """抚顺§14 「要通过制作法定文书的方式进行文字记录」: one paper for a seizure says nothing of the sealing."""
    facts = CaseFacts(activities=(Activity("a", "seal"), Activity("b", "seize")), papers=(Paper("p", "扣押决定书"),))
    assert (item(FUSHUN, "FS-14", facts).standing, item(FUSHUN, "FS-14-2", facts).standing) == (Standing.MISSING, Standing.PRESENT)
    assert item(FUSHUN, "FS-14-3", facts).standing == Standing.NOT_APPLICABLE
    both = replace(facts, papers=(Paper("p", "查封、扣押决定书"),))
    assert {item(FUSHUN, name, both).standing for name in ("FS-14", "FS-14-2")} == {Standing.PRESENT}
    twice = CaseFacts(activities=(Activity("a", "freeze"), Activity("b", "freeze")), papers=(Paper("p", "冻结通知书"),))
    assert item(FUSHUN, "FS-14-3", twice).standing == Standing.INCOMPLETE


@pytest.mark.parametrize(("key", "name"), [("xigang-finance", "XG-10-4"), (FUSHUN, "FS-11-3"), ("provincial", "PV-10-3"), (JINPU, "JP-14-3"),
                                           (MINHOU, "MH-9-3")])
def test_a_random_inspection_needs_its_own_record_as_any_other(key: str, name: str) -> None:
    """「现场检查（勘验）……应当制作现场检查（勘验）笔录」: 双随机抽查 is one."""
    facts = CaseFacts(activities=(Activity("a", "inspection"), Activity("b", "random_inspection")), papers=(Paper("p", "现场检查（勘验）笔录"),))
    assert item(key, name, facts).standing == Standing.INCOMPLETE
    assert item(key, name, replace(facts, papers=(*facts.papers, Paper("q", "现场检查（勘验）笔录")))).standing == Standing.PRESENT


@pytest.mark.parametrize(("key", "name", "asked"), [("xigang-finance", "XG-10-3", True), (FUSHUN, "FS-11-2", False), (JINPU, "JP-14-2", False),
                                                    (MINHOU, "MH-9-2", False)])
def test_only_xigang_names_electronic_evidence_among_what_is_taken(key: str, name: str, asked: bool) -> None:
    """西岗§10(3) 「书证、物证、视听资料、电子数据」; the others 「向有关单位和个人调取书证、物证的」."""
    facts = CaseFacts(activities=(Activity("a", "electronic_evidence"),))
    assert item(key, name, facts).standing == (Standing.MISSING if asked else Standing.NOT_APPLICABLE)


@pytest.mark.parametrize(("key", "name"), [("xigang-finance", "XG-10-8"), (FUSHUN, "FS-13"), (MINHOU, "MH-13")])
def test_whether_evidence_was_preserved_is_asked_and_not_read_from_electronic_evidence(key: str, name: str) -> None:
    """抚顺§13 「在证据可能灭失或事后难以取得的情况下」, by copies, pictures, appraisal …: only a person can say."""
    facts = CaseFacts(activities=(Activity("a", "electronic_evidence"),))
    assert (item(key, name, facts).standing, item(key, name, facts).questions) == (Standing.UNANSWERED, ("preserved",))
    assert item(key, name, replace(facts, conditions={"preserved": False})).standing == Standing.NOT_APPLICABLE
    assert item(key, name, CaseFacts(activities=(Activity("a", "registration"),))).standing == Standing.MISSING


@pytest.mark.parametrize("key", profile_names())
def test_what_nothing_on_record_can_show_is_asked(key: str) -> None:
    """A complaint that nobody entered as an activity, goods confiscated and not disposed of yet, a measure on the spot."""
    asked = questions(profile(key), CaseFacts())
    assert asked.open(["complaint", "confiscated", "emergency_measure"]) == ("complaint", "confiscated", "emergency_measure")
    shown = questions(profile(key), CaseFacts(activities=(Activity("a", "seize", traits=frozenset({"emergency"})),)))
    assert shown.answer("emergency_measure") is True
    other = questions(profile(key), CaseFacts(activities=(Activity("a", "inspection", traits=frozenset({"emergency"})),)))
    assert other.answer("emergency_measure") is None, "an urgent inspection is no measure"


def test_a_paper_that_only_exists_where_the_thing_was_done_proves_it() -> None:
    assert questions(profile(JINPU), CaseFacts(papers=(Paper("p", "听证笔录"),))).answer("hearing") is True
    assert questions(profile(JINPU), CaseFacts(papers=(Paper("p", "鉴定意见书"),))).answer("appraised") is True


@pytest.mark.parametrize(("key", "name", "approver", "enough"), [
    (JINPU, "JP-22", "局领导", True), (JINPU, "JP-22", "局主要领导", True), (JINPU, "JP-22", "办案科室负责人", False),
    (JINPU, "JP-12a", "局领导", False), (JINPU, "JP-12a", "局主要领导", True), (MINHOU, "MH-6", "局领导", False),
    ("xigang-finance", "XG-8", "局相关负责人", True), ("xigang-finance", "XG-8", "本机关负责人", True), (FUSHUN, "FS-7", "局相关负责人", False)])
def test_who_stands_higher_may_approve_and_who_stands_lower_may_not(key: str, name: str, approver: str, enough: bool) -> None:
    """金普§22 「报局领导批准」: 局主要领导 is one; §12 「报局主要领导审批同意」, 闽侯§6 and 抚顺§7 「报本机关负责人批准」 name the head alone."""
    rule = next(one for one in profile(key).item if one.id == name)
    papers = tuple(Paper(form or "p", form, frozenset({name}), fields=frozenset(rule.fields), approved_by=approver) for form in rule.forms or [""])
    facts = CaseFacts(conditions={"decided": True, "crime_suspected": True, "complaint": False}, papers=papers)
    assert (item(key, name, facts).standing == Standing.PRESENT) is enough


def test_the_questions_of_every_regulation_can_be_answered_in_a_file_of_facts() -> None:
    (facts,) = read_facts(json.dumps({"conditions": {"grave_case": True, "urged": False, "review_wide": True, "emergency_measure": False}}))
    assert facts.conditions["grave_case"] is True
    (facts,) = read_facts(json.dumps({"conditions": {"of_a_draft": True}}), ["of_a_draft"])
    assert facts.conditions == {"of_a_draft": True}
