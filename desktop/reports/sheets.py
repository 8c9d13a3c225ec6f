"""Spreadsheets: what an office goes on working with. Words are written as words, never as a formula that somebody typed into a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.reports import annual
from desktop.reports.forms import AnnualList

Value = str | int | float | date | None


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
    from desktop.reports.xlsx import written  # here, because what it stands on takes as long to import as half of our own rooms

    return written(sheets)


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
