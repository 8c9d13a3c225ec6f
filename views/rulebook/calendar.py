"""日历: which days the office works, where that is written, local days, a year's file taken in, and the clocks reckoned anew after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QSizePolicy

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.wording import range_words
from desktop.procedure import recompute
from desktop.rulebook import CalendarLine, LocalDayLine
from desktop.rulebook.reading_files import text_of
from views.bridge import Handle
from views.common import Cell, Column, Rows, Table, banner, button, content, empty, fill, hbox, panel, para, scroll, text, tool, vbox
from views.common.dialogs import ask_reason
from views.common.page import Page
from views.reckoning import reckoning, title
from views.rulebook.local_day import LocalDayForm
from views.rulebook.section import First, Section
from views.rulebook.words import day_said, today_of
from views.rulebook.year_view import YearView, legend
from views.terms import office_day

SIDE = 376
AHEAD = 1  # years after the newest one that may be looked at


@dataclass(frozen=True)
class Shown:
    """What is read at once."""

    days: OfficeCalendar
    lines: tuple[CalendarLine, ...]
    local: tuple[LocalDayLine, ...]
    due: bool


class CalendarSection(Section):
    """The year on the left; its notice, its holidays and the local days on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.got: Shown | None = None
        self._year = today_of(page.archive.clock.now()).year
        self.before = tool("caret-left", _("The year before"), "Alt+PgUp", on=lambda: self.turn(self._year - 1))
        self.after = tool("caret-right", _("The year after"), "Alt+PgDown", on=lambda: self.turn(self._year + 1))
        self.name = text("", "heading")
        self.view = YearView()
        self.view.chosen.connect(self._day)
        self.said = text("", "body", elide=True)
        self.due = vbox(gap=0)
        self._notice = vbox(gap=4)
        self.model = Rows([Column(_("Holiday"), 124, lambda r: Cell(r[0])),
                           Column(_("Days off"), 0, lambda r: Cell(r[1], _("made up on {days}").format(days=r[2]) if r[2] else ""))])
        self.table = Table(self.model, _("Holidays of the year"))
        self.table.setMinimumHeight(84)
        # Beside words that wrap, Qt takes the wanted height of a part for its least: in a low window the fields below would be cut.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.local = Rows([Column(_("Local day"), 108, lambda d: Cell(d.day.isoformat(), _("off") if d.off else _("worked"))),
                           Column(_("Name and order"), 0, lambda d: Cell(d.name, d.source))])
        self.local_table = Table(self.local, _("Local days"))
        self.local_table.setMinimumHeight(84)
        self.remove = button(_("Remove …"), "quiet", "trash", on=self._remove)
        self.form = LocalDayForm(self)
        self.setLayout(self._lay())
        page.bridge.ended.connect(self._job_ended)

    def _lay(self) -> Any:
        head = hbox(self.before, self.name, self.after, 8, (self.said, 1), gap=8)
        year = panel(_("The year"), head, (scroll(content(vbox(self.view, gap=0)), _("The year"), fade=False), 1), legend())
        local = panel(_("Local days"), self.form, (self.local_table, 1), tail=(self.remove,))
        side = content(vbox((panel(_("Where it is written"), content(self._notice), (self.table, 1)), 3), (local, 3), gap=12))
        side.setFixedWidth(SIDE)
        return vbox(content(self.due), (hbox((year, 1), side, gap=12), 1), gap=0)

    # What is shown
    def read(self) -> None:
        room = self.page.archive.rulebook

        def read(_progress: Any) -> Shown:
            return Shown(room.calendar(), tuple(room.calendars()), tuple(room.local_days()), room.recompute_due())

        self.page.run(read, self._fill, lane="reads")

    def turn(self, year: int) -> None:
        """Another year."""
        if self.got is None:
            return
        known = [line.year for line in self.got.lines]
        self._year = min(max(year, min(known)), max(known) + AHEAD)
        self._show()

    def _fill(self, got: Shown) -> None:
        self.got = got
        self.local.show_rows(got.local)
        self.form.setVisible(self.page.may("calendar.local_add").allowed)
        self.remove.setVisible(self.page.may("calendar.local_remove").allowed)
        self.remove.allow(bool(got.local), _("There is no local day"))
        if got.local:
            self.local_table.choose(0)
        self._recompute_offer(got.due)
        self._show()

    def _show(self) -> None:
        got, today = self.got, today_of(self.page.archive.clock.now())
        assert got is not None
        known = [line.year for line in got.lines]
        self.before.allow(self._year > min(known), _("No earlier year is held"))
        self.after.allow(self._year < max(known) + AHEAD, _("No later year is held"))
        line = next((one for one in got.lines if one.year == self._year), None)
        self.name.setText(str(self._year) if line else _("{year} (provisional)").format(year=self._year))
        day = self.view.day if self.view.day.year == self._year else today if today.year == self._year else date(self._year, 1, 1)
        self.view.show_year(got.days, day, today)
        self.model.show_rows(holidays(got.days, self._year))
        empty(self._notice)
        fill(self._notice, self._written(line))
        self._day(day)

    def _written(self, line: CalendarLine | None) -> list[Any]:
        if line is None:
            return [banner("soon", _("The notice of {year} is not loaded").format(year=self._year),
                           _("Weekends and the fixed holidays count for now. Every sum that rests on it is told as provisional, and is made anew "
                             "when the file is imported."))]
        came = _("came with the program") if not line.person else _("loaded by {name}, {day}").format(name=line.person, day=office_day(line.at))
        more = _("version {n} · {came} · {off} days off, {work} make-up days").format(n=line.version, came=came, off=line.off, work=line.work)
        return [para(line.source, "body", "ink", "serif"), para(more, "small", "ink2")]

    def _day(self, day: date) -> None:
        if self.got is not None:
            self.said.setText(day_said(self.got.days, day))
            self.form.offer(day)

    # What may be done
    def first(self) -> First | None:
        return First(_("Import a year …"), "download-simple", "calendar.load")

    def begin(self) -> None:
        """Choose a year's file."""
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ReadOnly
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the calendar of a year"), str(Path.home()), "*.toml", options=options)
        if chosen:
            self.load(Path(chosen))

    def load(self, path: Path) -> None:
        """Take a year in; a mistake is told with its line, and nothing is changed then."""
        room = self.page.archive.rulebook
        self.page.run(lambda _p: room.load_calendar(text_of(path)), self._loaded)

    def _loaded(self, year: int) -> None:
        self.page.say("good", _("The calendar of {year} is loaded").format(year=year), _("It counts from the next sum on."))
        self._year = year
        self.changed_days()

    def changed_days(self) -> None:
        """After any change of the days: the window reckons the clocks of open cases anew by itself, where one may."""
        self.page.reread()

    def recompute(self) -> None:
        """Begin that job by hand, where somebody stopped it; it goes on while other pages are in view."""
        archive = self.page.archive
        self.page.run(lambda progress: recompute(archive, progress), self._recomputed, lane="wide", title=title())

    def _job_ended(self, job: Handle) -> None:
        """The window's own reckoning is over, or was stopped: say how things stand."""
        if job.title == title():
            self.read()

    def _recomputed(self, changed: int) -> None:
        self.page.say("good", _("The clocks of open cases are reckoned anew"), _("{n} came out differently.").format(n=changed))
        self.page.reread()

    def _recompute_offer(self, due: bool) -> None:
        empty(self.due)
        if not due or reckoning(self.page.bridge.running) is not None:
            return
        act = button(_("Reckon anew"), "", "arrow-clockwise", on=self.recompute)
        act.heed(self.page.may("procedure.recompute"))
        fill(self.due, [banner("soon", _("Clocks of open cases rest on the days as they were before"),
                               _("The days were changed since they were last reckoned."), act), 12])

    def _remove(self) -> None:
        row, room = self.local_table.row(), self.page.archive.rulebook
        if not isinstance(row, LocalDayLine):
            return
        what = _("{day} then counts by the notice again. The entry stays with who removed it and why.").format(day=row.day.isoformat())
        ask_reason(self, _("Remove the local day {day}").format(day=row.day.isoformat()), what, _("Remove"),
                   lambda why: self.page.run(lambda _p: room.local_remove(row.id, why), lambda _n: self._removed(row)), danger=True)

    def _removed(self, row: LocalDayLine) -> None:
        self.page.say("good", _("The local day {day} is removed").format(day=row.day.isoformat()))
        self.changed_days()


def holidays(days: OfficeCalendar, year: int) -> list[tuple[str, str, str]]:
    """Name, days off and make-up days of each holiday of a year, in the order of the year."""
    notice = days.years.get(year)
    if notice is None:
        fixed = [day for day in (date(year, 1, 1) + timedelta(days=n) for n in range(365)) if days.kind(day) == "off"]
        return [(why, _ranges(day for day in fixed if days.why(day) == why), "") for why in dict.fromkeys(map(days.why, fixed))]
    names = list(dict.fromkeys(name for _day, name in sorted([*notice.off.items(), *notice.work.items()])))
    return [(name, _ranges(day for day, of in notice.off.items() if of == name),
             "、".join(range_words(day, day) for day, of in sorted(notice.work.items()) if of == name)) for name in names]


def _ranges(days: Iterable[date]) -> str:
    """10月1日至7日, stretches without a break in one."""
    out: list[tuple[date, date]] = []
    for day in sorted(days):
        if out and (day - out[-1][1]).days == 1:
            out[-1] = (out[-1][0], day)
        else:
            out.append((day, day))
    return "、".join(range_words(*one) for one in out)
