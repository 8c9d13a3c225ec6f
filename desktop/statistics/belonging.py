"""Which unit an officer belonged to: by the lines of units, on the last day of a month; without one the post of the account."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Any


class Belongings:
    """Read once for a sum. A person whose first line begins later is counted under the post until then."""

    def __init__(self, connection: Any) -> None:
        self._posts: dict[str, str] = dict(connection.execute("SELECT name, post FROM person").fetchall())
        self._lines: dict[str, tuple[list[date], list[str]]] = {}
        for name, since, unit in connection.execute(
                "SELECT p.name, u.since, u.unit FROM person_unit u JOIN person p ON p.id = u.person_id ORDER BY u.since"):
            days, units = self._lines.setdefault(name, ([], []))
            days.append(date.fromisoformat(since))
            units.append(unit)

    def unit_of(self, name: str, month: date) -> str:
        """The unit of an officer in a month, empty where nothing is known of them."""
        days, units = self._lines.get(name, ([], []))
        place = bisect_right(days, _last_day(month))
        return units[place - 1] if place else self._posts.get(name, "")


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
