"""复制件: one numbered copy written where the person chose, under a temporary name until it is whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop.errors import Refusal
from desktop.handout import handed_out
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.media.clips import write_clip
from desktop.media.openable import OpenableLine
from desktop.media.room import Opened
from models.filenames import fold, safe_export_name

if TYPE_CHECKING:
    from desktop.archive import Archive

PIECE = 1 << 20  # bytes read, hashed and written at a time: one segment of the vault


@dataclass(frozen=True)
class SavedCopy:
    """A copy that left the archive: where it lies, which one it is, and the SHA-256 that the ledger has of it."""

    path: Path
    number: int
    sha256: str


def copy_name(line: OpenableLine, folder: Path | None = None) -> str:
    """What the next copy is called: approval, its number, title. Harmless on any desk, and free in `folder`."""
    ending = ".mp4" if _is_clip(line.kind, bool(line.spans)) else Path(line.name).suffix
    taken = {fold(p.name) for p in folder.iterdir()} if folder is not None and folder.is_dir() else set()
    return safe_export_name(f"{line.number}-{line.copies_made + 1} {line.title}{ending}", taken.__contains__)


def save_copy(archive: Archive, line: OpenableLine, path: Path, progress: Progress) -> SavedCopy:
    """Write the next copy of `line` to `path`. Progress in bytes, or in seconds where spans are cut out; may be cancelled.

    What is not whole stands under a temporary name beside `path` and is removed. Raises `Refusal`: copy.unwritable, grant.*,
    vault.*, and Cancelled.
    """
    made: list[str] = []

    def make(opened: Opened, number: int, target: BinaryIO, told: Progress) -> str:
        made.append(_write(archive, opened, number, target, told))
        return made[0]

    with handed_out(path) as target:
        number = archive.media.copy(line.component, line.grant, target, make, progress)
    return SavedCopy(path, number, made[0])


def _is_clip(kind: str, cut: bool) -> bool:
    return cut and kind in ("video", "audio")


def _write(archive: Archive, opened: Opened, number: int, target: BinaryIO, progress: Progress) -> str:
    told = _Hashed(target)
    if _is_clip(opened.component.kind, opened.spans is not None):
        me, day = archive.person.name, archive.clock.now().date().isoformat()
        words = _("Copy {copy} under {number}　{person}　{day}").format(copy=number, number=opened.number, person=me, day=day)
        write_clip(opened.reader, opened.spans, words, told, progress)  # type: ignore[arg-type]  # it only writes to it
        return told.digest.hexdigest()
    progress.begin(opened.reader.size, "bytes")
    for offset in range(0, opened.reader.size, PIECE):
        piece = opened.reader.read_at(offset, PIECE)
        told.write(piece)
        progress.step(amount=len(piece))
    if opened.reader.size and told.digest.hexdigest() != opened.component.sha256:
        raise Refusal("vault.damaged", object_id=opened.component.name, segment="–")
    return told.digest.hexdigest()


class _Hashed:
    """Writes on, and digests what went by."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return self._target.write(piece)
