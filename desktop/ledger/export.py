"""What leaves the house: a ledger as JSON lines, and the receipt that proves one act offline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from desktop.errors import Refusal
from desktop.ledger.checkpoint import parse
from desktop.ledger.tree import leaf_hash, verify_inclusion

EXPORT_FORMAT = "lantai-ledger-1"
RECEIPT_FORMAT = "lantai-receipt-1"
_LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Header:
    """The first line of an export: the archive's id and name, and the public key (32 bytes) of every desk by key name."""

    archive: str
    name: str
    desks: Mapping[str, bytes]

    @property
    def origin(self) -> str:
        return f"lantai/{self.archive}"


@dataclass(frozen=True)
class Receipt:
    """One act and the proof that it stands at `index` (from zero) in the tree that the checkpoint signs."""

    leaf: str
    index: int
    size: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def holds(self) -> bool:
        """Whether the proof leads from the leaf to the checkpoint's root; the signature is `checkpoint.verify`'s business."""
        head = parse(self.checkpoint)
        node = leaf_hash(self.leaf.encode())
        return head.size == self.size and verify_inclusion(node, self.index, self.size, self.proof, head.root)


def write_export(stream: BinaryIO, header: Header, entries: Iterable[str], checkpoints: Iterable[str]) -> int:
    """Write header, leaves in their order and notes; returns how many leaves. UTF-8, one JSON object a line."""
    _line(stream, {"format": EXPORT_FORMAT, "archive": header.archive, "name": header.name,
                   "desks": {name: public.hex() for name, public in header.desks.items()}})
    count = 0
    for leaf in entries:
        _line(stream, {"leaf": leaf})
        count += 1
    for note in checkpoints:
        _line(stream, {"checkpoint": note})
    return count


def read_export(stream: BinaryIO) -> tuple[Header, Iterator[tuple[str, str]]]:
    """The header, and then ("leaf" | "checkpoint", text) line by line. Raises Refusal("ledger.export_unreadable")."""
    whole = _parsed(stream.readline(_LONGEST_LINE), 1)
    try:
        if whole["format"] != EXPORT_FORMAT:
            raise ValueError
        desks = {str(name): bytes.fromhex(public) for name, public in whole["desks"].items()}
        header = Header(str(whole["archive"]), str(whole["name"]), desks)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal("ledger.export_unreadable", line=1) from error
    return header, _items(stream)


def _items(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    number = 1
    while raw := stream.readline(_LONGEST_LINE):
        number += 1
        pairs = list(_parsed(raw, number).items())
        if len(pairs) != 1 or pairs[0][0] not in ("leaf", "checkpoint") or not isinstance(pairs[0][1], str):
            raise Refusal("ledger.export_unreadable", line=number)
        yield pairs[0]


def _parsed(raw: bytes, number: int) -> dict[str, Any]:
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refusal("ledger.export_unreadable", line=number) from error
    if not isinstance(whole, dict) or not raw.endswith(b"\n"):
        raise Refusal("ledger.export_unreadable", line=number)
    return whole


def _line(stream: BinaryIO, whole: Mapping[str, object]) -> None:
    stream.write(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def receipt(leaf: str, index: int, size: int, proof: Sequence[bytes], note: str) -> str:
    """The receipt as JSON text. Raises ValueError when the proof does not lead to the note's root."""
    whole = Receipt(leaf, index, size, tuple(proof), note)
    if not whole.holds():
        raise ValueError("the proof does not lead to the checkpoint")
    return json.dumps({"format": RECEIPT_FORMAT, "leaf": leaf, "index": index, "size": size,
                       "proof": [node.hex() for node in proof], "checkpoint": note}, ensure_ascii=False, indent=1) + "\n"


def parse_receipt(text: str) -> Receipt:
    """Read a receipt back without believing it. Raises Refusal("receipt.unreadable")."""
    try:
        whole = json.loads(text)
        if whole["format"] != RECEIPT_FORMAT or type(whole["index"]) is not int or type(whole["size"]) is not int:
            raise ValueError
        if not isinstance(whole["leaf"], str) or not isinstance(whole["checkpoint"], str):
            raise ValueError
        proof = tuple(map(bytes.fromhex, whole["proof"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Refusal("receipt.unreadable") from error
    return Receipt(whole["leaf"], whole["index"], whole["size"], proof, whole["checkpoint"])
