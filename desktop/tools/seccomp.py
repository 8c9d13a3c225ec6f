"""The system calls that a worker has no business with, refused by the kernel: sockets, programs, children, writing."""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x00010000
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC


@dataclass(frozen=True)
class _Machine:
    """The numbers of one architecture (they differ). `opening`: number and index of the flags argument."""

    audit: int
    clone: int
    opening: tuple[tuple[int, int], ...]
    refused: tuple[int, ...]


# Both: io_uring_setup 425, pidfd_open 434, clone3 435, openat2 437, pidfd_getfd 438, fchmodat2 452.
_ABSENT = (435, 437)  # "not in this kernel": the C library falls back to the calls whose flags can be read
_BOTH = (425, 434, 438, 452)
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E, 56, ((2, 1), (257, 2)),
        (
            41, 53, 42, 49, 50,  # socket socketpair connect bind listen
            57, 58, 59, 322,  # fork vfork execve execveat
            101, 310, 311, 62, 200,  # ptrace process_vm_readv process_vm_writev kill tkill
            165, 321, 323, 298,  # mount bpf userfaultfd perf_event_open
            85, 76, 77, 82, 264, 316,  # creat truncate ftruncate rename renameat renameat2
            83, 258, 84, 87, 263, 86, 265, 88, 266, 133, 259,  # mkdir(at) rmdir unlink(at) link(at) symlink(at) mknod(at)
            90, 91, 268, 92, 93, 94, 260, 280, 188, 189, 190,  # chmod fchmod(at) chown fchown lchown fchownat utimensat setxattr
        ),
    ),
    "aarch64": _Machine(
        0xC00000B7, 220, ((56, 2),),
        (
            198, 199, 203, 200, 201, 221, 281, 117, 270, 271, 129, 130, 40, 280, 282, 241,
            45, 46, 38, 276, 34, 35, 37, 36, 33, 52, 53, 54, 55, 88, 5, 6, 7,
        ),
    ),
}  # fmt: skip


def install(libc: ctypes.CDLL) -> bool:
    """Put the filter over this process and all that it will ever start; False where this machine has no table."""
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 2**32:
        return False
    program = _program(machine)
    code = ctypes.create_string_buffer(b"".join(program), 8 * len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    whole = struct.pack("=H6xQ", len(program), ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, whole, 0, 0) == 0)


def _load(offset: int) -> bytes:
    return struct.pack("=HBBI", 0x20, 0, 0, offset)


def _unless_equal(value: int, skip: int) -> bytes:
    return struct.pack("=HBBI", 0x15, 0, skip, value)


def _verdict(value: int) -> bytes:
    return struct.pack("=HBBI", 0x06, 0, 0, value)


def _program(machine: _Machine) -> list[bytes]:
    """Classic BPF over `struct seccomp_data`: number at 0, architecture at 4, arguments of eight bytes from 16."""
    allow, refuse, kill = 0x7FFF0000, 0x00050000, 0x80000000
    program = [_load(4), struct.pack("=HBBI", 0x15, 1, 0, machine.audit), _verdict(kill), _load(0)]
    # x32 numbers would slip past the table on x86-64.
    program += [struct.pack("=HBBI", 0x35, 0, 1, 0x40000000), _verdict(kill)]
    for number in _ABSENT:
        program += [_unless_equal(number, 1), _verdict(refuse | _ENOSYS)]
    for number in (*machine.refused, *_BOTH):
        program += [_unless_equal(number, 1), _verdict(refuse | _EPERM)]
    for number, at in machine.opening:
        with_flags = struct.pack("=HBBI", 0x45, 0, 1, _WRITING)
        program += [_unless_equal(number, 4), _load(16 + 8 * at), with_flags, _verdict(refuse | _EPERM), _verdict(allow)]
    # A thread may be made, a child process not: clone's flags are its first argument.
    with_thread = struct.pack("=HBBI", 0x45, 1, 0, _CLONE_THREAD)
    program += [_unless_equal(machine.clone, 4), _load(16), with_thread, _verdict(refuse | _EPERM)]
    return [*program, _verdict(allow), _verdict(allow)]
