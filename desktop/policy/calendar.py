"""Days off and make-up working days (调休) of the office: read strictly from a year's file, asked day by day, and counted in working days."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desktop.i18n import _, language
from desktop.paths import RESOURCES
from desktop.policy.calendar_reading import CalendarYear, Statutory, parse_calendar, parse_statutory

DAY = timedelta(days=1)
SATURDAY = 5
DayKind = Literal["off", "work", "local_off", "local_work", "rest", ""]


@dataclass(frozen=True)
class LocalDay:
    """地方放假: a local day off, or a working day by local order (`off` False), with what it is for."""

    day: date
    off: bool
    name: str


class OfficeCalendar:
    """The office's days: the State Council's notices of the years that are loaded, and local days on top.

    A year without a notice is counted by weekends and by the days that the 放假办法 itself fixes; what rests on it is provisional (暂定).
    A value: never changed after it is made; sums are remembered in it.
    """

    def __init__(self, years: Iterable[CalendarYear], local: Iterable[LocalDay] = (), statutory: Statutory | None = None) -> None:
        self.years: Mapping[int, CalendarYear] = {one.year: one for one in years}
        self.local: Mapping[date, LocalDay] = {one.day: one for one in local}
        self._statutory = statutory or known_statutory()
        self._working: dict[int, list[int]] = {}
        self.sums: dict[tuple[str, int, bool, date], tuple[date, date, bool]] = {}  # what `counting` remembers
        self._cited: dict[tuple[str, int, int], str] = {}

    def announced(self, year: int) -> bool:
        """Whether the notice of that year is loaded."""
        return year in self.years

    @functools.cached_property
    def version(self) -> str:
        """Which calendars these are, for the entry of whoever relies on them: «2007–2026·1; 2027·2; 地方 3»."""
        parts: list[str] = []
        ordered = sorted(self.years)
        at = 0
        while at < len(ordered):
            first, number = ordered[at], self.years[ordered[at]].version
            while at + 1 < len(ordered) and ordered[at + 1] == ordered[at] + 1 and self.years[ordered[at + 1]].version == number:
                at += 1
            parts.append(f"{first}·{number}" if ordered[at] == first else f"{first}–{ordered[at]}·{number}")
            at += 1
        if self.local:
            parts.append(_("local {n}").format(n=len(self.local)))
        return "; ".join(parts)

    def cited(self, first: int, last: int) -> str:
        """The calendars of a stretch of years, as a sum names them: «2026年历第1版、2027年历暂定»."""
        key = (language(), first, last)
        if key not in self._cited:
            self._cited[key] = "、".join(
                _("calendar of {year}, version {n}").format(year=year, n=self.years[year].version) if year in self.years
                else _("calendar of {year} not announced").format(year=year) for year in range(first, last + 1))
        return self._cited[key]

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day; make-up days (调休) count, moved days off do not."""
        if day in self.local:
            return not self.local[day].off
        year = self.years.get(day.year)
        if year is None:
            return day.weekday() < SATURDAY and self._statutory.name(day) is None
        return day in year.work or (day.weekday() < SATURDAY and day not in year.off)

    def why(self, day: date) -> str:
        """Why a day is off, or worked although it seems off: 周末, 国庆节假日, 国庆节调休上班, 地方放假; empty for a plain working day."""
        local = self.local.get(day)
        if local is not None:
            return (_("local day off ({name})") if local.off else _("local working day ({name})")).format(name=local.name)
        year = self.years.get(day.year)
        if year is not None and day in year.work:
            return _("make-up working day for {name}").format(name=year.work[day])
        name = year.off.get(day) if year is not None else self._statutory.name(day)
        if name is not None:
            return _("holiday of {name}").format(name=name)
        return _("weekend") if day.weekday() >= SATURDAY else ""

    def kind(self, day: date) -> DayKind:
        """What a day is at a glance; `rest` is a weekend that no notice names, an empty word a plain working day."""
        local = self.local.get(day)
        if local is not None:
            return "local_off" if local.off else "local_work"
        year = self.years.get(day.year)
        if year is None:
            return "off" if self._statutory.name(day) else "rest" if day.weekday() >= SATURDAY else ""
        if day in year.work:
            return "work"
        return "off" if day in year.off else "rest" if day.weekday() >= SATURDAY else ""

    def next_working(self, day: date) -> date:
        """That day if it is worked, else the next one that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def previous_working(self, day: date) -> date:
        """That day if it is worked, else the one before it that is."""
        while not self.is_working(day):
            day -= DAY
        return day

    def plus_working(self, day: date, number: int) -> date:
        """The `number`-th working day after that day, which itself is not counted."""
        year, days = day.year, self._of(day.year)
        at = bisect_right(days, day.toordinal()) + number - 1
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self._of(year)
        return date.fromordinal(days[at])

    def minus_working(self, day: date, number: int) -> date:
        """The `number`-th working day before that day, which itself is not counted."""
        year, days = day.year, self._of(day.year)
        at = bisect_left(days, day.toordinal()) - number
        while at < 0:
            year -= 1
            days = self._of(year)
            at += len(days)
        return date.fromordinal(days[at])

    def _of(self, year: int) -> list[int]:
        """The working days of one year as ordinals."""
        if year not in self._working:
            first, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
            self._working[year] = [n for n in range(first, end) if self.is_working(date.fromordinal(n))]
        return self._working[year]


@functools.cache
def known_statutory() -> Statutory:
    """The days that the 放假办法 itself fixes."""
    return parse_statutory((RESOURCES / "calendar" / "statutory.toml").read_text(encoding="utf-8"))


@functools.cache
def built_in_years() -> tuple[CalendarYear, ...]:
    """The years that came with the program. Raises `Refusal` as `parse_calendar` does."""
    return tuple(parse_calendar(path.read_text(encoding="utf-8")) for path in sorted((RESOURCES / "calendar").glob("cn-*.toml")))


@functools.cache
def built_in_calendar() -> OfficeCalendar:
    """The calendar that came with the program, without local days."""
    return OfficeCalendar(built_in_years())
