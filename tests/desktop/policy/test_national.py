"""The national base: its numbers by article, and how a regulation is merged on it."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from desktop.i18n import set_language
from desktop.paths import RESOURCES
from desktop.policy import profile, profile_names
from desktop.policy.grounds import ground
from desktop.policy.profile import SECTIONS, parse_profile, use_rule
from desktop.policy.vocabulary import read_vocabulary, vocabulary

NATIONAL = profile("national")
FIVE = profile_names()

# Every number by its article: topic, number, unit, whether it counts back, most that it may be extended by.
LIMITS = [
    ("CF-60", "行政处罚法第六十条", "decision", 90, "day", False, 0), ("CF-61", "行政处罚法第六十一条", "service", 7, "working_day", False, 0),
    ("CF-64-1", "行政处罚法第六十四条第一项", "hearing_request", 5, "working_day", False, 0),
    ("CF-64-2", "行政处罚法第六十四条第二项", "hearing_notice", 7, "working_day", True, 0),
    ("CF-56", "行政处罚法第五十六条", "registration", 7, "working_day", False, 0),
    ("QZ-19-1", "行政强制法第十九条", "measure_report", 24, "hour", False, 0),
    ("QZ-19-2", "行政强制法第十九条", "measure_report", 24, "hour", False, 0),
    ("QZ-20", "行政强制法第二十条第一款第二项", "liberty_report", 0, "hour", False, 0),
    ("QZ-25-1", "行政强制法第二十五条", "seizure", 30, "day", False, 30), ("QZ-25-2", "行政强制法第二十五条", "seizure", 30, "day", False, 30),
    ("QZ-31", "行政强制法第三十一条第一款", "freeze_service", 3, "working_day", False, 0),
    ("QZ-32", "行政强制法第三十二条", "freeze", 30, "day", False, 30),
    ("YS-5-1", "行政执法机关移送涉嫌犯罪案件的规定第五条", "transfer_decision", 3, "day", False, 0),
    ("YS-5-2", "行政执法机关移送涉嫌犯罪案件的规定第五条", "transfer_handover", 24, "hour", False, 0),
    ("XK-32", "行政许可法第三十二条第一款第四项", "licence_correction", 5, "working_day", False, 0),
    ("XK-42", "行政许可法第四十二条第一款", "licence_decision", 20, "working_day", False, 10),
    ("XK-44", "行政许可法第四十四条", "licence_delivery", 10, "working_day", False, 0),
    ("XK-47-1", "行政许可法第四十七条第一款", "licence_hearing_request", 5, "working_day", False, 0),
    ("XK-47-2", "行政许可法第四十七条第一款", "licence_hearing", 20, "working_day", False, 0),
    ("XK-48", "行政许可法第四十八条第一款第一项", "licence_hearing_notice", 7, "working_day", True, 0),
    ("GK-33", "政府信息公开条例第三十三条", "disclosure_answer", 20, "working_day", False, 20),
    ("GK-30", "政府信息公开条例第三十条", "disclosure_correction", 7, "working_day", False, 0),
    ("GK-32", "政府信息公开条例第三十二条", "disclosure_third_party", 15, "working_day", False, 0),
    ("GK-34", "政府信息公开条例第三十四条", "disclosure_other_agency", 15, "working_day", False, 0)]


def test_every_limit_of_the_base_by_its_article() -> None:
    assert [(r.id, r.article, r.topic, r.number, r.unit, r.before, r.extension) for r in NATIONAL.deadline] == LIMITS


def test_the_answer_to_a_request_stops_and_begins_anew() -> None:
    """政府信息公开条例第三十条 (补正: begins anew), 第三十三条第三款 (third parties: not counted)."""
    answer = NATIONAL.limits("disclosure_answer")[0]
    assert (answer.pauses, answer.restarts, answer.extension_by) == (["third_party", "other_agency"], ["correction"], "政府信息公开工作机构负责人")


def test_the_rights_of_others_lapse_and_make_nobody_late() -> None:
    assert {r.id for r in NATIONAL.deadline if r.lapses} == {"CF-64-1", "XK-47-1", "GK-32", "GK-34"}


def test_no_word_of_the_base_is_unmarked() -> None:
    for section in SECTIONS:
        assert all(rule.mark in ("V", "v", "k") for rule in getattr(NATIONAL, section))


@pytest.mark.parametrize("key", FIVE)
def test_the_base_fills_what_a_regulation_leaves_open(key: str) -> None:
    own, file = profile(key), tomllib.loads((RESOURCES / "policy" / f"{key}.toml").read_text(encoding="utf-8"))
    topics = {rule["topic"] for rule in file["deadline"]}
    assert [r.topic for r in own.deadline if r.id in own.national] == [r.topic for r in NATIONAL.deadline if r.topic not in topics]
    assert {r.id for r in own.item if r.id in own.national} == {"CF-42", "CF-42-2", "QZ-18", "QZ-18-7", "QZ-24-1", "QZ-24-2", "MS-89"}
    assert {r.id for r in own.duty if r.id in own.national} == {"MS-89-V"}
    for section in ("retention", "use"):
        assert bool(getattr(own, section))
        assert all((rule.id in own.national) == (section not in file) for rule in getattr(own, section))
    assert own.evidence[-1].id == "ZJ-12"  # beside the profile's own fields
    for section in ("span", "points", "label", "interruption"):
        assert len(getattr(own, section)) == len(file.get(section, []))
    assert {id for section in SECTIONS for id in (r.id for r in getattr(own, section)) if id in own.national} == own.national


def test_jinpu_has_its_own_notice_of_the_hearing() -> None:
    assert [own.id for own in profile("jinpu-development").limits("hearing_notice")] == ["JP-19-notice"]
    assert [own.id for own in profile("xigang-finance").limits("hearing_notice")] == ["CF-64-2"]


@pytest.mark.parametrize(("key", "cited", "national"), [
    ("xigang-finance", "西岗办法第十九条", False), ("fushun-culture", "抚顺办法第三十三条", False), ("provincial", "省办法第二十四条", False),
    ("jinpu-development", "金普办法第三十二条", False), ("minhou-statistics", "档案法实施条例第三十四条第二款", True)])
def test_who_may_consult_and_by_which_article(key: str, cited: str, national: bool) -> None:
    own = profile(key)
    rule = use_rule(own)
    assert rule is not None
    found = ground(own, rule)
    assert (found.article, found.national) == (cited, national)


def test_always_means_beside_the_profile_s_own() -> None:
    text = (RESOURCES / "policy" / "jinpu-development.toml").read_text(encoding="utf-8")
    base = replace(NATIONAL, deadline=[replace(rule, always=rule.topic == "hearing_notice") for rule in NATIONAL.deadline])
    assert [rule.id for rule in parse_profile(text, base).limits("hearing_notice")] == ["JP-19-notice", "CF-64-2"]


# ---- the vocabulary
def test_the_vocabulary_speaks_both_languages() -> None:
    set_language("zh_CN")
    assert vocabulary().title("event", "hearing") == "听证"
    set_language("en")
    assert vocabulary().title("event", "hearing") == "Hearing"
    set_language("zh_CN")
    assert vocabulary().title("event", "no such thing") == "no such thing"
    assert vocabulary() is vocabulary()
    assert vocabulary().keys("event")["hearing"].recorded


@pytest.mark.parametrize("given", [
    {"event": {"x": {"zh": "甲"}}}, {"event": {"x": {"zh": "甲", "en": "A", "fr": "A"}}}, {"condition": [{"key": "x"}]}])
def test_a_faulty_vocabulary_is_ours_to_mend(given: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        read_vocabulary(given)


def test_the_vocabulary_asks_in_no_circle_and_only_what_it_knows() -> None:
    words = vocabulary()
    for one in words.conditions.values():
        assert {*one.any, *one.all} <= set(words.conditions)
        assert set(one.activities) <= set(words.keys("event"))
        assert set(one.kinds) <= set(words.keys("kind"))
        assert set(one.procedures) <= set(words.keys("procedure"))
