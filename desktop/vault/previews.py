"""A small picture of a component, encrypted under a key derived from the component's own data key."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import Refusal

_NONCE = 12


def seal_preview(data_key: bytes, object_id: str, picture: bytes) -> bytes:
    """Nonce and AES-256-GCM ciphertext of a JPEG; the object's id is the associated data."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(data_key)).encrypt(nonce, picture, object_id.encode())


def open_preview(data_key: bytes, object_id: str, sealed: bytes) -> bytes:
    """Raises `Refusal` vault.damaged when it was altered or belongs to another object."""
    try:
        return AESGCM(_key(data_key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], object_id.encode())
    except InvalidTag as e:
        raise Refusal("vault.damaged", object_id=object_id, segment=0) from e


def _key(data_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"lantai/preview/1").derive(data_key)
