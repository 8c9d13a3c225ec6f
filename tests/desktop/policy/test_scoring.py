"""Marking: each of the 43 items that the program judges is judged from facts, every point says why, and a veto needs a person's hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.policy.scoring import Mark, Marked, Score, Signed, decided_by, percent
from desktop.policy.sheet import default_sheet
from models.facts import Activity, CaseFacts, Gap, Paper
from tests.desktop.policy.marked_case import day, good, marked, paper

XIGANG, PROVINCE, MINHOU = "xigang-finance", "provincial", "minhou-statistics"
Change = Callable[[CaseFacts], CaseFacts]


def row(told: Score, name: str) -> Marked:
    return next(one for one in told.rows if one.id == name)


def without(*ids: str) -> Change:
    """Papers and activities of these ids taken out."""
    return lambda facts: replace(facts, papers=tuple(one for one in facts.papers if one.id not in ids),
                                 activities=tuple(one for one in facts.activities if one.id not in ids),
                                 volume=facts.volume and replace(facts.volume, contents=tuple(
                                     one for one in facts.volume.contents if one not in ids)))


def altered(name: str, **more: Any) -> Change:
    """One paper, activity or recording with something changed."""
    def change(facts: CaseFacts) -> CaseFacts:
        kinds = {field: tuple(replace(one, **more) if one.id == name else one for one in getattr(facts, field))
                 for field in ("papers", "activities", "footage")}
        assert kinds != {field: getattr(facts, field) for field in kinds}, f"{name} is changed"
        return replace(facts, **kinds)
    return change


def unfilled(name: str, *fields: str) -> Change:
    def change(facts: CaseFacts) -> CaseFacts:
        one = next(paper for paper in facts.papers if paper.id == name)
        assert set(fields) <= one.fields
        return altered(name, fields=one.fields - set(fields))(facts)
    return change


def unsigned(name: str, *signers: str) -> Change:
    return lambda facts: altered(name, signers=next(one for one in facts.papers if one.id == name).signers - set(signers))(facts)


def both(*changes: Change) -> Change:
    def change(facts: CaseFacts) -> CaseFacts:
        for one in changes:
            facts = one(facts)
        return facts
    return change


def added(*papers: Paper) -> Change:
    return lambda facts: replace(facts, papers=(*facts.papers, *papers))


def unrecorded(activity: str) -> Change:
    return lambda facts: replace(facts, footage=tuple(one for one in facts.footage if one.activity != activity))


def volume(**more: Any) -> Change:
    return lambda facts: replace(facts, volume=replace(facts.volume, **more))  # type: ignore[type-var]  # the good case has one


MANY = added(*(paper(f"p-e{n}", "书证复制件", evidence=True) for n in range(6)))
BROKEN = altered("f-seize", gaps=(Gap(day(3, 3, 13, 20), day(3, 3, 13, 25)),))
LEFT = unsigned("p-served", "witness")
# item, the text it is tried under, what is wrong, the points it costs
FAULTY: list[tuple[str, str, Change, str]] = [
    ("V3", XIGANG, altered("p-check", officers=("甲",)), "suspected"), ("V8", XIGANG, without("p-notice"), "suspected"),
    ("V9", XIGANG, altered("a-prior_notice", start=day(4, 20)), "suspected"),
    ("A1", XIGANG, unfilled("p-source", "登记时间"), "0.5"), ("A1", XIGANG, without("p-source"), "1"),
    ("A2", XIGANG, unfilled("p-start", "启动原因", "基本案情"), "1"), ("A2", MINHOU, unfilled("p-start", "法律依据"), "0.5"),
    ("A3", XIGANG, unsigned("p-start", "leader"), "2"), ("A3", XIGANG, altered("p-start", approved_by="科长"), "2"),
    ("A3", XIGANG, altered("p-start", dated=None), "1"),
    ("A4", XIGANG, altered("a-start_approved", start=day(3, 4)), "1"), ("A5", XIGANG, without("p-told"), "1"),
    ("B1", XIGANG, unfilled("p-check", "出示执法证件情况"), "1"), ("B2", XIGANG, altered("p-ask", officers=("甲",)), "1"),
    ("B3", XIGANG, altered("p-ask", interviewed="丙、丁"), "1"), ("B4", XIGANG, unfilled("p-ask", "地点", "询问地点"), "0.5"),
    ("B4", XIGANG, altered("p-ask", start=day(3, 3), end=day(3, 3, 9, 30)), "2"),
    ("B7", XIGANG, lambda facts: replace(facts, papers=tuple(replace(one, fields=frozenset(
        field for field in one.fields if "权利" not in field)) for one in facts.papers)), "2"),
    ("B10", XIGANG, both(MANY, without("p-keep", "p-list")), "1"), ("B11", MINHOU, without("p-sample"), "0.5"),
    ("B12", XIGANG, altered("a-registration_disposal", start=day(3, 20)), "1"), ("B12", XIGANG, unsigned("p-kept", "leader"), "2"),
    ("B14", XIGANG, without("p-list"), "1"), ("B14", XIGANG, without("a-measure_approved", "p-measure"), "2"),
    ("B15", XIGANG, altered("f-inspection", sheet={}), "1"), ("B15", XIGANG, altered("f-inspection", sound=True), "1"),
    ("B16", XIGANG, without("p-identity"), "1"),
    ("C3", XIGANG, unfilled("p-review", "审核人", "审查人员"), "1"), ("C3", XIGANG, without("p-review"), "3"),
    ("C6", XIGANG, altered("a-hearing_notice", start=day(3, 27)), "2"), ("C6", XIGANG, unsigned("p-hearing", "host", "party"), "1"),
    ("C6", XIGANG, without("p-heard"), "1"), ("C7", XIGANG, without("p-discussed"), "2"),
    ("C7", XIGANG, unsigned("p-discussed", "participants"), "1"),
    ("C8", XIGANG, unsigned("p-approved", "leader"), "1"), ("C8", XIGANG, altered("p-approved", dated=None), "1"),
    ("C10", XIGANG, both(altered("a-started", start=day(1, 5)), altered("a-start_approved", start=day(1, 5))), "1"),
    ("D1", XIGANG, without("p-served"), "1"), ("D1", XIGANG, unfilled("p-served", "送达地点"), "0.5"),
    ("D2", XIGANG, altered("a-service_left", start=day(4, 28), end=day(4, 28, 10)), "2"),
    ("D3", XIGANG, unfilled("p-served", "拒收事由"), "1"), ("D3", XIGANG, both(LEFT, unrecorded("a-service_left")), "2"),
    ("D5", XIGANG, without("p-goods"), "1"), ("D6", XIGANG, without("a-correction_check"), "1"), ("D7", XIGANG, without("a-urging", "p-urged"), "2"),
    ("D8", XIGANG, without("p-closed"), "1"), ("D8", XIGANG, both(unsigned("p-closed", "leader"), without("a-closed")), "1"),
    ("E1", XIGANG, unrecorded("a-hearing"), "1"), ("E1", PROVINCE, unrecorded("a-seize"), "1"),
    ("E2", XIGANG, BROKEN, "0.5"), ("E4", PROVINCE, BROKEN, "1"),
    ("E5", XIGANG, altered("f-hearing", deposited=day(4, 3)), "0.5"), ("E6", XIGANG, unrecorded("a-sampling"), "1"),
    ("E7", MINHOU, altered("f-hearing", label={}), "1"), ("E8", XIGANG, altered("f-hearing", intact=False), "1"),
    ("F1", XIGANG, volume(alone=False), "1"), ("F2", XIGANG, volume(cover=frozenset({"档号"})), "1"), ("F3", XIGANG, volume(contents=()), "2"),
    ("F6", XIGANG, volume(closing_note=frozenset({"立卷人", "检查人", "立卷时间"})), "0.5"),
    ("F7", XIGANG, lambda facts: replace(facts, filed=day(7, 30), case_end=replace(facts.case_end, on=date(2026, 4, 9))), "2"),
    ("F7", XIGANG, lambda facts: replace(facts, case_end=None, filed=None), "1"),
]


def test_every_item_that_the_program_judges_is_tried() -> None:
    judged = {one.id for one in default_sheet().row if one.judged == "S"}
    assert len(judged) == 43
    assert {name for name, *_rest in FAULTY} == judged
    assert all(decided_by(one) for one in default_sheet().row if one.judged == "S")


@pytest.mark.parametrize(("name", "key", "change", "lost"), FAULTY, ids=[f"{one[0]}-{n}" for n, one in enumerate(FAULTY)])
def test_a_fault_costs_what_the_sheet_says_and_says_why(name: str, key: str, change: Change, lost: str) -> None:
    before, after = row(marked(key, good()), name), row(marked(key, change(good())), name)
    assert before.mark in (Mark.FULL, Mark.NOT_APPLICABLE)
    assert after.why
    if lost == "suspected":
        assert (after.mark, after.lost) == (Mark.SUSPECTED, 0)
    else:
        assert (after.mark, after.lost) == (Mark.LOST, Decimal(lost))


@pytest.mark.parametrize("key", [XIGANG, MINHOU])
def test_a_good_file_loses_nothing_by_the_program(key: str) -> None:
    told = marked(key, good() if key == XIGANG else altered("p-start", approved_by="局主要领导")(good()))
    assert [(one.id, one.why) for one in told.rows if one.judged == "S" and one.lost] == []
    assert told.suspected == ()
    assert told.total == Decimal("100.0")
    assert told.provisional, "a person has not looked yet"


def test_nobody_can_lose_more_than_an_item_gives() -> None:
    told = marked(XIGANG, CaseFacts(conditions=good().conditions))
    assert all(0 <= one.lost <= one.points for one in told.rows)
    assert told.total is not None
    assert 0 <= told.total < 60
    assert told.grade is not None
    assert told.grade.key == "fail"


def test_a_veto_only_suspects_until_somebody_signs() -> None:
    wrong = altered("p-check", officers=("甲",))(good())
    suspected = marked(XIGANG, wrong)
    assert suspected.suspected == ("V3",)
    assert suspected.total != 0
    signed = marked(XIGANG, wrong, {"V3": Signed(Decimal(1), "评查人甲", "检查只有一人")})
    assert (signed.total, signed.vetoed, signed.grade and signed.grade.title) == (0, ("V3",), "不合格")
    cleared = marked(XIGANG, wrong, {"V3": Signed(Decimal(0), "评查人甲", "证号漏登")})
    assert (cleared.suspected, cleared.vetoed) == ((), ())


def test_what_does_not_apply_leaves_the_denominator() -> None:
    plain = both(without("a-hearing", "p-hearing", "a-hearing_requested", "a-hearing_notice", "a-hearing_report"), unrecorded("a-hearing"))(good())
    told = marked(XIGANG, plain)
    assert row(told, "C6").mark == Mark.NOT_APPLICABLE
    assert told.applicable == marked(XIGANG, good()).applicable - row(told, "C6").points


def test_an_open_question_is_asked_not_guessed() -> None:
    unsaid = replace(good(), conditions={})
    assert row(marked(XIGANG, unsaid), "D6").mark == Mark.TO_CONFIRM
    assert row(marked(XIGANG, unsaid), "D6").open


def test_the_province_wants_the_review_of_every_ordinary_penalty() -> None:
    """省级§11(3) goes beyond 行政处罚法§58."""
    unsaid = without("p-review")(replace(good(), conditions={key: value for key, value in good().conditions.items() if key != "review_needed"} |
                                         {"review_needed": False}))
    assert row(marked(PROVINCE, unsaid), "C3").lost == 3
    assert row(marked(XIGANG, unsaid), "C3").mark == Mark.NOT_APPLICABLE


def test_the_simple_procedure_is_marked_by_its_own_items() -> None:
    told = marked(XIGANG, replace(good(), procedure="simple"))
    assert [one.id for one in told.rows] == default_sheet().simple


def test_a_persons_decision_stands_over_the_proposal() -> None:
    signed = {one.id: Signed(Decimal(0), "评查人甲") for one in default_sheet().row}
    told = marked(XIGANG, altered("p-check", officers=("甲",))(good()), signed)
    assert (told.total, told.provisional) == (Decimal("100.0"), False)
    lost = marked(XIGANG, good(), {"F9": Signed(Decimal(9), "评查人甲", "用语不规范")})
    assert row(lost, "F9").lost == 1, "never more than the item gives"


def test_every_fault_can_be_jumped_to() -> None:
    told = marked(PROVINCE, both(BROKEN, unsigned("p-hearing", "host"))(good()))
    assert [(jump.kind, jump.id) for jump in row(told, "E4").jumps] == [("footage", "f-seize")]
    assert [(jump.kind, jump.id) for jump in row(told, "C6").jumps] == [("paper", "p-hearing")]


@given(st.integers(1, 200), st.integers(0, 400))
def test_percent_has_one_decimal_half_up(applicable: int, halves: int) -> None:
    got = Decimal(min(halves, applicable * 2)) / 2
    exact = got * 1000 / applicable
    assert abs(percent(got, applicable) * 10 - exact) <= Decimal("0.5")
    assert percent(Decimal(1), 8) == Decimal("12.5")
    assert percent(Decimal("90.25") * 2, 200) == Decimal("90.3")


def test_an_activity_over_the_end_of_a_day_does_not_trouble_the_marking() -> None:
    late = Activity("a-late", "inspection", day(3, 5, 23), day(3, 5, 23) + timedelta(hours=3))
    assert marked(XIGANG, replace(good(), activities=(*good().activities, late))).total is not None


@pytest.mark.parametrize(("name", "key", "change", "lost"), [
    ("B5", XIGANG, altered("p-ask", signed_pages=0), "1"), ("B8", XIGANG, unfilled("p-check", "检查结果"), "0.5"),
    ("C1", XIGANG, without("p-report"), "3"), ("C9", XIGANG, unfilled("p-decision", "救济途径和期限", "救济途径"), "1"),
    ("D4", XIGANG, without("p-money"), "2"), ("E3", PROVINCE, altered("f-hearing", points=()), "1"),
    ("F4", XIGANG, volume(pages_run_on=False), "0.5"),
    ("F8", XIGANG, lambda facts: replace(facts, retention_years=2), "1")])
def test_what_a_person_confirms_is_only_proposed(name: str, key: str, change: Change, lost: str) -> None:
    told = row(marked(key, change(good())), name)
    assert (told.judged, told.mark, told.lost) == ("A", Mark.TO_CONFIRM, Decimal(lost))
    assert told.why
    assert row(marked(key, good()), name).lost == 0


def test_the_words_are_english_in_english() -> None:
    set_language("en")
    try:
        told = marked(PROVINCE, both(BROKEN, unrecorded("a-hearing"))(good()))
        (why,) = row(told, "E4").why
    finally:
        set_language("zh_CN")
    assert why.startswith("2026-03-03 13:20:00 to 13:25:00 (5 min 0 s): The reason of the interruption was not said aloud on resuming, as the text ")
