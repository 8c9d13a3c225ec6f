"""The 70 items as the sheet counts them: 43 that the program judges, 21 that it prompts, 6 a person's; each can be held and lost in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.policy.powers import PowerList
from desktop.policy.registers import Held, Registers
from desktop.policy.scoring import Mark
from desktop.policy.sheet import default_sheet
from models.facts import CaseFacts, Matter, Penalty
from tests.desktop.policy.marked_case import day, good, marked, paper, powers, registers
from tests.desktop.policy.test_scoring import FAULTY, XIGANG, Change, added, altered, both, row, unfilled, unsigned, volume, without

COUNT = {"S": 43, "A": 21, "H": 6}
SPOKEN = "provincial"  # a text that wants a spoken explanation


def matter(**more: Any) -> Change:
    return lambda facts: replace(facts, matter=replace(facts.matter or Matter(), **more))


def first(*ids: str) -> Change:
    """These papers before all others."""
    def change(facts: CaseFacts) -> CaseFacts:
        moved = [one for name in ids for one in facts.papers if one.id == name]
        return replace(facts, papers=(*moved, *(one for one in facts.papers if one.id not in ids)))
    return change


def answering(**more: bool) -> Change:
    return lambda facts: replace(facts, conditions={**facts.conditions, **more})


GOOD_COPY = added(paper("p-copy", "书证复制件", evidence=True, copy=True))
DEFENDED = both(answering(defence_made=True), added(paper("p-weighed", "陈述申辩复核意见", date(2026, 3, 25))))
APPRAISED = both(answering(appraised=True), added(paper("p-asked", "鉴定委托书"), paper("p-said", "鉴定意见书")))
# item, what makes it hold where the good case has nothing of the sort, what is wrong, what it costs («suspected»: of the veto block)
PROMPTED: list[tuple[str, Change | None, Change, str]] = [
    ("V1", None, matter(organ="西岗区统计局"), "suspected"), ("V1", None, matter(power="2", organ="执法大队"), "suspected"),
    ("V1", None, matter(power="99"), "suspected"),
    ("V2", None, altered("a-inspection", officers=("甲", "乙"), start=day(3, 3).replace(year=2025)), "suspected"),
    ("V2", None, altered("p-ask", dated=date(2027, 1, 4)), "suspected"),
    ("V7", None, matter(penalties=(Penalty("fine", 6_000_000),)), "suspected"), ("V7", None, matter(penalties=(Penalty("detention"),)), "suspected"),
    ("V7", None, matter(act_ended=date(2024, 2, 26)), "suspected"), ("V7", None, matter(act_ended=date(2021, 2, 26), grave=True), "suspected"),
    ("V10", None, without("p-notice", "p-told"), "suspected"), ("V10", None, without("a-hearing"), "suspected"),
    ("V11", None, without("p-review"), "suspected"),
    ("V11", None, both(altered("a-legal_review", start=day(4, 9)), altered("p-review", dated=date(2026, 4, 9))), "suspected"),
    ("A6", None, matter(discovered=date(2026, 1, 5)), "1"),
    ("B5", None, altered("p-ask", signed_pages=1), "0.5"), ("B8", None, unfilled("p-check", "检查结果"), "0.5"),
    ("B9", GOOD_COPY, both(GOOD_COPY, unfilled("p-copy", "核对签章", "核对人签章", "核对人签名")), "0.5"),
    ("B13", APPRAISED, both(APPRAISED, without("p-asked")), "0.5"),
    ("C1", None, without("p-report"), "3"), ("C2", None, lambda facts: replace(facts, papers=tuple(replace(one, fields=frozenset(
        name for name in one.fields if "裁量" not in name)) for one in facts.papers)), "2"),
    ("C4", None, unsigned("p-notice", "party", "recipient"), "3"), ("C5", DEFENDED, both(DEFENDED, without("p-weighed")), "2"),
    ("C9", None, unfilled("p-decision", "履行方式和期限"), "1"), ("D4", None, without("p-money"), "2"),
    ("E3", None, altered("f-hearing", points=()), "1"), ("F4", None, volume(pages_run_on=False), "0.5"),
    ("F5", None, first("p-closed"), "1"), ("F8", None, lambda facts: replace(facts, retention_years=None), "1"),
    ("F10", None, first("p-discussed"), "1"),
]
PROMPTS: list[tuple[str, str]] = [("V4", "身份材料"), ("V5", "互相印证"), ("V6", "条、款、项"), ("V12", "移送"), ("B6", "涂改"), ("F9", "格式")]


def test_the_sheet_has_as_many_items_of_each_sort_as_the_agency_was_told() -> None:
    rows = default_sheet().row
    assert {sort: sum(1 for one in rows if one.judged == sort) for sort in COUNT} == COUNT
    assert len(rows) == 70
    assert {name for name, *_rest in FAULTY} == {one.id for one in rows if one.judged == "S"}
    assert {name for name, *_rest in PROMPTED} == {one.id for one in rows if one.judged == "A"}
    assert {name for name, _words in PROMPTS} == {one.id for one in rows if one.judged == "H"}
    assert all(one.part and one.looks_at for one in rows), "no item is left to itself"


@pytest.mark.parametrize(("name", "holds", "change", "lost"), PROMPTED, ids=[f"{one[0]}-{n}" for n, one in enumerate(PROMPTED)])
def test_what_a_person_confirms_is_proposed_held_and_lost(name: str, holds: Change | None, change: Change, lost: str) -> None:
    key = SPOKEN if name == "E3" else XIGANG
    before, after = row(marked(key, (holds or (lambda facts: facts))(good())), name), row(marked(key, change(good())), name)
    assert (before.mark, before.why, before.lost) == (Mark.TO_CONFIRM, (), 0)
    assert before.seen
    assert after.why
    assert after.seen
    if lost == "suspected":
        assert (after.mark, after.lost) == (Mark.SUSPECTED, 0)
    else:
        assert (after.mark, after.lost) == (Mark.TO_CONFIRM, Decimal(lost))


@pytest.mark.parametrize(("name", "words"), PROMPTS)
def test_what_only_a_person_judges_says_what_to_look_at(name: str, words: str) -> None:
    sheet = default_sheet()
    asked = next(one for one in sheet.row if one.id == name)
    found = row(marked(XIGANG, answering(crime_suspected=True)(good())), name)
    assert found.mark is Mark.PERSONS
    assert words in asked.part[0].ask
    assert asked.part[0].ask in found.open
    assert found.seen


def test_every_item_says_what_was_looked_at_also_where_nothing_is_wrong() -> None:
    told = marked(XIGANG, good())
    assert [one.id for one in told.rows if one.mark is not Mark.NOT_APPLICABLE and not one.seen] == []


def test_without_the_registers_a_person_is_told_and_nothing_is_suspected() -> None:
    told = marked(XIGANG, good(), held=Registers())
    assert told.suspected == ()
    for name in ("V1", "V2", "V7"):
        assert row(told, name).mark is Mark.TO_CONFIRM
        assert row(told, name).open
    assert not row(told, "V7").why, "the limitation needs no list"


def test_a_renewed_certificate_counts_and_an_unregistered_officer_is_asked_for() -> None:
    renewed = (Held("LN-1", "甲", date(2020, 1, 1), date(2026, 3, 3)), Held("LN-9", "甲", date(2026, 3, 4), date(2032, 3, 3)))
    told = row(marked(XIGANG, good(), held=replace(registers(), certificates=renewed)), "V2")
    assert (told.mark, told.why) == (Mark.TO_CONFIRM, ())
    assert any("乙" in words for words in told.open)


def test_a_body_that_is_entrusted_decides_in_the_name_of_the_organ() -> None:
    assert row(marked(XIGANG, matter(power="2", organ="文化和旅游局")(good())), "V1").mark is Mark.TO_CONFIRM


def test_limitation_counts_as_the_law_says_and_as_the_row_says() -> None:
    def of(held: PowerList | None = None, **more: Any) -> tuple[Mark, bool]:
        found = row(marked(XIGANG, matter(**more)(good()), held=replace(registers(), powers=held or powers())), "V7")
        return found.mark, bool(found.open)
    assert of(act_ended=date(2024, 2, 27)) == (Mark.TO_CONFIRM, False), "the last day"
    assert of(act_ended=date(2024, 2, 26)) == (Mark.SUSPECTED, False), "the day after"
    assert of(act_ended=date(2023, 1, 1), grave=True) == (Mark.TO_CONFIRM, False), "five years"
    assert of(act_ended=date(2023, 1, 1), grave=None) == (Mark.TO_CONFIRM, True), "asked first"
    assert of(act_ended=date(2017, 1, 1), power="3", penalties=(Penalty("fine", 200_000),)) == (Mark.TO_CONFIRM, False), "a law of its own"


def test_a_file_that_leads_with_the_decision_is_in_order_too() -> None:
    assert not row(marked(XIGANG, first("p-decision", "p-served")(good())), "F5").why


def test_only_papers_that_must_move_are_told() -> None:
    assert len(row(marked(XIGANG, first("p-closed")(good())), "F5").why) == 1


def test_a_fine_is_named_where_the_receipt_is_compared_and_no_fine_needs_none() -> None:
    assert any("2,000" in words for words in row(marked(XIGANG, good()), "D4").open)
    told = marked(XIGANG, both(matter(penalties=(Penalty("warning"),)), without("p-money"))(good()))
    assert row(told, "D4").mark is Mark.NOT_APPLICABLE
