"""工作台: what waits for the person who is signed in, put together from the rooms that their role may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop.acts import Service, reading
from desktop.approvals import RequestLine
from desktop.clock import moment
from desktop.intake.room import DepositLine, UnlinkedLine
from desktop.policy.deadlines import over
from models.people import Person
from models.terms import DepositState, Outcome, RequestState

if TYPE_CHECKING:
    from desktop.audit.entries import EntryLine

RUNS_OUT = timedelta(days=3)
OF_LATE = 8


@dataclass(frozen=True)
class Board:
    """What waits. A part that the role does not read is None: it is not shown at all, which is not the same as empty."""

    clocks: tuple[UnlinkedLine, ...] | None = None
    stopped: tuple[DepositLine, ...] | None = None
    quarantine: int | None = None
    mine: tuple[RequestLine, ...] | None = None
    waiting: tuple[RequestLine, ...] | None = None
    running_out: tuple[RequestLine, ...] | None = None
    verified: EntryLine | None = None
    refused: tuple[EntryLine, ...] | None = None
    first_passwords: tuple[str, ...] | None = None
    locked: tuple[str, ...] | None = None


class Today(Service):
    """Reads only; every part comes through the reading of its own room, and so through its permission."""

    @reading("today.read")
    def board(self) -> Board:
        """Everything that waits for this person."""
        parts: dict[str, Any] = {**self._intake(), **self._requests(), **self._ledger(), **self._people()}
        return Board(**parts)

    @reading("today.read")
    def count(self) -> int:
        """How many pieces of work wait: late recordings without a case, stopped deposits, requests to decide, locked accounts."""
        out = 0
        if self._may("intake.read"):
            out += sum(1 for line in self.archive.intake.unlinked() if line.clock.late)
            out += sum(1 for d in self.archive.intake.deposits() if d.state is DepositState.STOPPED)
        if self._may("requests.decide"):
            out += len(self.archive.approvals.waiting())
        if self._may("people.unlock"):
            out += sum(1 for p in self.archive.people.everybody() if p.locked)
        return out

    def _may(self, act: str) -> bool:
        return self.archive.may(act).allowed

    def _intake(self) -> dict[str, Any]:
        if not self._may("intake.read"):
            return {}
        unlinked = sorted(self.archive.intake.unlinked(), key=urgency)
        open_deposits = [d for d in self.archive.intake.deposits() if d.state is not DepositState.DONE]
        return {"clocks": tuple(unlinked), "stopped": tuple(open_deposits), "quarantine": len(self.archive.intake.quarantine())}

    def _requests(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        if self._may("requests.create"):
            out["mine"] = tuple(r for r in self.archive.approvals.mine() if r.state is RequestState.WAITING or r.usable)
        if self._may("requests.decide"):
            soon = self.archive.clock.now() + RUNS_OUT
            usable = [r for r in self.archive.approvals.decided() if r.usable and moment(r.until) <= soon]
            out["waiting"] = tuple(self.archive.approvals.waiting())
            out["running_out"] = tuple(sorted(usable, key=lambda r: r.until))
        return out

    def _ledger(self) -> dict[str, Any]:
        if not self._may("ledger.read"):
            return {}
        from desktop.audit.entries import EntryFilter

        verified = self.archive.audit.entries(EntryFilter(act="ledger.verify"), limit=1).lines
        refused = self.archive.audit.entries(EntryFilter(outcome=Outcome.REFUSED), limit=OF_LATE).lines
        return {"verified": verified[0] if verified else None, "refused": refused}

    def _people(self) -> dict[str, Any]:
        if not (self._may("people.create") or self._may("people.unlock")):
            return {}
        fresh = Person.select(Person.name).where((Person.must_change == True) & (Person.active == True))  # noqa: E712 - SQL
        locked = tuple(p.name for p in self.archive.people.everybody() if p.locked and p.active)
        return {"first_passwords": tuple(p.name for p in fresh.order_by(Person.id)), "locked": locked}


def urgency(line: UnlinkedLine) -> tuple[int, float]:
    """Late first, the latest of all on top; then those whose time is not known; then the rest, the oldest first."""
    came = moment(line.component.deposited_at)
    late_by = over(line.clock, came)
    if late_by is None:
        return 1, came.timestamp()
    return (0, -late_by.total_seconds()) if line.clock.late else (2, came.timestamp())
