"""What every backend of the vault must do; a new one is added to `BACKENDS` and nothing else."""

from __future__ import annotations

import mmap
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.vault.backend import Backend, LocalBackend

BACKENDS: dict[str, Callable[[Path], Backend]] = {"local": lambda folder: LocalBackend(folder / "vault")}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    return BACKENDS[request.param](tmp_path)


def refuses(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def put(backend: Backend, *blocks: bytes) -> str:
    writer = backend.new_object()
    for block in blocks:
        writer.write(block)
    backend.publish([writer.finish()])
    return writer.object_id


def content(backend: Backend, object_id: str) -> bytes:
    source = backend.open(object_id)
    try:
        return source.pread(0, source.size + 10)
    finally:
        source.close()


def test_what_was_published_is_read_back(backend: Backend) -> None:
    object_id = put(backend, b"first ", b"", memoryview(b"second"))
    assert content(backend, object_id) == b"first second"
    assert list(backend.object_ids()) == [object_id]


def test_any_span_is_read_and_the_end_is_short(backend: Backend) -> None:
    whole = os.urandom(300_000)
    source = backend.open(put(backend, whole))
    assert source.size == len(whole)
    for offset, length in ((0, 10), (5, 0), (299_990, 100), (300_000, 5), (123_456, 65_536)):
        assert source.pread(offset, length) == whole[offset : offset + length]
    source.close()


@pytest.mark.parametrize("offset", [0, 1])
def test_large_blocks_wherever_they_lie_are_read_fresh_as_they_were_written(backend: Backend, offset: int) -> None:
    with mmap.mmap(-1, (1 << 20) + 4096) as room:
        room.write(os.urandom(len(room)))
        with memoryview(room) as whole, whole[offset : offset + (1 << 20)] as block, whole[:777] as tail:
            object_id = put(backend, block, block, tail, block)
            expected = bytes(block) * 2 + bytes(tail) + bytes(block)
    source = backend.open(object_id, fresh=True)
    assert source.size == len(expected)
    for at, length in ((0, 3 << 20), (0, 40), (4095, 2), (1 << 20, 1 << 20), (len(expected) - 5, 100), (len(expected), 9), (7, 0)):
        assert source.pread(at, length) == expected[at : at + length]
    source.close()


def test_an_empty_object_is_an_object(backend: Backend) -> None:
    assert content(backend, put(backend)) == b""


def test_names_say_nothing_and_never_repeat(backend: Backend) -> None:
    names = {put(backend, b"the same content") for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)
    assert list(backend.object_ids()) == sorted(names)


def test_nothing_is_visible_before_it_is_published(backend: Backend) -> None:
    writer = backend.new_object()
    writer.write(b"half")
    finished = writer.finish()
    assert list(backend.object_ids()) == []
    with refuses("vault.missing"):
        backend.open(writer.object_id)
    backend.publish([finished])
    assert content(backend, writer.object_id) == b"half"


def test_many_are_published_at_once(backend: Backend) -> None:
    writers = [backend.new_object() for _ in range(40)]
    for number, writer in enumerate(writers):
        writer.write(b"%d" % number)
    backend.publish([writer.finish() for writer in writers])
    backend.publish([])
    assert [content(backend, writer.object_id) for writer in writers] == [b"%d" % number for number in range(40)]


def test_abandoned_objects_leave_nothing(backend: Backend) -> None:
    writer = backend.new_object()
    writer.write(b"half")
    writer.abandon()
    writer.abandon()
    finished = backend.new_object().finish()
    finished.abandon()
    assert backend.sweep() == 0
    assert list(backend.object_ids()) == []


def test_abandoning_a_published_object_does_not_remove_it(backend: Backend) -> None:
    writer = backend.new_object()
    finished = writer.finish()
    backend.publish([finished])
    finished.abandon()
    assert content(backend, writer.object_id) == b""


def test_deleted_objects_are_gone(backend: Backend) -> None:
    gone, stays = put(backend, b"gone"), put(backend, b"stays")
    backend.delete(gone)
    assert list(backend.object_ids()) == [stays]
    for question in (backend.open, backend.delete):
        with pytest.raises(Refusal) as caught:
            question(gone)
        assert caught.value.code == "vault.missing"
        assert caught.value.facts["object_id"] == gone


@pytest.mark.parametrize("name", ["", "../../../../etc/passwd", "AB" * 16, "a" * 31, "a" * 32 + "\n", "incoming"])
def test_what_is_no_id_is_missing(backend: Backend, name: str) -> None:
    with refuses("vault.missing"):
        backend.open(name)
    with refuses("vault.missing"):
        backend.delete(name)


def test_an_unknown_id_is_missing(backend: Backend) -> None:
    with refuses("vault.missing"):
        backend.open(secrets.token_hex(16))


def test_a_sweep_leaves_what_is_being_written(backend: Backend) -> None:
    writer = backend.new_object()
    writer.write(b"still ")
    assert backend.sweep() == 0
    writer.write(b"writing")
    backend.publish([writer.finish()])
    assert content(backend, writer.object_id) == b"still writing"


def test_free_space_is_said_or_unknown(backend: Backend) -> None:
    free = backend.free_space()
    assert free is None or free > 0
