"""What each row of a table should be by its last act: sixteen bytes a row, so that millions fit and are compared at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

DIGEST_BYTES = 16
DELETED = b"-" * DIGEST_BYTES
NO_ROWS = b"?" * DIGEST_BYTES  # of a mark whose digest is none: no row is like it
_ABSENT = bytes(DIGEST_BYTES)
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_ROOM = 1 << 16  # rows for which there is always room: beyond, numbers with wide gaps between them go by name

RowKey = int | str
"""A row's primary key: the number itself where it is one."""


def row_key(text: str) -> RowKey:
    """The key that a row mark names; two different texts are never the same key."""
    return int(text) if _NUMBER.fullmatch(text) else text


class LawfulRows:
    """The digest that the last act left of each row of one table.

    Rows numbered from one, as nearly all are, lie in one block of memory by their number; others in a dictionary. A dictionary of
    all took ten times the memory, and missing the processor's cache at every row a third longer.
    """

    def __init__(self) -> None:
        self._block = bytearray()
        self._others: dict[RowKey, bytes] = {}

    def __len__(self) -> int:
        """About how many rows acts have written, those that were deleted again included."""
        halves = (memoryview(self._block[at : at + _ROOM]).cast("Q")[::2].tolist() for at in range(0, len(self._block), _ROOM))
        return sum(len(half) - half.count(0) for half in halves) + len(self._others)

    def block_for(self, highest: int) -> bytearray | None:
        """The block, with room for rows up to this number, to be written into; None where rows must be set one by one."""
        return None if self._others else self._grown(highest)

    def _grown(self, highest: int) -> bytearray | None:
        need = (highest + 1) * DIGEST_BYTES
        if need > len(self._block):
            if highest > 2 * len(self._block) // DIGEST_BYTES + _ROOM:
                return None  # it would be mostly empty
            self._block.extend(bytes((highest + 1 + highest // 4) * DIGEST_BYTES - len(self._block)))
        return self._block

    def set(self, key: RowKey, digest: bytes) -> None:
        """Remember what an act left; `DELETED` for a row that it deleted."""
        block = self._grown(key) if isinstance(key, int) and key >= 0 else None
        if block is None or not isinstance(key, int):
            self._others[key] = digest
        else:
            self._others.pop(key, None)
            block[key * DIGEST_BYTES : (key + 1) * DIGEST_BYTES] = digest

    def take(self, key: RowKey) -> bytes | None:
        """What the row should be, and forget it; None when no act wrote it."""
        found = self._others.pop(key, None) if self._others else None
        if found is None and isinstance(key, int) and 0 <= key < len(self._block) // DIGEST_BYTES:
            place = slice(key * DIGEST_BYTES, (key + 1) * DIGEST_BYTES)
            found, self._block[place] = bytes(self._block[place]), _ABSENT
        return None if found == _ABSENT else found

    def take_all(self, first: int, digests: Sequence[bytes]) -> bool:
        """Whether the rows numbered from `first` on should be just these; then they are forgotten, else nothing is."""
        place = slice(first * DIGEST_BYTES, (first + len(digests)) * DIGEST_BYTES)
        if first < 0 or self._others or self._block[place] != b"".join(digests):
            return False
        self._block[place] = bytes(len(digests) * DIGEST_BYTES)
        return True

    def left(self) -> Iterator[RowKey]:
        """The keys of rows that should stand and were not taken."""
        if self._block.count(0) != len(self._block):
            for at in range(0, len(self._block), DIGEST_BYTES):
                if self._block[at : at + DIGEST_BYTES] not in (_ABSENT, DELETED):
                    yield at // DIGEST_BYTES
        yield from (key for key, digest in self._others.items() if digest != DELETED)
