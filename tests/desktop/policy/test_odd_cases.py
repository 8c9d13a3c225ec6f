"""Odd cases judged by hand against the texts: what the first explanation of them had wrong stays right."""

from __future__ import annotations

from desktop.i18n import set_language
from desktop.policy import profile
from desktop.policy.order import alarms
from models.facts import Activity, CaseFacts, Footage, Paper
from tests.desktop.policy.test_worked_cases import _chinese as _chinese
from tests.desktop.policy.test_worked_cases import clock_of, words
from tests.desktop.policy.worked import PV, XG, Worked, at, case, deed, on


def test_two_interviews_at_once_with_their_records_are_one_alarm() -> None:
    set_language("zh_CN")
    talks = [Activity(name, "interview", at(f"10-20 {begins}"), at(f"10-20 {ends}"), officers=("周敏", second))
             for name, begins, ends, second in (("i1", "09:00", "10:00", "李建国"), ("i2", "09:30", "10:30", "陈立群"))]
    papers = [Paper(f"p-{one.id}", "询问笔录", activity=one.id, officers=one.officers, interviewed="王海", start=at("10-20 09:35"), end=one.end)
              for one in talks]
    found = [one for one in alarms(profile(XG), CaseFacts(activities=tuple(talks), papers=tuple(papers))) if one.kind == "two_interviews"]
    assert len(found) == 1
    # A record without its activity that overlaps another is told still.
    loose = Paper("p3", "询问笔录", officers=("李建国",), interviewed="刘洋", start=at("10-20 09:10"), end=at("10-20 09:20"))
    found = [one for one in alarms(profile(XG), CaseFacts(activities=tuple(talks), papers=(*papers, loose))) if one.kind == "two_interviews"]
    assert len(found) == 2


def test_what_was_served_before_the_decision_is_not_the_service_of_it() -> None:
    """处罚法§61: the written decision is handed over after it is announced, or served within seven working days."""
    early = case(deed("service_direct", "10-12 10:00"), deed("decision", "10-20"))
    clock = clock_of(XG, Worked((XG,), "CF-61", early, "late", "10-29 24:00"))
    assert (clock.state.value, clock.met, words(clock.raw)) == ("late", None, "10-29 24:00")


def test_a_paper_served_before_its_own_date_is_told() -> None:
    set_language("zh_CN")
    decision = Paper("p", "行政处罚决定书", dated=on("10-20"), outgoing=True)
    served = Activity("s", "service_direct", at("10-12 10:00"), document="p")
    found = [one for one in alarms(profile(XG), CaseFacts(activities=(served,), papers=(decision,))) if one.kind == "served_before_date"]
    assert len(found) == 1
    assert "《行政处罚决定书》" in found[0].words
    same_day = Activity("s", "service_direct", at("10-20 08:00"), document="p")
    assert not [one for one in alarms(profile(XG), CaseFacts(activities=(same_day,), papers=(decision,))) if one.kind == "served_before_date"]


def test_the_day_of_an_act_over_midnight_ends_with_it() -> None:
    """省办法§22 「当天执法活动结束后」: what was recorded before midnight is not late while the act still goes on."""
    night = Activity("a", "seal", at("10-19 22:00"), at("10-20 01:00"))
    before = Footage("f1", "a", at("10-19 22:00"), at("10-19 23:58"), deposited=at("10-20 09:00"))
    after = Footage("f2", "a", at("10-20 00:03"), at("10-20 01:00"), deposited=at("10-20 09:00"))
    both = CaseFacts(activities=(night,), footage=(before, after))
    for name in ("f1", "f2"):
        clock = clock_of(PV, Worked((PV,), "PV-22-deposit", both, "met", "10-20 24:00", subject=name))
        assert (clock.state.value, words(clock.raw)) == ("met", "10-20 24:00")
    # An act of several days has a 当天 each day.
    long = Activity("a", "inspection", at("10-19 09:00"), at("10-21 16:00"))
    first = Footage("f1", "a", at("10-19 09:00"), at("10-19 17:00"), deposited=at("10-20 09:00"))
    clock = clock_of(PV, Worked((PV,), "PV-22-deposit", CaseFacts(activities=(long,), footage=(first,)), "met_late", "10-19 24:00"))
    assert (clock.state.value, words(clock.raw)) == ("met_late", "10-19 24:00")
