"""Which of its keys the database stands under, and the change to a newer one at the start of a desk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import apsw

FACT = "database_key"
"""The fact that says by its digest which key the database is to have."""


def mark_of(key: bytes) -> str:
    """What is kept of a key where anybody may see it: enough to know it again, nothing to open with."""
    return hashlib.sha256(b"lantai/database-key\n" + key).hexdigest()[:32]


def settled_key(path: Path, keys: Sequence[bytes], change: bool = True) -> bytes:
    """The key under which the database opens, `keys` with the newest first; where a newer one was promised it is changed to that now.

    The engine changes all pages in one transaction of its own: after a cut of power the database has the one key or the other.
    Without `change`, or while another program has it open, or the disk is full or for reading, it keeps the older key until the next start.
    """
    if len(keys) < 2 or not path.exists():
        return keys[0]
    hot = path.with_name(f"{path.name}-journal").exists()  # a change that was cut off is undone under the older key
    for key in sorted(keys, key=keys.index, reverse=hot):
        promised = _promised(path, key)
        if promised is not None:
            newer = next((one for one in keys if mark_of(one) == promised and one != key), None)
            return newer if newer is not None and change and _change(path, key, newer) else key
    return keys[0]


def _promised(path: Path, key: bytes) -> str | None:
    """What the database under this key says of its key, "" where it says nothing; None where it is not under this key."""
    connection = _connection(path, key)
    try:
        found = connection.execute("SELECT value FROM fact WHERE name = ?", (FACT,)).fetchall()
        return str(found[0][0]) if found else ""
    except apsw.Error:
        return None
    finally:
        connection.close()


def _change(path: Path, old: bytes, new: bytes) -> bool:
    connection = _connection(path, old)
    try:
        if connection.pragma("journal_mode", "delete") != "delete":
            return False
        connection.pragma("rekey", f"raw:{new.hex()}")
        return True
    except apsw.Error:
        return False
    finally:
        connection.close()


def _connection(path: Path, key: bytes) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.setbusytimeout(2_000)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}")
    return connection
