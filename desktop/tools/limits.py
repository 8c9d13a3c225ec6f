"""What a worker gives up before it reads a stranger's bytes: memory, files, network, children. Linux; one place."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Sequence

MEMORY_MOST = 1536 << 20  # bytes of address space
OPEN_FILES_MOST = 64

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 4, 38, 22
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_THREAD = 0x10000000, 0x40000000, 0x00010000


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
        if _seccomp(libc):
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
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                place = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
                beneath = struct.pack("=Qi", _READ_FILE | _READ_DIR, place)
                libc.syscall(_LANDLOCK_ADD, rules, 1, beneath, 0)
                os.close(place)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


# --- seccomp: no sockets, no programs, no children, no looking into others. Numbers differ by machine.

_EPERM, _ENOSYS = 1, 38
_CALLS: dict[str, tuple[int, int, int, tuple[int, ...]]] = {
    # audit architecture, clone, clone3, refused: socket socketpair connect bind listen execve execveat fork vfork
    # ptrace process_vm_readv process_vm_writev mount bpf userfaultfd perf_event_open io_uring_setup kill tkill pidfd_open
    "x86_64": (
        0xC000003E, 56, 435,
        (41, 53, 42, 49, 50, 59, 322, 57, 58, 101, 310, 311, 165, 321, 323, 298, 425, 62, 200, 434, 438),
    ),
    "aarch64": (
        0xC00000B7, 220, 435,
        (198, 199, 203, 200, 201, 221, 281, 117, 270, 271, 40, 280, 282, 241, 425, 129, 130, 434, 438),
    ),
}  # fmt: skip


def _seccomp(libc: ctypes.CDLL) -> bool:
    numbers = _CALLS.get(platform.machine())
    if numbers is None or sys.maxsize < 2**32:
        return False
    program = _filter(*numbers)
    code = ctypes.create_string_buffer(b"".join(program), 8 * len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    whole = struct.pack("=H6xQ", len(program), ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, 2, whole, 0, 0) == 0)


def _filter(architecture: int, clone: int, clone3: int, refused: tuple[int, ...]) -> list[bytes]:
    """Classic BPF: each test jumps over the verdict that follows it."""

    def load(offset: int) -> bytes:
        return struct.pack("=HBBI", 0x20, 0, 0, offset)

    def equal(value: int, skip: int) -> bytes:
        return struct.pack("=HBBI", 0x15, 0, skip, value)

    def verdict(value: int) -> bytes:
        return struct.pack("=HBBI", 0x06, 0, 0, value)

    allow, errno_, kill = 0x7FFF0000, 0x00050000, 0x80000000
    program = [load(4), struct.pack("=HBBI", 0x15, 1, 0, architecture), verdict(kill), load(0)]
    # x32 numbers would slip past the table on x86-64.
    program += [struct.pack("=HBBI", 0x35, 0, 1, 0x40000000), verdict(kill)]
    program += [equal(clone3, 1), verdict(errno_ | _ENOSYS)]
    for number in refused:
        program += [equal(number, 1), verdict(errno_ | _EPERM)]
    # A thread may be made, a child process not: clone's flags are its first argument.
    program += [equal(clone, 4), load(16), struct.pack("=HBBI", 0x45, 1, 0, _CLONE_THREAD), verdict(errno_ | _EPERM)]
    program += [verdict(allow), verdict(allow)]
    return program
