"""我的申请: one's own requests with what became of them; what is approved opens from here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.approvals import AskedLine, RequestLine
from desktop.i18n import _
from models.terms import RequestId, RequestState
from views.approvals.wording import consequence
from views.common import Cell, Column, Empty, Rows, Table, button, chip, frame, hbox, page_head, para, rule, scroll, text, vbox
from views.common.layout import content, empty, fill
from views.common.page import Page
from views.terms import office_time, request_state, spans_words, verb_words
from views.theme import THEME, follow

SIDE = 400


class RequestsPage(Page):
    """The newest first. Enter opens what is approved; what still waits can be withdrawn."""

    name, icon, act = "requests", "hand-palm", "requests.create"
    listens_to = frozenset({"requests."})

    @classmethod
    def title(cls) -> str:
        return _("My requests")

    def build(self) -> None:
        self._wanted: RequestId | None = None
        to_cases = button(_("Choose in a case folder"), "primary", "archive", on=lambda: self.go("cases"))
        self.head = page_head(self.title(), to_cases)
        self.model = Rows(self._columns())
        self.table = Table(self.model, self.title())
        self.table.chosen.connect(lambda line: self._show_one(line))
        self.table.opened.connect(self._open_first)
        self._facts = vbox(gap=8, margins=(0, 0, 14, 0))
        self.withdraw = button(_("Withdraw"), "danger", "arrow-u-up-left", on=self.withdraw_it)
        self.side = frame(vbox((scroll(content(self._facts), _("The chosen request")), 1), hbox(None, self.withdraw), gap=8,
                               margins=(16, 12, 16, 12)), "plain", _("The chosen request"))
        self.place = QStackedWidget()
        self.full = content(hbox((frame(vbox(self.table, margins=(16, 12, 16, 12)), "plain", self.title()), 1), self.side, gap=16))
        self.none = Empty("hand-palm", _("You have not asked for anything yet"),
                          _("Choose what you need in a case folder and ask to view it. The leader decides."))
        self.place.addWidget(self.full)
        self.place.addWidget(self.none)
        self.lay(self.head, (self.place, 1))
        follow(self, self._restyle)

    def _columns(self) -> list[Column]:
        now = self.archive.clock.now

        def state(line: RequestLine) -> Cell:
            kind, words = request_state(line, now())
            return Cell(words, chip=kind)

        return [
            Column(_("What is asked for"), 0, lambda r: Cell(f"{verb_words(r.verb)} {'、'.join(i.title for i in r.items)}", r.purpose)),
            Column(_("Request number"), 148, lambda r: Cell(r.number, office_time(r.created_at, now()))),
            Column(_("State"), 204, state),
        ]

    def _restyle(self) -> None:
        self.side.setFixedWidth(THEME.px(SIDE))

    def opened(self, made: RequestId | None = None, **kw: Any) -> None:
        self._wanted = made
        if made is not None:
            self.stale = True
        super().opened()
        self.table.setFocus()

    def refresh(self) -> None:
        archive = self.archive
        self.run(lambda _p: archive.approvals.mine(), self._show, lane="reads")

    def _show(self, lines: list[RequestLine]) -> None:
        stood = self.table.row()
        wanted = self._wanted or (stood.id if stood else None)
        self.model.show_rows(lines)
        self.place.setCurrentWidget(self.full if lines else self.none)
        if lines:
            ids = [line.id for line in lines]
            self.table.choose(ids.index(wanted) if wanted in ids else 0)
        if self._wanted is not None and (made := next((line for line in lines if line.id == self._wanted), None)):
            self.say("good", _("{number} is with the leader.").format(number=made.number))
        self._wanted = None

    @property
    def line(self) -> RequestLine | None:
        """The request one stands on."""
        out: RequestLine | None = self.table.row()
        return out

    def _show_one(self, line: RequestLine) -> None:
        empty(self._facts)
        kind, words = request_state(line, self.archive.clock.now())
        parts: list[object] = [
            hbox(text(line.number, "heading"), None, chip(words, kind), gap=8),
            para(consequence(_as_asked(line), self.archive.clock.now()), "body", "ink", "serif", 1.7),
        ]
        fill(self._facts, [*parts, *self._story(line), rule(), *[self._item(line, i) for i in line.items], None])
        waits = line.state is RequestState.WAITING
        verdict = self.may("requests.withdraw")
        self.withdraw.setVisible(waits)
        self.withdraw.heed(verdict)

    def _story(self, line: RequestLine) -> list[object]:
        """What became of it, in words: who decided, why, until when."""
        now = self.archive.clock.now()
        told = [(_("Purpose"), line.purpose), (_("Asked"), office_time(line.created_at, now)), (_("Until"), office_time(line.until, now))]
        if line.case_number:
            told.insert(0, (_("Case folder"), line.case_number))
        if line.decided_by:
            told.append((_("Decided"), f"{line.decided_by} · {office_time(line.decided_at, now)}"))
        if line.reason:
            told.append((_("Reason"), line.reason))
        if line.revoked_at:
            told.append((_("Taken back"), f"{office_time(line.revoked_at, now)} · {line.revoke_reason}"))
        return [_fact(label, words) for label, words in told]

    def _item(self, line: RequestLine, item: AskedLine) -> object:
        words = vbox(text(item.title, "body", elide=True), text(spans_words(item.spans, item.duration_us), "small", "ink3", elide=True), gap=0)
        if not line.usable:
            return hbox((words, 1))
        opens = button(_("Open"), "", "play", on=lambda: self._open(line, item))
        opens.setAccessibleName(_("Open {title}").format(title=item.title))
        opens.heed(self.may("media.open"))
        return hbox((words, 1), opens, gap=8)

    def _open_first(self, line: RequestLine) -> None:
        if line.usable and line.items and self.may("media.open").allowed:
            self._open(line, line.items[0])

    def _open(self, line: RequestLine, item: AskedLine) -> None:
        self.go("player", component=item.component, grant=line.grant)

    def withdraw_it(self) -> None:
        """Take back the chosen request while it waits."""
        line, archive = self.line, self.archive
        if line is None:
            return
        self.withdraw.allow(False, _("Sending …"))

        def done(_none: object) -> None:
            self.say("info", _("{number} is withdrawn. You can ask again at any time.").format(number=line.number))
            self.reread()

        def failed(error: Exception) -> None:
            self.tell(error)
            self.reread()

        self.run(lambda _p: archive.approvals.withdraw(line.id), done, failed, lane="reads")


def _as_asked(line: RequestLine) -> RequestLine:
    """One's own withdrawal is no refusal: the sentence says what was asked."""
    return replace(line, state=RequestState.WAITING) if line.state is RequestState.WITHDRAWN else line


def _fact(label: str, words: str) -> object:
    name = text(label, "small", "ink3")
    name.setFixedWidth(THEME.px(72))
    return hbox(vbox(2, name, None), (para(words, "body", lead=1.4), 1), gap=8)
