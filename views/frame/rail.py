"""The rail: the pages this person may use, with what waits on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from desktop.i18n import _
from views.common.layout import PageScroll, repolish, vbox
from views.common.page import Page
from views.common.text import CENTER, LEFT
from views.theme import THEME, color, font, paint_icon

WIDE, NARROW = 184, 88


class RailButton(QPushButton):
    """Icon and word, with a count; in the narrow rail the word stands under the icon. Never an icon alone."""

    def __init__(self, page: type[Page], number: int) -> None:
        super().__init__("")
        self.page = page
        self._count, self._narrow = 0, False
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if number <= 9:
            self.setToolTip(f"{page.title()}  Ctrl+{number}")
        self.count(0)

    def count(self, waiting: int) -> None:
        """Show how many pieces of work wait there; nothing for none."""
        self._count = waiting
        words = _("{page}, {count} waiting").format(page=self.page.title(), count=waiting) if waiting else self.page.title()
        self.setAccessibleName(words)
        self.update()

    def narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setProperty("narrow", narrow)
        repolish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, side = self.isChecked(), THEME.px(20)
        ink, width, height = color("ink" if on else "ink2"), self.width(), self.height()
        mark = color("accent") if on else ink
        if self._narrow:
            paint_icon(painter, self.page.icon, QRectF(width / 2 - side / 2 + 1, THEME.px(6), side, side), mark)
            painter.setFont(font("small", bold=on))
            painter.setPen(ink)
            painter.drawText(QRectF(2, THEME.px(27), width - 2, THEME.px(20)), CENTER, self.page.title())
            if self._count:
                self._pill(painter, QRectF(width / 2 + THEME.px(12), THEME.px(3), THEME.px(24), THEME.px(20)))
            return
        paint_icon(painter, self.page.icon, QRectF(20, (height - side) / 2, side, side), mark)
        painter.setFont(font("body", bold=on))
        painter.setPen(ink)
        painter.drawText(QRectF(THEME.px(52), 0, width - THEME.px(52), height), LEFT, self.page.title())
        if self._count:
            self._pill(painter, QRectF(width - THEME.px(44), height / 2 - THEME.px(11), THEME.px(28), THEME.px(22)))

    def _pill(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(font("small", bold=True))
        painter.setBrush(color("accent_soft"))
        painter.setPen(Qt.PenStyle.NoPen if THEME.contrast is None else color("accent"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(color("accent"))
        painter.drawText(box, CENTER, str(self._count) if self._count < 100 else "99+")


class Rail(PageScroll):
    """A button a page, in the order of the list; what stands at the bottom is pushed down."""

    def __init__(self, pages: Sequence[type[Page]], go: Callable[[str], object]) -> None:
        self.buttons: dict[str, RailButton] = {}
        box = vbox(gap=0, margins=(0, 8, 0, 12))
        pushed = False
        for number, page in enumerate(pages, 1):
            if page.at_bottom and not pushed:
                box.addStretch(1)
                pushed = True
            one = RailButton(page, number)
            one.clicked.connect(lambda _on=False, name=page.name: go(name))
            self.buttons[page.name] = one
            box.addWidget(one)
        if not pushed:
            box.addStretch(1)
        face = QFrame()
        face.setProperty("panel", "rail")
        face.setLayout(box)
        super().__init__(face, bars=False)
        self.setAccessibleName(_("Pages"))
        self.narrow(False)

    def narrow(self, narrow: bool) -> None:
        """The narrow rail, word under icon, for windows under 1360 px."""
        self.setFixedWidth(THEME.px(NARROW if narrow else WIDE))
        for one in self.buttons.values():
            one.narrow(narrow)

    def show_page(self, name: str) -> None:
        """Mark the page in view; one that has no line leaves the mark where it was."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def count(self, name: str, waiting: int) -> None:
        if name in self.buttons:
            self.buttons[name].count(waiting)
