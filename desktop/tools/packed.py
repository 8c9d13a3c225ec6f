"""Files that hold other files: whether the list at the end of a ZIP is there, is locked, or unpacks to what no machine holds."""

from __future__ import annotations

import io
import os
import zipfile

_UNPACKED_MOST, _RATIO_MOST = 64 << 20, 200  # beyond both: no paper and no table is packed so tightly
_LIST_MOST = 64 << 20
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def packed_findings(fd: int, size: int) -> list[str]:
    """`truncated`, `damaged`, `password_protected` or `bomb` of a ZIP, told from its list alone; nothing is unpacked."""
    end = _end_record(fd, size)
    if end is None:
        return ["truncated"]
    if end > _LIST_MOST:
        return ["bomb"]
    try:
        with zipfile.ZipFile(io.FileIO(fd, "rb", closefd=False)) as box:
            inside = box.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError, OSError):
        return ["damaged"]
    found = ["password_protected"] if any(one.flag_bits & 1 for one in inside) else []
    whole = sum(one.file_size for one in inside)
    return [*found, "bomb"] if whole > max(_UNPACKED_MOST, _RATIO_MOST * size) else found


def _end_record(fd: int, size: int) -> int | None:
    """The length of the list as the record at the end tells it; None where there is no such record."""
    tail = os.pread(fd, 65_557, max(size - 65_557, 0))
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if 0 <= at <= len(tail) - 22 else None


def locked_office(fd: int) -> bool:
    """Whether an OLE file ([MS-CFB]) is an office paper under a password ([MS-OFFCRYPTO]): its directory names the package that is locked."""
    head = os.pread(fd, 64, 0)
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    return _LOCKED in os.pread(fd, 4096, (int.from_bytes(head[48:52], "little") + 1) * sector)
