"""发起查阅: what is asked for, how, why and until when, with the sentence that the leader will read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.approvals import RequestDraft, RequestLine
from desktop.clock import stamp
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from desktop.record_lines import RecordLine
from models.terms import CaseId, RecordId, RequestId, RequestState, Verb
from views.approvals.digest import Sentence
from views.approvals.wording import consequence
from views.cases.reading import folder_of
from views.common import button, edit, field, frame, hbox, page_head, panel, scroll, segmented, text, text_area, vbox
from views.common.layout import content, empty
from views.common.page import Page
from views.requests.items import Item
from views.terms import read_day
from views.theme import THEME, follow

DAYS, LAST_HOUR = 7, time(18, 0)  # proposed: a week, until the end of the office day
SIDE = 420


class RequestPage(Page):
    """`go("request", case=…, records=(…,))`. Ctrl+Enter sends it to the leader; Esc leaves and keeps what is written."""

    name, icon, act, in_rail, under = "request", "eye", "requests.create", False, "requests"

    @classmethod
    def title(cls) -> str:
        return _("Ask to view or copy")

    def build(self) -> None:
        self.case: CaseId | None = None
        self.wanted: tuple[RecordId, ...] = ()
        self.items: list[Item] = []
        self.send = button(_("Send to the leader"), "primary", "paper-plane-tilt", "Ctrl+Return", on=self.submit)
        self.send.heed(self.may("requests.create"))
        self.head = page_head(self.title(), self.send, back=lambda: self.shell.back(), hint=_("Back; what is written is kept"))
        self._list: QVBoxLayout = vbox(gap=8, margins=(0, 0, 14, 0))
        area = scroll(content(self._list), _("What is asked for"))
        area.setMinimumHeight(200)
        self.what = panel(_("What is asked for"), (area, 1))
        self.side = panel(_("How, why and until when"), *self._fields(), gap=12)
        self.sentence = Sentence()
        said = frame(vbox(text(_("The leader will read"), "small", "ink3"), self.sentence, gap=4, margins=(16, 12, 16, 14)), "accent",
                     _("The leader will read"))
        self.lay(self.head, said, (hbox((self.what, 1), self.side, gap=16), 1))
        follow(self, self._restyle)

    def _fields(self) -> list[object]:
        self.verb = segmented([_("View only"), _("View and copy")], 0, _("View or copy"), lambda _n: self._changed())
        self.copies = field(_("Number of copies"), edit("1"), check=self._check_copies)
        self.purpose = text_area("", _("e.g. to check the ledgers listed"), 3)
        self.why = field(_("Purpose"), self.purpose, mnemonic="P", check=self._check_purpose)
        self.until = field(_("Until"), edit(self._proposed(), "2026-11-26"), _("Open until 18:00 of this day, Beijing time."), mnemonic="U",
                           check=self._check_until)
        self.copies.hide()
        for one in (self.copies.control, self.until.control):
            one.textChanged.connect(lambda _t: self._changed())  # type: ignore[attr-defined]  # edits
        return [vbox(text(_("View or copy"), "small", "ink2"), self.verb, gap=4), self.copies, self.why, self.until, None]

    def _restyle(self) -> None:
        self.side.setFixedWidth(THEME.px(SIDE))

    def _proposed(self) -> str:
        return (self._today() + timedelta(days=DAYS)).isoformat()

    def _today(self) -> date:
        return self.archive.clock.now().astimezone(BEIJING).date()

    # Coming and going
    def opened(self, case: CaseId | None = None, records: Sequence[RecordId] = (), **kw: Any) -> None:
        wanted = tuple(records)
        if wanted and (case, wanted) != (self.case, self.wanted):
            self.case, self.wanted = case, wanted
            self._show_items([])
            self.reread()
        self.verb.group.checkedButton().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        case, wanted, archive = self.case, self.wanted, self.archive
        if not wanted:
            return

        def read(_progress: Progress) -> list[RecordLine]:
            if case is None:
                found = archive.cases.unlinked()
            else:
                found = folder_of(archive, case).records
            return [r for r in found if r.id in wanted]

        self.run(read, lambda found: self._took(wanted, found), lane="reads")

    def _took(self, wanted: tuple[RecordId, ...], found: list[RecordLine]) -> None:
        if wanted == self.wanted and not self.items:  # read again while somebody writes: what is written stays
            self._show_items(found)

    def _show_items(self, records: Sequence[RecordLine]) -> None:
        empty(self._list)
        self.items = [Item(r, c) for r in records for c in r.components]
        for item in self.items:
            item.changed.connect(self._changed)
            item.dropped.connect(lambda item=item: self._drop(item))
            self._list.addWidget(item)
        self._list.addStretch(1)
        self._changed()

    def _drop(self, item: Item) -> None:
        self.items.remove(item)
        self._list.removeWidget(item)
        item.hide()
        item.deleteLater()
        self.wanted = tuple(dict.fromkeys(i.record.id for i in self.items))
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    # What is written
    @property
    def asks(self) -> Verb:
        return Verb.COPY if self.verb.chosen == 1 else Verb.VIEW

    def until_stamp(self) -> str:
        """The end of the chosen day in the office, as a UTC stamp. Raises ValueError for what is not a day."""
        day = read_day(self.until.control.text())  # type: ignore[attr-defined]  # an edit
        if day is None:
            raise ValueError("no day")
        return stamp(datetime.combine(date.fromisoformat(day), LAST_HOUR, BEIJING))

    def _copies(self) -> int:
        words = self.copies.control.text().strip()  # type: ignore[attr-defined]  # an edit
        return int(words) if words.isdecimal() else 0

    def _changed(self) -> None:
        """The sentence follows every key; it is silent while a part of it cannot be said."""
        self.copies.setVisible(self.asks is Verb.COPY)
        count = len(self.items)
        self.what.rename(_("What is asked for, {n} items").format(n=count) if count else _("What is asked for"))
        try:
            until = self.until_stamp()
        except ValueError:
            until = ""
        if not self.items or not until or any(i.cut and not i.spans() for i in self.items):
            self.sentence.setText("……")
            self.sentence.set_ink("ink3")
            return
        self.sentence.set_ink("ink")
        self.sentence.setText(consequence(self._as_line(until), self.archive.clock.now()))

    def _as_line(self, until: str) -> RequestLine:
        """What is written as the request it would become: the leader's own words are made from it."""
        me, asks = self.archive.person, self.asks
        return RequestLine(RequestId(0), "", me.name, me.role, None, "", asks, self._copies() if asks is Verb.COPY else 0, "", until,
                           RequestState.WAITING, stamp(self.archive.clock.now()), tuple(i.line() for i in self.items))

    def _check_purpose(self) -> tuple[str, str]:
        return ("", "") if self.purpose.toPlainText().strip() else ("bad", _("Please write what it is needed for; the leader decides by it"))

    def _check_copies(self) -> tuple[str, str]:
        good = self.asks is Verb.VIEW or 1 <= self._copies() <= 99
        return ("", "") if good else ("bad", _("Please write a number from 1 to 99"))

    def _check_until(self) -> tuple[str, str]:
        try:
            end = self.until_stamp()
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20")
        self.until.control.setText(read_day(self.until.control.text()) or "")  # type: ignore[attr-defined]  # an edit
        return ("", "") if end > stamp(self.archive.clock.now()) else ("bad", _("This time has passed"))

    def _fault(self) -> Any | None:
        """The first control with a fault; every fault has its words below it."""
        faults = [i.fault() for i in self.items]
        for one, check in ((self.why, self._check_purpose), (self.copies, self._check_copies), (self.until, self._check_until)):
            state, words = check()
            one.tell(state, words)
            faults.append(one.control if state == "bad" else None)  # type: ignore[arg-type]  # any control
        return next((f for f in faults if f is not None), None)

    # Sending
    def submit(self) -> None:
        """Check what is written and send it; a refusal stands in the banner and the form stays."""
        if not self.send.isEnabled():
            return
        if (fault := self._fault()) is not None:
            fault.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        copies = self._copies() if self.asks is Verb.COPY else 0
        draft = RequestDraft(tuple(i.asked() for i in self.items), self.asks, self.purpose.toPlainText().strip(), self.until_stamp(), copies)
        archive = self.archive
        self.send.allow(False, _("Sending …"))
        self.run(lambda _p: archive.approvals.create(draft), self._sent, self._not_sent, lane="reads")

    def _not_sent(self, error: Exception) -> None:
        self.send.heed(self.may("requests.create"))
        self.tell(error)

    def _sent(self, request: RequestId) -> None:
        seen = self.isVisible()
        self.case, self.wanted = None, ()
        self._show_items([])
        self.purpose.clear()
        self.why.tell("")
        self.verb.choose(0)
        self.copies.control.setText("1")  # type: ignore[attr-defined]  # edits
        self.until.control.setText(self._proposed())  # type: ignore[attr-defined]
        self.until.tell("")
        self._changed()
        self.banner.clear()
        self.send.heed(self.may("requests.create"))
        if seen:
            self.shell.back()
            self.go("requests", made=request)
