"""The tables beside the plots: the same figures, to read, to hear and to walk through by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desktop.i18n import _
from desktop.statistics.forms import ArticleLine, Covered, MonthLine, OfficerLine, Sums, Tally
from views.common import Cell, Column, Rows, Table
from views.common.text import figures
from views.statistics.words import both_words, month_words, of_words, share_words, time_words, unit_words

Month = tuple[MonthLine, Covered]
Matter = tuple[str, Covered]


class Tables:
    """One table for each view, in the order of the views; `show_sums` fills them all."""

    def __init__(self) -> None:
        self.rates = Table(Rows([Column(_("Month"), 0, lambda row: month_words(row[0].month)),
                                 _share(_("Handed in"), lambda row: _tally(row[0].deposit)),
                                 _share(_("Filed"), lambda row: _tally(row[0].filing)), _share(_("Recorded"), lambda row: _covered(row[1])),
                                 _time(lambda row: _timed(row[1]))]),
                           _("On-time rates and coverage by month"))
        self.coverage = Table(Rows([Column(_("Matter"), 0, lambda row: Cell(row[0], both_words(row[1]))),
                                    _figure(_("with a recording"), lambda row: row[1].recorded), _figure(_("excused"), lambda row: row[1].excused),
                                    _figure(_("not recorded"), lambda row: row[1].missing), _figure(_("to be settled"), lambda row: row[1].open)]),
                              _("Recording of activities by matter"))
        self.articles = Table(Rows([Column(_("Article cited"), 0, lambda row: Cell(row.article, row.title)),
                                    _figure(_("done late"), lambda row: row.late),
                                    _figure(_("over, not done"), lambda row: row.over, 104),
                                    _figure(_("not recorded"), lambda row: row.unrecorded)]), _("Not kept, by article"))
        self.officers = Table(Rows(_people(_("Leading officer"), lambda row: Cell(row.name, unit_words(row.unit)))), _("By leading officer"))
        self.units = Table(Rows(_people(_("Unit of the officer"), lambda row: Cell(unit_words(row.unit)))), _("By unit"))
        self.unit_months = Table(Rows(_people(_("Unit of the officer"), lambda row: Cell(unit_words(row[1].unit), month_words(row[0])),
                                              lambda row: row[1])), _("By month and unit"))
        self.all = (self.rates, self.coverage, self.articles, self.officers, self.units, self.unit_months)

    def show_sums(self, sums: Sums) -> None:
        """Other figures."""
        months: list[Month] = [(line, one) for line, (_month, one) in zip(sums.limits.months, sums.coverage.months, strict=True)]
        filled: list[list[Month] | list[Matter] | list[ArticleLine] | list[OfficerLine] | list[tuple[date, OfficerLine]]] = [
            months, list(sums.coverage.matters), list(sums.articles), list(sums.people), list(sums.units), list(sums.unit_months)]
        for one, rows in zip(self.all, filled, strict=True):
            model = one.model()
            assert isinstance(model, Rows)
            model.show_rows(rows)


def _people(title: str, name: Callable[[Any], Cell], line: Callable[[Any], OfficerLine] = lambda row: row) -> list[Column]:
    return [Column(title, 0, name), _share(_("Handed in"), lambda row: _tally(line(row).deposit)),
            _share(_("Filed"), lambda row: _tally(line(row).filing)), _share(_("Recorded"), lambda row: _covered(line(row).covered)),
            _time(lambda row: _timed(line(row).covered))]


def _share(title: str, of: Callable[[Any], Cell]) -> Column:
    return Column(title, 84, of, True)


def _time(of: Callable[[Any], Cell]) -> Column:
    return Column(_("Time proven"), 136, of, True)


def _figure(title: str, of: Callable[[Any], int], width: int = 84) -> Column:
    return Column(title, width, lambda row: figures(of(row)), True)


def _tally(one: Tally) -> Cell:
    return Cell(share_words(one.share), of_words(one.on_time, one.fallen), ink="late" if one.late or one.over else "ink")


def _covered(one: Covered) -> Cell:
    return Cell(share_words(one.share), of_words(one.recorded, one.due), ink="late" if one.missing else "ink")


def _timed(one: Covered) -> Cell:
    return Cell(share_words(one.time_share), time_words(one.proven, one.seconds), ink="late" if one.proven < one.seconds else "ink")
