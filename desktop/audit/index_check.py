"""Whether the full-text index holds exactly the terms of its entries, and nothing lies in its tables beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.database import ArchiveDatabase, first_row
from desktop.jobs import Progress
from desktop.ledger.walk import Finding

# Layout of an FTS5 index, https://sqlite.org/fts5.html and fts5_index.c: row 1 holds totals, row 10 the structure; a page of
# segment s has the row number s << 37 | tombstone bit << 36 | level << 31 | page.
_TOTALS, _STRUCTURE = 1, 10
_SEGMENT_BITS, _PAGE_MASK = 37, (1 << 31) - 1
_VERSION = 4
_STEP = 5000
# In the temporary schema, which lives in memory: a read-only archive is checked in the same way.
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_vocabulary USING fts5vocab('main', 'search_index', 'instance')"


def index_findings(database: ArchiveDatabase, progress: Progress) -> Iterator[Finding]:
    """`search.entry_unfindable` (row), `search.index_stray` for terms of rows that are not there, `search.index_damaged`.

    About 1 µs a term: every (row, term) of the index is counted into its row and compared with what the entry says.
    """
    connection = database.connection()
    yield from _strays(connection)
    held = _held(connection)
    rows = terms = 0
    progress.begin(int(first_row(connection, "SELECT count(*) FROM search_entry")[0]), "index")
    for row_id, words in connection.execute("SELECT id, terms FROM search_entry ORDER BY id"):
        wanted = str(words).split()
        rows, terms = rows + 1, terms + len(wanted)
        if held.pop(row_id, (0, 0)) != _sum(set(wanted)):
            yield Finding("search.entry_unfindable", {"row_id": row_id})
        if rows % _STEP == 0:
            progress.step(amount=_STEP)
    for row_id in sorted(held):
        yield Finding("search.index_stray", {"row_id": row_id})
    totals = first_row(connection, "SELECT block FROM search_index_data WHERE id = ?", (_TOTALS,))
    if totals is None or not isinstance(totals[0], bytes) or _varints(totals[0]) not in ([rows, terms], [] if not rows else None):
        yield Finding("search.index_damaged", {"detail": "totals"})


def _sum(words: set[str]) -> tuple[int, int]:
    return len(words), sum(map(hash, words))


def _held(connection: Any) -> dict[int, tuple[int, int]]:
    """For each row of the index: how many terms it has, and the sum of their hashes."""
    connection.execute(_VOCABULARY)
    held: dict[int, tuple[int, int]] = {}
    word, mark = None, 0
    for term, row_id in connection.execute("SELECT term, doc FROM temp.search_vocabulary"):
        if term != word:
            word, mark = term, hash(term)
        count, total = held.get(row_id, (0, 0))
        held[row_id] = count + 1, total + mark
    return held


def _strays(connection: Any) -> Iterator[Finding]:
    """Pages and settings that no living segment of the index knows."""
    settings = list(connection.execute("SELECT k, v FROM search_index_config"))
    if settings != [("version", _VERSION)]:
        yield Finding("search.index_damaged", {"detail": "config"})
    row = first_row(connection, "SELECT block FROM search_index_data WHERE id = ?", (_STRUCTURE,))
    try:
        living = _segments(row[0])
    except (TypeError, IndexError, ValueError):
        yield Finding("search.index_damaged", {"detail": "structure"})
        return
    for (row_id,) in connection.execute("SELECT id FROM search_index_data WHERE id NOT IN (?, ?)", (_TOTALS, _STRUCTURE)):
        first, last = living.get(int(row_id) >> _SEGMENT_BITS, (1, 0))
        if not first <= int(row_id) & _PAGE_MASK <= last:
            yield Finding("search.index_damaged", {"detail": f"data {row_id}"})
    reached: dict[int, int] = {}
    for segment, page in connection.execute("SELECT segid, pgno FROM search_index_idx"):
        first, last = living.get(segment, (1, 0))
        if not isinstance(page, int) or not first <= page >> 1 <= last:
            yield Finding("search.index_damaged", {"detail": f"idx {segment}"})
        else:
            reached[segment] = max(reached.get(segment, 0), page >> 1)
    for segment, (first, last) in living.items():
        if any(_begins_a_term(connection, segment, page) for page in range(reached.get(segment, first - 1) + 1, last + 1)):
            yield Finding("search.index_damaged", {"detail": f"idx {segment}"})


def _begins_a_term(connection: Any, segment: int, page: int) -> bool:
    """Whether a page holds the beginning of a term, so that the way to it must be in the index of pages."""
    row = first_row(connection, "SELECT block FROM search_index_data WHERE id = ?", (segment << _SEGMENT_BITS | page,))
    return row is None or not isinstance(row[0], bytes) or int.from_bytes(row[0][2:4], "big") < len(row[0])


def _segments(structure: bytes) -> dict[int, tuple[int, int]]:
    """Segment → its first and last page, from the structure record: cookie, levels, segments, writes, then each level."""
    if structure[:4] != bytes(4) or structure[4:8] == b"\xff\x00\x00\x01":
        raise ValueError("not the structure that this program makes")
    numbers = iter(_varints(structure[4:]))
    levels, _count, _writes = next(numbers), next(numbers), next(numbers)
    living: dict[int, tuple[int, int]] = {}
    for _ in range(levels):
        _merging, segments = next(numbers, 0), next(numbers, 0)
        for _ in range(segments):
            segment, first, last = next(numbers), next(numbers), next(numbers)
            living[segment] = first, last
    return living


def _varints(raw: bytes) -> list[int]:
    """SQLite's variable-length integers: seven bits a byte, the ninth byte whole."""
    numbers, value, length = [], 0, 0
    for byte in raw:
        length += 1
        if length == 9:
            numbers.append(value << 8 | byte)
            value = length = 0
        else:
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                numbers.append(value)
                value = length = 0
    return numbers
