"""Acts on the office's days: a year's notice loaded from its text, local days off and working days by local order."""

from __future__ import annotations

from datetime import date

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.policy.calendar import OfficeCalendar, built_in_years
from desktop.policy.calendar_reading import CalendarYear, parse_calendar
from desktop.rulebook.forms import CalendarLine, LocalDayLine
from models.base import Fact
from models.people import Person
from models.rulebook import CalendarVersion, LocalDay

_RECKONED = "clocks_reckoned_under"


class CalendarActs(Service):
    """日历: what is loaded counts from the next sum on; the clocks of open cases are reckoned anew by a job of the room of procedure."""

    @act("calendar.load")
    def load_calendar(self, text: str) -> int:
        """Take a year's days off in as text; returns the year. Raises `Refusal` calendar.* with the line of the first mistake,
        calendar.version_old where a version as new is held already; nothing is taken then."""
        year = parse_calendar(text)
        held = self.archive.rules.calendar().years.get(year.year)
        if held is not None and year.version <= held.version:
            raise Refusal("calendar.version_old", year=year.year, version=year.version, held=held.version)
        CalendarVersion.create(year=year.year, version=year.version, source=year.source, text=text, **self._by())
        self._note(year=year.year, version=year.version, off=len(year.off), work=len(year.work))
        return year.year

    @act("calendar.local_add")
    def local_add(self, day: date, off: bool, name: str, source: str) -> int:
        """Enter a local day off, or a working day by local order, with the order it rests on.

        Raises `Refusal`: calendar.local_incomplete, calendar.local_twice.
        """
        if not name.strip() or not source.strip():
            raise Refusal("calendar.local_incomplete")
        if LocalDay.select().where((LocalDay.day == day.isoformat()) & LocalDay.removed_at.is_null()).exists():
            raise Refusal("calendar.local_twice", day=day.isoformat())
        row = LocalDay.create(day=day.isoformat(), kind="off" if off else "work", name=name.strip(), source=source.strip(), **self._by())
        self._note(day=row.day, kind=row.kind)
        return int(row.id)

    @act("calendar.local_remove")
    def local_remove(self, local_id: int, reason: str) -> None:
        """Take a local day away; it stays with who and why."""
        row = LocalDay.get_or_none((LocalDay.id == local_id) & LocalDay.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"removed_at": stamp(self.archive.clock.now())}, reason)
        self._note(day=row.day, reason=reason.strip())

    @reading("rulebook.read")
    def calendar(self) -> OfficeCalendar:
        """The office's days as they count now."""
        return self.archive.rules.calendar()

    @reading("rulebook.read")
    def calendars(self) -> list[CalendarLine]:
        """Every year that is held, in its newest version, the newest year first."""
        lines = {one.year: _line(one) for one in built_in_years()}
        for row in CalendarVersion.select(CalendarVersion, Person).join(Person).order_by(CalendarVersion.year, CalendarVersion.version):
            lines[row.year] = _line(parse_calendar(row.text), row.person.name, row.at)
        return sorted(lines.values(), key=lambda line: -line.year)

    @reading("rulebook.read")
    def local_days(self) -> list[LocalDayLine]:
        """Local days that stand, by their day."""
        rows = LocalDay.select(LocalDay, Person).join(Person).where(LocalDay.removed_at.is_null()).order_by(LocalDay.day)
        return [LocalDayLine(row.id, date.fromisoformat(row.day), row.kind == "off", row.name, row.source, row.person.name, row.at) for row in rows]

    @reading("rulebook.read")
    def recompute_due(self) -> bool:
        """Whether the clocks of open cases still rest on days as they were before the newest calendar or local day."""
        row = Fact.get_or_none(Fact.name == _RECKONED)
        return bool((row.value if row else _UNTOUCHED) != self._state())

    @act("procedure.recompute")
    def recomputed(self, state: str) -> None:
        """Write under which days the clocks of all open cases were reckoned; `state` is what `days_state` said when it began."""
        if Fact.get_or_none(Fact.name == _RECKONED) is None:
            Fact.create(name=_RECKONED, value=state)
        else:
            Fact.update(value=state).where(Fact.name == _RECKONED).execute()
        self._note(days=state)

    @reading("procedure.recompute")
    def days_state(self) -> str:
        """A mark that changes with every loaded calendar and every local day."""
        return self._state()

    def _state(self) -> str:
        loaded = CalendarVersion.select().count()
        local = LocalDay.select().count()
        return f"{loaded}/{local}/{LocalDay.select().where(LocalDay.removed_at.is_null(False)).count()}"

    def _by(self) -> dict[str, object]:
        return {"person": self.archive.person.id, "at": stamp(self.archive.clock.now())}


_UNTOUCHED = "0/0/0"


def _line(year: CalendarYear, person: str = "", at: str = "") -> CalendarLine:
    return CalendarLine(year.year, year.version, year.source, len(year.off), len(year.work), person, at)
