"""The limits of all open cases by urgency, read page by page from the materialised rows: nothing is reckoned here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from desktop.clock import moment, stamp
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import BEIJING
from desktop.policy.counting import days_left
from desktop.today.lines import DueKey, OverdueLine, Urgent, Which
from models.secrecy import Clearance
from models.terms import CaseId, RecordId

_ENDS = "max(coalesce(k.counted, ''), coalesce(k.due, ''))"
_WITHIN = """k.met IS NULL AND k.alarm IS NOT NULL AND c.filed_at IS NULL AND c.state <= ? AND (c.trade = 0 OR ?) AND (c.privacy = 0 OR ?)
    AND (k.component_id IS NULL OR EXISTS (SELECT 1 FROM component m JOIN record r ON r.id = m.record_id
    WHERE m.id = k.component_id AND r.state <= ? AND (r.trade = 0 OR ?) AND (r.privacy = 0 OR ?)))"""
_ALL = "case_clock k INDEXED BY case_clock_open CROSS JOIN case_folder c ON c.id = k.case_id"
_OWN = """(SELECT case_id FROM case_officer WHERE person_id = ? UNION SELECT case_id FROM case_officer WHERE name = ?) o
    CROSS JOIN case_clock k ON k.case_id = o.case_id CROSS JOIN case_folder c ON c.id = k.case_id"""
_COLUMNS = """k.alarm, k.id, k.case_id, c.case_number, c.cause, (SELECT group_concat(name, '、') FROM case_officer WHERE case_id = c.id),
    m.record_id, (SELECT title FROM record WHERE id = m.record_id), k.rule, k.subject, k.topic, k.title, k.article, k.start, k.counted, k.due,
    k.provisional, c.profile, c.profile_version"""
_PERSON = "EXISTS (SELECT 1 FROM case_officer p WHERE p.case_id = c.id AND p.name = ?)"
_NOBODY = "NOT EXISTS (SELECT 1 FROM case_officer p WHERE p.case_id = c.id)"

LONGEST_ROLL = timedelta(days=30)  # no run of days off is longer: what alarmed before that is over by either reading

UnitOf = Callable[[str, int, str], str]  # profile, version, rule


@dataclass(frozen=True)
class Wanted:
    """Which limits: whose they are, what the person may know of, as of when, and which of them."""

    now: datetime
    clearance: Clearance
    officer: tuple[int, str] | None = None
    which: Which = "all"
    article: str = ""
    person: str | None = None

    def until(self, which: Which) -> str:
        """The end of today, or of Sunday, in the office."""
        day = self.now.astimezone(BEIJING)
        days = 1 if which == "today" else 7 - day.weekday()
        return stamp(datetime.combine(day.date() + timedelta(days=days), time(), BEIJING))

    def source(self) -> tuple[str, list[Any]]:
        """FROM and WHERE, with what they ask for."""
        secrecy: list[Any] = [int(self.clearance.state), int(self.clearance.trade), int(self.clearance.privacy)] * 2
        where, asked = [_WITHIN], secrecy
        if self.which == "late":
            where, asked = [*where, f"k.alarm <= ? AND {_ENDS} < ?"], [*asked, stamp(self.now), stamp(self.now)]
        elif self.which != "all":
            where = [*where, f"k.alarm > ? AND k.alarm <= ? AND {_ENDS} >= ?"]
            asked += [stamp(self.now - LONGEST_ROLL), self.until(self.which), stamp(self.now)]
        if self.article:
            where, asked = [*where, "k.article = ?"], [*asked, self.article]
        if self.person is not None:
            where, asked = [*where, _PERSON if self.person else _NOBODY], [*asked, *([self.person] if self.person else [])]
        begin, own = (_OWN, [*self.officer]) if self.officer else (_ALL, [])
        return f"FROM {begin} {{join}} WHERE {' AND '.join(where)}", [*own, *asked]


def page(connection: Any, wanted: Wanted, anchor: DueKey | None, direction: int, n: int, calendar: OfficeCalendar, unit_of: UnitOf) -> list[Urgent]:
    """At most `n` limits after (1) or before (-1) the one with that key, in the order of the list; without a key the first or last."""
    source, asked = wanted.source()
    source = source.format(join="LEFT JOIN component m ON m.id = k.component_id")
    beyond = "" if anchor is None else f" AND (k.alarm, k.id) {'>' if direction > 0 else '<'} (?, ?)"
    way = "" if direction > 0 else " DESC"
    rows = connection.execute(f"SELECT {_COLUMNS} {source}{beyond} ORDER BY k.alarm{way}, k.id{way} LIMIT ?",
                              (*asked, *(anchor or ()), n)).fetchall()
    return [_line(row, wanted.now, calendar, unit_of) for row in (rows if direction > 0 else reversed(rows))]


def anchors(connection: Any, wanted: Wanted, others: Sequence[DueKey], every: int, most: int) -> list[DueKey]:
    """The key of each `every`-th line of the first `most`, counted with the keys of lines that stand in no table."""
    source, asked = wanted.source()
    rows = connection.execute(f"SELECT k.alarm, k.id {source.format(join='')} ORDER BY k.alarm, k.id LIMIT ?", (*asked, most)).fetchall()
    keys = sorted([*((str(alarm), int(number)) for alarm, number in rows), *others])[:most]
    return keys[every - 1::every]


def count(connection: Any, wanted: Wanted, most: int) -> int:
    """How many there are, but counted no further than `most`."""
    source, asked = wanted.source()
    return int(connection.execute(f"SELECT count(*) FROM (SELECT 1 {source.format(join='')} LIMIT ?)", (*asked, most)).fetchall()[0][0])


def overdue(connection: Any, wanted: Wanted, most: int) -> list[OverdueLine]:
    """What is over, by article and by person responsible, the most first; a case of two persons counts for both."""
    source, asked = wanted.source()
    source = source.format(join="LEFT JOIN case_officer f ON f.case_id = c.id")
    rows = connection.execute(f"SELECT k.article, k.title, coalesce(f.name, ''), count(*), min({_ENDS}) {source}"
                              " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 5 LIMIT ?", (*asked, most))
    return [OverdueLine(article, duty, person, int(number), moment(oldest)) for article, duty, person, number, oldest in rows]


def _line(row: Any, now: datetime, calendar: OfficeCalendar, unit_of: UnitOf) -> Urgent:
    (alarm, ident, case, number, cause, officers, record, title, rule, subject, topic, duty, article, start, counted, due, provisional, profile,
     version) = row
    ends = moment(max(counted or "", due or "") or alarm)
    left, unit = int((ends - now).total_seconds()), unit_of(profile, version, rule)
    begun = as_moment(start)
    whole = (ends - begun).total_seconds() if begun is not None else 0
    return Urgent((alarm, ident), CaseId(case), number, cause, officers or "", RecordId(record) if record else None, title or "", rule, subject,
                  topic, duty, article, ends, unit, left, days_left(now, ends, unit, calendar), min(max(left / whole, 0), 1) if whole > 0 else 0.0,
                  ends < now, moment(alarm) < now <= ends, bool(provisional))


def as_moment(text: str | None) -> datetime | None:
    """A start as it stands in a row: a day without an hour is its first moment in the office."""
    if not text:
        return None
    return moment(text) if len(text) > 10 else datetime.fromisoformat(text).replace(tzinfo=BEIJING)
