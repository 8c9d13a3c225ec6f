"""Which removable devices stand plugged in: recorders, cards and sticks, as the operating system mounted them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

PLACES = (b"/media/", b"/run/media/", b"/mnt/")
# File systems that the kernel makes up: nothing was plugged in.
_MADE_UP = b"autofs cgroup2 devtmpfs fuse.gvfsd-fuse fuse.portal overlay proc ramfs squashfs sysfs tmpfs".split()
_REMOVABLE = 2  # GetDriveTypeW: DRIVE_REMOVABLE


@dataclass(frozen=True)
class Mount:
    """One mounted device. `path` in the bytes of the file system; sizes in bytes, 0 where the device does not say."""

    path: bytes
    name: str
    size: int = 0
    used: int = 0


def list_mounts(table: Path = Path("/proc/mounts")) -> list[Mount]:
    """The removable devices of this machine, in the order they were plugged in; a device that does not answer is left out."""
    if sys.platform == "win32":
        return _sized(_drives())
    try:
        return _sized(parse_mounts(table.read_bytes()))
    except OSError:
        return []


def parse_mounts(table: bytes) -> list[bytes]:
    """The places of removable devices in the kernel's own list."""
    found: dict[bytes, None] = {}
    for line in table.splitlines():
        parts = line.split(b" ")
        if len(parts) < 3:
            continue
        place = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), parts[1])
        if place.startswith(PLACES) and parts[2] not in _MADE_UP:
            found[place] = None
    return list(found)


def _sized(places: list[bytes]) -> list[Mount]:
    out = []
    for place in places:
        try:
            usage = shutil.disk_usage(place)
        except OSError:
            continue
        name = os.path.basename(place.rstrip(b"/\\")) or place
        out.append(Mount(place, name.decode("utf-8", "backslashreplace"), usage.total, usage.used))
    return out


def _drives() -> list[bytes]:
    """Removable drive letters on Windows; a card reader with no card in it has a letter too and is dropped by its size."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # there only on Windows
    letters = [f"{chr(65 + i)}:\\" for i in range(26) if kernel.GetLogicalDrives() >> i & 1]
    return [os.fsencode(letter) for letter in letters if kernel.GetDriveTypeW(letter) == _REMOVABLE]
