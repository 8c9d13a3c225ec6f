"""The page of the rules: six sections behind one choice, and the first act of the one in view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.rulebook import Waiting
from views.common import button, hbox, page_head, segmented
from views.common.page import Page
from views.rulebook.calendar import CalendarSection
from views.rulebook.matters import MattersSection
from views.rulebook.recorders import RecordersSection
from views.rulebook.regulations import RegulationsSection
from views.rulebook.section import Faces, Section
from views.theme import THEME

if TYPE_CHECKING:
    from views.registers import CertificatesSection, PowersSection

TABS = ("regulations", "calendar", "matters", "recorders", "powers", "certificates")
_READS = {"recorders": "procedure.read", "powers": "registers.read", "certificates": "registers.read"}  # the others: whoever reads the rules


class RulebookPage(Page):
    """`opened(tab="calendar")` shows a section; `opened(rule="XG-16-deposit")` stands on a rule of the regulation in force."""

    name, icon, act = "rulebook", "scales", "rulebook.read"
    listens_to = frozenset({"rulebook.", "calendar.", "duty_list.", "recorders.", "procedure.recompute", "registers.",
                              "drafts.discard", "drafts.restore", "drafts.recall"})  # not each keeping of a draft

    @classmethod
    def title(cls) -> str:
        return _("Rules")

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return int(archive.rulebook.waiting().count)

    def build(self) -> None:
        self.primary = button("", "primary", "files", "Ctrl+N", on=lambda: self.section.begin())
        titles = [_("Regulations"), _("Calendar"), _("Matters to record"), _("Recorders"), _("Powers"), _("Certificates")]
        self.tabs = segmented(titles, 0, _("Sections"), on=self.show_tab)
        for number, name in enumerate(TABS):
            if not self.may(_READS.get(name, self.act)).allowed:
                self.tabs.group.button(number).hide()
        from views.registers import CertificatesSection, PowersSection  # here, because that room stands on this one

        self.faces = Faces(*[partial(self._make, kind) for kind in (RegulationsSection, CalendarSection, MattersSection, RecordersSection,
                                                                   PowersSection, CertificatesSection)])
        head = page_head(self.title(), self.primary)
        head.layout().addStrut(THEME.metric("control"))  # type: ignore[union-attr]  # it has one; the head stays where it is when the button goes
        self.lay(head, hbox(self.tabs, None), (self.faces, 1))
        self._read: set[int] = set()
        self._stand_on(0)

    def _make(self, kind: type[Section]) -> Section:
        """A section, when it is first shown."""
        out = kind(self)
        out.changed.connect(self._first)
        return out

    @property
    def regulations(self) -> RegulationsSection:
        return self.faces.at(0)

    @property
    def calendar(self) -> CalendarSection:
        return self.faces.at(1)

    @property
    def matters(self) -> MattersSection:
        return self.faces.at(2)

    @property
    def recorders(self) -> RecordersSection:
        return self.faces.at(3)

    @property
    def powers(self) -> PowersSection:
        return self.faces.at(4)

    @property
    def certificates(self) -> CertificatesSection:
        return self.faces.at(5)

    @property
    def section(self) -> Section:
        """The section in view."""
        here = self.faces.part
        assert isinstance(here, Section)
        return here

    def opened(self, **kw: Any) -> None:
        if kw.get("tab") in TABS:
            self._stand_on(TABS.index(kw["tab"]))
        if kw.get("rule"):
            self._stand_on(0)
            self.regulations.stand_on(str(kw["rule"]))
        super().opened(**kw)
        self.show_tab(self.faces.number)  # a page that was read already may not have read this section

    def refresh(self) -> None:
        """Only what is in view is read; the others when they are shown."""
        self._read = {self.faces.number}
        self.section.read()
        self.run(lambda _p: self.archive.rulebook.waiting(), self._say_counts, lane="reads")

    def _say_counts(self, waiting: Waiting) -> None:
        """What waits for this person, on the section where it is done."""
        counts = {"regulations": len(waiting.versions), "calendar": len(waiting.years), "matters": len(waiting.rows), "powers": waiting.powers}
        names = (_("Regulations"), _("Calendar"), _("Matters to record"), _("Recorders"), _("Powers"), _("Certificates"))
        for number, (tab, name) in enumerate(zip(TABS, names, strict=True)):
            self.tabs.label(number, _("{name} · {n}").format(name=name, n=counts[tab]) if counts.get(tab) else name)

    def left(self) -> None:
        if self.faces.made(0):
            self.regulations.leave()

    def show_tab(self, number: int) -> None:
        """Show one of the sections."""
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
