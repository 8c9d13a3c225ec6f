"""`policy check FILE` as it is used: a line for every mistake, JSON for machines, an exit code that a script can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.i18n import set_language
from desktop.paths import RESOURCES

FAULTY = """format = 1
key = "own"
version = 1
title = "本局办法"
short = "本办法"
issuer = "本局"
effective = "2026-01-01"
base = "national"
colour = "red"
[[deadline]]
id = "A-1"
text = "应在24小时内移交。"
topic = "deposit"
title = "移交"
start = "footage.end"
end = "footage.deposited"
number = 24
unit = "hours"
[[condition]]
key = "a"
title = "甲"
any = ["b"]
[[condition]]
key = "b"
title = "乙"
any = ["a"]
"""


@pytest.fixture(autouse=True)
def _language():
    yield
    set_language("zh_CN")


@pytest.mark.parametrize("key", ["national", "xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"])
def test_our_own_files_can_be_put_in_force(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh_CN", "policy", "check", str(RESOURCES / "policy" / f"{key}.toml")]) == 0
    assert capsys.readouterr().out == "没有错误，可以启用。\n"


def test_every_mistake_has_a_line_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The bad input that the issue names: unknown key, wrong unit, missing article, circular condition."""
    path = tmp_path / "本局办法.toml"
    path.write_text(FAULTY, encoding="utf-8")
    assert main(["--language", "zh_CN", "policy", "check", str(path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{path}: ").split("：")[0] for line in said[:-1]] == ["第 9 行", "第 10 行", "第 18 行", "第 19 行"]
    assert all(part in line for part, line in zip(["colour", "“article”", "hours", "a → b → a"], said, strict=False))
    assert said[-1] == "共 4 处错误。"


def test_json_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FAULTY.encode())  # as some editors write it
    assert main(["--language", "en", "policy", "check", "--json", str(path)]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["line"], one["where"]) for one in found] == [(9, ""), (10, "A-1"), (18, "A-1"), (19, "a")]
    assert found[2]["words"] == "“unit” cannot be “hours”. Choose one of: hour, day, working_day, month, year."


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "no.toml"
    if content is not None:
        path.write_bytes(content)
    assert main(["--language", "zh_CN", "policy", "check", str(path)]) == 3
    assert str(path) in capsys.readouterr().err


def test_a_file_that_is_no_text_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('format = 1\ntitle = "办法"\n'.encode("gb18030"))
    assert main(["--language", "zh_CN", "policy", "check", str(path)]) == 3
    assert "第 2 行" in capsys.readouterr().err


def test_a_file_without_end_is_read_no_further_than_it_must(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh_CN", "policy", "check", "/dev/zero"]) == 1
    assert "超出任何一部制度" in capsys.readouterr().out


def test_hostile_files_end_with_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deep.toml"
    path.write_text("format = 1\nx = " + "[" * 100_000, encoding="utf-8", newline="\r\n")
    assert main(["--language", "zh_CN", "policy", "check", str(path)]) == 1
    assert "第 2 行：这里的括号套了" in capsys.readouterr().out
