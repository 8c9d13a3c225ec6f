"""Keys of persons, compartments and objects (FORMAT.md §2 to §4); those of the desk are in `desk`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.errors import Refusal
from desktop.vault.desk import DeskKeys, create_desk, open_desk, probe_keyring
from desktop.vault.format import KEY
from desktop.vault.sealing import OVERHEAD, SEED, SealingPair, purpose, seal, verify
from desktop.vault.wrapping import (
    WrongKey,
    fresh_kdf,
    key_from_password,
    read_description,
    unwrap,
    wrap,
    write_description,
)

__all__ = [
    "CompartmentKeys", "DeskKeys", "PersonKeys", "PersonPublic", "create_desk", "new_data_key", "open_data_key",
    "open_desk", "probe_keyring", "purpose", "raise_data_key", "seal", "seal_data_key", "verify",
]

PERSON_FORM = "lantai/person/1"
_SEALED_VERSION, _RAISED_VERSION = 1, 2
_MOST_COMPARTMENTS = 8


@dataclass(frozen=True)
class PersonPublic:
    """The public halves of a person: `hpke` 1,216 bytes to seal to, `ed25519` 32 bytes to check signatures with."""

    hpke: bytes
    ed25519: bytes


class PersonKeys:
    """The private halves of one person, in memory only while signed in."""

    __slots__ = ("_ed25519", "_pair")

    seal = staticmethod(seal)
    verify = staticmethod(verify)

    def __init__(self, seeds: bytes) -> None:
        self._pair = SealingPair(seeds[:SEED])
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(seeds[SEED:])

    @classmethod
    def make(cls) -> PersonKeys:
        """Fresh pairs for a new account."""
        return cls(os.urandom(2 * SEED))

    @classmethod
    def unlock(cls, blob: bytes, password: str) -> PersonKeys:
        """What `lock` locked. Refuses with `password.wrong`, or `keys.damaged` when the blob is none of ours."""
        try:
            description = read_description(blob, PERSON_FORM)
            seeds = unwrap(description, key_from_password(password, description["kdf"]), PERSON_FORM)
            return cls(seeds)
        except WrongKey:
            raise Refusal("password.wrong") from None
        except (KeyError, TypeError, ValueError):
            raise Refusal("keys.damaged") from None

    def lock(self, password: str) -> bytes:
        """The private halves under a password, fit for the database; a new password is a new blob, nothing else."""
        kdf = fresh_kdf()
        seeds = self._pair.to_bytes() + self._ed25519.private_bytes_raw()
        wrapped = wrap(seeds, key_from_password(password, kdf), PERSON_FORM)
        return write_description({"format": PERSON_FORM, "kdf": kdf, "cipher": "AES-256-GCM", **wrapped})

    def public(self) -> PersonPublic:
        return PersonPublic(self._pair.public, self._ed25519.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of this person, 64 bytes."""
        return self._ed25519.sign(message)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to this person. Refuses with `keys.cannot_open`."""
        return self._pair.open(sealed, info)

    def __repr__(self) -> str:
        return "PersonKeys(…)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("private keys are not pickled")


class CompartmentKeys(SealingPair):
    """The pair of one compartment; its private half is sealed to each cleared person with `seal`.

    While data keys are being sealed anew to it, it also opens what is still sealed to the pair before it, `former`.
    """

    __slots__ = ("former",)

    def __init__(self, seed: bytes, former: SealingPair | None = None) -> None:
        super().__init__(seed)
        self.former = former

    @classmethod
    def make(cls) -> CompartmentKeys:
        return cls(os.urandom(SEED))

    @classmethod
    def from_bytes(cls, private: bytes) -> CompartmentKeys:
        """The pair from what `to_bytes` gave. Raises ValueError for what is no private half."""
        return cls(private[:SEED], SealingPair(private[SEED:]) if len(private) > SEED else None)

    def to_bytes(self) -> bytes:
        """The private half, and behind it that of `former` while there is one."""
        return super().to_bytes() + (self.former.to_bytes() if self.former is not None else b"")

    def successor(self) -> CompartmentKeys:
        """A fresh pair that opens what is sealed to this one as well."""
        return CompartmentKeys(os.urandom(SEED), SealingPair(self._seed))

    def alone(self) -> CompartmentKeys:
        """The same pair without the one before it."""
        return CompartmentKeys(self._seed)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """As `SealingPair.open`."""
        try:
            return super().open(sealed, info)
        except Refusal:
            if self.former is None:
                raise
            return self.former.open(sealed, info)


class Opens(Protocol):
    """Whoever holds a private half: a person, a compartment, the recovery sheet."""

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to this holder."""


def new_data_key() -> bytes:
    """A key for one object, 256 bits."""
    return os.urandom(KEY)


def seal_data_key(data_key: bytes, publics: Sequence[bytes], object_id: str) -> bytes:
    """Seal a data key to all compartments of an object, one inside the other: all of them are needed to open it.

    The order of `publics` is the fixed order of the archive's compartments; the first is innermost.
    """
    if len(data_key) != KEY or not 1 <= len(publics) <= _MOST_COMPARTMENTS:
        raise ValueError("one key of 32 bytes, one to eight compartments")
    sealed = data_key
    for layer, public in enumerate(publics):
        sealed = seal(public, sealed, _layer(object_id, layer, len(publics)))
    return bytes([_SEALED_VERSION, len(publics)]) + sealed


def raise_data_key(sealed: bytes, public: bytes, object_id: str) -> bytes:
    """Seal a sealed data key once more, to a further compartment: with public keys alone, by somebody who may not open it."""
    count = sealed[1] + 1
    if count > _MOST_COMPARTMENTS:
        raise ValueError("one to eight compartments")
    return bytes([_RAISED_VERSION, count]) + seal(public, sealed, _raised(object_id, count))


def open_data_key(sealed: bytes, privates: Sequence[Opens], object_id: str) -> bytes:
    """The data key, with the private halves in the order of the row. Refuses with `keys.cannot_open`."""
    count = len(privates)
    if sealed[:2] == bytes([_RAISED_VERSION, count]):
        return open_data_key(privates[-1].open(sealed[2:], _raised(object_id, count)), privates[:-1], object_id)
    if sealed[:2] != bytes([_SEALED_VERSION, count]) or len(sealed) != 2 + KEY + count * OVERHEAD:
        raise Refusal("keys.cannot_open")
    inner = sealed[2:]
    for layer in reversed(range(count)):
        inner = privates[layer].open(inner, _layer(object_id, layer, count))
    return inner


def _raised(object_id: str, count: int) -> bytes:
    return purpose("data-key-raised", object_id, str(count))


def _layer(object_id: str, layer: int, count: int) -> bytes:
    return purpose("data-key", object_id, f"{layer + 1}/{count}")
