"""A file that lies encrypted in the vault, read by a worker piece by piece: the worker asks over a socket, the archive answers.

Nothing is decrypted onto a disk or held whole in memory. A question is two numbers of eight bytes (place, length), an answer its length in four
bytes and the bytes themselves; a question that is refused ends the conversation.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from desktop.errors import Cancelled

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from desktop.tools.worker import Workers

PIECE_MOST = 1 << 20
_QUESTION, _LENGTH = struct.Struct(">QQ"), struct.Struct(">I")


class Readable(Protocol):
    """Random access to plain bytes, as the readers of the vault give it."""

    @property
    def size(self) -> int:
        """Bytes."""

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes there; short only at the end."""


def run_asking(workers: Workers, task: str, source: Readable, args: dict[str, Any], timeout: float,
               step: Callable[[int], None]) -> tuple[dict[str, Any], bytes]:
    """Let a worker do `task` on `source`, of which it gets no more than it asks for. `step(n)` is called when it has come n bytes further.

    Raises what `source` refuses and what `step` raises (`Cancelled`): then the worker is left without an answer, and ends its task. Raises
    `Cancelled` as well where the workers were closed before it began: the program is leaving.
    """
    from concurrent.futures import ThreadPoolExecutor  # here, because every worker imports this file for its own side

    from desktop.tools.worker import PoolClosed

    ours, theirs = socket.socketpair()

    def run() -> tuple[dict[str, Any], bytes]:
        with theirs:
            return workers.run(task, theirs, {**args, "size": source.size}, timeout)

    with ThreadPoolExecutor(1, "asking") as lane:
        with ours:
            coming = lane.submit(run)
            _answer(ours, source, step)
        try:
            return coming.result()
        except PoolClosed:
            raise Cancelled from None


def _answer(line: socket.socket, source: Readable, step: Callable[[int], None]) -> None:
    """Answer until the worker's side is closed."""
    reached = 0
    with contextlib.suppress(ConnectionError):
        while len(question := _exactly(line.recv, _QUESTION.size)) == _QUESTION.size:
            place, length = _QUESTION.unpack(question)
            piece = source.read_at(min(place, source.size), min(length, PIECE_MOST))
            line.sendall(_LENGTH.pack(len(piece)) + piece)
            if place + len(piece) > reached:
                step(place + len(piece) - reached)
                reached = place + len(piece)


class AskedFile(io.RawIOBase):
    """The worker's side: the file behind descriptor `fd`, which is a socket, as a seekable binary file."""

    def __init__(self, fd: int, size: int) -> None:
        super().__init__()
        self._fd, self._size, self._at = fd, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = max({os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence] + offset, 0)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        length = min(len(room), self._size - self._at, PIECE_MOST)
        if length <= 0:
            return 0
        os.write(self._fd, _QUESTION.pack(self._at, length))
        head = _exactly(lambda n: os.read(self._fd, n), _LENGTH.size)
        piece = _exactly(lambda n: os.read(self._fd, n), _LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
        if not piece:
            raise OSError("the archive answers no more")
        room[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    """So many bytes, fewer where the other side is gone."""
    got = b""
    while len(got) < length and (more := read(length - len(got))):
        got += more
    return got
