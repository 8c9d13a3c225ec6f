"""What a worker gives up before it reads a stranger's bytes: memory, files, network, children. Linux; one place."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import struct
from collections.abc import Sequence

from desktop.tools import seccomp

MEMORY_MOST = 1536 << 20  # bytes of address space
OPEN_FILES_MOST = 64

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def confine(readable: Sequence[str], memory: int = MEMORY_MOST) -> list[str]:
    """Shut this process in, for good; return the names of the walls that stand.

    `readable` are the folders (program, libraries, fonts) that may still be read. Must run while the process has one
    thread. A wall that this kernel does not offer is left out of the list, never an error: the others stand.
    """
    os.chdir("/")
    os.umask(0o777)
    walls = ["rlimits"]
    _limit(memory)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _no_network(libc):
        walls.append("netns")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        walls.append("no_new_privs")
        if _landlock(libc, readable):
            walls.append("landlock")
        if seccomp.install(libc):
            walls.append("seccomp")
    return walls


def allow_cpu(seconds: float) -> None:
    """Let this process burn `seconds` more of processor time: the wall for the day the parent is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _ceiling(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 5, soft_only=True)


def _limit(memory: int) -> None:
    _ceiling(resource.RLIMIT_AS, memory)
    _ceiling(resource.RLIMIT_CORE, 0)
    _ceiling(resource.RLIMIT_FSIZE, 0)
    _ceiling(resource.RLIMIT_NOFILE, OPEN_FILES_MOST)


def _ceiling(what: int, most: int, soft_only: bool = False) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, hard if soft_only else most))


def _no_network(libc: ctypes.CDLL) -> bool:
    """An empty network namespace; without privilege, inside a user namespace of our own where that is allowed."""
    return bool(libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


# --- Landlock (Linux 5.13): files outside the program are out of reach, /proc with the parent's memory included.

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_ALL_OF_ABI_1 = (1 << 13) - 1


def _landlock(libc: ctypes.CDLL, readable: Sequence[str]) -> bool:
    ruled = struct.pack("=Q", _ALL_OF_ABI_1)
    rules = libc.syscall(_LANDLOCK_CREATE, ruled, ctypes.c_size_t(len(ruled)), 0)
    if rules < 0:
        return False
    try:
        for folder in readable:
            with contextlib.suppress(OSError):  # what cannot be opened now stays shut
                place = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
                beneath = struct.pack("=Qi", _READ_FILE | _READ_DIR, place)
                libc.syscall(_LANDLOCK_ADD, rules, 1, beneath, 0)
                os.close(place)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)
