"""Intake: digests of the source, batches, bad sources, cancelling, and a desk killed in the middle."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from vault_kit import refuses, tink_open

from desktop.errors import Cancelled, Refusal
from desktop.jobs import Silent, Tracked
from desktop.vault import intake_pipe
from desktop.vault.backend import LocalBackend
from desktop.vault.format import FIRST_PLAIN, FULL_PLAIN, SEGMENT, cipher_size
from desktop.vault.intake_pipe import Failed, FileSource, Stored, check_object, keep, store, store_many, verify_stored
from desktop.vault.segments import SegmentReader

SIZES = [0, 1, FIRST_PLAIN, FIRST_PLAIN + 1, FIRST_PLAIN + FULL_PLAIN, 5 * SEGMENT + 17]


@dataclass(frozen=True)
class Given:
    """A source in memory."""

    content: bytes

    def open(self) -> AbstractContextManager[io.BytesIO]:
        return io.BytesIO(self.content)


@dataclass(frozen=True)
class Breaking:
    """A card that fails after some bytes."""

    good: int

    def open(self) -> AbstractContextManager[io.BytesIO]:
        return _Breaking(bytes(self.good))


class _Breaking(io.BytesIO):
    def readinto(self, buffer: object) -> int:
        got = super().readinto(buffer)  # type: ignore[arg-type]  # the stub of BytesIO is narrower
        if not got:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return got


@pytest.fixture
def vault(tmp_path: Path) -> LocalBackend:
    return LocalBackend(tmp_path / "vault")


def files_in(vault: LocalBackend) -> int:
    return sum(path.is_file() for path in vault.root.rglob("*"))


def on_disk(vault: LocalBackend, object_id: str) -> Path:
    return vault.root / object_id[:2] / object_id[2:4] / object_id


@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_is_the_source(vault: LocalBackend, size: int) -> None:
    content = os.urandom(size)
    kept = keep(io.BytesIO(content), vault)
    whole = on_disk(vault, kept.object_id).read_bytes()
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), size)
    assert (kept.cipher_sha256, kept.cipher_size) == (hashlib.sha256(whole).hexdigest(), len(whole))
    assert len(whole) == cipher_size(size)
    assert tink_open(whole, kept.data_key, kept.object_id) == content
    reader = SegmentReader(vault.open(kept.object_id), kept.data_key, kept.object_id, kept.cipher_size)
    assert reader.read_at(0, size + 1) == content
    assert check_object(vault, kept.object_id, kept.cipher_size, kept.cipher_sha256) == []


def test_a_source_that_reads_in_drops_is_the_same(vault: LocalBackend) -> None:
    class Drops(io.BytesIO):
        def readinto(self, buffer: object) -> int:
            return super().readinto(memoryview(buffer)[:70_001])  # type: ignore[arg-type]  # any buffer is given

    content = os.urandom(3 * SEGMENT)
    assert keep(Drops(content), vault).sha256 == hashlib.sha256(content).hexdigest()


def test_the_key_is_not_shown(vault: LocalBackend) -> None:
    kept = keep(io.BytesIO(b"content"), vault)
    assert kept.data_key.hex() not in repr(kept)
    assert repr(kept.data_key) not in repr(kept)


def test_stored_is_not_visible_until_it_is_published(vault: LocalBackend) -> None:
    stored = store(io.BytesIO(b"content"), vault, data_key=bytes(32))
    assert stored.finished is not None
    assert stored.data_key == bytes(32)
    with refuses("vault.missing"):
        verify_stored(vault, stored)
    vault.publish([stored.finished])
    verify_stored(vault, stored)


def test_reading_back_names_the_damaged_segment(vault: LocalBackend) -> None:
    kept = keep(io.BytesIO(os.urandom(3 * SEGMENT)), vault)
    path = on_disk(vault, kept.object_id)
    whole = path.read_bytes()
    for at, segment in ((0, 0), (2, 0), (SEGMENT + 3, 1), (len(whole) - 1, 3)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with refuses("vault.damaged") as caught:
            verify_stored(vault, kept)
        assert caught.value.facts["segment"] == segment
    path.write_bytes(whole[:-1])
    with refuses("vault.damaged"):
        verify_stored(vault, kept)
    path.write_bytes(whole)
    verify_stored(vault, kept)
    for wrong in (replace(kept, sha256="0" * 64), replace(kept, cipher_sha256="0" * 64), replace(kept, data_key=bytes(32))):
        with refuses("vault.damaged"):
            verify_stored(vault, wrong)
    verify_stored(vault, replace(kept, cipher_sha256=""), cipher_digest=False)


def test_checking_without_the_key_finds_what_is_wrong(vault: LocalBackend) -> None:
    kept = keep(io.BytesIO(os.urandom(2 * SEGMENT)), vault)
    path = on_disk(vault, kept.object_id)
    whole = path.read_bytes()

    def findings() -> list[str]:
        return check_object(vault, kept.object_id, kept.cipher_size, kept.cipher_sha256)

    path.write_bytes(whole[:-1])
    assert findings() == ["object.size", "object.digest"]
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert findings() == ["object.digest"]
    path.unlink()
    assert findings() == ["object.missing"]
    path.symlink_to("/etc/hostname")
    with refuses("vault.foreign"):
        findings()


def test_an_object_that_does_not_read_back_is_not_kept(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def bad_disk(*_: object, **__: object) -> None:
        raise Refusal("vault.damaged", object_id="", segment=0)

    monkeypatch.setattr(intake_pipe, "verify_stored", bad_disk)
    with refuses("vault.damaged"):
        keep(io.BytesIO(b"content"), vault)
    (result,) = store_many([Given(b"content")], vault)
    assert isinstance(result, Failed)
    assert files_in(vault) == 0


def test_bad_sources_fail_alone_and_in_their_place(vault: LocalBackend, tmp_path: Path) -> None:
    there = tmp_path / "there.bin"
    there.write_bytes(b"there")
    sources = [
        Given(b"one"), Breaking(0), Breaking(100), FileSource(tmp_path / "gone.bin"), FileSource(tmp_path),
        Breaking(3 * SEGMENT), FileSource(there), Given(os.urandom(4 * SEGMENT)),
    ]
    results = list(store_many(sources, vault))
    assert [one.source for one in results] == sources
    assert [isinstance(one, Stored) for one in results] == [True, False, False, False, False, False, True, True]
    assert {one.refusal.code for one in results if isinstance(one, Failed)} == {"vault.source_unreadable"}
    assert files_in(vault) == 3
    assert there.read_bytes() == b"there"


def test_many_sources_over_several_batches(vault: LocalBackend) -> None:
    contents = [b"%d" % number * number for number in range(3 * intake_pipe.BATCH_FILES + 5)]
    results = list(store_many((Given(content) for content in contents), vault))
    assert [one.sha256 for one in results if isinstance(one, Stored)] == [hashlib.sha256(c).hexdigest() for c in contents]
    assert sorted(one.object_id for one in results if isinstance(one, Stored)) == list(vault.object_ids())
    assert vault.sweep() == 0
    assert list(store_many([], vault)) == []


def test_progress_is_told_in_bytes(vault: LocalBackend) -> None:
    told = Tracked()
    told.begin(5 * SEGMENT)
    keep(io.BytesIO(bytes(5 * SEGMENT)), vault, told)
    assert told.done == 5 * SEGMENT


def test_cancelling_keeps_what_was_finished_and_leaves_no_half(vault: LocalBackend) -> None:
    class StopsAfter(Silent):
        left = 12

        def step(self, note: str = "", amount: int = 1) -> None:
            self.left -= 1
            if self.left == 0:
                raise Cancelled

    taken: list[Stored | Failed] = []
    results = store_many([Given(os.urandom(3 * SEGMENT)) for _ in range(9)], vault, StopsAfter())
    with pytest.raises(Cancelled):
        taken.extend(results)
    assert len(taken) == 2  # four segments each, stopped at the last of the third
    assert files_in(vault) == 2


def test_a_listener_who_leaves_leaves_nothing_behind(vault: LocalBackend) -> None:
    results = store_many((Given(b"%d" % number) for number in range(400)), vault)
    first = [next(results), next(results)]
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert set(vault.object_ids()) == {one.object_id for one in first if isinstance(one, Stored)}
    assert files_in(vault) == 2


def test_a_list_of_sources_that_breaks_leaves_nothing_unfinished(vault: LocalBackend, tmp_path: Path) -> None:
    def sources() -> Iterator[Given | FileSource]:
        yield Given(b"one")
        yield FileSource(tmp_path / "gone")
        raise RuntimeError("the list itself broke")

    with pytest.raises(RuntimeError):
        list(store_many(sources(), vault))
    assert files_in(vault) == 0


def test_a_flush_that_fails_fails_its_batch(vault: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(fd: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails)
    results = list(store_many([Given(b"one"), Breaking(1), Given(b"two")], vault))
    assert [one.refusal.code for one in results if isinstance(one, Failed)] == ["vault.io", "vault.source_unreadable", "vault.io"]
    assert files_in(vault) == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_drive_fails_what_does_not_fit_and_goes_on(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], check=True)
    try:
        vault = LocalBackend(place / "vault")
        sources = [Given(os.urandom(SEGMENT)), Given(bytes(9 * SEGMENT)), Given(b"small")]
        results = list(store_many(sources, vault))
        assert [isinstance(one, Stored) for one in results] == [True, False, True]
        assert isinstance(results[1], Failed)
        assert results[1].refusal.code == "vault.full"
        assert files_in(vault) == 2
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_memory_does_not_grow_with_the_source(vault: LocalBackend) -> None:
    class Zeros(io.RawIOBase):
        left = 150 * SEGMENT

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]  # any buffer is given
            take = min(len(view), self.left)
            self.left -= take
            return take

    tracemalloc.start()
    try:
        kept = keep(Zeros(), vault)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept.size == 150 * SEGMENT
    assert highest < 16 * SEGMENT


KILLED = """
import sys, os
from pathlib import Path
from desktop.vault.backend import LocalBackend
from desktop.vault.intake_pipe import FileSource, store_many
sources = [FileSource(path) for path in sorted(Path(sys.argv[1]).iterdir())]
while True:
    for kept in store_many(sources, LocalBackend(Path(sys.argv[2]))):
        print(kept.object_id, kept.data_key.hex(), kept.sha256, kept.size, kept.cipher_size, kept.cipher_sha256, flush=True)
