"""The marking sheet in the window: read by versions, written anew with its mistakes by line, refused to who may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.policy.sheet import default_sheet
from tests.views.lookcheck import SIZES, check_page
from tests.views.office import ARCHIVIST, REVIEWER, office, sign_in
from tests.views.walk import PAGES, Desk
from views.bridge import Bridge
from views.scoring import ScoringPage, SheetsPage
from views.scoring.sheets import READ, WRITE

ROOMS = [ScoringPage, SheetsPage, *PAGES]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Iterator[Desk]:
    sign_in(archive, REVIEWER)
    out = Desk(qtbot, archive, bridge, pages=ROOMS)
    yield out
    out.leave()


def test_a_new_version_is_written_checked_and_kept(desk: Desk) -> None:
    desk.click(desk.page.sheets)
    page = desk.page
    assert isinstance(page, SheetsPage)
    assert "第 1 版" in page.head.sub.full
    assert len(page.items.model().rows) == len(default_sheet().row) + len(default_sheet().block)  # type: ignore[attr-defined]  # it is `Rows`
    desk.press("Ctrl+N")
    assert page.stack.currentIndex() == WRITE
    writing = page.writing
    words = writing.code.toPlainText()
    line = next(n for n, one in enumerate(words.splitlines(), 1) if one == 'title = "优秀"')
    writing.code.put_text(words.replace('title = "优秀"', 'title = ""'))
    assert not writing.keep.isEnabled()
    desk.bot.waitUntil(lambda: bool(writing.faults.rows))
    assert [one.line for one in writing.faults.rows] == [line]
    assert not writing.keep.isEnabled()
    writing.table.setFocus()
    writing.table.choose(0)
    desk.press("Return")
    assert writing.code.textCursor().blockNumber() == line - 1
    writing.code.put_text(words.replace('title = "优秀"', 'title = "优"'))
    desk.bot.waitUntil(lambda: writing.keep.isEnabled())
    desk.press("Ctrl+Return")
    assert "理由" in writing.why_field.verdict
    writing.why.setText("本局等次名称")
    desk.press("Ctrl+Return")
    assert page.stack.currentIndex() == READ
    assert [one.version for one in page.versions.model().rows] == [2, 1]  # type: ignore[attr-defined]  # it is `Rows`
    assert "第 2 版" in page.head.sub.full
    assert "优 90 分起" in page.grades.full
    page.versions.choose(1)
    desk.settle()
    assert "优秀 90 分起" in page.grades.full


def test_leaving_the_text_keeps_the_sheet_as_it_is(desk: Desk) -> None:
    page = desk.go("score_sheet")
    desk.click(page.change)
    page.writing.code.setPlainText("title = 1")
    desk.press("Esc")
    assert page.stack.currentIndex() == READ
    assert desk.archive.scoring.sheet_version() == 1


def test_who_may_not_change_it_reads_it_and_is_told_why(qtbot: QtBot, archive: Archive, bridge: Bridge) -> None:
    sign_in(archive, ARCHIVIST)
    desk = Desk(qtbot, archive, bridge, pages=ROOMS)
    page = desk.go("score_sheet")
    assert not page.change.isEnabled()
    assert page.change.toolTip() == archive.may("scoring.sheet_edit").reason
    desk.leave()


def test_nothing_is_cut_overlaps_or_lacks_a_name(desk: Desk, archive: Archive, bridge: Bridge, look: QApplication) -> None:
    def build(face: int) -> SheetsPage:
        page = SheetsPage(archive, bridge, desk.shell)
        page.opened()
        desk.settle()
        if face == WRITE:
            page.begin()
            desk.settle()
        return page

    check_page(look, lambda: build(READ))
    check_page(look, lambda: build(WRITE), SIZES[-1:])
