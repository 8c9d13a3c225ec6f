"""The command line as it is used: real processes, real files, passwords by standard input, documented exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from desktop.paths import RESOURCES
from tests.desktop.archive_kit import PASSPHRASE

WELL, FINDINGS, USAGE, REFUSED, FAULT = 0, 1, 2, 3, 4
PEOPLE = {"沈静宜": "archivist", "韩立": "leader", "吕清": "auditor", "陈实": "sysadmin", "安宁": "secadmin", "李建国": "officer"}
PASSWORDS = {name: f"pass-{role}" for name, role in PEOPLE.items()}


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        lines = [json.loads(line) for line in self.out.splitlines()]
        assert len(lines) == 1, self
        whole: dict[str, object] = lines[0]
        return whole


def lantai(*arguments: object, typed: Sequence[str] = (), home: Path, **environment: str) -> Said:
    """Run one command to its end; `typed` are the lines of standard input."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
           **environment}
    done = subprocess.run([sys.executable, "-m", "desktop", *map(str, arguments)], input="\n".join(typed).encode(), capture_output=True,
                          cwd=RESOURCES.parent, env=env, timeout=120, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def people_arguments() -> list[str]:
    return [part for name, role in PEOPLE.items() for part in ("--person", f"{name}:{role}")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, home: Path) -> tuple[Path, list[str]]:
    """An archive made by `init`, and the words of its recovery sheet."""
    root = tmp_path_factory.mktemp("made") / "archive"
    said = lantai("init", root, "--name", "西岗区财政局", "--profile", "xigang-finance", *people_arguments(), "--passphrase", "--password-stdin",
                  "--json", typed=[PASSPHRASE, *PASSWORDS.values()], home=home)
    assert said.code == WELL, said
    words = said.json["words"]
    assert isinstance(words, list)
    return root, words


@pytest.fixture
def archive(made: tuple[Path, list[str]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "archive"))


def test_init_makes_an_archive_that_verifies(archive: Path, home: Path) -> None:
    said = lantai("verify", archive, "--password-stdin", "--json", typed=[PASSPHRASE], home=home)
    assert (said.code, said.err) == (WELL, "")
    assert (said.json["sound"], said.json["entries"]) == (True, 1)
    assert {path.stat().st_mode & 0o077 for path in archive.rglob("*")} == {0}
    kdf = json.loads(next((archive / "keys").glob("desk-*.json")).read_text(encoding="utf-8"))["slots"][0]["kdf"]
    assert (kdf["name"], kdf["memory_kib"], kdf["passes"], kdf["lanes"]) == ("argon2id", 65536, 3, 4)


def test_init_refuses_a_full_folder_missing_roles_and_a_known_sheet(archive: Path, tmp_path: Path, home: Path) -> None:
    init = ["--name", "x", "--profile", "xigang-finance", "--passphrase", "--password-stdin"]
    typed = [PASSPHRASE, *PASSWORDS.values()]
    full = lantai("init", archive, *init, *people_arguments(), typed=typed, home=home)
    assert (full.code, "空文件夹" in full.err) == (REFUSED, True)
    alone = lantai("init", tmp_path / "new", *init, "--person", "韩立:leader", typed=[PASSPHRASE, "pass-word"], home=home)
    assert (alone.code, "系统管理员" in alone.err) == (REFUSED, True)
    (tmp_path / "sheet.pdf").write_bytes(b"mine")
    kept = lantai("init", tmp_path / "new", *init, *people_arguments(), "--recovery-sheet", tmp_path / "sheet.pdf", typed=typed, home=home)
    assert (kept.code, (tmp_path / "sheet.pdf").read_bytes(), (tmp_path / "new").exists()) == (REFUSED, b"mine", False)
    no_keyring = lantai("init", tmp_path / "new", "--name", "x", "--profile", "xigang-finance", "--password-stdin", *people_arguments(),
                        typed=typed[1:], home=home)
    assert no_keyring.code == REFUSED
    assert not (tmp_path / "new").exists()
    short = lantai("init", tmp_path / "new", *init, *people_arguments(), typed=[PASSPHRASE], home=home)
    assert (short.code, "标准输入" in short.err) == (REFUSED, True)
    unknown = lantai("init", tmp_path / "new", *init, "--person", "韩立:king", typed=typed, home=home)
    assert unknown.code == USAGE


def test_the_recovery_sheet_is_a_paper_with_the_words(tmp_path: Path, home: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    said = lantai("init", tmp_path / "new", "--name", "x", "--profile", "xigang-finance", "--passphrase", "--password-stdin", *people_arguments(),
                  "--recovery-sheet", sheet, typed=[PASSPHRASE, *PASSWORDS.values()], home=home)
    assert said.code == WELL, said
    assert sheet.stat().st_mode & 0o777 == 0o600
    document = pypdfium2.PdfDocument(sheet)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert len(re.findall(r"\b\d{1,2}\s*[一-鿿]", text)) >= 24
    assert str(sheet) in said.out


def test_intake_search_and_the_ledger(archive: Path, tmp_path: Path, home: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "会计账簿.txt").write_text("未按规定设置会计账簿", encoding="utf-8")
    (tmp_path / "source" / "empty.mp4").write_bytes(b"")
    archivist = [PASSPHRASE, PASSWORDS["沈静宜"]]
    taken = lantai("intake", archive, tmp_path / "source", "--person", "沈静宜", "--password-stdin", "--json", typed=archivist, home=home)
    assert (taken.code, taken.json["admitted"], taken.json["quarantined"]) == (FINDINGS, 1, 1), taken
    wrong = lantai("intake", archive, tmp_path / "source", "--case", "没有这个案号", "--person", "沈静宜", "--password-stdin",
                   typed=archivist, home=home)
    assert (wrong.code, wrong.err.strip()) == (REFUSED, "没有找到。")
    found = lantai("search", archive, "会计账簿", "--person", "沈静宜", "--password-stdin", "--json", typed=archivist, home=home)
    assert (found.code, json.loads(found.out.splitlines()[0])["title"]) == (WELL, "会计账簿")
    denied = lantai("ledger", "checkpoint", archive, "--person", "沈静宜", "--password-stdin", "--json", typed=archivist, home=home)
    assert (denied.code, denied.json["refused"]) == (REFUSED, "permission.denied")
    auditor = [PASSPHRASE, PASSWORDS["吕清"]]
    signed = lantai("ledger", "checkpoint", archive, "--password-stdin", typed=auditor, home=home)
    assert signed.code == WELL
    (tmp_path / "note.txt").write_text(signed.out, encoding="utf-8")
    whole = lantai("ledger", "export", archive, tmp_path / "ledger.jsonl", "--password-stdin", typed=auditor, home=home)
    assert whole.code == WELL
    again = lantai("ledger", "export", archive, tmp_path / "ledger.jsonl", "--password-stdin", typed=auditor, home=home)
    assert again.code == REFUSED
    checked = lantai("verify", archive, "--checkpoint", tmp_path / "note.txt", "--password-stdin", "--language", "en", typed=[PASSPHRASE], home=home)
    assert (checked.code, "Nothing was altered." in checked.out) == (WELL, True), checked
    assert "No checkpoint" not in checked.out


def test_verify_names_what_was_altered(archive: Path, home: Path) -> None:
    def verify() -> Said:
        return lantai("verify", archive, "--password-stdin", "--json", typed=[PASSPHRASE], home=home)

    def finds(path: Path, at: int) -> list[str]:
        sound = path.read_bytes()
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        said = verify()
        path.write_bytes(sound)
        assert (said.code, said.err) == (FINDINGS, ""), said
        findings = said.json["findings"]
        assert isinstance(findings, list)
        assert all(finding["sentence"] for finding in findings)
        return [finding["code"] for finding in findings]

    database = archive / "archive.db"
    assert finds(database, 5) == ["archive.damaged"]
    assert "database.damaged" in finds(database, database.stat().st_size - 5000)
    assert finds(archive / "keys" / "recovery.json", 40) == ["file.changed"]
    name_at = (archive / "lantai.toml").read_bytes().index("西岗".encode())
    assert finds(archive / "lantai.toml", name_at + 2) in (["file.changed"], ["archive.header_damaged"])
    (archive / "vault" / "stranger").write_bytes(b"x")
    assert verify().json["findings"]
    for name in ("archive.db", "lantai.toml"):
        (archive / name).rename(archive.parent / name)
        said = verify()
        assert (said.code, said.json["findings"]) == (FINDINGS, [{"code": "file.missing", "path": name, "sentence": f"文件 {name} 不见了。"}])
        (archive.parent / name).rename(archive / name)


def test_verify_refuses_what_it_cannot_open(archive: Path, tmp_path: Path, home: Path) -> None:
    wrong = lantai("verify", archive, "--password-stdin", typed=["not the passphrase"], home=home)
    assert (wrong.code, "口令" in wrong.err) == (REFUSED, True)
    nothing = lantai("verify", tmp_path / "nowhere", "--password-stdin", typed=[PASSPHRASE], home=home)
    assert nothing.code == REFUSED
    note = lantai("verify", archive, "--checkpoint", tmp_path / "no-note", "--password-stdin", typed=[PASSPHRASE], home=home)
    assert note.code == REFUSED


def test_recover_restores_access(archive: Path, made: tuple[Path, list[str]], home: Path) -> None:
    words = " ".join(made[1])
    new = ["a new passphrase", "a new password"]
    recover = ["recover", archive, "--person", "韩立", "--passphrase", "--password-stdin", "--json"]
    wrong = lantai(*recover, "--witness", "陈实", "--witness", "安宁", typed=[" ".join(reversed(made[1])), *new], home=home)
    assert (wrong.code, wrong.json["refused"]) == (REFUSED, "recovery.words_wrong")
    alone = lantai(*recover, "--witness", "陈实", typed=[words, *new], home=home)
    assert (alone.code, alone.json["refused"]) == (REFUSED, "recovery.two_persons")
    assert len(list((archive / "keys").glob("desk-*"))) == 1
    done = lantai(*recover, "--witness", "陈实", "--witness", "安宁", typed=[words, *new], home=home)
    assert (done.code, done.json["compartments"]) == (WELL, ["open", "privacy", "trade"]), done
    found = lantai("search", archive, "账", "--person", "韩立", "--password-stdin", typed=new, home=home)
    assert found.code == WELL, found
    old = lantai("search", archive, "账", "--person", "韩立", "--password-stdin", typed=[new[0], PASSWORDS["韩立"]], home=home)
    assert old.code == REFUSED
    checked = lantai("verify", archive, "--password-stdin", "--json", typed=[new[0]], home=home)
    assert (checked.code, checked.json["findings"]) == (WELL, []), checked


def test_no_secret_stands_in_what_is_printed_or_logged(archive: Path, made: tuple[Path, list[str]], home: Path, tmp_path: Path) -> None:
    secret = "canary-5f2a91c7"
    outputs = [lantai("search", archive, "x", "--person", "沈静宜", "--password-stdin", typed=[PASSPHRASE, secret], home=home),
               lantai("verify", archive, "--password-stdin", typed=[secret], home=home),
               lantai("recover", archive, "--person", "韩立", "--password-stdin", typed=[secret, secret, secret], home=home)]
    assert {said.code for said in outputs} == {REFUSED}
    assert all(secret not in said.out + said.err for said in outputs)
    kept = [path for folder in (home, archive) for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert kept == []


def test_usage_and_help(home: Path) -> None:
    assert lantai("no-such-command", home=home).code == USAGE
    assert lantai("verify", home=home).code == USAGE
    said = lantai("--help", home=home)
    assert (said.code, "退出码" in said.out) == (WELL, True)
    assert "Exit: 0 well" in lantai("--help", "--language", "en", home=home).out


def test_the_command_line_speaks_the_language_of_the_desk_all_through(home: Path) -> None:
    said = lantai("verify", "--help", home=home).out
    assert [words for words in ("usage", "positional", "options", "show this") if words in said] == []
    for wrong in (("ledger",), ("search", "d", "w", "--limit", "x"), ("no-such-command",), ("verify", "d", "--checkpoint"), ("verify", "d", "--odd")):
        said = lantai(*wrong, home=home).err
        assert said.startswith("用法："), said
        assert [words for words in ("error", "argument", "required", "invalid", "expected") if words in said] == [], said
    assert "the following arguments are required: DIR" in lantai("verify", "--language", "en", home=home).err


def test_a_file_is_no_folder_for_an_archive(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    place.write_text("kept", encoding="utf-8")
    for command in (("demo", place), ("init", place, "--name", "x", "--profile", "xigang-finance", *people_arguments(), "--passphrase")):
        said = lantai(*command, "--password-stdin", typed=[PASSPHRASE, *PASSWORDS.values()], home=home)
        assert (said.code, "letter.txt" in said.err) == (REFUSED, True), said
    assert place.read_text(encoding="utf-8") == "kept"


def test_nobody_types_the_words_of_the_sheet_for_a_wrong_folder(home: Path, tmp_path: Path) -> None:
    said = lantai("recover", tmp_path, "--person", "韩立", home=home)
    assert (said.code, str(tmp_path) in said.err) == (REFUSED, True), said


def test_without_a_terminal_a_password_must_come_by_standard_input(archive: Path, home: Path) -> None:
    said = lantai("verify", archive, home=home)
    assert (said.code, "--password-stdin" in said.err) == (REFUSED, True)


def test_a_poor_terminal_gets_numbers_for_characters_and_no_crash(archive: Path, home: Path) -> None:
    said = lantai("verify", archive, "--password-stdin", typed=[PASSPHRASE], home=home, LANG="C", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0",
                  PYTHONIOENCODING="ascii")
    assert said.code == WELL, said
    assert "\\u" in said.out


def test_a_reader_that_goes_away_is_no_fault(archive: Path, home: Path) -> None:
    script = f"{sys.executable} -m desktop verify {archive} --password-stdin | true; exit ${{PIPESTATUS[0]}}"
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", script], input=PASSPHRASE.encode(), capture_output=True, cwd=RESOURCES.parent, env=env, check=False)
    assert done.returncode in (WELL, 141), done
    assert done.stderr == b""


def test_probe_reads_names_from_standard_input(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("text")
    done = subprocess.run([sys.executable, "-m", "desktop", "probe", "--null"], input=os.fsencode(tmp_path / "a\nb.txt") + b"\0", capture_output=True,
                          cwd=RESOURCES.parent, env={"PATH": os.environ["PATH"], "HOME": str(home)}, check=False)
    assert len(done.stdout.splitlines()) == 1, done
    assert json.loads(done.stdout)["path"].endswith("a\nb.txt")


def test_self_test_tells_what_is_here(home: Path) -> None:
    said = lantai("self-test", "--json", home=home)
    lines = {line["check"]: line for line in map(json.loads, said.out.splitlines())}
    assert {name for name, line in lines.items() if line["well"] is False} == set()
    assert said.code == WELL
    assert {"Qt", "SQLite", "libVLC", "PyAV", "PDFium", "Typst", "cryptography", "worker: network", "worker: memory"} <= set(lines)
    assert lines["keyring"]["well"] is None
    assert "chacha20" in lines["SQLite"]["detail"]


def test_a_fault_of_ours_is_a_number_and_no_trace(archive: Path, home: Path, tmp_path: Path) -> None:
    """A resource of the program is taken away: that is a bug as the command sees it."""
    script = ("import sys; from desktop.commands import verify\n"
              "def run(options, terminal): raise KeyError('canary-77ab')\n"
              "verify.run = run\n"
              "from desktop.__main__ import main; sys.exit(main(['verify', 'x']))")
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_STATE_HOME": str(tmp_path / "state")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=RESOURCES.parent, env=env, check=False, text=True)
    assert done.returncode == FAULT
    assert "Traceback" not in done.stderr
    (number,) = re.findall(r"[0-9a-f]{6}", done.stderr.split("lantai.log")[0])[:1]
    logged = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("lantai.log"))
    assert number in logged
    assert "canary-77ab" not in logged + done.stderr


def test_a_new_sheet_in_place_of_the_old_one(archive: Path, made: tuple[Path, list[str]], home: Path, tmp_path: Path) -> None:
    mine, theirs = PASSWORDS["韩立"], PASSWORDS["陈实"]
    sheet = ["sheet", archive, "--witness", "陈实", "--password-stdin", "--json"]
    kept = lantai(*sheet, "--recovery-sheet", tmp_path / "new.pdf", typed=[PASSPHRASE, mine, mine, "wrong password"], home=home)
    assert (kept.code, kept.json["refused"]) == (REFUSED, "sign_in.wrong")
    assert not (tmp_path / "new.pdf").exists()
    done = lantai(*sheet, "--three-sheets", typed=[PASSPHRASE, mine, mine, theirs], home=home)
    assert done.code == WELL, done
    assert done.json["void"] == ["recovery.json"]
    sheets = done.json["sheets"]
    assert isinstance(sheets, list)
    checked = lantai("verify", archive, "--password-stdin", "--json", typed=[PASSPHRASE], home=home)
    assert (checked.code, checked.json["findings"]) == (WELL, []), checked
    nothing = lantai("reseal", archive, "--password-stdin", "--json", typed=[PASSPHRASE, mine, mine], home=home)
    assert (nothing.code, nothing.json["refused"]) == (REFUSED, "keys.nothing_waits")
    recover = ["recover", archive, "--person", "韩立", "--witness", "陈实", "--witness", "安宁", "--passphrase", "--password-stdin", "--json"]
    old = lantai(*recover, typed=[" ".join(made[1]), "a new passphrase", "a new password"], home=home)
    assert (old.code, old.json["refused"]) == (REFUSED, "recovery.words_wrong")
    two = [" ".join(sheets[2]), " ".join(sheets[0])]
    back = lantai(*recover, typed=[*two, "a new passphrase", "a new password"], home=home)
    assert (back.code, back.json["compartments"]) == (WELL, ["open", "privacy", "trade"]), back
