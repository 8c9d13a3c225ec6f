"""打印: the papers of a case folder, each alone or all in one, saved as PDF/A; a button with a menu for the head of the case page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMenu

from desktop.i18n import PAPER, _, language
from desktop.reports.forms import Form, Paper
from desktop.reports.saving import save_papers
from models.filenames import safe_export_name
from models.terms import CaseId
from views.common.buttons import Button
from views.common.page import Page
from views.reports.saved import Chooser, choose_file, in_chinese, open_file, opener, saved_words


class PrintMenu(Button):
    """`show_case` says which case it prints. Enter, Space or Ctrl+P open the menu; what came of it stands in the page's banner."""

    def __init__(self, page: Page) -> None:
        super().__init__("", "tool", "printer", "Ctrl+P", _("Print papers of the case"))
        self._page = page
        self._case: CaseId | None = None
        self._number = ""
        self.choose_file: Chooser = choose_file
        self.open_file = open_file
        self.offer = QMenu(self)
        self.offer.setAccessibleName(_("Papers of the case"))
        self.allow(False, _("The case folder is being read"))
        self.clicked.connect(lambda *_a: self._ask())

    def show_case(self, case: CaseId, number: str) -> None:
        """Another case, opened on the page."""
        self._case, self._number = case, number
        self.heed(self._page.may("reports.print", case=int(case)))

    def _ask(self) -> None:
        """Read what there is to print, then open the menu."""
        if self._case is None:
            return
        reports, case = self._page.archive.reports, self._case
        self._page.run(lambda _progress: reports.offered(case), self._open, lane="reads")

    def fill(self, papers: Sequence[Paper]) -> None:
        """The whole set first; statements and recordings in menus of their own where there are several."""
        self.offer.clear()
        if note := in_chinese():
            self.offer.addAction(note).setEnabled(False)
            self.offer.addSeparator()
        self._add(self.offer, _("Everything in one file"), (), _("Whole set"))
        self.offer.addSeparator()
        inner = {Form.STATEMENT: _("Written statements"), Form.EVIDENCE: _("Descriptions of recordings")}
        for form in Form:
            some = tuple(paper for paper in papers if paper.form is form)
            several = form in inner and len(some) > 1
            place = self.offer.addMenu(inner[form]) if several else self.offer
            if several:
                self._add(place, _("All of them"), some, inner[form])
            for paper in some:
                self._add(place, _named(paper), (paper,), paper.title)

    def _add(self, place: QMenu, words: str, papers: Sequence[Paper], name: str) -> None:
        action = place.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda _on=False: self.save(papers, name))

    def save(self, papers: Sequence[Paper], name: str) -> None:
        """Ask where the PDF is to go, and set it there."""
        if self._case is None:
            return
        path = self.choose_file(self._page, _("Where the PDF is to go"), safe_export_name(f"{self._number} {name}.pdf"))
        if path is None:
            return
        archive, case = self._page.archive, self._case
        self.allow(False, _("The papers are being set"))

        def failed(error: Exception) -> None:
            self.allow(True)
            self._page.tell(error)

        self._page.run(lambda progress: save_papers(archive, case, papers, path, progress), self._saved, failed, lane="wide",
                       title=_("Print {name}").format(name=name))

    def _open(self, papers: list[Paper]) -> None:
        self.fill(papers)
        self.offer.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.offer.setActiveAction(next(action for action in self.offer.actions() if action.isEnabled() and not action.isSeparator()))

    def _saved(self, path: Path) -> None:
        self.allow(True)
        self._page.say("good", _("Saved: {name}").format(name=path.name), saved_words(path), opener(path, self.open_file))


def _named(paper: Paper) -> str:
    """What a paper is called in the menu: its own title, at another desk after what that is."""
    if language() == PAPER:
        return paper.title
    names = {Form.COVER: _("Cover"), Form.CONTENTS: _("Contents list"), Form.STATEMENT: _("Statement"),
             Form.EVIDENCE: _("Description of audio-visual material"), Form.COMPLETENESS: _("Completeness sheet"), Form.END_SHEET: _("End-sheet")}
    return f"{names[paper.form]} · {paper.title}"
