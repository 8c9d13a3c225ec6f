"""案卷: the list of all case folders, narrowed by words, stage, kind and filing; a million of them open at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from desktop.archive import Archive
from desktop.cases import CaseFilter, CaseLine
from desktop.i18n import _
from models.terms import EnforcementKind, Stage
from views.common import Cell, Column, Empty, Table, button, combo, frame, hbox, page_head, search_box, shortcut, text, vbox
from views.common.page import Page
from views.common.tags import label_words
from views.common.text import figures
from views.common.windowed import AFTER, BLOCK, WindowedModel
from views.terms import as_kind, as_stage, kind_words, stage_words

PAUSE = 250  # ms after the last key before the list is narrowed


class CaseSource:
    """The list of case folders, newest first, as the windowed model asks for it."""

    def __init__(self, archive: Archive, narrowed: CaseFilter = CaseFilter()) -> None:
        self._cases, self.narrowed = archive.cases, narrowed

    def count(self) -> int:
        return self._cases.count(self.narrowed)

    def page(self, anchor: int | None, direction: int, n: int) -> list[CaseLine]:
        return self._cases.page(self.narrowed, anchor, direction == AFTER, n)

    def anchors(self, every: int = BLOCK) -> list[int]:
        """The room names the first row of each block; the model wants a key from behind which the block begins."""
        return [first + 1 for first in self._cases.anchors(self.narrowed, every)[1:]]

    def key(self, row: CaseLine) -> int:
        return int(row.id)


def columns() -> list[Column]:
    return [
        Column(_("Case number and cause"), 0, lambda c: Cell(c.case_number, c.cause)),
        Column(_("Parties"), 212, lambda c: Cell(c.parties or "–", ink="ink" if c.parties else "ink3")),
        Column(_("Officers"), 136, lambda c: Cell(c.officers or "–", ink="ink" if c.officers else "ink3")),
        Column(_("Stage"), 112, _stage),
        Column(_("Label"), 128, lambda c: Cell(label_words(c.carried.names[0]), badge=c.carried.names[0])),
        Column(_("Items"), 64, lambda c: Cell(figures(c.records)), right=True),
        Column(_("Begun"), 120, lambda c: Cell(c.started_on or "–", ink="ink2" if c.started_on else "ink3")),
    ]


def _stage(line: CaseLine) -> Cell:
    return Cell(_("filed"), chip="good") if line.filed_at else Cell(stage_words(line.stage))


class CasesPage(Page):
    """The list. Enter opens a case folder, Ctrl+N begins a new one, Ctrl+F goes to the words."""

    name, icon, act = "cases", "archive", "cases.read"
    listens_to = frozenset({"cases.create", "cases.edit", "cases.file", "records.", "intake.admit", "intake.link"})

    @classmethod
    def title(cls) -> str:
        return _("Cases")

    def build(self) -> None:
        self.new = button(_("New case folder"), "primary", "folder-plus", "Ctrl+N", on=lambda: self.go("case_form"))
        verdict = self.may("cases.create")
        self.new.heed(verdict)
        self.head = page_head(self.title(), self.new, sub="" if verdict.allowed else verdict.reason)
        self.model = WindowedModel(columns(), CaseSource(self.archive), self.bridge)
        self.model.ready.connect(self._ready)
        self.model.complete.connect(self._complete)
        self.model.failed.connect(self.tell)
        self.list = Table(self.model, self.title())
        self.list.opened.connect(self._open)
        self.list.setMinimumHeight(240)
        self.place = QStackedWidget()
        begin = button(_("New case folder"), "", "folder-plus", on=lambda: self.go("case_form"))
        begin.heed(verdict)
        self.nothing = Empty("archive", _("No case folder yet"), "", begin)
        self.unfound = Empty("magnifying-glass", _("Nothing found"), _("Other words, or fewer conditions, may find more."),
                             button(_("Drop the conditions"), on=self.clear_filter))
        for part in (self.list, self.nothing, self.unfound):
            self.place.addWidget(part)
        self._filters()
        self.lay(self.head, (frame(vbox(self.bar, (self.place, 1), gap=8, margins=(16, 12, 16, 12)), "plain", self.title()), 1))
        shortcut(self, "Ctrl+F", self.words.setFocus)

    def _filters(self) -> None:
        anything = _("All stages"), None
        self.words = search_box(_("e.g. a number, a cause, a party"), name=_("Words in cases"), on=lambda _w: self._narrow())
        self.words.setMinimumWidth(200)
        self.stage = combo([anything, *((stage_words(s), s) for s in Stage)], _("Stage"), lambda _v: self._narrow())
        self.kind = combo([(_("All kinds"), None), *((kind_words(k), k) for k in EnforcementKind)], _("Kind of act"),
                          lambda _v: self._narrow())
        filed = [(_("Filed or not"), None), (_("Not filed"), False), (_("Filed"), True)]
        self.filed = combo(filed, _("Filed"), lambda _v: self._narrow())
        self.counted = text("", "small", "ink3")
        self.bar = hbox((self.words, 1), self.stage, self.kind, self.filed, self.counted, gap=8)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._narrow)
        self.words.textChanged.connect(lambda _w: self._pause.start())

    @property
    def narrowed(self) -> CaseFilter:
        """What the bar asks for."""
        stage, kind, filed = self.stage.value(), self.kind.value(), self.filed.value()
        return CaseFilter(as_stage(stage), as_kind(kind), filed if isinstance(filed, bool) else None, self.words.text().strip())

    def clear_filter(self) -> None:
        """All case folders again."""
        for one in (self.stage, self.kind, self.filed):
            one.setCurrentIndex(0)
        self.words.clear()
        self._narrow()

    def opened(self, words: str = "", **kw: Any) -> None:
        if words:
            self.words.setText(words)
        super().opened()
        self.list.setFocus()

    def refresh(self) -> None:
        if self.model.rowCount():
            self.model.refresh()
        else:
            self.model.open(CaseSource(self.archive, self.narrowed))

    def left(self) -> None:
        self._pause.stop()

    def _narrow(self) -> None:
        self._pause.stop()
        if self.narrowed != self.model.source.narrowed:  # type: ignore[attr-defined]  # it is a CaseSource
            self.counted.setText("")
            self.model.open(CaseSource(self.archive, self.narrowed))

    def _ready(self) -> None:
        count = self.model.rowCount()
        if count < BLOCK:
            self._complete()
        plain = self.narrowed == CaseFilter()
        shown = self.list if count else self.nothing if plain else self.unfound
        self.place.setCurrentWidget(shown)
        if count and not self.list.currentIndex().isValid():
            self.list.choose(0)

    def _complete(self) -> None:
        """All of the list is counted, which for a million takes a moment longer than the first page."""
        self.counted.setText(_("{n} case folders").format(n=figures(self.model.rowCount())))

    def _open(self, line: CaseLine) -> None:
        self.go("case", case=line.id)
