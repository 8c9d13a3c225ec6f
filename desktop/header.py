"""What stands in the clear beside the database: which archive this is, and digests that prove the files unchanged."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refusal
from desktop.paths import ArchivePaths
from models.base import Fact

FORMAT = 1


@dataclass(frozen=True)
class Header:
    """Identity of an archive. `training` archives protect nothing: their passwords are printed."""

    archive_id: str
    name: str
    profile: str
    training: bool = False

    def write(self, paths: ArchivePaths) -> None:
        lines = [f"format = {FORMAT}", f"archive_id = {_quoted(self.archive_id)}", f"name = {_quoted(self.name)}",
                 f"profile = {_quoted(self.profile)}", f"training = {str(self.training).lower()}", ""]
        _write_durably(paths.header, "\n".join(lines).encode())


def read_header(paths: ArchivePaths) -> Header:
    """Raises `Refusal`: archive.missing, archive.header_damaged, archive.newer."""
    try:
        table = tomllib.loads(paths.header.read_text(encoding="utf-8"))
        version = int(table["format"])
        header = Header(str(table["archive_id"]), str(table["name"]), str(table["profile"]), bool(table["training"]))
    except FileNotFoundError as e:
        raise Refusal("archive.missing", path=str(paths.root)) from e
    except PermissionError as e:
        raise Refusal("archive.unreadable", path=paths.header.name, detail="PermissionError") from e
    except (OSError, ValueError, KeyError) as e:
        raise Refusal("archive.header_damaged", path=paths.header.name) from e
    if version > FORMAT:
        raise Refusal("archive.newer", version=version, known=FORMAT)
    return header


def clear_files(paths: ArchivePaths) -> list[Path]:
    """The files in the clear whose digests the database keeps."""
    return [paths.header, *sorted(paths.keys.glob("*.json"))]


def note_files(paths: ArchivePaths, without: Collection[str] = ()) -> None:
    """Write the digests of the clear files as facts, and forget those of files that are gone, or go with this act (`without`); inside it."""
    clear = [path for path in clear_files(paths) if path.name not in without]
    there = {f"file:{path.relative_to(paths.root).as_posix()}" for path in clear}
    for row in Fact.select().where(Fact.name.startswith("file:")):
        if row.name not in there:
            Fact.delete().where(Fact.id == row.id).execute()
    for path in clear:
        name, digest = f"file:{path.relative_to(paths.root).as_posix()}", digest_of(path)
        if Fact.select().where(Fact.name == name).exists():
            Fact.update(value=digest).where((Fact.name == name) & (Fact.value != digest)).execute()
        else:
            Fact.create(name=name, value=digest)


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # the one control character JSON leaves as it is


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb") as f:
        os.fchmod(f.fileno(), 0o600)
        f.write(content)
        f.flush()
        os.fsync(f.fileno())
