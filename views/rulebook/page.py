"""The page of the rules: six sections behind one choice, and the first act of the one in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.rulebook import Waiting
from views.rulebook.calendar import CalendarSection
from views.rulebook.matters import MattersSection
from views.rulebook.recorders import RecordersSection
from views.rulebook.regulations import RegulationsSection
from views.rulebook.section import Section, SectionedPage

if TYPE_CHECKING:
    from views.registers import CertificatesSection, PowersSection

_READS = {"recorders": "procedure.read", "powers": "registers.read", "certificates": "registers.read"}  # the others: whoever reads the rules


class RulebookPage(SectionedPage):
    """`opened(tab="calendar")` shows a section; `opened(rule="XG-16-deposit")` stands on a rule of the regulation in force."""

    name, icon, act = "rulebook", "scales", "rulebook.read"
    keys = ("regulations", "calendar", "matters", "recorders", "powers", "certificates")
    listens_to = frozenset({"rulebook.", "calendar.", "duty_list.", "recorders.", "procedure.recompute", "registers.",
                              "drafts.discard", "drafts.restore", "drafts.recall"})  # not each keeping of a draft

    @classmethod
    def title(cls) -> str:
        return _("Rules")

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return int(archive.rulebook.waiting().count)

    @classmethod
    def titles(cls) -> Sequence[str]:
        return _("Regulations"), _("Calendar"), _("Matters to record"), _("Recorders"), _("Powers"), _("Certificates")

    def kinds(self) -> Sequence[type[Section]]:
        from views.registers import CertificatesSection, PowersSection  # here, because that room stands on this one

        return RegulationsSection, CalendarSection, MattersSection, RecordersSection, PowersSection, CertificatesSection

    def build(self) -> None:
        self.lay_sections(_("Sections"))
        for number, name in enumerate(self.keys):
            if not self.may(_READS.get(name, self.act)).allowed:
                self.tabs.group.button(number).hide()

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

    def want(self, **kw: Any) -> None:
        super().want(**kw)
        if kw.get("rule"):
            self._stand_on(0)
            self.regulations.stand_on(str(kw["rule"]))

    def refresh(self) -> None:
        super().refresh()
        self.run(lambda _p: self.archive.rulebook.waiting(), self._say_counts, lane="reads")

    def _say_counts(self, waiting: Waiting) -> None:
        """What waits for this person, on the section where it is done."""
        counts = {"regulations": len(waiting.versions), "calendar": len(waiting.years), "matters": len(waiting.rows), "powers": waiting.powers}
        for number, (tab, name) in enumerate(zip(self.keys, self.titles(), strict=True)):
            self.tabs.label(number, _("{name} · {n}").format(name=name, n=counts[tab]) if counts.get(tab) else name)

    def left(self) -> None:
        super().left()
        if self.faces.made(0):
            self.regulations.leave()
