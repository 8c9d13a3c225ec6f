"""Tables: columns, cells, hairline rows, and the view that draws them; `windowed` gives the same view a million rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from views.common.layout import Fade
from views.common.tags import LABELS, STATUS, draw_tag, label_words, tag_width
from views.common.text import LEFT, RIGHT, dot, tip
from views.theme import THEME, color, follow, font, paint_icon

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: words, a second line, an icon, and at most one chip (STATUS) or badge (LABELS)."""

    text: str = ""
    sub: str = ""
    icon: str = ""
    chip: str = ""
    badge: str = ""
    ink: str = "ink"
    bold: bool = False
    face: str = "sans"
    more: str = ""  # what is told in place of the second line where there is room for the whole of it

    @property
    def spoken(self) -> str:
        """The cell for a screen reader and for the tooltip."""
        head = self.text or (label_words(self.badge) if self.badge else "")
        return "，".join(dot(x) for x in (head, self.more or self.sub) if x)


@dataclass(frozen=True)
class Column:
    """A column: its head, its width (0 stretches), how a row becomes its cell, and whether it holds figures."""

    title: str
    width: int = 0
    of: Callable[[Any], Cell | str] = str
    right: bool = False


HEAD = 26  # px that the head of a column leaves free beside its words, as the style sheet says

DASH = Cell("–", ink="ink3")


class TableModel(QAbstractTableModel):
    """Columns over rows; what `Table` shows. Subclasses say where a row comes from."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)

    def row(self, number: int) -> Any | None:
        """The row of this number, or None while it is not loaded."""
        raise NotImplementedError

    def ground(self, number: int) -> str:
        """A token that tints the row, or ""."""
        return ""

    def cell(self, index: Index) -> Cell:
        row = self.row(index.row())
        if row is None:
            return DASH
        out = self.columns[index.column()].of(row)
        return out if isinstance(out, Cell) else Cell(out)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.UserRole:
            return self.cell(index)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return self.cell(index).spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.cell(index).spoken)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if self.columns[section].right else LEFT)
        return None


class Rows(TableModel):
    """A short list held in memory; `show_rows` replaces it."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any] = (), ground: Callable[[Any], str] | None = None) -> None:
        super().__init__(columns)
        self.rows = list(rows)
        self._ground = ground

    def row(self, number: int) -> Any | None:
        return self.rows[number]

    def ground(self, number: int) -> str:
        return self._ground(self.rows[number]) if self._ground else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class RowPainter(QStyledItemDelegate):
    """Hairline rows; a chosen row has a soft ground and a bar on its left edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        model = index.model()
        assert isinstance(model, TableModel)
        cell, right = model.cell(index), model.columns[index.column()].right
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, box, chosen, index.column() == 0, model.ground(index.row()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box.adjusted(12, 0, -12, 0)
        if cell.badge or cell.chip:
            self._tagged(painter, inner, cell)
        else:
            self._worded(painter, inner, cell, right)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, chosen: bool, first: bool, tint: str) -> None:
        """Without antialiasing: at 150 % it would leave seams between cells."""
        if chosen:
            painter.fillRect(box, color("accent_soft"))
            if first:
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), color("accent"))
        elif tint:
            painter.fillRect(box, color(tint))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), color("line"))

    def _tagged(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        style = LABELS[cell.badge] if cell.badge else STATUS[cell.chip]
        words = dot(cell.text) or label_words(cell.badge)
        if tag_width(words) > box.width():
            words = QFontMetricsF(font("small")).elidedText(words, Qt.TextElideMode.ElideRight, box.width() - THEME.px(36))
        wide = draw_tag(painter, box.left(), box.center().y() - THEME.px(12), words, style)
        if cell.sub:
            self._line(painter, box.adjusted(wide + 8, 0, 0, 0), cell.sub, "small", "ink2", cell.face, False, False)

    def _worded(self, painter: QPainter, box: QRectF, cell: Cell, right: bool) -> None:
        if cell.icon:
            side = THEME.px(20)
            at = QRectF(box.left(), box.center().y() - side / 2, side, side)
            paint_icon(painter, cell.icon, at, color(cell.ink if cell.ink != "ink" else "ink2"))
            box = box.adjusted(side + 8, 0, 0, 0)
        if not cell.sub:
            self._line(painter, box.adjusted(0, 0, 0, -1), cell.text, "body", cell.ink, cell.face, cell.bold, right)
            return
        first, second = THEME.px(22), THEME.px(19)
        top = box.center().y() - (first + second) / 2 - 0.5
        self._line(painter, QRectF(box.left(), top, box.width(), first), cell.text, "body", cell.ink, cell.face, cell.bold, right)
        below = QRectF(box.left(), top + first, box.width(), second)
        self._line(painter, below, cell.sub, "small", "ink3" if cell.ink == "ink" else cell.ink, cell.face, False, right)

    def _line(self, painter: QPainter, box: QRectF, words: str, role: str, ink: str, face: str, bold: bool, right: bool) -> None:
        written = font(role, face, bold)
        painter.setFont(written)
        painter.setPen(color(ink))
        shown = QFontMetricsF(written).elidedText(dot(words), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, RIGHT if right else LEFT, shown)


class Table(QTableView):
    """No grid, hairlines, arrows move in it and Tab leaves it. `opened` on Enter or double click, `chosen` as one moves."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: TableModel, name: str, single: bool = False, several: bool = False) -> None:
        super().__init__()
        self._single, self._model = single, model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setMinimumHeight(120)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        Fade(self)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        follow(self, self._restyle)

    def row(self) -> Any | None:
        """The row one stands on, or None."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def picked(self) -> list[Any]:
        """The chosen rows, in the order of the list."""
        numbers = sorted(i.row() for i in self.selectionModel().selectedRows())
        return [row for n in numbers if (row := self._model.row(n)) is not None]

    def choose(self, number: int) -> None:
        """Stand on a row and bring it into view."""
        index = self._model.index(number, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def sizeHint(self) -> QSize:
        return QSize(200, 160)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard one stands on a row at once, so that arrows and Enter have a place to start."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD and not self.selectionModel().hasSelection() and self._model.rowCount():
            self.choose(max(self.currentIndex().row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, number: int) -> None:
        row = self._model.row(number)
        if row is not None:
            self.opened.emit(row)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and (row := self._model.row(now.row())) is not None:
            self.chosen.emit(row)

    def _restyle(self) -> None:
        self.verticalHeader().setMinimumSectionSize(THEME.px(24))
        self.verticalHeader().setDefaultSectionSize(THEME.metric("row_single" if self._single else "row"))
        head = self.horizontalHeader()
        head.setFont(font("small"))
        head.setFixedHeight(THEME.px(36))
        for i, column in enumerate(self._model.columns):
            head.setSectionResizeMode(i, QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch)
            if column.width:  # of some languages the head is the longest word of its column
                self.setColumnWidth(i, max(THEME.px(column.width), head.fontMetrics().horizontalAdvance(column.title) + HEAD))


def table(
    columns: Sequence[Column],
    rows: Sequence[Any] = (),
    name: str = "",
    single: bool = False,
    ground: Callable[[Any], str] | None = None,
) -> Table:
    """A short table held in memory; `single` for rows of one line. Its `model()` is a `Rows`."""
    return Table(Rows(columns, rows, ground), name, single)
