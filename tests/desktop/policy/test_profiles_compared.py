"""The five profiles side by side: each cell of the comparison of their texts, and the traps inside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.policy.rules import DutyRule, Profile
from tests.desktop.policy.regulations import KEYS, own

LEVELS = ("", "may", "as_needed", "suitable", "sync", "full")


def limit(topic: str) -> Callable[[Profile], Any]:
    def told(mine: Profile) -> Any:
        return next(((one.number, one.unit, one.start.split("|")[0], one.end.split("|")[0]) for one in mine.limits(topic)), None)
    return told


def level(event: str, *traits: str) -> Callable[[Profile], Any]:
    """The highest level for one event under the reading in force."""
    def told(mine: Profile) -> Any:
        chosen = {f"{one.key}={one.chosen}" for one in mine.choice}
        found = [rule for rule in mine.duty
                 if event in rule.events and set(rule.traits) <= set(traits) and (not rule.choice or rule.choice in chosen)]
        best = max(found, key=lambda rule: LEVELS.index(rule.level), default=None)
        return (best.level, best.excuse) if best else None
    return told


def said(topic: str) -> Callable[[Profile], Any]:
    return lambda mine: [one.points for one in mine.provision if one.topic == topic] or None


def start_approval(mine: Profile) -> Any:
    found = [rule for rule in mine.item if rule.stage == "start" and ("承办人意见" in rule.fields or rule.forms == ["立案审批表"])]
    return (found[0].forms, found[0].approver) if found else None


def least(mine: Profile) -> Any:
    return [(one.least_years, one.in_principle, one.evidence) for one in mine.retention] or None


SECRET, PRIVATE = ["国家秘密", "商业秘密"], ["国家秘密", "商业秘密", "个人隐私"]
REPORTED = (24, "hour", "activity(started).start", "activity(start_reported).start")
MADE, RETURNED = (24, "hour", "footage.end", "footage.deposited"), (24, "footage.returned")
THIRTY = (30, "day", "case_end", "filed")
SITES = {"continuous", "away", "remote", "traffic"}
COMPARISON: list[tuple[str, Callable[[Profile], Any], tuple[Any, Any, Any, Any, Any]]] = [
    ("start approval", start_approval, (([], "局相关负责人（含本机关负责人）"), ([], "本机关负责人"), None, (["立案审批表"], ""),
        (["立案审批表"], "局主要领导"))),
    ("emergency back-fill: a report, or the approval itself", limit("emergency"), (
        REPORTED, REPORTED, None, None, (24, "hour", "activity(started).start", "activity(start_approved).start"))),
    ("deposit", limit("deposit"), (
        MADE, MADE, (0, "day", "footage.day", "footage.deposited"), MADE, (24, "hour", "footage.returned", "footage.deposited"))),
    ("deposit exceptions", lambda mine: set(mine.limits("deposit")[0].exceptions), (SITES, SITES, SITES | {"water"}, SITES - {"away"}, set())),
    ("deposit exceptions run from the return", lambda mine: [(one.exception_number, one.exception_start) for one in mine.limits("deposit")], (
        [RETURNED], [RETURNED], [RETURNED], [RETURNED], [(0, "")])),
    ("filing", limit("filing"), (
        THIRTY, (60, "day", "case_end", "filed"), (20, "working_day", "case_end", "filed"), THIRTY, THIRTY)),
    ("filing gives way to statute; days roll by analogy", lambda mine: [(one.override, one.inferred_roll) for one in mine.limits("filing")], (
        [(True, True)], [(True, True)], [(True, False)], [(True, True)], [(True, True)])),
    ("retention", least, ([(2, False, "case_file")], None, [(0, False, "")], None, [(2, True, "permanent")])),
    ("kept for ever", lambda mine: [one.permanent for one in mine.retention if one.permanent], (
        [], [], [], [], [["penalty_evidence", "obstruction", "major_incident", "difficult_case"]])),
    ("evidence", lambda mine: [(one.fields, one.copy, one.disc) for one in mine.evidence] or None, (
        None, None, [(["取证人员", "取证时间", "取证地点"], True, False)], None, [(["制作人", "提取人", "提取时间"], True, True)])),
    ("hearing recorded", level("hearing"), (
        ("full", "unsuitable_reasoned"), ("sync", "unsuitable_reasoned"), ("as_needed", "none"), ("full", "none"), ("sync", "secrecy"))),
    ("inspection recorded", level("inspection"), (
        ("full", "unsuitable_reasoned"), ("sync", "unsuitable_reasoned"), ("as_needed", "none"), ("sync", "unsuitable"), ("sync", "secrecy"))),
    # fushun §24: 「采用音像记录等方式」 names recording first and leaves other ways open, so it is no 应当同时.
    ("service by leaving recorded", level("service_left"), (
        ("full", "unsuitable_reasoned"), ("suitable", "none"), ("as_needed", "none"), None, ("sync", "none"))),
    ("public notice recorded", level("service_public"), (
        ("as_needed", "none"), ("suitable", "none"), ("as_needed", "none"), ("suitable", "none"), None)),
    ("sealing recorded", level("seal"), (("full", "unsuitable_reasoned"), ("sync", "none"), ("full", "none"), None, ("sync", "secrecy"))),
    ("seizure recorded", level("seize"), (("full", "unsuitable_reasoned"), ("sync", "none"), ("full", "none"), None, ("sync", "secrecy"))),
    ("seizure of major property recorded", level("seize", "major_property"), (
        ("full", "unsuitable_reasoned"), ("sync", "none"), ("full", "none"), None, ("full", "none"))),
    # minhou §12(2): 「等行政强制措施」 reaches freezing; provincial §15(2): acts on the spot. fushun: on paper only.
    ("freezing recorded", level("freeze"), (None, None, ("as_needed", "none"), None, ("sync", "secrecy"))),
    ("restraint recorded", level("restraint"), (None, ("sync", "none"), ("full", "none"), None, ("sync", "secrecy"))),
    ("correction check recorded", level("correction_check"), (None, ("may", "none"), ("as_needed", "none"), ("sync", "none"), ("may", "none"))),
    ("disposal of confiscated goods recorded", level("confiscated_goods"), (None, None, ("may", "none"), ("sync", "none"), None)),
    ("refusal to sign recorded", level("refusal_to_sign"), (None, ("may", "none"), ("as_needed", "none"), None, ("sync", "none"))),
    ("contested on-the-spot penalty recorded", level("on_the_spot", "contested"), (
        ("as_needed", "none"), ("suitable", "none"), ("as_needed", "none"), None, ("suitable", "none"))),
    ("restoration recorded", level("demolition"), (None, ("sync", "none"), ("full", "none"), None, None)),
    ("interruption: causes, report at once to", lambda mine: [(len(one.causes), one.spoken_on_resuming, one.written_otherwise, one.report_to)
                                                             for one in mine.interruption] or None, (
        None, None, [(7, True, True, "")], None, [(4, True, True, "单位主要负责人")])),
    ("span ends", lambda mine: [(one.end, one.spoken) for one in mine.span] or None, (
        None, None, [("leave", ["spoken_notice", "told"])], None, [("activity_end", [])])),
    # minhou has five lines; documents and measures share one.
    ("key points", lambda mine: [len(one.points) for one in mine.points], ([6], [], [6], [], [6])),
    ("consulting", lambda mine: [(one.who, one.approver) for one in mine.use] or None, (
        [("当事人", "本机关负责人")], [("当事人", "")], [("确有必要者（含内部人员）", "行政执法机关负责人")], [("当事人", "")], None)),
    ("secrets named", said("secrecy"), ([SECRET], [PRIVATE], [PRIVATE], [PRIVATE], [PRIVATE])),
    ("originals", said("no_tampering"), (None, None, [["损毁", "剪接", "删改"]], None, [["伪造", "删改", "销毁", "擅自对外提供", "擅自公示"]])),
    ("custodian", lambda mine: [one.article for one in mine.provision if one.topic == "custodian"], (
        [], ["第三十二条"], ["第二十条"], ["第三十二条"], ["第二十二条", "第二十三条"])),
    ("annual list", lambda mine: [(one.due_on, one.before, one.per) for one in mine.limits("annual_list")] or None, (
        None, None, None, [("01-31", True, "year")], None)),
    ("off-site backup", said("backup"), (None, None, None, None, [[]])),
    ("label", lambda mine: [one.fields for one in mine.label], ([], [], [], [], [["案号", "当事人姓名或者名称", "承办人姓名"]])),
    ("legal review", lambda mine: [one.when for one in mine.item if "法制审核意见书" in one.forms] or None, (
        [["decided", "review_needed"]], [["decided", "review_needed"]], [["decided", "review_wide"]], None, [["decided", "review_needed"]])),
    ("hearing notice", limit("hearing_notice"), (
        None, None, None, (7, "working_day", "activity(hearing).start", "activity(hearing_notice).start"), None)),
    ("hearing report", limit("hearing_report"), (
        None, None, None, (5, "working_day", "activity(hearing).end", "activity(hearing_report).start"), None)),
    # 「按期」 gives no number: the first working day after the time for correction is inferred, and the note says so.
    ("correction check in time", lambda mine: [(one.article, one.number, one.unit, "推定" in one.note) for one in mine.limits("correction_check")], (
        [], [("第二十七条", 1, "working_day", True)], [], [("第二十八条", 1, "working_day", True)], [("第十九条", 1, "working_day", True)])),
    ("violations named", lambda mine: [len(one.points) for one in mine.provision if one.topic == "violations"], ([4], [5], [1], [5], [5]))]


@pytest.mark.parametrize(("row", "cell", "wanted"), COMPARISON, ids=[row for row, _cell, _wanted in COMPARISON])
def test_the_five_differ_as_their_texts_do(row: str, cell: Callable[[Profile], Any], wanted: tuple[Any, ...]) -> None:
    assert tuple(cell(own(key)) for key in KEYS) == wanted, row


# ---- traps inside the texts

def test_a_check_on_site_has_two_readings_and_the_stricter_is_in_force() -> None:
    xigang = own("xigang-finance")
    choice = next(one for one in xigang.choice if one.key == "site_check")
    assert (set(choice.options), choice.chosen) == ({"every", "property"}, "every")
    lenient = replace(xigang, choice=[replace(choice, chosen="property")])
    assert level("inspection")(xigang) == level("inspection", "major_property")(lenient) == ("full", "unsuitable_reasoned")
    assert level("inspection")(lenient) is None
    assert level("hearing")(lenient) == level("seize")(lenient) == ("full", "unsuitable_reasoned"), "only the check on site is in dispute"


def test_no_excuse_where_a_text_knows_none() -> None:
    excused = {key: {rule.id for rule in own(key).duty if rule.excuse != "none"} for key in KEYS}
    assert excused == {"xigang-finance": {"XG-13a", "XG-13a-1", "XG-13a-2", "XG-13a-3"}, "fushun-culture": {"FS-12a"}, "provincial": set(),
                       "jinpu-development": {"JP-14v"}, "minhou-statistics": {"MH-12-1", "MH-12-1b", "MH-12-2", "MH-12-2b", "MH-12-3", "MH-12-4"}}
    assert {rule.excuse for rule in own("minhou-statistics").duty} == {"none", "secrecy"}
    throughout = [rule.id for key in KEYS for rule in own(key).duty if rule.uninterrupted]
    assert throughout == ["MH-14v"]


def test_notice_and_advance_notice_of_jinpu_are_one_paper() -> None:
    items = {rule.id: rule for rule in own("jinpu-development").item}
    assert all(items[one].any_form for one in ("JP-15", "JP-18"))
    assert set(items["JP-15"].forms) == set(items["JP-18"].forms)


def test_two_officers_sign_every_paper_of_an_investigation_under_jinpu() -> None:
    rule = next(rule for rule in own("jinpu-development").item if rule.id == "JP-13")
    assert (rule.min_officers, rule.every) == (2, True)
    assert "询问笔录" in rule.forms


def test_one_record_for_every_interview_and_every_service() -> None:
    asked = {key: {kind for rule in own(key).item for kind in rule.each_of} for key in KEYS}
    assert all({"interview", "inspection", "random_inspection"} <= asked[key] for key in KEYS)
    for key in ("fushun-culture", "minhou-statistics"):
        assert {"service_direct", "service_left", "service_entrusted"} <= asked[key]


def test_the_simple_procedure_asks_for_no_start_approval() -> None:
    for key, item in (("xigang-finance", "XG-8"), ("fushun-culture", "FS-7"), ("jinpu-development", "JP-10a"), ("minhou-statistics", "MH-6")):
        rule = next(rule for rule in own(key).item if rule.id == item)
        assert (rule.procedures, rule.stage, rule.must) == (["ordinary"], "start", True)


@pytest.mark.parametrize("key", KEYS)
def test_a_duty_names_its_events_once_and_no_event_twice_for_the_same_reading(key: str) -> None:
    def reading(rule: DutyRule) -> tuple[str, ...]:
        return (rule.choice, *sorted(rule.traits))
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for rule in own(key).duty:
        assert len(rule.events) == len(set(rule.events)) > 0, rule.id
        for event in rule.events:
            assert (event, reading(rule)) not in seen, f"{rule.id}: {event}"
            seen.add((event, reading(rule)))
