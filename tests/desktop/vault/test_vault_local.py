"""The local folder: permissions, planted links, and disks that are full, read-only, failing or gone."""

from __future__ import annotations

import errno
import os
import resource
import secrets
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from vault_kit import refuses

from desktop.errors import Refusal
from desktop.vault import backend as rooms
from desktop.vault.backend import LocalBackend
from desktop.vault.contract import disk_refusal
from desktop.vault.direct import page_buffer


def put(vault: LocalBackend, content: bytes) -> Path:
    writer = vault.new_object()
    writer.write(content)
    vault.publish([writer.finish()])
    return vault.root / writer.object_id[:2] / writer.object_id[2:4] / writer.object_id


@pytest.fixture
def vault(tmp_path: Path) -> LocalBackend:
    return LocalBackend(tmp_path / "vault")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_only_the_owner_reads_even_without_umask(tmp_path: Path) -> None:
    vault = LocalBackend(tmp_path / "deep" / "vault")
    put(vault, b"content")
    vault.new_object().finish()
    for path in (vault.root, *vault.root.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_an_object_is_never_overwritten(vault: LocalBackend) -> None:
    writer = vault.new_object()
    writer.write(b"the second")
    final = vault.root / writer.object_id[:2] / writer.object_id[2:4] / writer.object_id
    final.parent.mkdir(parents=True)
    final.write_bytes(b"the first")
    with refuses("vault.io"):
        vault.publish([writer.finish()])
    assert final.read_bytes() == b"the first"
    assert not list((vault.root / "incoming").iterdir())


def test_a_drive_without_hard_links_does_not_overwrite_either(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert put(vault, b"content").read_bytes() == b"content"
    test_an_object_is_never_overwritten(vault)


def test_planted_links_are_refused(vault: LocalBackend, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret"
    secret.write_bytes(b"not ours")
    path = put(vault, b"content")
    object_id = path.name
    path.unlink()
    path.symlink_to(secret)
    with refuses("vault.foreign"):
        vault.open(object_id)
    path.unlink()
    os.mkfifo(path)
    with refuses("vault.foreign"):
        vault.open(object_id)
    path.unlink()
    (outside / object_id).write_bytes(b"not ours")
    path.parent.rmdir()
    path.parent.symlink_to(outside)
    for question in (vault.open, vault.delete):
        with refuses("vault.foreign"):
            question(object_id)
    assert (outside / object_id).exists()
    assert list(vault.object_ids()) == []


def test_nothing_is_written_through_a_planted_folder(vault: LocalBackend, tmp_path: Path) -> None:
    writer = vault.new_object()
    outside = tmp_path / "outside"
    outside.mkdir()
    (vault.root / writer.object_id[:2]).symlink_to(outside)
    with refuses("vault.foreign"):
        vault.publish([writer.finish()])
    assert not list(outside.iterdir())
    shutil.rmtree(vault.root / "incoming")
    (vault.root / "incoming").symlink_to(outside)
    with refuses("vault.foreign"):
        LocalBackend(vault.root)


def test_a_sweep_removes_the_link_not_what_it_points_to(vault: LocalBackend, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"kept")
    (vault.root / "incoming" / "planted.part").symlink_to(kept)
    (vault.root / "incoming" / "left.part").write_bytes(b"left by a killed desk")
    assert vault.sweep() == 2
    assert kept.read_bytes() == b"kept"


def test_strange_names_in_the_folders_are_no_objects(vault: LocalBackend) -> None:
    path = put(vault, b"content")
    (path.parent / "notes.txt").write_text("planted")
    elsewhere = ("0" if path.name[0] != "0" else "1") + secrets.token_hex(16)[1:]
    (path.parent / elsewhere).write_text("planted under the wrong folder")
    assert list(vault.object_ids()) == [path.name]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_drive_refuses_and_stays_usable(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=True)
    try:
        vault = LocalBackend(place / "vault")
        kept = put(vault, b"x" * 100_000)
        writer = vault.new_object()
        writer.write(bytes(1 << 20))
        with refuses("vault.full") as caught:
            writer.write(bytes(8 << 20))
        assert caught.value.facts["object_id"] == writer.object_id
        writer.abandon()
        assert put(vault, b"again").read_bytes() == b"again"
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        with refuses("vault.read_only"):
            vault.new_object()
        with refuses("vault.read_only"):
            vault.delete(kept.name)
        assert vault.open(kept.name).pread(0, 3) == b"xxx"
        assert vault.free_space() > 0
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_drive_is_named_when_blocks_go_to_the_device(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int, block: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer = vault.new_object()
    writer.write(page_buffer(1 << 20))
    monkeypatch.setattr(os, "write", full)
    with refuses("vault.full"):
        writer.write(page_buffer(1 << 20))
    writer.abandon()


def test_a_file_size_limit_refuses(vault: LocalBackend) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signals = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    writer = vault.new_object()
    try:
        with refuses("vault.full"):
            writer.write(bytes(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signals)
    writer.abandon()


def test_a_failed_flush_loses_the_whole_batch_for_good(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    writers = [vault.new_object() for _ in range(5)]
    real, failed = os.fsync, []

    def fails_once(fd: int) -> None:
        if not failed:
            failed.append(fd)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(fd)

    monkeypatch.setattr(os, "fsync", fails_once)
    with refuses("vault.io"):
        vault.publish([writer.finish() for writer in writers])
    assert list(vault.object_ids()) == []
    assert not list((vault.root / "incoming").iterdir())


def test_a_failed_flush_of_a_folder_takes_the_names_back(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(rooms, "flush_folder", fails)
    with refuses("vault.io"):
        put(vault, b"content")
    assert list(vault.object_ids()) == []


def test_a_drive_that_went_away_is_missing(vault: LocalBackend) -> None:
    path = put(vault, b"content")
    shutil.rmtree(vault.root)
    with refuses("vault.missing"):
        vault.open(path.name)
    with refuses("vault.missing"):
        vault.new_object()
    for question in (vault.free_space, lambda: list(vault.object_ids())):
        with refuses("vault.missing"):
            question()


def test_reading_a_closed_object_is_a_refusal_not_another_file(vault: LocalBackend) -> None:
    source = vault.open(put(vault, b"content").name)
    source.close()
    source.close()
    with refuses("vault.io"):
        source.pread(0, 1)


def test_a_vault_where_a_file_lies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("a file")
    with pytest.raises(Refusal):
        LocalBackend(tmp_path / "vault")


def test_the_errors_of_a_disk_have_names() -> None:
    said = {number: disk_refusal(OSError(number, "x")).code for number in (28, 122, 30, 13, 2, 116, 40, 5, 24)}
    assert said == {
        28: "vault.full", 122: "vault.full", 30: "vault.read_only", 13: "vault.read_only", 2: "vault.missing",
        116: "vault.missing", 40: "vault.foreign", 5: "vault.io", 24: "vault.io",
    }
