"""A person's spreadsheet as rows of words, read in a limited worker: the desk never parses what came from outside."""

from __future__ import annotations

import json
import os
from pathlib import Path

from desktop.errors import Refusal
from desktop.tools.worker import Workers

MOST = 10_000_000  # bytes
PATIENCE = 20.0  # seconds


def sheet_rows(workers: Workers, path: Path) -> list[list[str]]:
    """The first table of an xlsx. Raises `Refusal`: calendar.file_unreadable, sheet.unreadable."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise Refusal("calendar.file_unreadable", name=path.name, detail=error.strerror or str(error)) from error
    try:
        if os.fstat(fd).st_size > MOST:
            raise Refusal("sheet.unreadable", name=path.name)
        facts, found = workers.run("sheet", fd, {}, PATIENCE)
    finally:
        os.close(fd)
    if facts["findings"]:
        raise Refusal("sheet.unreadable", name=path.name)
    rows: list[list[str]] = json.loads(found)
    return rows
