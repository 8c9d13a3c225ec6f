"""What is done with the records of an opened case: change, move, put in, order, ask for, file; each short act tells its refusal in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from models.terms import RecordId, Stage
from views.cases.record_forms import EditRecord, LinkRecords, MoveRecords
from views.common.dialogs import ask_reason

if TYPE_CHECKING:
    from views.cases.case_page import CasePage


class RecordActs:
    """Owns the small forms on records and sends what they say."""

    def __init__(self, page: CasePage) -> None:
        self.page = page
        self.edit, self.move, self.link = EditRecord(), MoveRecords(), LinkRecords()
        self.forms = (self.edit, self.move, self.link)
        for form, send in ((self.edit, self._save_record), (self.move, self._move), (self.link, self._link)):
            form.sent.connect(send)
            form.left.connect(page.close_form)

    def act(self, job: Callable[[Progress], object], words: str, after: Callable[[], object] | None = None,
            refused: Callable[[str], object] | None = None) -> None:
        """A short act on the quick lane: it does not wait behind an hour of intake, and the door keeps acts apart.

        A refusal goes to `refused`, which shows it where the act was made, else into the banner.
        """
        page = self.page

        def done(_result: object) -> None:
            (after or page.close_form)()
            page.say("good", words)
            page.reread()

        def failed(error: Exception) -> None:
            for form in self.forms:
                form.send.allow(True)
            if refused is not None and isinstance(error, Refusal):
                refused(str(error))
            else:
                page.tell(error)

        page.run(job, done, failed, lane="reads")

    # Forms
    def begin_edit(self) -> None:
        if (record := self.page.detail.record) is not None:
            self.edit.label.heed(self.page.may("records.label"))
            self.page.cover(self.edit, _("Edit the record"))
            self.edit.begin(record)

    def begin_move(self) -> None:
        page = self.page
        if page.read is not None and (picked := page.contents.picked()):
            page.cover(self.move, _("Move {n} records").format(n=len(picked)))
            self.move.begin(picked, page.read.folder.line.case_number)

    def begin_link(self) -> None:
        """Offer the recordings that are in no case folder."""
        page = self.page
        archive, stage = page.archive, page.read.folder.line.stage if page.read else Stage.START
        page.cover(self.link, _("Put recordings into this folder"))
        self.link.begin((), stage)
        page.run(lambda _p: archive.cases.unlinked(), lambda found: self.link.begin(found, stage), lane="reads")

    # Sending
    def file(self) -> None:
        """归档, with its reason: after it nothing in the folder changes."""
        page = self.page
        if page.read is None:
            return
        case, archive, number = page.read.folder.line.id, page.archive, page.read.folder.line.case_number
        ask_reason(page, _("File the case folder"), _("After filing, {number} and its records are closed to changes.").format(number=number),
                   _("File away"), lambda reason: self.act(lambda _p: archive.cases.file(case, reason), _("The case folder is filed.")))

    def reorder(self, order: list[RecordId], reason: str) -> None:
        case, archive = self.page.case, self.page.archive
        assert case is not None
        self.act(lambda _p: archive.cases.order(case, order, reason), _("The new order is saved."), self.page.contents.order_kept)

    def _save_record(self) -> None:
        record, changes, label, reason = self.edit.record, self.edit.changes(), self.edit.new_label(), self.edit.reason_words
        cases = self.page.archive.cases
        if not changes and label is None:
            self.page.say("info", _("Nothing is changed"))
            return

        def save(_progress: Progress) -> None:
            if changes:
                cases.edit_record(record.id, changes, reason)
            if label is not None:
                cases.label(record.id, label, reason)

        self.edit.send.allow(False, _("Saving …"))
        self.act(save, _("The record is changed."))

    def _move(self) -> None:
        records, stage, target, reason = self.move.records, self.move.to_stage, self.move.target, self.move.reason_words
        cases = self.page.archive.cases

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
        self.act(move, _("{n} records are moved.").format(n=len(records)))

    def _link(self) -> None:
        records, stage, reason = self.link.table.picked(), self.link.to_stage, self.link.reason_words
        case, cases = self.page.case, self.page.archive.cases
        assert case is not None
        self.link.send.allow(False, _("Saving …"))
        self.act(lambda _p: cases.move([r.id for r in records], case, stage, reason),
                 _("{n} records are put into this folder.").format(n=len(records)))
