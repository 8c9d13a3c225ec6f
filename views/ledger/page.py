"""The auditor's page: entries under a filter, verification, checkpoints, export, custody reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.audit.detail import EntryDetail, FileLine, Signed
from desktop.audit.entries import EntryFilter, EntryLine
from desktop.audit.saving import save_checkpoint, save_custody, save_export
from desktop.audit.verification import Finding, VerifyReport
from desktop.errors import Cancelled
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from desktop.tools.typesetting import qr_svg
from models.filenames import safe_export_name
from views.bridge import Handle
from views.common import Banner, Column, Empty, Rows, Table, button, hbox, page_head, panel, segmented
from views.common.measures import moment_words
from views.common.page import LedgerState, Page
from views.common.text import figures
from views.jobs_panel import job_words, stop_button
from views.ledger.custody import CustodyPanel
from views.ledger.entries import EntriesModel
from views.ledger.filters import Filters
from views.ledger.side import CheckpointPanel, EntryPanel, FindingPanel
from views.ledger.wording import finding_cell, lawful_cell
from views.reports.saved import Chooser, choose_file, in_chinese
from views.theme import THEME

SIDE = 312  # px
State = tuple["Signed | None", str, list[str], LedgerState]


class LedgerPage(Page):
    """`go("ledger")`, `go("ledger", entry=…)`. F5 reads again, Enter shows an entry in full, Esc goes back to the checkpoint."""

    name, icon, act = "ledger", "scroll", "ledger.read"
    listens_to = frozenset({"ledger."})
    searches = False
    margins = (24, 14, 24, 14)

    @classmethod
    def title(cls) -> str:
        return _("Audit")

    def build(self) -> Iterator[None]:
        self.choose_file: Chooser = choose_file
        self.report: VerifyReport | None = None
        self.state: LedgerState | None = None
        self._job: Handle | None = None
        self._stopped = False
        self._wanted: int | None = None
        self.custody_button = button(_("Custody report"), "", "file-text", on=self._open_custody)
        self.export = button(_("Export for outside"), "", "download-simple", on=self._export)
        self.verify = button(_("Verify"), "primary", "seal-check", on=self._verify)
        self.head = page_head(_("Audit"), self.custody_button, self.export, self.verify)
        self.verdict = Banner()
        yield
        self.filters = Filters()
        self.filters.changed.connect(self._narrow)
        self.model = EntriesModel(self.archive, self.bridge)
        self.model.ready.connect(self._ready)
        self.model.failed.connect(self.tell)
        self.entries = Table(self.model, _("Entries"))
        self.entries.chosen.connect(self._choose)
        self.entries.opened.connect(self._choose)
        self.findings = Table(Rows([Column(_("What does not hold"), 0, finding_cell), Column(_("Last lawful act"), 220, lawful_cell)]),
                              _("Findings"))
        self.findings.chosen.connect(self._show_finding)
        self.nothing = Empty("list-bullets", _("No entry fits the filter"), "", button(_("Show all"), on=self.filters.clear))
        self.lists = QStackedWidget()
        for part in (self.entries, self.findings, self.nothing):
            self.lists.addWidget(part)
        self.which = segmented([_("Entries"), _("Findings")], 0, _("What the list shows"), on=self._switch)
        self.which.hide()
        self.panel = panel(_("Entries"), self.which, (self.lists, 1), gap=8)
        yield
        self.checkpoint = CheckpointPanel(self._sign, self._save_checkpoint)
        self.entry = EntryPanel(self._show_checkpoint)
        yield
        self._build_side()
        self.lay(self.head, self.verdict, self.filters, (hbox((self.panel, 1), self.side, gap=16), 1))
        self.room.setSpacing(10)

    def _build_side(self) -> None:
        self.finding = FindingPanel(self._show_entry)
        self.custody = CustodyPanel(self._find_files, self._save_custody, self._show_checkpoint)
        self.side = QStackedWidget()
        for part in (self.checkpoint, self.entry, self.finding, self.custody):
            part.setMinimumHeight(THEME.px(240))  # its own scrolling place gives way before the page scrolls
            self.side.addWidget(part)

    # Reading
    def opened(self, entry: int | None = None, **kw: Any) -> None:
        super().opened(**kw)
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)
        if entry is not None:
            self._show_entry(entry)

    def refresh(self) -> None:
        for one, act in ((self.verify, "ledger.verify"), (self.export, "ledger.export"), (self.custody_button, "ledger.custody"),
                         (self.checkpoint.sign, "ledger.checkpoint")):
            one.heed(self.may(act))
        if self._job is not None:
            self.verify.allow(False, _("A verification is running"))
        archive = self.archive

        def read(_progress: Progress) -> State:
            signed = archive.audit.signed()
            code = qr_svg(signed.note) if signed is not None else ""
            return signed, code, [person.name for person in archive.people.everybody()], archive.ledger_state()

        self.run(read, self._took, lane="reads")
        if self.model.rows:
            self.model.refresh()
        else:
            self._narrow()

    def _took(self, read: State) -> None:
        signed, code, names, self.state = read
        self.checkpoint.show_signed(signed, code)
        self.filters.offer_people(names)
        if self._job is None and not self._stopped:
            self._show_state()

    def _narrow(self) -> None:
        """Open the list under the filter as it stands; a case number is looked up first."""
        asked, number = self.filters.narrowed(self.archive.clock.now()), self.filters.case_number
        self.filters.case_field.tell("")
        if not number:
            self._open(asked)
            return
        audit = self.archive.audit

        def found(case: Any) -> None:
            if case is None:
                self.filters.case_field.tell("bad", _("No case folder has this number"))
            else:
                self._open(replace(asked, case=case))

        self.run(lambda _progress: audit.case_numbered(number), found, lane="reads")

    def _open(self, asked: EntryFilter) -> None:
        self._switch(0)
        self.which.choose(0)
        self.model.open(asked)

    def _ready(self) -> None:
        if self.which.chosen == 0:
            self.lists.setCurrentWidget(self.entries if self.model.rows else self.nothing)
        if self._wanted is not None:
            self._walk_to(self._wanted)

    def _switch(self, which: int) -> None:
        some = bool(self.model.rows) or self.model.narrowed == EntryFilter()
        self.lists.setCurrentWidget(self.findings if which else self.entries if some else self.nothing)
        if which and self.findings.row() is None and self.report is not None and self.report.findings:
            self.findings.choose(0)
        elif which == 0 and self.side.currentWidget() is self.finding:
            self._show_checkpoint()

    # One entry
    def _choose(self, line: EntryLine) -> None:
        if not self.entries.selectionModel().hasSelection():
            return  # the list only got the focus: the checkpoint stays beside it
        audit = self.archive.audit
        self.run(lambda _progress: audit.detail(line.seq), self._show_detail, lane="reads")

    def _show_detail(self, detail: EntryDetail) -> None:
        here = self.entries.row()
        if here is None or here.seq == detail.line.seq or self._wanted is not None:
            self.entry.show_entry(detail)
            self.side.setCurrentWidget(self.entry)

    def _show_entry(self, seq: int) -> None:
        """Show an entry by its number, and stand on it where the list reaches."""
        self.which.choose(0)
        self._switch(0)
        self._wanted = seq
        self._walk_to(seq)
        audit = self.archive.audit
        self.run(lambda _progress: audit.detail(seq), self._show_detail, lane="reads")

    def _walk_to(self, seq: int) -> None:
        """Stand on the entry if its page is here; else leave it to the panel, which shows it all the same."""
        at = next((n for n, line in enumerate(self.model.rows) if line.seq == seq), None)
        if at is not None:
            self._wanted = None
            self.entries.choose(at)

    def _show_checkpoint(self) -> None:
        self.side.setCurrentWidget(self.checkpoint)

    def _show_finding(self, finding: Finding) -> None:
        self.finding.show_finding(finding)
        self.side.setCurrentWidget(self.finding)

    def step_back(self) -> bool:
        """Esc first goes back to the checkpoint beside the list."""
        if self.side.currentWidget() is not self.checkpoint:
            self._show_checkpoint()
            return True
        return False

    # Verifying
    def _verify(self) -> None:
        """The whole archive, as a job in the foot; the page stays usable."""
        archive = self.archive
        self._stopped = False
        self.verify.allow(False, _("A verification is running"))

        def verify(progress: Progress) -> tuple[VerifyReport, LedgerState]:
            return archive.audit.verify(progress), archive.ledger_state()

        job = self._job = self.run(verify, self._verified, self._not_verified, lane="wide", title=_("Verification"))
        self.verdict.say("info", _("Verifying the ledger, every row and every stored file …"), job_words(job), stop_button(job))
        job.changed.connect(self._tell_progress)

    def _tell_progress(self) -> None:
        job = self._job
        if job is not None and job.state in ("waiting", "running"):
            self.verdict.body.setText(job_words(job))

    def _ended(self) -> None:
        self._job = None
        self.verify.heed(self.may("ledger.verify"))

    def _verified(self, ended: tuple[VerifyReport, LedgerState]) -> None:
        self._ended()
        report, self.state = ended
        self.report = report
        model = self.findings.model()
        assert isinstance(model, Rows)
        model.show_rows(report.findings)
        self.which.setVisible(bool(report.findings))
        self.which.label(1, _("Findings {n}").format(n=len(report.findings)))
        self._show_state()
        if report.findings:
            self.which.choose(1)
            self._switch(1)
            self.findings.choose(0)
        elif self.which.chosen == 1:
            self.which.choose(0)
            self._switch(0)

    def _not_verified(self, error: Exception) -> None:
        self._ended()
        self._stopped = True
        if isinstance(error, Cancelled):
            self.verdict.say("soon", _("The verification was stopped; it says nothing about the archive"), _("It is in the ledger as cancelled."))
        else:
            self.verdict.clear()
            self.tell(error)

    def _show_state(self) -> None:
        """What is known of the ledger at this desk, in a sentence."""
        state, report = self.state, self.report
        if state is None:
            return
        if state.checked_at is None:
            self.verdict.say("soon", _("{n} entries, not verified at this desk since it was opened").format(n=figures(state.size)),
                             _("Verify counts every entry, every row and every stored file anew."))
            return
        when = moment_words(state.checked_at.astimezone(BEIJING), self.archive.clock.now().astimezone(BEIJING))
        if not state.sound:
            count = len(report.findings) if report is not None else 0
            title = _("{n} things do not hold").format(n=count) if count else _("The ledger does not hold together")
            first = report.sentences[0] if report is not None and report.findings else ""
            self.verdict.say("late", title, _("Verified {when}. {first}").format(when=when, first=first))
            return
        body = _("Verified {when}: {rows} rows, {objects} stored files; no gap, no change. {more} entries came since.")
        rows, objects = (report.rows, report.objects) if report is not None else (0, 0)
        if report is None:
            body = _("Verified {when}. {more} entries came since.")
        self.verdict.say("good", _("Verified to entry {n}, nothing altered").format(n=figures(state.checked_to)),
                         body.format(when=when, rows=figures(rows), objects=figures(objects), more=figures(max(state.size - state.checked_to, 0))))

    # Taking away
    def _sign(self) -> None:
        audit = self.archive.audit

        def signed(_note: str) -> None:
            self._result(_("A checkpoint was signed. Copy its text, photograph the code, or save it as a file; keep it elsewhere."))
            self._show_checkpoint()

        self.run(lambda _progress: audit.checkpoint(), signed, lane="reads")

    def _save_checkpoint(self, note: str) -> None:
        path = self.choose_file(self, _("Where the checkpoint is to go"), self._suggest(_("Checkpoint"), ".txt"))
        if path is not None:
            self.run(lambda _progress: save_checkpoint(note, path), self._saved, lane="reads")

    def _export(self) -> None:
        path = self.choose_file(self, _("Where the export is to go"), self._suggest(_("Ledger export"), ".jsonl"))
        if path is None:
            return
        archive = self.archive

        def done(entries: int) -> None:
            words = _("Exported {n} entries with their checkpoints: {name}. The verifier for outsiders checks it without this program.")
            self._result(words.format(n=figures(entries), name=path.name))

        self.run(lambda progress: save_export(archive, path, progress), done, lane="wide", title=_("Export of the ledger"))

    def _open_custody(self) -> None:
        self.side.setCurrentWidget(self.custody)
        self.custody.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find_files(self, words: str) -> None:
        audit = self.archive.audit
        if words.strip():
            self.run(lambda _progress: audit.files(words), self.custody.show_files, lane="reads")

    def _save_custody(self, line: FileLine) -> None:
        name = safe_export_name(f"{_('Custody report')} {line.title}.pdf")
        path = self.choose_file(self, _("Where the report is to go"), name)
        if path is None:
            return
        archive = self.archive
        self.custody.save.allow(False, _("The report is being set"))

        def failed(error: Exception) -> None:
            self.custody.save.allow(True)
            self.tell(error)

        def done(saved: Path) -> None:
            self.custody.save.allow(True)
            self._saved(saved, in_chinese())

        self.run(lambda _progress: save_custody(archive, line.component, path), done, failed, lane="wide", title=_("Custody report"))

    def _saved(self, path: Path, more: str = "") -> None:
        self._result("　".join(filter(None, [_("Saved: {name}").format(name=path), more])))

    def _result(self, words: str) -> None:
        """What came of an act, under the title: the banner belongs to the verdict on the ledger, and there is one at a time."""
        self.banner.clear()
        self.head.say(_("Audit"), words)

    def _suggest(self, what: str, ending: str) -> str:
        size = self.state.size if self.state is not None else 0
        return safe_export_name(f"{self.archive.name} {what} {size}{ending}")

    # Room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(THEME.px(SIDE))
