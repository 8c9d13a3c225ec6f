"""Kills a working archive at random moments and looks at what is left. Run: python -m tests.faults.kill_rounds FOLDER ROUNDS SEED.

The parent stays single-threaded and forks. It has unlocked the desk and signed three people in once, so that a round does not
pay for Argon2id again; everything else a child does through the rooms themselves: it opens the archive afresh, works, and is
killed. What it was told is done it first writes to a pipe: that must be there afterwards, whole, in yet another process, and
without hand work. Every tenth round the archive is opened by its passphrase and verified to the last byte.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop import header
from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive, Session
from desktop.audit.verification import verify_archive
from desktop.errors import Refusal
from desktop.header import Header
from desktop.intake import deposit, resume
from desktop.opening import open_archive, open_at_desk
from desktop.paths import ArchivePaths
from desktop.vault.desk import DeskKeys
from models.access import Decision, Grant, GrantKey, Request
from models.holdings import Component, Deposit, DepositItem, StoredObject
from models.ledger import LedgerEntry
from models.secrecy import Label
from models.terms import CaseId, DepositId, DepositState, ItemState, RequestState, Verb
from tests.office import ARCHIVIST, LEADER, OFFICER, make_office, password_of, passwords_at_least_cost, sign_in

FRESH_EVERY, VERIFY_EVERY, APPROVE_EVERY = 50, 10, 4
LONGEST = 1.0  # seconds after which a child is killed at the latest, unless it has ended
SIZES = (0, 900, 70_000, 1_200_000)
KEPT = (ItemState.ADMITTED.value, ItemState.DUPLICATE.value, ItemState.QUARANTINED.value)
Work = Callable[[int], None]


@dataclass(frozen=True)
class Unlocked:
    """What the parent keeps in memory: the desk's keys and the sessions, with no file and no connection open."""

    head: Header
    desk: str
    keys: DeskKeys
    sessions: dict[str, Session]

    def open(self, root: Path) -> Archive:
        """The archive at `root` (a copy of the one that was unlocked), opened in this process."""
        return open_at_desk(ArchivePaths(root), self.head, self.desk, self.keys)


def unlock(root: Path) -> Unlocked:
    """Open once with the passphrase and sign in with passwords."""
    archive = open_archive(root)
    sessions = {}
    for name in (ARCHIVIST, OFFICER, LEADER):
        sign_in(archive, name)
        sessions[name] = archive.person
    desk, keys = archive.desk_name, archive.desk
    archive.close()
    return Unlocked(header.read_header(ArchivePaths(root)), desk, keys, sessions)


def forked(work: Work) -> tuple[int, int]:
    """Run `work(pipe)` in a child; returns its pid and the reading end."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        code = 1
        try:
            work(writing)
            code = 0
        except Refusal as refusal:
            os.write(2, f"{refusal.code} {refusal.facts}\n".encode())
        finally:
            os._exit(code)
    os.close(writing)
    return pid, reading


def tell(pipe: int, *words: object) -> None:
    os.write(pipe, (" ".join(map(str, words)) + "\n").encode())


class Telling:
    """A job's progress, told to whoever holds the other end of the pipe: a moment at which to kill."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def begin(self, total: int, unit: str = "") -> None:
        tell(self._pipe, "step")

    def step(self, note: str = "", amount: int = 1) -> None:
        tell(self._pipe, "step")


def intake_work(unlocked: Unlocked, root: Path, source: Path) -> Work:
    """Let what an earlier round left go on, then take in one more folder."""
    def work(pipe: int) -> None:
        archive = unlocked.open(root)
        archive.begin_session(unlocked.sessions[ARCHIVIST])
        archive.listen(lambda act, subject: tell(pipe, act, json.dumps(subject), kept(subject)))
        tell(pipe, "ready")
        for left in list(Deposit.select().where(Deposit.state == DepositState.RUNNING.value)):
            resume(archive, DepositId(left.id), Telling(pipe))
        deposit(archive, [os.fsencode(source)], CaseId(1), Label(), Telling(pipe))
        archive.close()

    return work


def kept(subject: dict[str, int | str]) -> str:
    """The components that the archive has just been said to hold."""
    found = Component.select(Component.id).where(Component.deposit == subject["deposit"]) if "deposit" in subject else []
    return json.dumps([c.id for c in found])


