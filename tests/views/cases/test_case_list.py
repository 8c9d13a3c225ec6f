"""The list of case folders: what is there for whom, narrowing, and the keys."""

from __future__ import annotations

from desktop.cases import CaseFilter
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.cases.list_page import CaseSource, CasesPage
from views.common.windowed import AFTER


def numbers(page: CasesPage) -> list[str]:
    return [page.model.row(i).case_number for i in range(page.model.rowCount())]


def test_the_newest_case_stands_first_and_is_counted(desk):
    page = desk().go("cases")
    assert numbers(page) == [o.BARE, o.BOOKS, o.INSPECTION, o.FILED]
    assert page.counted.full == "4 卷"
    assert page.list.hasFocus()


def test_what_one_may_not_know_is_not_in_the_list_nor_in_its_count(desk):
    at = desk(o.OUTSIDER)
    page = at.go("cases")
    assert o.FILED not in numbers(page)
    assert page.counted.full == "3 卷"
    page.words.setText(o.FILED)
    page._narrow()
    at.settle()
    assert page.place.currentWidget() is page.unfound


def test_words_narrow_the_list_after_a_pause_and_the_conditions_can_be_dropped(desk, qtbot):
    at = desk()
    page = at.go("cases")
    page.words.setFocus()
    at.type("和润")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert numbers(page) == [o.BOOKS]
    page.words.setText("没有这样的当事人")
    qtbot.waitUntil(lambda: page.place.currentWidget() is page.unfound)
    page.clear_filter()
    at.settle()
    assert len(numbers(page)) == 4


def test_stage_kind_and_filing_narrow_together(desk):
    at = desk()
    page = at.go("cases")
    page.filed.choose(True)
    page._narrow()
    at.settle()
    assert numbers(page) == [o.FILED]
    page.filed.choose(False)
    page.kind.choose(page.kind.itemData(2))
    page._narrow()
    at.settle()
    assert numbers(page) == [o.INSPECTION]


def test_enter_opens_a_case_and_alt_left_comes_back(desk):
    at = desk()
    at.go("cases")
    at.press("Down")
    at.press("Return")
    assert at.page.name == "case"
    assert at.page.head.number.full == o.BOOKS
    at.press("Alt+Left")
    assert at.page.name == "cases"


def test_who_may_not_create_reads_why(desk):
    page = desk(o.CLERK).go("cases")
    assert not page.new.isEnabled()
    assert "窗口接待员" in page.head.sub.full


def test_the_source_names_the_row_behind_which_each_block_begins(desk, archive):
    desk()
    source = CaseSource(archive)
    whole = source.page(None, AFTER, 10)
    blocks = [source.page(key, AFTER, 1) for key in source.anchors(1)]
    assert [rows[0] for rows in blocks] == whole[1:]
    assert CaseSource(archive, CaseFilter(words="17号")).count() == 1


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    at = desk()

    def build() -> CasesPage:
        page = CasesPage(archive, bridge, at.shell)
        page.opened()
        at.settle()
        return page

    check_page(look, build)
