"""Segments: for each 256 entries one text of the words by which readers find them, so that no act pays for an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

SEGMENT = 256
_ROWS, _OUTCOME, _SUBJECT = b',"rows":"', b'"outcome":', b'"subject":'

Alternatives = tuple[str, ...]
"""Texts of which a segment's words hold at least one, where it holds an entry that is looked for."""


def segment_of(seq: int) -> int:
    """The number of the segment in which entry `seq` lies; both count from one."""
    return (seq - 1) // SEGMENT + 1


def entries_in(segment: int) -> tuple[int, int]:
    """The first and the last entry of a segment."""
    return (segment - 1) * SEGMENT + 1, segment * SEGMENT


def words_of(leaves: Iterable[bytes]) -> set[bytes]:
    """The words of canonical leaves: outcome, person and role as they stand in it, and its subject; see FORMAT.md."""
    cut = [leaf.rpartition(_ROWS) for leaf in leaves]
    heads = {head.rpartition(_OUTCOME)[2] for head, _, _ in cut}
    return heads | {tail.partition(_SUBJECT)[2][:-1] for _, _, tail in cut}


def as_text(words: Iterable[bytes]) -> bytes:
    """What is stored for a segment: its distinct words in the order of their bytes, one a line."""
    return b"\n".join(sorted(words))


# What is looked for. In canonical JSON a name with its quotes stands nowhere inside a string, whose quotes are escaped.
def of_person(name: str) -> Alternatives:
    return (f'"person":{json.dumps(name, ensure_ascii=False)},"role":',)


def of_outcome(outcome: str) -> Alternatives:
    return (f'"{outcome}","person":',)


def of_subject(kind: str, ids: Iterable[int]) -> Alternatives:
    return tuple(f'"{kind}":{number}{end}' for number in ids for end in ",}")


class SegmentCheck:
    """Holds the stored words of every segment against those of its entries, in one pass over both."""

    def __init__(self, stored: Iterable[Sequence[object]]) -> None:
        self._stored = iter(stored)
        self._waiting: Sequence[object] | None = next(self._stored, None)
        self._number = 1
        self._words: set[bytes] = set()
        self._whole = True
        self._wrong: list[int] = []

    def take(self, seq: int, words: set[bytes] | None) -> None:
        """The words of the next entries, all of the segment of entry `seq`; None for an entry that was itself altered."""
        number = segment_of(seq)
        if number != self._number:
            self._close()
            self._number = number
        if words is None:
            self._whole = False
        else:
            self._words |= words

    def wrong(self, size: int) -> Iterator[int]:
        """The numbers of segments that are not as they should be, once all `size` entries have been taken."""
        if size >= entries_in(self._number)[1]:
            self._close()
        while self._waiting is not None:
            self._name(self._waiting[0])
            self._waiting = next(self._stored, None)
        yield from sorted(set(self._wrong))

    def _close(self) -> None:
        while self._waiting is not None and (not isinstance(self._waiting[0], int) or self._waiting[0] < self._number):
            self._name(self._waiting[0])
            self._waiting = next(self._stored, None)
        there = self._waiting is not None and self._waiting[0] == self._number
        kept = self._waiting[1] if there and self._waiting is not None else None
        if there:
            self._waiting = next(self._stored, None)
        if kept is None or (self._whole and kept != as_text(self._words)):
            self._wrong.append(self._number)
        self._words, self._whole = set(), True

    def _name(self, number: object) -> None:
        self._wrong.append(number if isinstance(number, int) else 0)
