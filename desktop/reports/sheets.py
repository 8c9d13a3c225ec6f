"""Spreadsheets: what an office goes on working with. Words are written as words, never as a formula that somebody typed into a title."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from desktop.reports import annual
from desktop.reports.forms import AnnualList

Value = str | int | float | date | None
_HAIR, _STRONG = Side(style="thin", color="D3DBDD"), Side(style="medium", color="40515A")


@dataclass(frozen=True)
class Sheet:
    """One table: its name, a title and a note above it, heads with widths in characters, and rows. A float is a share, shown in per cent."""

    name: str
    title: str
    note: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """These tables as one xlsx; the head of each stays in view, and it prints on landscape A4."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:31]), sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def annual_sheet(unit: str, made: AnnualList) -> bytes:
    """年度案件清单 as xlsx; days are days, so that one can sort and count by them."""
    rows: list[list[Value]] = []
    for place, line in enumerate(made.lines, 1):
        row: list[Value] = [place, *annual.row_of(place, line)[1:]]
        for column in range(7, 11):
            row[column] = date.fromisoformat(str(row[column])) if row[column] else None
        rows.append(row)
    return workbook([Sheet(f"{made.year}年度", f"{unit} {made.year}年度行政执法案件清单", made.ground, annual.HEAD,
                           [width * 10 for width in annual.WIDTHS], rows)])


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
