"""不计入期限: limits that leave out what their article leaves out, reckoned by hand; and every stretch that it does not, told with the article."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.policy.calendar import built_in_calendar
from desktop.policy.deadlines import clocks
from desktop.policy.facts_reading import parse_facts
from desktop.policy.lowering import lowerings
from desktop.policy.profile import check, parse_profile, profile
from desktop.policy.verdicts import Clock
from models.facts import Activity, CaseFacts, Extension, Override, Suspension
from tests.desktop.policy.test_worked_cases import _chinese as _chinese
from tests.desktop.policy.test_worked_cases import clock_of, words
from tests.desktop.policy.worked import ALL, MH, XG, Worked, at, case, deed, on

SEALED = case(deed("seal", "10-12 09:00"), kind="coercion")
LICENCE = case(deed("licence_accepted", "09-21 09:00"), kind="licensing")
TOLD = {"QZ-25-1": "光明饭店", "QZ-25-2": "光明饭店", "XK-42": "光明饭店"}
TESTS = ("technical_appraisal", "10-20", "10-30")


def out(facts: CaseFacts, rule: str, *stretches: tuple[str, str, str], subject: str = "", whom: str | None = None) -> CaseFacts:
    """The case with stretches of (kind, from, to) that its limit leaves out, each told in writing on its first day."""
    told = TOLD.get(rule, "") if whom is None else whom
    made = (Suspension(rule, kind, on(first), on(last) if last else None, "鉴定委托书〔2026〕3号", told, on(first) if told else None, subject)
            for kind, first, last in stretches)
    return replace(facts, suspensions=(*facts.suspensions, *made))


def longer(facts: CaseFacts, days: int, day: str) -> CaseFacts:
    return replace(facts, extensions=(Extension("QZ-25-1", days, "day", "陈局", on(day), "情况复杂"),))


WORKED = [
    # ---- 强制法§25(3): sealed Monday 12 October; an appraisal from 20 to 30 October leaves out the ten days 21 to 30, so 40 days: Saturday 21
    # November, by analogy Monday 23.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", TESTS), "soon", "11-21 24:00", "11-23 24:00",
           told=("10月21日至30日 技术鉴定，10日不计入（行政强制法第二十五条第三款）",
                 "2026年10月20日（星期二）书面告知光明饭店", "依据：鉴定委托书〔2026〕3号", "加40日")),
    # The things seized are tested from the very day: 13 to 16 October, four days, then inspected until the 19th, three more: 37 days, 18 November.
    Worked(ALL, "QZ-25-2", out(case(deed("seize", "10-12 09:00")), "QZ-25-2", ("inspection", "10-16", "10-19"), ("testing", "10-12", "10-16")),
           "late", "11-18 24:00", told=("10月13日至16日 检测，4日不计入", "10月17日至19日 检验，3日不计入")),
    # It begins on the last day itself, Wednesday 11 November, and lasts five days: Monday 16 November.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", ("testing", "11-11", "11-16")), "late", "11-16 24:00"),
    # Begun and over on one day it leaves out nothing.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", ("quarantine", "10-20", "10-20")), "late", "11-11 24:00"),
    # A test from 25 October to 2 November over the appraisal: the ten days of that one and 31 October to 2 November, three more, are left out.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", TESTS, ("testing", "10-25", "11-02")), "soon", "11-24 24:00",
           told=("10月21日至30日 技术鉴定，10日不计入", "10月31日至11月2日 检测，3日不计入", "加43日")),
    # The same test not over yet: it stands still; released on 16 November, 31 October to 16 November are left out beside the ten days: 57 days.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", TESTS, ("testing", "10-25", "")), "paused", ""),
    Worked(ALL, "QZ-25-1", out(case(deed("seal", "10-12 09:00"), deed("release", "11-16 09:00")), "QZ-25-1", TESTS, ("testing", "10-25", "")),
           "met", "12-08 24:00", told=("10月31日至11月16日 检测，17日不计入",)),
    # Not over yet: the limit stands still, and nobody is late.
    Worked(ALL, "QZ-25-1", out(SEALED, "QZ-25-1", ("testing", "11-09", "")), "paused", "",
           told=("检测自2026年11月9日（星期一）开始，期限停止计算（行政强制法第二十五条第三款）", "书面告知光明饭店")),
    # Released on 16 November while nobody had ended the stretch of the 9th: seven days left out, 18 November, and in time.
    Worked(ALL, "QZ-25-1", out(case(deed("seal", "10-12 09:00"), deed("release", "11-16 09:00")), "QZ-25-1", ("testing", "11-09", "")), "met",
           "11-18 24:00"),
    # Released before that stretch began: the limit as it was.
    Worked(ALL, "QZ-25-1", out(case(deed("seal", "10-12 09:00"), deed("release", "11-05 09:00")), "QZ-25-1", ("testing", "11-09", "")), "met",
           "11-11 24:00"),
    # ---- With the ten days of the appraisal the limit ran to 23 November, so approval on the 20th is in time: 70 days are Monday 21 December.
    Worked(ALL, "QZ-25-1", out(longer(SEALED, 30, "11-20"), "QZ-25-1", TESTS), "running", "12-21 24:00", told=("加70日", "批准延长30日")),
    # Extended to 11 December first; seven days of testing within that time make it Friday 18 December.
    Worked(ALL, "QZ-25-1", out(longer(SEALED, 30, "11-10"), "QZ-25-1", ("testing", "11-20", "11-27")), "running", "12-18 24:00"),
    # While a stretch lasts the limit is not over: approved on 20 November, in the testing since the 9th that ended on the 20th. 30 + 11 + 30 days.
    Worked(ALL, "QZ-25-1", out(longer(SEALED, 30, "11-20"), "QZ-25-1", ("testing", "11-09", "11-20")), "running", "12-22 24:00"),
    # ---- 许可法§45: accepted 21 September, 20 working days are 26 October; the hearing from Monday 12 to Tuesday 20 October leaves out six working
    # days (13–16, 19, 20): 27–30 October, 2 and 3 November.
    Worked(ALL, "XK-42", out(LICENCE, "XK-42", ("hearing", "10-12", "10-20")), "late", "11-03 24:00",
           told=("10月13日至20日 听证，6个工作日不计入（行政许可法第四十五条）", "加26个工作日")),
    # Over the National Day: 30 September to 9 October leaves out 8 and 9 October only, for 1 to 7 are off.
    Worked(ALL, "XK-42", out(LICENCE, "XK-42", ("expert_review", "09-30", "10-09")), "late", "10-28 24:00", told=("2个工作日不计入",)),
    # Bids are out: it stands still.
    Worked(ALL, "XK-42", out(LICENCE, "XK-42", ("bidding", "10-12", "")), "paused", "", told=("招标自2026年10月12日（星期一）开始",)),
]

REFUSED = [
    # (rule, facts, stretches, how, what is told, the last day all the same)
    ("QZ-25-1", SEALED, [("hearing", "10-20", "10-30")], {},
     "行政强制法第二十五条第三款规定不计入的只有检测、检验、检疫、技术鉴定，听证照常计入", "11-11"),
    ("QZ-32", case(deed("freeze", "10-12")), [TESTS], {},
     "行政强制法第三十二条没有规定这一期限有不计入的期间，技术鉴定照常计入", "11-11"),
    ("CF-60", case(deed("start_approved", "09-01 10:00")), [("testing", "09-10", "09-30")], {}, "行政处罚法第六十条没有规定", "11-30"),
    ("QZ-25-1", SEALED, [TESTS], {"whom": ""}, "行政强制法第二十五条第三款要求将这段期间书面告知当事人，没有登记告知", "11-11"),
    ("QZ-25-1", SEALED, [("testing", "10-30", "10-20")], {}, "检测止于2026年10月20日（星期二），早于起始日2026年10月30日（星期五）", "11-11"),
    ("QZ-25-1", SEALED, [("testing", "10-11", "10-20")], {}, "期限自2026年10月12日（星期一）才开始，请从该日起登记", "11-11"),
    ("QZ-25-1", SEALED, [("testing", "11-12", "11-20")], {}, "期限已于2026年11月11日（星期三）届满，不予扣除", "11-11"),
    # Ten days are left out once: a test that lies within the appraisal leaves out no day of its own.
    ("QZ-25-1", SEALED, [TESTS, ("testing", "10-25", "10-30")], {},
     "检测与已登记的技术鉴定（2026年10月20日（星期二）至2026年10月30日（星期五））重叠", "11-21"),
    # Begun while another lasts: the limit stands still already.
    ("QZ-25-1", SEALED, [TESTS, ("testing", "10-25", "10-28")], {}, "重叠", "11-21"),
    ("XK-42", LICENCE, [("technical_appraisal", "10-12", "10-20")], {},
     "行政许可法第四十五条规定不计入的只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审", "10-26"),
]


@pytest.mark.parametrize(("key", "one"), [pytest.param(key, one, id=f"{n}-{key}") for n, one in enumerate(WORKED) for key in one.keys])
def test_a_worked_stretch(key: str, one: Worked) -> None:
    clock = clock_of(key, one)
    assert (words(clock.raw), words(clock.due), clock.state.value) == (one.raw, one.due or one.raw, one.state)
    told = "\n".join(step.words for step in clock.steps)
    for said in one.told:
        assert said in told, told
    assert clock.refused_claim == ""
    assert clock_of(key, one, due_only=True) == replace(clock, steps=())


@pytest.mark.parametrize(("rule", "facts", "stretches", "how", "says", "last"), REFUSED)
def test_what_the_article_does_not_leave_out_is_told_and_counted(rule: str, facts: CaseFacts, stretches: list[tuple[str, str, str]],
                                                               how: dict[str, str], says: str, last: str) -> None:
    clock = clock_of(XG, Worked((XG,), rule, out(facts, rule, *stretches, **how), "", ""))
    assert words(clock.raw) == f"{last} 24:00"
    assert says in clock.refused_claim
    assert [step.words for step in clock.steps if step.kind == "refused"] == [clock.refused_claim]


def test_of_two_sealings_the_stretch_belongs_to_the_one_it_names() -> None:
    first, second = deed("seal", "10-12 09:00"), deed("seal", "10-14 09:00")
    both = case(first, second)
    meant = out(both, "QZ-25-1", TESTS, subject=first.id)
    assert [words(clock_of(XG, Worked((XG,), "QZ-25-1", meant, "", "", subject=one.id)).raw) for one in (first, second)] == [
        "11-21 24:00", "11-13 24:00"]
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", out(both, "QZ-25-1", TESTS), "", "", subject=second.id))
    assert words(clock.raw) == "11-13 24:00"
    assert "没有写明属于哪一个" in clock.refused_claim


def test_another_limit_by_statute_holds_the_whole() -> None:
    given_way = replace(out(SEALED, "QZ-25-1", TESTS), overrides=(Override("QZ-25-1", 45, "day", "某条例第八条", "regulation"),))
    clock = clock_of(MH, Worked((MH,), "QZ-25-1", given_way, "", ""))
    assert words(clock.raw) == "11-26 24:00"
    assert "请在另行规定的期限里写明全部" in clock.refused_claim


def test_a_regulation_of_an_agency_may_leave_out_what_the_base_does_not() -> None:
    """A rule of its own for the 90 days, with its own article: 鉴定 from 10 to 30 September leaves 20 days out of 1 September plus 90."""
    text = (f'format = 1\nkey = "{XG}"\nversion = 9\ntitle = "某局办法"\nshort = "某局办法"\nissuer = "某局"\neffective = "2026"\nbase = "national"\n'
            '[[deadline]]\nid = "X-60"\narticle = "第九条"\ntext = "九十日内作出决定。"\ntopic = "decision"\ntitle = "作出行政处罚决定"\n'
            'start = "activity(start_approved).start"\nend = "activity(decision).start"\nnumber = 90\nunit = "day"\n'
            'suspensions = ["appraisal"]\nsuspension_article = "第十条"\nsuspension_text = "鉴定时间不计入。"\n')
    own = parse_profile(text, profile("national"))
    begun = out(case(deed("start_approved", "09-01 10:00")), "X-60", ("appraisal", "09-10", "09-30"))
    clock, = (one for one in clocks(own, begun, built_in_calendar(), at("11-21 10:00")) if one.ground.rule == "X-60")
    assert words(clock.raw) == "12-20 24:00"
    assert "鉴定，20日不计入（某局办法第十条）" in "\n".join(step.words for step in clock.steps)


def ends_as_walked(sealed: date, stretches: list[tuple[date, date]]) -> Clock:
    """The clock of a sealing with these stretches, held to a walk from the day after it on, day by day, until thirty have counted."""
    day, counted = sealed, 0
    while counted < 30:
        day += timedelta(1)
        counted += not any(a < day <= b for a, b in stretches)
    assume(all(a < day for a, _b in stretches))
    facts = replace(SEALED, suspensions=tuple(Suspension("QZ-25-1", "testing", a, b, "送检", "光明饭店", a) for a, b in stretches))
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", facts, "", ""))
    assert words(clock.raw) == f"{day} 24:00".removeprefix("2026-")
    return clock


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 12)), max_size=4))
def test_days_are_left_out_as_a_walk_day_by_day_does(spans: list[tuple[int, int]]) -> None:
    """Independent of the sum: from the day after the sealing on, every day counts that lies in no stretch, until thirty have counted."""
    first, begins, stretches = on("10-12"), 0, []
    for gap, length in spans:  # in order, touching at most
        begins += gap
        stretches.append((first + timedelta(begins), first + timedelta(begins + length)))
        begins += length
    assert ends_as_walked(first, stretches).refused_claim == ""


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=5))
def test_stretches_that_lie_over_each_other_leave_out_each_day_once(spans: list[tuple[int, int]]) -> None:
    """The same walk, for stretches in any order and over each other."""
    first = on("10-12")
    stretches = [(first + timedelta(begins), first + timedelta(begins + length)) for begins, length in spans]
    ends_as_walked(first, stretches)


def test_the_json_of_a_stretch_names_an_activity_and_a_kind_that_are_there() -> None:
    given_ = {"activities": [{"id": "查封", "kind": "seal", "start": "2026-10-12T09:00:00+08:00"}],
              "suspensions": [{"rule": "QZ-25-1", "kind": "testing", "start": "2026-10-20", "end": "2026-10-30", "told": "当事人",
                               "told_on": "2026-10-20", "subject": "查封"}]}
    facts, wrong = parse_facts(given_)
    assert wrong == []
    assert facts is not None
    assert facts.suspensions == (Suspension("QZ-25-1", "testing", on("10-20"), on("10-30"), "", "当事人", on("10-20"), "查封"),)
    given_["suspensions"][0].update(kind="tasting", subject="扣押")  # type: ignore[attr-defined]
    facts, wrong = parse_facts(given_)
    assert facts is None
    assert wrong[0].where == "$.suspensions[0].kind"


@pytest.mark.parametrize(("key", "says"), [('suspensions = ["testing"]', "suspension_article"), ('suspensions = ["tasting"]', "不计入期限的情形"),
                                           ('unit = "hour"\nsuspensions = ["testing"]\nsuspension_article = "第一条"\nsuspension_text = "不计"',
                                            "按日向后计算")])
def test_a_profile_that_leaves_out_wrongly_is_told(key: str, says: str) -> None:
    text = (f'format = 1\nkey = "{XG}"\nversion = 9\ntitle = "某局办法"\nshort = "某局办法"\nissuer = "某局"\neffective = "2026"\nbase = "national"\n'
            '[[deadline]]\nid = "X-60"\narticle = "第九条"\ntext = "九十日内作出决定。"\ntopic = "decision"\ntitle = "作出行政处罚决定"\n'
            f'start = "activity(start_approved).start"\nend = "activity(decision).start"\nnumber = 90\n{key}\n')
    assert any(says in one.words for one in check(text))


def test_a_version_that_leaves_more_out_or_asks_for_no_notice_asks_less() -> None:
    own = replace(next(rule for rule in profile("national").deadline if rule.id == "QZ-25-1"), id="X-25")
    old = replace(profile(XG), deadline=[own])
    more = replace(own, suspensions=[*own.suspensions, "hearing"])
    untold = replace(own, suspension_told="")
    less = replace(own, suspensions=own.suspensions[:1])
    assert [[one.key for one in lowerings(old, replace(old, deadline=[new]))] for new in (more, untold, less)] == [
        ["suspensions"], ["suspension_told"], []]


def test_fifteen_hundred_seizures_with_a_stretch_and_a_release_each_are_soon_reckoned() -> None:
    """What is asked of each is found by its id: a walk through all of them for each took twenty seconds."""
    many = range(1500)
    facts = CaseFacts(
        kind="coercion", activities=(*(Activity(f"s{n}", "seize", on("10-12")) for n in many),
                                     *(Activity(f"r{n}", "release", on("11-12"), answers=(f"s{n}",)) for n in many)),
        suspensions=tuple(Suspension("QZ-25-2", "testing", on("10-20"), on("10-30"), "送检", "光明饭店", on("10-20"), f"s{n}") for n in many))
    begun = time.process_time()
    found = [one for one in clocks(profile(XG), facts, built_in_calendar(), at("11-21 10:00")) if one.ground.rule == "QZ-25-2"]
    assert time.process_time() - begun < 3
    assert {(words(one.raw), one.state.value, one.refused_claim) for one in found} == {("11-21 24:00", "met", "")}
    assert len(found) == 1500


def test_three_thousand_stretches_of_one_sealing_are_soon_reckoned() -> None:
    first = on("10-12")
    days = [first + timedelta(n) for n in range(3001)]
    facts = replace(SEALED, suspensions=tuple(Suspension("QZ-25-1", "testing", a, b, "送检", "光明饭店", a) for a, b in pairwise(days)))
    begun = time.process_time()
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", facts, "", ""))
    assert time.process_time() - begun < 3
    assert (words(clock.raw), clock.refused_claim) == (f"{first + timedelta(3030)} 24:00", "")
