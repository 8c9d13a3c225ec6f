"""Pages of a paper of ours as pictures, in memory only: for a printer, without a file that somebody could find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Picture:
    """One page: width and height in pixels, rows of RGB without gaps."""

    width: int
    height: int
    rows: bytes = field(repr=False)


def pages_of(pdf: bytes, dpi: int = 300) -> Iterator[Picture]:
    """Every page of a PDF that this program made itself; what comes from outside is drawn by a limited worker instead."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            drawn = page.render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
            yield Picture(drawn.width, drawn.height, drawn.tobytes())
