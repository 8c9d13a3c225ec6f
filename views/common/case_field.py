"""A field for a case number: offers what is found while one types, and says under it which case it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.cases import CaseFilter, CaseLine
from desktop.i18n import _
from desktop.jobs import Progress
from models.terms import CaseId
from views.bridge import Bridge
from views.common.inputs import edit, field
from views.common.layout import empty, frame, hbox, vbox
from views.common.panels import Row
from views.common.text import text

PAUSE = 200  # ms after the last key before anything is looked up
MOST = 5


class CaseField(QWidget):
    """A labelled case number. `changed` tells that `case` (None: none) or `settled` (what is typed was looked up) is another."""

    changed = Signal()

    def __init__(self, archive: Any, bridge: Bridge, label: str, hint: str = "", mnemonic: str = "", filed: bool = False) -> None:
        """`filed`: whether a filed case folder may be named too."""
        super().__init__()
        self._archive, self._bridge, self._hint, self._filed = archive, bridge, hint, filed
        self.case: CaseLine | None = None
        self.settled = True
        self.entry = edit(example=_("e.g. 西财罚〔2026〕17号"))
        self.field = field(label, self.entry, hint, mnemonic=mnemonic)
        self._offers = vbox(gap=0)
        self.offered = frame(self._offers, "sunken", _("Case folders found"))
        self.offered.hide()
        self.setLayout(vbox(self.field, self.offered, gap=4))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look_up)
        self.entry.textEdited.connect(self._typed)
        self.entry.installEventFilter(self)

    @property
    def case_id(self) -> CaseId | None:
        return self.case.id if self.case else None

    @property
    def ready(self) -> bool:
        """Whether what is typed is a case folder, or nothing at all."""
        return self.settled and (self.case is not None or not self.entry.text().strip())

    def choose(self, case: CaseLine | None) -> None:
        """Take a case folder, or none."""
        self._pause.stop()
        self.case, self.settled = case, True
        self.entry.setText(case.case_number if case else "")
        self._show_offers([])
        if case is not None and case.filed_at and not self._filed:
            self.case = None
            self.field.tell("bad", _("{number} is filed and takes nothing more; choose another").format(number=case.case_number))
        elif case is not None:
            self.field.tell("good", "　".join(filter(None, (case.cause, case.parties))))
        else:
            self.field.tell("", self._hint)
        self.changed.emit()

    def _typed(self, _words: str) -> None:
        self.case, self.settled = None, False
        self.field.tell("", self._hint)
        self._pause.start()
        self.changed.emit()

    def _look_up(self) -> None:
        words, archive = self.entry.text().strip(), self._archive
        if not words:
            self.choose(None)
            return

        def read(_progress: Progress) -> tuple[str, list[CaseLine]]:
            return words, archive.cases.page(CaseFilter(words=words), count=MOST + 1)

        self._bridge.run(read, self._found, self._failed, lane="reads")  # methods: not called when the field is gone by then

    def _found(self, looked_up: tuple[str, list[CaseLine]]) -> None:
        words, found = looked_up
        if words != self.entry.text().strip():
            return
        exact = next((c for c in found if c.case_number == words), None)
        if exact is not None:
            self.choose(exact)
            return
        self.settled = True
        self._show_offers(found[:MOST])
        if not found:
            self.field.tell("bad", _("No case folder is found by this; check the number"))
        else:
            self.field.tell("", _("Arrow down and Enter take one") if len(found) <= MOST else _("More are found; type on, or take one of these"))
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.settled = True
        self.field.tell("bad", str(error))
        self.changed.emit()

    def _show_offers(self, found: Sequence[CaseLine]) -> None:
        empty(self._offers)
        for case in found:
            row = hbox(text(case.case_number, "body"), (text(case.cause, "small", "ink2", elide=True), 1), gap=12, margins=(12, 4, 12, 4))
            one = Row(row, f"{case.case_number}，{case.cause}", self._taker(case))
            one.installEventFilter(self)
            self._offers.addWidget(one)
        self.offered.setVisible(bool(found))

    def _taker(self, case: CaseLine) -> Callable[[], None]:
        def take() -> None:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self.choose(case)

        return take

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go between the field and what it offers."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.offered.isVisible():
            return False
        rows: list[QWidget] = [self.entry, *self.offered.findChildren(Row)]
        if event.key() not in (Qt.Key.Key_Down, Qt.Key.Key_Up) or watched not in rows:
            return False
        at = rows.index(watched) + (1 if event.key() == Qt.Key.Key_Down else -1)  # type: ignore[arg-type]  # it is one of them
        rows[min(max(at, 0), len(rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
