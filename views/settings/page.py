"""The page of settings: three sections side by side behind one choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.i18n import _
from views.common import button, hbox, page_head, segmented
from views.common.page import Page
from views.settings.archive import ArchiveSection
from views.settings.desk import DeskSection
from views.settings.people import PeopleSection
from views.theme import THEME

TABS = ("people", "desk", "archive")


class SettingsPage(Page):
    """`opened(tab="desk")` shows a section."""

    name, icon, at_bottom = "settings", "gear-six", True
    listens_to = frozenset({"people.", "settings.", "ledger.checkpoint"})

    @classmethod
    def title(cls) -> str:
        return _("Settings")

    def build(self) -> Iterator[None]:
        self.new = button(_("New account"), "primary", "user-plus", "Ctrl+N", on=self._new)
        self.tabs = segmented([_("People"), _("This desk"), _("Archive")], 0, _("Sections"), on=self.show_tab)
        yield
        self.stack = QStackedWidget()
        self.people = PeopleSection(self)
        yield
        self.desk = DeskSection(self)
        yield
        self.about = ArchiveSection(self)
        yield
        for part in (self.people, self.desk, self.about):
            self.stack.addWidget(part)
        head = page_head(self.title(), self.new)
        head.layout().addStrut(THEME.metric("control"))  # type: ignore[union-attr]  # it has one; the head stays where it is when the button goes
        self.people.making.connect(lambda _on: self.show_tab(0))
        self.lay(head, hbox(self.tabs, None), (self.stack, 1))
        self.show_tab(0)

    def opened(self, **kw: Any) -> None:
        if kw.get("tab") in TABS:
            self.show_tab(TABS.index(kw["tab"]))
        super().opened(**kw)

    def refresh(self) -> None:
        self.people.read()
        self.about.read()

    def show_tab(self, number: int) -> None:
        """Show one of the sections."""
        self.tabs.choose(number)
        self.stack.setCurrentIndex(number)
        self.new.setVisible(number == 0 and not self.people.is_making and self.may("people.create").allowed)

    def step_back(self) -> bool:
        return self.stack.currentIndex() == 0 and self.people.step_back()

    def _new(self) -> None:
        self.people.new_account()
