"""A person at a desk: the shell with pages over a real archive, and waiting until it has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from views.bridge import Bridge
from views.cases import CaseFormPage, CasePage, CasesPage
from views.common import text
from views.common.page import Page
from views.main_window import Shell
from views.requests import RequestPage, RequestsPage
from views.search import SearchPage


class Screening(Page):
    """Stands where the player will: keeps what it was asked to open."""

    name, icon, act, in_rail = "player", "play", "media.open", False

    @classmethod
    def title(cls) -> str:
        return "播放"

    def build(self) -> None:
        self.asked: dict[str, Any] = {}
        self.lay(None, text("播放"), None)

    def opened(self, **kw: Any) -> None:
        self.asked = kw


PAGES = [CasesPage, CasePage, CaseFormPage, SearchPage, RequestsPage, RequestPage, Screening]


class Desk:
    """The window of one person; `go`, `press` and `settle` are all that a test needs."""

    def __init__(self, qtbot: QtBot, archive: Archive, bridge: Bridge, size: tuple[int, int] = (1440, 900),
                 pages: Sequence[type[Page]] = ()) -> None:
        self.bot, self.archive, self.bridge = qtbot, archive, bridge
        self.shell = Shell(archive, bridge, pages or PAGES, lambda: None)
        self.shell.resize(*size)
        self.shell.show()
        self.shell.activateWindow()
        qtbot.waitActive(self.shell)
        self.settle()

    def settle(self) -> None:
        """Until no job runs, no act waits to be heard, and everything is painted."""
        self.bot.waitUntil(self._at_rest)
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def leave(self, beside: Sequence[QWidget] = ()) -> None:
        """Stand up: nothing may be left that opened as a window of its own, but for the windows of people who sit `beside`."""
        self.settle()
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in beside]
        self.shell.close_down()
        self.shell.close()
        self.shell.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert windows == [self.shell]

    def _at_rest(self) -> bool:
        pressed = any(b.isDown() for b in self.shell.findChildren(QAbstractButton))  # a button's own key presses it for 0.1 s
        return not self.bridge.busy() and not self.shell._gather.isActive() and not self.shell.slices.busy and not pressed

    def go(self, page: str, **kw: Any) -> Any:
        """Go somewhere and wait until it is there; the page."""
        self.shell.go(page, **kw)
        self.settle()
        return self.shell.page

    @property
    def page(self) -> Any:
        return self.shell.page

    def press(self, keys: str) -> None:
        """Press a key as at the keyboard: it comes to the window, and from there to a shortcut or to the focus; then wait."""
        chord = QKeySequence(keys)[0]
        QTest.keyClick(self.shell.windowHandle(), chord.key(), chord.keyboardModifiers())
        self.settle()

    def type(self, words: str) -> None:
        """Type where the focus is; Chinese comes through the input method, as it does at a desk."""
        target = QApplication.focusWidget()
        assert target is not None
        if words.isascii():
            QTest.keyClicks(target, words)
        else:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def click(self, button: QWidget) -> None:
        """Press a button that can be pressed."""
        assert button.isEnabled(), button.toolTip()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def reason(self, words: str) -> None:
        """Answer the dialog that asks why."""
        from views.common.dialogs import Reason

        dialog = next(d for d in self.shell.findChildren(Reason) if d.isVisible())
        dialog.area.setPlainText(words)
        self.click(dialog.verb)
