"""Lines of the ledger as they are read: narrowed by a filter, worded, and veiled where the reader may not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop import clearance as narrowing
from desktop.audit.stretches import stretches
from desktop.database import ArchiveDatabase, first_row
from desktop.i18n import act_words, sentence
from desktop.ledger.entry import Entry
from desktop.ledger.segments import Alternatives, of_outcome, of_person, of_subject
from desktop.roles import roles
from models.access import Grant, Request
from models.cases import CaseFolder, Record
from models.disclosure import Complaint, DisclosureRequest
from models.holdings import Component
from models.people import Person
from models.secrecy import Clearance
from models.terms import CaseId, Outcome, RecordId

_BATCH = 256


@dataclass(frozen=True)
class EntryFilter:
    """Which entries are asked for. `act` is the beginning of an act's name; `since` and `until` are stamps, `until` excluded."""

    person: str = ""
    act: str = ""
    outcome: Outcome | None = None
    since: str = ""
    until: str = ""
    case: CaseId | None = None
    record: RecordId | None = None
    text: str = ""


@dataclass(frozen=True)
class EntryLine:
    """One entry in words. `veiled`: it is about something that does not exist for this reader, so nothing of that is told."""

    seq: int
    at: str
    desk: str
    person: str
    role: str
    role_title: str
    act: str
    words: str
    outcome: Outcome
    reason: str
    subject: Mapping[str, int | str] = field(default_factory=dict)
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    veiled: bool = False


@dataclass(frozen=True)
class EntryPage:
    """Entries, newest first; `next` is the `before` of the following page, None when there is none."""

    lines: tuple[EntryLine, ...] = ()
    next: int | None = None


def page(database: ArchiveDatabase, clearance: Clearance, narrowed: EntryFilter, before: int | None, limit: int) -> EntryPage:
    """The newest entries below number `before` that pass the filter."""
    found: list[EntryLine] = []
    while len(found) <= limit:
        leaves = _leaves(database, narrowed, before)
        # A veiled entry cannot be found by words that its reader is not shown.
        found += [line for line in worded(leaves, clearance) if not (narrowed.text and line.veiled)]
        if len(leaves) < _BATCH:
            break
        before = leaves[-1][0]
    lines = tuple(found[:limit])
    return EntryPage(lines, lines[-1].seq if len(found) > limit else None)


def _leaves(database: ArchiveDatabase, narrowed: EntryFilter, before: int | None) -> list[tuple[int, str]]:
    connection = database.connection()
    conditions, values = _conditions(narrowed)
    first = first_at(database, narrowed.since) if narrowed.since else 1
    end = first_at(database, narrowed.until) if narrowed.until else _length(connection) + 1
    last = min(end, end if before is None else before) - 1
    where = " AND ".join(["seq BETWEEN ? AND ?", *conditions])
    query = f"SELECT seq, leaf FROM ledger_entry WHERE {where} ORDER BY seq DESC LIMIT ?"
    found: list[tuple[int, str]] = []
    for stretch in stretches(connection, _words(narrowed), first, last):
        found += connection.execute(query, (*stretch, *values, _BATCH - len(found))).fetchall()
        if len(found) == _BATCH:
            break
    return found


def _words(narrowed: EntryFilter) -> list[Alternatives]:
    """What the segments know of a filter: the rest is looked for in the entries themselves."""
    words = []
    if narrowed.person:
        words.append(of_person(narrowed.person))
    if narrowed.outcome:
        words.append(of_outcome(narrowed.outcome.value))
    for kind, number in (("case", narrowed.case), ("record", narrowed.record)):
        if number is not None:
            words.append(of_subject(kind, [int(number)]))
    return words


