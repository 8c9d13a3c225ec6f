"""投诉举报: the register, and beside it the complaint one stands on, or a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from desktop.complaints import ComplaintChange, ComplaintDraft, ComplaintLine
from desktop.i18n import _
from views.common import Cell, Column, Empty, Rows, Table, badge, button, chip, content, empty, fill, hbox, para, rule, scroll, text, vbox
from views.common.page import Page
from views.common.panels import pair
from views.disclosure.entry_form import ComplaintForm
from views.disclosure.register import RegisterSection
from views.disclosure.words import about_words, change_words, channel_words
from views.rulebook.section import First

NAMES = 84  # px: the longest name of a value


class ComplaintsSection(RegisterSection):
    """Nothing runs against the clock here; `line` is the complaint in view."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.line: ComplaintLine | None = None
        self.acts: dict[str, Any] = {}
        model = Rows([Column(_("Complaint"), 0, lambda c: Cell(c.draft.about, f"{c.draft.number}　{c.draft.complainant or _('no name given')}")),
                      Column(_("State"), 120, lambda c: Cell(*_state(c)[1:], chip=_state(c)[0])),
                      Column(_("Received"), 128, lambda c: Cell(c.draft.received_on.isoformat(), c.draft.handler))])
        nothing = Empty("note", _("No complaint yet"),
                        _("A complaint is registered with what, when and where it was; recordings of it are guarded until it is closed."))
        self._inner = vbox(gap=8, margins=(0, 0, 14, 0))
        self.lay_out(_("Register of complaints"), Table(model, _("Complaints")), nothing, scroll(content(self._inner), _("The chosen complaint")),
                     lambda: ComplaintForm(page), _("Complaint"))
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _r: self._focus())

    def read(self) -> None:
        room, stood = self.page.archive.complaints, self.line.id if self.line is not None else None
        closed, also = self._closed, self._wanted or stood
        self.page.run(lambda _p: room.all(closed, also), lambda lines: self.fill(lines, stood), lane="reads")

    def _show(self, line: ComplaintLine) -> None:
        self.line, room = line, self.page.archive.complaints
        self.page.run(lambda _p: room.changes(line.id), lambda found: self._detail(line, found), lane="reads")

    def _detail(self, line: ComplaintLine, changes: list[ComplaintChange]) -> None:
        if self.line is not line:
            return  # one stands on another by now
        draft = line.draft
        self.detail_panel.rename(draft.number)
        empty(self._inner)
        self.acts = {}
        facts = [(_("Who complains"), "　".join(filter(None, (draft.complainant or _("no name given"), draft.contact)))),
                 (_("Received"), f"{draft.received_on.isoformat()}　{channel_words(draft.channel)}"), (_("In charge"), draft.handler),
                 (_("It is about"), about_words(draft.about_from, draft.about_to, draft.place, draft.officer)), (_("Case"), line.case_number),
                 (_("Closed on"), line.closed_on.isoformat() if line.closed_on else ""), (_("Result of the complaint"), line.result)]
        kind, words = _state(line)
        change = button(_("Correct …"), "quiet", "pencil-simple", on=lambda: self.open_entry(line))
        if not line.open or not self.page.may("complaints.correct").allowed:
            change.hide()
        fill(self._inner, [hbox(chip(words, kind), badge(draft.label.names[0]), None, change, gap=8), para(draft.about, "body", "ink", "serif"),
                           *[pair(name, said, NAMES) for name, said in facts if said], *self._next(line), *_history(changes), None])

    def _next(self, line: ComplaintLine) -> list[Any]:
        step, words, icon = (("complaint_close", _("Close it …"), "check") if line.open else
                             ("complaint_reopen", _("Take it up again …"), "arrow-counter-clockwise"))
        one = button(words, "", icon, on=lambda: self.open_step(step, line.id, line.draft.about))
        one.heed(self.page.may(step.replace("complaint_", "complaints.")))
        self.acts[step] = one
        row = [one]
        if line.draft.case is not None:
            row.append(button(_("Open the case folder"), "quiet", "archive", on=lambda: self.page.go("case", case=line.draft.case)))
        said = (_("Recordings without a case that it touches by day, place or officer are guarded until it is closed.") if line.guards else
                _("It names no day, place or officer: no recording without a case is guarded by it."))
        return [6, rule(), text(_("What comes next"), "heading"), hbox(*row, None),
                para(said if line.open else _("It is closed and guards nothing any more."), "small", "ink3", lead=1.5)]

    def _focus(self) -> None:
        for one in self.acts.values():
            if one.isEnabled():
                one.setFocus(Qt.FocusReason.OtherFocusReason)

    # What may be done
    def first(self) -> First | None:
        return None if self.side.number else First(_("Register a complaint"), "plus", "complaints.register")

    def write_new(self, draft: ComplaintDraft) -> Callable[[], int]:
        return lambda: int(self.page.archive.complaints.register(draft))

    def write_correction(self, line: ComplaintLine, draft: ComplaintDraft, why: str) -> Callable[[], object]:
        return lambda: self.page.archive.complaints.correct(line.id, draft, why)


def _state(line: ComplaintLine) -> tuple[str, str]:
    return ("run", _("being dealt with")) if line.open else ("quiet", _("dealt with"))


def _history(changes: list[ComplaintChange]) -> list[Any]:
    said = [para(change_words(one.at, one.person, one.field, one.old, one.new, one.reason), "small", "ink2", lead=1.5) for one in changes]
    return [6, rule(), text(_("Corrections"), "heading"), *said] if said else []
