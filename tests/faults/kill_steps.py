"""Kills one small deposit at each of its steps in turn: before every flush, rename, link, removal and commit, and after each act.

Run: python -m tests.faults.kill_steps FOLDER. Then the deposit goes on in a fresh process, which must end with every file
there exactly once. Prints how many steps there were and what was wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.archive import Archive
from desktop.intake import deposit, resume
from desktop.jobs import Silent
from models.holdings import Component, Deposit
from models.secrecy import Label
from models.terms import CaseId, DepositId, DepositState
from tests.faults.kill_rounds import Unlocked, forked, in_a_child, look, tell, unlock
from tests.office import ARCHIVIST, make_office, passwords_at_least_cost

CALLS = ("fsync", "fdatasync", "link", "rename", "replace", "unlink", "mkdir")
CONTENTS = {"一.bin": b"first" * 20_000, "二.bin": b"second" * 50, "三.bin": b""}


class Steps:
    """Counts the steps of this process that change what is on the disk, and ends it at the N-th."""

    def __init__(self, end_at: int, pipe: int) -> None:
        self.count, self._end_at, self._pipe = 0, end_at, pipe
        self._lock = threading.Lock()  # objects are flushed by several threads

    def watch(self, archive: Archive) -> None:
        for name in CALLS:
            setattr(os, name, self._around(name, getattr(os, name)))
        archive.database.connection().set_commit_hook(self._before_commit)
        archive.listen(lambda act, subject: self.step(f"after {act}"))

    def step(self, name: str) -> None:
        with self._lock:
            self.count += 1
            tell(self._pipe, self.count, name)
            if self.count >= self._end_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def _before_commit(self) -> bool:
        self.step("before commit")
        return False

    def _around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step(f"before {name}")
            return call(*args, **kwargs)

        return counted


def take_in(unlocked: Unlocked, root: Path, source: Path, end_at: int) -> list[str]:
    """The steps of one deposit up to the `end_at`-th, where it is killed."""
    def work(pipe: int) -> None:
        archive = unlocked.open(root)
        archive.begin_session(unlocked.sessions[ARCHIVIST])
        Steps(end_at, pipe).watch(archive)
        deposit(archive, [os.fsencode(source)], CaseId(1), Label(), Silent())
        tell(pipe, "ended")
        os._exit(0)

    pid, pipe = forked(work)
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    os.waitpid(pid, 0)
    return said.decode().splitlines()


def go_on(unlocked: Unlocked, root: Path, source: Path) -> list[str]:
    """What is wrong after the kill, and after the deposit went on."""
    wrong = look(lambda: unlocked.open(root), [], whole=True)
    archive = unlocked.open(root)
    archive.begin_session(unlocked.sessions[ARCHIVIST])
    left = Deposit.get_or_none(Deposit.state == DepositState.RUNNING.value)
    if left is not None:
        resume(archive, DepositId(left.id), Silent())
    elif Deposit.select().count() < 2:  # it had not begun
        deposit(archive, [os.fsencode(source)], CaseId(1), Label(), Silent())
    held = Counter(c.sha256 for c in Component.select().where(Component.deposit != 1))
    if held != Counter(hashlib.sha256(content).hexdigest() for content in CONTENTS.values()):
        wrong.append(f"not every file once: {held}")
    archive.close()
    return wrong + look(lambda: unlocked.open(root), [], whole=True)


def main(folder: Path) -> int:
    template, source = folder / "template", folder / "source"
    make_office(template)
    unlocked = unlock(template)
    source.mkdir()
    for name, content in CONTENTS.items():
        (source / name).write_bytes(content)
    names: set[str] = set()
    failures, end_at, said = 0, 0, [""]
    while said[-1] != "ended":
        end_at += 1
        root = folder / f"archive-{end_at}"
        shutil.copytree(template, root)
        said = take_in(unlocked, root, source, end_at)
        names |= {line.partition(" ")[2] for line in said}
        wrong = in_a_child(lambda root=root: go_on(unlocked, root, source))  # type: ignore[misc] # bound now
        wrong += [f"source changed: {n}" for n, c in CONTENTS.items() if (source / n).read_bytes() != c]
        for line in wrong:
            print(f"killed at {said[-1:]}: {line}", flush=True)
        failures += bool(wrong)
        shutil.rmtree(root)
    print(json.dumps({"steps": end_at - 1, "kinds": sorted(names - {""}), "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    passwords_at_least_cost()
    sys.exit(main(Path(sys.argv[1])))
