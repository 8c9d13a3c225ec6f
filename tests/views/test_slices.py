"""Work in slices: one a turn, a page made between keys, and a look that is put on only what is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from tests.views import office as o
from tests.views.stand_in import SmallArchive
from tests.views.walk import Desk
from views import theme
from views.bridge import Bridge
from views.common import text
from views.common.page import Page
from views.main_window import Shell
from views.pages import pages
from views.slices import Slices

MOST = 250  # widgets made in one turn: some 30 ms of an idle core


class Slow(Page):
    """A page of three parts."""

    name, icon = "slow", "file"

    @classmethod
    def title(cls) -> str:
        return "慢"

    def build(self) -> Iterator[None]:
        self.opens: list[dict[str, object]] = []
        self.first = text("一")
        yield
        self.second = text("二")
        yield
        self.lay(None, self.first, self.second)

    def resizeEvent(self, event: object) -> None:
        assert self.second is not None  # half made it would have none

    def opened(self, **kw: object) -> None:
        self.opens.append(kw)


class Quick(Page):
    name, icon = "quick", "file"

    @classmethod
    def title(cls) -> str:
        return "快"

    def build(self) -> None:
        self.lay(None, text("在"))


@pytest.fixture
def shell(qtbot: QtBot, bridge: Bridge) -> Iterator[Shell]:
    out = Shell(SmallArchive(), bridge, [Quick, Slow], lambda: None)  # type: ignore[arg-type]  # as much of an archive as a frame needs
    out.resize(1440, 900)
    out.show()
    qtbot.waitUntil(lambda: not out.slices.busy)
    yield out
    out.close_down()
    out.deleteLater()


def test_one_slice_a_turn_in_order_and_again_while_there_is_more(qtbot: QtBot, look: QApplication) -> None:
    parent, told = QWidget(), list[str]()
    slices, left = Slices(parent), iter([True, True, False])

    def more() -> bool:
        told.append("more")
        return next(left)

    slices.add(lambda: told.append("one"), more, lambda: told.append("last"))
    assert slices.busy
    assert told == []
    qtbot.waitUntil(lambda: not slices.busy)
    assert told == ["one", "more", "more", "more", "last"]
    slices.add(lambda: told.append("never"))
    slices.clear()
    slices.add(lambda: told.append("now"))
    slices.finish()
    assert told[5:] == ["now"]


def test_a_page_is_shown_when_it_is_made_and_the_one_before_until_then(shell: Shell, qtbot: QtBot) -> None:
    shell.go("slow", case=1)
    assert shell.page is None
    assert isinstance(shell.stack.currentWidget().widget(), Quick)
    shell.go("quick")  # somebody changes their mind
    assert isinstance(shell.page, Quick)
    assert not shell.slices.busy
    shell.go("slow", case=2)
    qtbot.waitUntil(lambda: not shell.slices.busy)
    assert isinstance(shell.page, Slow)
    assert shell.page.opens == [{"case": 2}]
    assert shell.page.isVisible()


def test_the_parts_wear_the_sheet_and_a_hidden_page_is_dressed_when_it_is_shown(shell: Shell, qtbot: QtBot, look: QApplication) -> None:
    shell.go("slow")
    qtbot.waitUntil(lambda: not shell.slices.busy)
    assert look.styleSheet() == ""
    light = theme.sheet()
    theme.apply(look, "dark", contrast=False)
    quick, slow = shell.places
    assert [part.styleSheet() for part in (shell.header, shell.rail, shell.foot, slow)] == [theme.sheet()] * 4
    assert quick.styleSheet() == light
    shell.go("quick")
    assert quick.styleSheet() == theme.sheet() != light


def test_no_turn_makes_more_widgets_than_a_page_has_room_for(qtbot: QtBot, bridge: Bridge, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted on every page that the leader and the archivist may open; what is hidden is made later or in turns of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    archive: Archive = o.office(tmp_path)
    made: dict[str, int] = {}
    told = Slices._call_next

    def counted(slices: Slices) -> None:
        before = len(QApplication.allWidgets())
        told(slices)
        at = slices.parent()
        assert isinstance(at, Shell)
        name = at._visits[-1][0]
        made[name] = max(made.get(name, 0), len(QApplication.allWidgets()) - before)

    monkeypatch.setattr(Slices, "_call_next", counted)
    for who in (o.ARCHIVIST, o.LEADER):
        desk = Desk(qtbot, o.sign_in(archive, who), bridge, pages=pages())
        for page in desk.shell.allowed:
            if page.name not in ("case", "footage", "scoring", "request"):
                desk.go(page.name)
        for page_name in ("case", "footage"):
            desk.go(page_name, case=o.case(archive))
        desk.leave()
    archive.close()
    assert len(made) > 12
    assert {name: count for name, count in made.items() if count > MOST} == {}
