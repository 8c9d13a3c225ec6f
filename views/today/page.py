"""The page of today: by role, what waits first on the left, and beside it what else concerns the person."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.today import Board, OverdueLine
from views.bridge import Handle
from views.common import Empty, button, content, empty, fill, frame, hbox, page_head, panel, para, text, vbox
from views.common.page import Page
from views.common.text import figures
from views.deposit.page import depositing
from views.deposit.words import resumable
from views.jobs_panel import JobRow
from views.reckoning import reckoning
from views.theme import THEME
from views.today import parts
from views.today.clocks import Clocks

SIDE = 376


class TodayPage(Page):
    """工作台."""

    name, icon, act = "today", "calendar-check", "today.read"
    listens_to = frozenset({"intake.", "records.", "requests.", "people.", "ledger.verify", "session.", "cases.", "procedure.", "disclosure.",
                             "complaints."})

    @classmethod
    def title(cls) -> str:
        return _("Today")

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return int(archive.today.count()) if archive.may("today.read").allowed else 0

    def build(self) -> None:
        tail = []
        if self.may("intake.begin").allowed:
            hint = _("Deposit recordings and papers  F2")
            tail.append(button(_("Deposit"), "primary", "tray-arrow-down", hint=hint, on=lambda: self.go("deposit")))
        self.head = page_head(self.title(), *tail)
        self._unread = True
        self.clocks: Clocks | None = None
        self._left, self._right = vbox(gap=16), vbox(gap=16)
        self.main = vbox(gap=0)
        self._main = content(self.main)
        self._left.addWidget(self._main)
        if self.archive.today.has_limits():
            self.clocks = Clocks(self.archive, self.bridge, self.go, self.tell)
            self._left.addWidget(self.clocks, 1)
            self._main.hide()
        else:
            self._left.setStretch(0, 1)
        self._side_place = side = content(self._right)
        side.setFixedWidth(THEME.px(SIDE))
        self._job = vbox(gap=16)
        self._job_place = content(self._job)
        self._others, self._overdue = vbox(gap=16), vbox(gap=0)
        self._overdue_place = content(self._overdue)
        self._overdue_place.hide()
        fill(self._right, [self._job_place, self._overdue_place, self._others, None])
        self.lay(self.head, (hbox((content(self._left), 1), side, gap=16), 1))
        self.bridge.started.connect(self._jobs)
        self.bridge.ended.connect(self._jobs)
        self._jobs()

    def refresh(self) -> None:
        today = self.archive.today

        def read(_progress: Progress) -> Board:
            board: Board = today.board()
            return board

        if self.clocks is not None:
            self.clocks.read()
        self.run(read, self._show, lane="reads")
        if self.clocks is not None and self.may("procedure.order_filing").allowed:
            self.run(lambda _progress: today.overdue(), self._show_overdue, lane="reads")

    def reread(self) -> None:
        """While the limits are reckoned anew, every batch would ask for it: once at the end is enough."""
        if reckoning(self.bridge.running) is None or self._unread:
            self._unread = False
            super().reread()

    def step_back(self) -> bool:
        return self.clocks is not None and self.clocks.close_sum()

    def _show(self, board: Board) -> None:
        now = self.archive.clock.now()
        if self.clocks is not None and board.due is not None:
            self.clocks.show_counts(board.due)
        empty(self._others)
        beside = self._side(board, now)
        fill(self._others, beside)
        self._side_place.setVisible(bool(beside))
        empty(self.main)
        first = self.clocks is None or bool(board.waiting)
        if first:
            fill(self.main, [(self._centre(board, now), 1)])
        self._main.setVisible(first)
        self.head.say(self.title(), self._summary(board))

    def _side(self, board: Board, now: Any) -> list[QWidget]:
        out: list[QWidget] = []
        if board.mine is not None and (self.clocks is not None or (board.mine and board.waiting is not None)):
            out.append(parts.mine_panel(board.mine, now, self.go))
        if board.running_out is not None:
            out.append(parts.running_out_panel(board.running_out, now, self.go))
        if board.stopped is not None:
            live = depositing(self.bridge.running)
            out.append(parts.stopped_panel([d for d in board.stopped if resumable(d, live)], board.quarantine or 0, now, self.go))
        if board.refused is not None:
            out.append(parts.ledger_panel(board.verified, now, self.go))
        return out

    def _centre(self, board: Board, now: Any) -> QFrame:
        """The first thing to do, for who has no clocks."""
        if board.waiting is not None:
            nothing = Empty("stamp", _("No request waits for you"),
                            _("A request comes here as soon as somebody asks. You sign it with your own key."))
            return _listed(_("Waiting for your decision"), len(board.waiting), parts.request_rows(board.waiting, now, self.go), nothing)
        if board.refused is not None:
            nothing = Empty("shield-check", _("Nothing was refused of late"), _("Refused acts stand here as they happen. Next: verify the ledger."))
            return _listed(_("Refused of late"), len(board.refused), parts.refused_rows(board.refused, now), nothing)
        if board.locked is not None:
            rows = parts.people_rows(board.first_passwords or (), board.locked)
            nothing = Empty("users", _("No account needs you"), _("Locked accounts and first passwords that were not changed yet stand here."))
            people = button(_("People"), "", "users", on=lambda: self.go("settings", tab="people"))
            return _listed(_("Accounts"), len(rows) // 2, rows, nothing, people)
        if board.mine:
            return parts.mine_panel(board.mine, now, self.go)
        nothing = Empty("calendar-check", _("Nothing waits for you now"),
                        _("Your requests stand here until they are decided. Next: look for the material in Search."))
        return _listed(_("My requests"), 0, [], nothing)

    def _summary(self, board: Board) -> str:
        said = []
        if board.due is not None and board.due.late:
            said.append(_("{n} limits are over").format(n=figures(board.due.late)))
        if board.due is not None and board.due.today:
            said.append(_("{n} end today").format(n=figures(board.due.today)))
        if board.waiting:
            said.append(_("{n} requests wait for your decision").format(n=figures(len(board.waiting))))
        if board.locked:
            said.append(_("{n} accounts are locked").format(n=figures(len(board.locked))))
        return "，".join(said) + ("。" if said else "") or _("Nothing is overdue.")

    def _show_overdue(self, lines: list[OverdueLine]) -> None:
        empty(self._overdue)
        clocks = self.clocks
        if lines and clocks is not None:
            self._overdue.addWidget(parts.overdue_panel(lines, self.archive.clock.now(), clocks.narrow))
        self._overdue_place.setVisible(bool(lines))
        if lines:
            self._side_place.show()

    def _jobs(self, handle: Handle | None = None) -> None:
        """The deposit under way, and the reckoning of limits, while there is one."""
        empty(self._job)
        live = [h for h in self.bridge.running if depositing([h])][:1]
        anew = reckoning(self.bridge.running)
        for job in live:
            self._job.addWidget(panel(_("Deposit under way"), JobRow(job)))
        if anew is not None:
            note = para(_("Days or rules have changed. Until this is done, some of the limits below stand as they were."), "small", "ink2")
            self._job.addWidget(panel(_("Time limits"), JobRow(anew), note))
        self._job_place.setVisible(bool(live) or anew is not None)
        if handle is not None and anew is None and reckoning([handle]) is not None:
            self.reread()


def _listed(title: str, count: int, rows: list[Any], nothing: Empty, *tail: QWidget) -> QFrame:
    """A titled list, or what its being empty means."""
    head = hbox(text(title, "heading"), text(figures(count) if count else "", "body", "ink3"), None, *tail, gap=8, margins=(16, 12, 16, 8))
    body: list[Any] = [*rows, None] if rows else [(nothing, 1)]
    return frame(vbox(head, *body, gap=0), "plain", title)
