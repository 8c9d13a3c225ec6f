"""The list of limits: painted rows over a window of any length, each opening into its sum in its own place."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.i18n import _
from desktop.intake import UnlinkedLine
from desktop.today import DueKey, Urgent, Which
from views.common.dial import paint_dial
from views.common.layout import content, vbox
from views.common.sums import share_left
from views.common.tables import Cell, Column, Index, RowPainter, Table
from views.common.text import LEFT, dot
from views.common.windowed import AFTER, WindowedModel
from views.theme import THEME, color, font, paint_icon
from views.today.words import about_words, due_words, head_words, left_words

_DIAL = {"late": "late", "soon": "soon"}
_INK = {"late": "late", "soon": "soon", "good": "good", "plain": "ink"}
DUE_WIDTH = 132  # px: 2026-11-23 24:00


class Limits:
    """The source of the list: limits of one kind, with the recordings that belong to no case among them."""

    def __init__(self, archive: Any, which: Which = "all", article: str = "", person: str | None = None) -> None:
        self._today, self.which, self.article, self.person = archive.today, which, article, person
        self._unlinked: tuple[UnlinkedLine, ...] | None = None

    def forget(self) -> None:
        """Read the recordings without a case again at the next page."""
        self._unlinked = None

    def count(self) -> int:
        return int(self._today.due_count(*self._asked()))

    def page(self, anchor: DueKey | None, direction: int, n: int) -> list[Urgent]:
        if anchor is None and direction != AFTER:  # the end of a list that may be cut off where nobody works any more
            before = self.count() - n
            anchor = self._today.due_anchors(before, *self._asked())[0] if before > 0 else None
        rows: list[Urgent] = self._today.due_page(anchor, AFTER, n, *self._asked())
        return rows

    def anchors(self, every: int = 256) -> list[DueKey]:
        found: list[DueKey] = self._today.due_anchors(every, *self._asked())
        return found

    def key(self, row: Urgent) -> Hashable:
        return row.key

    def _asked(self) -> tuple[Any, ...]:
        if self._unlinked is None:
            self._unlinked = self._today.unlinked()
        return self.which, self.article, self.person, self._unlinked


class _Painter(RowPainter):
    """Dial, words · duty · article, what it is about, when it ends, and whether its sum is open."""

    def __init__(self, view: DueList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        whole, row = QRectF(option.rect), self._view.limits.row(index.row())
        box = QRectF(whole.left(), whole.top(), whole.width(), self._view.row_height)
        self._ground(painter, box, bool(option.state & QStyle.StateFlag.State_Selected), True, "")
        if whole.height() > box.height():
            painter.fillRect(QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1), color("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row is not None:
            self._row(painter, box.adjusted(THEME.px(16), 0, -THEME.px(12), 0), row, index.row() == self._view.opened_row)
        painter.restore()

    def _row(self, painter: QPainter, box: QRectF, row: Urgent, opened: bool) -> None:
        now = self._view.now()
        kind, said = left_words(row, now)
        side = THEME.px(40)
        paint_dial(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), _share(row), _DIAL.get(kind, "calm"))
        caret = THEME.px(16)
        at = QRectF(box.right() - caret, box.center().y() - caret / 2, caret, caret)
        paint_icon(painter, "caret-up" if opened else "caret-down", at, color("ink3"))
        due = QRectF(at.left() - THEME.px(DUE_WIDTH) - 12, box.top(), THEME.px(DUE_WIDTH), box.height())
        self._line(painter, due, due_words(row, now), "body", "ink2", "sans", False, True)
        words = QRectF(box.left() + side + 12, 0, due.left() - box.left() - side - 24, 0)
        first, second = THEME.px(24), THEME.px(20)
        top = box.center().y() - (first + second) / 2
        self._heads(painter, QRectF(words.left(), top, words.width(), first), said, _INK[kind], row)
        self._line(painter, QRectF(words.left(), top + first, words.width(), second), about_words(row), "small", "ink2", "sans", False, False)

    def _heads(self, painter: QPainter, box: QRectF, said: str, ink: str, row: Urgent) -> None:
        """The first line in three inks; the article is cut first where room is scarce."""
        mark = ("·", "ink3", False)
        for words, tone, bold in ((said, ink, True), mark, (row.duty, "ink", True), mark, (row.article, "ink2", False)):
            face = font("body", "sans", bold)
            width = QFontMetricsF(face).horizontalAdvance(dot(words))
            painter.setFont(face)
            painter.setPen(color(tone))
            shown = dot(words) if width <= box.width() else QFontMetricsF(face).elidedText(dot(words), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEFT, shown)
            box = box.adjusted(min(width + 6, box.width()), 0, 0, 0)


def _share(row: Urgent) -> float:
    return share_left(row.unlinked.clock) if row.unlinked is not None else row.share


class DueList(Table):
    """Enter, Space or a click opens the sum under a row: `asked` tells the row, and `show_sum` puts the sum there. Esc is the page's."""

    asked = Signal(object)

    def __init__(self, model: WindowedModel, now: Callable[[], datetime]) -> None:
        self.now, self.opened_row, self.row_height = now, -1, 60
        self.opened_key: DueKey | None = None
        self.limits = model
        self._holder: QWidget | None = None
        self._double = False
        super().__init__(model, _("Time limits"))
        self.setItemDelegate(_Painter(self))
        self.horizontalHeader().hide()
        self.clicked.connect(self._clicked)
        self.opened.connect(self.toggle)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    # Opening and closing
    def toggle(self, row: Urgent) -> None:
        """Open the sum of a row, or close it where it is open."""
        if row.key == self.opened_key:
            self.close_sum()
            return
        self.close_sum()
        self.opened_key = row.key
        self.asked.emit(row)

    def show_sum(self, row: Urgent, part: QWidget, focus: bool = True) -> None:
        """Put a sum under its row, if that is still the one that was asked for."""
        number = self.limits.number_of(row.key)
        if row.key != self.opened_key or number is None:
            part.deleteLater()
            return
        self._away()
        self.opened_row = number
        holder = content(vbox(part, None, gap=0, margins=(16, self.row_height + 4, 16, 12)))
        self._holder = holder
        self.setIndexWidget(self.limits.index(number, 0), holder)
        self._fit()
        self.scrollTo(self.limits.index(number, 0))
        if focus:
            first = next((b for b in part.findChildren(QWidget) if b.focusPolicy() & Qt.FocusPolicy.TabFocus and b.isEnabled()), self)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sum(self) -> bool:
        """Put the sum away; the row has the focus again. False where none was open."""
        was = self.opened_key is not None
        inside = self._away()
        self.opened_key = None
        if inside:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return was

    @property
    def holds_focus(self) -> bool:
        """Whether one stands inside the open sum."""
        return self._holder is not None and (here := self.window().focusWidget()) is not None and self._holder.isAncestorOf(here)

    def _away(self) -> bool:
        inside = self.holds_focus
        if self._holder is not None:
            if inside:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._holder.hide()  # Qt only lets it go later
            index = self.limits.index(self.opened_row, 0)
            if index.isValid():
                self.setRowHeight(self.opened_row, self.row_height)
                self.setIndexWidget(index, None)  # type: ignore[arg-type]  # Qt takes none for away with it
            self._holder = None
        self.opened_row = -1
        self.viewport().update()
        return inside

    def _fit(self) -> None:
        layout = self._holder.layout() if self._holder is not None else None
        if layout is not None and self.opened_row >= 0:
            layout.activate()
            self.setRowHeight(self.opened_row, layout.totalHeightForWidth(self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # The mouse: the second click of a double one changes nothing
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._double = True
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._double:
            super().mouseReleaseEvent(event)
        self._double = False

    def _clicked(self, index: Index) -> None:
        row = self.limits.row(index.row())
        if row is not None:
            self.toggle(row)

    def _restyle(self) -> None:
        super()._restyle()
        self.row_height = THEME.px(60 if THEME.density == "comfortable" else 52)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self._fit()


def columns(now: Callable[[], datetime]) -> list[Column]:
    """One column: the words of a row for a screen reader and the tooltip; `_Painter` draws them."""
    return [Column(_("Time limits"), 0, lambda row: Cell(head_words(row, now()), _("{about}, due {due}").format(
        about=about_words(row), due=due_words(row, now()))))]



