"""A text that a person brings for the rules: a year's days off, read from a file of theirs."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import Refusal

MOST = 1_000_000  # bytes; a year's notice has some two thousand


def text_of(path: Path) -> str:
    """The words of a file of rules. Raises `Refusal` calendar.file_unreadable, calendar.file_not_text with the file's name."""
    try:
        with path.open("rb") as f:
            given = f.read(MOST + 1)
    except OSError as error:
        raise Refusal("calendar.file_unreadable", name=path.name, detail=error.strerror or str(error)) from error
    try:
        words = given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("calendar.file_not_text", name=path.name) from error
    if len(given) > MOST or "\0" in words:
        raise Refusal("calendar.file_not_text", name=path.name)
    return words.replace("\r\n", "\n")
