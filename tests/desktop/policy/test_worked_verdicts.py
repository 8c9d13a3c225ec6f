"""Worked verdicts: what a folder lacks, what must be recorded, what a gap owes and how long it is kept, read from the texts by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.i18n import set_language
from desktop.policy import profile
from desktop.policy.answers import answer
from desktop.policy.calendar import built_in_calendar
from desktop.policy.listing import in_force
from desktop.policy.verdicts import Answers
from models.facts import Activity, CaseEnd, CaseFacts, Footage, Gap, Paper, Unsuitable
from tests.desktop.policy.worked import FS, JP, MH, PV, XG, at, case, deed

DENIED = ("complaint", "not_started", "not_opened", "crime_suspected", "hearing", "review_needed", "major_decision")
NO = dict.fromkeys(DENIED, False) | {"decided": True}


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def answers(key: str, facts: CaseFacts) -> Answers:
    rules = profile(key)
    return answer(rules, facts, built_in_calendar(), at("11-21 10:00"), in_force(rules))


def said(**conditions: bool) -> CaseFacts:
    return CaseFacts(conditions=NO | conditions)


def paper(form: str, *fields: str, approved_by: str = "", items: tuple[str, ...] = (), signers: tuple[str, ...] = (), activity: str = "") -> Paper:
    return Paper(form, form, frozenset(items), date(2026, 3, 10), activity or None, frozenset(signers), frozenset(fields), approved_by=approved_by)


APPROVAL = paper("立案审批表", "案由", "当事人基本情况", "承办人意见", "承办机构意见", "法律依据", approved_by="局主要领导")
BUREAU = ("启动原因", "案件来源", "基本案情", "当事人基本情况", "承办人意见", "承办机构意见", "局负责人意见", "时间")
SAMPLED = case(Activity("s", "sampling", at("03-02 10:00"), officers=("甲", "乙")), papers=(
    paper("抽查取样通知书", activity="s"), paper("物品清单", activity="s")))

ITEMS = [
    # 西岗§8 names no form, but eight things and the approver: all of them, or the one that is not there.
    (XG, replace(said(), papers=(paper("启动表", *BUREAU, approved_by="局相关负责人", items=("XG-8",)),)), "XG-8", "present", ""),
    (XG, replace(said(), papers=(paper("启动表", *BUREAU[:1], *BUREAU[2:], approved_by="局相关负责人", items=("XG-8",)),)), "XG-8", "incomplete",
     "案件来源"),
    (XG, replace(said(), papers=(paper("启动表", *BUREAU, items=("XG-8",)),)), "XG-8", "incomplete", "缺少批准：局相关负责人"),
    # 西岗§9(3): only who gave a name is told that nothing is started.
    (XG, said(complaint=True, named_complaint=True, not_started=True), "XG-9-3b", "missing", ""),
    (XG, said(complaint=True, named_complaint=False, not_started=True), "XG-9-3b", "not_applicable", ""),
    # 省§11(3): every penalty of the general procedure is reviewed, an inspection or a simple penalty only where it is major.
    (PV, said(), "PV-11-3", "missing", ""),
    (PV, replace(said(), kind="inspection"), "PV-11-3", "not_applicable", ""),
    (PV, replace(said(), procedure="simple"), "PV-11-3", "not_applicable", ""),
    (PV, replace(said(major_decision=True), procedure="simple"), "PV-11-3", "missing", ""),
    # One sampling, three texts: 抚顺§11(4) asks two papers, 金普§14(4) a third, 闽侯§9(4) one of its own.
    (FS, SAMPLED, "FS-11-4", "present", ""),
    (JP, SAMPLED, "JP-14-4", "incomplete", "抽样取证物品处理通知书"),
    (MH, SAMPLED, "MH-9-4", "missing", "抽样取证凭证"),
    # 闽侯§6: a major act bears the legal reviewer's opinion in the same form, any other does not.
    (MH, replace(said(major_decision=True), papers=(APPROVAL,)), "MH-6b", "incomplete", "法制机构合法性审查意见"),
    (MH, replace(said(), papers=(APPROVAL,)), "MH-6b", "not_applicable", ""),
    # 金普§25: a transfer after the case was opened is told too, though nothing was decided; a complaint not pursued is told under §10.
    (JP, said(decided=False, no_jurisdiction=True), "JP-25", "missing", ""),
    (JP, said(decided=False, complaint=True, not_started=True), "JP-25", "not_applicable", ""),
]


@pytest.mark.parametrize(("key", "facts", "item", "standing", "wanting"), ITEMS)
def test_what_a_folder_lacks(key: str, facts: CaseFacts, item: str, standing: str, wanting: str) -> None:
    found = next(one for one in answers(key, facts).items if one.id == item)
    assert found.standing.value == standing
    assert wanting in "\n".join(found.wanting)


def event(kind: str, *traits: str, ground: str = "", finished: str = "", footage: tuple[Footage, ...] = ()) -> CaseFacts:
    unfit = Unsuitable(ground, "当事人家中有重病人，不便摄录", "甲") if ground else None
    done = Activity("e", kind, at("04-08 09:00"), at("04-08 10:00"), at(finished) if finished else None, officers=("甲", "乙"),
                    traits=frozenset(traits), unsuitable=unfit)
    return CaseFacts(activities=(done,), footage=footage)


def reel(end: str, *gaps: Gap) -> tuple[Footage, ...]:
    return (Footage("f", "e", at("04-08 09:00"), at(end), gaps=gaps),)


DUTIES = [
    # The same reason for the same hearing: 西岗§13 and 抚顺§12 take it in writing, 金普§20 knows no exception.
    (XG, event("hearing", ground="unsuitable"), "full", "excused", "第十三条"),
    (FS, event("hearing", ground="unsuitable"), "sync", "excused", "第十二条"),
    (JP, event("hearing", ground="unsuitable"), "full", "violated", "第二十条"),
    # 闽侯: a secret excuses a sealing under §12, not where it touches major property (§14), a refusal to sign (§11) or service by leaving (§18).
    (MH, event("seal", ground="state_secret"), "sync", "excused", "第十二条"),
    (MH, event("seal", "major_property", ground="state_secret"), "full", "violated", "第十四条"),
    (MH, event("refusal_to_sign", ground="state_secret"), "sync", "violated", "第十一条"),
    (MH, event("service_left", ground="state_secret"), "sync", "violated", "第十八条"),
    # Recorded until the act was over, not until they left: whole under 闽侯§14, stopped early under 省§18.
    (MH, event("seize", "major_property", finished="04-08 09:40", footage=reel("04-08 09:40")), "full", "present", "第十四条"),
    (PV, event("seize", finished="04-08 09:40", footage=reel("04-08 09:40")), "full", "incomplete", "第十五条"),
]


@pytest.mark.parametrize(("key", "facts", "level", "standing", "article"), DUTIES)
def test_what_must_be_recorded(key: str, facts: CaseFacts, level: str, standing: str, article: str) -> None:
    (found,) = answers(key, facts).duties
    assert found.ground is not None
    assert (found.level, found.standing.value) == (level, standing)
    assert article in found.ground.article


def test_a_recording_that_could_not_go_on_is_reported_to_the_head_under_minhou_alone() -> None:
    """闽侯§14 「应当立即向单位主要负责人报告，并在事后书面说明情况」; 省§19 「应当书面说明情况」; 西岗 says nothing and owes nothing."""
    def owed(key: str, **more: object) -> str:
        gap = replace(Gap(at("04-08 09:30"), at("04-08 10:00"), "damage"), **more)  # type: ignore[arg-type]  # the fields differ in type
        return "\n".join(answers(key, event("seize", "major_property", footage=reel("04-08 10:00", gap))).gaps[0].wanting)

    assert "主要负责人" in owed(MH)
    assert "主要负责人" in owed(MH, written=True)
    assert owed(MH, written=True, reported=at("04-08 09:31")) == ""
    assert "书面" in owed(PV)
    assert owed(PV, written=True) == ""
    assert owed(XG) == ""


def test_how_long_the_same_recordings_are_kept() -> None:
    """The longer of file and recording; two years from 28 February 2024; 闽侯§24 for ever, a penalty's evidence only in a penalty."""
    start, end = at("2024-02-28 09:00"), at("2024-02-28 10:00")
    pieces = (Footage("plain", start=start, end=end), Footage("proof", start=start, end=end, evidence=True),
              Footage("crowd", start=start, end=end, weight=frozenset({"major_incident"})))
    filed = CaseFacts(footage=pieces, case_end=CaseEnd("performed", date(2024, 5, 20), "韩立"), filed=at("2024-06-03 10:00"), retention_years=10)

    def kept(key: str, facts: CaseFacts) -> list[str]:
        return ["永久" if one.permanent else str(one.until) for one in answers(key, facts).retention]

    assert kept(XG, filed) == ["2034-06-03"] * 3
    assert kept(XG, replace(filed, retention_years=1)) == ["2026-02-28"] * 3
    assert kept(MH, filed) == ["2034-06-03", "永久", "永久"]
    assert kept(MH, replace(filed, kind="inspection")) == ["2034-06-03", "2034-06-03", "永久"]
    assert kept(PV, replace(filed, retention_years=30)) == ["2054-06-03"] * 3


def test_leaders_who_approve_before_the_notice_are_in_order_under_jinpu() -> None:
    """金普§18: the proposal is approved, then the notice made; what may not come before the notice is the decision (处罚法§62)."""
    acts = (deed("decision_approved", "03-05 09:00"), deed("prior_notice", "03-06 09:00"), deed("decision", "03-16 09:00"))
    assert answers(JP, CaseFacts(activities=acts)).alarms == ()
    wrong = answers(JP, CaseFacts(activities=(acts[1], deed("decision", "03-05 10:00")))).alarms
    assert [one.ground.article for one in wrong if one.ground] == ["行政处罚法第六十二条"]
