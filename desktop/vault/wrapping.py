"""A secret under a password or under another key: self-describing JSON, AES-256-GCM, Argon2id (FORMAT.md §4)."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import Refusal
from desktop.vault.contract import disk_refusal

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
_MOST = {"memory_kib": 1024 * 1024, "passes": 16, "lanes": 16}
_KEY, _NONCE, _SALT = 32, 12, 16


class WrongKey(Exception):
    """What was wrapped does not open: another password or key, or damage."""


def key_from_password(password: str, kdf: Mapping[str, Any]) -> bytes:
    """256 bits from a password as `kdf` says (Argon2id, RFC 9106). Raises ValueError for costs out of bounds."""
    if kdf["name"] != "argon2id" or any(not 1 <= kdf[name] <= most for name, most in _MOST.items()):
        raise ValueError("unknown or unreasonable cost of the password")
    salt = bytes.fromhex(kdf["salt"])
    secret = unicodedata.normalize("NFC", password).encode("utf-8")
    return Argon2id(
        salt=salt, length=_KEY, iterations=kdf["passes"], lanes=kdf["lanes"], memory_cost=kdf["memory_kib"]
    ).derive(secret)


def fresh_kdf() -> dict[str, Any]:
    """Argon2id as it is used today, with a fresh salt: 64 MiB, 3 passes, 4 lanes, 150–250 ms."""
    return {
        "name": "argon2id", "memory_kib": MEMORY_KIB, "passes": PASSES, "lanes": LANES, "salt": os.urandom(_SALT).hex()
    }


def least_kdf() -> dict[str, Any]:
    """Argon2id at its least, for a passphrase that is printed for everybody: there its cost would only be waited for."""
    return {"name": "argon2id", "memory_kib": 64, "passes": 1, "lanes": 1, "salt": os.urandom(_SALT).hex()}


def key_from_seed(seed: bytes, purpose: str) -> bytes:
    """256 bits from a full-strength seed: HKDF-SHA256, no salt, info = purpose."""
    return HKDF(SHA256(), _KEY, None, purpose.encode("ascii")).derive(seed)


def wrap(secret: bytes, key: bytes, purpose: str) -> dict[str, str]:
    """`secret` under `key`; the purpose is authenticated, so a wrapped secret cannot stand in for another."""
    nonce = os.urandom(_NONCE)
    return {"nonce": nonce.hex(), "sealed": AESGCM(key).encrypt(nonce, secret, purpose.encode("ascii")).hex()}


def unwrap(wrapped: Mapping[str, Any], key: bytes, purpose: str) -> bytes:
    """What `wrap` wrapped. Raises WrongKey; KeyError, TypeError or ValueError for what is no such thing."""
    nonce, sealed = bytes.fromhex(wrapped["nonce"]), bytes.fromhex(wrapped["sealed"])
    if len(nonce) != _NONCE:
        raise ValueError("a nonce has 12 bytes")
    try:
        return AESGCM(key).decrypt(nonce, sealed, purpose.encode("ascii"))
    except InvalidTag:
        raise WrongKey from None


def read_description(text: bytes, form: str) -> dict[str, Any]:
    """The JSON object of a key file. Raises ValueError when it is not of this form."""
    description = json.loads(text)
    if not isinstance(description, dict) or description.get("format") != form:
        raise ValueError(f"not {form}")
    return description


def write_description(description: Mapping[str, Any]) -> bytes:
    return json.dumps(description, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def refuse_existing(path: Path) -> None:
    """Refuse with `keys.file_exists` (file) where a key file lies already: overwriting it could lose an archive."""
    if os.path.lexists(path):
        raise Refusal("keys.file_exists", file=path.name)


def write_key_file(path: Path, description: Mapping[str, Any], *, replace: bool = False) -> None:
    """Write a key file as a whole: temporary name, flush, rename, flush the folder. 0600 in 0700."""
    if not replace:
        refuse_existing(path)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with open(fd, "wb") as f:
                f.write(write_description(description))
                f.flush()
                os.fsync(f.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        flush_folder(path.parent)
    except OSError as error:
        raise disk_refusal(error) from error


def flush_folder(folder: Path) -> None:
    """Make names that came or went in a folder outlast a cut of power."""
    if os.name == "posix":
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)


def read_key_file(path: Path, form: str, damaged: str) -> dict[str, Any]:
    """A key file. Refuses with `damaged` (file) when it is absent or not of this form."""
    try:
        return read_description(path.read_bytes(), form)
    except (OSError, ValueError):
        raise Refusal(damaged, file=path.name) from None
