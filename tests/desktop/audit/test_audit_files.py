"""Whatever lies in the archive's folder: one byte, a swapped, cut, extended, renamed or planted file is named."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from desktop.audit.verification import Finding, verify_archive
from desktop.database import ArchiveDatabase, damage_of, open_database
from desktop.errors import Cancelled, Refusal
from desktop.header import read_header
from desktop.jobs import Tracked
from desktop.paths import ArchivePaths
from desktop.vault.backend import LocalBackend
from desktop.vault.desk import open_desk
from tests.desktop.archive_kit import PASSPHRASE, full_archive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[ArchivePaths, bytes]:
    root = tmp_path_factory.mktemp("files") / "archive"
    archive = full_archive(root).archive
    archive.close()
    return archive.paths, archive.desk.database_key or b""


@pytest.fixture
def paths(made: tuple[ArchivePaths, bytes], tmp_path: Path) -> ArchivePaths:
    shutil.copytree(made[0].root, tmp_path / "copy", symlinks=True)
    return ArchivePaths(tmp_path / "copy")


@pytest.fixture
def key(made: tuple[ArchivePaths, bytes]) -> bytes:
    return made[1]


def verified(paths: ArchivePaths, key: bytes) -> list[Finding]:
    database = ArchiveDatabase(paths.database, key, read_only=True)
    database.connect()
    try:
        return list(verify_archive(paths, database, LocalBackend(paths.vault)).findings)
    finally:
        database.close()


def opened(paths: ArchivePaths, key: bytes) -> list[Finding]:
    """As the command does it: what refuses to open names the file by its refusal."""
    try:
        read_header(paths)
        open_database(paths.database, key, read_only=True).close()
        return verified(paths, key)
    except Refusal as refusal:
        return [Finding(refusal.code, refusal.facts)]


def objects_of(paths: ArchivePaths) -> list[Path]:
    """The three objects, the largest last."""
    return sorted((path for path in paths.vault.glob("??/??/*") if path.is_file()), key=lambda path: path.stat().st_size)


def told(findings: list[Finding]) -> list[str]:
    return sorted(finding.code for finding in findings)


def test_an_untouched_copy_is_sound(paths: ArchivePaths, key: bytes) -> None:
    assert verified(paths, key) == []


def test_one_byte_anywhere_on_the_disk_is_named(paths: ArchivePaths, key: bytes) -> None:
    dice = random.Random(2026)
    unseen = []
    for path in sorted(path for path in paths.root.rglob("*") if path.is_file()):
        sound = path.read_bytes()
        edges = {0, 1, len(sound) // 2, len(sound) - 1} | (set(range(16, 40)) if path == paths.database else set())
        for at in sorted(edges | set(dice.sample(range(len(sound)), min(len(sound), 24)))):
            path.write_bytes(sound[:at] + bytes([sound[at] ^ dice.randrange(1, 256)]) + sound[at + 1 :])
            findings = opened(paths, key)
            named = any(path.name in str(finding.facts) or finding.code.startswith(("database.", "archive.")) for finding in findings)
            if not named:
                unseen.append((path.name, at, findings))
        path.write_bytes(sound)
    assert unseen == []


@pytest.mark.parametrize("more", [1, 17, 4096, 65536])
def test_bytes_behind_the_last_page_of_the_database_are_named(paths: ArchivePaths, key: bytes, more: int) -> None:
    """The engine never looks there: room to hide something in."""
    with open(paths.database, "ab") as file:
        file.write(os.urandom(more))
    assert told(opened(paths, key)) == ["database.damaged"]


def test_a_database_that_is_being_written_has_no_strange_bytes(paths: ArchivePaths, key: bytes) -> None:
    writing = ArchiveDatabase(paths.database, key)
    writing.connect()
    with writing.writing():
        writing.connection().execute("CREATE TABLE large (x)")
        writing.connection().executemany("INSERT INTO large VALUES (?)", [(os.urandom(3000),) for _ in range(200)])
    with writing.writing():
        writing.connection().execute("DROP TABLE large")
    assert not damage_of(writing)
    reading = ArchiveDatabase(paths.database, key, read_only=True)
    reading.connect()
    assert not damage_of(reading)
    reading.close()
    writing.close()
    assert not verified(paths, key)


def test_a_database_cut_down_to_nothing_is_damaged_not_in_need_of_a_disk(paths: ArchivePaths, key: bytes) -> None:
    os.truncate(paths.database, 0)
    assert told(opened(paths, key)) == ["archive.damaged"]


def test_a_byte_in_the_desk_file_is_refused_by_name_when_the_desk_is_opened(paths: ArchivePaths) -> None:
    (path,) = paths.keys.glob("desk-*.json")
    sound = path.read_bytes()
    codes = set()
    for at in random.Random(5).sample(range(len(sound)), 12):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        codes.add(_code_of(lambda: open_desk(path, lambda: PASSPHRASE)))
    assert codes <= {"", "desk.file_damaged", "desk.passphrase_wrong", "desk.keyring_missing"}


def _code_of(attempt: Callable[[], object]) -> str:
    """The refusal's code; empty where the byte is one that means nothing (a space, the case of a hexadecimal digit)."""
    try:
        attempt()
    except Refusal as refusal:
        return refusal.code
    return ""


