"""One marking: its total in figures and words, the items by block, and the chosen item beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.scoring import Mark
from desktop.scoring import Place, RowLine, ScoringView
from desktop.scoring.paper import points
from models.terms import EnforcementKind
from views.common import Rows, Table, chip, fact, frame, hbox, segmented, text, vbox
from views.common.layout import content, empty, fill
from views.scoring.item import ItemView
from views.scoring.words import BlockHead, Line, row_columns, row_ground, standing_of, total_words
from views.terms import kind_words
from views.theme import THEME

SIDE, SIDE_NARROW = 404, 380  # px
ALL, LOST, WAITING = range(3)


class SheetView(QWidget):
    """`show_view` fills it; it stays on the item one stood on. `item.deciding.sent` is the page's to hear."""

    def __init__(self, jump: Callable[[Place], object]) -> None:
        super().__init__()
        self.view: ScoringView | None = None
        self.total, self._facts = text("", "display"), hbox(gap=24)
        self._standing = hbox(gap=8)
        self.note = text("", "small", "ink2", elide=True)
        self.note.hide()
        figures = hbox(self.total, self._standing, (content(self._facts), 1), gap=16)
        self.strip = frame(vbox(figures, self.note, gap=4, margins=(16, 8, 16, 8)), "plain", _("Total points"))
        self.filter = segmented([_("All"), _("Points lost"), _("Still to decide")], ALL, _("Which items"), on=lambda _n: self._narrow())
        self.model = Rows(row_columns(), (), row_ground)
        self.table = Table(self.model, _("Items of the marking sheet"))
        self.item = ItemView(jump)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _line: self.item.deciding.unfold())
        body = frame(vbox(hbox(self.filter, None), (self.table, 1), gap=8, margins=(16, 12, 16, 12)), "plain", _("Items of the marking sheet"))
        self.setLayout(vbox(self.strip, (hbox((body, 1), self.item, gap=16), 1), gap=12))

    def narrow(self, narrow: bool) -> None:
        self.item.setFixedWidth(THEME.px(SIDE_NARROW if narrow else SIDE))

    def show_view(self, view: ScoringView, stand: str = "") -> None:
        """Another marking, or the same one after a decision; `stand` is the item to stand on."""
        same = self.view is not None and self.view.line.id == view.line.id
        here = self.row
        stand = stand or (here.id if same and here is not None else "")
        self.view = view
        self.item.deciding.offer(view)
        self._tell(view)
        if not same:
            self.filter.choose(ALL)
        self._narrow(stand)

    def _tell(self, view: ScoringView) -> None:
        self.total.setText(_("{total} points").format(total=total_words(view.total)))
        empty(self._standing)
        kind, words = standing_of(view)
        fill(self._standing, [chip(words, kind)])
        empty(self._facts)
        apart = sum(row.mark is Mark.NOT_APPLICABLE for row in view.rows)
        told = [(_("Points got"), _("{got} of {all}").format(got=points(view.got), all=view.applicable)), (_("Does not apply"), str(apart))]
        if not view.signed:
            told = [*told, (_("Still to decide"), str(len(view.waiting))), (_("Suspected vetoes"), str(len(view.suspected)))]
        told += [(_("Marking sheet"), _("sheet version {n}").format(n=view.line.sheet_version)), (_("Marked by"), view.line.person)]
        fill(self._facts, [*(content(fact(label, value)) for label, value in told), None])
        self.filter.label(LOST, _("Points lost {n}").format(n=sum(row.mark is Mark.LOST for row in view.rows)))
        self.filter.label(WAITING, _("Still to decide {n}").format(n=len(view.waiting)))
        other = view.kind != EnforcementKind.PENALTY.value
        self.note.setText(_("The sheet was written for penalties; this case is: {kind}. Take its total as a hint.").format(
            kind=kind_words(EnforcementKind(view.kind))) if other else "")
        self.note.setVisible(other)
        self.strip.setAccessibleDescription("；".join([self.total.full, words, *(f"{label} {value}" for label, value in told)]))

    @property
    def row(self) -> RowLine | None:
        """The item one stands on."""
        line = self.table.row()
        return line if isinstance(line, RowLine) else None

    def _narrow(self, stand: str = "") -> None:
        """The items of the chosen kind, under the heads of their blocks."""
        if self.view is None:
            return
        chosen, lines = self.filter.chosen, list[Line]()
        for block in self.view.blocks:
            whole = tuple(row for row in self.view.rows if row.block == block.key)
            shown = [row for row in whole if chosen == ALL or (row.waits if chosen == WAITING else bool(row.lost) or row.mark is Mark.VETOED)]
            if shown:
                lines += [BlockHead(block, whole), *shown]
        self.model.show_rows(lines)
        self.choose(stand)

    def choose(self, item: str = "") -> None:
        """Stand on an item, else on the first that waits, else on the first."""
        rows = [(n, line) for n, line in enumerate(self.model.rows) if isinstance(line, RowLine)]
        found = [n for n, line in rows if line.id == item] or [n for n, line in rows if line.waits] or [n for n, _line in rows]
        if found:
            self.table.choose(found[0])
            self.table.scrollTo(self.model.index(found[0], 0), Table.ScrollHint.PositionAtCenter)

    def after(self, item: str) -> str:
        """The next item that waits for a person, after this one and round again; empty when none does."""
        if self.view is None:
            return ""
        ids = [row.id for row in self.view.rows]
        at = ids.index(item) if item in ids else -1
        waiting = {row.id for row in self.view.waiting} - {item}
        return next((one for one in [*ids[at + 1:], *ids[:at + 1]] if one in waiting), "")

    def _chosen(self, line: Line) -> None:
        if self.view is None:
            return
        if isinstance(line, RowLine):
            self.item.show_row(self.view, line)
        else:
            self.item.show_block(line)
