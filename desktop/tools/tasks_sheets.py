"""The worker's task `sheet`: the first table of a spreadsheet as rows of words."""

from __future__ import annotations

import io
import json
import mimetypes
import os
from typing import Any

from desktop.tools.registry import Answer, task

ROWS_MOST, COLUMNS_MOST, CELL_MOST = 5000, 40, 2000


@task("sheet")
def sheet(fd: int, args: dict[str, Any]) -> Answer:
    """The cells of the first table, empty ones as empty words, formulas by what they came to. Rows and columns beyond the most are left out."""
    mimetypes.knownfiles = []  # openpyxl has them read, and the worker may not
    import openpyxl  # only here: every worker would bear its start

    size = os.fstat(fd).st_size
    book = openpyxl.load_workbook(io.BytesIO(os.pread(fd, size, 0)), read_only=True, data_only=True)
    page = book.worksheets[0]
    rows = [[_words(cell) for cell in row] for row in page.iter_rows(max_row=ROWS_MOST, max_col=COLUMNS_MOST, values_only=True)]
    return {"findings": []}, json.dumps(rows, ensure_ascii=False).encode()


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:CELL_MOST]
