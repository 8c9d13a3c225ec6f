"""An article that opens where it is cited: its words in Song, whose it is, and whether they were checked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.verdicts import Ground
from views.common import Button, button, hbox, para, quote, vbox
from views.common.layout import empty, fill
from views.footage.words import mark_words


class Cited(QWidget):
    """«西岗办法第十三条»: Enter or a click opens its words below it, and closes them again."""

    def __init__(self) -> None:
        super().__init__()
        self.ground: Ground | None = None
        self.cite: Button = button("", "quiet", "scroll", on=self.toggle)
        self.cite.setProperty("mini", True)
        self._words = vbox(gap=4)
        self.setLayout(vbox(hbox(self.cite, None, gap=0), self._words, gap=4))
        self.cite.hide()

    @property
    def open(self) -> bool:
        """Whether the words are shown."""
        return self._words.count() > 0

    def show_ground(self, ground: Ground | None, article: str = "") -> None:
        """Cite a ground; `article` says more than its own."""
        self.ground = ground
        empty(self._words)
        self.cite.setVisible(ground is not None)
        self.cite.say(article or (ground.article if ground else ""))
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
        self.cite.setToolTip(_("Close the article") if self.open else _("Read the article"))
        self.cite.setAccessibleDescription(self.cite.toolTip())
