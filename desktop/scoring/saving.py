"""The printed marking sheet as a file that a person takes away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.handout import handed_out
from models.terms import ScoringId

if TYPE_CHECKING:
    from desktop.archive import Archive


def save_score_sheet(archive: Archive, scoring: ScoringId, path: Path) -> Path:
    """One marking as PDF/A at `path`. Raises `Refusal` copy.unwritable, form.font_missing, and as `Scorings.printed`."""
    paper = archive.scoring.printed(scoring)
    with handed_out(path) as stream:
        stream.write(paper)
    return path
