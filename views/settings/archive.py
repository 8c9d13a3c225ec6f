"""档案库: its name and regulation, where it lies, how far it is checked, and what is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.i18n import _
from desktop.policy import profile
from desktop.policy.profile import silent_words, use_rule
from desktop.standing import Facts
from views.common import content, empty, fill, glyph, hbox, panel, para, text, vbox
from views.common.feedback import banner
from views.common.layout import scroll
from views.common.measures import size_words
from views.common.page import Page
from views.common.panels import pair, quote
from views.common.text import figures
from views.settings.keys import KeysPanel
from views.terms import office_time

if TYPE_CHECKING:
    from views.settings.renewing import Renewing


class ArchiveSection(QWidget):
    """What the archive is; a leader's acts on its keys."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        archive, rule = page.archive, profile(page.archive.header.profile)
        self._facts = vbox(gap=4)
        parts: list[Any] = []
        if archive.training:
            parts.append(banner("soon", _("This is a training archive"),
                                _("Its passwords are printed and it protects nothing. Keep no real record in it.")))
        names = (pair(_("Name of the archive"), archive.name, 96, face="serif"), pair(_("Archive number"), archive.header.archive_id, 96))
        parts.append(panel(_("Archive"), *names, self._facts, gap=4))
        consult, handing_over = use_rule(rule), rule.limits("deposit")[0]
        use = [quote(f"“{consult.text}”") if consult else para(silent_words(), "body", "ink2")]
        parts.append(panel(
            _("Regulation in force"), text(rule.title, "strong", face="serif", elide=True), 4,
            text(_("Handing over recordings · {article}").format(article=rule.cite(handing_over.article)), "small", "ink2"),
            quote(f"“{handing_over.text}”"), 4,
            text(_("Consulting and copying · {article}").format(article=rule.cite_rule(consult) if consult else rule.short), "small", "ink2"), *use))
        parts.append(panel(_("What is encrypted"), *[_line(icon, words) for icon, words in _protection()]))
        self.keys = KeysPanel(page, self.renew_sheet)
        parts.append(self.keys)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(content(vbox(*parts, None, gap=16, margins=(0, 0, 8, 0))), _("Archive"), fade=False))
        self.setLayout(vbox(self._stack, gap=0))
        self.renewing: Renewing | None = None

    def renew_sheet(self) -> None:
        """The steps of a new recovery sheet, in this place."""
        from views.settings.renewing import Renewing  # here, because few ever see it

        self.renewing = Renewing(self._page, self._renewed)
        self._stack.addWidget(self.renewing)
        self._stack.setCurrentWidget(self.renewing)
        self.renewing.begin()

    def _renewed(self) -> None:
        if self.renewing is not None:
            self._stack.removeWidget(self.renewing)
            self.renewing.deleteLater()
            self.renewing = None
            if self.isVisible():  # behind the lock there is nobody to read for
                self.keys.renew.setFocus()
                self.keys.read()

    def showEvent(self, event: QShowEvent) -> None:
        """What waits may have changed on any page."""
        super().showEvent(event)
        self.keys.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, another section, the lock: the words of a sheet do not wait behind it."""
        if self.renewing is not None:
            self.renewing.give_up()
        super().hideEvent(event)

    def read(self) -> None:
        """The figures of now, for who may read them."""
        may = self._page.may("settings.read")
        if not may.allowed:
            empty(self._facts)
            fill(self._facts, [para(_("Where it lies and how far it is signed is read by the administrators and the auditor."), "small", "ink3")])
            return
        standing = self._page.archive.standing

        def read(_progress: Any) -> Facts:
            facts: Facts = standing.facts()
            return facts

        self._page.run(read, self._show, lane="reads")

    def _show(self, facts: Facts) -> None:
        now = self._page.archive.clock.now()
        signed = _("{n} entries, signed {when}").format(n=figures(facts.checkpoint_size), when=office_time(facts.checkpoint_at, now)) \
            if facts.checkpoint_at else _("none yet; one is signed with the next approval, or on the page of the ledger")
        lines = [
            (_("Location"), facts.location), (_("Free space"), size_words(facts.free) if facts.free is not None else _("not known")),
            (_("Entries of the ledger"), _("{n} entries").format(n=figures(facts.entries))), (_("Checkpoint"), signed),
            (_("This desk"), _("{name}; {n} in all").format(name=facts.desk, n=facts.desks)),
        ]
        empty(self._facts)
        fill(self._facts, [pair(name, value, 96) for name, value in lines])


def _protection() -> list[tuple[str, str]]:
    return [
        ("vault", _("Every file is encrypted under a key of its own, and read back and compared after it is written.")),
        ("database", _("The database is encrypted page by page; its key lies in the keyring of this machine or under the desk passphrase.")),
        ("key", _("What a file’s key is sealed to is a compartment: open, personal privacy, trade secret, state secret. Only leaders hold them.")),
        ("scroll", _("Every act is one entry of the ledger; changed, missing or added rows are named by verification.")),
        ("info", _("Not encrypted: the name of the archive, sizes and number of the files.")),
    ]


def _line(icon: str, words: str) -> Any:
    return hbox(vbox(glyph(icon, "ink2", 20), None), (para(words), 1), gap=12)


