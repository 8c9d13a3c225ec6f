"""试算: one case under every regulation, a column each; the row one stands on opens into the words of the articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.comparison import Cell as Answer
from desktop.policy.comparison import ComparedRow
from desktop.trial import Tried
from models.terms import CaseId
from views.common import Cell, Column, Empty, Rows, Table, button, frame, hbox, page_head, para, segmented, text, vbox
from views.common.layout import content, empty, fill, scroll
from views.common.page import Page
from views.common.panels import quote
from views.theme import THEME, follow

TONES = {"late": "late", "soon": "soon", "good": "good", "quiet": "ink3", "plain": "ink"}


class TrialPage(Page):
    """`go("trial")` shows the example, `go("trial", case=…)` a case of this archive."""

    name, icon, act, in_rail, under = "trial", "scales", "rulebook.read", False, "rulebook"

    @classmethod
    def title(cls) -> str:
        return _("Try a case")

    def build(self) -> None:
        self.tried: Tried | None = None
        self._read: Callable[[Progress], Tried] = lambda _progress: self.archive.trial.example()
        self.about = text("", "small", "ink2", elide=True)
        self.choose = button(_("Open facts …"), "", "folder-open", "Ctrl+O", on=self.ask)
        self.example = button(_("Example"), "quiet", "arrow-counter-clockwise", on=self.show_example)
        self.only = segmented([_("All"), _("Only what differs")], 0, _("Rows"), on=lambda _n: self._fill())
        self.place = QStackedWidget()
        self.grounds = vbox(gap=6)
        self.words = frame(vbox(scroll(content(self.grounds), _("The articles")), gap=0, margins=(16, 8, 8, 8)), "plain", _("The articles"))
        none = Empty("scales", _("Nothing to compare"), _("The facts name no limit and no activity yet."))
        self.place.addWidget(none)
        head = page_head(self.title(), self.example, self.choose)
        answers = frame(vbox(self.place, gap=0, margins=(8, 8, 8, 8)), "plain", _("Rows"))
        self.lay(head, hbox((self.about, 1), self.only), (answers, 1), self.words)
        self.table: Table | None = None
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.words.setFixedHeight(THEME.px(196))

    # Coming and going
    def opened(self, case: CaseId | None = None, **kw: Any) -> None:
        if case is not None:
            archive = self.archive
            self._take(lambda _progress: archive.trial.case(case))
        else:
            super().opened(**kw)

    def refresh(self) -> None:
        self.run(self._read, self._show, lane="reads")

    def show_example(self) -> None:
        """The case that came with the program."""
        archive = self.archive
        self._take(lambda _progress: archive.trial.example())

    def ask(self) -> None:
        """A file of facts, as `policy explain` takes it."""
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ReadOnly
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open the facts of a case"), str(Path.home()), "JSON (*.json)", options=options)
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Try the first case of this file; what was shown stays where the file cannot be read."""
        archive = self.archive
        self._take(lambda _progress: archive.trial.file(path))

    def _take(self, read: Callable[[Progress], Tried]) -> None:
        self.banner.clear()

        def taken(tried: Tried) -> None:
            self._read = read
            self._show(tried)

        self.run(read, taken, lane="reads")

    # What is shown
    def _show(self, tried: Tried) -> None:
        self.stale = False
        self.tried = tried
        differing = sum(row.differs for row in tried.rows)
        self.about.setText(_("{number}: {n} matters, {d} of them answered differently").format(
            number=tried.number or _("case without a number"), n=len(tried.rows), d=differing))
        columns = [Column(_("Matter"), 208, lambda row: Cell(row.title, row.group, bold=True))]
        columns += [Column(short, 0, _answer_of(number)) for number, short in enumerate(tried.shorts)]
        if self.table is not None:
            self.place.removeWidget(self.table)
            self.table.deleteLater()
        self.table = Table(Rows(columns), _("One case under {n} regulations").format(n=len(tried.shorts)))
        self.table.chosen.connect(self._open)
        self.place.addWidget(self.table)
        self._fill()
        self.table.setFocus()

    def _fill(self) -> None:
        if self.tried is None or self.table is None:
            return
        rows = [row for row in self.tried.rows if row.differs or not self.only.chosen]
        model = self.table.model()
        assert isinstance(model, Rows)
        model.show_rows(rows)
        self.place.setCurrentWidget(self.table if rows else self.place.widget(0))
        if rows:
            self.table.choose(0)
            self._open(rows[0])

    def _open(self, row: ComparedRow) -> None:
        """The articles of a row in their own words; regulations that rest on the same national article share it."""
        assert self.tried is not None
        empty(self.grounds)
        told: dict[tuple[str, str], list[str]] = {}
        for short, cell in zip(self.tried.shorts, row.cells, strict=True):
            told.setdefault((cell.article, cell.text), []).append(f"{short}：{cell.words}")
        parts: list[QWidget] = [text(row.title, "heading")]
        for (article, words), answers in told.items():
            parts.append(para("；".join(answers), "body", "ink"))
            if article:
                parts.append(text(article, "small", "ink2"))
            if words:
                parts.append(quote(f"“{words}”"))
        fill(self.grounds, [*parts, None])


def _answer_of(number: int) -> Callable[[ComparedRow], Cell]:
    def cell(row: ComparedRow) -> Cell:
        answer: Answer = row.cells[number]
        return Cell(answer.brief or answer.words, answer.article, ink=TONES[answer.tone])

    return cell
