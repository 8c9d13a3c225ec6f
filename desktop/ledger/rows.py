"""Digests of rows: what an act leaves in a table, in 128 bits, the same on every database engine."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

DIGEST_CHARACTERS = 32
TABLE = re.compile(r"[a-z][a-z0-9_]*")
_EXACT = 2**53 - 1
_PATTERNS = 4096
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_sha256 = hashlib.sha256


class RowDigests:
    """The digests of one table's rows, given as sequences of values in the order of `columns`.

    The canonical text is RFC 8785 of `{"columns": [names], "table": name, "values": [values]}`, names sorted, columns that
    are NULL left out of both lists: a later version may add a column without touching the digests of older rows. A boolean
    is 0 or 1, as SQLite keeps it; bytes are `{"b64": …}`; an integer beyond 2^53 is `{"int": "…"}`.
    """

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        if not TABLE.fullmatch(table) or not all(map(TABLE.fullmatch, columns)) or len(set(columns)) != len(columns):
            raise ValueError(f"not a table of distinct lower-case columns: {table} {columns}")
        self.table = table
        self.columns = tuple(columns)
        order = sorted(range(len(columns)), key=self.columns.__getitem__)
        self._order = None if order == list(range(len(columns))) else order
        self._names = sorted(columns)
        self._plans: dict[tuple[type, ...], tuple[str, tuple[int, ...], bool, bool]] = {}

    def digest(self, values: Sequence[object]) -> str:
        """32 hexadecimal characters. Raises ValueError for a value that no table of ours holds (a float, a date)."""
        if self._order is not None:
            values = [values[place] for place in self._order]
        types = tuple(map(type, values))
        head, integers, full, plain = self._plans.get(types) or self._plan(types)
        for place in integers:
            if not -_EXACT <= values[place] <= _EXACT:  # type: ignore[operator]  # `types` says that it is an int
                plain = False
        if not full:
            values = [value for value in values if value is not None]
        if not plain:
            values = list(map(_json, values))
        return _sha256(f"{head}{_encode(values)}}}".encode()).hexdigest()[:DIGEST_CHARACTERS]

    def _plan(self, types: tuple[type, ...]) -> tuple[str, tuple[int, ...], bool, bool]:
        """What is the same for all rows with values of these types: the head of the text, and what needs a second look."""
        if len(types) != len(self._names):
            raise ValueError(f"{self.table} has {len(self._names)} columns, not {len(types)}")
        names = [name for name, kind in zip(self._names, types, strict=True) if kind is not type(None)]
        head = f'{{"columns":{_encode(names)},"table":"{self.table}","values":'
        integers = tuple(place for place, kind in enumerate(types) if kind is int)
        plan = (head, integers, len(names) == len(types), set(types) <= {str, int, type(None)})
        if len(self._plans) >= _PATTERNS:
            self._plans.clear()
        self._plans[types] = plan
        return plan


def _json(value: object) -> object:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        number = int(value)
        return number if -_EXACT <= number <= _EXACT else {"int": str(number)}
    if isinstance(value, bytes | bytearray | memoryview):
        return {"b64": base64.b64encode(value).decode("ascii")}
    raise ValueError(f"no table of ours holds a {type(value).__name__}")


@functools.lru_cache(maxsize=256)
def _digests(table: str, columns: tuple[str, ...]) -> RowDigests:
    return RowDigests(table, columns)


def row_digest(table: str, row: Mapping[str, object]) -> str:
    """The digest of one whole row as the database returns it, every column by its database name; see `RowDigests`."""
    return _digests(table, tuple(row)).digest(tuple(row.values()))


def row_id(*key: object) -> str:
    """A primary key as a row mark names it: its parts percent-encoded, joined by commas."""
    return ",".join(str(part) if type(part) is int else quote(str(part), safe="") for part in key)