"""


@pytest.mark.parametrize("after", [1, 70, 151])
def test_a_killed_desk_loses_nothing_it_acknowledged(tmp_path: Path, after: int) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(100):
        (sources / f"{number:03d}").write_bytes(os.urandom(200_000))
    (sources / "large").write_bytes(os.urandom(6 * SEGMENT))
    arguments = [sys.executable, "-c", KILLED, str(sources), str(tmp_path / "vault")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        lines = [desk.stdout.readline() for _ in range(after)]
        os.kill(desk.pid, signal.SIGKILL)
        lines += [line for line in desk.stdout if line.endswith("\n")]
    vault = LocalBackend(tmp_path / "vault")
    vault.sweep()
    assert not list((vault.root / "incoming").iterdir())
    known = set(vault.object_ids())
    for line in lines:
        object_id, key, digest, size, on_disk_size, on_disk_digest = line.split()
        assert object_id in known
        verify_stored(vault, Stored(object_id, bytes.fromhex(key), digest, int(size), int(on_disk_size), on_disk_digest))
    whole = {cipher_size(200_000), cipher_size(6 * SEGMENT)}
    assert {on_disk(vault, object_id).stat().st_size for object_id in known} <= whole
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.iterdir()}  # the sources are still there
    assert len(list(sources.iterdir())) == 101
