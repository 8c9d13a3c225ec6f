"""The foot: the running job, the ledger's state in words, free space, date and time."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop.i18n import _
from views.bridge import Bridge
from views.common.layout import content, hbox
from views.common.measures import size_words
from views.common.text import glyph, text
from views.jobs_panel import JobLine
from views.theme import THEME, follow

HEIGHT = 32


class Foot(QFrame):
    """One line that is always true: nothing in it moves but a progress bar."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setProperty("panel", "foot")
        self.setAccessibleName(_("Foot"))
        self.jobs = JobLine(bridge)
        self._seal, self._ledger = glyph("seal-check", "good", 16), text("", "small", "ink2")
        self._space, self._now = text("", "small", "ink2"), text("", "small", "ink2")
        self._ledger_part = content(hbox(self._seal, self._ledger, gap=6))
        self._space_part = content(hbox(glyph("hard-drives", "ink2", 16), self._space, gap=6))
        self._ledger_part.hide()
        self._space_part.hide()
        self.setLayout(hbox(self.jobs, None, self._ledger_part, self._space_part, self._now, gap=22, margins=(16, 0, 16, 0)))
        follow(self, self._restyle)

    def ledger(self, words: str, kind: str = "good") -> None:
        """The ledger's state in words: kind good (checked), soon (not yet checked here) or late (does not hold together)."""
        icon = {"good": "seal-check", "soon": "seal-warning", "late": "warning-circle"}[kind]
        self._seal.show_icon(icon, kind)
        self._ledger.setText(words)
        self._ledger.set_ink("late" if kind == "late" else "ink2")
        self._ledger_part.setVisible(bool(words))

    def space(self, free: int) -> None:
        """Free space of the vault, in bytes."""
        self._space.setText(_("{size} free in the vault").format(size=size_words(free)))
        self._space_part.show()

    def now(self, words: str) -> None:
        """Date, weekday and time."""
        self._now.setText(words)

    def narrow(self, narrow: bool) -> None:
        """Under 1360 px the free space gives way to the running job."""
        self._space_part.setVisible(bool(self._space.text()) and not (narrow and self.jobs.stop.isVisible()))

    def _restyle(self) -> None:
        self.setFixedHeight(THEME.px(HEIGHT))
