"""Why nothing is shown: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from views.common import banner, button, hbox, panel, three_lines, vbox
from views.common.layout import empty
from views.errors import actions_for, words_of

OURS = ("grant.", "vault.", "keys.", "session.", "not_found", "permission.", "archive.")  # these end the look; others the picture itself tells


def ends_the_look(error: BaseException) -> bool:
    """Whether this closes what is open, rather than being one picture that cannot be drawn."""
    return not isinstance(error, Refusal) or error.code.startswith(OURS)


class Trouble(QWidget):
    """The three lines, a way to ask again, and the way back."""

    def __init__(self, ask: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._ask, self._back = ask, back
        self._room: QVBoxLayout = vbox(gap=16)
        self.setLayout(self._room)
        self.words = ""

    def show_error(self, error: BaseException, title: str) -> None:
        said = words_of(error)
        self.words = f"{said.what}{said.then}"
        code = error.code if isinstance(error, Refusal) else ""
        lines = three_lines(said.what, _effect(code), said.then)
        self.setAccessibleName(self.words)
        back = button(_("What may be opened now"), "", "arrow-left", on=self._back)
        tail = [back]
        if code.startswith("grant."):
            tail.append(button(_("Ask for approval"), "primary", "paper-plane-tilt", on=self._ask))
        empty(self._room)
        head = banner("refused" if code else "late", _("“{title}” is not open").format(title=title) if title else _("Nothing is open"))
        self._room.addWidget(panel(_("Not opened"), head, lines, 8, hbox(*actions_for(said), None, *tail), gap=12))
        self._room.addStretch(1)
        self.first = tail[-1]


def _effect(code: str) -> str:
    if code.startswith("grant."):
        return _("Nothing more is shown. What was played until then is in the ledger; no copy was left on this machine.")
    if code.startswith("vault."):
        return _("This file is not shown, not even in part. Other files are not affected.")
    if code.startswith(("session.", "permission.", "not_found")):
        return _("Nothing was opened.")
    return _("Nothing is shown, because what is seen must also be written down.")
