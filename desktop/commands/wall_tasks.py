"""What `self-test` asks a worker to try: each of these must come to nothing."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

from desktop.tools.registry import Answer, task


def _held(attempt: Callable[[], object]) -> Answer:
    """Whether the wall stood: the attempt was refused by the system."""
    try:
        attempt()
    except OSError:
        return {"held": True}, b""
    return {"held": False}, b""


@task("self-test.network")
def network(fd: int, args: dict[str, Any]) -> Answer:
    """Reach a listener that is really there, on this machine."""
    return _held(lambda: socket.create_connection(("127.0.0.1", int(args["port"])), timeout=2))


@task("self-test.child")
def child(fd: int, args: dict[str, Any]) -> Answer:
    """Start another program."""
    return _held(lambda: os.posix_spawn("/bin/true", ["/bin/true"], {}))


@task("self-test.read")
def read(fd: int, args: dict[str, Any]) -> Answer:
    """Open a file that is no part of the program."""
    return _held(lambda: os.close(os.open(args["path"], os.O_RDONLY)))


@task("self-test.write")
def write(fd: int, args: dict[str, Any]) -> Answer:
    """Leave something on the disk."""

    def attempt() -> None:
        made = os.open(args["path"], os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(made, b"left behind")
        os.close(made)

    return _held(attempt)


@task("self-test.memory")
def memory(fd: int, args: dict[str, Any]) -> Answer:
    """Take more memory than a worker may have."""
    return {"held": len(bytearray(4 << 30)) == 0}, b""
