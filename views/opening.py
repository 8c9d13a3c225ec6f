"""Before there is a window: asking for the desk passphrase, and saying why an archive could not be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from views.common.buttons import button
from views.common.feedback import three_lines
from views.common.inputs import field, password
from views.common.layout import hbox, vbox
from views.common.seal import Seal
from views.common.text import para, text
from views.errors import words_of
from views.theme import wear


class _Asking(QDialog):
    """One field for the passphrase of this desk."""

    def __init__(self, wrong: str = "") -> None:
        super().__init__()
        self.setWindowTitle(_("Open the archive"))
        self.secret = password(_("Desk passphrase"))
        enter = button(_("Open the archive"), "primary", on=self.accept)
        enter.setDefault(True)
        why = _("The keyring of this system does not hold the key of this archive. Enter the passphrase of this desk; it is not kept.")
        body = vbox(hbox(Seal(48), 12, text(_("Open the archive"), "title"), None), 8, para(why), 8,
                    field(_("Desk passphrase"), self.secret, wrong, "bad" if wrong else ""), 12,
                    hbox(None, button(_("Not now"), on=self.reject), enter), gap=4, margins=(24, 24, 24, 20))
        self.setLayout(body)
        self.setFixedWidth(480)
        wear(self)
        self.secret.setFocus()


def ask_passphrase(wrong: str = "") -> str:
    """Ask for the desk passphrase; `wrong` says why the one before did not do. Raises `Cancelled` when the person leaves."""
    asking = _Asking(wrong)
    if asking.exec() != QDialog.DialogCode.Accepted:
        raise Cancelled
    return asking.secret.text()


class OpeningTrouble(QWidget):
    """An archive that could not be opened: what happened, what it means, what to do."""

    def __init__(self, folder: Path, refusal: Refusal) -> None:
        super().__init__()
        self.setWindowTitle(_("Lantai"))
        self.setProperty("ground", True)
        said = words_of(refusal)
        self.elsewhere = False
        leave = button(_("Close"), "primary", on=QApplication.quit)
        other = button(_("Another archive …"), "", "folder-open", on=self._another)
        self.setLayout(vbox(hbox(Seal(64), 16, text(_("The archive could not be opened"), "title"), None), 16,
                            three_lines(said.what, _("The program did not open it and wrote nothing."), said.then),
                            text(str(folder), "small", "ink2"), 16, hbox(None, other, leave), None, gap=8, margins=(40, 40, 40, 32)))
        self.setMinimumSize(640, 360)
        wear(self)
        leave.setFocus()

    def _another(self) -> None:
        """To the page where another one is opened or made."""
        self.elsewhere = True
        self.close()
