"""The entries as a list that grows as one scrolls: pages by number, newest first, so that a million open at once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal

from desktop.audit.entries import EntryFilter, EntryLine, EntryPage
from desktop.i18n import _
from desktop.jobs import Progress
from views.bridge import Bridge
from views.common import Column
from views.common.tables import Index, TableModel
from views.ledger.wording import act_cell, chip_cell, ground, number_cell, person_cell, time_cell

PAGE = 100


class EntriesModel(TableModel):
    """`open` shows a filter from its newest entry; `refresh` puts what is new on top; the rest comes while one scrolls."""

    ready = Signal()
    failed = Signal(object)

    def __init__(self, archive: object, bridge: Bridge) -> None:
        columns = [Column(_("Number in the ledger"), 84, number_cell, right=True), Column(_("Time"), 108, time_cell),
                   Column(_("Person"), 172, person_cell), Column(_("What was done"), 0, act_cell), Column(_("Result"), 108, chip_cell)]
        super().__init__(columns)
        self._archive, self._bridge = archive, bridge
        self.rows: list[EntryLine] = []
        self.narrowed = EntryFilter()
        self.next: int | None = None
        self._turn = 0
        self._reading = self._opening = False

    def row(self, number: int) -> EntryLine | None:
        return self.rows[number] if number < len(self.rows) else None

    def ground(self, number: int) -> str:
        return ground(self.rows[number])

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def open(self, narrowed: EntryFilter) -> None:
        """Another filter; what was shown stays until the first page of it is here."""
        self.narrowed, self._opening = narrowed, True
        self._read(None, self._first)

    def refresh(self) -> None:
        """What came since: on top, where one stands stays."""
        self._read(None, self._first if self._opening else self._newer)  # what is shown may still be of the filter before

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        return self.next is not None and not self._reading

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        if self.canFetchMore():
            self._read(self.next, self._older)

    def _read(self, before: int | None, take: object) -> None:
        self._turn += 1
        turn, audit, narrowed = self._turn, self._archive.audit, self.narrowed  # type: ignore[attr-defined]  # the archive
        self._reading = True

        def job(_progress: Progress) -> EntryPage:
            found: EntryPage = audit.entries(narrowed, before=before, limit=PAGE)
            return found

        def done(page: EntryPage) -> None:
            if turn == self._turn:
                self._reading = False
                take(page)  # type: ignore[operator]  # one of the three below
                self.ready.emit()

        def fail(error: Exception) -> None:
            if turn == self._turn:
                self._reading = False
                self.failed.emit(error)

        self._bridge.run(job, done, fail, lane="reads")

    def _first(self, page: EntryPage) -> None:
        self._opening = False
        self.beginResetModel()
        self.rows, self.next = list(page.lines), page.next
        self.endResetModel()

    def _older(self, page: EntryPage) -> None:
        self.next = page.next
        if page.lines:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(page.lines) - 1)
            self.rows += page.lines
            self.endInsertRows()

    def _newer(self, page: EntryPage) -> None:
        top = self.rows[0].seq if self.rows else 0
        new = [line for line in page.lines if line.seq > top]
        if not self.rows or (len(new) == len(page.lines) and page.next is not None):
            self._first(page)  # more came than one page holds
        elif new:
            self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
            self.rows[:0] = new
            self.endInsertRows()
