"""A text of rules with its line numbers; lines with a mistake bear a mark beside the number."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from views.theme import THEME, color, follow, font, paint_icon


def _alike(one: str, other: str) -> int:
    """How many signs two texts have in common from their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _units(words: str) -> int:
    """How long Qt finds a text: it counts signs beyond the basic plane twice."""
    return len(words.encode("utf-16-le")) // 2


class _Margin(QWidget):
    """The numbers left of the text."""

    def __init__(self, text: CodeEdit) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_margin(QPainter(self), event.rect())


class CodeEdit(QPlainTextEdit):
    """Plain text, not wrapped; Tab leaves it, as in every field."""

    def __init__(self, name: str, readonly: bool = False, numbered: bool = True) -> None:
        super().__init__()
        self._margin = _Margin(self)
        self._bad: frozenset[int] = frozenset()
        self._numbered = numbered
        self.setAccessibleName(name)
        self.setReadOnly(readonly)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.blockCountChanged.connect(self._widen)
        self.updateRequest.connect(self._scrolled)
        follow(self, self._restyle)

    def jump(self, line: int) -> None:
        """Stand on a line (from 1) and bring it into view."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, lines: Iterable[int]) -> None:
        """Which lines have a mistake."""
        self._bad = frozenset(lines)
        self._margin.update()

    def put_text(self, words: str) -> None:
        """Other words, written only where they differ: Ctrl+Z takes them back, and one stays where one was."""
        old = self.toPlainText()
        if old == words:
            return
        head = _alike(old, words)
        tail = _alike(old[head:][::-1], words[head:][::-1])
        if not old:
            self.setPlainText(words)
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(old[:head]))
        cursor.setPosition(_units(old[:len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words[head:len(words) - tail])

    def margin_width(self) -> int:
        """Room for the marks and the longest number."""
        if not self._numbered:
            return 0
        return THEME.px(24) + self.fontMetrics().horizontalAdvance("9" * max(3, len(str(self.blockCount())))) + 8

    def paint_margin(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(rect, color("sunken"))
        painter.setFont(self.font())
        block, height = self.firstVisibleBlock(), self.fontMetrics().height()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= rect.bottom():
            number, wide = block.blockNumber() + 1, self._margin.width() - 8
            bad = number in self._bad
            painter.setPen(color("late" if bad else "ink3"))
            painter.drawText(QRectF(0, top, wide, height), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            if bad:
                side = THEME.px(16)
                paint_icon(painter, "warning-circle", QRectF(4, top + (height - side) / 2, side, side), color("late"))
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        here = self.contentsRect()
        self._margin.setGeometry(QRect(here.left(), here.top(), self.margin_width(), here.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widen(0)

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def _widen(self, _count: int) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)

    def _scrolled(self, rect: QRect, by: int) -> None:
        if by:
            self._margin.scroll(0, by)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def _restyle(self) -> None:
        self.setFont(font("small", "mono"))
        self._widen(0)
