"""What lies in the folder outside the database: the clear files, every object, and strangers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.database import ArchiveDatabase
from desktop.errors import Refusal
from desktop.header import clear_files, digest_of
from desktop.jobs import Progress
from desktop.ledger.walk import Finding
from desktop.paths import ArchivePaths
from desktop.vault.backend import INCOMING
from desktop.vault.contract import Backend, is_object_id
from desktop.vault.intents import FOLDER as INTENTS
from desktop.vault.readback import check_object
from models.filenames import shown

_INTENT = re.compile(r"[0-9a-f]{16}")
_SIDE_FILES = ("-wal", "-shm", "-journal", "-before")  # the last: as it was, while it is migrated


class Kept(Protocol):
    """What the database says of one object."""

    @property
    def object_id(self) -> str: ...
    @property
    def cipher_size(self) -> int: ...
    @property
    def cipher_sha256(self) -> str: ...


def file_findings(paths: ArchivePaths, database: ArchiveDatabase) -> Iterator[Finding]:
    """The header and the key files against the digests that the ledger answers for."""
    found = database.connection().execute("SELECT substr(name, 6), value FROM fact WHERE name LIKE 'file:%'")
    digests = {str(name): str(value) for name, value in found}
    for name, digest in digests.items():
        try:
            if digest_of(paths.root / name) != digest:
                yield Finding("file.changed", {"path": name})
        except FileNotFoundError:
            yield Finding("file.missing", {"path": name})
        except OSError as error:
            yield Finding("file.unreadable", {"path": name, "detail": error.strerror or ""})
    for path in clear_files(paths):
        name = path.relative_to(paths.root).as_posix()
        if name not in digests:
            yield Finding("file.unknown", {"path": shown(os.fsencode(name))})


def object_findings(vault: Backend, objects: Sequence[Kept], progress: Progress) -> Iterator[Finding]:
    """Every object of the database against its file: size and digest of the ciphertext."""
    progress.begin(sum(max(one.cipher_size, 0) for one in objects), "bytes")
    for one in objects:
        try:
            for code in check_object(vault, one.object_id, one.cipher_size, one.cipher_sha256):
                yield Finding(code, {"object_id": one.object_id})
        except Refusal as refusal:
            detail = str(refusal.facts.get("reason", refusal.code))
            yield Finding("object.unreadable", {"object_id": one.object_id, "detail": detail})
        progress.step(amount=max(one.cipher_size, 0))


def objects_listed(paths: ArchivePaths) -> list[str]:
    """Every file below the vault, as a path relative to it; links are listed, never followed."""
    found: list[str] = []
    for folder, folders, files in os.walk(paths.vault, followlinks=False):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [os.path.relpath(os.path.join(folder, name), paths.vault) for name in [*files, *links]]
    return sorted(found)


def strangers(paths: ArchivePaths, listed: Sequence[str], objects: Sequence[Kept],
              appeared: Callable[[str], bool]) -> Iterator[Finding]:
    """Files that no row knows. `appeared` asks once more for an object that was admitted while the verification ran."""
    known = {_place(one.object_id) for one in objects}
    for name in listed:
        path = Path(name)
        if name in known or _is_under_way(path):
            continue
        whole = paths.vault / path
        if is_object_id(path.name) and name == _place(path.name) and not whole.is_symlink() and appeared(path.name):
            continue
        if os.path.lexists(whole):
            yield Finding("object.unknown", {"path": shown(os.fsencode(name))})
    lawful = {paths.header.name, paths.keys.name, paths.vault.name, paths.database.name}
    lawful |= {paths.database.name + ending for ending in _SIDE_FILES}
    for entry in sorted(os.scandir(paths.root), key=lambda e: e.name):
        if entry.name not in lawful:
            yield Finding("file.unknown", {"path": shown(os.fsencode(entry.name))})
    for entry in sorted(os.scandir(paths.keys), key=lambda e: e.name):
        if not entry.name.endswith(".json"):
            yield Finding("file.unknown", {"path": f"{paths.keys.name}/{shown(os.fsencode(entry.name))}"})


def _is_under_way(path: Path) -> bool:
    """What a deposit that is being admitted has in the vault: swept when its program is gone."""
    folder = str(path.parent)
    return (folder == INCOMING and path.suffix == ".part") or (folder == INTENTS and _INTENT.fullmatch(path.name) is not None)


def _place(object_id: str) -> str:
    return os.path.join(object_id[:2], object_id[2:4], object_id)
