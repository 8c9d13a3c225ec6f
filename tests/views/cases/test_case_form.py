"""The form of a case folder: by keyboard alone, with its checks, its reason, and its draft that waits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.secrecy import Label
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.cases.form_page import CaseFormPage

NEW = "西财罚〔2026〕33号"


def test_a_case_is_made_by_keyboard_alone(desk, archive):
    at = desk()
    at.go("cases")
    at.press("Ctrl+N")
    assert at.page.name == "case_form"
    at.type(NEW)
    for _kind_procedure_cause in range(3):
        at.press("Tab")
    at.type("擅自涂改账簿案")
    at.press("Tab")
    at.type("20261110")
    at.press("Tab")
    form = at.page.form
    assert form.started.control.text() == "2026-11-10"
    form.parties.lines[0].first.setFocus()
    at.type("大连永泰商行")
    at.press("Ctrl+S")
    assert at.page.name == "case"
    assert at.page.head.number.full == NEW
    line = archive.cases.page()[0]
    assert (line.cause, line.started_on, line.parties) == ("擅自涂改账簿案", "2026-11-10", "大连永泰商行")
    at.press("Alt+Left")
    assert at.page.name == "cases"


def test_the_form_offers_what_the_rules_know_and_says_which_version(desk, archive):
    at = desk()
    page = at.go("case_form")
    form = page.form
    kinds = [form.kind.control.itemText(i) for i in range(form.kind.control.count())]
    assert "行政处罚" in kinds
    assert "行政征收" not in kinds
    assert form.rules.full.startswith("适用西岗办法第 1 版")
    form.number.control.setText(NEW)
    form.cause.control.setText("当场处罚案")
    form.procedure.control.choose("simple")
    at.press("Ctrl+S")
    assert archive.cases.folder(o.case(archive, NEW)).procedure == "simple"
    at.go("case_form", case=o.case(archive, NEW))
    at.page.form.procedure.control.choose("ordinary")
    at.page.form.reason.setPlainText("改用普通程序")
    at.press("Ctrl+S")
    assert archive.cases.folder(o.case(archive, NEW)).procedure == "ordinary"


def test_a_field_is_checked_when_it_is_left(desk):
    at = desk()
    page = at.go("case_form")
    page.form.started.control.setFocus()
    at.type("2026-13-40")
    assert page.form.started.verdict == ""
    at.press("Tab")
    assert "2026-10-20" in page.form.started.verdict
    at.press("Ctrl+S")
    assert page.form.number.control.hasFocus()
    assert page.form.number.verdict == "请填写案号"


def test_a_state_secret_is_refused_in_place_with_what_to_do(desk, archive):
    at = desk()
    page = at.go("case_form")
    page.form.number.control.setText(NEW)
    page.form.cause.control.setText("涉密案")
    page.form.label.ticks["state"].click()
    assert page.form.label.accessibleDescription().startswith("国家秘密")
    at.press("Ctrl+S")
    assert page.banner.kind == "refused"
    assert archive.cases.numbered(NEW) is None


def test_a_number_that_is_taken_is_told_and_the_form_stays(desk):
    at = desk()
    page = at.go("case_form")
    page.form.number.control.setText(o.BOOKS)
    page.form.cause.control.setText("另一案")
    at.press("Ctrl+S")
    assert at.page is page
    assert o.BOOKS in page.banner.title.plain()
    assert page.save.isEnabled()


def test_a_draft_survives_going_away(desk):
    at = desk()
    page = at.go("case_form")
    page.form.cause.control.setText("写了一半")
    at.press("Esc")
    at.go("case_form", case=o.case(at.archive))
    assert page.form.cause.control.text() != "写了一半"
    at.go("case_form")
    assert page.form.cause.control.text() == "写了一半"
    at.click(page.drop)
    assert page.form.cause.control.text() == ""
    assert not page.drop.isEnabled()


def test_a_change_asks_its_reason_and_stands_in_the_history(desk, archive):
    at = desk()
    case = o.case(archive)
    at.go("case", case=case)
    at.click(at.page.head.edit)
    page = at.page
    page.form.place.control.setText("西岗区新开路 79 号")
    at.press("Ctrl+S")
    assert page.form.why.verdict == "请写明为什么修改"
    assert page.form.reason.hasFocus()
    at.type("门牌写错")
    at.press("Ctrl+S")
    assert at.page.name == "case"
    line = archive.cases.history(case)[0]
    assert (line.field, line.new, line.reason) == ("place", "西岗区新开路 79 号", "门牌写错")


def test_only_what_was_changed_is_sent(desk, archive):
    """Opening a form and saving a label does not touch officers whose accounts it has found meanwhile."""
    at = desk()
    case = o.case(archive)
    archive.cases.look(case)
    page = at.go("case_form", case=case)
    page.form.label.ticks["privacy"].click()
    page.form.reason.setPlainText("含身份证号")
    before = len(archive.cases.history(case))
    at.press("Ctrl+S")
    assert archive.cases.folder(case).line.label == Label(privacy=True)
    assert [h.field for h in archive.cases.history(case)][: len(archive.cases.history(case)) - before] == ["privacy"]


def test_an_officer_is_chosen_from_the_people_with_the_certificate(desk):
    at = desk()
    page = at.go("case_form")
    lines = page.form.officers
    assert [lines.offer.itemData(i) for i in range(1, lines.offer.count())] == [o.OFFICER, o.OUTSIDER]
    lines._offered(o.OFFICER)
    assert [(x.name, x.certificate) for x in lines.value()] == [(o.OFFICER, "LN-0207-031")]
    assert lines.value()[0].person is not None
    lines.add(True)
    at.type(o.OUTSIDER)
    at.press("Tab")
    assert lines.value()[1].certificate == "LN-0207-044"


def test_arrows_reach_every_officer_and_only_enter_takes_one(desk):
    at = desk()
    page = at.go("case_form")
    lines = page.form.officers
    lines.offer.setFocus()
    at.press("Down")
    popup = lines.offer.view()
    assert popup.isVisible()
    assert not lines.value(), "looking through the list takes nobody"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    at.settle()
    assert [x.name for x in lines.value()] == [o.OUTSIDER]
    assert lines.offer.value() is None, "the line that asks stands there again"
    lines.offer.setFocus()
    at.press("Up")
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    at.settle()
    assert [x.name for x in lines.value()] == [o.OUTSIDER]


def test_a_letter_leads_to_an_officer_in_the_open_list(desk):
    at = desk()
    lines = at.go("case_form").form.officers
    lines.offer.setFocus()
    at.press("Space")
    assert lines.offer.view().isVisible()
    QTest.keyClick(lines.offer.view(), Qt.Key.Key_Escape)
    at.type(o.OUTSIDER[0])
    at.settle()
    assert not lines.value(), "typing takes nobody either"
    popup = lines.offer.view()
    assert popup.isVisible()
    assert popup.currentIndex().data().startswith(o.OUTSIDER)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    at.settle()
    assert [x.name for x in lines.value()] == [o.OUTSIDER]


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    at = desk()
    archive.cases.look(o.case(archive))

    def build() -> CaseFormPage:
        page = CaseFormPage(archive, bridge, at.shell)
        page.opened(case=o.case(archive))
        at.settle()
        page.form.label.ticks["state"].click()
        page.form.cause.control.clear()
        page.form.faults()
        return page

    check_page(look, build)
