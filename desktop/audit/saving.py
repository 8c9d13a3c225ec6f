"""What the auditor takes away as files: the export for a verifier outside, the custody report, a checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.handout import handed_out
from desktop.jobs import Progress
from models.terms import ComponentId

if TYPE_CHECKING:
    from desktop.archive import Archive


def save_export(archive: Archive, path: Path, progress: Progress) -> int:
    """The ledger with its checkpoints, at `path`; returns the number of entries. Raises `Refusal` copy.unwritable."""
    progress.begin(1)
    with handed_out(path) as stream:
        entries = archive.audit.export(stream)
    progress.step()
    return entries


def save_custody(archive: Archive, component: ComponentId, path: Path) -> Path:
    """The custody report of one electronic file as PDF/A at `path`. Raises `Refusal` copy.unwritable, form.font_missing."""
    paper = archive.audit.custody_report(component)
    with handed_out(path) as stream:
        stream.write(paper)
    return path


def save_checkpoint(note: str, path: Path) -> Path:
    """A signed checkpoint as text at `path`. Raises `Refusal` copy.unwritable."""
    with handed_out(path) as stream:
        stream.write(note.encode())
    return path
