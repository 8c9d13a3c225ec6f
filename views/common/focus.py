"""The focus ring: one for every control of a window, after the keyboard and not after the mouse."""

from __future__ import annotations

import atexit
import weakref

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from views.theme import color

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class FocusRing(QWidget):
    """A transparent child of the window that follows keyboard focus: QSS has no outline offset.

    It shows after Tab, a shortcut or F6, and goes when the mouse is pressed; what scrolls the control away cuts the ring too.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.target: QWidget | None = None
        self.by_keyboard = False
        self._watched: list[QObject] = []
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        atexit.register(_let_go, weakref.ref(self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self.by_keyboard = True
        elif kind == QEvent.Type.MouseButtonPress:
            self.by_keyboard = False
            self.hide()
        elif kind == QEvent.Type.WinIdChange or (kind == QEvent.Type.Show and watched is self._window):
            self._watch_window()
            self.place()
        elif kind in _MOVES:
            self.place()
        return False

    def _watch_window(self) -> None:
        """Keys and presses are seen at the native window: before any control, and without a filter on the whole application."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.follow(new)

    def follow(self, target: QWidget | None) -> None:
        """Watch another control, and everything it stands in, for moving."""
        for old in self._watched:
            if isValid(old) and old is not self._window:
                old.removeEventFilter(self)
        self._watched = []
        ours = target is not None and target.window() is self._window and target.focusPolicy() != Qt.FocusPolicy.NoFocus
        self.target = target if ours else None
        part = self.target
        while part is not None and part is not self._window:
            part.installEventFilter(self)
            self._watched.append(part)
            part = part.parentWidget()
        self.place()

    def place(self) -> None:
        """Stand 2 px around the control, masked to the viewports it scrolls in."""
        target = self.target
        if target is None or not isValid(target) or not target.isVisible() or not self.by_keyboard:
            self.hide()
            return
        top = target.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(top.x() - 4, top.y() - 4, target.width() + 8, target.height() + 8)
        seen, up = self._window.rect(), target.parentWidget()
        while up is not None:
            if isinstance(up, QAbstractScrollArea):
                seen &= QRect(up.viewport().mapTo(self._window, QPoint(0, 0)), up.viewport().size())
            up = up.parentWidget()
        self.setMask(QRegion(seen.translated(-self.pos())))
        self.setVisible(not seen.isEmpty())
        self.raise_()

    def let_go(self) -> None:
        """Watch nothing any more."""
        self.follow(None)
        self._window.removeEventFilter(self)
        if (handle := self._window.windowHandle()) is not None:
            handle.removeEventFilter(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


def _let_go(ring: weakref.ref[FocusRing]) -> None:
    """Before the interpreter ends: a window torn down after it would still ask its filters, and find no Python behind them."""
    alive = ring()
    if alive is not None and isValid(alive) and isValid(alive._window):
        alive.let_go()
