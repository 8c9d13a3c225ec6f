"""The page of decisions: the queue by due time, one digest, one signature; and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.approvals import Asked, Digest, RequestLine
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.media.excerpts import Excerpt, excerpts
from models.terms import GrantId, RequestId, RequestState
from views.approvals.decision import DecisionPanel
from views.approvals.digest import DigestView
from views.approvals.narrowing import Narrowing
from views.approvals.wording import left_of, narrowed, short
from views.common import Cell, Column, Empty, Panel, Rows, Table, button, content, hbox, page_head, panel, segmented, shortcut, vbox
from views.common.dialogs import ask_reason
from views.common.layout import least_height
from views.common.page import Page
from views.errors import words_of
from views.terms import request_state, verb_words
from views.theme import THEME

LOW, NARROW = 700, 1220  # px of the page: under these it takes less air
Read = tuple[list[RequestLine], list[RequestLine]]


class ApprovalsPage(Page):
    """`go("approvals", request=…)`. Ctrl+Enter signs, P previews, arrows go through the queue."""

    name, icon, act = "approvals", "stamp", "requests.decide"
    listens_to = frozenset({"requests."})
    margins = (24, 16, 24, 16)

    @classmethod
    def title(cls) -> str:
        return _("Approvals")

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return len(archive.approvals.waiting())

    def build(self) -> Iterator[None]:
        self.digest: Digest | None = None
        self._wanted: RequestId | None = None
        self._asked: RequestId | None = None
        self._lines: Read = ([], [])
        self._signing = False
        self.folder = button(_("Open the case folder"), "", "archive", on=self._to_case)
        self.head = page_head(_("Approvals"), self.folder)
        self.which = segmented([_("To decide"), _("Already decided")], 0, _("Which requests"), on=lambda _n: self._show_queue())
        self.queue = Table(Rows([Column(_("Earliest end first"), 0, self._cell)]), _("Requests"))
        self.queue.chosen.connect(self._choose)
        self.queue.opened.connect(lambda _row: self.decision.password.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.left_panel: Panel = panel(_("Requests"), self.which, (self.queue, 1), gap=8)
        yield
        self.view, self.decision = DigestView(), DecisionPanel()
        yield
        self.narrowing = Narrowing(self._narrow)
        self.narrowing.hide()
        self.nothing = Empty("stamp", _("Nothing waits for a decision"))
        self.work = content(hbox((vbox((self.view, 1), (self.narrowing, 1), gap=12), 1), self.decision, gap=16))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.work)
        self.stack.addWidget(self.nothing)
        self.lay(self.head, (hbox(self.left_panel, (self.stack, 1), gap=16), 1))
        self._connect()

    def _connect(self) -> None:
        self.decision.yes.clicked.connect(lambda *_a: self._sign(True))
        self.decision.no.clicked.connect(lambda *_a: self._sign(False))
        self.decision.part.clicked.connect(lambda *_a: self._part(self.decision.part.isChecked()))
        self.decision.back.clicked.connect(lambda *_a: self._take_back())
        self.decision.password.returnPressed.connect(lambda: self.decision.yes.setFocus(Qt.FocusReason.TabFocusReason))
        self.view.preview.clicked.connect(lambda *_a: self._preview())
        # Only where nobody types: a P in the reason is a letter.
        for place in (self.queue, self.view):
            shortcut(place, "P", self._preview)

    # Reading
    def opened(self, request: RequestId | None = None, **kw: Any) -> None:
        if request is not None:
            self._wanted, self.stale = request, True
        super().opened(**kw)
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        approvals = self.archive.approvals
        self.run(lambda _progress: (approvals.waiting(), approvals.decided()), self._took, lane="reads")

    def _took(self, read: Read) -> None:
        waiting, decided = read
        self._lines = (sorted(waiting, key=lambda line: line.until), [line for line in decided if line.items])
        self.which.label(0, _("To decide {n}").format(n=len(waiting)) if waiting else _("To decide"))
        if self._wanted is not None:
            self.which.choose(0 if any(line.id == self._wanted for line in waiting) else 1)
        self._show_queue()

    def _show_queue(self) -> None:
        rows = self._lines[self.which.chosen]
        model = self.queue.model()
        assert isinstance(model, Rows)
        keep = self._wanted or (self.digest.request.id if self.digest else None)
        self._wanted = None
        model.show_rows(rows)
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.stack.setCurrentWidget(self.work if rows else self.nothing)
        self.folder.setVisible(bool(rows))
        if not rows:
            self.digest = None
            self.head.say(_("Approvals"))
            first = _("Nothing waits for a decision"), _("What somebody asks to view or copy appears here, the earliest end first.")
            self.nothing.say(*(first if self.which.chosen == 0 else (_("Nothing was decided yet"), _("Decisions stay here, and may be taken back."))))
            return
        self.queue.choose(next((n for n, line in enumerate(rows) if line.id == keep), 0))

    def _cell(self, line: RequestLine) -> Cell:
        now = self.archive.clock.now()
        if line.state is not RequestState.WAITING:
            return Cell(short(line), f"{line.number} · {request_state(line, now)[1]}")
        _share, kind, words = left_of(line, now)
        return Cell(short(line), words, ink={"late": "late", "soon": "soon"}.get(kind, "ink"))

    def _choose(self, line: RequestLine) -> None:
        """Read the digest of the request in the queue: what is signed is what was read, not what the list remembers."""
        self._asked = line.id
        approvals = self.archive.approvals
        self.run(lambda _progress: approvals.digest(line.id), self._show, self._gone, lane="reads")

    def _gone(self, error: Exception) -> None:
        self.digest = None
        self.tell(error)

    def _show(self, digest: Digest) -> None:
        line = digest.request
        if line.id != self._asked:
            return
        if self.digest is not None and (self.digest.digest, self.digest.request, self.digest.earlier) == (digest.digest, line, digest.earlier):
            return  # read again after an act elsewhere: what is typed and looked at stays
        self.digest = digest
        now = self.archive.clock.now()
        self._part(False)
        self.head.say(_("{number}　Request to {verb}").format(number=line.number, verb=verb_words(line.verb)))
        self.view.show_digest(digest, now)
        self.decision.show_digest(digest, now)
        self._fit()
        self.folder.setVisible(line.case is not None and self.may("cases.look").allowed)
        self.decision.back.heed(self.may("requests.revoke"))
        self.view.preview.heed(self.may("requests.preview", component=self.view.shown_item.component if self.view.shown_item else 0))

    # Looking
    def _preview(self) -> None:
        item, digest = self.view.shown_item, self.digest
        if item is None or digest is None or digest.request.state is not RequestState.WAITING or not self.view.preview.isEnabled():
            return
        archive, request = self.archive, digest.request.id
        self.view.preview.allow(False, _("The pictures are being drawn …"))
        self.view.bar.say(_("The pictures are being drawn …"))

        def look(progress: Progress) -> tuple[Excerpt, ...]:
            return excerpts(archive, archive.media.preview(request, item.component), progress)

        def show(found: tuple[Excerpt, ...]) -> None:
            self.view.preview.allow(True)
            if self.view.shown_item == item:
                self.view.bar.show_pictures(found)

        def fail(error: Exception) -> None:
            self.view.preview.allow(True)
            self.view.bar.say(words_of(error).what)
            self.tell(error)

        self.run(look, show, fail, lane="wide", title=_("Preview"))

    # Deciding
    def _part(self, on: bool) -> None:
        """Choose a part in the place of the digest's lower half, or come back to the whole."""
        if on and self.digest is not None:
            self.narrowing.show_line(self.digest.request)
        self.decision.partial(on)
        self.narrowing.setVisible(on)
        self.view.setVisible(not on)
        if on:
            self.narrowing.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self._narrow()

    def _narrow(self) -> None:
        """What would be granted changed: the sentence says so, and the button follows."""
        chosen = self._chosen() if self.digest is not None else None
        if self.digest is None or not self.decision.part.isChecked():
            self.decision.yes.allow(True)
            return
        line = narrowed(self.digest.request, chosen or ())
        self.narrowing.say(line if line.items else None, self.archive.clock.now())
        self.decision.yes.allow(bool(chosen), _("Nothing is chosen, or some seconds are not right"))

    def _chosen(self) -> Sequence[Asked] | None:
        return self.narrowing.chosen() if self.decision.part.isChecked() else None

    def _sign(self, approve: bool) -> None:
        """Sign in a worker: opening the key takes a moment on purpose."""
        digest, decision = self.digest, self.decision
        if digest is None or self._signing:
            return
        items = self._chosen() if approve else None
        if decision.part.isChecked() and approve and not items:
            return
        reason, secret = decision.reason.text().strip(), decision.password.text()
        if (items is not None or not approve) and not reason:
            decision.reason_field.tell("bad", _("Write why; it stands in the decision"))
            decision.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        decision.reason_field.tell("")
        if not secret:
            decision.password_field.tell("bad", _("Type the password to sign"))
            decision.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._signing = True
        decision.busy(True)
        decision.password.clear()
        approvals, request = self.archive.approvals, digest.request

        def sign(_progress: Progress) -> GrantId | None:
            grant: GrantId | None = approvals.decide(request.id, approve, reason, secret, digest.digest, items)
            return grant

        self.run(sign, lambda _grant: self._signed(request, approve), self._refused, lane="reads")

    def _signed(self, request: RequestLine, approve: bool) -> None:
        self._signing = False
        self.decision.busy(False)
        self.decision.clear()
        self.digest = None
        if approve:
            words = _("{who} can open it from now on, until then. It can be taken back under Already decided.")
            self.say("good", _("Approved: {number}").format(number=request.number), words.format(who=request.requester))
        else:
            self.say("info", _("Not approved: {number}").format(number=request.number),
                     _("{who} sees the reason; nothing can be opened.").format(who=request.requester))
        self.reread()
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        self._signing = False
        self.decision.busy(False)
        if isinstance(error, Refusal) and error.code == "password.wrong":
            self.decision.password_field.tell("bad", str(error))
            self.decision.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tell(error)
        if isinstance(error, Refusal) and error.code in ("requests.changed", "requests.decided"):
            self.digest = None
            self.reread()

    def _take_back(self) -> None:
        if self.digest is None or self.digest.request.grant is None:
            return
        line, approvals = self.digest.request, self.archive.approvals
        grant = self.digest.request.grant
        what = _("{who} can open nothing under {number} from the next moment on, also in a player that is open now.")

        def revoke(reason: str) -> None:
            self.run(lambda _progress: approvals.revoke(grant, reason), lambda _none: self._taken_back(line), lane="reads")

        ask_reason(self, _("Take back {number}").format(number=line.number), what.format(who=line.requester, number=line.number),
                   _("Take back"), revoke, danger=True)

    def _taken_back(self, line: RequestLine) -> None:
        self.say("good", _("Taken back: {number}").format(number=line.number))
        self.reread()

    def _to_case(self) -> None:
        if self.digest is not None and self.digest.request.case is not None:
            self.go("case", case=self.digest.request.case)

    def step_back(self) -> bool:
        """Esc first leaves the choice of a part."""
        if self.decision.part.isChecked():
            self._part(False)
            return True
        return False

    def left(self) -> None:
        self.decision.password.clear()

    # Room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight, narrow = self.height() < THEME.px(LOW), self.width() < THEME.px(NARROW)
        self.left_panel.setFixedWidth(THEME.px(208 if narrow else 248))
        self.decision.setFixedWidth(THEME.px(264 if narrow else 296))
        self.view.tighten(tight)
        self.decision.tighten(tight)
        self.room.setSpacing(8 if tight else 12)
        self.room.setContentsMargins(24, 8 if tight else 16, 24, 8 if tight else 16)
        self._fit()

    def _fit(self) -> None:
        """A stacked widget asks for the height that wrapped text has at its least width, and would make the page scroll: say what it
        takes at the width it has."""
        side = self.decision.width()
        middle = max(self.width() - 48 - self.left_panel.width() - side - 32, self.view.minimumWidth())
        wanted = [least_height(layout, width) for part, width in ((self.view, middle), (self.decision, side)) if (layout := part.layout())]
        self.work.setMinimumHeight(max(wanted))


