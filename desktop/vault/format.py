"""The object format: Tink's streaming AEAD `AES256_GCM_HKDF_1MB`, bound to the object's id (FORMAT.md §1)."""

from __future__ import annotations

import os
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEGMENT = 1 << 20
"""Bytes of ciphertext in a full segment; the first one counts the header in."""
TAG = 16
KEY = 32
_PREFIX = 7
HEADER = 1 + KEY + _PREFIX
FULL_PLAIN = SEGMENT - TAG
FIRST_PLAIN = SEGMENT - HEADER - TAG
SMALLEST = HEADER + TAG

Block = bytes | bytearray | memoryview


def segment_count(plain: int) -> int:
    """How many segments hold `plain` bytes; an empty object still has one."""
    return 1 + max(0, -(-(plain - FIRST_PLAIN) // FULL_PLAIN))


def cipher_size(plain: int) -> int:
    """Bytes on disk of an object of `plain` bytes."""
    return HEADER + plain + segment_count(plain) * TAG


def plain_size(cipher: int) -> int:
    """Bytes of content in an object of `cipher` bytes. Raises ValueError where no object has that size."""
    segments = -(-cipher // SEGMENT)
    plain = cipher - HEADER - segments * TAG
    if cipher < SMALLEST or segment_count(plain) != segments:
        raise ValueError(f"no object is {cipher} bytes long")
    return plain


def segment_at(offset: int) -> int:
    """The segment in which the byte of content at `offset` lies."""
    return 0 if offset < FIRST_PLAIN else 1 + (offset - FIRST_PLAIN) // FULL_PLAIN


def plain_start(index: int) -> int:
    """Where segment `index` begins in the content."""
    return 0 if index == 0 else FIRST_PLAIN + (index - 1) * FULL_PLAIN


def cipher_span(index: int, cipher: int) -> tuple[int, int]:
    """Where segment `index` lies in an object file of `cipher` bytes: (start, length), the header not counted."""
    start = index * SEGMENT if index else HEADER
    return start, min((index + 1) * SEGMENT, cipher) - start


def object_ad(object_id: str) -> bytes:
    """The associated data: the id as it stands in the file's name, 32 hex digits in ASCII."""
    return object_id.encode("ascii")


class _Segments:
    """The derived key and the nonces of one object."""

    def __init__(self, data_key: bytes, object_id: str, header: bytes) -> None:
        if len(data_key) != KEY:
            raise ValueError("a data key has 32 bytes")
        if len(header) != HEADER or header[0] != HEADER:
            raise ValueError("not the header of an object")
        salt, self._prefix = header[1 : 1 + KEY], header[1 + KEY :]
        self._aead = AESGCM(HKDF(SHA256(), KEY, salt, object_ad(object_id)).derive(data_key))

    def _nonce(self, index: int, last: bool) -> bytes:
        return self._prefix + struct.pack(">IB", index, last)


class Sealer(_Segments):
    """Encrypts one object, segment after segment, into buffers of the caller.

    Salt and prefix come from the operating system for every object: nothing is counted on disk, so a fork, a restored
    snapshot or a restored backup never repeats a nonce.
    """

    def __init__(self, data_key: bytes, object_id: str) -> None:
        self.header = bytes([HEADER]) + os.urandom(KEY + _PREFIX)
        super().__init__(data_key, object_id, self.header)
        self._next = 0
        self._closed = False

    @property
    def room(self) -> int:
        """How many bytes of content the next segment takes."""
        return FULL_PLAIN if self._next else FIRST_PLAIN

    def seal_into(self, plain: Block, out: Block, *, last: bool) -> int:
        """Encrypt the next segment into `out`, which is exactly 16 bytes longer; only the last may be short."""
        if self._closed or len(plain) > self.room or (not last and len(plain) != self.room):
            raise ValueError("segments are full but for the last")
        written = self._aead.encrypt_into(self._nonce(self._next, last), plain, None, out)
        self._next += 1
        self._closed = last
        return written


class Opener(_Segments):
    """Decrypts segments of one object in any order. Raises InvalidTag for anything that was not written as it stands."""

    def open_into(self, index: int, cipher: Block, out: Block, *, last: bool) -> int:
        """Decrypt segment `index` into `out`, which is exactly 16 bytes shorter."""
        return self._aead.decrypt_into(self._nonce(index, last), cipher, None, out)

    def open(self, index: int, cipher: Block, *, last: bool) -> bytes:
        """Decrypt segment `index`."""
        return self._aead.decrypt(self._nonce(index, last), cipher, None)
