"""换发恢复页: in the page itself, step by step; the words are gone as soon as the page is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.recovery_paper import recovery_pdf
from desktop.renewal import NewSheet, prepare_sheet, renew
from desktop.roles import roles
from views.common import Radio, button, combo, content, empty, fill, hbox, para, password, text, vbox
from views.common.inputs import field
from views.common.layout import scroll
from views.common.page import Page
from views.founding.handing_over import ProveStep, SheetStep
from views.theme import THEME

WIDE = 720


class Renewing(QWidget):
    """`ended` is called when the new sheet is in force, or the person gave it up."""

    def __init__(self, page: Page, ended: Callable[[], object]) -> None:
        super().__init__()
        self._page, self._ended = page, ended
        self.sheet: NewSheet | None = None
        self._under_way = False  # keys are being made or sealed: what becomes of the words is known when that has ended
        self._room = vbox(gap=12)
        inner = content(self._room)
        inner.setMaximumWidth(THEME.px(WIDE))
        self.setLayout(vbox(scroll(content(vbox(inner, None, gap=0, margins=(0, 0, 8, 0))), _("Renew the recovery sheet"), fade=False), gap=0))

    def begin(self) -> None:
        """What it does and does not, and how many sheets."""
        self.one, self.three = Radio(_("One sheet, sealed into the leader’s safe")), \
            Radio(_("Three sheets with three keepers; any two open, one alone opens nothing"))
        self.one.setChecked(True)
        self.make = button(_("Make the new sheet"), "primary", "lifebuoy", on=self._make)
        self._show(text(_("Renew the recovery sheet"), "title"),
                   para(_("After a recovery, when the sheet was lost, or when too many have seen it. The old sheet becomes void: all "
                          "compartments get new keys, every data key is sealed anew, and the database takes a new key at the next start of this "
                          "desk. Other desks of this archive open it again only with the new sheet.")),
                   para(_("What an old sheet still opens, for ever, is a backup from before: destroy such backups, or keep them as safe as the old "
                          "sheet. It takes two people: you, and another leader or one of the administrators."), "small", "ink2"),
                   self.one, self.three, hbox(None, button(_("Not now"), on=self.give_up), self.make))
        self.one.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Nothing is in force, and nothing is left of the words."""
        if not self._under_way and (self.sheet is not None or self._room.count()):
            self.sheet = None
            empty(self._room)
            self._ended()

    def _make(self) -> None:
        shared, archive = self.three.isChecked(), self._page.archive
        self.make.allow(False, _("Making the keys …"))
        self._under_way = True

        def job(_progress: Progress) -> tuple[NewSheet, bytes]:
            made = prepare_sheet(archive, shared)
            return made, recovery_pdf(made.sheets)

        self._page.run(job, self._made, self._failed)

    def _made(self, made: tuple[NewSheet, bytes]) -> None:
        self._under_way = False
        if not self.isVisible():
            self.give_up()
            return
        self.sheet, paper = made
        self.shown = SheetStep(FounderDraft(), self.sheet.sheets, paper, self._page.bridge)
        self.on = button(_("I have the paper"), "primary", on=self._prove)
        self._show(self.shown, hbox(None, button(_("Give up"), on=self.give_up), self.on))
        self.shown.paper.print_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prove(self) -> None:
        assert self.sheet is not None
        self.proof = ProveStep(FounderDraft(), self.sheet.sheets,
                               _("Take the paper and type these words back from it. Then the second person types their password too, and the old "
                                 "sheet is void."))
        able = {role.title for role in roles().values() if role.administrator or role.name == "leader"}
        names = [(f"{name} · {title}", name) for name, title in self._page.archive.people.names()
                 if title in able and name != self._page.archive.person.name]
        self.witness = combo(names, _("Second person"))
        self.mine, self.theirs = password(_("Your password")), password(_("Password of the second person"))
        self.mine_field, self.theirs_field = field(_("Your password"), self.mine), field(_("Password of the second person"), self.theirs)
        self.put = button(_("Put in force"), "danger", "lifebuoy", on=self._put)
        self._show(self.proof, field(_("Second person"), self.witness, _("Another leader, or one of the administrators.")),
                   hbox((content(vbox(self.mine_field, None, gap=0)), 1), (content(vbox(self.theirs_field, None, gap=0)), 1), gap=12),
                   hbox(None, button(_("Give up"), on=self.give_up), self.put))
        self.proof.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self) -> None:
        sheet, archive = self.sheet, self._page.archive
        if sheet is None or not self.put.isEnabled() or self.proof.wrong() or not self._typed():
            return
        mine, witness, theirs = self.mine.text(), str(self.witness.value()), self.theirs.text()
        self.put.allow(False, _("Sealing the keys …"))
        self._under_way = True
        self.mine.clear()
        self.theirs.clear()
        self._page.run(lambda p: renew(archive, sheet, mine, witness, theirs, p), self._done, self._refused, title=_("Renewing the recovery sheet"))

    def _typed(self) -> bool:
        for one in (self.mine_field, self.theirs_field):
            missing = not one.control.text()  # type: ignore[attr-defined]  # both hold an Edit
            one.tell("bad" if missing else "", _("Please type the password") if missing else "")
            if missing:
                one.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def _done(self, _void: list[str]) -> None:
        self.sheet, self._under_way = None, False
        empty(self._room)
        self._ended()
        self._page.say("good", _("The new recovery sheet is in force; the old one is void"),
                       _("Tear up the old paper. The database takes its new key when this desk starts next: close the program once today."))

    def _refused(self, error: Exception) -> None:
        if self._left(error):
            return
        self.put.allow(True)
        code = error.code if isinstance(error, Refusal) else ""
        at = self.mine_field if code == "password.wrong" else self.theirs_field if code.startswith(("sign_in.", "keys.witness")) else None
        if at is None:
            self._page.tell(error)
            return
        at.tell("bad", str(error))
        at.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        if not self._left(error):
            self.make.allow(True)
            self._page.tell(error)

    def _left(self, error: Exception) -> bool:
        """Whether the person left while keys were made or sealed; then nothing stays of the words."""
        self._under_way = False
        if self.isVisible():
            return False
        self.give_up()
        self._page.tell(error)
        return True

    def _show(self, *parts: Any) -> None:
        empty(self._room)
        fill(self._room, parts)
