"""How a spreadsheet is written with openpyxl; only `sheets` asks for it, when somebody wants a file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from desktop.reports.sheets import Sheet, Value

_HAIR, _STRONG = Side(style="thin", color="D3DBDD"), Side(style="medium", color="40515A")


def written(sheets: Sequence[Sheet]) -> bytes:
    """These tables as one xlsx."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:31]), sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    columns = len(sheet.head)
    _write(page.cell(1, 1), sheet.title).font = Font(bold=True, size=14)
    _write(page.cell(2, 1), sheet.note).alignment = Alignment(wrap_text=True, vertical="top")
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    for column, words in enumerate(sheet.head, 1):
        cell = _write(page.cell(3, column), words)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E3E9EA")
        cell.border = Border(bottom=_STRONG)
        page.column_dimensions[get_column_letter(column)].width = max(sheet.widths[column - 1], 6)
    for number, row_values in enumerate(sheet.rows, 4):
        for column, value in enumerate(row_values, 1):
            cell = _write(page.cell(number, column), value)
            cell.border = Border(bottom=_HAIR)
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    page.row_dimensions[2].height = 32 if sheet.note else 6
    page.freeze_panes = "A4"
    page.auto_filter.ref = f"A3:{get_column_letter(columns)}{max(len(sheet.rows) + 3, 3)}"
    page.print_title_rows, page.sheet_properties.pageSetUpPr.fitToPage = "1:3", True
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", page.PAPERSIZE_A4, 0


def _write(cell: Any, value: Value) -> Any:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # also what begins with =: a case title is no formula
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, float):
            cell.number_format = "0.0%"
    return cell
