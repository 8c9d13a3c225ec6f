"""An article that opens where it is cited: its words in Song, whose it is, and whether they were checked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.verdicts import Ground
from views.common import Row, glyph, hbox, para, quote, text, vbox
from views.common.layout import empty, fill
from views.footage.words import mark_words


class Cited(QWidget):
    """«西岗办法第十三条»: Enter or a click opens its words below it, and closes them again."""

    def __init__(self, ground: Ground | None = None) -> None:
        super().__init__()
        self.ground: Ground | None = None
        self._name = text("", "small", "accent", elide=True)
        self.cite = Row(hbox(glyph("scroll", "accent", 16), (self._name, 1), gap=6, margins=(0, 2, 0, 2)), "", self.toggle)
        self._words = vbox(gap=4)
        self.setLayout(vbox(self.cite, self._words, gap=4))
        self.cite.hide()
        self.show_ground(ground)

    @property
    def open(self) -> bool:
        """Whether the words are shown."""
        return self._words.count() > 0

    def show_ground(self, ground: Ground | None) -> None:
        """Cite another ground."""
        self.ground = ground
        empty(self._words)
        self._name.setText(ground.article if ground else "")
        self.cite.setVisible(ground is not None)
        self._tell()

    def toggle(self) -> None:
        """Open the words, or close them."""
        if self.open or self.ground is None:
            empty(self._words)
        else:
            said = mark_words(self.ground)
            fill(self._words, [quote(f"“{self.ground.text}”"), *([para(said, "small", "ink3", lead=1.5)] if said else [])])
        self._tell()

    def _tell(self) -> None:
        self.cite.setAccessibleName(self.ground.article if self.ground else "")
        self.cite.setAccessibleDescription(_("Close the article") if self.open else _("Read the article"))
