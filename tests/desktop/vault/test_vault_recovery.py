"""The recovery sheet: its words open everything, a slip of the pen is found, another sheet opens nothing."""

from __future__ import annotations

import json
import random
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mnemonic import Mnemonic
from vault_kit import refuses

from desktop.vault.keys import purpose, seal
from desktop.vault.recovery import LANGUAGES, make_recovery, open_recovery, seed_of

DATABASE = bytes(range(32))


def create_recovery(path: Path, database_keys: list[bytes], language: str = LANGUAGES[0]) -> tuple[list[list[str]], bytes]:
    """A recovery pair with its file written: words, public half."""
    made = make_recovery(database_keys, language=language)
    made.write(path)
    return made.words, made.public


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "recovery.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("database_key", [DATABASE, None])
def test_the_words_open_everything(file: Path, language: str, database_key: bytes | None) -> None:
    (words,), public = create_recovery(file, [database_key] if database_key else [], language)
    assert len(words) == 24
    opened = open_recovery(file, words)
    assert (opened.database_key, opened.public) == (database_key, public)
    use = purpose("recovery", "privacy")
    assert opened.open(seal(public, b"compartment", use), use) == b"compartment"
    assert DATABASE.hex() not in repr(opened)


def test_chinese_words_are_the_default_and_may_be_typed_in_any_spacing(file: Path) -> None:
    (words,), _ = create_recovery(file, [DATABASE])
    assert all(len(word) == 1 and not word.isascii() for word in words)
    for typed in ("".join(words), " ".join(words), "\u3000".join(words), "\n".join(words[:12]) + "  " + "".join(words[12:])):
        assert open_recovery(file, typed).database_key == DATABASE


def test_english_words_may_be_typed_in_capitals(file: Path) -> None:
    (words,), _ = create_recovery(file, [DATABASE], "english")
    assert open_recovery(file, " ".join(words).upper()).database_key == DATABASE


@settings(max_examples=50)
@given(st.sampled_from(LANGUAGES), st.binary(min_size=32, max_size=32))
def test_words_stand_for_their_seed(language: str, seed: bytes) -> None:
    assert seed_of(Mnemonic(language).to_mnemonic(seed)) == seed


def test_slips_of_the_pen_are_refused(file: Path) -> None:
    (words,), _ = create_recovery(file, [DATABASE])
    wordlist = Mnemonic("chinese_simplified").wordlist
    chance = random.Random(7)
    for _ in range(20):
        at = chance.randrange(24)
        wrong = list(words)
        wrong[at] = chance.choice([word for word in wordlist if word != words[at]])
        with refuses("recovery.words_wrong"):  # by the checksum, else by the file
            open_recovery(file, wrong)
    shorter = Mnemonic("english").to_mnemonic(bytes(16))
    for wrong in (shorter, words[:23], [*words, words[0]], words[:12], [], [*words[:23], "龘"], ["zoo"] * 24):
        with refuses("recovery.words_wrong"):
            open_recovery(file, wrong)


def test_another_archives_sheet_opens_nothing(file: Path, tmp_path: Path) -> None:
    create_recovery(file, [DATABASE])
    (others,), _ = create_recovery(tmp_path / "other.json", [DATABASE])
    with refuses("recovery.words_wrong"):
        open_recovery(file, others)


def test_the_file_holds_no_key_and_is_never_overwritten(file: Path) -> None:
    (words,), public = create_recovery(file, [DATABASE])
    text = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert DATABASE.hex() not in text
    assert seed_of(words).hex() not in text
    assert json.loads(text)["public"] == public.hex()
    with refuses("keys.file_exists"):
        create_recovery(file, [DATABASE])
    assert file.read_text() == text


@pytest.mark.parametrize("change", [{"format": "x"}, {"nonce": "00"}, {"nonce": None}, {"sealed": "zz"}])
def test_a_damaged_file_is_named(file: Path, change: dict[str, object]) -> None:
    (words,), _ = create_recovery(file, [DATABASE])
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with refuses("recovery.file_damaged"):
        open_recovery(file, words)
    file.unlink()
    with refuses("recovery.file_damaged"):
        open_recovery(file, words)
