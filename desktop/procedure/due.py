"""今日待办: clocks by urgency, read by index from the materialised rows; nothing is reckoned here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.clock import stamp
from desktop.procedure.forms import DueLine
from desktop.procedure.times import read_moment
from models.secrecy import Clearance
from models.terms import CaseId, ComponentId

_COLUMNS = """k.case_id, c.case_number, k.rule, k.subject, k.component_id, k.topic, k.title, k.article, k.alarm, k.counted, k.due, k.provisional"""
_WITHIN = """c.state <= ? AND (c.trade = 0 OR ?) AND (c.privacy = 0 OR ?) AND c.filed_at IS NULL AND (k.component_id IS NULL OR EXISTS (
    SELECT 1 FROM component m JOIN record r ON r.id = m.record_id
    WHERE m.id = k.component_id AND r.state <= ? AND (r.trade = 0 OR ?) AND (r.privacy = 0 OR ?)))"""
# The plus keeps SQLite from another index: of all cases it walks the alarms in their order, of one's own it goes case by case.
_ALL = f"""SELECT {_COLUMNS} FROM case_clock k INDEXED BY case_clock_open CROSS JOIN case_folder c ON c.id = k.case_id
    WHERE k.met IS NULL AND k.alarm IS NOT NULL AND k.alarm <= ? AND {_WITHIN} ORDER BY k.alarm LIMIT ?"""
_OWN = f"""SELECT {_COLUMNS} FROM (SELECT case_id FROM case_officer WHERE person_id = ? UNION SELECT case_id FROM case_officer WHERE name = ?) o
    CROSS JOIN case_clock k ON k.case_id = o.case_id CROSS JOIN case_folder c ON c.id = k.case_id
    WHERE k.met IS NULL AND +k.alarm IS NOT NULL AND +k.alarm <= ? AND {_WITHIN} ORDER BY +k.alarm LIMIT ?"""
_LATE_ALL = f"""SELECT count(*) FROM case_clock k INDEXED BY case_clock_open CROSS JOIN case_folder c ON c.id = k.case_id
    WHERE k.met IS NULL AND k.alarm IS NOT NULL AND k.alarm <= ? AND {_WITHIN}"""


def due_lines(connection: Any, now: datetime, until: datetime, limit: int, clearance: Clearance, officer: tuple[int, str] | None) -> list[DueLine]:
    """Clocks not met whose alarm is due by `until`, the longest overdue first; of an officer only those of their own cases."""
    own = [officer[0], officer[1]] if officer else []
    rows = connection.execute(_OWN if officer else _ALL, (*own, stamp(until), *_secrecy(clearance), limit)).fetchall()
    return [_line(row, now) for row in rows]


def late_count(connection: Any, now: datetime, clearance: Clearance, officer: tuple[int, str] | None) -> int:
    """How many clocks are over."""
    if officer:
        return len(connection.execute(_OWN, (*officer, stamp(now), *_secrecy(clearance), -1)).fetchall())
    return int(connection.execute(_LATE_ALL, (stamp(now), *_secrecy(clearance))).fetchall()[0][0])


def _secrecy(clearance: Clearance) -> tuple[int, ...]:
    return (int(clearance.state), int(clearance.trade), int(clearance.privacy)) * 2


def _line(row: Any, now: datetime) -> DueLine:
    case, number, rule, subject, component, topic, title, article, alarm, counted, due, provisional = row
    at = read_moment(alarm)
    assert at is not None
    until = read_moment(max(counted or "", due or "")) or at
    return DueLine(CaseId(case), number, rule, subject, ComponentId(component) if component else None, topic, title, article, at, until,
                   until < now, int((until - now).total_seconds()), bool(provisional))
