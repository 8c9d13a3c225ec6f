"""The outsider's verifier of 兰台 Lantai ledgers: one file, standard library and `cryptography`, offline, shares no code.

python outsider.py EXPORT [--checkpoint FILE]... [--receipt FILE]... [--copy FILE] [--key HEX]...
python outsider.py --receipt FILE --key HEX [--copy FILE]            (one act, without the whole ledger)

EXPORT      the ledger as the archive exported it (JSON lines)
--checkpoint  an older signed checkpoint that you kept yourself (a note, or its text from a QR code)
--receipt     the receipt of one act; --copy the copy that was handed out with it
--key         public key of a desk in hexadecimal, from paper or another trustworthy place; only these are then trusted

Exit: 0 all is well, 1 something does not hold, 2 wrong usage or not such a file. The formats are described in FORMAT.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
Keys = list[tuple[str | None, bytes]]
FIELDS = {"act", "at", "desk", "facts", "outcome", "person", "role", "rows", "seq", "subject"}
SENTENCES = {
    "bad_line": ("第 {line} 行不是合格的记录。", "Line {line} is not a proper record."),
    "entry": ("第 {seq} 条记录无法读取或格式不规范。", "Entry {seq} cannot be read or is not in canonical form."),
    "order": ("应为第 {seq} 条之处实为第 {found} 条：有缺失、重复或次序颠倒。",
              "Where entry {seq} belongs stands entry {found}: some are missing, doubled or out of order."),
    "time": ("第 {seq} 条的时间 {at} 早于前一条 {before}。", "Entry {seq} is of {at}, before the entry ahead of it, {before}."),
    "signature": ("检查点（{source}）未由所信任的工作台签署，或已被改动。",
                  "Checkpoint ({source}) was not signed by a trusted desk, or was altered."),
    "origin": ("检查点（{source}）属于另一档案馆：{origin}。", "Checkpoint ({source}) belongs to another archive: {origin}."),
    "cut": ("日志被截断：检查点（{source}）证明有 {size} 条，此处只有 {have} 条。",
            "The ledger was cut: checkpoint ({source}) proves {size} entries, only {have} are here."),
    "root": ("日志与检查点（{source}，{size} 条）不符：第 {first} 至 {size} 条之间被改写。",
             "The ledger does not match checkpoint ({source}): it was rewritten between entries {first} and {size}."),
    "split": ("两个已签署的检查点互相矛盾（规模 {size}）：存在两套日志。",
              "Two signed checkpoints contradict each other at size {size}: there are two ledgers."),
    "proof": ("回执（{source}）的证明不成立。", "The proof of receipt ({source}) does not hold."),
    "other": ("回执（{source}）所证的第 {seq} 条与导出的日志不同。",
              "Receipt ({source}) proves another entry {seq} than the exported ledger has."),
    "copy": ("复制件的 SHA-256（{digest}）不是回执所载。", "The copy's SHA-256 ({digest}) is not the one in the receipt."),
    "nothing": ("没有任何检查点可供核对：无法证明日志未被改写。",
                "There is no checkpoint to hold the ledger against: nothing proves that it was not rewritten."),
    "own_keys": ("注意：公钥取自导出文件本身。请用 --key 给出另处得来的公钥。",
                 "Caution: the keys were taken from the export itself. Give keys from elsewhere with --key."),
    "tail": ("最后一个检查点之后还有 {count} 条，尚无签署。", "{count} entries after the last checkpoint are not signed yet."),
    "well": ("日志完好：{count} 条，{heads} 个检查点相符，{receipts} 份回执成立。",
             "The ledger is whole: {count} entries, {heads} checkpoints match, {receipts} receipts hold."),
    "unwell": ("发现 {count} 处问题。", "{count} findings."),
    "unusable": ("无法使用 {file}：{reason}", "Cannot use {file}: {reason}"),
}


class Unusable(Exception):
    """A file that cannot be read at all."""


class Report:
    def __init__(self) -> None:
        self.findings = 0

    def say(self, code: str, **facts: object) -> None:
        for sentence in SENTENCES[code]:
            print(printable(sentence.format(**facts)))

    def find(self, code: str, **facts: object) -> None:
        self.findings += 1
        print("✗ ", end="")
        self.say(code, **facts)


def printable(text: str) -> str:
    """No text from a file may steer the terminal."""
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)


# RFC 6962


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """Grows by one leaf at a time; a stack of (leaves, root) of perfect subtrees, largest first."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        self.stack.append((1, sha256(b"\0", leaf)))
        self.size += 1
        while len(self.stack) > 1 and self.stack[-1][0] == self.stack[-2][0]:
            (leaves, right), (_, left) = self.stack.pop(), self.stack.pop()
            self.stack.append((2 * leaves, sha256(b"\1", left, right)))

    def root(self) -> bytes:
        if not self.stack:
            return sha256()
        root = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            root = sha256(b"\1", left, root)
        return root


