"""One entry of the ledger: who did what to which rows, as one canonical text."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

from desktop.errors import Refusal
from desktop.ledger.rows import TABLE, row_digest, row_id

__all__ = ["JSON", "OUTCOMES", "Entry", "RowMark", "Told", "canonical", "row_digest", "row_id"]

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

OUTCOMES = frozenset({"done", "refused", "cancelled", "failed"})
_HEAD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z [a-z0-9_.]+")  # its time and its act
_DIGEST = re.compile(r"[0-9a-f]{32}")
# For what `_plain` lets through these write exactly RFC 8785 (the tests hold them against the library `rfc8785`), ten times as
# fast: the library took a fifth of the time of an append.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode
_EXACT = 2**53 - 1
_NONE: Mapping[str, Any] = MappingProxyType({})
_FIELDS = ("act", "at", "desk", "facts", "outcome", "person", "role", "rows", "seq", "subject")


class RowMark(NamedTuple):
    """A row that an act wrote: its table, its primary key as `row_id` gives it, and its digest; None when it was deleted."""

    table: str
    row_id: str
    digest: str | None

    def __str__(self) -> str:
        return f"{self.table}/{self.row_id}/{self.digest or '-'}"

    @classmethod
    def parse(cls, text: str) -> RowMark:
        """Read `table/id/digest`. Raises ValueError."""
        table, key, digest = text.split("/")
        mark = cls(table, key, None if digest == "-" else digest)
        mark.check()
        return mark

    def check(self) -> None:
        """Raises ValueError when the mark could not be read back as it stands."""
        key = self.row_id
        if not TABLE.fullmatch(self.table) or not key or not (key.isdigit() or row_id(*map(unquote, key.split(","))) == key):
            raise ValueError(f"not a row: {self.table}/{self.row_id}")
        if self.digest is not None and not _DIGEST.fullmatch(self.digest):
            raise ValueError(f"not a row digest: {self.digest}")


class Told(NamedTuple):
    """What one entry says besides who, when and where; `marks` are the rows that it answers for, in the order they were written."""

    act: str
    outcome: str
    subject: Mapping[str, int | str] = _NONE
    facts: Mapping[str, JSON] = _NONE
    marks: Mapping[tuple[str, int], None] = MappingProxyType({})


class Entry(NamedTuple):
    """One act. `seq` counts from one without gaps; `at` is UTC text as `clock.text` writes it, with six decimals and Z.

    `subject` names what the act was about (ids by kind), `facts` what a reader must know; no floats anywhere.
    """

    seq: int
    at: str
    desk: str
    person: str
    role: str
    act: str
    outcome: str
    subject: Mapping[str, int | str] = _NONE
    facts: Mapping[str, JSON] = _NONE
    rows: Sequence[RowMark] = ()

    def leaf(self) -> str:
        """The canonical text (RFC 8785) that is stored and hashed. Raises ValueError for what has no exact JSON form."""
        self._check()
        leaf = _encode({"act": self.act, "at": self.at, "desk": self.desk, "facts": _plain(self.facts), "outcome": self.outcome,
                        "person": self.person, "role": self.role, "rows": " ".join(map(str, self.rows)), "seq": int(self.seq),
                        "subject": _plain(self.subject)})
        leaf.encode()  # a lone surrogate has no UTF-8: a UnicodeEncodeError, which is a ValueError
        return leaf

    def _check(self) -> None:
        if not 1 <= self.seq <= _EXACT:
            raise ValueError(f"entries are counted from one (the size of the tree with it): {self.seq}")
        texts = (self.at, self.act, self.desk, self.person, self.role, self.outcome)
        if not all([isinstance(text, str) for text in texts]) or not _HEAD.fullmatch(f"{self.at} {self.act}") or self.outcome not in OUTCOMES:
            raise ValueError(f"not an entry: {texts}")
        # The verifier cuts the marks out behind the last `"rows":"`, so nothing behind it may be called so.
        if "rows" in self.subject or not all([isinstance(v, int | str) and v is not True and v is not False
                                              for v in self.subject.values()]):
            raise ValueError("a subject names ids by kind, and no kind is called rows")
        for mark in self.rows:
            mark.check()

    @classmethod
    def parse(cls, leaf: str) -> Entry:
        """Read a leaf back. Raises Refusal("ledger.entry_unreadable")."""
        try:
            whole = json.loads(leaf, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
            if tuple(sorted(whole)) != _FIELDS:
                raise ValueError("other fields than an entry has")
            marks = whole.pop("rows")
            texts = [whole[name] for name in ("act", "at", "desk", "outcome", "person", "role")] + [marks]
            if type(whole["seq"]) is not int or not all(isinstance(text, str) for text in texts):
                raise ValueError("a field of another type")
            if not isinstance(whole["facts"], dict) or not isinstance(whole["subject"], dict):
                raise ValueError("facts and subject are objects")
            if not all(isinstance(value, int | str) for value in whole["subject"].values()):
                raise ValueError("a subject names ids")
            entry = cls(**whole, rows=tuple(map(RowMark.parse, marks.split(" "))) if marks else ())
            entry._check()
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Refusal("ledger.entry_unreadable", reason=str(error)) from error
        return entry


def canonical(leaf: str) -> str:
    """The canonical text of a leaf whose JSON was reformatted; the same text when it was not. Raises Refusal."""
    try:
        return Entry.parse(leaf).leaf()
    except ValueError as error:
        raise Refusal("ledger.entry_unreadable", reason=str(error)) from error


def _plain(value: JSON) -> Any:
    """The value in plain types, where both the number and the order of names are the same in every JSON library.

    A float is refused (0.1 has no exact meaning in evidence), an integer beyond 2^53, and a name with characters beyond
    U+D7FF, which RFC 8785 sorts by UTF-16.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, int):
        if -_EXACT <= value <= _EXACT:
            return int(value)
        raise ValueError(f"not an exact JSON number: {value}")
    if kind is dict or isinstance(value, Mapping):
        return {_name(name): inner if type(inner) is str else _plain(inner) for name, inner in value.items()}  # type: ignore[union-attr]  # a dict is a Mapping
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return str.__str__(value)
    raise ValueError(f"no exact JSON form: {kind.__name__}")


@functools.lru_cache(maxsize=1024)  # they are few, and each act names some
def _name(name: object) -> str:
    if not isinstance(name, str) or not (name.isascii() or max(name) <= "\ud7ff"):
        raise ValueError(f"not a name of a fact: {name!r}")
    return str.__str__(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ValueError("a name stands twice")
    return whole


def _no_number(text: str) -> Any:
    raise ValueError(f"not an exact number: {text}")