Change = Callable[[list[Path]], None]


def _swap(objects: list[Path]) -> None:
    first, second = objects[0].read_bytes(), objects[1].read_bytes()
    objects[0].write_bytes(second)
    objects[1].write_bytes(first)


def _rename(objects: list[Path]) -> None:
    objects[0].rename(objects[0].with_name(objects[0].name[:4] + "0" * 28))


def _link(objects: list[Path]) -> None:
    target = objects[0].parent.parent.parent / "elsewhere"
    objects[0].rename(target)
    objects[0].symlink_to(target)


@pytest.mark.parametrize(("change", "expected"), [
    (_swap, ["object.digest", "object.digest", "object.size", "object.size"]),
    (lambda objects: os.truncate(objects[2], (2 << 20)), ["object.digest", "object.size"]),
    (lambda objects: os.truncate(objects[0], 0), ["object.digest", "object.size"]),
    (lambda objects: objects[0].write_bytes(objects[0].read_bytes() + b"\0"), ["object.digest", "object.size"]),
    (lambda objects: objects[0].write_bytes(objects[0].read_bytes() * 2), ["object.digest", "object.size"]),
    (lambda objects: objects[0].unlink(), ["object.missing"]),
    (_rename, ["object.missing", "object.unknown"]),
    (_link, ["object.unknown", "object.unreadable"]),
    (lambda objects: shutil.copy(objects[0], objects[0].with_name("note.txt")), ["object.unknown"]),
    (lambda objects: shutil.copy(objects[0], objects[1].parent / objects[0].name), ["object.unknown"]),
    (lambda objects: (objects[0].parents[2] / "incoming" / "left.txt").write_bytes(b"x"), ["object.unknown"]),
    (lambda objects: (objects[0].parents[3] / "plan.docx").write_bytes(b"x"), ["file.unknown"]),
    (lambda objects: (objects[0].parents[3] / "keys" / "desk-other.json").write_bytes(b"{}"), ["file.unknown"]),
    (lambda objects: (objects[0].parents[3] / "keys" / "recovery.json").unlink(), ["file.missing"]),
    (lambda objects: (objects[0].parents[2] / "up").symlink_to("/"), ["object.unknown"]),
])
def test_objects_and_files_are_watched(paths: ArchivePaths, key: bytes, change: Change, expected: list[str]) -> None:
    change(objects_of(paths))
    assert told(verified(paths, key)) == expected


def test_a_name_that_plays_tricks_is_shown_without_them(paths: ArchivePaths, key: bytes) -> None:
    (Path(os.fsdecode(os.fsencode(paths.vault) + b"/\xe2\x80\xaetxt.exe\xff"))).write_bytes(b"x")
    (finding,) = verified(paths, key)
    assert "\u202e" not in str(finding.facts["path"])
    assert str(finding.facts["path"]).isprintable()


def test_an_object_admitted_meanwhile_is_no_stranger(paths: ArchivePaths, key: bytes) -> None:
    """A row that appears while the verification runs answers for the file that was already there."""
    stranger = paths.vault / "ab" / "cd" / ("abcd" + "1" * 28)
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"cipher")

    def admit(tracked: Tracked) -> None:
        if tracked.unit == "bytes" and tracked.done == 0:
            writer = apsw.Connection(str(paths.database))
            writer.pragma("cipher", "chacha20")
            writer.pragma("key", "raw:" + key.hex())
            writer.execute("INSERT OR IGNORE INTO stored_object (object_id, size, sha256, cipher_size, cipher_sha256, compartments,"
                           " sealed_key, created_at) VALUES (?, 1, '', 6, '', 'open', x'00', 'now')", (stranger.name,))
            writer.close()

    database = ArchiveDatabase(paths.database, key)
    database.connect()
    report = verify_archive(paths, database, LocalBackend(paths.vault), Tracked(admit))
    database.close()
    assert told(list(report.findings)) == []


def test_a_verification_can_be_stopped(paths: ArchivePaths, key: bytes) -> None:
    database = ArchiveDatabase(paths.database, key, read_only=True)
    database.connect()
    with pytest.raises(Cancelled):
        verify_archive(paths, database, LocalBackend(paths.vault), Tracked(lambda tracked: tracked.cancel()))
    assert database.connection().getautocommit()
    database.close()



def test_opening_and_verifying_leave_every_byte_as_it_was(paths: ArchivePaths, key: bytes) -> None:
    """Also with the right to write: to look is not to touch."""
    before = {path: path.read_bytes() for path in paths.root.rglob("*") if path.is_file()}
    open_database(paths.database, key).close()
    assert verified(paths, key) == []
    assert {path: path.read_bytes() for path in before} == before
