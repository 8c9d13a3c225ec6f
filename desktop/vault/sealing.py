"""Sealing to a public key that stays sealed in thirty years: HPKE with ML-KEM-768 + X25519 (FORMAT.md §2)."""

from __future__ import annotations

import functools
import hashlib
import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.errors import Refusal

SEED = 32
_MLKEM_PUBLIC = 1184
PUBLIC = _MLKEM_PUBLIC + 32
OVERHEAD = 1120 + 16
"""Bytes by which a sealed secret is longer: the encapsulated key and the tag."""
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def purpose(kind: str, *subjects: str) -> bytes:
    """The `info` that binds a sealed secret to its use: `lantai/1/<kind>` and each subject, divided by a line feed."""
    return "\n".join((f"lantai/1/{kind}", *subjects)).encode("utf-8")


def seal(public: bytes, secret: bytes, info: bytes) -> bytes:
    """Seal `secret` so that only the holder of the private half opens it, and only under the same `info`.

    Raises ValueError for what is no public key.
    """
    return _SUITE.encrypt(secret, _recipient(public), info)


@functools.lru_cache(maxsize=64)
def _recipient(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    """A public key made ready: a deposit seals thousands of data keys to the same compartment, each with an ephemeral of its own."""
    if len(public) != PUBLIC:
        raise ValueError(f"a public key has {PUBLIC} bytes")
    mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
    x25519 = X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:])
    return hpke.MLKEM768X25519PublicKey(mlkem, x25519)


class SealingPair:
    """An HPKE pair, kept as the 32-byte seed of X-Wing; the halves are expanded from it with SHAKE256."""

    __slots__ = ("_private", "_seed", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED:
            raise ValueError(f"a private key has {SEED} bytes")
        stretched = hashlib.shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(stretched[:64])
        x25519 = X25519PrivateKey.from_private_bytes(stretched[64:])
        self._seed = seed
        self._private = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    @classmethod
    def make(cls) -> SealingPair:
        """A fresh pair from the operating system's randomness."""
        return cls(os.urandom(SEED))

    def to_bytes(self) -> bytes:
        """The private half, 32 bytes: to be sealed or wrapped at once, never written as it is."""
        return self._seed

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to this pair. Refuses with `keys.cannot_open`: another's, another use, or damaged."""
        try:
            return _SUITE.decrypt(sealed, self._private, info)
        except InvalidTag:
            raise Refusal("keys.cannot_open") from None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("private keys are not pickled")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the private half of this Ed25519 key signed exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
