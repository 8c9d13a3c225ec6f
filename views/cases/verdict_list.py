"""Draws the rows of 齐全情况: a mark and a word, the title, the article, and below what is wanting, in as many lines as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from views.cases.verdict_rows import VerdictRow
from views.common.tables import Cell, Column, Index, RowPainter, Rows, Table
from views.common.tags import STATUS
from views.common.text import LEFT, RIGHT, dot
from views.theme import THEME, color, font, paint_icon

_MOST = 3  # lines of what is wanting; the whole stands where the row opens into
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class VerdictPainter(RowPainter):
    """One column, all of the row; heads of groups are lower and cannot be told from their counts by colour alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Rows)
        row: VerdictRow = model.rows[index.row()]
        painter.save()
        box = QRectF(option.rect)
        if row.kind == "head":
            painter.setFont(font("small", bold=True))
            painter.setPen(color("ink2"))
            painter.drawText(box.adjusted(8, 6, -8, 0), LEFT, elided(row.title, font("small", bold=True), box.width() - 16))
        else:
            self._ground(painter, box, bool(option.state & QStyle.StateFlag.State_Selected), True, "")
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_row(painter, box.adjusted(8, 4, -8, -4), row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, THEME.px(32))


def state_wide(rows: Sequence[VerdictRow]) -> float:
    """The room of mark and word: the widest of them."""
    small = QFontMetricsF(font("small", bold=True))
    return THEME.px(24) + max((small.horizontalAdvance(r.state) for r in rows if r.kind != "head"), default=0.0) + THEME.px(12)


def elided(words: str, face: QFont, room: float) -> str:
    return QFontMetricsF(face).elidedText(dot(words), Qt.TextElideMode.ElideRight, room)


def _paint_row(painter: QPainter, box: QRectF, row: VerdictRow) -> None:
    style, side, line = STATUS[row.kind], THEME.px(18), THEME.px(24)
    paint_icon(painter, style.icon, QRectF(box.x(), box.y() + (line - side) / 2, side, side), color(style.ink))
    bold, small, body = font("small", bold=True), font("small"), font()
    painter.setFont(bold)
    painter.setPen(color(style.ink))
    wide = THEME.px(24) + QFontMetricsF(bold).horizontalAdvance(row.state)
    painter.drawText(QRectF(box.x() + THEME.px(24), box.y(), wide, line), LEFT, row.state)
    x = box.x() + max(wide + THEME.px(10), THEME.px(76))
    shown = _lines(row, box.right() - x)
    if shown.title:
        painter.setFont(body)
        painter.setPen(color("ink"))
        painter.drawText(QRectF(x, box.y(), box.right() - x, line), LEFT, elided(shown.title, body, box.right() - x))
    if shown.article:
        painter.setFont(small)
        painter.setPen(color("ink3"))
        painter.drawText(QRectF(x, box.y(), box.right() - x, line), RIGHT, shown.article)
    if shown.below:
        top = box.y() + (line if shown.title else 2)
        painter.setFont(small)
        painter.setPen(color("ink2"))
        painter.drawText(QRectF(x, top, box.right() - x, box.bottom() - top + 4), int(_WRAP), shown.below)


@dataclass(frozen=True)
class _Shown:
    """The title on its line, the article beside it where it fits, and the rest below in small."""

    title: str
    article: str
    below: str


def _lines(row: VerdictRow, room: float) -> _Shown:
    title = QFontMetricsF(font()).horizontalAdvance(dot(row.title))
    article = QFontMetricsF(font("small")).horizontalAdvance(row.article)
    if row.alarm is not None:  # what is out of order is a sentence: it wraps, its article behind it
        return _Shown("", "", dot(" · ".join(filter(None, [row.title, row.article]))))
    if title + article + 10 <= room:
        return _Shown(row.title, row.article, dot(row.more))
    return _Shown(row.title, "", dot(" · ".join(filter(None, [row.article, row.more]))))


def row_height(row: VerdictRow, wide: float) -> int:
    """How high a row must be at a width."""
    if row.kind == "head":
        return THEME.px(32)
    line = THEME.px(24)
    x = max(THEME.px(34) + QFontMetricsF(font("small", bold=True)).horizontalAdvance(row.state), THEME.px(76))
    room = max(wide - 16 - x, 40)
    shown = _lines(row, room)
    if not shown.below:
        return line + 10
    metrics = QFontMetricsF(font("small"))
    most = metrics.lineSpacing() * (_MOST + (1 if row.alarm is not None else 0))
    high = metrics.boundingRect(QRectF(0, 0, room, 2000), int(_WRAP), shown.below).height()
    return int((line if shown.title else 6) + min(high, most) + 10)


class VerdictList(Table):
    """The list; `chosen` and `opened` tell a row. Heads of groups cannot be stood on."""

    def __init__(self, name: str) -> None:
        self.model_ = VerdictModel([Column("", 0, lambda row: Cell(row.title))])
        super().__init__(self.model_, name)
        self.setItemDelegate(VerdictPainter(self))
        self.horizontalHeader().hide()

    def show_rows(self, rows: Sequence[VerdictRow]) -> None:
        """Other rows; one stands where one stood."""
        before = self.row()
        self.model_.show_rows(rows)
        self._fit()
        if before is not None:
            self.stand_on(before)

    def stand_on(self, wanted: Any) -> bool:
        """Stand on the row of the same item or alarm; whether it is there."""
        for number, row in enumerate(self.model_.rows):
            same = row.item.id == wanted.item.id if row.item and wanted.item else row.title == wanted.title and row.item is None
            if same and row.kind != "head":
                self.choose(number)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        super()._restyle()
        self._fit()

    def _fit(self) -> None:
        wide = self.viewport().width()
        for number, row in enumerate(self.model_.rows):
            if self.rowHeight(number) != (high := row_height(row, wide)):
                self.setRowHeight(number, high)


class VerdictModel(Rows):
    """The same rows for the reader of the screen; heads are no rows to choose."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].kind == "head":
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return dot(self.rows[index.row()].spoken)
        return super().data(index, role)
