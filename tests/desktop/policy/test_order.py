"""What is out of order in a case: each rule of order both ways, what the law excepts, dates that cannot be, and officers in two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.policy import profile, profile_names
from desktop.policy.clocks import BEIJING
from desktop.policy.order import alarms
from desktop.policy.verdicts import OrderAlarm
from models.facts import Activity, CaseEnd, CaseFacts, Disclosure, Footage, Gap, Paper, Pause

FIVE = profile_names()


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)


def act(kind: str, when: str | datetime | date, id: str = "", **more: Any) -> Activity:
    start = (at(when) if ":" in when else date.fromisoformat(f"2026-{when}")) if isinstance(when, str) else when
    return Activity(id or kind, kind, start, **more)


def told(key: str = "xigang-finance", **facts: Any) -> list[OrderAlarm]:
    return list(alarms(profile(key), CaseFacts(**facts)))


def kinds(key: str = "xigang-finance", **facts: Any) -> list[str]:
    return [one.kind for one in told(key, **facts)]


# ---- what the law orders, in every one of the five: first, second, article, kind of alarm
ORDERS = [("prior_notice", "decision", "行政处罚法第六十二条", "order.CF-62-O"),
          ("legal_review", "decision", "行政处罚法第五十八条", "order.CF-58-O"),
          ("hearing", "decision", "行政处罚法第六十五条", "order.CF-65-O"), ("urging", "enforcement", "行政强制法第三十五条", "order.QZ-35-O"),
          ("urging", "demolition", "行政强制法第三十五条", "order.QZ-35-O"),
          ("measure_approved", "seize", "行政强制法第十八条第一项", "order.QZ-18-O")]


@pytest.mark.parametrize("key", FIVE)
@pytest.mark.parametrize(("first", "second", "article", "kind"), ORDERS)
def test_what_must_come_first(key: str, first: str, second: str, article: str, kind: str) -> None:
    said = {"emergency_measure": False, "emergency": False}
    wrong = told(key, activities=(act(first, "09-03"), act(second, "09-02")), conditions=said)
    assert [(one.kind, one.ground.article if one.ground else "") for one in wrong] == [(kind, article)]
    assert "2026年9月3日" in wrong[0].first
    assert "2026年9月2日" in wrong[0].second
    assert told(key, activities=(act(first, "09-02"), act(second, "09-03")), conditions=said) == []
    assert told(key, activities=(act(first, "09-02"), act(second, "09-02")), conditions=said) == []  # one day, no hour: not out of order
    assert told(key, activities=(act(second, "09-02"),), conditions=said) == []  # what is not on record is for completeness


def test_the_hour_counts_where_both_have_one() -> None:
    notice, decision = act("prior_notice", "09-02 15:00"), act("decision", "09-02 14:59")
    assert kinds(activities=(notice, decision)) == ["order.CF-62-O"]
    assert kinds(activities=(notice, replace(decision, start=date(2026, 9, 2)))) == []


def test_a_second_notice_after_the_decision_is_no_alarm() -> None:
    assert kinds(activities=(act("prior_notice", "09-01", "a"), act("decision", "09-02"), act("prior_notice", "09-05", "b"))) == []


def test_the_leader_may_approve_the_proposal_before_the_notice() -> None:
    """金普办法第十八条: 执法科室将处罚建议报局领导批准后，制作《行政处罚告知书》."""
    approved = (act("decision_approved", "09-01"), act("prior_notice", "09-02"), act("decision", "09-10"))
    assert all(kinds(key, activities=approved) == [] for key in FIVE)


def test_an_emergency_is_approved_afterwards() -> None:
    """行政强制法第十九条、西岗办法第八条."""
    seizure, approval = act("seize", "09-02 10:00"), act("measure_approved", "09-03 09:00")
    assert kinds(activities=(seizure, approval), conditions={"emergency_measure": True}) == []
    # 情况紧急，先行启动 is of the procedure: it lifts nothing of a measure on the spot (行政强制法第十八条第一项).
    assert kinds(activities=(seizure, approval), conditions={"emergency": True}) == ["order.QZ-18-O"]
    assert kinds(activities=(replace(seizure, traits=frozenset({"emergency"})), approval)) == []
    unanswered = told(activities=(seizure, approval))
    assert [(one.kind, one.suspected) for one in unanswered] == [("order.QZ-18-O", True)]
    start = (act("started", "09-02 10:00"), act("start_reported", "09-02 20:00"), act("start_approved", "09-03 09:00"))
    assert kinds(activities=start, conditions={"emergency": True}) == []


def test_enforcement_before_urging_is_for_a_person_to_judge() -> None:
    """行政强制法第三十七条第三款 and 第五十二条 allow it at once in two cases."""
    assert [one.suspected for one in told(activities=(act("urging", "09-03"), act("substitute", "09-02")))] == [True]


@pytest.mark.parametrize(("kind", "procedure"), [("licensing", "ordinary"), ("penalty", "simple")])
def test_the_notice_of_a_penalty_is_asked_of_ordinary_penalties_only(kind: str, procedure: str) -> None:
    facts = {"kind": kind, "procedure": procedure, "activities": (act("prior_notice", "09-03"), act("decision", "09-02"))}
    assert kinds(**facts) == []


# ---- papers and recordings
@pytest.mark.parametrize(("paper", "expected"), [
    (Paper("p", "询问笔录", dated=date(2026, 9, 1), activity="i"), [("record_before_event", False)]),
    (Paper("p", "询问笔录", dated=date(2026, 9, 2), activity="i"), []),
    (Paper("p", "询问笔录", dated=at("09-02 09:59"), activity="i"), [("record_before_event", False)]),
    (Paper("p", "说明", dated=date(2026, 9, 1), activity="i"), [("record_before_event", True)]),
    (Paper("p", "询问通知书", dated=date(2026, 9, 1), activity="i", outgoing=True), []),  # it called to the interview
    (Paper("p", "询问笔录", dated=date(2026, 9, 1)), []), (Paper("p", "询问笔录", activity="i"), []),
    (Paper("p", "询问笔录", dated=date(2026, 9, 1), activity="another"), [])])
def test_a_record_is_not_older_than_its_event(paper: Paper, expected: list[tuple[str, bool]]) -> None:
    found = told(activities=(act("interview", "09-02 10:00", "i"),), papers=(paper,))
    assert [(one.kind, one.suspected) for one in found] == expected


def test_what_is_served_may_be_older_than_its_service() -> None:
    decision = Paper("d", "行政处罚决定书", dated=date(2026, 9, 1), activity="s")
    assert kinds(activities=(act("service_direct", "09-05 10:00", "s", document="d"),), papers=(decision,)) == []


@pytest.mark.parametrize(("deposited", "expected"), [("09-01 10:59", ["deposit_before_end"]), ("09-01 11:00", []), ("09-01 20:00", [])])
def test_a_recording_is_deposited_after_it_ended(deposited: str, expected: list[str]) -> None:
    """Zones are compared as moments: the device may write UTC."""
    ended = at("09-01 11:00").astimezone(UTC)
    assert kinds(footage=(Footage("f", start=at("09-01 10:00"), end=ended, deposited=at(deposited)),)) == expected


@pytest.mark.parametrize(("facts", "expected"), [
    ({"case_end": CaseEnd("performed", date(2026, 9, 1), "韩立"), "activities": (act("decision", "09-02"),)}, ["end_before_decision"]),
    ({"case_end": CaseEnd("performed", date(2026, 9, 2), "韩立"), "activities": (act("decision", "09-02 10:00"),)}, []),
    ({"kind": "licensing", "case_end": CaseEnd("performed", date(2026, 9, 1), "韩立"), "activities": (act("licence_decision", "09-02"),)},
     ["end_before_decision"]),
    ({"case_end": CaseEnd("transferred", date(2026, 9, 1), "韩立")}, []),
    ({"case_end": CaseEnd("performed", date(2026, 9, 2), "韩立"), "filed": at("09-01 10:00")}, ["filed_before_end"])])
def test_a_case_ends_after_its_decision_and_is_filed_after_its_end(facts: dict[str, Any], expected: list[str]) -> None:
    assert kinds(**facts) == expected


@pytest.mark.parametrize("facts", [
    {"activities": (act("inspection", "09-01 10:00", end=at("09-01 09:00")),)},
    {"activities": (act("hearing", "09-01 10:00", finished=at("09-01 09:00")),)},
    {"footage": (Footage("f", start=at("09-01 10:00"), end=at("09-01 09:00")),)},
    {"footage": (Footage("f", gaps=(Gap(at("09-01 10:00"), at("09-01 09:00")),)),)},
    {"papers": (Paper("p", "询问笔录", start=at("09-01 10:00"), end=at("09-01 09:00")),)},
    {"disclosures": (Disclosure("d", date(2026, 9, 2), answered=date(2026, 9, 1)),)},
    {"disclosures": (Disclosure("d", date(2026, 9, 2), pauses=(Pause("correction", date(2026, 9, 5), date(2026, 9, 4)),)),)}])
def test_an_end_is_not_before_its_start(facts: dict[str, Any]) -> None:
    found = told(**facts)
    assert [one.kind for one in found] == ["end_before_start"]
    assert "请更正其中一个" in found[0].words


@pytest.mark.parametrize(("year", "implausible"), [(1970, True), (1989, True), (1990, False), (2026, False), (2099, False), (2100, True)])
def test_a_date_that_cannot_be(year: int, implausible: bool) -> None:
    """The issue: a case dated in 1970 or 2100. Nothing is concluded from such a date."""
    day = date(year, 1, 1)
    for facts in ({"case_end": CaseEnd("performed", day, "韩立"), "activities": (act("decision", date(2026, 9, 1)),)} if year != 2026 else {},
                  {"papers": (Paper("p", "立案审批表", dated=day),)}, {"disclosures": (Disclosure("d", day),)},
                  {"footage": (Footage("f", start=datetime(year, 1, 1, tzinfo=UTC)),)}):
        found = kinds(**facts)
        assert found.count("implausible") == int(implausible and bool(facts))
        assert not implausible or set(found) <= {"implausible"}


# ---- officers
def interview(id: str, start: str, end: str, *officers: str) -> Activity:
    return act("interview", start, id, end=at(end), officers=officers)


@pytest.mark.parametrize(("one", "other", "alarm"), [
    (("09-01 09:00", "09-01 10:00", "甲", "乙"), ("09-01 09:59", "09-01 11:00", "甲", "丙"), True),
    (("09-01 09:00", "09-01 10:00", "甲", "乙"), ("09-01 10:00", "09-01 11:00", "甲", "丙"), False),
    (("09-01 09:00", "09-01 10:00", "甲", "乙"), ("09-01 09:30", "09-01 11:00", "丙", "丁"), False),
    (("09-01 09:00", "09-01 12:00", "甲", "乙"), ("09-01 10:00", "09-01 11:00", "乙", "丙"), True),
    (("09-01 09:00", "09-01 10:00", "甲", "乙"), ("09-02 09:00", "09-02 10:00", "甲", "乙"), False)])
def test_one_officer_in_two_interviews(one: tuple[str, ...], other: tuple[str, ...], alarm: bool) -> None:
    found = told(activities=(interview("a", *one), interview("b", *other)))
    assert [a.kind for a in found] == ["two_interviews"] * alarm
    if alarm:
        both = set(one[2:]) & set(other[2:])
        assert all(name in found[0].words for name in both)


def test_an_interview_and_its_own_record_are_one() -> None:
    record = Paper("p", "询问笔录", activity="a", interviewed="王五", start=at("09-01 09:05"), end=at("09-01 09:50"), officers=("甲", "乙"))
    acts = (interview("a", "09-01 09:00", "09-01 10:00", "甲", "乙"),)
    assert kinds(activities=acts, papers=(record,)) == []
    assert kinds(activities=acts, papers=(replace(record, id="q", activity=None, interviewed="赵六"),)) == ["two_interviews"]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60), st.sampled_from(["甲", "乙"])), max_size=5))
def test_two_interviews_at_once_as_a_minute_by_minute_loop_sees_it(held: list[tuple[int, int, str]]) -> None:
    begun = at("09-01 09:00")
    acts = tuple(Activity(str(n), "interview", begun + timedelta(minutes=start), end=begun + timedelta(minutes=start + long),
                          officers=(who, "丙" * (n + 1))) for n, (start, long, who) in enumerate(held))
    pairs = set()
    for minute in range(261):
        on = [n for n, (start, long, _who) in enumerate(held) if start <= minute < start + long]
        pairs |= {(a, b) for a in on for b in on if a < b and held[a][2] == held[b][2]}
    assert kinds(activities=acts).count("two_interviews") == len(pairs)


@pytest.mark.parametrize(("key", "article"), [("jinpu-development", "金普办法第十三条"), ("xigang-finance", "行政处罚法第四十二条"),
                                              ("provincial", "行政处罚法第四十二条")])
def test_one_officer_is_too_few(key: str, article: str) -> None:
    found = told(key, activities=(act("inspection", "09-01 10:00", officers=("甲",)),))
    assert [(one.kind, one.ground.article if one.ground else "", one.suspected) for one in found] == [("too_few_officers", article, False)]
    assert kinds(key, activities=(act("inspection", "09-01 10:00", officers=("甲", "乙")),)) == []
    assert kinds(key, activities=(act("inspection", "09-01 10:00"),)) == []  # no names: completeness asks for them
    assert kinds(key, activities=(act("source_registered", "09-01 10:00", officers=("甲",)),)) == []  # desk work


@pytest.mark.parametrize("key", FIVE)
def test_one_officer_alone_penalises_nobody_on_the_spot(key: str) -> None:
    """行政处罚法第四十二条 stands among the general provisions (第五章第一节): it holds for the simple procedure too."""
    one = told(key, procedure="simple", activities=(act("on_the_spot", "09-01 10:00", officers=("甲",)),))
    assert [(alarm.kind, alarm.ground.article if alarm.ground else "") for alarm in one] == [("too_few_officers", "行政处罚法第四十二条")]
    assert kinds(key, procedure="simple", activities=(act("on_the_spot", "09-01 10:00", officers=("甲", "乙")),)) == []
    assert kinds(key, kind="coercion", activities=(act("hearing", "09-01 10:00", officers=("甲",)),)) == []


@pytest.mark.parametrize(("key", "article", "suspected"), [
    ("jinpu-development", "金普办法第十三条", False), ("xigang-finance", "行政处罚法第四十二条", True)])
def test_a_paper_of_the_evidence_that_names_one_officer(key: str, article: str, suspected: bool) -> None:
    """Whoever came besides, the paper shows one; under jinpu §13 every paper must bear two."""
    talk = act("interview", "09-01 10:00", "i", officers=("甲", "乙"))
    record = Paper("p", "询问笔录", activity="i", officers=("甲",))
    found = told(key, activities=(talk,), papers=(record,))
    assert [(one.kind, one.ground.article if one.ground else "", one.suspected) for one in found] == [("too_few_officers", article, suspected)]
    assert "《询问笔录》" in found[0].words
    assert kinds(key, activities=(talk,), papers=(replace(record, officers=("甲", "丙")),)) == []
    assert kinds(key, activities=(talk,), papers=(replace(record, officers=()),)) == []
    assert kinds(key, activities=(replace(talk, officers=("甲",)),), papers=(record,)) == ["too_few_officers"]  # told once
    assert kinds(key, papers=(Paper("q", "立案审批表", officers=("甲",)),)) == []  # no evidence


@pytest.mark.parametrize("key", FIVE)
def test_an_orderly_case_has_no_alarm(key: str) -> None:
    officers = ("甲", "乙")
    acts = (act("started", "09-01 09:00"), act("start_approved", "09-01 10:00"),
            act("inspection", "09-02 09:00", "i", end=at("09-02 11:00"), officers=officers),
            act("prior_notice", "09-10"), act("hearing", "09-28 09:00", end=at("09-28 11:00")), act("legal_review", "10-09"),
            act("decision", "10-10"), act("service_direct", "10-12 09:00", "s", document="d"))
    papers = (Paper("p", "现场检查（勘验）笔录", dated=date(2026, 9, 2), activity="i", officers=officers),
              Paper("d", "行政处罚决定书", dated=date(2026, 10, 10)))
    footage = (Footage("f", "i", at("09-02 09:00"), at("09-02 11:00"), at("09-02 17:00"), at("09-02 18:00")),)
    ended = CaseEnd("performed", date(2026, 11, 1), "韩立")
    facts = CaseFacts(activities=acts, papers=papers, footage=footage, case_end=ended, filed=at("11-10 09:00"))
    assert alarms(profile(key), facts) == ()


def test_alarms_speak_english_too() -> None:
    set_language("en")
    found = told(activities=(act("prior_notice", "09-03"), act("decision", "09-02")))
    assert "comes before" in found[0].words
    assert "Prior notice" in found[0].first
