"""Frames between the archive and a worker: a JSON header, raw bytes, and at most one open file."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from typing import Any

from desktop.errors import on_failure

_SIZES = struct.Struct(">IQ")
HEADER_MOST = 16 << 20
BODY_MOST = 96 << 20
_AT_ONCE = 64 << 10


class Broken(Exception):
    """The other side is gone, or does not speak the format."""


def send(line: socket.socket, header: dict[str, Any], body: bytes = b"", fd: int | None = None) -> None:
    """Send one frame; `fd` travels with its first byte, so that the worker needs no way into the file system."""
    head = json.dumps(header, ensure_ascii=True).encode()
    # In one piece where it is small: the other side is woken once, not for each part.
    whole = _SIZES.pack(len(head), len(body)) + head + (body if len(body) <= _AT_ONCE else b"")
    try:
        sent = 0 if fd is None else socket.send_fds(line, [whole], [fd])
        line.sendall(whole[sent:])
        if len(body) > _AT_ONCE:
            line.sendall(body)
    except TimeoutError:
        raise
    except OSError as gone:
        raise Broken from gone


def receive(line: socket.socket, deadline: float | None = None) -> tuple[dict[str, Any], bytes, int | None]:
    """The next frame with its open file, if one came.

    `deadline` is a moment of `time.monotonic()`. Raises TimeoutError when it passes, `Broken` when the other side
    is gone or claims more than a frame may hold: what a worker says is as hostile as what it read.
    """
    start, fd = _first(line, deadline)
    with on_failure(lambda: os.close(fd) if fd is not None else None):
        return *_rest(line, start, deadline), fd


def _rest(line: socket.socket, start: bytes, deadline: float | None) -> tuple[dict[str, Any], bytes]:
    """The frame of which `start` came already. Frames alternate, so nothing of another one can be in it."""
    if len(start) < _SIZES.size:
        start += _exactly(line, _SIZES.size - len(start), deadline)
    head_size, body_size = _SIZES.unpack(start[: _SIZES.size])
    start = start[_SIZES.size :]
    if head_size > HEADER_MOST or body_size > BODY_MOST or len(start) > head_size + body_size:
        raise Broken
    whole = bytearray(head_size + body_size)
    whole[: len(start)] = start
    _fill(line, memoryview(whole)[len(start) :], deadline)
    try:
        header = json.loads(whole[:head_size])
    except (ValueError, RecursionError) as garbled:
        raise Broken from garbled
    if not isinstance(header, dict):
        raise Broken
    return header, bytes(memoryview(whole)[head_size:])


def _first(line: socket.socket, deadline: float | None) -> tuple[bytes, int | None]:
    line.settimeout(_left(deadline))
    try:
        got, fds, _flags, _address = socket.recv_fds(line, _AT_ONCE, 1)
    except TimeoutError:
        raise
    except OSError as gone:
        raise Broken from gone
    if not got:
        raise Broken
    return got, fds[0] if fds else None


def _exactly(line: socket.socket, size: int, deadline: float | None) -> bytes:
    got = bytearray(size)
    _fill(line, memoryview(got), deadline)
    return bytes(got)


def _fill(line: socket.socket, room: memoryview, deadline: float | None) -> None:
    while room:
        line.settimeout(_left(deadline))
        try:
            n = line.recv_into(room)
        except TimeoutError:
            raise
        except OSError as gone:
            raise Broken from gone
        if n == 0:
            raise Broken
        room = room[n:]


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
