"""Lists what is to be taken in: every regular file under what was chosen, by its exact name, links never followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.errors import Refusal
from desktop.jobs import Progress, Silent


@dataclass(frozen=True)
class Listed:
    """One file to take in; `path` in the bytes of the file system."""

    path: bytes
    size: int


def list_files(sources: Iterable[bytes], progress: Progress | None = None) -> list[Listed]:
    """Every file under the sources, in the order of their names. Progress counts files, their total unknown.

    Raises `Refusal` intake.source_gone, intake.nothing; `Cancelled`.
    """
    found: list[Listed] = []
    tell = progress or Silent()
    tell.begin(0, "files")
    for source in sources:
        try:
            for one in _under(os.path.abspath(source)):
                found.append(one)
                tell.step(shown_path(os.path.basename(one.path)))
        except OSError as e:
            raise Refusal("intake.source_gone", path=shown_path(source), reason=e.strerror or type(e).__name__) from e
    if not found:
        raise Refusal("intake.nothing")
    return found


def _under(source: bytes) -> Iterator[Listed]:
    mode = os.lstat(source)
    if not stat.S_ISDIR(mode.st_mode):
        yield Listed(source, mode.st_size)
        return
    folders = [source]
    while folders:
        folder = folders.pop()
        with os.scandir(folder) as entries:
            here = sorted(entries, key=lambda e: e.name)
        for entry in here:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                # Links, pipes and devices are listed too: the deposit says of each that it was not taken, and why.
                yield Listed(entry.path, entry.stat(follow_symlinks=False).st_size)


def shown_path(path: bytes) -> str:
    """A path for the screen: undecodable bytes as escapes."""
    return path.decode("utf-8", "backslashreplace")
