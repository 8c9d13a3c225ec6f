"""A few limited child processes that parse what comes from outside, so that a crash there is a finding and no more."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.tools import wire

TIMEOUT = 30.0  # seconds a task may take
START_TIMEOUT = 60.0  # seconds until a new worker must have shut itself in
_WORTH_STARTING = 0.3
TASKS_PER_WORKER = 4000  # then a fresh one, against leaks of parsers

_PROGRAM = Path(__file__).resolve().parents[2]


class PoolClosed(RuntimeError):
    """A task came after the workers were ended."""


class Workers:
    """A pool of persistent workers. Any thread may call `run`; at most `count` tasks run at a time.

    Use as a context manager, or call `close`. The first starts at the first task; another only when tasks have waited for those that
    run as long as it takes to start one: a worker costs a third of a second of a core, and many files ask for less.
    """

    def __init__(self, count: int = 2, modules: Sequence[str] = ()) -> None:
        self.count = count
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all = [_Worker(modules) for _ in range(count)]
        self._asleep = list(self._all)
        self._waited = _WORTH_STARTING
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def run(
        self, task: str, source: int | bytes | socket.socket | None, args: dict[str, Any] | None = None, timeout: float = TIMEOUT
    ) -> tuple[dict[str, Any], bytes]:
        """Let a worker do `task` on an open file (descriptor, stays the caller's), on bytes in memory, or on a line of questions (see `asked`).

        Returns the task's facts and bytes. `facts["findings"]` is a list of codes; a worker that crashed, overran
        `timeout` seconds or its memory gives `crashed`, `timed_out` or `out_of_memory` there and is replaced. Never
        raises for anything that the file did; raises `PoolClosed` where `close` came first.
        """
        worker = self._take()
        try:
            if self._closed.is_set():
                raise PoolClosed("the workers are closed")
            with _descriptor(source) as fd:
                return worker.run(task, fd, args or {}, timeout)
        finally:
            self._free.put(worker)

    def _take(self) -> _Worker:
        with contextlib.suppress(queue.Empty):
            return self._free.get_nowait()
        began = time.monotonic()
        with self._lock:
            patience = max(_WORTH_STARTING - self._waited, 0) if self._asleep else None
        try:
            if patience == 0:
                raise queue.Empty
            return self._free.get(timeout=patience)
        except queue.Empty:
            with self._lock:
                if self._asleep:
                    self._waited = 0.0
                    return self._asleep.pop()
            return self._free.get()
        finally:
            with self._lock:
                self._waited += time.monotonic() - began

    def walls(self) -> list[str]:
        """The names of the limits that this machine's kernel granted to a worker."""
        worker = self._take()
        try:
            return worker.walls()
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every worker; one that is in the middle of a task is killed."""
        self._closed.set()
        for worker in self._all:
            worker.end()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Worker:
    """One child process and the line to it; started when needed, replaced when it fails."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = list(modules)
        self._child: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._walls: list[str] = []
        self._served = 0

    def run(self, task: str, fd: int | None, args: dict[str, Any], timeout: float) -> tuple[dict[str, Any], bytes]:
        try:
            line = self._ready()
        except (wire.Broken, TimeoutError):
            return self._lost("crashed")
        try:
            deadline = time.monotonic() + timeout
            line.settimeout(timeout)
            wire.send(line, {"task": task, "args": args, "timeout": timeout}, fd=fd)
            answer, blob, stray = wire.receive(line, deadline)
        except TimeoutError:
            return self._lost("timed_out")
        except wire.Broken:
            return self._lost(None)
        self._served += 1
        if stray is not None:
            os.close(stray)
        if "out_of_memory" in _codes(answer) or self._served >= TASKS_PER_WORKER:
            self.end()  # a heap that overran once is not trusted with the next file
        return {**answer, "findings": _codes(answer)}, blob

    def walls(self) -> list[str]:
        self._ready()
        return list(self._walls)

    def _ready(self) -> socket.socket:
        if self._line is None:
            self._line, self._child = _start(self._modules)
            hello, _body, stray = wire.receive(self._line, time.monotonic() + START_TIMEOUT)
            if stray is not None:
                os.close(stray)
            self._walls, self._served = [str(wall) for wall in hello.get("walls", [])], 0
        return self._line

    def _lost(self, code: str | None) -> tuple[dict[str, Any], bytes]:
        """The child is of no more use: end it, and say why. SIGKILL not sent by us is the kernel out of memory."""
        child = self._child
        if child is not None and code is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.5)
            code = {-signal.SIGKILL: "out_of_memory", -signal.SIGXCPU: "timed_out"}.get(child.returncode or 0, "crashed")
        self.end()
        return {"findings": [code or "crashed"]}, b""

    def end(self) -> None:
        line, child, self._line, self._child = self._line, self._child, None, None
        if child is not None:
            child.kill()
            child.wait()
        if line is not None:
            line.close()


def _codes(answer: dict[str, Any]) -> list[str]:
    codes = answer.get("findings", [])
    return [str(code) for code in codes] if isinstance(codes, list) else ["crashed"]


def _start(modules: list[str]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    if getattr(sys, "frozen", False):
        command = [sys.executable, "--worker"]
    else:
        command = [sys.executable, "-B", "-m", "desktop.tools.worker_main"]
    with theirs:
        child = subprocess.Popen(
            [*command, "--line", str(theirs.fileno()), *modules],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=_PROGRAM,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            pass_fds=(theirs.fileno(),),
        )
    return ours, child


@contextlib.contextmanager
def _descriptor(source: int | bytes | socket.socket | None) -> Iterator[int | None]:
    """The source as a read-only descriptor with a position of its own.

    An open file is opened once more, so that the worker can neither write it nor move the caller's position; bytes
    go into anonymous memory, never onto a disk.
    """
    if source is None:
        yield None
        return
    if isinstance(source, socket.socket):
        yield source.fileno()
        return
    made = os.open(f"/proc/self/fd/{source}", os.O_RDONLY | os.O_CLOEXEC) if isinstance(source, int) else _in_memory(source)
    try:
        yield made
    finally:
        os.close(made)


def _in_memory(content: bytes) -> int:
    fd = os.memfd_create("source", os.MFD_CLOEXEC)
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
