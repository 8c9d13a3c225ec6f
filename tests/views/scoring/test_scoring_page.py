"""A person marks a case in the window: begins, decides by key, sees why and where, signs, prints; and who may only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.i18n import sentence, set_language
from desktop.policy.scoring import Mark
from desktop.scoring import Decision
from models.people import Person
from models.terms import CaseId, ScoringId
from tests.views.lookcheck import SIZES, check_page
from tests.views.office import ARCHIVIST, BOOKS, INSPECTION, OFFICER, PASSWORD, REVIEWER, case, office, sign_in
from tests.views.walk import PAGES, Desk
from views.bridge import Bridge
from views.common.dialogs import PasswordAgain
from views.footage.page import FootagePage
from views.reports.saved import in_chinese
from views.scoring import ScoringPage
from views.scoring.deciding import APART, LOST
from views.scoring.words import BlockHead

ROOMS = [ScoringPage, *PAGES, FootagePage]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Iterator[Desk]:
    sign_in(archive, ARCHIVIST)
    out = Desk(qtbot, archive, bridge, pages=ROOMS)
    yield out
    out.leave()


def begun(desk: Desk, number: str = BOOKS) -> tuple[Any, CaseId, ScoringId]:
    """One's own marking of a case, open in the window."""
    which = case(desk.archive, number)
    page = desk.go("scoring", case=which)
    desk.press("Ctrl+N")
    return page, which, page.scoring


def decide_all(archive: Archive, scoring: ScoringId) -> None:
    view = archive.scoring.view(scoring)
    for row in view.waiting:
        if row.block == view.veto_block:
            archive.scoring.confirm_veto(scoring, row.id, False, Decision(reason="核对卷内材料，不成立"))
        else:
            archive.scoring.mark(scoring, row.id, Decision(reason="已核对"))


def test_an_empty_list_says_what_comes_next_and_a_case_is_begun_from_it(desk: Desk) -> None:
    page = desk.page
    assert isinstance(page, ScoringPage)
    assert page.place.currentWidget() is page.none
    assert page.to_cases.isVisible()
    assert not page.begin.isVisible()
    page, which, scoring = begun(desk)
    assert page.place.currentWidget() is page.sheet
    assert [line.id for line in desk.archive.scoring.of_case(which)] == [scoring]
    assert not page.sign.isEnabled()
    assert str(len(page.sheet.view.waiting)) in page.sign.toolTip()
    assert page.sheet.table.hasFocus()
    assert "1" in desk.shell.rail.buttons["scoring"].accessibleName(), "one's own marking waits for the signature"
    desk.go("cases")
    assert desk.go("scoring", case=which).scoring == scoring, "from the case one goes on with one's own"


def test_items_stand_by_block_with_points_and_the_filter_narrows(desk: Desk) -> None:
    page, _which, _scoring = begun(desk)
    sheet = page.sheet
    heads = [line for line in sheet.model.rows if isinstance(line, BlockHead)]
    assert [head.block.title for head in heads] == ["一票否决", "立案", "调查取证", "审查决定", "送达与执行", "全过程音像记录", "立卷归档"]
    assert sum(head.applicable for head in heads) == sheet.view.applicable
    assert sheet.view.applicable - sum(head.lost for head in heads) == sheet.view.got
    assert sheet.total.full == f"{sheet.view.total} 分"
    desk.click(sheet.filter.group.button(1))
    assert all(row.lost for row in sheet.model.rows if not isinstance(row, BlockHead))
    desk.click(sheet.filter.group.button(2))
    assert {row.id for row in sheet.model.rows if not isinstance(row, BlockHead)} == {row.id for row in sheet.view.waiting}


def test_a_fault_opens_into_its_article_and_the_way_to_mend_it(desk: Desk) -> None:
    page, which, _scoring = begun(desk)
    row = next(one for one in page.sheet.view.rows if any(p.kind == "item" and p.ground is not None for p in one.places))
    page.sheet.choose(row.id)
    desk.settle()
    place = next(p for p in row.places if p.kind == "item")
    assert place.ground is not None
    words = found_words(page.sheet.item)
    assert f"“{place.ground.text}”" in words
    assert place.ground.article in words
    assert all(why in words for why in row.why)
    desk.click(page.sheet.item.jumps[row.places.index(place)])
    assert desk.page.name == "case"
    assert desk.page.case == which
    desk.press("Alt+Left")
    assert desk.page.name in ("scoring", "case")


