"""Backends of the vault: the contract, and the local folder or network drive."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from desktop.errors import Refusal
from desktop.vault.contract import Backend, Finished, ObjectWriter, disk_refusal, is_object_id, new_object_id
from desktop.vault.direct import ALIGNED, DIRECT_FROM, read_direct, set_direct
from desktop.vault.format import Block
from desktop.vault.segments import RandomAccess

__all__ = ["Backend", "Finished", "LocalBackend", "ObjectWriter", "RandomAccess"]

INCOMING = "incoming"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}
_FLUSHERS = 8
T = TypeVar("T")


class LocalObject:
    """A published object, open for reading; `fresh` from the device itself, past the memory of the system."""

    def __init__(self, fd: int, object_id: str, fresh: bool = False) -> None:
        self._fd, self._object_id = fd, object_id
        self._lock = threading.Lock()
        self._fresh = fresh and set_direct(fd, True)
        self.size = os.fstat(fd).st_size

    def pread(self, offset: int, length: int) -> bytes:
        try:
            if sys.platform != "win32":
                if self._fresh:
                    return read_direct(self._fd, offset, length)
                return os.pread(self._fd, length, offset)
            with self._lock:
                os.lseek(self._fd, offset, os.SEEK_SET)
                return os.read(self._fd, length)
        except OSError as error:
            raise disk_refusal(error, self._object_id) from error

    def close(self) -> None:
        """Let go of the file; twice is harmless."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def __enter__(self) -> LocalObject:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class LocalWriter:
    """An object being written under its temporary name.

    The open file is locked: that is how a sweep at the start of another desk knows that its writer lives. It stays
    open until it is flushed, because a failed write-back is told to those who had the file open when it failed.
    """

    def __init__(self, folder: str) -> None:
        self.object_id = new_object_id()
        self.temporary = os.path.join(folder, f"{self.object_id}.part")
        self._fd = os.open(self.temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_FOLLOW, 0o600)
        self._direct, self._at = False, 0
        lock_file(self._fd)

    def write(self, block: Block) -> None:
        direct = len(block) >= DIRECT_FROM and len(block) % ALIGNED == 0 and self._at % ALIGNED == 0
        if direct != self._direct:
            self._direct = set_direct(self._fd, direct)
        rest = memoryview(block)
        try:
            while rest:
                rest = rest[self._write(rest) :]
        except OSError as error:
            raise disk_refusal(error, self.object_id) from error

    def _write(self, rest: memoryview) -> int:
        try:
            written = os.write(self._fd, rest)
        except OSError as error:
            if error.errno != errno.EINVAL or not self._direct:
                raise
            # The block does not lie on a page, or this device wants other steps: through the system's memory then.
            set_direct(self._fd, False)
            written = os.write(self._fd, rest)
        self._at += written
        return written

    def finish(self) -> LocalWriter:
        return self

    def flush(self) -> None:
        """Bring the bytes to the disk and release the file."""
        os.fsync(self._fd)
        self.release()

    def release(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def abandon(self) -> None:
        self.release()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.temporary)


