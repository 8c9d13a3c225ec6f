"""Frames between the archive and a worker: a JSON header, raw bytes, and at most one open file."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

_SIZES = struct.Struct(">IQ")
HEADER_MOST = 16 << 20
BODY_MOST = 96 << 20


class Broken(Exception):
    """The other side is gone, or does not speak the format."""


def send(line: socket.socket, header: dict[str, Any], body: bytes = b"", fd: int | None = None) -> None:
    """Send one frame; `fd` travels with its first byte, so that the worker needs no way into the file system."""
    head = json.dumps(header, ensure_ascii=True).encode()
    first = _SIZES.pack(len(head), len(body))
    try:
        if fd is None:
            line.sendall(first)
        else:
            sent = socket.send_fds(line, [first], [fd])
            line.sendall(first[sent:])
        line.sendall(head)
        if body:
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
    first, fd = _first(line, deadline)
    head_size, body_size = _SIZES.unpack(first)
    if head_size > HEADER_MOST or body_size > BODY_MOST:
        raise Broken
    head = _exactly(line, head_size, deadline)
    body = _exactly(line, body_size, deadline)
    try:
        header = json.loads(head)
    except (ValueError, RecursionError) as garbled:
        raise Broken from garbled
    if not isinstance(header, dict):
        raise Broken
    return header, bytes(body), fd


def _first(line: socket.socket, deadline: float | None) -> tuple[bytes, int | None]:
    line.settimeout(_left(deadline))
    try:
        got, fds, _flags, _address = socket.recv_fds(line, _SIZES.size, 1)
    except TimeoutError:
        raise
    except OSError as gone:
        raise Broken from gone
    if not got:
        raise Broken
    return got + bytes(_exactly(line, _SIZES.size - len(got), deadline)), fds[0] if fds else None


def _exactly(line: socket.socket, size: int, deadline: float | None) -> bytearray:
    got = bytearray(size)
    view, done = memoryview(got), 0
    while done < size:
        line.settimeout(_left(deadline))
        try:
            n = line.recv_into(view[done:])
        except TimeoutError:
            raise
        except OSError as gone:
            raise Broken from gone
        if n == 0:
            raise Broken
        done += n
    return got


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
