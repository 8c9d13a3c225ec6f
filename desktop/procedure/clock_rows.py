"""The clocks of cases as rows: reckoned anew where an act changed their facts, and only what came out differently is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.policy.calendar import OfficeCalendar
from desktop.policy.deadlines import clocks
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Clock, ClockState
from desktop.procedure.coverage_rows import linked_ever, proven_seconds, write_coverage
from desktop.procedure.gathering import Gathered, gather
from desktop.procedure.times import written

if TYPE_CHECKING:
    from desktop.archive import Archive

_COLUMNS = ("topic", "title", "article", "start", "counted", "due", "alarm", "met", "late", "paused", "provisional", "calendar", "component_id")
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_INSERT = f"INSERT INTO case_clock (case_id, rule, subject, {_NAMES}) VALUES ({', '.join('?' * (3 + len(_COLUMNS)))})"
_UPDATE = f"UPDATE case_clock SET {', '.join(f'{chr(34)}{name}{chr(34)} = ?' for name in _COLUMNS)} WHERE id = ?"
_STANDING = f"SELECT case_id, id, rule, subject, {_NAMES} FROM case_clock WHERE case_id IN (SELECT value FROM json_each(?))"

Key = tuple[str, str]  # rule, subject
Row = tuple[Any, ...]  # as _COLUMNS
Reckoned = dict[Key, Row]


def bring_up_to_date(archive: Archive, changed: Mapping[int, set[int] | None]) -> int:
    """Reckon the clocks of these cases anew, and what is proven of their activities, in the transaction under way; returns how many clocks came
    out differently.

    A set of components instead of None: only recordings changed, and only their clocks are reckoned, or a deposit of thousands of
    recordings would reckon all of them again with each of them. Raises `Refusal` as the reading of profiles and calendars does.
    """
    connection, written_rows = archive.database.connection(), 0
    whole = [case for case, only in changed.items() if only is None]
    if whole:
        gathered = gather(connection, whole)
        written_rows += _write_all(archive, connection, gathered, None)
        _write_coverage(archive, connection, gathered)
    for case, only in changed.items():
        if only is not None:
            written_rows += _write_all(archive, connection, gather(connection, [case], footage=sorted(only)), only)
            if linked_ever(connection, only):
                _write_coverage(archive, connection, gather(connection, [case]))
    return written_rows


def _write_coverage(archive: Archive, connection: Any, gathered: Sequence[Gathered]) -> None:
    write_coverage(connection, {one.case: proven_seconds(archive.rules.profile(one.profile, one.version), one) for one in gathered})


def _write_all(archive: Archive, connection: Any, gathered: Sequence[Gathered], only: set[int] | None) -> int:
    now, calendar = archive.clock.now(), archive.rules.calendar()
    reckoned = {one.case: reckon(archive.rules.profile(one.profile, one.version), one, calendar, now) for one in gathered}
    if only is not None:
        reckoned = {case: {key: row for key, row in rows.items() if row[-1] in only} for case, rows in reckoned.items()}
    return write(connection, reckoned, standing(connection, list(reckoned)), only)


def reckon(profile: Profile, gathered: Gathered, calendar: OfficeCalendar, now: datetime) -> Reckoned:
    """The rows of one case, by rule and subject. A filed case alarms no more."""
    facts = gathered.facts
    of_footage = {rule.id for rule in profile.deadline if rule.per == "footage"}
    filed = facts.filed is not None
    return {(clock.ground.rule, clock.subject): row_of(clock, calendar, filed, clock.ground.rule in of_footage)
            for clock in clocks(profile, facts, calendar, now, due_only=True)}


def row_of(clock: Clock, calendar: OfficeCalendar, filed: bool, of_footage: bool) -> Row:
    """A clock as its row stands in the table; of what is filed none alarms."""
    alarms = clock.met is None and not filed and clock.state is not ClockState.PAUSED
    return (clock.topic, clock.title, clock.ground.article, written(clock.start), written(clock.raw), written(clock.due),
            written(clock.alarm) if alarms else None, written(clock.met), int(clock.state is ClockState.MET_LATE),
            int(clock.state is ClockState.PAUSED), int(clock.provisional), _calendars(clock, calendar), int(clock.subject) if of_footage else None)


def _calendars(clock: Clock, calendar: OfficeCalendar) -> str:
    """The years that a sum rests on, each with its version, 0 where none was announced: not in words, for the language may change."""
    if not clock.calendar or clock.start is None or clock.due is None:
        return ""
    first, last = sorted((clock.start.year, clock.due.year))
    return " ".join(f"{year}·{calendar.years[year].version if year in calendar.years else 0}" for year in range(first, last + 1))


def standing(connection: Any, case_ids: Sequence[int]) -> dict[int, dict[Key, tuple[int, Row]]]:
    """The rows as they stand, each with its number."""
    found: dict[int, dict[Key, tuple[int, Row]]] = {}
    for case, ident, rule, subject, *row in connection.execute(_STANDING, (json.dumps(list(case_ids)),)):
        found.setdefault(case, {})[(rule, subject)] = (ident, tuple(row))
    return found


def write(connection: Any, reckoned: Mapping[int, Reckoned], found: Mapping[int, Mapping[Key, tuple[int, Row]]], only: set[int] | None) -> int:
    """Write what differs; rows of rules that do not apply any more are taken out. With `only`, other recordings and the case stay as they are."""
    inserts: list[Row] = []
    updates: list[Row] = []
    gone: list[tuple[int]] = []
    for case, rows in reckoned.items():
        before = found.get(case, {})
        for key, row in rows.items():
            known = before.get(key)
            if known is None:
                inserts.append((case, *key, *row))
            elif known[1] != row:
                updates.append((*row, known[0]))
        gone += [(ident,) for key, (ident, row) in before.items() if key not in rows and (only is None or row[-1] in only)]
    for statement, values in (("DELETE FROM case_clock WHERE id = ?", gone), (_UPDATE, updates), (_INSERT, inserts)):
        if values:
            connection.executemany(statement, values)
    return len(inserts) + len(updates) + len(gone)


# Which cases an act touched
_OF = {
    "case_folder": "SELECT id, NULL FROM case_folder WHERE id",
    "case_activity": "SELECT case_id, NULL FROM case_activity WHERE id", "statement": "SELECT case_id, NULL FROM statement WHERE id",
    "limit_extension": "SELECT case_id, NULL FROM limit_extension WHERE id",
    "limit_suspension": "SELECT case_id, NULL FROM limit_suspension WHERE id",
    "limit_override": "SELECT case_id, NULL FROM limit_override WHERE id", "case_ending": "SELECT case_id, NULL FROM case_ending WHERE id",
    "paper_facts": "SELECT r.case_id, NULL FROM paper_facts p JOIN record r ON r.id = p.record_id WHERE p.id",
    "component": "SELECT r.case_id, c.id FROM component c JOIN record r ON r.id = c.record_id WHERE c.kind IN ('video', 'audio') AND c.id",
    "footage_facts": "SELECT r.case_id, c.id FROM footage_facts f JOIN component c ON c.id = f.component_id"
                     " JOIN record r ON r.id = c.record_id WHERE f.id",
    "object_timeline": "SELECT r.case_id, c.id FROM object_timeline t JOIN component c ON c.object_id = t.object_id"
                       " JOIN record r ON r.id = c.record_id WHERE r.case_id IS NOT NULL AND t.id"}
# A record that was moved: its case of before and its case of now.
_MOVED = """SELECT CAST(value AS INTEGER) FROM (SELECT old AS value, id FROM field_change WHERE table_name = 'record' AND field = 'case_id'
    UNION ALL SELECT new, id FROM field_change WHERE table_name = 'record' AND field = 'case_id') WHERE value IS NOT NULL AND id"""
_AMONG = " IN (SELECT value FROM json_each(?))"


def touched(connection: Any, marks: Iterable[tuple[str, int]]) -> dict[int, set[int] | None]:
    """The cases whose clocks these written rows may change; a set of components where only recordings were written."""
    rows: dict[str, list[int]] = {}
    for table, row in marks:
        if table in _OF or table == "field_change":
            rows.setdefault(table, []).append(row)
    found: dict[int, set[int] | None] = {}
    moved = rows.pop("field_change", [])
    if moved:
        found.update({case: None for (case,) in connection.execute(_MOVED + _AMONG, (json.dumps(moved),))})
    for table, ids in rows.items():
        for case, component in connection.execute(_OF[table] + _AMONG, (json.dumps(ids),)):
            if case is None:
                continue
            if component is None:
                found[case] = None
            else:
                some = found.setdefault(case, set())
                if some is not None:
                    some.add(component)
    return found
