"""Which rules hold: the version of a profile that a case began under, the calendar as it was loaded, the agency's own list of duties."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from desktop.database import ArchiveDatabase, first_row
from desktop.errors import Refusal
from desktop.policy.calendar import LocalDay, OfficeCalendar, built_in_years
from desktop.policy.calendar_reading import CalendarYear, parse_calendar
from desktop.policy.clocks import BEIJING
from desktop.policy.listing import AgencyRow, Listing, in_force
from desktop.policy.profile import BASE, asks_province, parse_profile, profile
from desktop.policy.rules import Profile
from desktop.policy.sheet import Sheet, default_sheet, parse_sheet


class RulesInForce:
    """Reads versions from the tables and keeps what it parsed; a version never changes once it is written."""

    def __init__(self, database: ArchiveDatabase) -> None:
        self._database = database
        self._profiles: dict[tuple[str, int], Profile] = {}
        self._years: dict[tuple[int, int], CalendarYear] = {}
        self._calendar: tuple[object, OfficeCalendar] | None = None
        self._sheet: tuple[int, Sheet] | None = None

    def profile(self, key: str, version: int) -> Profile:
        """A profile in one version. Raises `Refusal` profile.unknown, profile.damaged, profile.version_unknown."""
        if (key, version) not in self._profiles:
            self._profiles[(key, version)] = self._read_profile(key, version)
        return self._profiles[(key, version)]

    def version(self, key: str, day: date) -> int:
        """Which version of a profile a case begun on that day stands under: the newest confirmed one in force by then, else the built-in."""
        row = first_row(self._database.connection(), "SELECT version FROM profile_version WHERE key = ? AND seconded_at IS NOT NULL"
                        " AND withdrawn_at IS NULL AND effective_from <= ? ORDER BY effective_from DESC, version DESC LIMIT 1",
                        (key, day.isoformat()))
        return profile(key).version if row is None else int(row[0])

    def current(self, key: str, now: datetime) -> Profile:
        """A profile as it is in force now."""
        return self.profile(key, self.version(key, self.day_of(now)))

    def day_of(self, now: datetime) -> date:
        """The day it is in the office."""
        return now.astimezone(BEIJING).date()

    def calendar(self) -> OfficeCalendar:
        """The calendars that came with the program, the newest loaded version of each year above them, and local days."""
        connection = self._database.connection()
        state = connection.execute("SELECT (SELECT max(id) FROM calendar_version), (SELECT max(id) FROM local_day),"
                                   " (SELECT count(*) FROM local_day WHERE removed_at IS NOT NULL)").fetchall()[0]
        if self._calendar is None or self._calendar[0] != state:
            self._calendar = (state, self._read_calendar(connection))
        return self._calendar[1]

    def listing(self, rules: Profile) -> Listing:
        """The list of recording duties under a profile: the defaults and the agency's own rows; rows below what this text asks are left out."""
        rows = []
        for row in self.agency_rows():
            try:
                in_force(rules, [row])
            except Refusal:  # it was checked against the regulation of its day; this case stands under another
                continue
            rows.append(row)
        return in_force(rules, rows)

    def sheet(self) -> Sheet:
        """The marking sheet in force: the agency's newest version, else the one that came with the program."""
        row = first_row(self._database.connection(), "SELECT version, text FROM marking_sheet ORDER BY version DESC LIMIT 1")
        if row is None:
            return default_sheet()
        if self._sheet is None or self._sheet[0] != row[0]:
            self._sheet = (row[0], parse_sheet(row[1]))
        return self._sheet[1]

    def agency_rows(self) -> list[AgencyRow]:
        """The agency's own rows that stand."""
        found = self._database.connection().execute("SELECT event, level, what, excuse, traits, reason FROM duty_listing"
                                                    " WHERE removed_at IS NULL ORDER BY id").fetchall()
        return [agency_row(*row) for row in found]

    def _read_profile(self, key: str, version: int) -> Profile:
        row = first_row(self._database.connection(), "SELECT text FROM profile_version WHERE key = ? AND version = ?", (key, version))
        if row is not None:
            return parse_profile(row[0], profile(BASE))
        built_in = profile(key)
        if built_in.version != version:
            raise Refusal("profile.version_unknown", profile=key, version=version)
        province = self.province(key)
        return replace(built_in, province=province) if province else built_in

    def province(self, key: str) -> str:
        """The province that was named when the archive was founded, for a profile that names none."""
        row = first_row(self._database.connection(), "SELECT value FROM fact WHERE name = 'province'") if asks_province(key) else None
        return str(row[0]) if row is not None else ""

    def _read_calendar(self, connection: Any) -> OfficeCalendar:
        years = {one.year: one for one in built_in_years()}
        rows = connection.execute("SELECT id, year, version, text FROM calendar_version ORDER BY year, version").fetchall()
        for ident, year, version, text in rows:
            if (ident, version) not in self._years:
                self._years[(ident, version)] = parse_calendar(text)
            years[year] = self._years[(ident, version)]
        local = connection.execute("SELECT day, kind, name FROM local_day WHERE removed_at IS NULL ORDER BY id").fetchall()
        return OfficeCalendar(years.values(), [LocalDay(date.fromisoformat(day), kind == "off", name) for day, kind, name in local])


def agency_row(event: str, level: Any, what: str, excuse: Any, traits: str, reason: str) -> AgencyRow:
    """A row of the agency's list as the rules read it."""
    return AgencyRow(title=what or event, events=[event], level=level, excuse=excuse, traits=json.loads(traits), decided=reason)
