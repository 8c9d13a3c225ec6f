"""打印: by keyboard to the menu, each paper or the whole set to a PDF; refused where the role may not, and said on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.i18n import set_language
from desktop.reports.forms import Form
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.common import page_head
from views.common.page import Page
from views.reports.print_menu import PrintMenu


class OneCase(Page):
    """A page with a case and the button, and nothing else."""

    name, icon, act = "one", "archive", "cases.look"

    @classmethod
    def title(cls) -> str:
        return "案卷"

    def build(self) -> None:
        self.menu = PrintMenu(self)
        self.lay(page_head("案卷", self.menu), None)

    def opened(self, **kw: object) -> None:
        case = o.case(self.archive)
        self.archive.cases.look(case)
        self.menu.show_case(case, o.BOOKS)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Iterator[Desk]:
    o.sign_in(archive, o.ARCHIVIST)
    out = Desk(qtbot, archive, bridge, (1280, 720), [OneCase])
    yield out
    out.leave()


def test_the_menu_opens_by_key_and_the_whole_set_is_saved(desk: Desk, tmp_path: Path) -> None:
    page = desk.go("one")
    asked: list[str] = []

    def choose(_page: object, _title: str, suggested: str) -> Path:
        asked.append(suggested)
        return tmp_path / suggested

    page.menu.choose_file = choose
    desk.press("Ctrl+P")
    assert page.menu.offer.isVisible()
    words = [action.text() for action in page.menu.offer.actions() if action.text()]
    assert words[0] == "全卷合为一份"
    assert words[1:3] == ["案卷封面", "卷内目录"]
    assert words[-2:] == ["齐全性检查表", "备考表"]
    assert page.menu.offer.activeAction().text() == words[0]
    page.menu.offer.close()
    page.menu.offer.actions()[0].trigger()
    desk.settle()
    assert page.banner.kind == "good"
    assert "全卷材料" in asked[0]
    with pikepdf.open(tmp_path / asked[0]) as paper:
        assert len(paper.pages) >= 4


def test_recordings_have_a_menu_of_their_own(desk: Desk) -> None:
    page = desk.go("one")
    page.menu.fill(desk.archive.reports.offered(o.case(desk.archive)))
    inner = next(action.menu() for action in page.menu.offer.actions() if action.menu() is not None)
    assert inner.title() == "视听资料文字说明"
    assert inner.actions()[0].text() == "全部"
    evidence = [paper for paper in desk.archive.reports.offered(o.case(desk.archive)) if paper.form is Form.EVIDENCE]
    assert len(inner.actions()) == len(evidence) + 1


def test_what_cannot_be_written_is_said_on_the_page(desk: Desk, tmp_path: Path) -> None:
    page = desk.go("one")
    page.menu.choose_file = lambda *_a: tmp_path / "nowhere" / "x.pdf"
    page.menu.save((), "全卷材料")
    desk.settle()
    assert page.banner.kind == "refused"
    assert page.menu.isEnabled()
    page.menu.choose_file = lambda *_a: None
    page.menu.save((), "全卷材料")
    assert page.menu.isEnabled()


def test_whoever_may_not_print_reads_why(desk: Desk, archive: Archive) -> None:
    page = desk.go("one")
    assert page.menu.isEnabled()
    o.sign_in(archive, o.CLERK)
    case = o.case(archive, o.INSPECTION)
    page.menu.show_case(case, o.INSPECTION)
    assert not page.menu.isEnabled()
    assert page.menu.toolTip()
    o.sign_in(archive, o.ARCHIVIST)


def test_an_english_desk_is_told_that_paper_is_chinese(desk: Desk, tmp_path: Path) -> None:
    page = desk.go("one")
    set_language("en")
    page.menu.fill(desk.archive.reports.offered(o.case(desk.archive)))
    first, _rule, second, *_more = page.menu.offer.actions()
    assert "in Chinese" in first.text()
    assert not first.isEnabled()
    assert second.text() == "Everything in one file"
    assert "Cover · 案卷封面" in [action.text() for action in page.menu.offer.actions()]
    page.menu.choose_file = lambda *_a: tmp_path / "cover.pdf"
    page.menu.save(desk.archive.reports.offered(o.case(desk.archive))[:1], "Cover")
    desk.settle()
    assert "in Chinese" in page.banner.body.plain()
    set_language("zh_CN")
    page.menu.fill(desk.archive.reports.offered(o.case(desk.archive)))
    assert page.menu.offer.actions()[0].text() == "全卷合为一份", "a Chinese desk needs no telling"
