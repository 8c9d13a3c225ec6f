"""One case folder, opened: its head, its course, its contents, and beside them the chosen record, its use and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.approvals import RequestLine
from desktop.cases import Folder, HistoryLine
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from desktop.record_lines import RecordLine
from models.terms import CaseId, ComponentId, GrantId, RecordId, Stage
from views.cases import use
from views.cases.case_head import CaseHead
from views.cases.contents import Contents
from views.cases.detail import Detail
from views.cases.reading import folder_of
from views.cases.record_forms import EditRecord, LinkRecords, MoveRecords
from views.cases.timeline import Timeline, legend
from views.common import Empty, frame, hbox, segmented, text, vbox
from views.common.dialogs import ask_reason
from views.common.layout import content
from views.common.page import Page
from views.theme import THEME, follow

SIDE, SIDE_NARROW = 376, 340  # px: the place beside the contents
ROOMY = 720  # px: a lower page hides the course of the case while a form is open


@dataclass(frozen=True)
class _Read:
    """Everything the page shows, read in one go."""

    folder: Folder
    requests: list[RequestLine]
    history: list[HistoryLine]


class CasePage(Page):
    """`go("case", case=…, record=…)`. The first opening in a session is in the ledger."""

    name, icon, act, in_rail, under = "case", "archive", "cases.look", False, "cases"
    listens_to = frozenset({"cases.edit", "cases.file", "records.", "requests.", "intake.admit", "intake.link", "intake.release"})
    margins = (24, 8, 24, 12)

    @classmethod
    def title(cls) -> str:
        return _("Case folder")

    def build(self) -> None:
        self.case: CaseId | None = None
        self.read: _Read | None = None
        self._wanted: RecordId | None = None
        self.head = CaseHead(self, self.shell.back)
        self.line, self.contents = Timeline(), Contents()
        self.left_out = text("", "small", "ink3")
        self.course = frame(vbox(hbox(text(_("Course of the case"), "heading"), 12, *legend(), None, self.left_out, gap=12), self.line, gap=2,
                            margins=(16, 8, 16, 8)), "plain", _("Course of the case"))
        self._build_side()
        body = vbox(self.head, self.banner, self.course, (hbox((self.contents, 1), self.side, gap=16), 1), gap=12)
        self.whole = content(body)
        self.gone = Empty("archive", _("Nothing found"), _("There is no such case folder."))
        self.place = QStackedWidget()
        self.place.addWidget(self.whole)
        self.place.addWidget(self.gone)
        self.room.addWidget(self.place)
        self._show_side(self.detail)  # only now: a part shown before it stands in the page would open as a window
        self._connect()

    def _build_side(self) -> None:
        self.tabs = segmented([_("This record"), _("Use"), _("History")], 0, _("Beside the contents"), self._tab)
        self.detail, self.edit, self.move, self.link = Detail(self), EditRecord(), MoveRecords(), LinkRecords()
        self.uses, self.changes = use.use_table(self.archive.clock), use.history_table(self.archive.clock)
        self.parts = (self.detail, self.uses, self.changes, self.edit, self.move, self.link)
        self.side_title = text("", "heading", elide=True)
        self.side_title.hide()
        self.side = frame(vbox(hbox(self.tabs, (self.side_title, 1), None, gap=0), *((part, 1) for part in self.parts), gap=8,
                               margins=(16, 12, 16, 12)), "plain", _("Beside the contents"))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.side.setFixedWidth(THEME.px(SIDE if self.width() >= THEME.px(1200) else SIDE_NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    def _connect(self) -> None:
        self.head.edit.clicked.connect(lambda *_a: self.go("case_form", case=self.case))
        self.head.ask.clicked.connect(lambda *_a: self.ask())
        self.head.file.clicked.connect(lambda *_a: self.file())
        self.contents.chosen.connect(self._chosen)
        self.contents.selected.connect(self._selected)
        self.contents.wanted.connect(lambda _r: self._into_detail())
        self.contents.reordered.connect(self._reorder)
        self.contents.add.clicked.connect(lambda *_a: self.begin_link())
        self.line.picked.connect(self.contents.choose)
        self.detail.edit.clicked.connect(lambda *_a: self.begin_edit())
        self.detail.move.clicked.connect(lambda *_a: self.begin_move())
        self.detail.play.connect(self._play)
        self.uses.opened.connect(lambda _row: self.go("requests"))
        for form, send in ((self.edit, self._save_record), (self.move, self._move), (self.link, self._link)):
            form.sent.connect(send)
            form.left.connect(self.close_form)

    # Coming and going
    def opened(self, case: CaseId | None = None, record: RecordId | None = None, **kw: Any) -> None:
        self._wanted = record
        if case is not None and case != self.case:
            self.case, self.read = case, None
            self.banner.clear()
            self._show_side(self.detail)
            self.contents.show_records(())
            self.whole.setEnabled(False)  # until the folder is here, there is nothing to press
            self.stale = True
        if self.stale or self.read is None:
            self.reread()
        elif record is not None:
            self.contents.choose(record)
        self.contents.table.setFocus()

    def step_back(self) -> bool:
        if self.detail.isHidden() and self.uses.isHidden() and self.changes.isHidden():
            self.close_form()
            return True
        return False

    def refresh(self) -> None:
        case, archive = self.case, self.archive
        if case is None:
            return

        def read(_progress: Progress) -> _Read:
            return _Read(folder_of(archive, case), archive.approvals.of_case(case), archive.cases.history(case))

        self.run(read, lambda found: self._show(case, found), lambda error: self._lost(case, error), lane="reads")

    def _lost(self, case: CaseId, error: Exception) -> None:
        if case != self.case:
            return
        if isinstance(error, Refusal) and error.code == "not_found":
            self.place.setCurrentWidget(self.gone)
        else:
            self.whole.setEnabled(True)
            self.tell(error)

    def _show(self, case: CaseId, read: _Read) -> None:
        if case != self.case:
            return
        self.read = read
        focused = self.contents.table.hasFocus() or not self.whole.isEnabled()
        self.place.setCurrentWidget(self.whole)
        self.whole.setEnabled(True)
        self.head.show_folder(read.folder)
        self.line.show_folder(read.folder, self.archive.clock.now().astimezone(BEIJING).date())
        left = self.line.left_out
        self.left_out.setText(_("{n} without day or stage are not drawn").format(n=left) if left else "")
        self.contents.show_records(read.folder.records)
        if self._wanted is not None:
            self.contents.choose(self._wanted)
            self._wanted = None
        use.show(self.uses, read.requests)
        use.show(self.changes, use.gathered(read.history))
        self.tabs.label(1, _("Use {n}").format(n=len(read.requests)) if read.requests else _("Use"))
        self._selected()
        if focused:
            self.contents.table.setFocus()

    # What is chosen
    def _chosen(self, record: RecordLine) -> None:
        self.line.stand_on(record.id)
        self._selected()

    def _selected(self) -> None:
        """The detail follows the row one stands on; the buttons follow all that are chosen."""
        if self.read is None:
            return
        stood, picked, folder = self.contents.table.row(), self.contents.picked(), self.read.folder
        record = stood.record if stood else None
        self.detail.show_record(record, folder.records, self.read.requests, len(picked), self.archive.clock.now())
        ask = self.may("requests.create")
        self.head.allow_asking(ask.allowed and bool(picked), ask.reason or _("Choose what you want to view in the contents"))
        arrange, filed = self.may("records.edit"), bool(folder.line.filed_at)
        reason = _("The folder is filed and closed to changes") if filed else arrange.reason
        for one in (self.contents.up, self.contents.down):
            one.allow(arrange.allowed and not filed and len(folder.records) > 1, reason or _("There is nothing to order"))
        self.contents.add.allow(arrange.allowed and not filed, reason)

    def _tab(self, number: int) -> None:
        self._show_side((self.detail, self.uses, self.changes)[number])

    def _show_side(self, part: Any, title: str = "") -> None:
        for one in self.parts:  # hidden parts ask for no room, as they would in a stack
            one.setVisible(one is part)
        self.course.setVisible(not title or self.height() >= ROOMY)
        self.tabs.setVisible(not title)
        self.side_title.setText(title)
        self.side_title.setVisible(bool(title))
        if not title:
            self.tabs.choose((self.detail, self.uses, self.changes).index(part))

    def _into_detail(self) -> None:
        self._show_side(self.detail)
        first = self.detail.open if self.detail.open.isEnabled() else self.detail.place
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _play(self, component: ComponentId, grant: GrantId) -> None:
        self.go("player", component=component, grant=grant)

    # What is done
    def ask(self) -> None:
        """发起查阅: the form of a request for the chosen records."""
        self.go("request", case=self.case, records=tuple(r.id for r in self.contents.picked()))

    def file(self) -> None:
        """归档, with its reason: after it nothing in the folder changes."""
        if self.read is None:
            return
        case, archive, number = self.read.folder.line.id, self.archive, self.read.folder.line.case_number
        ask_reason(self, _("File the case folder"), _("After filing, {number} and its records are closed to changes.").format(number=number),
                   _("File away"), lambda reason: self._act(lambda _p: archive.cases.file(case, reason), _("The case folder is filed.")))

    def begin_edit(self) -> None:
        if (record := self.detail.record) is not None:
            self.edit.label.heed(self.may("records.label"))
            self._show_side(self.edit, _("Edit the record"))
            self.edit.begin(record)

    def begin_move(self) -> None:
        if self.read is not None and (picked := self.contents.picked()):
            self._show_side(self.move, _("Move {n} records").format(n=len(picked)))
            self.move.begin(picked, self.read.folder.line.case_number)

    def begin_link(self) -> None:
        """Offer the recordings that are in no case folder."""
        archive, stage = self.archive, self.read.folder.line.stage if self.read else Stage.START
        self._show_side(self.link, _("Put recordings into this folder"))
        self.link.begin((), stage)
        self.run(lambda _p: archive.cases.unlinked(), lambda found: self.link.begin(found, stage), lane="reads")

    def close_form(self) -> None:
        self._show_side(self.detail)
        self.contents.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, job: Callable[[Progress], object], words: str, after: Callable[[], object] | None = None) -> None:
        """A short act on the quick lane: it does not wait behind an hour of intake, and the door keeps acts apart."""

        def done(_result: object) -> None:
            (after or self.close_form)()
            self.say("good", words)
            self.reread()

        self.run(job, done, self._refused, lane="reads")

    def _refused(self, error: Exception) -> None:
        for form in (self.edit, self.move, self.link):
            form.send.allow(True)
        self.tell(error)

    def _reorder(self, order: list[RecordId], reason: str) -> None:
        case, archive = self.case, self.archive
        assert case is not None
        self._act(lambda _p: archive.cases.order(case, order, reason), _("The new order is saved."), self.contents.order_kept)

    def _save_record(self) -> None:
        record, changes, label, reason = self.edit.record, self.edit.changes(), self.edit.new_label(), self.edit.reason_words
        cases = self.archive.cases
        if not changes and label is None:
            self.say("info", _("Nothing is changed"))
            return

        def save(_progress: Progress) -> None:
            if changes:
                cases.edit_record(record.id, changes, reason)
            if label is not None:
                cases.label(record.id, label, reason)

        self.edit.send.allow(False, _("Saving …"))
        self._act(save, _("The record is changed."))

    def _move(self) -> None:
        records, stage, target, reason = self.move.records, self.move.to_stage, self.move.target, self.move.reason_words
        cases = self.archive.cases

        def move(_progress: Progress) -> None:
            if target:
                to = cases.numbered(target)
                if to is None:
                    raise Refusal("not_found")
                cases.move([r.id for r in records], to, stage, reason)
                return
            for record in records:
                cases.edit_record(record.id, {"stage": stage}, reason)

        self.move.send.allow(False, _("Saving …"))
        self._act(move, _("{n} records are moved.").format(n=len(records)))

    def _link(self) -> None:
        records, stage, reason, case, cases = self.link.table.picked(), self.link.to_stage, self.link.reason_words, self.case, self.archive.cases
        assert case is not None
        self.link.send.allow(False, _("Saving …"))
        self._act(lambda _p: cases.move([r.id for r in records], case, stage, reason),
                  _("{n} records are put into this folder.").format(n=len(records)))
