"""Reading back: what was stored is what was meant, with its key; or what the ledger says, without it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from cryptography.exceptions import InvalidTag

from desktop.errors import Refusal
from desktop.vault.contract import Backend
from desktop.vault.format import FULL_PLAIN, HEADER, SEGMENT, TAG, Opener, cipher_span, segment_count
from desktop.vault.pipe import Stored
from desktop.vault.segments import RandomAccess


def verify_stored(backend: Backend, stored: Stored, *, cipher_digest: bool = True) -> None:
    """Read a published object back: every segment authenticates, digests and sizes agree.

    The digest of the ciphertext may be left out where time counts: key, header, content and tags leave room for one
    ciphertext only. Refuses with `vault.damaged` (object_id, segment).
    """
    plain_sum, cipher_sum = hashlib.sha256(), hashlib.sha256()
    source = backend.open(stored.object_id, fresh=True)
    try:
        if source.size != stored.cipher_size:
            raise _damaged(stored, 0)
        # An object of one segment comes in one piece: to ask the device once costs half of asking twice.
        start = source.pread(0, min(source.size, SEGMENT) if source.size <= SEGMENT else HEADER)
        header, rest = start[:HEADER], memoryview(start)[HEADER:]
        try:
            opener = Opener(stored.data_key, stored.object_id, header)
        except ValueError:
            raise _damaged(stored, 0) from None
        cipher_sum.update(header)
        plain = _room(min(FULL_PLAIN, stored.size))
        last = segment_count(stored.size) - 1
        segments: Iterable[bytes | memoryview] = [rest] if rest else read_ahead(source)
        for index, segment in enumerate(segments):
            out = plain[: len(segment) - TAG]
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


_mine = threading.local()


def _room(size: int) -> memoryview:
    """Memory for one segment of content, one piece a thread: fresh pages for every object would cost as much as decrypting it."""
    room: memoryview | None = getattr(_mine, "room", None)
    if room is None:
        room = _mine.room = memoryview(bytearray(FULL_PLAIN))
    return room[:size]


def _damaged(stored: Stored, segment: int) -> Refusal:
    return Refusal("vault.damaged", object_id=stored.object_id, segment=segment)


def read_ahead(source: RandomAccess) -> Iterator[bytes]:
    """The segments of an object as they lie, the header not counted; while one is used, the next is read."""
    spans = [cipher_span(index, source.size) for index in range(-(-source.size // SEGMENT))]
    if len(spans) < 2:
        yield from (source.pread(start, length) for start, length in spans if length > 0)
        return
    with ThreadPoolExecutor(1, "vault-read") as reader:
        coming = reader.submit(source.pread, *spans[0])
        for span in spans[1:]:
            segment = coming.result()
            coming = reader.submit(source.pread, *span)
            yield segment
        yield coming.result()


def check_object(backend: Backend, object_id: str, cipher_size: int, cipher_sha256: str) -> list[str]:
    """Check an object without its key: `object.missing`, `object.size`, `object.digest`, or nothing.

    Other refusals of the backend (the drive is away, a sector fails) pass through: they say nothing of the object.
    """
    try:
        source = backend.open(object_id, fresh=True)
    except Refusal as refusal:
        if refusal.code != "vault.missing":
            raise
        return ["object.missing"]
    try:
        findings = [] if source.size == cipher_size else ["object.size"]
        total = hashlib.sha256()
        total.update(source.pread(0, HEADER))
        for segment in read_ahead(source):
            total.update(segment)
        return findings if total.hexdigest() == cipher_sha256 else [*findings, "object.digest"]
    finally:
        source.close()
