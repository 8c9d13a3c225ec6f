"""Reading back: what was stored is what was meant, with its key; or what the ledger says, without it."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidTag

from desktop.errors import Refusal
from desktop.vault.contract import Backend
from desktop.vault.format import FULL_PLAIN, HEADER, SEGMENT, TAG, Opener, cipher_span, segment_count
from desktop.vault.pipe import Stored


def verify_stored(backend: Backend, stored: Stored, *, cipher_digest: bool = True) -> None:
    """Read a published object back: every segment authenticates, digests and sizes agree.

    The digest of the ciphertext may be left out where time counts: key, header, content and tags leave room for one
    ciphertext only. Refuses with `vault.damaged` (object_id, segment).
    """
    plain_sum, cipher_sum = hashlib.sha256(), hashlib.sha256()
    source = backend.open(stored.object_id)
    try:
        if source.size != stored.cipher_size:
            raise _damaged(stored, 0)
        header = source.pread(0, HEADER)
        cipher_sum.update(header)
        try:
            opener = Opener(stored.data_key, stored.object_id, header)
        except ValueError:
            raise _damaged(stored, 0) from None
        plain = memoryview(bytearray(min(FULL_PLAIN, stored.size)))
        last = segment_count(stored.size) - 1
        for index in range(last + 1):
            start, length = cipher_span(index, source.size)
            segment = source.pread(start, length)
            out = plain[: length - TAG]
            try:
                opener.open_into(index, segment, out, last=index == last)
            except (InvalidTag, ValueError):
                raise _damaged(stored, index) from None
            if cipher_digest:
                cipher_sum.update(segment)
            plain_sum.update(out)
    finally:
        source.close()
    if plain_sum.hexdigest() != stored.sha256 or (cipher_digest and cipher_sum.hexdigest() != stored.cipher_sha256):
        raise _damaged(stored, last)


def _damaged(stored: Stored, segment: int) -> Refusal:
    return Refusal("vault.damaged", object_id=stored.object_id, segment=segment)


def check_object(backend: Backend, object_id: str, cipher_size: int, cipher_sha256: str) -> list[str]:
    """Check an object without its key: `object.missing`, `object.size`, `object.digest`, or nothing.

    Other refusals of the backend (the drive is away, a sector fails) pass through: they say nothing of the object.
    """
    try:
        source = backend.open(object_id)
    except Refusal as refusal:
        if refusal.code != "vault.missing":
            raise
        return ["object.missing"]
    try:
        findings = [] if source.size == cipher_size else ["object.size"]
        total = hashlib.sha256()
        for offset in range(0, source.size, SEGMENT):
            total.update(source.pread(offset, SEGMENT))
        return findings if total.hexdigest() == cipher_sha256 else [*findings, "object.digest"]
    finally:
        source.close()
