"""Where an archive may live: what lies in a folder already, how much room there is, and whether it is on another machine."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from desktop import header
from desktop.errors import Refusal
from desktop.founding import STAGING
from desktop.header import Header
from desktop.paths import ArchivePaths


class What(StrEnum):
    """What a folder is for whoever wants an archive in it."""

    NEW = "new"  # not there yet, or empty
    ARCHIVE = "archive"
    DAMAGED = "damaged"  # an archive whose header cannot be read
    TAKEN = "taken"  # something else lies there
    CLOSED = "closed"  # may not be written
    NO_PLACE = "no_place"  # no folder's name


# File systems that another machine keeps: there a rename is not always whole, and a server away for a minute stops every desk.
_SHARES = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "ncpfs"))
LITTLE = 20 * 1024**3
"""Bytes under which a place is said to be small: some ten hours of recordings."""


@dataclass(frozen=True)
class Place:
    """A folder as it is now. `free` in bytes, None where it cannot be told; `share` names the kind of file system of another machine."""

    path: Path
    what: What
    free: int | None = None
    share: str = ""
    archive: Header | None = None
    leftover: bool = False


def look_at(folder: str) -> Place:
    """What a folder is, as somebody typed or chose it; nothing is written."""
    typed = folder.strip()
    path = Path(os.path.expanduser(typed)) if typed else Path()
    if not typed or "\x00" in typed or not path.is_absolute():
        return Place(path, What.NO_PLACE)
    there = next((one for one in (path, *path.parents) if os.path.lexists(one)), path)
    try:
        free: int | None = shutil.disk_usage(there).free
    except OSError:
        free = None
    what, head, leftover = _what(path, there)
    return Place(path, what, free, _share(there), head, leftover)


def proposed(settings_archive: str = "") -> Path:
    """Where a new archive is proposed to live."""
    return Path(settings_archive) if settings_archive else Path(platformdirs.user_data_dir("lantai", appauthor=False)) / "archive"


def _what(path: Path, there: Path) -> tuple[What, Header | None, bool]:
    if os.path.lexists(path / "lantai.toml"):
        try:
            return What.ARCHIVE, header.read_header(ArchivePaths(path)), False
        except Refusal:
            return What.DAMAGED, None, False
    if not there.is_dir():
        return What.TAKEN, None, False
    try:
        inside = set(os.listdir(path)) if path == there else set()
    except OSError:
        return What.CLOSED, None, False
    leftover = STAGING in inside
    if inside and not leftover:
        return What.TAKEN, None, False
    if not os.access(there, os.W_OK | os.X_OK):
        return What.CLOSED, None, leftover
    return What.NEW, None, leftover


def _share(path: Path) -> str:
    """The kind of file system where it is another machine's, else ""."""
    if os.name == "nt":
        return "smb" if str(path).startswith("\\\\") else ""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
        real = os.path.realpath(path)
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _device, at, found, *_rest = line.split(" ")
        at = at.replace("\\040", " ").rstrip("/") or "/"
        if len(at) >= len(best) and (real == at or real.startswith(at.rstrip("/") + "/")):
            best, kind = at, found
    return kind if kind in _SHARES else ""
