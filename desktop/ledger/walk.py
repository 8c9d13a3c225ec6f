"""The walk over all entries: order, times, hashes and tree, in batches, and what each row should now be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.errors import Refusal
from desktop.ledger.entry import Entry, canonical
from desktop.ledger.lawful import DELETED, DIGEST_BYTES, NO_ROWS, LawfulRows, row_key
from desktop.ledger.segments import SegmentCheck, words_of
from desktop.ledger.tree import HASH_BYTES, Frontier, leaf_hash

Stored = tuple[int, str | bytes, bytes]
"""One stored entry: its number, its leaf (UTF-8 bytes are read fastest), and what is kept beside it."""

# In canonical JSON these runs of characters cannot stand inside a string (its quotes are escaped). `at` is the second name of a
# leaf, and behind the last `"rows":"` come only a number and the subject, which has no rows: so all cuts are exact.
_AT, _ROWS, _SEQ, _SUBJECT, _OUTCOME = b'"at":"', b',"rows":"', b'","seq":', b',"subject":', b'"outcome":'
_AT_CHARACTERS = 27
_DIGEST = re.compile(r"[0-9a-f]{32}")
_sha256 = hashlib.sha256


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a code of `messages.toml` [findings] and the facts of its sentence."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def marks_of(leaf: str | bytes) -> list[str]:
    """The row marks of a canonical leaf, without parsing it."""
    raw = leaf.encode(errors="replace") if isinstance(leaf, str) else leaf
    return raw.rpartition(_ROWS)[2].partition(b'"')[0].decode(errors="replace").split()


class Walk:
    """Takes stored entries in order; batches that are well cost a few microseconds an entry, others are looked at singly.

    `rows` is what, for each table, the last act left of each row.
    """

    def __init__(self, segments: SegmentCheck | None = None) -> None:
        self.tree = Frontier.empty()
        # From the first entry whose leaf and kept hash differ, the tree is also grown over the kept hashes: when that one
        # fits the checkpoints, exactly the entries that were named have been altered, and nothing else.
        self.kept_tree: Frontier | None = None
        self.rows: dict[str, LawfulRows] = {}
        self._segments = segments
        self.seq = 0
        self._before = b""
        self._nodes_told = False

    @property
    def trees(self) -> list[Frontier]:
        """The tree over the leaves, and the one over the kept hashes where that is another."""
        return [self.tree] if self.kept_tree is None else [self.tree, self.kept_tree]

    def take(self, batch: Sequence[Stored]) -> Iterator[Finding]:
        """Verify the next entries; yields what does not hold."""
        if not self._take_well(batch):
            for stored in batch:
                yield from self._take_one(stored)

    def _take_well(self, batch: Sequence[Stored]) -> bool:
        """Take the whole batch when everything about it holds; otherwise leave everything as it was."""
        try:
            seqs, leaves, kept = zip(*batch, strict=True)
            if isinstance(leaves[0], str):
                leaves = tuple([leaf.encode() for leaf in leaves])
            hashes = [_sha256(b"\x00" + leaf).digest() for leaf in leaves]
            cut = [leaf.rpartition(_ROWS) for leaf in leaves]
            parts = [tail.partition(_SEQ) for _, _, tail in cut]
            rests = [rest.partition(_SUBJECT) for _, _, rest in parts]
            times = [leaf.partition(_AT)[2][:_AT_CHARACTERS] for leaf in leaves]
            marks = b" ".join([marks for marks, _, _ in parts if marks]).decode("ascii")
        except (AttributeError, TypeError, ValueError):
            return False
        expected = range(self.seq + 1, self.seq + 1 + len(batch))
        if seqs != tuple(expected) or [number for number, _, _ in rests] != _texts(expected):
            return False
        if times[0] < self._before or times != sorted(times):
            return False
        grown = [tree.copy() for tree in self.trees]
        if list(kept) not in [_kept(tree, hashes) for tree in grown]:
            return False
        self.tree, self.kept_tree = grown[0], grown[1] if len(grown) > 1 else None
        self.seq, self._before = expected[-1], times[-1]
        if self._segments is not None:
            self._segments.take(self.seq, {head.rpartition(_OUTCOME)[2] for head, _, _ in cut} | {subject[:-1] for _, _, subject in rests})
        if marks:
            self._remember(marks)
        return True

    def _remember(self, marks: str) -> None:
        parts = marks.replace(" ", "/").split("/")
        tables, keys, digests = parts[0::3], parts[1::3], "".join(parts[2::3])
        # Plain numbers without leading zeros only, or two texts could be one key; "-" of a deleted row is no hexadecimal digit.
        plain = "".join(keys).isdigit() and "/0" not in "/" + "/".join(keys) and max(map(len, keys)) <= 18
        if not plain or "-" in digests or len(digests) != 2 * DIGEST_BYTES * len(tables) or digests != digests.lower():
            self._remember_singly(marks)
            return
        numbers, raw = list(map(int, keys)), bytes.fromhex(digests)
        highest: dict[str, int] = {}
        if tables.count(tables[0]) == len(tables):
            highest[tables[0]] = max(numbers)
        else:
            for table, number in zip(tables, numbers, strict=True):
                if number >= highest.get(table, 0):
                    highest[table] = number
        blocks = {table: self.rows.setdefault(table, LawfulRows()).block_for(number) for table, number in highest.items()}
        if None in blocks.values():
            self._remember_singly(marks)
        elif len(blocks) == 1:
            _set_all(blocks[tables[0]], numbers, raw)
        else:
            at = 0
            for table, number in zip(tables, numbers, strict=True):
                number *= DIGEST_BYTES
                blocks[table][number : number + DIGEST_BYTES] = raw[at : at + DIGEST_BYTES]  # type: ignore[index]  # none is None
                at += DIGEST_BYTES

    def _remember_singly(self, marks: str) -> None:
        for mark in marks.split(" "):
            row, _, digest = mark.rpartition("/")
            table, _, key = row.partition("/")
            raw = DELETED if digest == "-" else bytes.fromhex(digest) if _DIGEST.fullmatch(digest) else NO_ROWS
            self.rows.setdefault(table, LawfulRows()).set(row_key(key), raw)

    def _take_one(self, stored: Stored) -> Iterator[Finding]:
        seq, leaf, kept = stored
        if seq != self.seq + 1:
            yield Finding("ledger.gap", {"expected": self.seq + 1, "found": seq})
        self.seq = seq
        kept = kept if isinstance(kept, bytes) else b""
        text, node = _meant(leaf, kept)
        altered = kept[:HASH_BYTES] != node
        if altered:
            yield Finding("ledger.entry_changed", {"seq": seq})
            self.kept_tree = self.kept_tree or self.tree.copy()
        beside = [self.tree.append_hash(node)]
        if self.kept_tree is not None:
            beside.append(self.kept_tree.append_hash(kept[:HASH_BYTES]))
        if not altered and kept not in beside and not self._nodes_told:
            self._nodes_told = True
            yield Finding("ledger.nodes", _reach(seq, self.tree.size, beside[-1], kept))
        try:
            entry = Entry.parse(text)
        except Refusal:
            yield Finding("ledger.entry_unreadable", {"seq": seq})
            self._take_words(seq, None)
            return
        self._take_words(seq, None if altered else words_of([text.encode()]))
        if entry.seq != seq:
            yield Finding("ledger.gap", {"expected": seq, "found": entry.seq})
        if entry.at.encode() < self._before:
            yield Finding("ledger.time_back", {"seq": seq, "at": entry.at, "before": self._before.decode()})
        self._before = entry.at.encode()
        if entry.rows:
            self._remember(" ".join(map(str, entry.rows)))

    def _take_words(self, seq: int, words: set[bytes] | None) -> None:
        if self._segments is not None:
            self._segments.take(seq, words)


def _set_all(block: bytearray | None, numbers: Sequence[int], raw: bytes) -> None:
    assert block is not None
    at = 0
    for number in numbers:
        number *= DIGEST_BYTES
        block[number : number + DIGEST_BYTES] = raw[at : at + DIGEST_BYTES]
        at += DIGEST_BYTES


def _texts(numbers: range) -> list[bytes]:
    return " ".join(map(str, numbers)).encode().split()


def _meant(leaf: object, kept: bytes) -> tuple[str, bytes]:
    """The leaf and its hash. Where only its JSON was reformatted, that is no alteration: the canonical text is what counts."""
    raw = leaf if isinstance(leaf, bytes) else str(leaf).encode(errors="surrogatepass")
    text, node = raw.decode(errors="replace"), leaf_hash(raw)
    if kept[:HASH_BYTES] != node:
        try:
            meant = canonical(text)
        except Refusal:
            return text, node
        if leaf_hash(meant.encode()) == kept[:HASH_BYTES]:
            return meant, kept[:HASH_BYTES]
    return text, node


def _kept(tree: Frontier, hashes: Sequence[bytes]) -> list[bytes]:
    """Grow the tree; what is to stand beside each of these leaves."""
    before, kept = tree.size, list(hashes)
    for level, (first, nodes) in enumerate(tree.extend(hashes), 1):
        place, stride = ((first + 1) << level) - before - 1, 1 << level
        for node in nodes:
            kept[place] += node
            place += stride
    return kept


def _reach(seq: int, size: int, right: bytes, kept: bytes) -> dict[str, object]:
    """Which entries lie under the lowest stored node that is wrong."""
    level = 1
    while right[: HASH_BYTES * (level + 1)] == kept[: HASH_BYTES * (level + 1)] and len(right) > HASH_BYTES * level:
        level += 1
    return {"first": max(seq - min(1 << level, size) + 1, 1), "last": seq}
