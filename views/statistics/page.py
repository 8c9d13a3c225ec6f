"""统计: choose a period, see rates, coverage, what was not kept and whose; take the tables, the plot or the annual list away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import day_of
from desktop.reports.saving import save_annual
from desktop.statistics.forms import QUARTERS, YEAR, CoverageSums, LimitSums, Period, Sums
from models.filenames import safe_export_name
from views.common import Empty, button, combo, hbox, page_head, panel, segmented, shortcut, text
from views.common.layout import content
from views.common.page import Page
from views.reports.saved import Chooser, choose_file, in_chinese, open_file, opener, saved_words
from views.statistics import charts
from views.statistics.figures import Figures
from views.statistics.plot import Plot, Source, as_pdf, as_png, as_svg
from views.statistics.tables import Tables
from views.statistics.words import part_words, period_words
from views.theme import THEME

PARTS = (YEAR, *QUARTERS, *(str(n) for n in range(1, 13)))
VIEWS = (charts.rates, charts.coverage, charts.articles, charts.officers, charts.units, charts.unit_months)
DRAWN = {".png": as_png, ".svg": as_svg, ".pdf": as_pdf}
TABLE_SHARE = 0.46  # of the width, for the table


class StatisticsPage(Page):
    """`go("statistics")`. Alt+1 … Alt+6 change the view; Tab goes from the period to the views and into the table."""

    name, icon, act = "statistics", "chart-bar", "statistics.read"
    listens_to = frozenset({"procedure.", "cases.file", "cases.create", "cases.edit", "intake.admit", "calendar."})
    margins = (24, 12, 24, 12)

    @classmethod
    def title(cls) -> str:
        return _("Statistics")

    def build(self) -> None:
        self.choose_file: Chooser = choose_file
        self.open_file = open_file
        self.sums: Sums | None = None
        self._asked = 0
        self.annual = button(_("Annual list of cases"), "", "list-bullets", on=self._offer_annual)
        self.save_plot = button(_("Save the plot"), "", "image", on=self._offer_plot)
        self.save_tables = button(_("Save the tables"), "", "table", "Ctrl+S", on=self._save_tables)
        self.head = page_head(_("Statistics"), self.annual, self.save_plot, self.save_tables)
        self.offer = QMenu(self)
        this = day_of(self.archive.clock.now()).year
        self.year = combo([(_("{year}").format(year=this), this)], _("Year"), lambda _v: self.reread())
        self.part = combo([(part_words(part), part) for part in PARTS], _("Part of the year"), lambda _v: self.reread())
        self.views = segmented([_("On time and covered"), _("By matter"), _("By article"), _("By officer"), _("By unit"), _("By month and unit")], 0,
                               _("What is shown"), self._show_view)
        for number in range(len(VIEWS)):
            shortcut(self, f"Alt+{number + 1}", lambda chosen=number: self.choose_view(chosen))
        self.figures = Figures()
        self._build_body()
        bar = content(hbox(self.year, self.part, None, self.views, gap=8))
        self.lay(self.head, bar, self.figures, (self.place, 1))
        self.room.setSpacing(10)

    def _build_body(self) -> None:
        self.plot, self.tables, self.note = Plot(), Tables(), text("", "small", "ink3", elide=True)
        self.drawn = panel("", (self.plot, 1), self.note, gap=6)
        self.lists = QStackedWidget()
        for one in self.tables.all:
            self.lists.addWidget(one)
        self.listed = panel(_("In figures"), (self.lists, 1), gap=4)
        self.body = content(hbox((self.drawn, 1), self.listed, gap=16))
        self.nothing = Empty("chart-bar", _("There is nothing to count in this period"),
                             _("Choose another period. Figures come from activities entered, recordings linked and cases filed."))
        self.silent = Empty("circle-dashed", _("Nothing of this kind in the period"), _("Choose another view or another period."))
        self.place = QStackedWidget()
        for part in (self.body, self.nothing, self.silent):
            self.place.addWidget(part)

    @property
    def period(self) -> Period:
        """The period that is chosen."""
        return Period(int(str(self.year.value())), str(self.part.value()))

    # Reading
    def refresh(self) -> None:
        for one in (self.save_tables, self.save_plot):
            one.heed(self.may("statistics.export"))
        self.annual.heed(self.may("reports.annual"))
        self._asked += 1
        asked, period, room = self._asked, self.period, self.archive.statistics
        now = self.archive.clock.now()
        self.head.say(_("Statistics"), _("{period}: counting …").format(period=period_words(period)))
        self.run(lambda _progress: room.years(), self._offer_years, lane="reads")

        # Three jobs, so that a hundred thousand cases hold up no other page for longer than one of them takes.
        def covered(limits: LimitSums) -> None:
            self.run(lambda _progress: room.coverage(period), lambda coverage: led(limits, coverage), lane="reads")

        def led(limits: LimitSums, coverage: CoverageSums) -> None:
            self.run(lambda _progress: room.officers(period), lambda lines: self._show(asked, Sums(period, now, limits, coverage, lines)),
                     lane="reads")

        self.run(lambda _progress: room.limits(period), covered, lane="reads")

    def _offer_years(self, years: list[int]) -> None:
        self.year.offer([(_("{year}").format(year=year), year) for year in years])

    def _show(self, asked: int, sums: Sums) -> None:
        if asked != self._asked:  # another period was chosen meanwhile
            return
        self.sums = sums
        self.head.say(_("Statistics"), _("{period}, counted on {day}; only cases that you may know of").format(
            period=period_words(sums.period), day=day_of(sums.at).isoformat()))
        self.figures.show_sums(sums)
        self.tables.show_sums(sums)
        self._show_view(self.views.chosen)

    # What is shown
    def choose_view(self, number: int) -> None:
        """Another view, by its number."""
        self.views.choose(number)
        self._show_view(number)

    @property
    def chart(self) -> charts.Chart | None:
        """The plot in view."""
        return VIEWS[self.views.chosen](self.sums) if self.sums is not None else None

    def _show_view(self, number: int) -> None:
        chart = self.chart
        if chart is None or self.sums is None:
            return
        if self.sums.empty or chart.empty:
            self.place.setCurrentWidget(self.nothing if self.sums.empty else self.silent)
        else:
            self.plot.show_chart(chart)
            self.drawn.rename(chart.title)
            self.note.setText(chart.note)
            self.lists.setCurrentIndex(number)
            self.place.setCurrentWidget(self.body)
        self.save_plot.allow(not chart.empty and self.may("statistics.export").allowed, _("There is nothing drawn"))

    # Taking away
    def _offer_annual(self) -> None:
        self._offer({_("As a spreadsheet (xlsx)"): lambda: self._save_annual(".xlsx"), _("On paper (PDF)"): lambda: self._save_annual(".pdf")},
                    self.annual, in_chinese())

    def _offer_plot(self) -> None:
        self._offer({_("As a picture (PNG)"): lambda: self._save_plot(".png"), _("As a drawing (SVG)"): lambda: self._save_plot(".svg"),
                     _("On paper (PDF)"): lambda: self._save_plot(".pdf")},
                    self.save_plot)

    def _offer(self, ways: dict[str, Callable[[], None]], under: Any, note: str = "") -> None:
        self.offer.clear()
        if note:
            self.offer.addAction(note).setEnabled(False)
            self.offer.addSeparator()
        for words, way in ways.items():
            self.offer.addAction(words).triggered.connect(lambda _on=False, chosen=way: chosen())
        self.offer.popup(under.mapToGlobal(under.rect().bottomLeft()))
        self.offer.setActiveAction(next(one for one in self.offer.actions() if one.isEnabled() and not one.isSeparator()))

    def _save_annual(self, ending: str) -> None:
        archive, year = self.archive, self.period.year
        self._save(_("Annual list of cases"), f"{year} {_('Annual list of cases')}{ending}",
                   lambda path, progress: save_annual(archive, year, path, progress), printed=True)

    def _save_plot(self, ending: str) -> None:
        chart, sums = self.chart, self.sums
        if chart is None or sums is None:
            return
        period = sums.period  # of what is drawn, whatever was chosen meanwhile
        source = Source(self.archive.name, period_words(period), day_of(sums.at).isoformat())
        drawn = DRAWN[ending](chart, source)  # here, because fonts belong to the window; a page of A4 is a few milliseconds
        room = self.archive.statistics
        self._save(_("Plot"), f"{chart.title} {period_words(period)}{ending}",
                   lambda path, _progress: room.save_plot(period, chart.title, drawn, path))

    def _save_tables(self) -> None:
        room, period = self.archive.statistics, self.period
        self._save(_("Tables"), f"{_('Statistics')} {period_words(period)}.xlsx", lambda path, _progress: room.save_tables(period, path))

    def _save(self, what: str, suggested: str, job: Callable[[Path, Progress], Path], printed: bool = False) -> None:
        path = self.choose_file(self, _("Where the file is to go"), safe_export_name(suggested))
        if path is not None:
            self.run(lambda progress: job(path, progress), lambda saved: self._saved(saved, printed), lane="wide", title=what)

    def _saved(self, path: Path, printed: bool) -> None:
        self.say("good", _("Saved: {name}").format(name=path.name), saved_words(path, printed), opener(path, self.open_file))

    def opened(self, **kw: Any) -> None:
        super().opened(**kw)
        self.year.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.listed.setFixedWidth(max(round(self.width() * TABLE_SHARE), THEME.px(492)))
