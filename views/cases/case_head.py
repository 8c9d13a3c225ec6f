"""The head of an opened case folder: number, labels, title in Song, the facts in one line, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.cases import Folder
from desktop.i18n import _
from views.common import badge, button, chip, fact, hbox, text, tool, vbox
from views.common.layout import content, empty, fill
from views.common.page import Page
from views.terms import kind_words, office_day, stage_words
from views.theme import THEME, follow


def missing(folder: Folder) -> list[str]:
    """What filing still lacks, as the room of cases asks for it: it answers in the end."""
    there = ((_("case number"), bool(folder.line.case_number)), (_("parties"), bool(folder.parties)),
             (_("officers"), bool(folder.officers)))
    return [name for name, found in there if not found]


class CaseHead(QWidget):
    """`edit`, `ask` and `file` are its buttons; the reason why one is closed stands beside the number and in its tooltip."""

    def __init__(self, page: Page, back: Callable[[], object]) -> None:
        super().__init__()
        self._page = page
        self.back = tool("arrow-left", _("Back") + "  Alt+←", on=back)
        self.number, self.title = text("", "body", "ink2"), text("", "title", face="serif", elide=True)
        self._tags, self._facts = hbox(gap=6), hbox(gap=24)
        self.edit = button(_("Change the folder"), "", "pencil-simple", hint=_("Change the case folder"))
        self.ask = button(_("Ask to view"), "", "eye", "Ctrl+Shift+V")
        self.file = button(_("File away"), "primary", "archive")
        top = hbox(self.number, self._tags, None, gap=8)
        self._indent = QWidget()
        middle = vbox(top, self.title, gap=2)
        self.setLayout(vbox(hbox(self.back, (middle, 1), self.edit, self.ask, self.file, gap=8),
                            hbox(self._indent, self._facts, None, gap=0), gap=6))

        follow(self, self._restyle)

    def _restyle(self) -> None:
        self._indent.setFixedWidth(THEME.metric("control") + 8)  # the facts begin under the title

    def show_folder(self, folder: Folder) -> None:
        """Say what the folder is."""
        line = folder.line
        self.number.setText(line.case_number)
        self.title.setText(line.cause)
        empty(self._tags)
        lacks = missing(folder)
        tags = [badge(name) for name in folder.label.names]
        if line.filed_at:
            tags.append(chip(_("filed {day}").format(day=office_day(line.filed_at)), "good"))
        elif lacks:
            tags.append(chip(_("missing: {what}").format(what="、".join(lacks)), "late"))
        fill(self._tags, tags)
        self._tell_facts(folder)
        self._allow(folder, lacks)

    def _tell_facts(self, folder: Folder) -> None:
        line = folder.line
        empty(self._facts)
        days = "–".join(filter(None, [line.started_on or "", line.ended_on or ""])) if line.ended_on else line.started_on or ""
        facts = [(_("Parties"), line.parties or "–"), (_("Officers"), line.officers or "–"), (_("Kind"), kind_words(line.kind)),
                 (_("Stage"), stage_words(line.stage)), (_("Begun"), days or "–"), (_("Place"), folder.place)]
        fill(self._facts, [content(fact(label, _short(words), label == _("Stage"))) for label, words in facts if words])

    def _allow(self, folder: Folder, lacks: list[str]) -> None:
        closed = _("The folder is filed and closed to changes") if folder.line.filed_at else ""
        edit, file = self._page.may("cases.edit"), self._page.may("cases.file")
        self.edit.allow(edit.allowed and not closed, closed or edit.reason)
        self.file.setVisible(file.allowed)
        lacking = _("Still missing: {what}").format(what="、".join(lacks)) if lacks else ""
        self.file.allow(not closed and not lacks, closed or lacking)

    def allow_asking(self, allowed: bool, reason: str) -> None:
        self.ask.allow(allowed, reason)


def _short(words: str, most: int = 26) -> str:
    """A fact is one line among several; a very long one is cut, the whole stands in the form."""
    return words if len(words) <= most else words[: most - 1] + "…"
