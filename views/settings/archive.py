"""档案库: its name and regulation, where it lies, how far it is checked, and what is encrypted."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy import profile
from desktop.policy.profile import silent_words, use_rule
from desktop.standing import Facts
from views.common import content, empty, fill, glyph, hbox, panel, para, rich, text, vbox
from views.common.feedback import banner
from views.common.layout import scroll
from views.common.measures import size_words
from views.common.page import Page
from views.common.panels import pair, quote
from views.common.text import em, figures
from views.terms import office_time


class ArchiveSection(QWidget):
    """Reads only."""

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
        sheet = rich(_("{head} It opens everything again when this machine or all leaders are lost. It belongs sealed into the leader’s safe; "
                       "whoever holds it needs no password."), head=em(_("The recovery sheet was printed once, when the archive was made.")))
        parts.append(panel(_("Recovery sheet"), hbox(vbox(glyph("lifebuoy", "soon", 20), None), (para(sheet), 1), gap=12)))
        self.setLayout(vbox(scroll(content(vbox(*parts, None, gap=16, margins=(0, 0, 8, 0))), _("Archive"), fade=False), gap=0))

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


