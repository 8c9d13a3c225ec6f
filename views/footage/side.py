"""Beside the lists: the lens, the chosen recording, the statements, and the forms that take their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.i18n import _
from views.common import hbox, para, scroll, segmented, text, vbox
from views.common.layout import content, wings
from views.common.page import Page
from views.footage.activity_form import ActivityForm
from views.footage.forms import SideForm
from views.footage.gap_form import GapForm, UnsuitableForm
from views.footage.lens import Lens
from views.footage.link_form import LinkForm
from views.footage.recording import Recording
from views.footage.sheet_form import SheetForm
from views.footage.statements import StatementForm, Statements


class ReasonForm(SideForm):
    """An act that wants nothing but its reason."""

    def __init__(self) -> None:
        super().__init__("", "", _("Reason"))
        self.what = para("", "body", lead=1.6)
        self.lay(self.what)
        self.act: Callable[[str], object] = lambda _reason: None

    def begin(self, what: str, verb: str, act: Callable[[str], object]) -> None:
        """Ask why, then do it."""
        self.act = act
        self.what.setText(what)
        self.send.say(verb)
        self.begin_form(must=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


class Side(QFrame):
    """Three tabs and seven forms; one of them is seen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._banner = page.banner
        self.setProperty("panel", "plain")
        self.setAccessibleName(_("Beside the lists"))
        self.lens, self.recording, self.statements = Lens(), Recording(page), Statements()
        self.glass = scroll(self.lens, _("Coverage of recordings"))
        self.glass.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs = segmented([_("Coverage"), _("Recording"), _("Statements")], 0, _("Beside the lists"), self.show_tab)
        self.title = text("", "heading", elide=True)
        self.title.hide()
        self.shown: tuple[Any, ...] = (self.glass, self.recording, self.statements)
        head = content(hbox(self.tabs, (self.title, 100), None, gap=0))
        for part in self.shown[1:]:
            part.hide()
        self.forms: tuple[SideForm, ...] = ()
        self._wings = wings(self)
        self._box = vbox(head, *((part, 1) for part in self.shown), gap=8, margins=(16, 12, 16, 12))
        self.setLayout(self._box)

    def build(self) -> Iterator[None]:
        """Make the forms, some at a turn; each comes in when it is first wanted."""
        self.activity = ActivityForm()
        yield
        self.link, self.gap = LinkForm(), GapForm()
        yield
        self.unsuitable, self.statement = UnsuitableForm(), StatementForm()
        yield
        self.sheet, self.why = SheetForm(), ReasonForm()
        self.forms = (self.activity, self.link, self.gap, self.unsuitable, self.statement, self.sheet, self.why)
        for form in self.forms:
            form.setParent(self._wings)
            form.hide()

    @property
    def form(self) -> SideForm | None:
        """The form that is open."""
        return next((one for one in self.forms if one.parent() is self and not one.isHidden()), None)

    def show_tab(self, number: int) -> None:
        """One of the tabs; a form that is open goes."""
        self._show(self.shown[number], "")
        self.tabs.choose(number)

    def show_form(self, form: SideForm, title: str) -> None:
        """A form in the place of the tabs; what was said of the last act goes."""
        self._banner.clear()
        self._show(form, title)

    def _show(self, part: Any, title: str) -> None:
        if part.parent() is self._wings:
            self._box.addWidget(part, 1)
        for one in (*self.shown, *self.forms):  # hidden parts ask for no room, as they would in a stack
            if one is not part:
                one.hide()
        part.show()
        self.tabs.setVisible(not title)
        self.title.setText(title)
        self.title.setVisible(bool(title))
