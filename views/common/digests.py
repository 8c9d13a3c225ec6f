"""A hash for reading aloud and comparing: capital letters in groups of four, four groups a line, one label a line."""

from __future__ import annotations

from views.common.text import Text, text

ALL = 16  # groups of a SHA-256


def quads(digest: str, groups: int = ALL) -> list[str]:
    """The lines of a hex digest; with fewer groups only its beginning, which is no proof but is enough to tell two apart."""
    capital = digest.upper()
    fours = [capital[k : k + 4] for k in range(0, min(len(capital), groups * 4), 4)]
    return [" ".join(fours[k : k + 4]) for k in range(0, len(fours), 4)]


def hash_lines(digest: str, role: str = "small", ink: str = "ink", groups: int = ALL) -> list[Text]:
    """One label a line, because a label keeps room for one line only; the first one speaks the whole."""
    lines = quads(digest, groups)
    if groups < ALL and lines:
        lines[-1] += " ……"
    out = [text(line, role, ink, "mono") for line in lines]
    for one in out:
        one.setToolTip("\n".join(quads(digest)))
        one.setAccessibleName(" ".join(quads(digest)))
    return out
