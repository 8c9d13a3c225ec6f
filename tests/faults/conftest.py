"""What the tests of faults share: small disks that fill up, disks for reading, and a person of no privilege."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def mounted(at: Path, *how: str) -> Iterator[bool]:
    """Something mounted at a path; False where this user may not mount."""
    done = subprocess.run(["mount", *how, str(at)], capture_output=True, check=False)
    try:
        yield not done.returncode
    finally:
        if not done.returncode:
            subprocess.run(["umount", "-l", str(at)], check=True)


class Disks:
    """Mounts small disks and single files; skips where mounting is not permitted, as the cases beside inject the error."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack

    def small(self, at: Path, size: str) -> Path:
        """A disk of that size at the folder, with what was in it."""
        at.mkdir(exist_ok=True)
        aside = at.with_name(f"{at.name}-aside")
        shutil.copytree(at, aside)
        self._mount(at, "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs")
        shutil.copytree(aside, at, dirs_exist_ok=True)
        shutil.rmtree(aside)
        return at

    def file(self, elsewhere: Path, at: Path) -> None:
        """A file of another disk, to be seen at this path too."""
        at.touch()
        self._mount(at, "--bind", str(elsewhere))

    def _mount(self, at: Path, *how: str) -> None:
        if not self._stack.enter_context(mounted(at, *how)):
            pytest.skip("mounting is not permitted here; the case with an injected error stands beside")


@pytest.fixture
def disks() -> Iterator[Disks]:
    with contextlib.ExitStack() as stack:
        yield Disks(stack)


def remounted(at: Path, how: str) -> None:
    """Mount a disk anew as `ro`, `rw` or `size=…`."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(at)], check=True)


def fill(at: Path, leave: int = 0) -> Path:
    """A file that takes all room but `leave` bytes."""
    filler = at / "filler"
    with open(filler, "wb", buffering=0) as f, contextlib.suppress(OSError):
        while True:
            free = os.statvfs(at)
            room = free.f_bavail * free.f_frsize - leave
            if room <= 0 or not f.write(b"\0" * min(room, 1 << 20)):
                break
    return filler
