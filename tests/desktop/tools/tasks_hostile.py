"""Tasks that try to break out of a worker: entered by the tests only."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import threading
import time
from typing import Any

from desktop.tools.registry import Answer, task


@task("echo")
def echo(fd: int, args: dict[str, Any]) -> Answer:
    return {"args": args, "pid": os.getpid()}, os.read(fd, 1 << 20) if fd >= 0 else b""


@task("allocate")
def allocate(fd: int, args: dict[str, Any]) -> Answer:
    return {"size": len(bytearray(4 << 30))}, b""


@task("spin")
def spin(fd: int, args: dict[str, Any]) -> Answer:
    while True:
        pass


@task("burn")
def burn(fd: int, args: dict[str, Any]) -> Answer:
    """Burn processor time with the wall clock out of the way."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass


@task("crash")
def crash(fd: int, args: dict[str, Any]) -> Answer:
    ctypes.string_at(8)
    return {}, b""


@task("leave")
def leave(fd: int, args: dict[str, Any]) -> Answer:
    os._exit(0)


@task("babble")
def babble(fd: int, args: dict[str, Any]) -> Answer:
    """Speak past the format: a header that claims 4 GiB."""
    os.write(int(args["line"]) if "line" in args else _line(), b"\xff" * 12)
    time.sleep(60)
    return {}, b""


def _line() -> int:
    import stat

    return next(fd for fd in range(3, 64) if _is_socket(fd, stat.S_ISSOCK))


def _is_socket(fd: int, check: Any) -> bool:
    try:
        return bool(check(os.fstat(fd).st_mode))
    except OSError:
        return False


@task("attempt")
def attempt(fd: int, args: dict[str, Any]) -> Answer:
    """Try one forbidden thing; answer how it ended."""
    try:
        _ATTEMPTS[args["what"]](args)
    except OSError as refused:
        return {"refused": type(refused).__name__}, b""
    except subprocess.SubprocessError as refused:
        return {"refused": type(refused).__name__}, b""
    return {"refused": None}, b""


def _connect(args: dict[str, Any]) -> None:
    socket.create_connection(("127.0.0.1", args["port"]), timeout=2).close()


def _unix(args: dict[str, Any]) -> None:
    socket.socket(socket.AF_UNIX)


def _fork(args: dict[str, Any]) -> None:
    if os.fork() == 0:
        os._exit(0)


def _run(args: dict[str, Any]) -> None:
    subprocess.run(["/bin/true"], check=True)


def _write(args: dict[str, Any]) -> None:
    with open(args["path"], "wb") as f:
        f.write(b"x" * 100)


def _read(args: dict[str, Any]) -> None:
    with open(args["path"], "rb") as f:
        f.read(1)


def _truncate(args: dict[str, Any]) -> None:
    os.truncate(args["path"], 0)


def _remove(args: dict[str, Any]) -> None:
    os.unlink(args["path"])


def _rename(args: dict[str, Any]) -> None:
    os.rename(args["path"], args["path"] + ".away")


def _unlock(args: dict[str, Any]) -> None:
    os.chmod(args["path"], 0o777)


def _kill(args: dict[str, Any]) -> None:
    os.kill(args["pid"], 0)


_ATTEMPTS = {
    "connect": _connect,
    "unix": _unix,
    "fork": _fork,
    "run": _run,
    "write": _write,
    "read": _read,
    "kill": _kill,
    "truncate": _truncate,
    "remove": _remove,
    "rename": _rename,
    "unlock": _unlock,
}


@task("thread")
def thread(fd: int, args: dict[str, Any]) -> Answer:
    done: list[int] = []
    worker = threading.Thread(target=done.append, args=(1,))
    worker.start()
    worker.join()
    return {"done": len(done)}, b""


@task("overwrite")
def overwrite(fd: int, args: dict[str, Any]) -> Answer:
    try:
        os.write(fd, b"x")
    except OSError as refused:
        return {"refused": type(refused).__name__}, b""
    return {"refused": None}, b""


@task("environment")
def environment(fd: int, args: dict[str, Any]) -> Answer:
    return {"names": sorted(os.environ)}, b""
