"""The outsider's verifier, run as somebody else would: one copied file, an isolated Python, no network, no code of ours."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import desktop.ledger
from desktop.errors import Refusal
from desktop.ledger.checkpoint import sign
from desktop.ledger.entry import Entry
from desktop.ledger.export import parse_receipt, read_export, receipt
from desktop.ledger.tree import inclusion_proof, stored_nodes
from tests.desktop.ledger.ledger_kit import KEY_NAME, ORIGIN, PUBLIC, Office, entry, office

SOURCE = Path(desktop.ledger.__file__).parent / "outsider.py"
COPY = b"%PDF-1.7 a copy that was handed out"


@dataclass
class Outsider:
    """A folder away from the program with the verifier and what it is given."""

    folder: Path

    def file(self, name: str, content: bytes | str) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-W", "error", str(self.folder / "outsider.py"), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=60)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout


@pytest.fixture
def outsider(tmp_path: Path) -> Outsider:
    shutil.copy(SOURCE, tmp_path / "outsider.py")
    return Outsider(tmp_path)


def with_copy() -> tuple[Office, str]:
    """A ledger whose entry 41 hands out a copy, and the receipt of that act under a checkpoint of 43 entries."""
    made = office()
    digest = hashlib.sha256(COPY).hexdigest()
    made.append(entry(41, act="counter.hand_out", facts={"copy_sha256": digest}).leaf())
    made.act(1, "later")
    made.act(2, "still later")
    note = made.checkpoint()
    path = inclusion_proof(stored_nodes(lambda seq: made.entries[seq - 1][2]), 40, 43)
    return made, receipt(str(made.entries[40][1]), 40, 43, path, note)


def test_the_verifier_shares_no_code_and_is_one_file() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    imported = {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert imported <= set(sys.stdlib_module_names) | {"cryptography"}
    assert not imported & {"socket", "urllib", "http", "subprocess"}
    assert len(SOURCE.read_text("utf-8").splitlines()) < 400


def test_a_sound_ledger_with_an_older_checkpoint_a_receipt_and_its_copy(outsider: Outsider) -> None:
    made, proof = with_copy()
    made.act(3, "unsigned yet")
    code, said = outsider.run(outsider.file("ledger.jsonl", made.export()), "--checkpoint", outsider.file("old.txt", made.checkpoints[1][1]),
                              "--receipt", outsider.file("receipt.json", proof), "--copy", outsider.file("copy.pdf", COPY),
                              "--key", PUBLIC.hex())
    assert code == 0
    assert "日志完好：44 条" in said
    assert "The ledger is whole: 44 entries" in said
    assert "1 entries after the last checkpoint" in said
    assert "Caution" not in said


def test_keys_from_the_export_itself_are_said_to_be_so(outsider: Outsider) -> None:
    code, said = outsider.run(outsider.file("ledger.jsonl", office().export()))
    assert code == 0
    assert "Caution" in said
    assert "公钥取自导出文件本身" in said


@pytest.mark.parametrize("count", [0, 1, 3, 8])
def test_small_ledgers(outsider: Outsider, count: int) -> None:
    made = office(count)
    made.checkpoint()
    assert outsider.run(outsider.file("ledger.jsonl", made.export()))[0] == 0


def test_one_act_is_proven_without_the_ledger(outsider: Outsider) -> None:
    _, proof = with_copy()
    given = ["--receipt", outsider.file("receipt.json", proof), "--key", PUBLIC.hex()]
    assert outsider.run(*given, "--copy", outsider.file("copy.pdf", COPY))[0] == 0
    code, said = outsider.run(*given, "--copy", outsider.file("other.pdf", COPY + b"x"))
    assert code == 1
    assert "复制件的 SHA-256" in said
    wrong = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    assert outsider.run(*given[:2], "--key", wrong)[0] == 1


@pytest.mark.parametrize(("change", "words"), [
    (lambda r: r.update(leaf=r["leaf"].replace("张三", "李四")), "proof of receipt"),
    (lambda r: r.update(index=39), "proof of receipt"),
    (lambda r: r["proof"].pop(), "proof of receipt"),
    (lambda r: r["proof"].append("00" * 32), "proof of receipt"),
    (lambda r: r.update(size=44), "proof of receipt"),
    (lambda r: r.update(checkpoint=r["checkpoint"].replace("\n43\n", "\n44\n")), "not signed by a trusted desk"),
])
def test_a_changed_receipt_does_not_hold(outsider: Outsider, change: Callable[[Any], None], words: str) -> None:
    whole = json.loads(with_copy()[1])
    change(whole)
    code, said = outsider.run("--receipt", outsider.file("receipt.json", json.dumps(whole)), "--key", PUBLIC.hex())
    assert (code, words in said) == (1, True)


def test_a_receipt_of_another_history(outsider: Outsider) -> None:
    made, proof = with_copy()
    other = made.rebuilt(lambda leaves: leaves.__setitem__(40, Entry.parse(leaves[40])._replace(person="李四").leaf()))
    other.checkpoint()
    code, said = outsider.run(outsider.file("ledger.jsonl", other.export()), "--receipt", outsider.file("receipt.json", proof))
    assert code == 1
    assert "two ledgers" in said
    assert "proves another entry 41" in said


@pytest.mark.parametrize(("change", "words"), [
    (lambda lines: lines.pop(5), "Where entry 5 belongs stands entry 6"),
    (lambda lines: lines.insert(5, lines[4]), "Where entry 5 belongs stands entry 4"),
    (lambda lines: lines.__setitem__(slice(5, 7), [lines[6], lines[5]]), "Where entry 5 belongs"),
    (lambda lines: lines.__setitem__(5, lines[5].replace("张三".encode(), "李四".encode())), "rewritten between entries 1 and 10"),
    (lambda lines: lines.__setitem__(25, lines[25].replace("张三".encode(), "李四".encode())), "rewritten between entries 21 and 30"),
    (lambda lines: lines.__setitem__(20, lines[20].replace(b"T00:00:20", b"T00:00:02")), "before the entry ahead"),
    (lambda lines: lines.__setitem__(5, lines[5].replace(b'\\"act\\":', b'\\"act\\": ')), "not in canonical form"),
    (lambda lines: lines.__setitem__(5, b'{"leaf":"[]"}\n'), "Entry 5 cannot be read"),
    (lambda lines: lines.__delitem__(slice(36, 41)), "only 35 are here"),
    (lambda lines: lines.insert(9, b"garbage\n"), "Line 10 is not a proper record"),
    (lambda lines: lines.insert(9, b'{"leaf":5}\n'), "Line 10 is not a proper record"),
    (lambda lines: lines.insert(9, b'{"other":"x"}\n'), "Line 10 is not a proper record"),
    (lambda lines: lines.__setitem__(-1, b'{"checkpoint":"x"}\n'), "is not a proper record"),
    (lambda lines: lines.__setitem__(-1, lines[-1].replace(b"\\n40\\n", b"\\n41\\n")), "not signed by a trusted desk"),
    (lambda lines: lines.__delitem__(slice(41, None)), "There is no checkpoint"),
])
def test_a_damaged_export(outsider: Outsider, change: Callable[[list[bytes]], None], words: str) -> None:
    lines = office().export().splitlines(keepends=True)
    change(lines)
    code, said = outsider.run(outsider.file("ledger.jsonl", b"".join(lines)))
    assert (code, words in said) == (1, True), said


def test_a_cut_tail_is_found_by_a_checkpoint_held_outside(outsider: Outsider) -> None:
    made = office()
    held = outsider.file("held.txt", made.checkpoints[-1][1])
    short = made.rebuilt(lambda leaves: leaves.__delitem__(slice(33, None)))
    short.checkpoints = made.checkpoints[:3]
    export = outsider.file("ledger.jsonl", short.export())
    assert outsider.run(export)[0] == 0
    code, said = outsider.run(export, "--checkpoint", held)
    assert (code, "proves 40 entries, only 33" in said) == (1, True)


def test_a_history_rewritten_with_the_desks_own_key_departs_from_a_checkpoint_held_outside(outsider: Outsider) -> None:
    made = office()
    held = outsider.file("held.txt", made.checkpoints[2][1])
    forged = made.rebuilt(lambda leaves: leaves.__setitem__(25, Entry.parse(leaves[25])._replace(person="李四").leaf()))
    forged.checkpoint()
    export = outsider.file("ledger.jsonl", forged.export())
    assert outsider.run(export, "--key", PUBLIC.hex())[0] == 0
    code, said = outsider.run(export, "--key", PUBLIC.hex(), "--checkpoint", held)
    assert (code, "rewritten between entries 1 and 30" in said) == (1, True)


def test_a_history_signed_with_another_key_is_refused_under_the_key_from_paper(outsider: Outsider) -> None:
    made, stranger = office(), Ed25519PrivateKey.generate()
    made.checkpoints = [(40, sign(ORIGIN, 40, made.frontier.root(), KEY_NAME, stranger))]
    code, said = outsider.run(outsider.file("ledger.jsonl", made.export()), "--key", PUBLIC.hex())
    assert (code, "not signed by a trusted desk" in said) == (1, True)


def test_another_archives_checkpoint(outsider: Outsider) -> None:
    from tests.desktop.ledger.ledger_kit import DESK_KEY

    made = office()
    note = sign("lantai/other", 40, made.frontier.root(), KEY_NAME, DESK_KEY)
    code, said = outsider.run(outsider.file("ledger.jsonl", made.export()), "--checkpoint", outsider.file("other.txt", note))
    assert (code, "another archive" in said) == (1, True)


def test_texts_from_the_files_cannot_steer_the_terminal(outsider: Outsider) -> None:
    made = office()
    note = sign("lantai/\x1b[2J", 40, made.frontier.root(), KEY_NAME, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    said = outsider.run(outsider.file("ledger.jsonl", made.export()), "--checkpoint", outsider.file("odd.txt", note))[1]
    assert "\x1b" not in said


def test_wrong_usage_and_files_that_are_none(outsider: Outsider) -> None:
    export = outsider.file("ledger.jsonl", office().export())
    junk, missing = outsider.file("junk", b"\xff\x00"), str(outsider.folder / "missing")
    for arguments in ([], ["--key", "00"], [export, "--key", "0102"], [export, "--copy", junk], [junk], [missing], [export, "--receipt", junk],
                      [export, "--checkpoint", junk], [export, "--receipt", missing], [outsider.file("empty", b"")]):
        assert outsider.run(*arguments)[0] == 2, arguments


def test_an_export_reads_back() -> None:
    made = office()
    header, items = read_export(io.BytesIO(made.export()))
    assert (header.name, header.origin, header.desks) == ("示例局", ORIGIN, {KEY_NAME: PUBLIC})
    assert list(items) == [("leaf", leaf) for _, leaf, _ in made.entries] + [("checkpoint", note) for _, note in made.checkpoints]


@pytest.mark.parametrize("content", [b"", b"[]\n", b"{}\n", b'{"format":"lantai-ledger-2","archive":"a","name":"b","desks":{}}\n',
                                     b'{"format":"lantai-ledger-1","archive":"a","name":"b","desks":{"k":"zz"}}\n', b"[" * 99_999 + b"\n"])
def test_what_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_export(io.BytesIO(content))
    assert refused.value.facts == {"line": 1}


@pytest.mark.parametrize("line", [b"x\n", b'{"leaf":1}\n', b'{"leaf":"a","more":"b"}\n', b'{"name":"a"}\n', b'{"leaf":"cut off'])
def test_a_bad_line_is_named(line: bytes) -> None:
    _, items = read_export(io.BytesIO(office(3).export() + line))
    with pytest.raises(Refusal) as refused:
        list(items)
    assert refused.value.facts == {"line": 5}


def test_a_receipt_reads_back_and_holds() -> None:
    _, proof = with_copy()
    read = parse_receipt(proof)
    assert read.holds()
    assert not replace(read, index=39).holds()
    with pytest.raises(ValueError):
        receipt(read.leaf, 39, 43, read.proof, read.checkpoint)


@pytest.mark.parametrize("change", [
    lambda r: r.pop("leaf"), lambda r: r.update(format="x"), lambda r: r.update(index="1"), lambda r: r.update(proof=["zz"]),
    lambda r: r.update(leaf=1), lambda r: r.update(proof=3), lambda r: r.update(checkpoint=None),
])
def test_what_is_no_receipt_is_refused(change: Callable[[Any], None]) -> None:
    whole = json.loads(with_copy()[1])
    change(whole)
    with pytest.raises(Refusal) as refused:
        parse_receipt(json.dumps(whole))
    assert refused.value.code == "receipt.unreadable"
