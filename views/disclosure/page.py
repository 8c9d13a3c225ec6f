"""The page of both registers: requests for information, and complaints, behind one choice."""

from __future__ import annotations

from functools import partial
from typing import Any

from desktop.i18n import _
from views.common import button, hbox, page_head, segmented
from views.common.page import Page
from views.disclosure.complaints import ComplaintsSection
from views.disclosure.register import RegisterSection
from views.disclosure.requests import RequestsSection
from views.rulebook.section import Faces
from views.theme import THEME

TABS = ("requests", "complaints")


class DisclosurePage(Page):
    """`go("disclosure", request=…)` stands on a request, `complaint=…` on a complaint, `tab="complaints"` on their register."""

    name, icon, act = "disclosure", "globe-simple", "disclosure.read"
    listens_to = frozenset({"disclosure.", "complaints.", "calendar.", "procedure.recompute"})
    margins = (24, 16, 24, 16)

    @classmethod
    def title(cls) -> str:
        return _("Disclosure")  # short in English too: the narrow rail has room for a word

    def build(self) -> None:
        self.primary = button("", "primary", "plus", "Ctrl+N", on=lambda: self.section.begin())
        self.tabs = segmented([_("Requests for information"), _("Complaints")], 0, _("Registers"), on=self.show_tab)
        self.faces = Faces(*[partial(self._make, kind) for kind in (RequestsSection, ComplaintsSection)])
        head = page_head(self.title(), self.primary)
        head.layout().addStrut(THEME.metric("control"))  # type: ignore[union-attr]  # it has one; the head stays where it is when the button goes
        self.lay(head, hbox(self.tabs, None), (self.faces, 1))
        self._read: set[int] = set()
        self._stand_on(0)

    def _make(self, kind: type[RegisterSection]) -> RegisterSection:
        out = kind(self)
        out.changed.connect(self._first)
        return out

    @property
    def requests(self) -> RequestsSection:
        return self.faces.at(0)

    @property
    def complaints(self) -> ComplaintsSection:
        return self.faces.at(1)

    @property
    def section(self) -> RegisterSection:
        """The register in view."""
        here = self.faces.part
        assert isinstance(here, RegisterSection)
        return here

    def opened(self, **kw: Any) -> None:
        if kw.get("tab") in TABS:
            self._stand_on(TABS.index(kw["tab"]))
        for number, wanted in enumerate((kw.get("request"), kw.get("complaint"))):
            if wanted is not None:
                self._stand_on(number)
                self.section.stand_on(int(wanted))
                self.stale = True
        super().opened(**kw)
        self.show_tab(self.faces.number)  # a page that was read already may not have read this section
        self.section.to_list()

    def refresh(self) -> None:
        """Only what is in view is read; the other when it is shown."""
        self._read = {self.faces.number}
        self.section.read()

    def show_tab(self, number: int) -> None:
        """Show one of the registers."""
        self._stand_on(number)
        if number not in self._read:
            self._read.add(number)
            self.section.read()

    def step_back(self) -> bool:
        return self.section.step_back()

    def _stand_on(self, number: int) -> None:
        self.tabs.choose(number)
        self.faces.turn(number)
        self._first()

    def _first(self) -> None:
        first = self.section.first()
        self.primary.setVisible(first is not None and self.may(first.act).allowed)
        if first is not None:
            self.primary.say(first.words, first.icon)
