"""Reading an object at any place: every byte handed out was authenticated, and the lease was asked first."""

from __future__ import annotations

import io
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag

from desktop.errors import Refusal, on_failure
from desktop.vault.format import HEADER, Opener, cipher_span, plain_size, plain_start, segment_at, segment_count

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LEASE_SECONDS = 1.0
"""A lease that was asked longer ago than this is asked again, for cached segments too."""


class RandomAccess(Protocol):
    """The bytes of one object as they lie in a backend."""

    @property
    def size(self) -> int:
        """Bytes on disk."""

    def pread(self, offset: int, length: int) -> bytes:
        """The bytes at `offset`; shorter at the end only. Safe from several threads."""

    def close(self) -> None:
        """Let go of the file."""


def _no_lease() -> None:
    return None


class SegmentReader:
    """The content of one object, read at random, thread-safe, in memory only.

    `lease` raises `Refusal` when the grant has expired or was revoked; then nothing more is handed out and what was
    decrypted is dropped. `failure` keeps the first exception for players that swallow what a read raises.
    Refuses with `vault.damaged` (object_id, segment) what is not as it was written; a wrong key looks the same.
    """

    def __init__(
        self,
        source: RandomAccess,
        data_key: bytes,
        object_id: str,
        cipher_size: int,
        lease: Callable[[], None] = _no_lease,
        cache: int = 8,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.object_id = object_id
        self.failure: BaseException | None = None
        self._source, self._lease, self._clock = source, lease, clock
        self._cipher_size = cipher_size
        self._asked: float | None = None
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._room = max(cache, 1)
        self._lock = threading.Lock()
        if source.size != cipher_size:
            raise self._damaged(0)
        try:
            self.size = plain_size(cipher_size)
            self._opener = Opener(data_key, object_id, source.pread(0, HEADER))
        except ValueError:
            raise self._damaged(0) from None
        self._last = segment_count(self.size) - 1
        if self.size == 0:
            self._decrypt(0)  # no read would: a file cut down to its header must not pass for an empty one

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes of content at `offset`; shorter at the end only."""
        if offset < 0 or length < 0:
            raise ValueError("offset and length are not negative")
        try:
            return self._read(offset, min(offset + length, self.size))
        except BaseException as error:  # whoever reads through C gets no exception, and asks here why there was nothing
            self.failure = self.failure or error
            raise

    def close(self) -> None:
        """Drop what was decrypted and let go of the file."""
        with self._lock:
            self._kept.clear()
        self._source.close()

    def __enter__(self) -> SegmentReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, offset: int, end: int) -> bytes:
        if self._asked is None or self._clock() - self._asked > LEASE_SECONDS:
            self._ask()
        pieces = []
        while offset < end:
            index = segment_at(offset)
            start = plain_start(index)
            piece = memoryview(self._segment(index))[offset - start : end - start]
            pieces.append(piece)
            offset += len(piece)
        return b"".join(pieces)

    def _ask(self) -> None:
        with on_failure(self._forget):
            self._lease()
        self._asked = self._clock()

    def _forget(self) -> None:
        self._asked = None
        with self._lock:
            self._kept.clear()

    def _segment(self, index: int) -> bytes:
        with self._lock:
            kept = self._kept.get(index)
            if kept is not None:
                self._kept.move_to_end(index)
                return kept
        # Outside the lock: two readers may decrypt the same segment twice, but none waits for the other's disk.
        self._ask()
        plain = self._decrypt(index)
        with self._lock:
            self._kept[index] = plain
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return plain

    def _decrypt(self, index: int) -> bytes:
        start, length = cipher_span(index, self._cipher_size)
        try:
            return self._opener.open(index, self._source.pread(start, length), last=index == self._last)
        except InvalidTag:
            raise self._damaged(index) from None

    def _damaged(self, segment: int) -> Refusal:
        return Refusal("vault.damaged", object_id=self.object_id, segment=segment)


class ReaderFile(io.RawIOBase):
    """A `SegmentReader` as a seekable binary file, for decoders of media, pages and pictures."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._reader.size}[whence]
        if base + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._reader.read_at(self._at, len(view))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def readall(self) -> bytes:
        rest = self._reader.read_at(self._at, max(self._reader.size - self._at, 0))
        self._at += len(rest)
        return rest
