"""One source through the pipe: read and hashed in one thread, encrypted and written in the other."""

from __future__ import annotations

import hashlib
import os
import queue
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from desktop.errors import Refusal, on_failure
from desktop.jobs import Progress
from desktop.vault.contract import Backend, Finished, ObjectWriter
from desktop.vault.direct import page_buffer
from desktop.vault.format import FULL_PLAIN, HEADER, KEY, SEGMENT, TAG, Sealer, cipher_size

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SLOTS = 4


class Readable(Protocol):
    """An open source of bytes: a file, or anything with `readinto`."""

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        """Fill the buffer from the source; 0 at its end."""


@dataclass(frozen=True)
class Stored:
    """An object in the vault: its key, and what proves that it is the source (digests in hex, sizes in bytes)."""

    object_id: str
    data_key: bytes = field(repr=False)
    sha256: str
    size: int
    cipher_size: int
    cipher_sha256: str
    finished: Finished | None = field(default=None, repr=False, compare=False)
    source: object = field(default=None, compare=False)


class Pipe:
    """The buffers of one intake, used again for each source: memory stays the same for a page and for a day of video."""

    def __init__(self) -> None:
        self._slots = [memoryview(bytearray(FULL_PLAIN)) for _ in range(_SLOTS)]
        self._behind = _WriteBehind()

    def store(self, source: Readable, backend: Backend, progress: Progress, data_key: bytes | None, origin: object = None) -> Stored:
        """Write the source; `origin` is what the result names as its source."""
        writer = backend.new_object()
        with on_failure(writer.abandon):
            return self._store(source, writer, progress, data_key or os.urandom(KEY), origin)

    def _store(self, source: Readable, writer: ObjectWriter, progress: Progress, data_key: bytes, origin: object) -> Stored:
        sealer = Sealer(data_key, writer.object_id)
        plain_sum, cipher_sum = hashlib.sha256(), hashlib.sha256()
        size, start = 0, HEADER
        with on_failure(self._behind.forget):
            for segment, last in self._segments(source, sealer.room, plain_sum):
                # Header and first segment are one block, so that every block but the last begins and ends on a page.
                block = self._behind.room()[: start + len(segment) + TAG]
                block[:start] = sealer.header[:start]
                sealer.seal_into(segment, block[start:], last=last)
                self._behind.write(writer, block, last)
                cipher_sum.update(block)
                size, start = size + len(segment), 0
                progress.step(amount=len(segment))
            self._behind.finish()
        return Stored(writer.object_id, data_key, plain_sum.hexdigest(), size, cipher_size(size), cipher_sum.hexdigest(),
                      writer.finish(), origin)

    def _segments(self, source: Readable, first: int, plain_sum: hashlib._Hash) -> Iterator[tuple[memoryview, bool]]:
        """The content in segments, hashed; a second thread reads ahead once there is more than one segment."""
        segment = _fill(source, self._slots[0][:first])
        plain_sum.update(segment)
        if len(segment) < first:
            yield segment, True
            return
        ahead = _ReadAhead(source, self._slots[1:], plain_sum)
        try:
            for following in ahead:
                yield segment, False
                ahead.give_back(segment)
                segment = following
            yield segment, True
        finally:
            ahead.stop()


class _WriteBehind:
    """A thread that writes one block while the next is sealed into the other buffer."""

    def __init__(self) -> None:
        self._buffers = deque(page_buffer(SEGMENT) for _ in range(2))
        self._lane = ThreadPoolExecutor(1, "vault-write")
        self._under_way: deque[Future[None]] = deque()

    def room(self) -> memoryview:
        """The buffer that is not being written. Raises what an earlier write raised."""
        if len(self._under_way) == len(self._buffers):
            self._under_way.popleft().result()
        self._buffers.rotate()
        return self._buffers[0]

    def write(self, writer: ObjectWriter, block: memoryview, last: bool) -> None:
        """Write the block; an only block at once, for a thread would cost more than it saves."""
        if last and not self._under_way:
            writer.write(block)
        else:
            self._under_way.append(self._lane.submit(writer.write, block))

    def finish(self) -> None:
        """Wait for what is under way. Raises what a write raised."""
        while self._under_way:
            self._under_way.popleft().result()

    def forget(self) -> None:
        """Wait without asking how it went: only then may the object be abandoned and the buffers be used again."""
        wait(self._under_way)
        self._under_way.clear()


class _ReadAhead:
    """A thread that reads and hashes while the other encrypts and writes."""

    def __init__(self, source: Readable, slots: list[memoryview], plain_sum: hashlib._Hash) -> None:
        self._free: queue.SimpleQueue[memoryview | None] = queue.SimpleQueue()
        self._full: queue.SimpleQueue[memoryview | BaseException | None] = queue.SimpleQueue()
        for slot in slots:
            self._free.put(slot)
        self._thread = threading.Thread(target=self._run, args=(source, plain_sum), name="vault-read", daemon=True)
        self._thread.start()

    def _run(self, source: Readable, plain_sum: hashlib._Hash) -> None:
        try:
            while (slot := self._free.get()) is not None:
                segment = _fill(source, slot[:FULL_PLAIN])
                if not segment:
                    break
                plain_sum.update(segment)
                self._full.put(segment)
            self._full.put(None)
        except BaseException as error:  # raised again in the thread that waits for the segment
            self._full.put(error)

    def __iter__(self) -> Iterator[memoryview]:
        while (segment := self._full.get()) is not None:
            if isinstance(segment, BaseException):
                raise segment
            yield segment

    def give_back(self, segment: memoryview) -> None:
        whole = segment.obj
        assert isinstance(whole, bytearray)
        self._free.put(memoryview(whole))

    def stop(self) -> None:
        self._free.put(None)
        self._thread.join()


def _fill(source: Readable, room: memoryview) -> memoryview:
    """Read until the room is full or the source ends."""
    done = 0
    try:
        while done < len(room):
            got = source.readinto(room[done:])
            if not got:
                break
            done += got
    except OSError as error:
        raise unreadable(error) from error
    return room[:done]


def unreadable(error: OSError) -> Refusal:
    """The refusal for a source that cannot be read."""
    return Refusal("vault.source_unreadable", reason=error.strerror or str(error))
