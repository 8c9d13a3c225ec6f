"""Kills a working archive at random moments and looks at what is left. Run: python -m tests.faults.kill_rounds ROOT ROUNDS SEED.

The parent stays single-threaded and forks; each child opens the archive afresh, works, and is killed. What a child was told
is done it writes to a pipe first: that must be there afterwards, whole, and the archive must verify without hand work.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive, open_archive
from desktop.audit.verification import verify_archive
from desktop.errors import Refusal
from desktop.intake import deposit, resume
from desktop.jobs import Silent
from models.access import Decision, Grant, GrantKey, Request
from models.holdings import Component, Deposit, DepositItem, StoredObject
from models.secrecy import Label
from models.terms import ItemState, RequestState, Verb
from tests.office import ARCHIVIST, LEADER, OFFICER, password_of, sign_in

LONGEST = 0.5  # seconds a child may work before it is killed at the latest


def forked(work: Callable[[int], None]) -> tuple[int, int]:
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


def intake_work(root: Path, source: Path) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        archive = sign_in(open_archive(root), ARCHIVIST)
        archive.listen(lambda act, subject: os.write(pipe, f"{act} {json.dumps(subject)}\n".encode()))
        os.write(pipe, b"ready\n")
        left = Deposit.select().where(Deposit.state == "running").first()
        if left is not None:
            resume(archive, left.id, Silent())
        deposit(archive, [os.fsencode(source)], archive.cases.numbered("西财检〔2026〕9号"), Label(), Silent())
        archive.close()

    return work


def approval_work(root: Path) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        archive = sign_in(open_archive(root), OFFICER)
        component = Component.select().first()
        asked = [archive.approvals.create(RequestDraft((Asked(component.id),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z"))
                 for _ in range(3)]
        sign_in(archive, LEADER)
        os.write(pipe, b"ready\n")
        for request in asked:
            digest = archive.approvals.digest(request).digest
            grant = archive.approvals.decide(request, True, "", password_of(LEADER), digest)
            os.write(pipe, f"granted {request} {grant}\n".encode())
        archive.close()

    return work


def kill_in_the_middle(work: Callable[[int], None], wait: float) -> list[str]:
    """Let the child say that it is ready, wait, kill; what it said is returned."""
    pid, pipe = forked(work)
    said, since = b"", None
    while True:
        left = 30.0 if since is None else max(wait - (time.monotonic() - since), 0)
        if not select.select([pipe], [], [], left)[0]:
            break
        part = os.read(pipe, 65536)
        if not part:
            break
        said += part
        if since is None and b"ready\n" in said:
            since = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    os.waitpid(pid, 0)
    return said.decode().splitlines()


def check(root: Path, source: Path, said: list[str]) -> list[str]:
    """What is wrong with the archive after the kill; nothing, one hopes."""
    wrong: list[str] = []
    archive = open_archive(root)
    try:
        report = verify_archive(archive.paths, archive.database, archive.vault)
        wrong += [f"{f.code} {f.facts}" for f in report.findings]
        wrong += half_done(archive)
        for line in said:
            wrong += acknowledged(line)
    finally:
        archive.close()
    if [p.name for p in (root / "vault" / "incoming").glob("*")]:
        wrong.append("temporaries left")
    return wrong


def half_done(archive: Archive) -> list[str]:
    wrong = []
    ids = {o.object_id for o in StoredObject.select(StoredObject.object_id)}
    wrong += [f"object without a row: {o}" for o in archive.vault.object_ids() if o not in ids]
    for item in DepositItem.select():
        if (item.state in (ItemState.ADMITTED.value, ItemState.DUPLICATE.value, ItemState.QUARANTINED.value)) != (item.component_id is not None):
            wrong.append(f"item {item.id} is {item.state} without a component")
    for request in Request.select().where(Request.state == RequestState.GRANTED.value):
        grant = Grant.get_or_none(Grant.request == request.id)
        if grant is None or not GrantKey.select().where(GrantKey.grant == grant.id).exists():
            wrong.append(f"request {request.id} granted without a key")
    for decision in Decision.select():
        if Request.get_by_id(decision.request_id).state == RequestState.WAITING.value:
            wrong.append(f"decision {decision.id} on a request that still waits")
    return wrong


def acknowledged(line: str) -> list[str]:
    """Whether what the child was told is done is there."""
    words = line.split(" ", 1)
    if words[0] == "granted":
        request, grant = words[1].split()
        return [] if Grant.get_or_none((Grant.id == int(grant)) & (Grant.request == int(request))) else [f"lost: {line}"]
    if words[0] == "intake.begin":
        return [] if Deposit.get_or_none(Deposit.id == json.loads(words[1])["deposit"]) else [f"lost: {line}"]
    return []


def main(root: Path, rounds: int, seed: int) -> int:
    chance = random.Random(seed)
    source = root.parent / "rounds-source"
    source.mkdir(exist_ok=True)
    failures = 0
    for number in range(rounds):
        for old in source.iterdir():
            old.unlink()
        contents = {f"{number}-{k}.bin": chance.randbytes(chance.choice((0, 900, 70_000, 1_200_000))) + bytes([k, number % 256]) for k in range(4)}
        for name, content in contents.items():
            (source / name).write_bytes(content)
        work = approval_work(root) if number % 4 == 3 else intake_work(root, source)
        said = kill_in_the_middle(work, chance.uniform(0, LONGEST))
        pid, pipe = forked(lambda out, said=said: tell(out, check(root, source, said)))  # type: ignore[misc] # bound now
        wrong = read_all(pipe)
        code = os.waitpid(pid, 0)[1]
        if code:
            wrong.append(f"the archive did not open again: {code}")
        wrong += [f"source changed: {n}" for n, c in contents.items() if (source / n).read_bytes() != c]
        for line in wrong:
            print(f"round {number}: {line}", flush=True)
        failures += bool(wrong)
    print(json.dumps({"rounds": rounds, "failures": failures}))
    return 1 if failures else 0


def tell(pipe: int, lines: list[str]) -> None:
    os.write(pipe, "\n".join(lines).encode())


def read_all(pipe: int) -> list[str]:
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    return said.decode().splitlines()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