def test_decisions_are_kept_by_key_and_go_on_to_the_next(desk: Desk) -> None:
    page, _which, scoring = begun(desk)
    sheet, deciding = page.sheet, page.sheet.item.deciding
    sheet.choose("C2")
    desk.settle()
    assert deciding.form.isVisible()
    desk.click(deciding.choice.group.button(LOST))
    deciding.lost.setText("半分")
    desk.press("Ctrl+Return")
    assert "数字" in deciding.reason_field.verdict
    deciding.lost.setText("0.5")
    deciding.reason.clear()
    desk.press("Ctrl+Return")
    assert "理由" in deciding.reason_field.verdict
    record = next(one for one in sheet.view.records if one.pages)
    deciding.record.choose(int(record.id))
    deciding.where.setText("第9页")
    deciding.reason.setPlainText("未写明裁量档次")
    desk.press("Ctrl+Return")
    assert page.banner.title.plain() in sentence("scoring.place", where="第9页", title=record.title)
    deciding.where.setText("1")
    desk.press("Ctrl+Return")
    told = next(one for one in sheet.view.rows if one.id == "C2")
    assert (told.mark, told.lost) == (Mark.LOST, Decimal("0.5"))
    assert told.decided is not None
    assert (told.decided.record, told.decided.where, told.decided.by) == (record.id, "1", ARCHIVIST)
    assert not page.banner.isVisible()
    assert sheet.row.id == next(one.id for one in sheet.view.rows[[r.id for r in sheet.view.rows].index("C2"):] if one.waits)
    deciding.reason.setPlainText("正在写")
    page.reread()
    desk.settle()
    assert deciding.reason.toPlainText() == "正在写", "what is read again takes nothing away from who types"
    sheet.choose("C2")
    desk.settle()
    assert deciding.form.isHidden()
    desk.click(deciding.again)
    assert deciding.choice.chosen == LOST
    desk.click(deciding.choice.group.button(APART))
    deciding.reason.setPlainText("本案没有裁量")
    desk.click(deciding.keep)
    assert next(one for one in sheet.view.rows if one.id == "C2").mark is Mark.NOT_APPLICABLE
    assert desk.archive.scoring.view(scoring).applicable == sheet.view.applicable


def test_a_suspected_veto_waits_for_a_hand_and_takes_effect_by_signing(desk: Desk) -> None:
    page, _which, scoring = begun(desk)
    sheet, deciding = page.sheet, page.sheet.item.deciding
    sheet.choose("V8")
    desk.settle()
    assert sheet.row.mark is Mark.SUSPECTED
    assert "疑似" in found_words(sheet.item)
    assert deciding.choice.chosen == -1
    assert not deciding.keep.isEnabled()
    desk.click(deciding.choice.group.button(LOST))
    assert not deciding.lost.isVisible()
    deciding.reason.setPlainText("全卷没有送达文书")
    desk.click(deciding.keep)
    assert sheet.total.full == "0.0 分"
    sheet.choose("V8")
    desk.settle()
    assert "签署评查结果后生效" in found_words(sheet.item)
    assert page.sign.isEnabled(), "where a veto stands nothing else need be decided"
    sign(desk, page, "不是这个")
    dialog = desk.shell.findChild(PasswordAgain)
    assert sentence("password.wrong") in dialog.entry.verdict
    dialog.password.setText(PASSWORD)
    desk.click(dialog.verb)
    line = desk.archive.scoring.scorings()[0]
    assert (line.id, line.total, line.vetoed, line.sound) == (scoring, "0.0", ("V8",), True)
    assert "已签名" in page.banner.title.plain()
    assert not page.sign.isVisible()
    assert deciding.form.isHidden()