class LocalBackend:
    """Objects in a folder of this machine or of a network drive, as `aa/bb/<32 hex digits>`.

    Files are 0600, folders 0700. Symbolic links inside are refused, never followed; a hard link to a stranger's file
    is refused by decryption.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._root = os.fspath(root)
        self._incoming = root / INCOMING
        self._incoming_path = os.path.join(self._root, INCOMING)
        self._known: set[str] = set()
        self._unflushed: set[str] = set()  # folders with new entries; after a failure the next batch flushes them too
        self._flushers = ThreadPoolExecutor(_FLUSHERS, "vault-flush")
        try:
            for folder in (root, self._incoming):
                folder.mkdir(mode=0o700, parents=folder is root, exist_ok=True)
                _refuse_link(folder)
        except OSError as error:
            raise disk_refusal(error) from error

    def new_object(self) -> LocalWriter:
        try:
            return LocalWriter(self._incoming_path)
        except OSError as error:
            raise disk_refusal(error) from error

    def publish(self, finished: Sequence[Finished]) -> None:
        writers = [one for one in finished if isinstance(one, LocalWriter)]
        if len(writers) != len(finished):
            raise TypeError("objects are published where they were written")
        published: list[str] = []
        try:
            self._at_once(LocalWriter.flush, writers)
            self._unflushed |= self._folders(writers)
            for one in writers:
                final = self._place(one.object_id)
                _rename_new(one.temporary, final)
                published.append(final)
            self._at_once(flush_folder, sorted(self._unflushed))
            self._unflushed = set()
        except OSError as error:
            # After a failed flush the next one "succeeds": nothing of this batch may be called kept.
            for gone in published:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(gone)
            for one in writers:
                with contextlib.suppress(OSError):
                    one.abandon()
            raise disk_refusal(error) from error

    def _at_once(self, flush: Callable[[T], None], them: Sequence[T]) -> None:
        """Flush several at a time, for the device gathers them. All have ended before the first failure is raised: none is abandoned
        while it is being flushed. A thread takes a share of them, for handing each over would cost more than flushing it."""
        lanes = min(_FLUSHERS, len(them))
        ended, _ = wait([self._flushers.submit(_each, flush, them[lane::lanes]) for lane in range(lanes)])
        for one in ended:
            one.result()

    def open(self, object_id: str, *, fresh: bool = False) -> LocalObject:
        path = self._checked(object_id)
        try:
            _refuse_links(path)
            fd = os.open(path, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            raise disk_refusal(error, object_id) from error
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise Refusal("vault.foreign", object_id=object_id, reason=os.strerror(errno.ELOOP))
        return LocalObject(fd, object_id, fresh)

    def delete(self, object_id: str) -> None:
        path = self._checked(object_id)
        try:
            _refuse_links(path)
            os.unlink(path)
            flush_folder(os.path.dirname(path))
        except OSError as error:
            raise disk_refusal(error, object_id) from error

    def sweep(self) -> int:
        try:
            return sum(_sweep_one(part) for part in sorted(self._incoming.glob("*.part")))
        except OSError as error:
            raise disk_refusal(error) from error

    def object_ids(self) -> Iterator[str]:
        try:
            for first in _hex_folders(self.root):
                for second in _hex_folders(first):
                    for name in sorted(entry.name for entry in os.scandir(second)):
                        if is_object_id(name) and name.startswith(first.name + second.name):
                            yield name
        except OSError as error:
            raise disk_refusal(error) from error

    def free_space(self) -> int:
        try:
            return shutil.disk_usage(self.root).free
        except OSError as error:
            raise disk_refusal(error) from error

    def _place(self, object_id: str) -> str:
        """Where an object lies. Text, not `Path`: of thousands of files, building paths took as long as opening them."""
        return os.path.join(self._root, object_id[:2], object_id[2:4], object_id)

    def _checked(self, object_id: str) -> str:
        if not is_object_id(object_id):
            raise Refusal("vault.missing", object_id=object_id, reason=os.strerror(errno.ENOENT))
        return self._place(object_id)

    def _folders(self, writers: Sequence[LocalWriter]) -> set[str]:
        """Make the folders that these objects need; all folders whose entries change."""
        changed: set[str] = set()
        for one in writers:
            inner = os.path.dirname(self._place(one.object_id))
            changed.add(inner)
            if inner in self._known:
                continue
            outer = os.path.dirname(inner)
            for folder, above in ((outer, self._root), (inner, outer)):
                if folder in self._known:
                    continue
                try:
                    os.mkdir(folder, 0o700)
                    changed.add(above)
                except FileExistsError:
                    _refuse_link(folder)
                self._known.add(folder)
        return changed


def lock_file(fd: int) -> bool:
    """Take the writer's lock; False when somebody else holds it or this place has none."""
    if sys.platform == "win32":
        return True  # there an open file cannot be removed, so a sweep leaves it by itself
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep_one(part: Path) -> bool:
    """Remove one temporary unless its writer lives; True when it is gone."""
    try:
        fd = os.open(part, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return False
    except OSError:
        part.unlink(missing_ok=True)  # a planted link: the link goes, not what it points to
        return True
    try:
        free = lock_file(fd)
    finally:
        os.close(fd)
    if free:
        part.unlink(missing_ok=True)
    return free


def _each(flush: Callable[[T], None], them: Sequence[T]) -> None:
    """Flush each, also after a failure, and then raise the first."""
    failure: OSError | None = None
    for one in them:
        try:
            flush(one)
        except OSError as error:
            failure = failure or error
    if failure:
        raise failure


def _rename_new(temporary: str, final: str) -> None:
    """Give the file its name; never replaces one that is there."""
    if sys.platform == "win32":
        os.rename(temporary, final)
        return
    try:
        os.link(temporary, final, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A drive without hard links: the id is 128 random bits, so looking first is as good as an exclusive rename.
        if os.path.lexists(final):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), final) from None
        os.rename(temporary, final)
        return
    os.unlink(temporary)


def flush_folder(folder: str | Path) -> None:
    if sys.platform == "win32":
        return  # a folder cannot be flushed there; NTFS journals the rename
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _NO_FOLLOW)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _refuse_link(folder: str | Path) -> None:
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))


def _refuse_links(path: str) -> None:
    inner = os.path.dirname(path)
    _refuse_link(os.path.dirname(inner))
    _refuse_link(inner)


def _hex_folders(folder: Path) -> list[Path]:
    found = [entry for entry in os.scandir(folder) if len(entry.name) == 2 and entry.is_dir(follow_symlinks=False)]
    return sorted(Path(entry.path) for entry in found)
