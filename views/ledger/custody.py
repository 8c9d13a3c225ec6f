"""流转记录报告: find an electronic file by name or case number, and take its custody away as a PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.audit.detail import FileLine
from desktop.i18n import _
from views.common import Cell, Column, Rows, Table, button, field, panel, search_box, vbox
from views.ledger.wording import local


class CustodyPanel(QWidget):
    """A search box, what was found, and 存为 PDF. `find` is called with words, `save` with the file chosen."""

    def __init__(self, find: Callable[[str], object], save: Callable[[FileLine], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._save = save
        self.words = search_box(_("File, title or case number"), name=_("Find the file"), on=find)
        self.field = field(_("Find the file"), self.words, _("Enter searches"))
        self.found = Table(Rows([Column(_("File"), 0, _cell)]), _("Files found"))
        self.found.opened.connect(lambda line: self._save(line))
        self.found.chosen.connect(lambda _line: self.save.allow(True))
        self.save = button(_("Save the report as PDF"), "", "file-pdf", on=self._press)
        leave = button(_("Close"), "quiet", "x", on=back)
        self.setLayout(vbox(panel(_("Custody report"), self.field, (self.found, 1), self.save, tail=(leave,), gap=8), gap=0))
        self.show_files([])
        self.field.tell("", _("Enter searches"))

    def show_files(self, lines: list[FileLine]) -> None:
        model = self.found.model()
        assert isinstance(model, Rows)
        model.show_rows(lines)
        self.save.allow(bool(lines), _("Find and choose a file first"))
        told = _("{n} files found").format(n=len(lines)) if lines else _("Nothing was found")
        self.field.tell("" if lines else "bad", told)
        if lines:
            self.found.choose(0)

    def _press(self) -> None:
        line = self.found.row()
        if line is not None:
            self._save(line)


def _cell(line: FileLine) -> Cell:
    return Cell(line.title, " · ".join(filter(None, (line.case_number, line.name, f"{local(line.deposited_at):%Y-%m-%d}"))))
