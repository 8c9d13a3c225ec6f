"""延长: limits made longer by a decision that the article allows, reckoned by hand; and every one that it does not allow, told with the article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.policy.facts_reading import parse_facts
from models.facts import CaseFacts, Extension, Override
from tests.desktop.policy.test_worked_cases import _chinese as _chinese
from tests.desktop.policy.test_worked_cases import clock_of, words
from tests.desktop.policy.worked import ALL, MH, XG, Worked, asked, case, deed, on

SEALED = case(deed("seal", "10-12 09:00"), kind="coercion")
LICENCE = case(deed("licence_accepted", "09-21 09:00"), kind="licensing")


def longer(facts: CaseFacts, rule: str, *more: tuple[int, str, str], unit: str = "day", by: str = "陈局", subject: str = "") -> CaseFacts:
    """The case with extensions of so many units, approved on that day, for that reason."""
    return replace(facts, extensions=tuple(Extension(rule, number, unit, by, on(day), why, subject) for number, day, why in more))


WORKED = [
    # ---- 强制法§25: sealed Monday 12 October; 30 days are Wednesday 11 November, 30 more Friday 11 December.
    Worked(ALL, "QZ-25-1", longer(SEALED, "QZ-25-1", (30, "11-10", "情况复杂")), "running", "12-11 24:00",
           told=("11月10日（星期二）经陈局批准延长30日", "行政机关负责人", "理由：情况复杂", "加60日")),
    # Twice 15 days is 30 in all; the second was approved in the time that the first gave.
    Worked(ALL, "QZ-25-1", longer(SEALED, "QZ-25-1", (15, "11-25", "鉴定未完"), (15, "11-11", "情况复杂")), "running", "12-11 24:00"),
    # A shorter extension of a seizure rolls on by analogy as the limit does: 47 days are Saturday 28 November, so Monday 30.
    Worked(ALL, "QZ-25-2", longer(case(deed("seize", "10-12 09:00")), "QZ-25-2", (17, "11-09", "情况复杂")), "soon", "11-28 24:00", "11-30 24:00"),
    # Approved on the last day itself, Wednesday 11 November, it is in time.
    Worked(ALL, "QZ-25-1", longer(SEALED, "QZ-25-1", (30, "11-11", "情况复杂")), "running", "12-11 24:00"),
    # Frozen Monday 12 October: as seizure (§32).
    Worked(ALL, "QZ-32", longer(case(deed("freeze", "10-12")), "QZ-32", (30, "11-02", "情况复杂")), "running", "12-11 24:00"),
    # ---- 许可法§42: accepted Monday 21 September; 20 working days are 22-24, 28-30, then 8, 9, 10 (make-up), 12-16, 19-23 October and
    # Monday 26; ten more are 27-30 October, 2-6 November and Monday 9.
    Worked(ALL, "XK-42", longer(LICENCE, "XK-42", (10, "10-20", "需要论证"), unit="working_day"), "late", "11-09 24:00",
           told=("批准延长10个工作日",)),
    Worked(ALL, "XK-42", LICENCE, "late", "10-26 24:00"),
    # ---- 公开条例§33: received Monday 2 November; 20 working days are Monday 30 November, 20 more Monday 28 December.
    Worked(ALL, "GK-33", longer(asked("11-02"), "GK-33", (20, "11-16", "需要检索"), unit="working_day", by="周主任"), "running", "12-28 24:00"),
    # A third party was asked from 20 November to 4 December, which leaves ten working days out: Monday 14 December. Approval on the 8th is
    # in time by that, and five working days more are Monday 21 December.
    Worked(ALL, "GK-33", longer(asked("11-02", ("third_party", "11-20", "12-04")), "GK-33", (5, "12-08", "内容多"), unit="working_day", by="周主任"),
           "running", "12-21 24:00", now="2026-12-09 10:00"),
]

REFUSED = [
    ((31, "11-10", "情况复杂"), {}, "延长不得超过30日；延长31日超出"),
    ((0, "11-10", "情况复杂"), {}, "填写的不是这样的期限"),
    ((30, "11-10", "情况复杂"), {"unit": "working_day"}, "填写的不是这样的期限"),
    ((30, "11-10", "情况复杂"), {"by": " "}, "没有写明批准人（应由行政机关负责人批准）"),
    ((30, "11-12", "情况复杂"), {}, "期限已于2026年11月11日（星期三）届满"),
    ((30, "10-11", "情况复杂"), {}, "期限还没有开始"),
]


@pytest.mark.parametrize(("key", "one"), [pytest.param(key, one, id=f"{n}-{key}") for n, one in enumerate(WORKED) for key in one.keys])
def test_a_worked_extension(key: str, one: Worked) -> None:
    clock = clock_of(key, one)
    assert (words(clock.raw), words(clock.due), clock.state.value) == (one.raw, one.due or one.raw, one.state)
    told = "\n".join(step.words for step in clock.steps)
    for said in one.told:
        assert said in told, told
    assert clock.refused_claim == ""


@pytest.mark.parametrize(("more", "how", "says"), REFUSED)
def test_what_the_article_does_not_allow_is_told_and_not_counted(more: tuple[int, str, str], how: dict[str, str], says: str) -> None:
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", longer(SEALED, "QZ-25-1", more, **how), "late", ""))
    assert words(clock.raw) == "11-11 24:00"
    assert clock.state.value == "late"
    assert says in clock.refused_claim
    assert "行政强制法第二十五条" in clock.refused_claim
    assert [step.words for step in clock.steps if step.kind == "refused"] == [clock.refused_claim]


def test_two_extensions_are_not_longer_together_than_the_article_allows() -> None:
    clock = clock_of(MH, Worked((MH,), "QZ-25-1", longer(SEALED, "QZ-25-1", (20, "11-10", "情况复杂"), (20, "11-20", "情况复杂")), "", ""))
    assert words(clock.raw) == "12-01 24:00"
    assert "延长总共不得超过30日；此前已延长20日" in clock.refused_claim


def test_an_extension_of_one_sealing_does_not_lengthen_the_other() -> None:
    first, second = deed("seal", "10-12 09:00"), deed("seal", "10-14 09:00")
    both = case(first, second)
    meant = longer(both, "QZ-25-1", (30, "11-10", "情况复杂"), subject=first.id)
    ends = [words(clock_of(XG, Worked((XG,), "QZ-25-1", meant, "", "", subject=one.id)).raw) for one in (first, second)]
    assert ends == ["12-11 24:00", "11-13 24:00"]
    unnamed = longer(both, "QZ-25-1", (30, "11-10", "情况复杂"))
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", unnamed, "", "", subject=second.id))
    assert words(clock.raw) == "11-13 24:00"
    assert "没有写明是哪一个" in clock.refused_claim


def test_a_limit_that_knows_no_extension_or_gave_way_is_not_extended() -> None:
    begun = case(deed("start_approved", "09-01 10:00"))
    clock = clock_of(XG, Worked((XG,), "CF-60", longer(begun, "CF-60", (30, "11-10", "情况复杂")), "", ""))
    assert words(clock.raw) == "11-30 24:00"
    assert "行政处罚法第六十条没有规定这一期限可以延长" in clock.refused_claim
    given_way = replace(longer(SEALED, "QZ-25-1", (30, "11-10", "情况复杂")),
                        overrides=(Override("QZ-25-1", 45, "day", "某条例第八条", "regulation"),))
    clock = clock_of(XG, Worked((XG,), "QZ-25-1", given_way, "", ""))
    assert words(clock.raw) == "11-26 24:00"
    assert "请在另行规定的期限里写明全部" in clock.refused_claim


def test_a_request_is_not_extended_twice_by_its_own_extension_and_by_another() -> None:
    twice = longer(asked("11-02", more=20, by="周主任"), "GK-33", (5, "11-16", "内容多"), unit="working_day")
    clock = clock_of(XG, Worked((XG,), "GK-33", twice, "", ""))
    assert words(clock.raw) == "12-28 24:00"
    assert "此前已延长20个工作日" in clock.refused_claim


def test_nothing_is_said_before_the_limit_has_begun() -> None:
    waiting = longer(case(kind="licensing"), "XK-42", (10, "10-20", "需要论证"), unit="working_day")
    clock = clock_of(XG, Worked((XG,), "XK-42", waiting, "waiting", ""))
    assert (clock.state.value, clock.refused_claim) == ("waiting", "")


def test_the_json_of_an_extension_names_an_activity_that_is_there() -> None:
    given = {"activities": [{"id": "查封", "kind": "seal", "start": "2026-10-12T09:00:00+08:00"}],
             "extensions": [{"rule": "QZ-25-1", "number": 30, "unit": "day", "by": "陈局", "on": "2026-11-10", "subject": "查封"}]}
    facts, wrong = parse_facts(given)
    assert wrong == []
    assert facts is not None
    assert facts.extensions == (Extension("QZ-25-1", 30, "day", "陈局", on("11-10"), subject="查封"),)
    given["extensions"][0].update(subject="扣押", unit="fortnight")  # type: ignore[attr-defined]
    facts, wrong = parse_facts(given)
    assert facts is None
    assert wrong[0].where == "$.extensions[0].unit"
