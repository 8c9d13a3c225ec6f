"""密钥与恢复页 of the archive: what waits to be sealed anew, since when the sheet is in force, and the two acts of a leader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.keyroom import KeyStanding, reseal
from views.common import button, em, empty, fill, glyph, hbox, para, rich, text, vbox
from views.common.dialogs import ask_password
from views.common.page import Page
from views.common.panels import Panel
from views.common.text import figures
from views.terms import office_time


class KeysPanel(Panel):
    """For a leader: figures and two buttons; for others the words of the sheet alone."""

    def __init__(self, page: Page, renewing: Callable[[], object]) -> None:
        super().__init__(_("Keys and recovery sheet"), gap=8)
        self._page = page
        sheet = rich(_("{head} It opens everything again when this machine or all leaders are lost. It belongs sealed into the leader’s safe; "
                       "whoever holds it needs no password."), head=em(_("The recovery sheet is printed once, and kept nowhere in the program.")))
        self._facts = vbox(gap=4)
        self.may = page.may("keys.renew_sheet").allowed
        self.reseal = button(_("Seal anew …"), "", "key", on=self._reseal)
        self.renew = button(_("Renew the sheet …"), "", "lifebuoy", on=renewing)
        self.reseal.allow(False, _("No key waits to be sealed anew"))
        fill(self.body, [hbox(vbox(glyph("lifebuoy", "soon", 20), None), (para(sheet), 1), gap=12), self._facts])
        if self.may:
            self.body.addLayout(hbox(None, self.reseal, self.renew))

    def read(self) -> None:
        """The figures of now, for who may read them."""
        if self.may:
            room = self._page.archive.keyroom
            self._page.run(lambda _p: room.standing(), self._show, lane="reads")

    def _show(self, now: KeyStanding) -> None:
        lines = [_("{n} files are sealed more strictly than their label asks; those who may know cannot all open them.").format(
            n=figures(now.stricter))] if now.stricter else []
        if now.missing:
            lines.append(_("{n} files are sealed less strictly than their label asks.").format(n=figures(now.missing)))
        for compartment, who in now.due:
            lines.append(_("{who} held the keys of {compartment} and holds them no longer: it wants new ones.").format(
                who=who, compartment=_title(compartment)))
        if now.promised:
            lines.append(_("The database takes its new key when this desk starts next. Close the program once."))
        made = office_time(now.sheet_at, self._page.archive.clock.now()) if now.sheet_at else _("the founding of the archive")
        empty(self._facts)
        fill(self._facts, [text(_("Sheet in force since {when}").format(when=made), "small", "ink2"),
                           *[hbox(vbox(glyph("warning-diamond", "soon", 16), None), (para(line, "small", "ink2"), 1), gap=8) for line in lines]])
        self.reseal.allow(now.waits, _("No key waits to be sealed anew"))

    def _reseal(self) -> None:
        archive = self._page.archive

        def job(secret: str, progress: Progress) -> Any:
            return reseal(archive, secret, progress)

        ask_password(self, self._page.bridge, _("Seal keys anew"),
                     _("Every data key is sealed to what its label asks now, and compartments whose keys somebody took along get new ones. No file "
                       "is encrypted anew. Other leaders who are signed in at other desks sign in again."), _("Seal anew"), job, self._sealed)

    def _sealed(self, left: KeyStanding) -> None:
        self._show(left)
        if left.waits:
            self._page.say("soon", _("What you hold is sealed anew"), _("The rest waits for a leader who holds the other compartments."))
        else:
            self._page.say("good", _("All keys are sealed as their labels ask"))


def _title(compartment: str) -> str:
    titles = {"open": _("Not secret"), "privacy": _("Personal privacy"), "trade": _("Trade secret"), "state": _("State secret")}
    return titles.get(compartment, compartment)