def path_root(index: int, size: int, node: bytes, path: list[bytes]) -> bytes | None:
    """The root to which an audit path leads, by the recursive definition of RFC 6962 §2.1.1; None when its length is wrong."""
    if size == 1:
        return node if not path else None
    if not path:
        return None
    half = 1
    while half * 2 < size:
        half *= 2
    if index < half:
        inner = path_root(index, half, node, path[:-1])
        return inner and sha256(b"\1", inner, path[-1])
    inner = path_root(index - half, size - half, node, path[:-1])
    return inner and sha256(b"\1", path[-1], inner)


# C2SP signed-note and tlog-checkpoint


class Note:
    def __init__(self, text: str, source: str) -> None:
        self.source = source
        try:
            head, signatures = text.rsplit("\n\n", 1)
            self.text = head + "\n"
            self.origin, size, root = self.text.split("\n")[:3]
            if not re.fullmatch(r"0|[1-9][0-9]*", size):
                raise ValueError("size")
            self.size, self.root = int(size), base64.b64decode(root, validate=True)
            lines = [line.split(" ") for line in signatures.splitlines()]
            if len(self.root) != 32 or not lines or any(len(line) != 3 or line[0] != "\u2014" for line in lines):
                raise ValueError("note")
            self.signatures = [(name, base64.b64decode(value, validate=True)) for _, name, value in lines]
        except ValueError as error:
            raise Unusable(source, "not a signed checkpoint") from error

    def signed_by(self, keys: Keys) -> bool:
        """Whether a trusted key signed it; `keys` is a list of (name or None for any name, public key)."""
        for name, value in self.signatures:
            for known, public in keys:
                if known in (None, name) and value[:4] == sha256(name.encode(), b"\n\x01", public)[:4]:
                    try:
                        Ed25519PublicKey.from_public_bytes(public).verify(value[4:], self.text.encode())
                        return True
                    except InvalidSignature:
                        pass
        return False


# The files


def read_text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(path, str(error)) from error


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def refuse_float(text: str) -> None:
    raise ValueError(text)


def read_leaf(leaf: str) -> dict[str, Any] | None:
    """The entry, or None when it is not one."""
    try:
        entry = json.loads(leaf, object_pairs_hook=object_of, parse_float=refuse_float, parse_constant=refuse_float)
        # RFC 8785, for what a leaf may hold: no floats, names below U+D800.
        canonical = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        well = set(entry) == FIELDS and type(entry["seq"]) is int and TIME.fullmatch(entry["at"]) and canonical == leaf
        return entry if well and isinstance(entry["facts"], dict) else None
    except (ValueError, TypeError, RecursionError):
        return None


class Export:
    """One pass over the export: order, times, and the tree's root at every size that somebody vouched for."""

    def __init__(self, path: str, report: Report, sizes: set[int], indices: set[int]) -> None:
        self.path, self.report, self.tree = path, report, Tree()
        self.notes: list[Note] = []
        self.keys: Keys = []
        self.origin = self.before = ""
        self.roots: dict[int, bytes] = {}
        self.wanted, self.leaves = sizes, dict.fromkeys(indices, "")

    def read(self) -> None:
        try:
            with open(self.path, "rb") as file:
                self.header(file.readline())
                for number, raw in enumerate(file, 2):
                    self.line(number, raw)
        except OSError as error:
            raise Unusable(self.path, str(error)) from error
        self.roots[self.tree.size] = self.tree.root()

    def header(self, raw: bytes) -> None:
        try:
            header = json.loads(raw)
            if header["format"] != "lantai-ledger-1":
                raise ValueError("format")
            self.origin = "lantai/" + header["archive"]
            self.keys = [(name, bytes.fromhex(key)) for name, key in header["desks"].items()]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unusable(self.path, "not a ledger export") from error

    def line(self, number: int, raw: bytes) -> None:
        try:
            (kind, text), = json.loads(raw).items()
            if kind == "checkpoint":
                self.notes.append(Note(text, f"{self.path}:{number}"))
            elif kind == "leaf":
                self.leaf(text)
            else:
                raise ValueError(kind)
        except (ValueError, AttributeError, TypeError, RecursionError, Unusable):
            self.report.find("bad_line", line=number)

    def leaf(self, text: str) -> None:
        raw = text.encode()
        if self.tree.size in self.leaves:
            self.leaves[self.tree.size] = text
        self.tree.add(raw)
        seq, entry = self.tree.size, read_leaf(text)
        if seq in self.wanted:
            self.roots[seq] = self.tree.root()
        if entry is None:
            self.report.find("entry", seq=seq)
            return
        if entry["seq"] != seq:
            self.report.find("order", seq=seq, found=entry["seq"])
        if entry["at"] < self.before:
            self.report.find("time", seq=seq, at=entry["at"], before=self.before)
        self.before = entry["at"]


