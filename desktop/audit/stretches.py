"""Where in the ledger to look: the stretches of entries that may hold what is asked for, by the words of their segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.database import first_row
from desktop.ledger.segments import Alternatives, entries_in, segment_of

Stretch = tuple[int, int]
"""The first and the last entry."""

_AT_ONCE = 64
_IDS = re.compile(r'"([a-z]+)":(\d+)[,}]')


def stretches(connection: Any, wanted: Sequence[Alternatives], first: int, last: int) -> Iterator[Stretch]:
    """Stretches between two entries, newest first, of whose words each of `wanted` has one; whole when nothing is wanted.

    The newest entries, up to 255, lie in no segment yet and are always to be looked at. A million entries take about 0.1 s.
    """
    if not wanted:
        yield first, last
        return
    behind = _covered(connection) + 1
    if last >= behind:
        yield max(first, behind), last
    held = " AND ".join(f"({' OR '.join(['instr(words, ?) > 0'] * len(texts))})" for texts in wanted)
    words = [text for texts in wanted for text in texts]
    query = f"SELECT id FROM ledger_segment WHERE id BETWEEN ? AND ? AND {held} ORDER BY id DESC LIMIT {_AT_ONCE}"
    lowest, highest = segment_of(max(first, 1)), segment_of(last)
    while highest >= lowest:
        found = connection.execute(query, (lowest, highest, *words)).fetchall()
        for (number,) in found:
            low, high = entries_in(number)
            yield max(low, first), min(high, last)
        if len(found) < _AT_ONCE:
            return
        highest = found[-1][0] - 1


def entries_about(connection: Any, ids: Mapping[str, Sequence[int]]) -> list[int]:
    """The numbers of all entries whose subject names one of these ids, by kind: case, record, component, request."""
    wanted = {kind: set(numbers) for kind, numbers in ids.items() if numbers}
    columns = ", ".join(f"{kind}_id" for kind in wanted)
    if not wanted:
        return []
    seqs: list[int] = []
    for first, last in _about(connection, {(kind, str(number)) for kind, numbers in wanted.items() for number in numbers}):
        for seq, *found in connection.execute(f"SELECT seq, {columns} FROM ledger_entry WHERE seq BETWEEN ? AND ?", (first, last)):
            if any(number in numbers for number, numbers in zip(found, wanted.values(), strict=True)):
                seqs.append(seq)
    return seqs


def _about(connection: Any, wanted: set[tuple[str, str]]) -> Iterator[Stretch]:
    """All segments whose words name one of the ids, however many ids there are; and behind them what lies in no segment yet."""
    number = 0
    while batch := connection.execute(f"SELECT id, words FROM ledger_segment WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (number,)).fetchall():
        for number, words in batch:
            if not wanted.isdisjoint(_IDS.findall(words)):
                yield entries_in(number)
    behind = _covered(connection) + 1
    yield behind, int(first_row(connection, "SELECT coalesce(max(seq), 0) FROM ledger_leaf")[0])


def _covered(connection: Any) -> int:
    """How many entries lie in segments."""
    return entries_in(int(first_row(connection, "SELECT coalesce(max(id), 0) FROM ledger_segment")[0]))[1]
