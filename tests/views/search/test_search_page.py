"""Search as one types: found words marked, nothing that one may not know, and no old answer over a new one."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.search import Page as Found
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.search import SearchPage
from views.search.hits import _fitting, where_words
from views.theme import color, font


def titles(page: SearchPage) -> list[str]:
    return [h.title for h in page.list.hits.rows]


def test_words_from_the_header_are_looked_for(desk):
    at = desk()
    at.go("cases")
    at.press("Ctrl+K")
    assert at.shell.header.search.hasFocus()
    at.type("封面")
    at.press("Return")
    assert at.page.name == "search"
    assert at.page.box.text() == "封面"
    assert titles(at.page) == ["现场检查笔录"]
    assert at.page.counted.full == "1 条"


def test_ctrl_k_on_the_page_goes_into_its_box(desk):
    at = desk()
    page = at.go("search", words="账簿")
    page.list.setFocus()
    at.press("Ctrl+K")
    assert page.box.hasFocus()
    assert page.box.selectedText() == "账簿"


def test_it_searches_as_one_types_after_a_pause(desk, qtbot):
    at = desk()
    page = at.go("search")
    at.type("郭振东")
    assert titles(page) == []
    qtbot.waitUntil(lambda: bool(titles(page)))
    assert set(titles(page)) == {"询问笔录（郭振东）"}


def test_the_newest_question_wins(desk):
    at = desk()
    page = at.go("search")
    page.box.setText("账簿")
    page.look()
    old = page._age
    page.box.setText("拟给予警告")
    page.look()
    at.settle()
    assert titles(page) == ["行政处罚告知书"]
    page._took(old, Found(tuple(page.list.hits.rows) * 3), None)
    assert titles(page) == ["行政处罚告知书"]


def test_what_is_not_there_and_what_one_may_not_know_read_the_same(desk):
    at = desk(o.OUTSIDER)
    page = at.go("search")
    seen = []
    for words in ("现金日记账", "绝无此词", "郭振东"):
        page.box.setText(words)
        page.look()
        at.settle()
        shown = page.place.currentWidget()
        seen.append((shown.findChild(type(page.none)).accessibleName(), page.counted.full, titles(page)))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0].startswith("没有找到")


def test_enter_goes_into_the_list_and_opens_the_record(desk):
    at = desk()
    at.go("search", words="封面无编号")
    at.press("Return")
    assert at.page.list.hasFocus()
    at.press("Return")
    assert at.page.name == "case"
    assert at.page.contents.table.row().record.title == "现场检查笔录"


def test_a_case_that_is_found_opens(desk):
    at = desk()
    page = at.go("search", words="代理记账")
    at.press("Down")
    at.press("Return")
    assert page is not at.page
    assert at.page.head.number.full == o.INSPECTION


def test_what_is_in_no_folder_says_so(desk):
    at = desk()
    page = at.go("search", words="DSJ0417_20261118")
    at.press("Down")
    at.press("Return")
    assert at.page is page
    assert page.banner.kind == "info"
    assert "尚未归卷" in where_words(page.list.hits.rows[0])


def test_kinds_narrow_and_none_finds_nothing(desk):
    at = desk()
    page = at.go("search", words="账簿")
    kinds = {h.kind for h in page.list.hits.rows}
    assert kinds >= {"case", "paper"}
    page.kinds["paper"].click()
    at.settle()
    assert "paper" not in {h.kind for h in page.list.hits.rows}
    for tick in page.kinds.values():
        tick.setChecked(False)
    at.settle()
    assert titles(page) == []


def test_an_act_elsewhere_is_found_at_once(desk, archive):
    at = desk()
    page = at.go("search", words="绝无此词")
    assert titles(page) == []
    archive.cases.edit(o.case(archive), {"note": "绝无此词，现在有了"}, "补记")
    at.settle()
    assert titles(page) == [o.BOOKS]


def test_found_words_stand_on_a_ground(desk):
    at = desk()
    page = at.go("search", words="账簿")
    picture: QImage = page.list.viewport().grab().toImage()
    wanted = color("soon_soft").rgb()
    assert any(picture.pixel(x, y) == wanted for y in range(0, picture.height(), 2) for x in range(0, picture.width(), 2))


def test_a_long_line_is_cut_and_its_marks_with_it(look):
    words = "会计账簿" * 60
    shown, spans = _fitting(words, [(2, 4), (200, 204)], font(), 400)
    assert shown.endswith("……")
    assert len(shown) < len(words)
    assert spans == [(2, 4)]
    assert _fitting("账簿", [(0, 2)], font(), 400) == ("账簿", [(0, 2)])


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    at = desk()

    def build(words: str) -> SearchPage:
        page = SearchPage(archive, bridge, at.shell)
        page.opened(words=words)
        at.settle()
        return page

    check_page(look, lambda: build("账簿"))
    check_page(look, lambda: build("绝无此词"), [(1280, 720, "compact")])
