"""A field in which one recording is chosen among those that belong to no case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.record_lines import RecordLine
from models.terms import Medium, RecordId
from views.common import Cell, Column, Rows, Table, para, search_box, text, vbox
from views.terms import MEDIUM_ICONS, length_words

RECORDINGS = (Medium.VIDEO, Medium.AUDIO, Medium.PHOTO)


class RecordingField(QWidget):
    """`begin` with what there is; `record` is the one that one stands on."""

    def __init__(self) -> None:
        super().__init__()
        self._there: tuple[RecordLine, ...] = ()
        self.look = search_box(_("Title, recorder or day"), name=_("Find a recording"))
        self.look.textChanged.connect(lambda _words: self._filter())
        self.model = Rows([Column(_("Recording"), 0, lambda r: Cell(r.title, _about(r), MEDIUM_ICONS[r.medium])),
                           Column(_("Length"), 84, lambda r: Cell(length_words(r) or "–", ink="ink2"), right=True)])
        self.table = Table(self.model, _("Recordings without a case"))
        self.table.setMinimumHeight(240)
        self.none = para("", "small", "ink2", lead=1.5)
        self.setLayout(vbox(text(_("Recordings without a case"), "small", "ink2"), self.look, (self.table, 1), self.none, gap=4))

    def begin(self, records: Sequence[RecordLine]) -> None:
        """Offer these."""
        self._there = tuple(one for one in records if one.medium in RECORDINGS)
        self.look.clear()
        self._filter()

    @property
    def record(self) -> RecordId | None:
        row = self.table.row()
        return row.id if isinstance(row, RecordLine) else None

    def _filter(self) -> None:
        words = self.look.text().strip()
        found = [one for one in self._there if words in f"{one.title} {_about(one)}"]
        self.model.show_rows(found)
        self.look.setVisible(bool(self._there))
        self.table.setVisible(bool(found))
        self.none.setText("" if found else _("Nothing fits. Take a word out.") if self._there else _("Every recording belongs to a case."))
        self.none.setVisible(not found)
        if found:
            self.table.choose(0)


def _about(record: RecordLine) -> str:
    first = record.components[0] if record.components else None
    return "　".join(filter(None, (record.made_on or "", first.device if first is not None else "")))
