"""人员: everybody with an account; what may be done with each, by whoever may do it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.people import PersonLine
from models.secrecy import Clearance
from views.common import Cell, Column, Table, content, empty, fill, frame, hbox, para, scroll, table, text, vbox
from views.common.page import Page
from views.common.panels import pair
from views.common.tables import Rows
from views.common.tags import chip, label_words
from views.registers.unit_part import UnitPart
from views.settings.account import NewAccount, OwnPassword, PersonActs

DETAIL = 432


def clearance_words(clearance: Clearance) -> str:
    """What somebody may know of beyond what is open to all members: 商业秘密、个人隐私."""
    names = [name for name, on in (("trade", clearance.trade), ("privacy", clearance.privacy), ("state", clearance.state > 0)) if on]
    return "、".join(label_words(n) for n in names) or _("internal only")


def state_of(person: PersonLine) -> tuple[str, str]:
    """Kind and words of a person's chip."""
    if not person.active:
        return "quiet", _("account closed")
    if person.locked:
        return "late", _("account locked")
    return "good", _("account in use")


class PeopleSection(QWidget):
    """A list, and beside it the person one stands on, a new account, or one's own password.

    `making` tells that the form for a new account is open, or closed again.
    """

    making = Signal(bool)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._me = page.archive.person.id  # kept, because a list may arrive after the desk was locked
        columns = [
            Column(_("Name"), 0, lambda p: Cell(p.name, p.certificate, "user", ink="ink" if p.active else "ink3")),
            Column(_("Role"), 176, lambda p: Cell(p.role_title, p.post)),
            Column(_("May know of"), 184, lambda p: Cell(clearance_words(p.clearance), _("holds keys of the vault") if p.entrusted else "")),
            Column(_("State"), 104, lambda p: Cell(state_of(p)[1], chip=state_of(p)[0])),
        ]
        self.table: Table = table(columns, (), _("People"))
        self.table.setMinimumHeight(240)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _p: self.enter())
        self._side = vbox(gap=12, margins=(0, 0, 8, 0))
        self.detail = scroll(content(self._side), _("The person in the list"))
        self.detail.setFixedWidth(DETAIL)
        self._new: NewAccount | None = None
        self._shown: PersonLine | None = None
        body = hbox((self.table, 1), self.detail, gap=16, margins=(16, 12, 16, 12))
        self.setLayout(vbox(frame(body, "plain", _("People")), gap=0))

    def read(self) -> None:
        """The list of now."""
        people = self.page.archive.people

        def read(_progress: Any) -> list[PersonLine]:
            found: list[PersonLine] = people.everybody()
            return found

        self.page.run(read, self._fill, lane="reads")

    def _fill(self, people: list[PersonLine]) -> None:
        model = self.table.model()
        assert isinstance(model, Rows)
        wanted = self._shown.id if self._shown is not None else self._me
        model.show_rows(people)
        if self._new is None:
            self._shown = None
            self.table.choose(next((i for i, p in enumerate(people) if p.id == wanted), 0))

    def choose(self, name: str) -> None:
        """Stand on a person."""
        model = self.table.model()
        assert isinstance(model, Rows)
        self.table.choose(next(i for i, p in enumerate(model.rows) if p.name == name))

    def enter(self) -> None:
        """Into what stands beside the list."""
        for part in self.detail.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisible():
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def step_back(self) -> bool:
        """Leave the new account, or come back to the list."""
        if self._new is not None:
            self.leave_new()
            return True
        here = self.detail.focusWidget()
        if here is not None and here.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    @property
    def is_making(self) -> bool:
        return self._new is not None

    def new_account(self) -> None:
        """A form for a new account beside the list."""
        empty(self._side)
        self._new = NewAccount(self.page, self._made, self.leave_new)
        self.making.emit(True)
        fill(self._side, [self._new, None])
        self._new.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_new(self) -> None:
        """Back to the person one stood on."""
        self._new, self._shown = None, None
        self.making.emit(False)
        if (row := self.table.row()) is not None:
            self._show(row)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, name: str) -> None:
        self._new = None
        self.making.emit(False)
        self.page.say("good", _("The account of {name} is made").format(name=name),
                      _("Hand over the first password in person. Next: the security administrator sets what {name} may know of.").format(name=name))
        self.page.reread()

    def _show(self, person: PersonLine) -> None:
        if self._new is not None:
            return
        self._shown = person
        empty(self._side)
        kind, words = state_of(person)
        facts = [(_("Role"), person.role_title), (_("Post"), person.post), (_("Certificate"), person.certificate),
                 (_("May know of"), clearance_words(person.clearance)),
                 (_("Keys of the vault"), _("holds them") if person.entrusted else _("opens only what is approved"))]
        head = hbox((text(person.name, "heading", elide=True), 1), chip(words, kind), gap=8)
        mine = person.id == self._me
        acts: QWidget = OwnPassword(self.page) if mine else PersonActs(self.page, person)
        who = _("The system administrator makes, resets and closes accounts; the security administrator sets what may be known and unlocks; "
                "the leader entrusts keys.")
        fill(self._side, [head, *[pair(n, v, 88) for n, v in facts if v], acts, UnitPart(self.page, person), para(who, "small", "ink3"), None])