def approval_work(unlocked: Unlocked, root: Path) -> Work:
    """Two requests, both granted."""
    def work(pipe: int) -> None:
        archive = unlocked.open(root)
        archive.begin_session(unlocked.sessions[OFFICER])
        component = Component.select().first()
        asked = [archive.approvals.create(RequestDraft((Asked(component.id),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z"))
                 for _ in range(2)]
        archive.begin_session(unlocked.sessions[LEADER])
        tell(pipe, "ready")
        for request in asked:
            digest = archive.approvals.digest(request).digest
            tell(pipe, "step")
            grant = archive.approvals.decide(request, True, "", password_of(LEADER), digest)
            tell(pipe, "granted", request, grant)
        archive.close()

    return work


def kill_in_the_middle(work: Work, after: int, wait: float) -> list[str]:
    """Let the child say `after` things, wait, kill; what it said is returned."""
    pid, pipe = forked(work)
    said, since, ended = b"", None, False
    while not ended:
        left = 60.0 if since is None else max(wait - (time.monotonic() - since), 0)
        if not select.select([pipe], [], [], left)[0]:
            break
        part = os.read(pipe, 65536)
        said, ended = said + part, not part
        if since is None and said.count(b"\n") >= after:
            since = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    os.waitpid(pid, 0)
    return said.decode().splitlines()


def look(opened: Callable[[], Archive], said: list[str], whole: bool) -> list[str]:
    """What is wrong with the archive after the kill; nothing, one hopes."""
    wrong: list[str] = []
    archive = opened()
    try:
        if whole:
            report = verify_archive(archive.paths, archive.database, archive.vault)
            wrong += [f"{f.code} {f.facts}" for f in report.findings]
        if archive.ledger_state().size != LedgerEntry.select().count():
            wrong.append("the tree and the entries differ")
        wrong += half_done(archive)
        for line in said:
            wrong += acknowledged(archive, line)
        wrong += [f"left: {p.name}" for name in ("incoming", "intents") for p in (archive.paths.vault / name).glob("*")]
    finally:
        archive.close()
    return wrong


def half_done(archive: Archive) -> Iterator[str]:
    """Rows without objects, objects without rows, decisions without grants."""
    rows = {o.object_id: o.cipher_size for o in StoredObject.select()}
    there = set(archive.vault.object_ids())
    yield from (f"object without a row: {o}" for o in there - rows.keys())
    yield from (f"row without an object: {o}" for o in rows.keys() - there)
    for item in DepositItem.select():
        if (item.state in KEPT) != (item.component_id is not None):
            yield f"item {item.id} is {item.state}, component {item.component_id}"
    for request in Request.select().where(Request.state == RequestState.GRANTED.value):
        grant = Grant.get_or_none(Grant.request == request.id)
        if grant is None or not GrantKey.select().where(GrantKey.grant == grant.id).exists():
            yield f"request {request.id} granted without a key"
    for decision in Decision.select():
        if Request.get_by_id(decision.request_id).state == RequestState.WAITING.value:
            yield f"decision {decision.id} on a request that still waits"


def acknowledged(archive: Archive, line: str) -> Iterator[str]:
    """Whether what the child was told is done is there."""
    words = line.split(" ")
    if words[0] == "granted" and not Grant.get_or_none((Grant.id == int(words[2])) & (Grant.request == int(words[1]))):
        yield f"lost: {line}"
    if words[0].startswith("intake."):
        subject = json.loads(line[len(words[0]):line.rindex("[")])
        if Deposit.get_or_none(Deposit.id == subject["deposit"]) is None:
            yield f"lost: {line}"
        for component in json.loads(line[line.rindex("["):]):
            row = Component.get_or_none(Component.id == component)
            if row is None or archive.vault.open(row.object.object_id).size != row.object.cipher_size:
                yield f"lost: component {component}"


def in_a_child(work: Callable[[], list[str]]) -> list[str]:
    """What `work` says in a process of its own; that it did not end well, where it did not."""
    pid, pipe = forked(lambda out: tell(out, "\n".join(work())))
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    code = os.waitpid(pid, 0)[1]
    return [line for line in said.decode().splitlines() if line] + ([f"the archive did not open again: {code}"] if code else [])


@dataclass
class Rounds:
    """One run: its folder, its dice, and the archive as it was before the first round."""

    folder: Path
    chance: random.Random

    def run(self, rounds: int) -> int:
        template = self.folder / "template"
        if not template.exists():
            make_office(template)
        unlocked = unlock(template)
        failures = 0
        for number in range(rounds):
            root = self.folder / f"archive-{number // FRESH_EVERY}"
            if number % FRESH_EVERY == 0:
                shutil.copytree(template, root)
            wrong = self._round(unlocked, root, number, number % VERIFY_EVERY == VERIFY_EVERY - 1 or number == rounds - 1)
            for line in wrong:
                print(f"round {number}: {line}", flush=True)
            failures += bool(wrong)
            if number % FRESH_EVERY == FRESH_EVERY - 1 and not wrong:
                shutil.rmtree(root)
        return failures

    def _round(self, unlocked: Unlocked, root: Path, number: int, whole: bool) -> list[str]:
        source = self.folder / f"source-{number}"
        source.mkdir()
        contents = {f"{number}-{k}.bin": self.chance.randbytes(self.chance.choice(SIZES)) + bytes([k, number % 256]) for k in range(3)}
        for name, content in contents.items():
            (source / name).write_bytes(content)
        if number % APPROVE_EVERY == APPROVE_EVERY - 1:
            said = kill_in_the_middle(approval_work(unlocked, root), self.chance.randint(1, 5), self.chance.uniform(0, 0.3))
        elif number % 2:
            said = kill_in_the_middle(intake_work(unlocked, root, source), 1, self.chance.uniform(0, LONGEST))
        else:
            said = kill_in_the_middle(intake_work(unlocked, root, source), self.chance.randint(1, 14), self.chance.uniform(0, 0.05))
        wrong = in_a_child(lambda: look(lambda: open_archive(root) if whole else unlocked.open(root), said, whole))
        return wrong + [f"source changed: {n}" for n, c in contents.items() if (source / n).read_bytes() != c]


def main(folder: Path, rounds: int, seed: int) -> int:
    failures = Rounds(folder, random.Random(seed)).run(rounds)
    print(json.dumps({"rounds": rounds, "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    passwords_at_least_cost()
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
