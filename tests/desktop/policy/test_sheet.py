"""The marking sheet as data: 70 items in seven blocks, a hundred points, and every mistake of an agency's own sheet by its line."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.sheet import check_sheet, default_sheet, parse_sheet

TEXT = (RESOURCES / "policy" / "marking_sheet.toml").read_text(encoding="utf-8")


def line_of(words: str) -> int:
    return TEXT[:TEXT.index(words)].count("\n") + 1


def test_seventy_items_and_a_hundred_points() -> None:
    sheet = default_sheet()
    assert {key: sum(1 for row in sheet.row if row.block == key) for key in "VABCDEF"} == {"V": 12, "A": 6, "B": 16, "C": 10, "D": 8, "E": 8, "F": 10}
    assert [block.points for block in sheet.block] == [0, 8, 27, 27, 14, 12, 12]
    assert Counter(row.judged for row in sheet.row)["S"] == 43
    assert [(grade.title, grade.least) for grade in sheet.grade] == [
        ("优秀", Decimal(90)), ("良好", Decimal(75)), ("合格", Decimal(60)), ("不合格", Decimal(0))]


def test_a_sheet_can_be_edited_and_stays_a_sheet() -> None:
    moved = TEXT.replace('words = "立案及时"\npoints = 1', 'words = "立案及时"\npoints = 2').replace(
        'words = "紧急先启动的补批及时"\npoints = 1', 'words = "紧急先启动的补批及时"\npoints = 0')
    assert moved != TEXT
    assert check_sheet(moved) == []
    assert next(row for row in parse_sheet(moved).row if row.id == "A6").points == 2


@pytest.mark.parametrize(("old", "new", "words"), [
    ('id = "A6"', 'id = "A5"', "A5"), ('judged = "A"', 'judged = "X"', "X"), ('id = "F9"\nblock = "F"', 'id = "F9"\nblock = "G"', "G"),
    ('when = ["hearing"]', 'when = ["listening"]', "listening"), ('signers = ["leader"]', 'signers = ["boss"]', "boss"),
    ('lose = { paper = "1" }', 'lose = { paper = "one" }', "paper"), ('lose = { rank = "2" }', 'lose = { grade = "2" }', "rank"),
    ('judge = "approver"', 'judge = "guess"', "guess"), ('from_points = "90"', 'from_points = "many"', "90"),
    ('looks_at = "字段非空"', 'looks = "字段非空"', "looks"), ('words = "立案及时"', 'words = " "', "words"), ('points = 8', 'points = 9', "8"),
    ('"E1", "F1", "F7"]', '"E1", "F1", "X7"]', "X7"), ("format = 1", "format = 3", "1")])
def test_a_mistake_is_told_at_its_line(old: str, new: str, words: str) -> None:
    mistakes = check_sheet(TEXT.replace(old, new, 1))
    first = line_of(old) + old[:len(old) - len(old.splitlines()[-1])].count("\n")
    assert any(words in one.words and one.line in (first, line_of(old)) for one in mistakes), [str(one) for one in mistakes]
    with pytest.raises(Refusal) as told:
        parse_sheet(TEXT.replace(old, new, 1))
    assert told.value.code == "sheet.faulty"


def test_an_item_of_the_program_needs_something_to_look_at() -> None:
    at = TEXT.index("part = [", TEXT.index('id = "F3"'))
    assert any("part" in one.words or "H" in one.words for one in check_sheet(TEXT[:at] + TEXT[TEXT.index("]\n\n", at) + 2:]))


def test_a_broken_file_is_one_mistake() -> None:
    assert len(check_sheet("[[row")) == 1


def test_the_desk_knows_which_fields_to_ask_for() -> None:
    assert "执法人员姓名" in default_sheet().fields_of("询问笔录")
    assert all("|" not in name for name in default_sheet().fields_of("行政处罚决定书"))
