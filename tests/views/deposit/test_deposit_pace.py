"""What a deposit of thousands shows costs what one of forty costs: so many parts, so many cells; counted, because seconds swing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from desktop.intake import DepositReport
from models.terms import DepositId
from views.deposit.running import Report

FEW, MANY = 40, 4_000


def parts_of_report(archive, count: int) -> int:
    """How many widgets tell of a deposit in which a fifth was set aside and a tenth failed."""
    aside = archive.intake.quarantine()[:1] * (count // 5)
    failed = [(f"/media/记录仪/{n}.mp4", "unreadable") for n in range(count // 10)]
    report = Report(lambda _id: None, lambda: None, lambda: None)
    report.show_report(DepositReport(DepositId(1), count - len(aside) - len(failed), 0, len(aside), failed), aside)
    return len(report.findChildren(QWidget))


def test_the_report_of_thousands_has_as_many_parts_as_that_of_forty(desk, archive) -> None:
    desk()
    assert parts_of_report(archive, MANY) == parts_of_report(archive, FEW)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_list_asks_for_what_is_seen_of_it(desk, archive, number: int) -> None:
    at = desk()
    page = at.go("deposit")
    page.show_tab(number)
    at.settle()
    shown = page.stack.currentWidget()
    asked = []
    for count in (FEW, FEW, MANY):  # what is shown for the first time is painted twice
        cells: list[object] = []
        told = shown.model.cell
        shown.model.cell = lambda index, cells=cells, told=told: cells.append(index.row()) or told(index)
        shown.show_rows(list(page._board[number])[:1] * count)
        at.settle()
        del shown.model.cell
        asked.append((len(set(cells)), len(cells)))
    assert asked[1][0] > 3
    assert asked[2] == asked[1]
