"""What comes next in a case folder that holds nothing yet: stands where the chosen record would."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.common import button, hbox, para, text, vbox
from views.common.page import Page


class Beginning(QWidget):
    """Three steps in their order, and the two ways of the first; a way that is closed says why."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.deposit = button(_("Deposit"), "", "tray-arrow-down", hint=_("Deposit files") + "  F2", on=lambda: page.go("deposit"))
        self.link = button(_("Put in recordings"), "", "link", hint=_("Put recordings into this folder"))
        self.number = para("", "body", "ink", lead=1.5)
        steps = (self.number, para(_("2. Give each record its title, stage and day, and confirm which form a paper is and who signed it."), lead=1.5),
                 para(_("3. Answer what only a person knows. The completeness then turns item by item to “on record”, and the case can be filed."),
                      lead=1.5))
        acts = vbox(self.deposit, self.link, gap=8)
        self.setLayout(vbox(text(_("What comes next"), "heading"), steps[0], hbox((acts, 1)), *steps[1:], None, gap=12))
        self.setAccessibleName(_("What comes next"))

    def show_case(self, number: str, may_link: bool, reason: str) -> None:
        """For this case; whether records may be put into it, or why not."""
        self.number.setText(_("1. Deposit its papers and recordings, and name {number} as the case folder that they go into.").format(number=number))
        self.deposit.heed(self._page.may("intake.begin"))
        self.link.allow(may_link, reason)
