"""Past the system's memory: large blocks go to the device at once, and a read-back reads what the device has."""

from __future__ import annotations

import mmap
import os
import sys
import threading

ALIGNED = 4096
"""Bytes: the step of every device of today, and the page in which such a block must begin."""
DIRECT_FROM = 1 << 20

_mine = threading.local()


def page_buffer(size: int) -> memoryview:
    """A buffer that begins on a page."""
    return memoryview(mmap.mmap(-1, size))


def set_direct(fd: int, wanted: bool) -> bool:
    """Switch an open file to the device itself or back; whether it is so now. Some drives cannot: then False."""
    if sys.platform != "linux":
        return False
    import fcntl

    flags = fcntl.fcntl(fd, fcntl.F_GETFL) & ~os.O_DIRECT
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | (os.O_DIRECT if wanted else 0))
    except OSError:
        return False
    return wanted


def read_direct(fd: int, offset: int, length: int) -> bytes:
    """Bytes of a file that was switched to the device; the steps of the device are kept inside."""
    if sys.platform != "linux":
        raise OSError("no direct reading here")
    start = offset - offset % ALIGNED
    size = -(-(offset + length - start) // ALIGNED) * ALIGNED
    room = getattr(_mine, "room", None)
    if room is None or len(room) < size:
        # One buffer a thread: fresh pages for every read would cost as much as the reading.
        room = _mine.room = page_buffer(max(size, DIRECT_FROM + 2 * ALIGNED))
    got = os.preadv(fd, [room[:size]], start)
    return bytes(room[offset - start : min(offset + length - start, got)])
