"""What is in a file? Asked of the content in a limited worker; whatever is wrong with it comes back as a finding."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

from desktop.policy.listing import defaults
from desktop.tools.content_type import content_type
from desktop.tools.probe_result import Probe, probe_of
from desktop.tools.worker import TIMEOUT, Workers

_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# Nothing is followed and nothing is waited for: a FIFO named like footage must not hold up a deposit.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)

_LOST = frozenset({"crashed", "timed_out", "out_of_memory"})
_HEAD = 64 << 10


class NotTaken(Exception):
    """The path names no plain file that can be opened; `code` is the finding that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_source(path: bytes) -> int:
    """Open a source file for reading, never through a link, never blocking; the caller closes the descriptor.

    Raises NotTaken: `not_a_file` (link, folder, FIFO, device, socket), `vanished`, `unopenable`.
    """
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise NotTaken("not_a_file")  # before opening: to open a device can be an act in itself
        fd = os.open(path, _OPEN | _CAREFUL)
    except (FileNotFoundError, NotADirectoryError) as gone:
        raise NotTaken("vanished") from gone
    except (OSError, ValueError) as closed:
        raise NotTaken("unopenable") from closed
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NotTaken("not_a_file")
    return fd


def probe_path(workers: Workers, path: bytes, timeout: float = TIMEOUT) -> Probe:
    """Probe the file at `path` (its name as bytes, any name). Never raises for what lies there."""
    try:
        fd = open_source(path)
    except NotTaken as no:
        return Probe(findings=(no.code,))
    try:
        return probe_open(workers, fd, suffix_of(path), timeout)
    finally:
        os.close(fd)


def probe_open(workers: Workers, source: int | bytes, suffix: str, timeout: float = TIMEOUT) -> Probe:
    """Probe an open file (its position is left alone) or bytes in memory; `suffix` is what its name claims (`.mp4`)."""
    size = len(source) if isinstance(source, bytes) else os.fstat(source).st_size
    if size == 0:
        return Probe(findings=("empty",))
    answer, thumbnail = workers.run("probe", source, {"suffix": suffix, "jump_us": defaults().jump_seconds * 1_000_000}, timeout)
    found = probe_of({**answer, "size": size}, thumbnail)
    if found.media_type == Probe.media_type and _LOST.intersection(found.findings):
        # The worker could not answer any more; what the first bytes say needs no parser.
        head = source[:_HEAD] if isinstance(source, bytes) else os.pread(source, _HEAD, 0)
        known = content_type(head)
        if known is not None:
            return replace(found, kind=known.kind, media_type=known.media_type)
    return found


def suffix_of(path: bytes) -> str:
    """What a name claims its content to be: `.mp4` in lower case, empty where it claims nothing."""
    ending = os.path.splitext(os.path.basename(path).rstrip(b" ."))[1]
    return ending.decode("ascii", "replace").lower() if len(ending) <= 8 else ""
