"""The contract of a backend, and the refusal for each way in which a disk says no."""

from __future__ import annotations

import errno
import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Protocol

from desktop.errors import Refusal
from desktop.vault.format import Block
from desktop.vault.segments import RandomAccess

_ID = re.compile(r"[0-9a-f]{32}\Z")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_MISSING = {errno.ENOENT, errno.ESTALE}
_FOREIGN = {errno.ELOOP, errno.ENOTDIR}


class Finished(Protocol):
    """A written object under its temporary name: no reader sees it before it is published."""

    @property
    def object_id(self) -> str:
        """32 hex digits, random, never the title or the digest."""

    def abandon(self) -> None:
        """Remove the temporary file; nothing happens when it was published or abandoned before."""


class ObjectWriter(Protocol):
    """The handle on which one object is written, from front to end."""

    @property
    def object_id(self) -> str:
        """The id under which it will be published."""

    def write(self, block: Block) -> None:
        """Append the whole block."""

    def finish(self) -> Finished:
        """End writing. Nothing is flushed to the disk yet: `Backend.publish` does that for many at once."""

    def abandon(self) -> None:
        """Remove what was written."""


class Backend(Protocol):
    """A place for objects: write-once, names without meaning.

    Every method refuses with `vault.full`, `vault.io`, `vault.read_only`, `vault.missing` or `vault.foreign`
    (object_id, reason).
    """

    def new_object(self) -> ObjectWriter:
        """A writer under a temporary name, with a fresh random id."""

    def publish(self, finished: Sequence[Finished]) -> None:
        """Make all of them durable and visible, or none: when one fails, all are removed and the refusal names it."""

    def open(self, object_id: str, *, fresh: bool = False) -> RandomAccess:
        """The published object for reading; `fresh` as the device has it, not the system's memory, where that can be."""

    def delete(self, object_id: str) -> None:
        """Remove a published object durably."""

    def sweep(self) -> int:
        """Remove temporaries whose writers are gone; how many."""

    def object_ids(self) -> Iterator[str]:
        """Every published object, in order of id."""

    def free_space(self) -> int | None:
        """Bytes that still fit; None where the place does not say."""


def new_object_id() -> str:
    """A name for an object: 128 random bits in hex."""
    return secrets.token_hex(16)


def is_object_id(name: str) -> bool:
    return _ID.match(name) is not None


def disk_refusal(error: OSError, object_id: str = "") -> Refusal:
    """The refusal for what the operating system said."""
    number = error.errno
    if number in _FULL:
        code = "vault.full"
    elif number in _READ_ONLY:
        code = "vault.read_only"
    elif number in _MISSING:
        code = "vault.missing"
    elif number in _FOREIGN:
        code = "vault.foreign"
    else:
        code = "vault.io"
    return Refusal(code, object_id=object_id, reason=error.strerror or str(error))
