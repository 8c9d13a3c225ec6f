"""Into the vault: one source or thousands, published in batches, read back and compared."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.errors import Cancelled, Refusal
from desktop.jobs import Progress, Silent
from desktop.vault.contract import Backend
from desktop.vault.pipe import Pipe, Readable, Stored, unreadable
from desktop.vault.readback import check_object, verify_stored

__all__ = ["Failed", "FileSource", "Readable", "Source", "Stored", "check_object", "keep", "store", "store_many", "verify_stored"]

BATCH_FILES = 64
BATCH_BYTES = 64 << 20
READERS = 3
UNDER_WAY = 2  # batches that are flushed or read back while another is written


class Source(Protocol):
    """Something to take in: opened when its turn comes, closed right after, never moved or deleted."""

    def open(self) -> AbstractContextManager[Readable]:
        """Open for reading. Raises OSError when it has gone."""


@dataclass(frozen=True)
class FileSource:
    """A file of this machine."""

    path: os.PathLike[str]

    def open(self) -> AbstractContextManager[Readable]:
        return open(self.path, "rb", buffering=0)


@dataclass(frozen=True)
class Failed:
    """A source that was not taken in, and why; nothing of it is in the vault."""

    source: object
    refusal: Refusal


def store(
    source: Readable, backend: Backend, progress: Progress | None = None, *, data_key: bytes | None = None
) -> Stored:
    """Write one source as a new object under a temporary name; not visible until `backend.publish([stored.finished])`.

    Progress steps in bytes. Refuses with `vault.source_unreadable` (reason) when the source fails in the middle, and
    with what the backend says; then nothing is left of it.
    """
    return Pipe().store(source, backend, progress or Silent(), data_key)


def keep(source: Readable, backend: Backend, progress: Progress | None = None) -> Stored:
    """Store, publish and verify one source."""
    stored = store(source, backend, progress)
    assert stored.finished is not None
    backend.publish([stored.finished])
    stored = replace(stored, finished=None)
    try:
        verify_stored(backend, stored)
    except Refusal:
        _take_back(backend, stored)
        raise
    return stored


def store_many(
    sources: Iterable[Source], backend: Backend, progress: Progress | None = None
) -> Iterator[Stored | Failed]:
    """Take in many sources: yields each, in their order, once it is published and read back.

    While one batch is read back, the next is flushed and the one after it is written. A source that fails is yielded as `Failed` and the
    others go on. When the person cancels, what was finished is still published, verified and yielded; then
    `Cancelled` is raised. Whoever stops listening leaves nothing behind.
    """
    return _Many(backend, progress or Silent()).run(sources)


class _Many:
    def __init__(self, backend: Backend, progress: Progress) -> None:
        self._backend, self._progress = backend, progress
        self._pipe = Pipe()
        self._batch: list[Stored | Failed] = []
        self._bytes = 0
        self._settling: deque[Future[list[Stored | Failed]]] = deque()
        self._ready: deque[Stored | Failed] = deque()

    def run(self, sources: Iterable[Source]) -> Iterator[Stored | Failed]:
        cancelled: Cancelled | None = None
        with (ThreadPoolExecutor(1, "vault-publish") as self._publishing, ThreadPoolExecutor(1, "vault-settle") as self._comparing,
              ThreadPoolExecutor(READERS, "vault-verify") as self._readers):
            try:
                for source in sources:
                    try:
                        self._add(self._one(source))
                    except Cancelled as asked:
                        cancelled = asked
                        break
                    if self._is_full():
                        self._hand_over()
                    while self._ready:
                        yield self._ready.popleft()
                self._hand_over()
                self._collect()
                while self._ready:
                    yield self._ready.popleft()
            finally:
                self._leave_nothing()
        if cancelled:
            raise cancelled

    def _one(self, source: Source) -> Stored | Failed:
        try:
            try:
                opened = source.open()
            except OSError as error:
                raise unreadable(error) from error
            with opened as content:
                return self._pipe.store(content, self._backend, self._progress, None, source)
        except Refusal as refusal:
            return Failed(source, refusal)

    def _add(self, one: Stored | Failed) -> None:
        self._batch.append(one)
        self._bytes += one.size if isinstance(one, Stored) else 0

    def _is_full(self) -> bool:
        return len(self._batch) >= BATCH_FILES or self._bytes >= BATCH_BYTES

    def _hand_over(self) -> None:
        """Give the batch to the other threads; two at a time, so that memory and open files stay bounded."""
        self._collect(UNDER_WAY - 1)
        published = self._publishing.submit(_publish, self._backend, self._batch)
        self._settling.append(self._comparing.submit(_read_all_back, self._backend, published, self._readers))
        self._batch, self._bytes = [], 0

    def _collect(self, leave: int = 0) -> None:
        """Wait until no more than so many batches are under way."""
        while len(self._settling) > leave:
            self._ready.extend(self._settling.popleft().result())

    def _leave_nothing(self) -> None:
        """Remove what nobody was told of: the listener has gone, or something broke."""
        self._collect()
        for one in self._batch:
            if isinstance(one, Stored) and one.finished:
                one.finished.abandon()
        for one in self._ready:
            if isinstance(one, Stored):
                _take_back(self._backend, one)


def _publish(backend: Backend, batch: list[Stored | Failed]) -> list[Stored | Failed]:
    try:
        backend.publish([one.finished for one in batch if isinstance(one, Stored) and one.finished])
    except Refusal as refusal:
        return [Failed(one.source, refusal) if isinstance(one, Stored) else one for one in batch]
    return batch


def _read_all_back(backend: Backend, published: Future[list[Stored | Failed]], readers: ThreadPoolExecutor) -> list[Stored | Failed]:
    """Read a published batch back, several objects at a time: a device answers slowly, but many at once."""
    found = list(published.result())
    shares = [found[lane::READERS] for lane in range(READERS)]  # a thread takes a share: handing each over would cost more than it saves
    for lane, share in enumerate(readers.map(lambda share: [_read_back(backend, one) for one in share], shares)):
        found[lane::READERS] = share
    return found


def _read_back(backend: Backend, stored: Stored | Failed) -> Stored | Failed:
    if isinstance(stored, Failed):
        return stored
    try:
        verify_stored(backend, stored, cipher_digest=False)
    except Refusal as refusal:
        _take_back(backend, stored)
        return Failed(stored.source, refusal)
    return replace(stored, finished=None)


def _take_back(backend: Backend, stored: Stored) -> None:
    # Where even this fails it stays an object without a row, which the intent of the intake names at the next start.
    with contextlib.suppress(Refusal):
        backend.delete(stored.object_id)
