"""The place beside the contents: the chosen record, its coverage, what is complete, or one form that is being filled in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.i18n import _
from views.common import Segmented, hbox, segmented, text, tool, vbox
from views.common.layout import wings


class Side(QFrame):
    """Tabs, each with its part; a form covers them until it is closed. `closed` when the arrow before a form's title is pressed."""

    closed = Signal()
    turned = Signal(int)

    def __init__(self, titles: Sequence[str], parts: Sequence[QWidget]) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self.setAccessibleName(_("Beside the contents"))
        self.tabs: Segmented = segmented(titles, 0, _("Beside the contents"), self._turn)
        self.parts = list(parts)
        self._forms: list[QWidget] = []
        self._wings = wings(self)
        self._hidden: set[int] = set()
        self.back = tool("arrow-left", _("Close"), on=self.closed.emit)
        self.title = text("", "heading", elide=True)
        self.back.hide()
        self.title.hide()
        self.box = vbox(hbox(self.tabs, self.back, (self.title, 1), None, gap=4), *((part, 1) for part in parts), gap=8, margins=(16, 12, 16, 12))
        self.setLayout(self.box)

    def allow_tab(self, number: int, there: bool) -> None:
        """A tab that has something to show, or none."""
        button = self.tabs.group.button(number)
        self._hidden = self._hidden - {number} if there else self._hidden | {number}
        button.setVisible(there)
        if not there and self.tabs.chosen == number and not self.form_open:
            self.turn(0)

    def hold_forms(self, forms: Sequence[QWidget]) -> None:
        """What may cover the tabs; each comes in when it is first wanted."""
        for form in forms:
            form.setParent(self._wings)
            form.hide()
            form.hide()  # said of itself, for others ask whether it is hidden
        self._forms = list(forms)

    @property
    def form_open(self) -> bool:
        return not self.title.isHidden()

    def turn(self, number: int) -> None:
        """Show a tab's part."""
        if number in self._hidden:
            number = 0
        self.tabs.choose(number)
        self._show(self.parts[number], "")

    def cover(self, form: QWidget, title: str) -> None:
        """Show a form over the tabs."""
        self._show(form, title)

    def replace(self, number: int, part: QWidget) -> None:
        """Another part for a tab; it is taken out of wherever it stood."""
        self.parts[number] = part
        self.box.insertWidget(1 + number, part, 1)
        part.setVisible(not self.form_open and self.tabs.chosen == number)

    def _turn(self, number: int) -> None:
        self.turn(number)
        self.turned.emit(number)

    def _show(self, shown: QWidget, title: str) -> None:
        if shown.parent() is self._wings:
            self.box.addWidget(shown, 1)
        for one in (*self.parts, *self._forms):  # hidden parts ask for no room, as they would in a stack
            if self.isAncestorOf(one):
                one.setVisible(one is shown)
        self.tabs.setVisible(not title and len(self.parts) - len(self._hidden) > 1)
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.back.setVisible(bool(title))