def _conditions(narrowed: EntryFilter) -> tuple[list[str], list[object]]:
    conditions, values = [], list[object]()
    for column, value in (("person", narrowed.person or None), ("outcome", narrowed.outcome and narrowed.outcome.value),
                          ("case_id", narrowed.case), ("record_id", narrowed.record)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if narrowed.act:
        conditions.append("substr(act, 1, ?) = ?")
        values += [len(narrowed.act), narrowed.act]
    if narrowed.text.strip():
        # Words of people, not names of fields; and not the entry that says somebody looked for these very words.
        conditions.append("instr(lower(json_extract(leaf, '$.facts') || ' ' || person || ' ' || json_extract(leaf, '$.desk')), lower(?)) > 0")
        values.append(narrowed.text.strip())
        if not narrowed.act:
            conditions.append("act <> 'ledger.read'")
    return conditions, values


def _length(connection: Any) -> int:
    return int(first_row(connection, "SELECT coalesce(max(seq), 1) - 1 FROM ledger_leaf")[0])


def first_at(database: ArchiveDatabase, at: str) -> int:
    """Number of the first entry of this moment or later: the ledger's time never goes back, so it is found by halving."""
    connection = database.connection()
    low, high = 1, _length(connection) + 1
    while low < high:
        middle = (low + high) // 2
        row = first_row(connection, "SELECT at FROM ledger_entry WHERE seq >= ? ORDER BY seq LIMIT 1", (middle,))
        low, high = (middle + 1, high) if row is not None and str(row[0]) < at else (low, middle)
    return low


def worded(leaves: Iterable[tuple[int, str]], clearance: Clearance) -> list[EntryLine]:
    """Leaves as lines, in the same order."""
    entries = [Entry.parse(leaf) for _, leaf in leaves]
    known = _Known(clearance, entries)
    return [_line(entry, known) for entry in entries]


def _line(entry: Entry, known: _Known) -> EntryLine:
    about = known.about(entry.subject)
    role = roles().get(entry.role)
    reason = str(entry.facts.get("reason", "")) if entry.outcome == Outcome.REFUSED.value else ""
    shown = about is not None
    return EntryLine(
        entry.seq, entry.at, entry.desk, entry.person, entry.role, role.title if role else "", entry.act, act_words(entry.act),
        Outcome(entry.outcome), _refusal_words(reason) if reason else "", dict(entry.subject) if shown else {}, about or "",
        dict(entry.facts) if shown else {}, not shown)


def _refusal_words(code: str) -> str:
    """The sentence of a refusal without its facts: the ledger keeps the code only."""
    text = sentence(code)
    return text if "{" not in text else code


class _Known:
    """The names of what entries are about, as far as they exist for the reader."""

    def __init__(self, clearance: Clearance, entries: Sequence[Entry]) -> None:
        ids: dict[str, set[int]] = {}
        for entry in entries:
            for kind, value in entry.subject.items():
                if isinstance(value, int):
                    ids.setdefault(kind, set()).add(value)

        def asked(kind: str) -> list[int]:
            return sorted(ids.get(kind, ()))

        grants = Grant.select(Grant, Request).join(Request).where(Grant.id << asked("grant"))
        self._names: dict[str, dict[int, str]] = {
            "case": {c.id: c.case_number for c in narrowing.cases(clearance).where(CaseFolder.id << asked("case"))},
            "record": {r.id: r.title for r in narrowing.records(clearance).where(Record.id << asked("record"))},
            "component": {c.id: c.name for c in narrowing.components(clearance).where(Component.id << asked("component"))},
            "request": {r.id: r.number for r in Request.select().where(Request.id << asked("request"))},
            "grant": {g.id: g.request.number for g in grants},
            "disclosure": _numbers(DisclosureRequest, clearance, asked("disclosure")),
            "complaint": _numbers(Complaint, clearance, asked("complaint")),
            "person": {p.id: p.name for p in Person.select().where(Person.id << asked("person"))},
        }

    def about(self, subject: Mapping[str, int | str]) -> str | None:
        """What the entry is about, in names; None when some of it does not exist for the reader."""
        parts: dict[str, None] = {}
        for kind, names in self._names.items():
            value = subject.get(kind)
            if value is None:
                continue
            name = names.get(int(value))
            if name is None and kind in narrowing.EXISTS:
                return None
            if name:
                parts[name] = None
        return " · ".join(parts)


def _numbers(table: Any, clearance: Clearance, asked: Sequence[int]) -> dict[int, str]:
    """What stands in a register by its number, as far as it exists for the reader."""
    return {row.id: row.number for row in table.select().where((table.id << list(asked)) & narrowing.within(table, clearance))}