def sizes_in(path: str) -> set[int]:
    """The sizes at which roots are needed, read ahead from the export's own checkpoints."""
    sizes = set()
    try:
        with open(path, "rb") as file:
            for raw in file:
                if raw.startswith(b'{"checkpoint"'):
                    try:
                        sizes.add(Note(json.loads(raw)["checkpoint"], "").size)
                    except (ValueError, TypeError, KeyError, Unusable):
                        continue
    except OSError as error:
        raise Unusable(path, str(error)) from error
    return sizes


def read_receipt(path: str) -> dict[str, Any]:
    try:
        receipt = json.loads(read_text(path))
        if receipt["format"] != "lantai-receipt-1" or type(receipt["index"]) is not int or type(receipt["size"]) is not int:
            raise ValueError("format")
        receipt["leaf"].encode()
        return dict(receipt, note=Note(receipt["checkpoint"], path), path=[bytes.fromhex(node) for node in receipt["proof"]])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unusable(path, "not a receipt") from error


# The judgement


def judge_notes(report: Report, export: Export | None, notes: Iterable[Note], keys: Keys) -> tuple[int, int]:
    """Every checkpoint: its signature, its archive, the export's root at its size. Returns how many match and the last size."""
    seen: dict[int, bytes] = {}
    trusted: list[Note] = []
    matched = [0]
    for note in sorted(notes, key=lambda note: note.size):
        if not note.signed_by(keys):
            report.find("signature", source=note.source)
        elif export and note.origin != export.origin:
            report.find("origin", source=note.source, origin=note.origin)
        else:
            trusted.append(note)
            if seen.setdefault(note.size, note.root) != note.root:
                report.find("split", size=note.size)
    if not export:
        return len(trusted), 0
    for note in trusted:
        if note.size > export.tree.size:
            report.find("cut", source=note.source, size=note.size, have=export.tree.size)
        elif (sha256() if note.size == 0 else export.roots[note.size]) != note.root:
            report.find("root", source=note.source, size=note.size, first=max(matched) + 1)
        else:
            matched.append(note.size)
    return len(matched) - 1, max(matched)


def judge_receipt(report: Report, export: Export | None, receipt: dict[str, Any], copy: str | None) -> bool:
    note, index, size = receipt["note"], receipt["index"], receipt["size"]
    entry = read_leaf(receipt["leaf"])
    node = sha256(b"\0", receipt["leaf"].encode())
    right = 0 <= index < size == note.size and len(receipt["path"]) <= 64
    if entry is None or entry["seq"] != index + 1 or not right or path_root(index, size, node, receipt["path"]) != note.root:
        report.find("proof", source=note.source)
        return False
    if export and export.leaves.get(index) != receipt["leaf"]:
        report.find("other", source=note.source, seq=index + 1)
        return False
    if copy is not None and copy != entry["facts"].get("copy_sha256"):
        report.find("copy", digest=copy)
        return False
    return True


def digest_of(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unusable(path, str(error)) from error


def judge(chosen: argparse.Namespace, report: Report) -> None:
    receipts = [read_receipt(path) for path in chosen.receipt]
    held = [Note(read_text(path), path) for path in chosen.checkpoint]
    notes = held + [receipt["note"] for receipt in receipts]
    copy = digest_of(chosen.copy) if chosen.copy else None
    keys: Keys = [(None, key) for key in chosen.key]
    export = None
    if chosen.export:
        sizes = sizes_in(chosen.export) | {note.size for note in notes}
        export = Export(chosen.export, report, sizes, {receipt["index"] for receipt in receipts})
        export.read()
        notes = export.notes + notes
        if not keys:
            report.say("own_keys")
            keys = export.keys
        if not notes:
            report.find("nothing")
    heads, last = judge_notes(report, export, notes, keys)
    well = sum(judge_receipt(report, export, receipt, copy) for receipt in receipts)
    count = export.tree.size if export else 0
    if export and count > last:
        report.say("tail", count=count - last)
    if not report.findings:
        report.say("well", count=count, heads=heads, receipts=well)


def public_key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != 32:
        raise ValueError("32 bytes")
    return key


def main() -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", nargs="?")
    for name in ("--checkpoint", "--receipt"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("--copy")
    parser.add_argument("--key", action="append", default=[], type=public_key)
    chosen = parser.parse_args()
    if not chosen.export and not (chosen.receipt and chosen.key):
        parser.error("give EXPORT, or --receipt with --key")
    if chosen.copy and len(chosen.receipt) != 1:
        parser.error("--copy goes with one --receipt")
    report = Report()
    try:
        judge(chosen, report)
    except Unusable as error:
        report.say("unusable", file=error.args[0], reason=error.args[-1])
        return 2
    if report.findings:
        report.say("unwell", count=report.findings)
    return min(report.findings, 1)


if __name__ == "__main__":
    sys.exit(main())
