"""Checkpoints: C2SP tlog-checkpoint signed notes, by which a desk vouches for the ledger up to a size."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.errors import Refusal

_ED25519 = b"\x01"
_SIZE = re.compile(r"0|[1-9][0-9]*")
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_LONGEST = 64 * 1024


@dataclass(frozen=True)
class Signature:
    """One line under a note: the key's name, its four-byte id and the signature."""

    key_name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: which ledger (`origin`), how many entries (`size`), their root (32 bytes), and who signed `body`."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[Signature, ...]
    body: str


def origin_of(archive_id: str) -> str:
    """The origin line of an archive's ledger."""
    return f"lantai/{archive_id}"


def key_name_of(archive_id: str, desk_id: str) -> str:
    """The name under which a desk signs. Raises ValueError for an id that a signed note cannot carry."""
    name = f"{origin_of(archive_id)}/{desk_id}"
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a key name: {name!r}")
    return name


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The 32 raw bytes of a desk's public key."""
    return key.public_bytes_raw()


def key_id(key_name: str, public: bytes) -> bytes:
    """The four bytes that stand before a signature; signed-note, Ed25519."""
    return hashlib.sha256(key_name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def sign(origin: str, size: int, root: bytes, key_name: str, private: Ed25519PrivateKey) -> str:
    """The signed note. Raises ValueError for a name, size or root that a note cannot carry."""
    if not _NAME.fullmatch(key_name) or "\n" in origin or not origin or size < 0 or len(root) != 32:
        raise ValueError(f"not a checkpoint: {origin!r} {size} {key_name!r}")
    body = f"{origin}\n{size}\n{_text(root)}\n"
    signature = key_id(key_name, public_bytes(private.public_key())) + private.sign(body.encode())
    return f"{body}\n— {key_name} {_text(signature)}\n"


def parse(note: str) -> Checkpoint:
    """Read a note without believing it. Raises Refusal("checkpoint.invalid")."""
    try:
        if len(note) > _LONGEST:
            raise ValueError("too long")
        body, under, lines = note.rpartition("\n\n")
        origin, size, root = (body + "\n").split("\n")[:3]
        if not under or not lines.endswith("\n") or not origin or not _SIZE.fullmatch(size):
            raise ValueError("not a signed note")
        digest = base64.b64decode(root, validate=True)
        if len(digest) != 32 or _text(digest) != root:
            raise ValueError("not a root")
        signatures = tuple(map(_signature, lines[:-1].split("\n")))
        return Checkpoint(origin, int(size), digest, signatures, body + "\n")
    except (ValueError, binascii.Error) as error:
        raise Refusal("checkpoint.invalid", reason=str(error)) from error


def verify(note: str, key_name: str, public: bytes) -> Checkpoint:
    """The checkpoint, when this desk's key signed it. Raises Refusal("checkpoint.invalid")."""
    return verify_any(note, {key_name: public})


def verify_any(note: str, keys: Mapping[str, bytes], origin: str | None = None) -> Checkpoint:
    """The checkpoint, when at least one of these keys signed it and none of them signed wrongly.

    Signatures of unknown keys are passed over, as signed-note asks. Raises Refusal("checkpoint.invalid").
    """
    checkpoint = parse(note)
    if origin is not None and checkpoint.origin != origin:
        raise Refusal("checkpoint.invalid", reason="another ledger's", origin=checkpoint.origin)
    signed = False
    for signature in checkpoint.signatures:
        public = keys.get(signature.key_name)
        if public is None or key_id(signature.key_name, public) != signature.key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature.value, checkpoint.body.encode())
        except InvalidSignature as error:
            raise Refusal("checkpoint.invalid", reason="wrong signature", key=signature.key_name) from error
        signed = True
    if not signed:
        raise Refusal("checkpoint.invalid", reason="not signed by a known desk")
    return checkpoint


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _signature(line: str) -> Signature:
    dash, name, value = line.split(" ")
    raw = base64.b64decode(value, validate=True)
    if dash != "—" or not _NAME.fullmatch(name) or len(raw) < 5 or _text(raw) != value:
        raise ValueError("not a signature line")
    return Signature(name, raw[:4], raw[4:])
