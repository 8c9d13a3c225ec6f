"""收起 and 展开 of the course of a case: as the person left it at this desk, else folded where the window is low."""

from __future__ import annotations

from desktop.habits import habit, remember
from desktop.i18n import _
from views.common.buttons import Button
from views.common.page import Page

COURSE = "course_folded"


class Fold(Button):
    """The button and its key; `folds` says whether the course stands folded in a window that is low, or is not."""

    def __init__(self, page: Page) -> None:
        super().__init__("", "quiet", "caret-up", "Ctrl+T")
        self._page = page
        self._chosen = habit(page.archive, COURSE)
        self._low = False
        self.setProperty("mini", True)
        self.show_state(False)

    def folds(self, low: bool) -> bool:
        return low if self._chosen is None else self._chosen

    def show_state(self, low: bool) -> None:
        """Say what pressing it would do."""
        self._low = low
        folded = self.folds(low)
        self.say(_("Show the course of the case") if folded else _("Fold the course of the case"), "caret-down" if folded else "caret-up")

    def turn(self) -> None:
        """The other way, and so from now on."""
        self._chosen = not self.folds(self._low)
        remember(self._page.archive, COURSE, self._chosen)
        self.show_state(self._low)
