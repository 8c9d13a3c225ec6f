"""What stands open and may be about a recording that belongs to no case: read in one go, for a whole list of recordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.clock import moment, stamp
from desktop.intake.camera_time import read_camera_time
from desktop.policy.clocks import DAY, day_of
from desktop.policy.guarding import plain_place
from desktop.policy.retention import Window
from models.facts import Claim, Footage
from models.holdings import Component
from models.people import Person
from models.procedure import FootageFacts
from models.secrecy import Clearance

if TYPE_CHECKING:
    from desktop.archive import Archive

COMPLAINT = "complaint_reception"
_HELD = "EXISTS (SELECT 1 FROM hold h WHERE h.case_id = f.id AND h.released_at IS NULL)"
_VIEWED = "f.id IN (SELECT q.case_id FROM request q WHERE q.state = 'waiting' OR (q.state = 'granted' AND q.until > :now))"
_ASKED = """f.id IN (SELECT coalesce(l.case_id, m.case_id) FROM disclosure_link l JOIN disclosure_request r ON r.id = l.request_id
    LEFT JOIN record m ON m.id = l.record_id WHERE l.removed_at IS NULL AND r.closed_on IS NULL AND {within})"""
_COMPLAINED = "f.id IN (SELECT r.case_id FROM complaint r WHERE r.closed_on IS NULL AND {within})"
# A case is open until it is filed; one that is filed is open again while it is held, while somebody asks to see it or for information of it,
# or while a complaint of it is open.
_REOPENED = f"""f.id IN (SELECT h.case_id FROM hold h WHERE h.released_at IS NULL) OR {_VIEWED}"""
_OPEN = f"""SELECT f.id, f.case_number, f.started_on, f.created_at, f.place, CASE WHEN f.filed_at IS NULL THEN 'case' WHEN {_HELD} THEN 'hold'
    WHEN {_VIEWED} THEN 'request' WHEN {{asked}} THEN 'asked' ELSE 'complained' END
    FROM case_folder f WHERE {{within}} AND (f.filed_at IS NULL OR {_REOPENED} OR {{asked}} OR {{complained}})"""
# What the registers say of time, place and officer.
_REQUESTS = """SELECT r.number, r.about_from, r.about_to, r.place, r.officer, (SELECT json_group_array(CAST(c.id AS TEXT)) FROM disclosure_link l
    JOIN component c ON c.record_id = l.record_id WHERE l.request_id = r.id AND l.removed_at IS NULL)
    FROM disclosure_request r WHERE r.closed_on IS NULL AND {within}"""
_COMPLAINTS = """SELECT r.number, r.about_from, r.about_to, r.place, r.officer, '[]' FROM complaint r WHERE r.closed_on IS NULL AND {within}"""
_OFFICERS = "SELECT o.case_id, o.name FROM case_officer o WHERE o.case_id IN (SELECT value FROM json_each(:cases))"
_BEGUN = """SELECT DISTINCT a.case_id FROM case_activity a WHERE a.removed_at IS NULL AND a.start IS NOT NULL
    AND a.case_id IN (SELECT value FROM json_each(:cases))"""
_PLACED = "SELECT DISTINCT a.place FROM case_activity a WHERE a.place <> ''"
# Those that meet the recordings' days, or are at a place or by an officer of theirs: of the others none guards any of them.
_ACTIVITIES = """SELECT a.case_id, a.kind, a.start, a."end", a.finished, a.place, a.officers FROM case_activity a
    WHERE a.removed_at IS NULL AND a.start IS NOT NULL AND a.case_id IN (SELECT value FROM json_each(:cases))
    AND ((a.start < :until AND max(coalesce(a."end", a.finished, a.start), a.start) >= :since)
        OR a.place IN (SELECT value FROM json_each(:places)) OR (a.place = '' AND a.case_id IN (SELECT value FROM json_each(:there)))
        OR (a.officers = '[]' AND a.case_id IN (SELECT o.case_id FROM case_officer o WHERE o.name IN (SELECT value FROM json_each(:officers))))
        OR EXISTS (SELECT 1 FROM json_each(a.officers) n
            WHERE a.officers <> '[]' AND n.value IN (SELECT value FROM json_each(:officers)))) ORDER BY a.id"""
_EVER = ("", "\U0010ffff")


def open_windows(archive: Archive, pieces: Sequence[Footage]) -> Iterator[Window]:
    """What may guard one of these recordings: the activities of every open case that the person may know of, as far as they meet them in time,
    place or officer; a case of which no activity is known, from its beginning on; and what the registers that the person reads say of open
    requests for information and complaints."""
    ask = archive.database.connection().execute
    label, register = _within(archive.person.clearance), _within(archive.person.clearance, "r")
    asked, complained = (words.format(within=register) if archive.may(act).allowed else "0"
                         for words, act in ((_ASKED, "disclosure.read"), (_COMPLAINED, "complaints.read")))
    now = {"now": stamp(archive.clock.now())}
    cases = {row[0]: row[1:] for row in ask(_OPEN.format(within=label, asked=asked, complained=complained), now)}
    every = json.dumps(list(cases))
    near = ask(_ACTIVITIES, {"cases": every, **_near(ask, cases, pieces)}).fetchall()
    standing = set(cases) - {case for (case,) in ask(_BEGUN, {"cases": every})}
    officers: dict[int, set[str]] = {}
    for case, name in ask(_OFFICERS, {"cases": json.dumps(sorted(standing | {row[0] for row in near}))}):
        officers.setdefault(case, set()).add(name)
    for case, kind, start, end, finished, place, names in near:
        yield _of_activity(cases[case], officers.get(case, set()), kind, start, end or finished, place, names)
    for case in (one for one in cases if one in standing):
        number, started, created, place, kind = cases[case]
        begun = date.fromisoformat(started[:10]) if started else day_of(_moment(created) or moment(created))
        yield Window(kind, number, begun, None, frozenset({place} - {""}), frozenset(officers.get(case, ())))
    for kind, rows, open_to in (("disclosure", _REQUESTS, asked), ("complaint_made", _COMPLAINTS, complained)):
        if open_to != "0":
            yield from (window for row in ask(rows.format(within=register)) if (window := _of_register(kind, *row)) is not None)


def _near(ask: Callable[..., Any], cases: Mapping[int, Sequence[Any]], pieces: Sequence[Footage]) -> dict[str, str]:
    """The days, places and officers of these recordings, as `_ACTIVITIES` asks for them; a day more on either side, for days begin at
    Beijing's midnight. Every day, where one of them has no reliable time."""
    days = [day_of(one) for piece in pieces if piece.start is not None for one in (piece.start, piece.end or piece.start)]
    timeless = any(piece.start is None for piece in pieces) or not days
    since, until = _EVER if timeless else ((min(days) - DAY).isoformat(), (max(days) + 2 * DAY).isoformat())
    wanted = {plain_place(piece.place) for piece in pieces} - {""}
    places = [place for (place,) in ask(_PLACED) if plain_place(place) in wanted] if wanted else []
    there = [case for case, row in cases.items() if plain_place(row[3]) in wanted]
    officers = sorted({piece.officer for piece in pieces} - {""})
    lists = {"places": places, "there": there, "officers": officers}
    return {"since": since, "until": until, **{name: json.dumps(some) for name, some in lists.items()}}


def _of_register(kind: str, number: str, first: str | None, last: str | None, place: str, officer: str, named: str) -> Window | None:
    """What a request or a complaint is about; None where it says neither time nor place nor officer nor recording."""
    begun, over = first or last, last or first
    pieces = frozenset(json.loads(named))
    if not (begun or place or officer or pieces):
        return None
    return Window(kind, number, date.fromisoformat(begun) if begun else None, date.fromisoformat(over) if over else None,
                  frozenset({place} - {""}), frozenset(_names(officer)), named=pieces)


def _names(officers: str) -> set[str]:
    """Several officers in one field, as people write them: 周敏、李建国."""
    return {name.strip() for name in officers.replace("，", "、").replace(",", "、").split("、") if name.strip()}


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


def _within(clearance: Clearance, row: str = "f") -> str:
    """The label of a case folder, or of a line of a register, as `desktop.clearance` narrows by it."""
    words = f"{row}.state <= {int(clearance.state)}"
    if not clearance.trade:
        words += f" AND {row}.trade = 0"
    return words if clearance.privacy else words + f" AND {row}.privacy = 0"
