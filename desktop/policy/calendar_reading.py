"""Reads one year of days off strictly: every mistake is a sentence with its line, and then nothing is taken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from desktop.errors import Refusal
from desktop.policy.toml_reading import plainly, too_deep

FORMAT = 1
SATURDAY = 5
_TOP = {"format": int, "year": int, "version": int, "source": str}
_OFF = {"name": str, "from": date, "to": date}
_WORK = {"name": str, "on": date}


@dataclass(frozen=True)
class CalendarYear:
    """One year as its notice arranges it: days off and make-up working days, each with the holiday it belongs to."""

    year: int
    version: int
    source: str
    published: tuple[str, ...] = ()
    off: Mapping[date, str] = field(default_factory=dict)
    work: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Statutory:
    """Days off by the 放假办法 itself: every year on that day since some year, and single dated ones."""

    yearly: Mapping[tuple[int, int], tuple[str, int]]
    dated: Mapping[date, str]

    def name(self, day: date) -> str | None:
        """The holiday of that day, if the measures fix it."""
        fixed = self.yearly.get((day.month, day.day))
        if fixed is not None and day.year >= fixed[1]:
            return fixed[0]
        return self.dated.get(day)


def parse_calendar(text: str) -> CalendarYear:
    """One year of days off.

    Raises `Refusal` calendar.not_toml, calendar.unknown_key, calendar.missing_key, calendar.wrong_value, calendar.wrong_format,
    calendar.day_twice, calendar.other_year, calendar.range_backwards, calendar.weekday_work: each names the line.
    """
    table, lines = _read(text), _Lines(text)
    _keys(table, _TOP, {"published": list, "off": list, "work": list}, lines, "", 0)
    if table["format"] != FORMAT:
        raise Refusal("calendar.wrong_format", line=lines.of("", 0, "format"), found=table["format"], known=FORMAT)
    if not 1950 <= table["year"] <= 2999:
        raise Refusal("calendar.wrong_value", line=lines.of("", 0, "year"), where="year", found=table["year"])
    days = _Days(table["year"], lines)
    for at, row in enumerate(table.get("off", [])):
        _keys(row, _OFF, {"source": str}, lines, "off", at)
        days.take_off(row, at)
    for at, row in enumerate(table.get("work", [])):
        _keys(row, _WORK, {"source": str}, lines, "work", at)
        days.take_work(row, at)
    return CalendarYear(table["year"], table["version"], table["source"], tuple(map(str, table.get("published", []))), days.off, days.work)


def parse_statutory(text: str) -> Statutory:
    """The days of the 放假办法. Raises `Refusal` as `parse_calendar` does."""
    table, lines = _read(text), _Lines(text)
    _keys(table, {"format": int, "yearly": list, "dated": list}, {}, lines, "", 0)
    yearly: dict[tuple[int, int], tuple[str, int]] = {}
    for at, row in enumerate(table["yearly"]):
        _keys(row, {"name": str, "on": str, "since": int}, {}, lines, "yearly", at)
        if not re.fullmatch(r"\d\d-\d\d", row["on"]):
            raise Refusal("calendar.wrong_value", line=lines.of("yearly", at, "on"), where="on", found=row["on"])
        month, number = map(int, row["on"].split("-"))
        yearly[month, number] = (row["name"], row["since"])
    dated: dict[date, str] = {}
    for at, row in enumerate(table["dated"]):
        _keys(row, _OFF, {}, lines, "dated", at)
        for day in _range(row, lines, "dated", at):
            dated[day] = row["name"]
    return Statutory(yearly, dated)


class _Days:
    """The days taken so far, each refused a second time."""

    def __init__(self, year: int, lines: _Lines) -> None:
        self.year, self.lines = year, lines
        self.off: dict[date, str] = {}
        self.work: dict[date, str] = {}

    def take_off(self, row: dict[str, Any], at: int) -> None:
        for day in _range(row, self.lines, "off", at):
            self._check(day, self.lines.of("off", at, "from"))
            self.off[day] = row["name"]

    def take_work(self, row: dict[str, Any], at: int) -> None:
        day, line = row["on"], self.lines.of("work", at, "on")
        self._check(day, line)
        if day.weekday() < SATURDAY:
            raise Refusal("calendar.weekday_work", line=line, day=day.isoformat())
        self.work[day] = row["name"]

    def _check(self, day: date, line: int) -> None:
        if day.year != self.year:
            raise Refusal("calendar.other_year", line=line, day=day.isoformat(), year=self.year)
        if day in self.off or day in self.work:
            raise Refusal("calendar.day_twice", line=line, day=day.isoformat())


class _Lines:
    """Where a key of the n-th table of a name stands in the text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        name, number = "", 0
        for line, words in enumerate(text.splitlines(), 1):
            if header := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", words):
                name = header[1]
                number = counts.get(name, 0)
                counts[name] = number + 1
                self._at[name, number, ""] = line
            elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", words):
                self._at[name, number, key[1]] = line

    def of(self, name: str, number: int, key: str) -> int:
        """The line of the key; of its table where the key is not there."""
        return self._at.get((name, number, key)) or self._at.get((name, number, "")) or 1


def _read(text: str) -> dict[str, Any]:
    deep = too_deep(text)
    if deep:
        raise Refusal("calendar.not_toml", line=deep, detail="[[[")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as fault:
        found = re.search(r"at line (\d+)", str(fault))
        raise Refusal("calendar.not_toml", line=int(found[1]) if found else len(text.splitlines()), detail=plainly(str(fault))) from fault


def _keys(table: dict[str, Any], needed: Mapping[str, type], allowed: Mapping[str, type], lines: _Lines, name: str, at: int) -> None:
    where = f"[[{name}]]" if name else ""
    for key, value in table.items():
        kind = needed.get(key) or allowed.get(key)
        if kind is None:
            raise Refusal("calendar.unknown_key", line=lines.of(name or key, at, key), key=key, where=where)
        if not isinstance(value, kind) or isinstance(value, bool | datetime) or value == "":
            raise Refusal("calendar.wrong_value", line=lines.of(name, at, key), where=key, found=value)
        if isinstance(value, list) and key != "published" and not all(isinstance(row, dict) for row in value):
            raise Refusal("calendar.wrong_value", line=lines.of(name, at, key), where=key, found=value)
    for key in needed:
        if key not in table:
            raise Refusal("calendar.missing_key", line=lines.of(name, at, key), key=key, where=where)


def _range(row: dict[str, Any], lines: _Lines, name: str, at: int) -> list[date]:
    first, last = row["from"], row["to"]
    if last < first:
        raise Refusal("calendar.range_backwards", line=lines.of(name, at, "to"), first=first.isoformat(), last=last.isoformat())
    if (last - first).days > 60:
        raise Refusal("calendar.wrong_value", line=lines.of(name, at, "to"), where="to", found=last.isoformat())
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
