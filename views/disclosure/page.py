"""The page of both registers: requests for information, and complaints, behind one choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.i18n import _
from views.disclosure.complaints import ComplaintsSection
from views.disclosure.requests import RequestsSection
from views.rulebook.section import Section, SectionedPage


class DisclosurePage(SectionedPage):
    """`go("disclosure", request=…)` stands on a request, `complaint=…` on a complaint, `tab="complaints"` on their register."""

    name, icon, act = "disclosure", "globe-simple", "disclosure.read"
    keys = ("requests", "complaints")
    listens_to = frozenset({"disclosure.", "complaints.", "calendar.", "procedure.recompute"})
    margins = (24, 16, 24, 16)

    @classmethod
    def title(cls) -> str:
        return _("Disclosure")  # short in English too: the narrow rail has room for a word

    @classmethod
    def titles(cls) -> Sequence[str]:
        return _("Requests for information"), _("Complaints")

    def kinds(self) -> Sequence[type[Section]]:
        return RequestsSection, ComplaintsSection

    def build(self) -> None:
        self.lay_sections(_("Registers"))

    @property
    def requests(self) -> RequestsSection:
        return self.faces.at(0)

    @property
    def complaints(self) -> ComplaintsSection:
        return self.faces.at(1)

    def want(self, **kw: Any) -> None:
        super().want(**kw)
        for number, wanted in enumerate((kw.get("request"), kw.get("complaint"))):
            if wanted is not None:
                self._stand_on(number)
                self.section.stand_on(int(wanted))
                self.stale = True

    def opened(self, **kw: Any) -> None:
        super().opened(**kw)
        self.section.to_list()
