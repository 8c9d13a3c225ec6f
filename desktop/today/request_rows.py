"""The limits of requests for information among those of the cases: few enough to be read whole, from their materialised rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.clock import moment, stamp
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.counting import days_left
from desktop.today.due_rows import LONGEST_ROLL, UnitOf, Wanted, as_moment
from desktop.today.lines import MOST, DueKey, OverdueLine, Urgent
from models.terms import DisclosureId

BEYOND = 1 << 40  # numbers of these clocks in the keys of the list, where those of cases stand too
_ENDS = "max(coalesce(k.counted, ''), coalesce(k.due, ''))"
_ROWS = f"""SELECT k.alarm, k.id, r.id, r.number, r.wanted, r.handler, k.rule, k.subject, k.topic, k.title, k.article, k.start, {_ENDS},
    k.provisional, r.profile, r.profile_version
    FROM disclosure_clock k INDEXED BY disclosure_clock_open CROSS JOIN disclosure_request r ON r.id = k.request_id
    WHERE k.met IS NULL AND k.alarm IS NOT NULL AND r.closed_on IS NULL AND r.state <= ? AND (r.trade = 0 OR ?) AND (r.privacy = 0 OR ?)
    AND {{where}} ORDER BY k.alarm, k.id LIMIT {MOST}"""


@dataclass(frozen=True)
class Rules:
    """What a line needs of the rules: the calendar, the unit of a limit, and whether it runs for somebody outside."""

    calendar: OfficeCalendar
    unit_of: UnitOf
    outside: Callable[[str, int, str], bool]


def lines(connection: Any, wanted: Wanted, rules: Rules) -> list[Urgent]:
    """Limits of open requests that are not met, by their alarm."""
    where, asked = _narrowed(wanted)
    secrecy = (int(wanted.clearance.state), int(wanted.clearance.trade), int(wanted.clearance.privacy))
    return [_line(row, wanted.now, rules) for row in connection.execute(_ROWS.format(where=where), (*secrecy, *asked))]


def overdue(found: list[Urgent]) -> list[OverdueLine]:
    """What is over, by article and by whoever is in charge; what is over for somebody outside is nobody's here."""
    grouped: dict[tuple[str, str, str], list[Urgent]] = {}
    for one in found:
        if one.late and not one.outside:
            grouped.setdefault((one.article, one.duty, one.officers), []).append(one)
    return [OverdueLine(*key, len(some), min(one.due for one in some if one.due is not None)) for key, some in grouped.items()]


def _narrowed(wanted: Wanted) -> tuple[str, list[Any]]:
    """As the limits of cases are narrowed."""
    where, asked = ["1"], list[Any]()
    if wanted.which == "late":
        where, asked = [*where, f"k.alarm <= ? AND {_ENDS} < ?"], [stamp(wanted.now), stamp(wanted.now)]
    elif wanted.which != "all":
        where = [*where, f"k.alarm > ? AND k.alarm <= ? AND {_ENDS} >= ?"]
        asked = [stamp(wanted.now - LONGEST_ROLL), wanted.until(wanted.which), stamp(wanted.now)]
    for words, column in ((wanted.article or None, "k.article"), (wanted.person, "r.handler")):
        if words is not None:
            where, asked = [*where, f"{column} = ?"], [*asked, words]
    return " AND ".join(where), asked


def _line(row: Any, now: datetime, rules: Rules) -> Urgent:
    alarm, ident, request, number, asked, handler, rule, subject, topic, duty, article, start, until, provisional, profile, version = row
    key: DueKey = (alarm, BEYOND + ident)
    ends, begun = moment(until or alarm), as_moment(start)
    left, unit = int((ends - now).total_seconds()), rules.unit_of(profile, version, rule)
    whole = (ends - begun).total_seconds() if begun is not None else 0
    return Urgent(key, None, number, asked, handler, None, "", rule, subject, topic, duty, article, ends, unit, left,
                  days_left(now, ends, unit, rules.calendar), min(max(left / whole, 0), 1) if whole > 0 else 0.0, ends < now,
                  moment(alarm) < now <= ends, bool(provisional), disclosure=DisclosureId(request), outside=rules.outside(profile, version, rule))
