"""卷内目录: the records of a case folder in their order; several may be chosen, Alt+↑ and Alt+↓ move them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent

from desktop.i18n import _
from desktop.record_lines import RecordLine
from models.terms import RecordId
from views.common import (
    Cell,
    Column,
    Empty,
    Panel,
    Rows,
    Table,
    button,
    edit,
    fill,
    frame,
    hbox,
    para,
    shortcut,
    text,
    tool,
    vbox,
)
from views.common.tags import label_words
from views.terms import MEDIUM_ICONS, length_words, medium_words, quarantined, stage_words
from views.theme import THEME


@dataclass(frozen=True)
class Line:
    """A record at its place in the list; the place is counted among what this person sees."""

    number: int
    record: RecordLine


STAGE, DATE, LENGTH, STATE, LABEL = 2, 3, 4, 5, 6
_ALL = 760  # px: in a narrower list stage, state and label stand in the second line of the title
_FEW = 520  # px: in one narrower still also pages or duration, for the title is what one looks for


def columns(short: Callable[[], bool], few: Callable[[], bool]) -> list[Column]:
    """`short`: whether the list is so narrow that only number, title, date and length have room; `few`: not even length."""
    return [
        Column(_("No."), 44, lambda one: Cell(str(one.number), ink="ink2")),
        Column(_("Title"), 0, lambda one: _title(one, short(), few())),
        Column(_("Stage"), 92, lambda one: _or_dash(stage_words(one.record.stage) if one.record.stage else "")),
        Column(_("Date"), 108, lambda one: _or_dash(one.record.made_on or "")),
        Column(_("Pages, time"), 88, lambda one: _or_dash(length_words(one.record)), right=True),
        Column(_("State"), 96, _state),
        Column(_("Label"), 116, _label),
    ]


def _or_dash(words: str) -> Cell:
    return Cell(words or "–", ink="ink2" if words else "ink3")


def _title(one: Line, short: bool, few: bool) -> Cell:
    record = one.record
    more = _("{n} files").format(n=len(record.components)) if len(record.components) > 1 else ""
    device = next((c.device for c in record.components if c.device and c.kind in ("video", "audio")), "")
    state = _("to look into") if quarantined(record) else ""
    label = "、".join(label_words(name) for name in record.label.names if name not in ("open", "internal"))
    if not short:
        return Cell(record.title, " · ".join(filter(None, [medium_words(record.medium), device, more])), icon=MEDIUM_ICONS[record.medium])
    length = length_words(record) if few else ""
    words = " · ".join(filter(None, [label, state, medium_words(record.medium), length, device, more]))
    return Cell(record.title, words)


def _state(one: Line) -> Cell:
    if quarantined(one.record):
        return Cell(_("to look into"), chip="soon")
    return Cell(_("filed"), chip="good") if one.record.filed_at else Cell(_("present"), chip="good")


def _label(one: Line) -> Cell:
    first, *others = one.record.label.names
    return Cell(label_words(first), sub="、".join(map(label_words, others)), badge=first)


class Contents(Panel):
    """`chosen` tells the record one stands on, `wanted` the record of Enter, `reordered` the new order and its reason."""

    chosen = Signal(object)
    wanted = Signal(object)
    selected = Signal()
    reordered = Signal(object, str)

    def __init__(self) -> None:
        self._tight = False
        self.counted = text("", "small", "ink3")
        self.add = tool("plus", _("Put recordings into this folder"), "Ins")
        self.up, self.down = tool("arrow-up", _("Move up"), "Alt+Up"), tool("arrow-down", _("Move down"), "Alt+Down")
        super().__init__(_("Contents of the folder"), (self.counted, self.up, self.down, self.add), gap=4)
        self.model = Rows(columns(lambda: self.short, lambda: self.few))
        self.table = Table(self.model, _("Contents of the folder"), several=True)
        self.table.setMinimumHeight(132)
        self._saved: list[RecordId] = []
        self.bare = Empty("files", _("Nothing is in this folder yet"), _("Deposit files into it, or put in recordings that are in no folder."))
        self.bare.hide()
        fill(self.body, [(self.table, 1), (self.bare, 1), self._order_bar()])
        self.table.chosen.connect(lambda one: self.chosen.emit(one.record))
        self.table.opened.connect(lambda one: self.wanted.emit(one.record))
        self.table.selectionModel().selectionChanged.connect(lambda *_a: self.selected.emit())
        self.up.clicked.connect(lambda *_a: self.move(-1))
        self.down.clicked.connect(lambda *_a: self.move(1))
        shortcut(self.table, "Ctrl+A", self.table.selectAll)

    @property
    def short(self) -> bool:
        """Whether stage, state and label stand in the second line of the title."""
        return self.width() < THEME.px(_ALL)

    @property
    def few(self) -> bool:
        """Whether also pages or duration stand there."""
        return self.width() < THEME.px(_FEW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(LENGTH, self.few)
        if self.short:
            self.table.setColumnWidth(DATE, THEME.px(104))
        for column in (STAGE, STATE, LABEL):
            self.table.setColumnHidden(column, self.short)

    def tighten(self, tight: bool) -> None:
        """Narrower margins where every row counts."""
        if tight != self._tight:
            self._tight = tight
            self._restyle()

    def _restyle(self) -> None:
        super()._restyle()
        layout = self.layout()
        if self._tight and layout is not None:
            margins = layout.contentsMargins()
            layout.setContentsMargins(margins.left(), 4, margins.right(), 4)
        if layout is not None:
            layout.setSpacing(0 if self._tight else 4)

    def _order_bar(self) -> object:
        """What stands below the list while a new order is not saved."""
        self.why = edit("", _("why the order changes"), name=_("Reason of the new order"))
        self.keep = button(_("Save the order"), "", "check", on=self._keep)
        drop = button(_("Leave it as it was"), "quiet", on=self.drop_order)
        words = para(_("The new order is not saved yet."), "small", "ink2", lead=1.5)
        self.order_bar = frame(vbox(words, hbox((self.why, 1), self.keep, drop, gap=8), gap=4, margins=(12, 8, 12, 8)), "soon",
                               _("The new order is not saved yet."))
        self.why.returnPressed.connect(self._keep)
        self.order_bar.hide()
        return self.order_bar

    # What is shown
    @property
    def records(self) -> list[RecordLine]:
        return [line.record for line in self.model.rows]

    def picked(self) -> list[RecordLine]:
        """The chosen records, in order."""
        return [line.record for line in self.table.picked()]

    def show_records(self, records: Sequence[RecordLine]) -> None:
        """Show what is in the folder now; where one stands, and an order not yet saved, stay if they still can."""
        stood = self.table.row()
        before = [r.id for r in self.records]
        by_id = {r.id: r for r in records}
        self._saved = [r.id for r in records]
        if not self.order_bar.isHidden() and set(before) == set(by_id):
            records = [by_id[i] for i in before]
        else:
            self.order_bar.hide()
        self._put(records)
        self.bare.setVisible(not records)
        self.table.setVisible(bool(records))
        self.counted.setText(_("{n} items").format(n=len(records)))
        self.choose(stood.record.id if stood else None)

    def choose(self, record: RecordId | None) -> bool:
        """Stand on a record, else on the first; whether it was there."""
        ids = [r.id for r in self.records]
        if ids:
            self.table.choose(ids.index(record) if record in ids else 0)
        return record in ids

    # Order
    def move(self, step: int) -> None:
        """Move the chosen records by one place; the order is saved with its reason."""
        chosen = {r.id for r in self.picked()}
        order, at = self.records, self.table.currentIndex().row()
        places = [i for i, r in enumerate(order) if r.id in chosen]
        if not places or (places[0] == 0 if step < 0 else places[-1] == len(order) - 1) or not self.up.isEnabled():
            return
        for i in places if step < 0 else reversed(places):
            order[i], order[i + step] = order[i + step], order[i]
        self._put(order)
        self._choose_all(chosen, at + step)
        self.order_bar.setVisible([r.id for r in order] != self._saved)

    def drop_order(self) -> None:
        """The order as it is saved."""
        by_id = {r.id: r for r in self.records}
        stood = self.table.row()
        self._put([by_id[i] for i in self._saved if i in by_id])
        self.order_bar.hide()
        self.why.clear()
        self.choose(stood.record.id if stood else None)
        self.table.setFocus()

    def order_kept(self) -> None:
        """The new order is saved."""
        self._saved = [r.id for r in self.records]
        self.order_bar.hide()
        self.why.clear()
        self.table.setFocus()

    def _keep(self) -> None:
        if not self.why.text().strip():
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reordered.emit([r.id for r in self.records], self.why.text().strip())

    def _put(self, records: Sequence[RecordLine]) -> None:
        self.model.show_rows([Line(i, r) for i, r in enumerate(records, 1)])

    def _choose_all(self, chosen: set[RecordId], current: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        where = self.table.selectionModel()
        where.setCurrentIndex(self.model.index(current, 0), flag.Current)
        for i, record in enumerate(self.records):
            if record.id in chosen:
                where.select(self.model.index(i, 0), flag.Select | flag.Rows)
