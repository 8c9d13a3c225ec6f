"""What the auditor hands out: the custody report of a file, and the receipt of one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.audit.entries import EntryLine

if TYPE_CHECKING:
    from desktop.archive import Archive


@dataclass(frozen=True)
class CustodyPaper:
    """流转记录报告 of one electronic file, under the checkpoint of `size` entries."""

    archive: Archive = field(repr=False)
    component: int
    lines: Sequence[EntryLine]
    size: int

    def pdf(self) -> bytes:
        """The report as PDF/A."""
        from desktop.audit.papers_form import custody_pdf

        return custody_pdf(self.archive, self.component, self.lines, self.size)


@dataclass(frozen=True)
class ReceiptPaper:
    """回执: the proof that one act stands in the ledger."""

    archive: Archive = field(repr=False)
    line: EntryLine

    def json(self) -> str:
        """What the outsider's verifier reads."""
        from desktop.audit.exporting import receipt_json

        return receipt_json(self.archive, self.line.seq)

    def pdf(self) -> bytes:
        """The receipt on paper, with the checkpoint as a QR code."""
        from desktop.audit.papers_form import receipt_pdf

        return receipt_pdf(self.archive, self.line)
