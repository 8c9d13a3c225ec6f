"""What the media room reads from: an object's bytes at any place, and the same as a file for PyAV and Pillow."""

from __future__ import annotations

from typing import Protocol, cast

from desktop.vault.segments import ReaderFile, SegmentReader


class Reader(Protocol):
    """Random access to the plain bytes of one object; every call may come from another thread."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def failure(self) -> BaseException | None:
        """Why reading stopped, when it did: a grant that ended, a damaged object."""

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes there; short only at the end. Raises `Refusal` when the grant ended or the object is damaged."""


class MemoryReader:
    """Bytes that are already in memory, as a reader: for what was just made, and for tests."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.failure: BaseException | None = None

    @property
    def size(self) -> int:
        return len(self._content)

    def read_at(self, offset: int, length: int) -> bytes:
        return self._content[offset : offset + length]


class Tail:
    """A reader that begins further on: for containers that may be cut anywhere, such as transport streams and MP3."""

    def __init__(self, reader: Reader, offset: int) -> None:
        self._reader = reader
        self._offset = min(max(offset, 0), reader.size)

    @property
    def size(self) -> int:
        return self._reader.size - self._offset

    @property
    def failure(self) -> BaseException | None:
        return self._reader.failure

    def read_at(self, offset: int, length: int) -> bytes:
        return self._reader.read_at(self._offset + offset, length)


def as_file(reader: Reader) -> ReaderFile:
    """The reader as a file that PyAV, Pillow and pypdfium2 can open."""
    return ReaderFile(cast(SegmentReader, reader))  # it asks for `size` and `read_at` only, which every reader has
