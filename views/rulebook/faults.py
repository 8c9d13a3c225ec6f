"""What is wrong with a draft, and where it asks less than before: a line each, a click goes there. Gone while there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.lowering import Lowering
from desktop.policy.mistakes import Mistake
from views.common import Cell, Column, Rows, Table, panel, vbox
from views.theme import THEME

AT_ONCE = 3  # lines in view


@dataclass(frozen=True)
class Fault:
    """A mistake of the text by its line, or (with its `rule`) where a rule asks less than before."""

    line: int
    where: str
    words: str
    rule: str = ""


class Faults(QWidget):
    """`chosen` by a click or Enter."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = Rows([Column(_("Line"), 56, lambda f: Cell(str(f.line) if f.line else "–"), right=True),
                           Column(_("Kind"), 120, lambda f: Cell(_("asks less"), chip="soon") if f.rule else Cell(_("mistake"), chip="late")),
                           Column(_("What is so"), 0, lambda f: Cell(f.words, f.where, ink="ink" if f.rule else "late"))])
        self.table = Table(self.model, _("Mistakes and lowered demands"))
        self.table.opened.connect(self.chosen)
        self.table.clicked.connect(lambda index: self.chosen.emit(self.model.row(index.row())))
        self.table.horizontalHeader().hide()
        self.setLayout(vbox(panel(_("Mistakes and lowered demands"), self.table), gap=0))
        self.hide()

    @property
    def rows(self) -> list[Fault]:
        """What is listed now."""
        return self.model.rows

    def show_found(self, mistakes: Sequence[Mistake], lowered: Sequence[Lowering], lines: Mapping[str, int]) -> None:
        """Mistakes in the order of their lines, then lowered demands; `lines` are those of the rules by their id."""
        self.model.show_rows([*(Fault(one.line, one.where, one.words) for one in mistakes),
                              *(Fault(lines.get(one.rule, 0), f"{one.article} · {one.title}", one.said, one.rule) for one in lowered)])
        self.setVisible(bool(self.rows))
        self.table.setFixedHeight(min(len(self.rows), AT_ONCE) * THEME.metric("row") + 2)