def test_signed_it_is_listed_read_and_printed(desk: Desk, tmp_path: Path) -> None:
    page, _which, scoring = begun(desk)
    decide_all(desk.archive, scoring)
    desk.settle()
    page.reread()
    desk.settle()
    assert page.sign.isEnabled()
    sign(desk, page, PASSWORD)
    page.choose_file = lambda _page, _title, suggested: tmp_path / suggested
    desk.shell.activateWindow()
    desk.settle()
    desk.press("Ctrl+P")
    made = next(tmp_path.glob("*.pdf"))
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) >= 3
    assert made.name in page.banner.title.plain()
    assert page.banner.body.plain() == str(tmp_path)
    set_language("en")
    desk.press("Ctrl+P")
    assert in_chinese() in page.banner.body.plain()
    set_language("zh_CN")
    desk.go("cases")
    page = desk.go("scoring")
    line = desk.archive.scoring.scorings()[0]
    assert [row.id for row in page.model.rows] == [scoring]
    page.list.setFocus()
    desk.press("Return")
    assert page.place.currentWidget() is page.sheet
    assert page.sheet.view.line.total == line.total
    desk.press("Esc")
    assert page.place.currentWidget() is page.listed


def test_somebody_elses_marking_is_read_and_not_changed(qtbot: QtBot, archive: Archive, bridge: Bridge) -> None:
    sign_in(archive, ARCHIVIST)
    which = case(archive)
    archive.cases.look(which)
    scoring = archive.scoring.begin(which)
    sign_in(archive, REVIEWER)
    desk = Desk(qtbot, archive, bridge, pages=ROOMS)
    page = desk.page
    desk.press("Return")
    assert page.scoring == scoring
    assert not page.sign.isVisible()
    assert page.sheet.item.deciding.form.isHidden()
    assert ARCHIVIST in page.sheet.item.deciding.told.plain()
    desk.leave()


def test_a_refusal_stands_where_it_was_made(qtbot: QtBot, archive: Archive, bridge: Bridge) -> None:
    Person.update(clear_privacy=False).where(Person.name == REVIEWER).execute()
    sign_in(archive, REVIEWER)
    desk = Desk(qtbot, archive, bridge, pages=ROOMS)
    page = desk.go("scoring", case=case(archive))
    desk.click(page.begin)
    assert page.banner.title.plain() in sentence("scoring.clearance")
    assert page.begin.isEnabled()
    desk.leave()


def test_officers_have_no_line_in_the_rail(qtbot: QtBot, archive: Archive, bridge: Bridge) -> None:
    sign_in(archive, OFFICER)
    desk = Desk(qtbot, archive, bridge, pages=ROOMS)
    assert "scoring" not in desk.shell.rail.buttons
    desk.leave()


def test_a_case_that_is_no_penalty_says_that_the_sheet_is_for_penalties(desk: Desk) -> None:
    page, _which, _scoring = begun(desk, INSPECTION)
    assert "行政处罚" in page.sheet.note.full
    assert page.sheet.note.isVisible()


def test_nothing_is_cut_overlaps_or_lacks_a_name(desk: Desk, archive: Archive, bridge: Bridge, look: QApplication) -> None:
    _page, which, _scoring = begun(desk)

    def build(item: str) -> Callable[[], ScoringPage]:
        def made() -> ScoringPage:
            page = ScoringPage(archive, bridge, desk.shell)
            page.opened(case=which)
            desk.settle()
            page.sheet.choose(item)
            return page
        return made

    check_page(look, build("V8"))
    check_page(look, build("C2"), SIZES[-1:])
    check_page(look, build("B1"), SIZES[:1])


def sign(desk: Desk, page: Any, secret: str) -> None:
    """Press the primary button and type the password into what it asks."""
    desk.click(page.sign)
    dialog = next(one for one in desk.shell.findChildren(PasswordAgain) if one.isVisible())
    dialog.password.setText(secret)
    desk.click(dialog.verb)


def found_words(part: Any) -> str:
    """Every word that is shown in a part."""
    from views.common import Para, Tag, Text

    QApplication.processEvents()
    return "\n".join([*(one.plain() for one in part.findChildren(Para)), *(one.full for one in part.findChildren(Text)),
                      *(one.words for one in part.findChildren(Tag))])
