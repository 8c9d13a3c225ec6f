"""Papers of a case and the annual list as files that leave the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.handout import handed_out
from desktop.jobs import Progress
from desktop.reports.forms import Paper
from models.terms import CaseId

if TYPE_CHECKING:
    from desktop.archive import Archive


def save_papers(archive: Archive, case: CaseId, wanted: Sequence[Paper], path: Path, progress: Progress) -> Path:
    """These papers of a case (all, where none is named) as one PDF/A at `path`. Raises `Refusal` copy.unwritable, form.font_missing."""
    paper = archive.reports.papers(case, wanted, progress)
    with handed_out(path) as stream:
        stream.write(paper)
    return path


def save_annual(archive: Archive, year: int, path: Path, progress: Progress) -> Path:
    """年度案件清单 at `path`: a spreadsheet where its name ends in .xlsx, else PDF/A. Raises `Refusal` copy.unwritable, form.font_missing."""
    make = archive.reports.annual_xlsx if path.suffix.lower() == ".xlsx" else archive.reports.annual_pdf
    content = make(year, progress)
    with handed_out(path) as stream:
        stream.write(content)
    return path
