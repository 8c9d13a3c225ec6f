"""What stands open and may be about a recording that belongs to no case: read in one go, for a whole list of recordings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.clock import moment, stamp
from desktop.intake.camera_time import read_camera_time
from desktop.policy.clocks import day_of
from desktop.policy.retention import Window
from models.facts import Claim, Footage
from models.holdings import Component
from models.people import Person
from models.procedure import FootageFacts
from models.secrecy import Clearance

if TYPE_CHECKING:
    from desktop.archive import Archive

COMPLAINT = "complaint_reception"
# A case is open until it is filed; one that is filed is open again while it is held or while somebody asks to see it.
_OPEN = """SELECT f.id, f.case_number, f.started_on, f.created_at, f.place, CASE WHEN f.filed_at IS NULL THEN 'case' WHEN EXISTS (
    SELECT 1 FROM hold h WHERE h.case_id = f.id AND h.released_at IS NULL) THEN 'hold' ELSE 'request' END
    FROM case_folder f WHERE {within} AND (f.filed_at IS NULL
    OR EXISTS (SELECT 1 FROM hold h WHERE h.case_id = f.id AND h.released_at IS NULL)
    OR f.id IN (SELECT q.case_id FROM request q WHERE q.state = 'waiting' OR (q.state = 'granted' AND q.until > :now)))"""
_OFFICERS = """SELECT o.case_id, o.name FROM case_officer o JOIN case_folder f ON f.id = o.case_id WHERE {within}"""
_ACTIVITIES = """SELECT a.case_id, a.kind, a.start, a."end", a.finished, a.place, a.officers FROM case_activity a
    JOIN case_folder f ON f.id = a.case_id WHERE a.removed_at IS NULL AND a.start IS NOT NULL AND {within}"""


def open_windows(archive: Archive) -> Iterator[Window]:
    """The activities of every open case that the person may know of; a case of which none is known, from its beginning on."""
    ask = archive.database.connection().execute
    label = _within(archive.person.clearance)
    now = {"now": stamp(archive.clock.now())}
    cases = {row[0]: row[1:] for row in ask(_OPEN.format(within=label), now)}
    officers: dict[int, set[str]] = {}
    for case, name in ask(_OFFICERS.format(within=label)):
        officers.setdefault(case, set()).add(name)
    active = set()
    for case, kind, start, end, finished, place, names in ask(_ACTIVITIES.format(within=label)):
        if case in cases:
            active.add(case)
            yield _of_activity(cases[case], officers.get(case, set()), kind, start, end or finished, place, names)
    for case, (number, started, created, place, kind) in cases.items():
        if case not in active:
            begun = date.fromisoformat(started[:10]) if started else day_of(_moment(created) or moment(created))
            yield Window(kind, number, begun, None, frozenset({place} - {""}), frozenset(officers.get(case, ())))


def _of_activity(case: Sequence[Any], officers: set[str], kind: str, start: str, end: str | None, place: str, names: str) -> Window:
    number, _started, _created, at_case, why = case
    begun, over = _moment(start), _moment(end) or _moment(start)
    first = day_of(begun) if begun is not None else date.fromisoformat(start)
    last = first if over is None else max(first, day_of(over))
    here = frozenset(json.loads(names)) if names != "[]" else frozenset(officers)
    return Window("complaint" if kind == COMPLAINT else why, number, first, last, frozenset({place or at_case} - {""}), here, kind, begun, over)


def _moment(text: str | None) -> datetime | None:
    """As `moment`, which takes ten times as long: here it is asked twenty thousand times."""
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC) if text and len(text) > 10 else None


def told_of(components: Sequence[Component]) -> dict[int, FootageFacts]:
    """What persons said of these recordings, by the number of the recording."""
    wanted = [component.id for component in components]
    rows = [row for at in range(0, len(wanted), 500) for row in FootageFacts.select().where(FootageFacts.component << wanted[at:at + 500])]
    return {row.component_id: row for row in rows}


def name_persons(components: Sequence[Component]) -> None:
    """Give every recording and its record the persons that they name, who would else be asked for one by one."""
    persons = {one.id: one for one in Person.select()}
    for component in components:
        component.deposited_by = persons[component.deposited_by_id]
        component.record.created_by = persons[component.record.created_by_id]


def piece_of(component: Component, told: FootageFacts | None) -> Footage:
    """A recording by its camera and by what a person said of it: corrected times, officer, return, exception; else whoever brought it."""
    made = read_camera_time(component.camera_time)
    until: datetime | None = made + timedelta(microseconds=component.duration_us or 0) if made else None
    common: dict[str, Any] = {"id": str(component.id), "deposited": moment(component.deposited_at), "place": component.place}
    if told is None:
        return Footage(start=made, end=until, officer=component.deposited_by.name, **common)
    return Footage(start=moment(told.start) if told.start else made, end=moment(told.end) if told.end else until,
                   returned=moment(told.returned) if told.returned else None, officer=told.officer or component.deposited_by.name,
                   claim=Claim(told.claim_kind, told.claimant, told.claim_reason) if told.claim_kind else None, **common)


def _within(clearance: Clearance) -> str:
    """The label of a case folder, as `desktop.clearance` narrows by it."""
    words = f"f.state <= {int(clearance.state)}"
    if not clearance.trade:
        words += " AND f.trade = 0"
    return words if clearance.privacy else words + " AND f.privacy = 0"
