"""检索: one box over cases, records, papers' text and annotations; what a person may not know of is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, Table

from desktop import clearance as narrowing
from desktop import search_index
from desktop.acts import Service, reading
from models.bigrams import normal
from models.cases import CaseFolder
from models.search import SearchEntry
from models.secrecy import Clearance, Label
from models.terms import CaseId, ComponentId, RecordId

MOST = 500
_BEFORE, _AFTER = 24, 72

Span = tuple[int, int]


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `title_spans` and `spans` are (from, to) of the found words in `title` and `excerpt`."""

    id: int
    kind: str
    source: str
    case: CaseId | None
    case_number: str
    record: RecordId | None
    component: ComponentId | None
    title: str
    title_spans: tuple[Span, ...]
    excerpt: str
    spans: tuple[Span, ...]
    label: Label


@dataclass(frozen=True)
class Page:
    """Hits, newest first; `next` is the `before` of the following page, None when there is none."""

    hits: tuple[Hit, ...] = ()
    next: int | None = None


class Search(Service):
    """The search box."""

    @reading("search.read")
    def find(self, words: str, *, before: int | None = None, limit: int = 50, kinds: Sequence[str] | None = None,
             case: CaseId | None = None) -> Page:
        """What holds all of `words` (divided by spaces), newest first, from below the row `before`.

        `kinds` narrows to some of case, record, paper, annotation; `case` to one case folder. Whatever is typed is sought as it
        stands; signs alone find nothing.
        """
        return look(words, self.archive.person.clearance, before, limit, kinds, None if case is None else int(case))


def look(words: str, clearance: Clearance, before: int | None = None, limit: int = 50, kinds: Sequence[str] | None = None,
         case: int | None = None) -> Page:
    """What exists for this clearance and holds all of `words`."""
    asked = search_index.match(words, clearance, kinds, case)
    if asked is None:
        return Page()
    expression, query = asked
    limit = min(max(limit, 1), MOST)
    rows = _rows(_query(expression, clearance, before), query.recheck, limit + 1)
    marks = normal(words).split()
    hits = tuple(_hit(row, marks) for row in rows[:limit])
    return Page(hits, hits[-1].id if len(rows) > limit else None)


def _query(expression: str, clearance: Clearance, before: int | None) -> Any:
    """The index leads, newest first; label and case are asked of each row inside the same statement."""
    found = Table("search_index").alias("found")
    number = found.c.rowid
    condition = SQL("search_index MATCH ?", (expression,)) & narrowing.within(SearchEntry, clearance)
    condition &= SearchEntry.case.is_null() | narrowing.within(CaseFolder, clearance)
    if before is not None:
        condition &= number < before
    source = found.join(SearchEntry, JOIN.CROSS, on=SearchEntry.id == number).join(
        CaseFolder, JOIN.LEFT_OUTER, on=CaseFolder.id == SearchEntry.case)
    entry = SearchEntry
    fields = (entry.id, entry.kind, entry.source, entry.case, CaseFolder.case_number, entry.record, entry.component, entry.title,
              entry.text, entry.state, entry.trade, entry.privacy, entry.internal)
    return SearchEntry.select(*fields).from_(source).where(condition).order_by(number.desc())


def _rows(query: Any, recheck: Sequence[str], count: int) -> list[Any]:
    """The first `count` rows whose text holds every part of `recheck`; pairs alone also find them scattered."""
    found = []
    for row in _stream(query):
        if not recheck or _holds(row[7], row[8], recheck):
            found.append(row)
            if len(found) == count:
                break
    return found


def _stream(query: Any) -> Iterator[Any]:
    cursor = SearchEntry._meta.database.execute(query)
    try:
        yield from cursor
    finally:
        cursor.close()


def _holds(title: str, text: str, recheck: Sequence[str]) -> bool:
    whole = normal(title) + "\n" + normal(text)
    return all(part in whole for part in recheck)


def _hit(row: Any, marks: Sequence[str]) -> Hit:
    title, text = row[7], row[8]
    excerpt = _excerpt(text, marks)
    return Hit(row[0], row[1], row[2], row[3], row[4] or "", row[5], row[6], title, _spans(title, marks), excerpt,
               _spans(excerpt, marks), Label(row[9], bool(row[10]), bool(row[11]), bool(row[12])))


def _excerpt(text: str, marks: Sequence[str]) -> str:
    """The neighbourhood of the first found word, on one line; the beginning where only the title holds it."""
    lowered = text.lower()
    places = [at for at in (lowered.find(mark) for mark in marks) if at >= 0]
    at = min(places, default=-1)
    if at < 0:
        at = min((start for start, _ in _spans(text[: 64 * 1024], marks)), default=0)
    start, end = max(at - _BEFORE, 0), at + _AFTER
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")


def _spans(text: str, marks: Sequence[str]) -> tuple[Span, ...]:
    """Where the words stand in a text as it is written: full width, capitals and all."""
    folded, origin = [], []
    for at, character in enumerate(text):
        for one in normal(character) if not character.isspace() else " ":
            folded.append(one)
            origin.append(at)
    line = "".join(folded)
    found: list[Span] = []
    for mark in marks:
        at = line.find(mark)
        while at >= 0:
            found.append((origin[at], origin[at + len(mark) - 1] + 1))
            at = line.find(mark, at + len(mark))
    return _merged(found)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
