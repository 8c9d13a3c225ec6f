"""The recovery sheet on paper: 24 words, and the same as a QR code."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.archive import Archive
from desktop.clock import stamp
from desktop.grants import local_text
from desktop.header import digest_of
from desktop.tools.typesetting import qr_svg, typeset


def recovery_sheet(archive: Archive, words: Sequence[str]) -> bytes:
    """The sheet as PDF/A. The code on it tells which archive it opens: the head of the digest of its recovery file."""
    now = archive.clock.now()
    code = digest_of(archive.paths.keys / "recovery.json")[:16].upper()
    facts = {"archive": archive.name, "made": local_text(stamp(now)), "words": list(words), "qr": qr_svg(" ".join(words)),
             "code": " ".join(code[at : at + 4] for at in range(0, 16, 4))}
    return typeset("recovery_sheet", facts, now)
