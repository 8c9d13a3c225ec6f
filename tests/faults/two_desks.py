"""Two programs at one archive at the same time. Run: python -m tests.faults.two_desks FOLDER ACTS ROUNDS.

First each writes ACTS case folders; then both decide the same ROUNDS requests, starting each at the same moment. Prints what
came of it: exactly one may win each, and the ledger must be sound with both attempts in it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.cases import CaseDraft, PartyName
from desktop.errors import Refusal
from desktop.opening import open_archive
from models.access import Decision, Grant, GrantKey, Request
from models.cases import CaseFolder
from models.holdings import Component
from models.ledger import LedgerEntry
from models.terms import EnforcementKind, RequestId, RequestState, Verb
from tests.faults.kill_rounds import Unlocked, forked, tell, unlock
from tests.office import CLERK, LEADER, OFFICER, make_office, password_of, passwords_at_least_cost, sign_in


def prepare(root: Path, rounds: int) -> None:
    """An office, and requests that wait."""
    make_office(root)
    archive = sign_in(open_archive(root), CLERK)
    component = Component.select().first()
    for _ in range(rounds):
        archive.approvals.create(RequestDraft((Asked(component.id),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z"))
    archive.close()


def both(work: Callable[[int, int], None]) -> list[list[str]]:
    """What two processes said that did the same work at the same time."""
    running = [forked(lambda pipe, desk=desk: work(pipe, desk)) for desk in (0, 1)]  # type: ignore[misc] # bound now
    said = []
    for pid, pipe in running:
        text = b""
        while part := os.read(pipe, 65536):
            text += part
        os.close(pipe)
        said.append(text.decode().splitlines() + ([] if not os.waitpid(pid, 0)[1] else ["a desk broke"]))
    return said


def write_cases(unlocked: Unlocked, root: Path, acts: int) -> list[list[str]]:
    def work(pipe: int, desk: int) -> None:
        archive = unlocked.open(root)
        archive.begin_session(unlocked.sessions[OFFICER])
        for n in range(acts):
            number = f"西财检〔2026〕{(desk + 1) * 1000 + n}号"
            archive.cases.create(CaseDraft(number, "并发", EnforcementKind.INSPECTION, (PartyName("甲"),)))
            tell(pipe, number)
        archive.close()

    return both(work)


def decide_together(unlocked: Unlocked, root: Path, rounds: int) -> list[list[str]]:
    barrier: Any = multiprocessing.get_context("fork").Barrier(2)

    def work(pipe: int, desk: int) -> None:
        archive = unlocked.open(root)
        archive.begin_session(unlocked.sessions[LEADER])
        for row in list(Request.select().order_by(Request.id).limit(rounds)):
            digest = archive.approvals.digest(RequestId(row.id)).digest
            barrier.wait(60)
            try:
                archive.approvals.decide(RequestId(row.id), bool(desk), "一并决定", password_of(LEADER), digest)
                tell(pipe, "won", row.id)
            except Refusal as refusal:
                tell(pipe, refusal.code, row.id)
        archive.close()

    return both(work)


def wrong(archive: Archive, written: list[str], rounds: int) -> list[str]:
    found = [f"{f.code} {f.facts}" for f in verify_archive(archive.paths, archive.database, archive.vault).findings]
    there = {c.case_number for c in CaseFolder.select()}
    found += [f"lost: {number}" for number in written if number not in there]
    granted = Request.select().where(Request.state == RequestState.GRANTED.value).count()
    refused = Request.select().where(Request.state == RequestState.REFUSED.value).count()
    if granted + refused != rounds or Decision.select().count() != rounds:
        found.append(f"{granted} granted, {refused} refused, {Decision.select().count()} decisions of {rounds}")
    if Grant.select().count() != granted or GrantKey.select().count() != granted:
        found.append("grants and keys do not fit the decisions")
    entries = Counter(outcome for (outcome,) in archive.database.connection().execute(
        "SELECT outcome FROM ledger_entry WHERE act = 'requests.decide'"))
    if entries != {"done": rounds, "refused": rounds}:
        found.append(f"entries: {dict(entries)}")
    return found


def main(folder: Path, acts: int, rounds: int) -> int:
    root = folder / "archive"
    prepare(root, rounds)
    unlocked = unlock(root)
    written = [number for said in write_cases(unlocked, root, acts) for number in said]
    answers = [Counter(line.split()[0] for line in said) for said in decide_together(unlocked, root, rounds)]
    archive = open_archive(root)
    found = wrong(archive, written, rounds)
    entries = LedgerEntry.select().count()
    archive.close()
    total = answers[0] + answers[1]
    for line in found:
        print(line)
    print(json.dumps({"acts": len(written), "rounds": rounds, "won": total["won"], "decided": total["requests.decided"], "entries": entries,
                      "each": [a["won"] for a in answers], "wrong": len(found)}))
    return 1 if found else 0


if __name__ == "__main__":
    passwords_at_least_cost()
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
