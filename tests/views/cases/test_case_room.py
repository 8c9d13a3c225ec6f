"""The room on the page of a case: its course folds away where the window is low, the numbers of the head lead to their lists, an empty
folder says what comes next."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cases import PartyName
from tests.views import office as o
from views.cases.case_head import Lead
from views.cases.case_page import CasePage

LOW = (1280, 720)


@pytest.fixture(autouse=True)
def _own_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def rows_in_view(page: CasePage) -> float:
    table = page.contents.table
    return table.viewport().height() / table.rowHeight(0)


def leads(page: CasePage) -> dict[str, Lead]:
    box = page.head._tags
    found = [box.itemAt(n).widget() for n in range(box.count())]
    return {one.words: one for one in found if isinstance(one, Lead)}


def test_a_low_window_folds_the_course_and_shows_eight_rows(desk, archive):
    at = desk(size=LOW)
    page = at.go("case", case=o.case(archive))
    assert not page.course.isVisible()
    assert page.fold.label == "展开办案过程"
    assert rows_in_view(page) >= 8
    at.shell.resize(1440, 900)
    at.settle()
    assert page.course.isVisible()
    assert page.fold.label == "收起办案过程"
    at.shell.resize(*LOW)
    at.settle()
    assert not page.course.isVisible()


def test_the_key_folds_and_what_was_chosen_is_remembered_for_the_person(desk, archive):
    at = desk(size=LOW)
    page = at.go("case", case=o.case(archive))
    at.press("Ctrl+T")
    assert page.course.isVisible()
    page.line.setFocus()
    at.press("Ctrl+T")
    assert not page.course.isVisible()
    assert page.contents.table.hasFocus(), "who stood in the course stands in the contents then"
    again = CasePage(archive, at.bridge, at.shell)
    assert again.fold.folds(low=False), "also where there is room"
    again.deleteLater()
    archive.people.sign_in(o.OFFICER, o.PASSWORD)
    other = CasePage(archive, at.bridge, at.shell)
    assert not other.fold.folds(low=False), "another person has a course of their own"
    other.deleteLater()
    archive.people.sign_in(o.ARCHIVIST, o.PASSWORD)


def test_the_course_gives_way_to_a_form_and_the_button_with_it(desk, archive):
    at = desk(size=LOW)
    page = at.go("case", case=o.case(archive))
    at.press("Ctrl+T")
    page.begin_edit()
    assert not page.course.isVisible()
    assert not page.fold.isVisible()
    at.press("Esc")
    assert page.course.isVisible()


def test_each_number_of_the_head_leads_to_its_list(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    archive.procedure.answer(case, dict.fromkeys(page.read.course.pressing[1:], True))
    at.press("F5")
    course = page.read.course
    assert course.missing
    assert course.waiting
    found = leads(page)
    assert list(found) == [f"缺 {len(course.missing)} 项", f"待答 {len(course.waiting)} 项"]
    assert page.head.file.label == f"归档 · 缺 {len(course.missing)} 项 · 待答 {len(course.waiting)} 项"
    missing, waiting = found.values()
    missing.setFocus()
    at.press("Space")
    assert page.completeness.list.hasFocus()
    assert page.completeness.list.row().item.id == course.missing[0].id
    waiting.setFocus()
    at.press("Space")
    assert page.procedure.questions.isVisible()
    assert set(course.pressing) <= set(page.procedure.questions.choices)


def test_a_narrow_window_opens_the_tab_of_what_is_missing(desk, archive):
    at = desk(size=LOW)
    page = at.go("case", case=o.case(archive))
    next(iter(leads(page).values())).click()
    at.settle()
    assert page.completeness.list.isVisible() or page.procedure.questions.isVisible()


def test_an_empty_folder_says_what_comes_next(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive, o.BARE))
    begin = page.detail.beginning
    assert begin.isVisible()
    assert o.BARE in begin.number.plain()
    assert begin.deposit.isEnabled()
    at.click(begin.link)
    assert page.link.isVisible()
    at.press("Esc")
    page = at.go("case", case=o.case(archive))
    assert not page.detail.beginning.isVisible()
    page = at.go("case", case=o.case(archive, o.BARE))
    missing = leads(page)["缺 当事人、承办人"]
    at.click(missing)
    assert at.page.name == "case_form"


def test_who_may_not_deposit_reads_why(desk, archive):
    page = desk(o.LEADER).go("case", case=o.case(archive, o.BARE))
    begin = page.detail.beginning
    assert begin.isVisible()
    assert not begin.deposit.isEnabled()
    assert begin.deposit.toolTip()
    assert not begin.link.isEnabled()


def test_a_narrow_window_never_scrolls_sideways_for_long_names(desk, archive):
    at = desk(size=LOW)
    case = o.case(archive)
    archive.cases.edit(case, {"cause": "互联网上网服务营业场所未按规定核对、登记上网消费者身份" * 3,
                              "parties": (PartyName("闽侯县青屿新型建筑材料科技有限公司", True),)}, "按营业执照更正")
    page = at.go("case", case=case)
    inside = page.parentWidget()
    assert page.minimumSizeHint().width() <= inside.width(), "the facts give way"
    assert page.head.file.label == "归档", "the title needs the room; the chips beside the number say what is open"
    assert "待答" in page.head.file.toolTip()
    assert page.head.title.width() > 400


def test_another_case_is_looked_at_from_the_top(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    page.completeness.list.choose(len(page.completeness.list.model_.rows) - 1)
    page = at.go("case", case=o.case(archive, o.INSPECTION))
    assert page.completeness.list.verticalScrollBar().value() == 0


def test_in_a_very_narrow_list_the_length_stands_under_the_title(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    table = page.contents.table
    assert page.contents.few
    assert table.isColumnHidden(4)
    recording = next(n for n, one in enumerate(page.contents.records) if one.title == o.RECORDING)
    assert "0:03:00" in page.contents.model.columns[1].of(page.contents.model.rows[recording]).sub
    at.shell.resize(*LOW)
    at.settle()
    assert not page.contents.few
    assert not table.isColumnHidden(4)
