"""Names come back byte for byte, are shown without tricks, and are harmless once exported."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.filenames import fold, safe_export_name, shown, shown_text, storable
from models.filenames import given as bytes_given
from tests.desktop.hostile_names import HOSTILE_NAMES

NAMES = st.one_of(st.binary(max_size=255), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))


@settings(max_examples=400)
@given(NAMES)
@example(b"\\xff")
@example(b"\xff\\\\x41\0")
@example("é\\xé".encode())
def test_every_name_comes_back_exactly(raw: bytes) -> None:
    text = storable(raw)
    assert bytes_given(text) == raw
    assert "\0" not in text
    text.encode()  # no lone surrogate: a database and JSON take it


@given(NAMES, NAMES)
def test_two_names_are_never_stored_or_shown_alike(one: bytes, other: bytes) -> None:
    assert (storable(one) == storable(other)) == (one == other)
    assert (shown(one) == shown(other)) == (one == other)


@settings(max_examples=400)
@given(NAMES)
@example("photo\u202egpj.exe".encode())
@example(b"a\n2026-11-02 admin done")
def test_nothing_shown_is_invisible_or_turns_the_line(raw: bytes) -> None:
    for char in shown(raw):
        assert unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}, hex(ord(char))
        assert char.isprintable() or char == "\u3000"


def test_the_table_of_hostile_names_is_shown_apart() -> None:
    assert len({shown(name) for name in HOSTILE_NAMES}) == len(HOSTILE_NAMES)
    assert len({storable(name) for name in HOSTILE_NAMES}) == len(HOSTILE_NAMES)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("现场检查.mp4".encode(), "现场检查.mp4"),
        ("photo\u202egpj.exe".encode(), "photo\\u202egpj.exe"),
        (b"a\xff.mp4", "a\\xff.mp4"),
        (b"a\\b", "a\\\\b"),
        (b" a ", "\\x20a\\x20"),
        (b"a\x1b[31m", "a\\u001b[31m"),
        ("😀.mp4".encode(), "😀.mp4"),
        ("葛\U000e0100".encode(), "葛\\U000e0100"),
    ],
)
def test_how_names_are_shown(raw: bytes, text: str) -> None:
    assert shown(raw) == text
    assert shown_text(raw.decode("utf-8", "surrogateescape")) == text


def _harmless(name: str) -> None:
    assert name
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(char)[0] != "C" for char in name)
    assert name == name.strip(" .")
    assert name[0] not in "-~=+@."
    devices = {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
    assert name.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *devices}
    assert name == unicodedata.normalize("NFC", name)


@settings(max_examples=400)
@given(st.text(max_size=300))
@example("../../etc/cron.d/x")
@example("C:\\x\\NUL .txt")
@example("\ud800.mp4")
@example("..")
@example("x" * 400 + ".mp4")
@example("-.-")
@example("~.CON.")
@example("con")
@example("a" * 200 + " . b")
def test_an_exported_name_is_harmless(text: str) -> None:
    _harmless(safe_export_name(text))


def test_hostile_names_are_exported_side_by_side() -> None:
    taken: set[str] = set()
    for raw in HOSTILE_NAMES:
        name = safe_export_name(raw.decode("utf-8", "replace"), taken.__contains__)
        _harmless(name)
        assert fold(name) not in taken
        taken.add(fold(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("现场检查笔录.pdf", "现场检查笔录.pdf"),
        ("西财罚〔2026〕17号", "西财罚〔2026〕17号"),
        ("a/b\\c.mp4", "a_b_c.mp4"),
        ("CON.mp4", "_CON.mp4"),
        ("=cmd|x", "cmd_x"),
        ("  ", "unnamed"),
        ("///", "unnamed"),
    ],
)
def test_what_an_exported_name_looks_like(text: str, name: str) -> None:
    assert safe_export_name(text) == name


def test_twins_are_numbered_before_the_ending() -> None:
    taken = {fold("A.MP4"), fold("a (2).mp4")}
    assert safe_export_name("a.mp4", taken.__contains__) == "a (3).mp4"
