"""The desk's keys: a real keyring, none at all, one that never answers, and the passphrase."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from vault_kit import refuses

from desktop.errors import Refusal
from desktop.vault.desk import _ask_keyring, save_desk
from desktop.vault.keys import DeskKeys, create_desk, open_desk, probe_keyring, verify

DATABASE = bytes(range(32))


class MemoryRing(KeyringBackend):
    """A keyring in memory, which can be locked, forgetful or silent."""

    priority = 1  # type: ignore[assignment]  # keyring's own stub asks for a class property

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: BaseException | None = None
        self.forgets = False
        self.answer = threading.Event()
        self.answer.set()

    def _go(self) -> None:
        self.answer.wait()
        if self.fault:
            raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        self._go()
        if not self.forgets:
            self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        self._go()
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        self._go()
        self.kept.pop((service, username), None)


@pytest.fixture
def ring() -> Iterator[MemoryRing]:
    before = keyring.get_keyring()
    mine = MemoryRing()
    keyring.set_keyring(mine)
    yield mine
    mine.answer.set()
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "desk-front.json"


def never() -> str:
    raise AssertionError("nobody was to be asked")


def test_the_keyring_opens_the_desk_without_a_question(ring: MemoryRing, file: Path) -> None:
    made = create_desk(file, "front", DATABASE)
    back = open_desk(file, never)
    assert (back.desk_id, back.database_key, back.public()) == ("front", DATABASE, made.public())
    assert verify(made.public(), b"checkpoint", back.sign(b"checkpoint"))
    assert back.signing_key.sign(b"checkpoint") == back.sign(b"checkpoint")
    (secret,) = ring.kept.values()
    assert len(secret) == 44  # 32 bytes in base64: Windows keeps no more than 2,560
    assert probe_keyring()
    assert list(ring.kept.values()) == [secret]


@pytest.mark.parametrize("database_key", [DATABASE, None])
def test_the_passphrase_opens_the_desk(file: Path, database_key: bytes | None) -> None:
    made = create_desk(file, "front", database_key, "passphrase", "工作台口令")
    back = open_desk(file, lambda: "工作台口令")
    assert (back.database_key, back.public()) == (database_key, made.public())
    with refuses("desk.passphrase_wrong"):
        open_desk(file, lambda: "x")
    with refuses("desk.passphrase_wanted"):
        open_desk(file)


def test_a_desk_with_both_falls_back_to_the_passphrase(ring: MemoryRing, file: Path) -> None:
    made = create_desk(file, "front", DATABASE, "keyring", "口令")
    assert open_desk(file, never).public() == made.public()
    ring.fault = RuntimeError("locked")
    assert open_desk(file, lambda: "口令").public() == made.public()
    with refuses("desk.keyring_missing"):
        open_desk(file)


@pytest.mark.parametrize("spoiled", [None, "", "no base64!", "c2hvcnQ=", "A" * 43 + "="])
def test_a_keyring_that_lost_or_changed_the_secret_is_missing(ring: MemoryRing, file: Path, spoiled: str | None) -> None:
    create_desk(file, "front", DATABASE)
    (entry,) = ring.kept
    if spoiled is None:
        del ring.kept[entry]
    else:
        ring.kept[entry] = spoiled
    with refuses("desk.keyring_missing"):
        open_desk(file, never)


@pytest.mark.parametrize("fault", [RuntimeError("no backend"), OSError("bus is gone"), SystemExit(1)])
def test_whatever_the_keyring_raises_means_no_keyring(ring: MemoryRing, file: Path, fault: BaseException) -> None:
    ring.fault = fault
    assert not probe_keyring()
    with refuses("desk.keyring_missing"):
        create_desk(file, "front", DATABASE)
    assert not file.exists()


def test_a_keyring_that_forgets_is_none(ring: MemoryRing, file: Path) -> None:
    ring.forgets = True
    assert not probe_keyring()
    with refuses("desk.keyring_missing"):
        create_desk(file, "front", DATABASE)


def test_a_keyring_that_never_answers_is_given_up(ring: MemoryRing) -> None:
    ring.answer.clear()
    assert not probe_keyring(timeout=0.05)
    with refuses("desk.keyring_missing"):
        _ask_keyring(lambda there: there.get_password("a", "b"), timeout=0.05)


def test_a_new_passphrase_replaces_the_file(file: Path) -> None:
    made = create_desk(file, "front", DATABASE, "passphrase", "old")
    save_desk(file, made, "passphrase", "new")
    assert open_desk(file, lambda: "new").public() == made.public()
    with refuses("desk.passphrase_wrong"):
        open_desk(file, lambda: "old")
    assert os.listdir(file.parent) == [file.name]


def test_a_desk_is_never_overwritten(file: Path) -> None:
    create_desk(file, "front", DATABASE, "passphrase", "old")
    before = file.read_bytes()
    with refuses("keys.file_exists"):
        create_desk(file, "front", None, "passphrase", "new")
    assert file.read_bytes() == before


def test_only_the_owner_reads_the_file_and_no_key_is_in_it(file: Path) -> None:
    made = create_desk(file, "front", DATABASE, "passphrase", "口令")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    text = file.read_text()
    assert DATABASE.hex() not in text
    assert "口令" not in text
    assert made._seed.hex() not in text
    assert json.loads(text)["public"] == made.public().hex()


def altered(file: Path, change: dict[str, Any]) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | change))


@pytest.mark.parametrize("change", [
    {"format": "lantai/desk/9"}, {"slots": []}, {"slots": None}, {"slots": [{}]}, {"desk_id": 5},
    {"slots": [{"how": "passphrase", "kdf": {}, "nonce": "", "sealed": ""}]},
])
def test_a_damaged_file_is_named(file: Path, change: dict[str, Any]) -> None:
    create_desk(file, "front", DATABASE, "passphrase", "口令")
    altered(file, change)
    with pytest.raises(Refusal) as caught:
        open_desk(file, lambda: "口令")
    assert caught.value.code in ("desk.file_damaged", "desk.passphrase_wrong")
    if "desk_id" not in change:
        assert caught.value.facts == {"file": "desk-front.json"}


def test_a_file_that_is_absent_or_no_json_is_named(file: Path) -> None:
    with refuses("desk.file_damaged"):
        open_desk(file)
    file.parent.mkdir()
    file.write_bytes(b"\xff\x00")
    with refuses("desk.file_damaged"):
        open_desk(file)


def test_another_desks_file_does_not_open_under_this_name(ring: MemoryRing, file: Path) -> None:
    create_desk(file, "front", DATABASE)
    altered(file, {"desk_id": "back"})
    with refuses("desk.keyring_missing"):
        open_desk(file)


def test_a_folder_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where a folder belongs")
    with refuses("vault.io"):
        create_desk(tmp_path / "keys" / "desk-a.json", "a", None, "passphrase", "x")


def test_a_desk_without_any_lock_is_a_bug(file: Path) -> None:
    for passphrase in (None, ""):
        with pytest.raises(ValueError):
            create_desk(file, "front", DATABASE, "passphrase", passphrase)
    with pytest.raises(ValueError):
        create_desk(file, "front", b"short", "passphrase", "x")


def test_desk_keys_are_not_shown_or_pickled() -> None:
    keys = DeskKeys("front", DATABASE, bytes(32))
    assert repr(keys) == "DeskKeys('front', …)"
    with pytest.raises(TypeError):
        pickle.dumps(keys)


REAL = """
import sys
from pathlib import Path
from desktop.errors import Refusal
from desktop.vault.keys import create_desk, open_desk, probe_keyring
file = Path(sys.argv[1])
print("probe", probe_keyring())
try:
    made = create_desk(file, "front", bytes(range(32)))
    print("same", open_desk(file).public() == made.public())
except Refusal as refusal:
    print(refusal.code, file.exists())
"""


def answers(arguments: list[str], environment: dict[str, str]) -> list[str]:
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return [line for line in done.stdout.splitlines() if line.split()[0] in ("probe", "same", "desk.keyring_missing")]


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="no dbus-run-session or gnome-keyring-daemon on this machine",
)
def test_a_real_keyring_keeps_the_desk(file: Path, tmp_path: Path) -> None:
    session = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" -c "$1" "$2"'
    run = ["dbus-run-session", "--", "bash", "-c", session, sys.executable, REAL, str(file)]
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path)}
    assert answers(run, os.environ | home) == ["probe True", "same True"]


def test_without_a_session_bus_there_is_no_keyring_and_no_file(file: Path, tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
    bare |= {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    found = answers([sys.executable, "-c", REAL, str(file)], bare)
    assert found == ["probe False", "desk.keyring_missing False"]
