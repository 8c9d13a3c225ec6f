"""公开申请: the register, the pressing first, and beside it the request one stands on, or the form of its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.disclosure import DisclosureDraft, DisclosureFile, DisclosureLine
from desktop.i18n import _
from views.common import Cell, Column, Empty, Rows, Table
from views.common.page import Page
from views.disclosure.detail import RequestDetail
from views.disclosure.entry_form import RequestForm
from views.disclosure.register import RegisterSection
from views.disclosure.words import due_words, state_of
from views.rulebook.section import First


class RequestsSection(RegisterSection):
    """`file` is the request in view."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.file: DisclosureFile | None = None
        model = Rows([Column(_("Request and applicant"), 0, lambda r: Cell(r.draft.wanted, f"{r.draft.number}　{r.draft.applicant}")),
                      Column(_("State"), 176, self._state), Column(_("To be answered by"), 128, self._due)])
        nothing = Empty("globe-simple", _("No request for information yet"),
                        _("A request is registered on the day it comes; the time for its answer is counted from there."))
        self.detail = RequestDetail(page, self.begin_step, lambda: self.open_entry(self.file.line if self.file is not None else None))
        self.lay_out(_("Register of requests"), Table(model, _("Requests for information")), nothing, self.detail, lambda: RequestForm(page),
                     _("Request for information"))
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _r: self.detail.focus())

    def read(self) -> None:
        room, stood = self.page.archive.disclosure, self.file.line.id if self.file is not None else None
        closed, also = self._closed, self._wanted or stood
        self.page.run(lambda _p: room.all(closed, also), lambda lines: self.fill(lines, stood), lane="reads")

    def _show(self, line: DisclosureLine) -> None:
        room = self.page.archive.disclosure
        self.page.run(lambda _p: room.file(line.id), self._opened, lane="reads")

    def _opened(self, file: DisclosureFile) -> None:
        stood = self.table.row()
        if stood is None or stood.id != file.line.id:
            return  # one stands on another by now
        self.file = file
        self.detail_panel.rename(file.line.draft.number)
        self.detail.show_file(file)

    def _state(self, line: DisclosureLine) -> Cell:
        kind, words = state_of(line, self._now())
        return Cell(words, chip=kind)

    def _due(self, line: DisclosureLine) -> Cell:
        late = line.clock is not None and line.clock.late
        received = _("received {day}").format(day=f"{line.draft.received_on:%m-%d}")
        return Cell(due_words(line.clock) if line.pending else "–", received, ink="ink3" if not line.pending else "late" if late else "ink")

    # What may be done
    def first(self) -> First | None:
        return None if self.side.number else First(_("Register a request"), "plus", "disclosure.register")

    def begin_step(self, step: str, target: Any, about: str = "") -> None:
        """Into the form of a step; how far an answer may be put off, the rules say, and which recordings belong to no case, the archive."""
        room, cases = self.page.archive.disclosure, self.page.archive.cases
        if step == "extend":
            self.page.run(lambda _p: room.extendable(target), lambda most: self.open_step(step, target, about, most), lane="reads")
        elif step == "link_recording":
            self.page.run(lambda _p: cases.unlinked(), lambda found: self.open_step(step, target, about, recordings=found), lane="reads")
        else:
            self.open_step(step, target, about)

    def write_new(self, draft: DisclosureDraft) -> Callable[[], int]:
        return lambda: int(self.page.archive.disclosure.register(draft))

    def write_correction(self, line: DisclosureLine, draft: DisclosureDraft, why: str) -> Callable[[], object]:
        return lambda: self.page.archive.disclosure.correct(line.id, draft, why)

    def close_inside(self) -> bool:
        return self.detail.close_sum()
