"""审计: reading the ledger, custody of a thing, verification, checkpoints, receipts and export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from desktop import clearance as narrowing
from desktop.acts import Service, Subject, act, reading
from desktop.audit import custody, entries
from desktop.audit.detail import EntryDetail, FileLine, Signed, entry_detail, files_by_words, newest_checkpoint
from desktop.audit.entries import EntryFilter, EntryLine, EntryPage
from desktop.audit.exporting import note_at, write_export
from desktop.audit.papers import Receipt, custody_pdf, make_receipt
from desktop.audit.verification import VerifyReport, verify_archive
from desktop.clock import stamp
from desktop.errors import Cancelled, Refusal
from desktop.i18n import PAPER, speaking
from desktop.jobs import Progress
from desktop.ledger.entry import Entry
from desktop.verified_objects import keep_verdict
from models.cases import CaseFolder
from models.ledger import LedgerEntry
from models.terms import CaseId, ComponentId, RecordId

if TYPE_CHECKING:
    from desktop.archive import Archive, Session

MOST = 500


class Audit(Service):
    """The auditor's acts. Reading the ledger is itself in the ledger: once for each filter that a session opens."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self._opened_by: Session | None = None
        self._opened: set[EntryFilter] = set()

    @reading("ledger.read", signed_in=False)
    def entries(self, narrowed: EntryFilter = EntryFilter(), *, before: int | None = None, limit: int = 100) -> EntryPage:
        """Entries below number `before`, newest first. Raises `Refusal` not_found for a case or record beyond the clearance."""
        if self._opened_by is not self.archive.session:
            self._opened_by, self._opened = self.archive.session, set()
        if narrowed not in self._opened:
            self._open(narrowed)
            self._opened.add(narrowed)
        self.archive.permit("ledger.read")
        return entries.page(self.archive.database, self.archive.person.clearance, narrowed, before, min(max(limit, 1), MOST))

    @reading("ledger.read")
    def detail(self, seq: int) -> EntryDetail:
        """One entry in full, with its proof under the tree of now. Raises `Refusal` not_found."""
        return entry_detail(self.archive.database, self.archive.person.clearance, seq)

    @reading("ledger.read")
    def signed(self) -> Signed | None:
        """The newest checkpoint of this archive."""
        return newest_checkpoint()

    @reading("ledger.read")
    def case_numbered(self, number: str) -> CaseId | None:
        """The case folder with this number, if it exists for the reader: to narrow the entries to it."""
        found = narrowing.cases(self.archive.person.clearance).where(CaseFolder.case_number == number.strip()).first()
        return CaseId(found.id) if found is not None else None

    @reading("ledger.custody")
    def files(self, words: str, limit: int = 50) -> list[FileLine]:
        """Electronic files by name, title or case number, to choose one for its custody report."""
        return files_by_words(self.archive.person.clearance, words.strip(), limit)

    @reading("ledger.custody", recorded=True, subject=lambda component: {"component": component})
    def custody_of_component(self, component: ComponentId) -> list[EntryLine]:
        """Everything that happened to one electronic file: its deposit, labels, requests, openings, played spans, copies."""
        return self._custody(custody.of_component(int(component)))

    @reading("ledger.custody", recorded=True, subject=lambda record: {"record": record})
    def custody_of_record(self, record: RecordId) -> list[EntryLine]:
        """Everything that happened to one record and its files."""
        return self._custody(custody.of_record(int(record)))

    @reading("ledger.custody", recorded=True, subject=lambda case: {"case": case})
    def custody_of_case(self, case: CaseId) -> list[EntryLine]:
        """Everything that happened to a case folder and what is in it."""
        return self._custody(custody.of_case(int(case)))

    @reading("ledger.custody", signed_in=False)
    def custody_report(self, component: ComponentId) -> bytes:
        """The custody of one electronic file as a PDF, under a checkpoint of this moment."""
        with speaking(PAPER):
            lines, size = self._reported(component)
            return custody_pdf(self.archive, int(component), lines, size)

    @reading("ledger.verify", signed_in=False)
    def verify(self, progress: Progress, outside: Sequence[str] = ()) -> VerifyReport:
        """Verify the whole archive; how it ended is one entry, also when it was refused or cancelled. A job: call it from one."""
        try:
            self.archive.permit("ledger.verify")
            begun = stamp(self.archive.clock.now())
            report = verify_archive(self.archive.paths, self.archive.database, self.archive.vault, progress, outside)
        except (Refusal, Cancelled) as ended:
            if not self.archive.database.read_only:
                self._verified(VerifyReport(), ended)
            raise
        self.archive.verified = report.entries, self.archive.clock.now(), report.sound
        if not self.archive.database.read_only:  # on a disk for reading the verdict cannot be written, but it can be had
            self._verified(report, None, begun)
        return report

    @act("ledger.checkpoint")
    def checkpoint(self) -> str:
        """Sign the ledger as it stands; the note is to be kept away from this machine."""
        size = self.archive.keeper.checkpoint()
        self._note(checkpoint=size)
        return note_at(size)

    @reading("ledger.export", signed_in=False)
    def export(self, stream: BinaryIO) -> int:
        """Write the ledger with its checkpoints for a verifier outside; returns the number of entries.

        The act is in the ledger before the first byte is written; the writing holds up nobody.
        """
        return write_export(self.archive, stream, self._exported())

    @reading("ledger.receipt", signed_in=False)
    def receipt(self, seq: int) -> Receipt:
        """The proof that entry `seq` stands in the ledger, under a checkpoint of this moment. Raises `Refusal` not_found."""
        with speaking(PAPER):
            line, size = self._receipted(seq)
            return make_receipt(self.archive, line, size)

    # The acts of the longer works: short, so that typesetting and writing out hold up nobody.
    @act("ledger.custody", subject=lambda component: {"component": component})
    def _reported(self, component: ComponentId) -> tuple[list[EntryLine], int]:
        lines = self._custody(custody.of_component(int(component)))
        size = self.archive.keeper.checkpoint()
        self._note(report="pdf", entries=len(lines), checkpoint=size)
        return lines, size

    @act("ledger.receipt", subject=lambda seq: {"entry": seq})
    def _receipted(self, seq: int) -> tuple[EntryLine, int]:
        row = LedgerEntry.get_or_none(LedgerEntry.id == seq)
        line = entries.worded([(seq, row.leaf)], self.archive.person.clearance)[0] if row else None
        if row is None or line is None or line.veiled or not self._own(Entry.parse(row.leaf)):
            raise Refusal("not_found")
        return line, self.archive.keeper.checkpoint()

    @reading("ledger.read", recorded=True, subject=lambda narrowed: _of_filter(narrowed))
    def _open(self, narrowed: EntryFilter) -> None:
        """Begin to read under a filter."""
        asked = {name: str(value) for name, value in vars(narrowed).items() if value not in ("", None)}
        self._note(filter={name: value for name, value in asked.items() if name not in ("case", "record")})

    @act("ledger.export")
    def _exported(self) -> int:
        """Sign what is about to be handed out."""
        size = self.archive.keeper.checkpoint()
        self._note(entries=size, checkpoint=size)
        return size

    @act("ledger.verify")
    def _verified(self, report: VerifyReport, ended: Refusal | Cancelled | None, begun: str = "") -> None:
        """Write down how a verification ended, and what it says of every object that was there when it began."""
        if ended is not None:
            raise ended
        keep_verdict(begun, report.findings)
        self._note(entries=report.entries, rows=report.rows, objects=report.objects, findings=len(report.findings),
                   root=report.root, codes=sorted({finding.code for finding in report.findings}))

    def _custody(self, concern: custody.Concern) -> list[EntryLine]:
        return custody.entries_of(self.archive.database, concern, self.archive.person.clearance)

    def _own(self, entry: Entry) -> bool:
        """A receipt is for the person of the act, and for whoever may read the ledger."""
        return entry.person == self.archive.person.name or self.archive.may("ledger.read").allowed


def _of_filter(narrowed: EntryFilter) -> Subject:
    return {name: int(value) for name, value in (("case", narrowed.case), ("record", narrowed.record)) if value is not None}
