"""Which objects were published but not yet answered for by a row: found after a crash without listing the store."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.errors import Refusal
from desktop.vault.backend import LocalBackend, flush_folder, lock_file
from desktop.vault.contract import Finished, disk_refusal

FOLDER = "intents"
_HIDDEN = "."
_WRITING = 60  # seconds after which a file that is still empty under its first name was left by a crash


class Intents:
    """One small file a batch, written before its objects get their names and removed after their rows are committed.

    A file is locked by the program that wrote it, so that a second program never sweeps what the first is still admitting.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._lock = threading.Lock()
        self._open: dict[Path, tuple[int, set[str]]] = {}

    def declare(self, object_ids: Sequence[str]) -> None:
        """Say which objects are about to appear. Raises `Refusal` when it cannot be written."""
        if not object_ids:
            return
        path = self._folder / secrets.token_hex(8)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            fd = self._write(path, "\n".join(object_ids).encode())
        except OSError as error:
            raise disk_refusal(error) from error
        with self._lock:
            self._open[path] = (fd, set(object_ids))

    def _write(self, path: Path, content: bytes) -> int:
        """Write and lock the file before it has its name, so that nobody meets it before it is whole and locked."""
        fd = self._nameless(content)
        if fd is not None:
            try:
                # A folder's descriptor makes Python call linkat, which alone follows /proc to the nameless file.
                folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    os.link(f"/proc/self/fd/{fd}", path, src_dir_fd=folder)
                    os.fsync(folder)
                finally:
                    os.close(folder)
                return fd
            except FileNotFoundError:  # no /proc here: under another name then
                os.close(fd)
            except OSError:
                os.close(fd)
                path.unlink(missing_ok=True)
                raise
        return self._under_another_name(path, content)

    def _nameless(self, content: bytes) -> int | None:
        """The file, whole and locked, with no name yet: whoever dies here leaves nothing. None where the drive knows no such files."""
        if not hasattr(os, "O_TMPFILE"):
            return None
        try:
            fd = os.open(self._folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
        except OSError as error:
            if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL):
                return None
            raise
        try:
            lock_file(fd)
            os.write(fd, content)
            os.fsync(fd)
        except OSError:
            os.close(fd)
            raise
        return fd

    def _under_another_name(self, path: Path, content: bytes) -> int:
        hidden = path.with_name(_HIDDEN + path.name)
        fd = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            lock_file(fd)
            os.write(fd, content)
            os.fsync(fd)
            os.rename(hidden, path)
            flush_folder(self._folder)
        except OSError:
            os.close(fd)
            hidden.unlink(missing_ok=True)
            raise
        return fd

    def acknowledge(self, object_ids: Iterable[str]) -> None:
        """The rows of these objects are committed, or the objects are gone."""
        done = set(object_ids)
        with self._lock:
            for path, (fd, waiting) in list(self._open.items()):
                waiting -= done
                if not waiting:
                    path.unlink(missing_ok=True)
                    os.close(fd)
                    del self._open[path]

    def left(self) -> list[tuple[Path, list[str]]]:
        """Intents of programs that are no more."""
        found = []
        for path in sorted(self._folder.glob("*")) if self._folder.is_dir() else []:
            with contextlib.suppress(OSError), open(path, encoding="ascii", errors="replace") as f:
                facts = os.fstat(f.fileno())
                being_written = path.name.startswith(_HIDDEN) and not facts.st_size and time.time() - facts.st_mtime < _WRITING
                if not being_written and lock_file(f.fileno()):
                    found.append((path, f.read().split()))
        return found


class IntendingBackend(LocalBackend):
    """The local vault, declaring every batch before it is published."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.intents = Intents(root)

    def publish(self, finished: Sequence[Finished]) -> None:
        self.intents.declare([one.object_id for one in finished])
        try:
            super().publish(finished)
        except Refusal:
            self.intents.acknowledge([one.object_id for one in finished])  # none of them is there
            raise

    def delete(self, object_id: str) -> None:
        super().delete(object_id)
        self.intents.acknowledge([object_id])

    def is_swept(self) -> bool:
        """Whether an interrupted deposit left nothing here: then there is nothing to ask the tables about."""
        return not any(self._incoming.glob("*.part")) and not any((self.root / FOLDER).glob("*"))

    def remove_if_there(self, object_id: str) -> int:
        """Delete an object that no row answers for; 1 when there was one."""
        try:
            self.delete(object_id)
        except Refusal as refusal:
            if refusal.code == "vault.missing":
                return 0
            raise
        return 1
