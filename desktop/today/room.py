"""工作台: what waits for the person who is signed in, put together from the rooms that their role may read."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop.acts import Service, reading
from desktop.approvals import RequestLine
from desktop.clock import moment
from desktop.errors import Refusal
from desktop.intake.room import DepositLine, UnlinkedLine
from desktop.policy.deadlines import clocks
from desktop.policy.rules import DeadlineRule
from desktop.today import due_rows, request_rows
from desktop.today.lines import MOST, WHICH, DueCounts, DueKey, DueSum, OverdueLine, Urgent, Which, key_of, of_unlinked
from models.people import Person
from models.terms import DepositState, Outcome, RequestState

if TYPE_CHECKING:
    from desktop.audit.entries import EntryLine

RUNS_OUT = timedelta(days=3)
OF_LATE = 8
MOST_OVERDUE = 100  # lines of what is over by article and person


@dataclass(frozen=True)
class Board:
    """What waits. A part that the role does not read is None: it is not shown at all, which is not the same as empty."""

    due: DueCounts | None = None
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
        parts: dict[str, Any] = {**self._due(), **self._intake(), **self._requests(), **self._ledger(), **self._people()}
        return Board(**parts)

    @reading("today.read")
    def count(self) -> int:
        """How many pieces of work wait: limits that are over, stopped deposits, requests to decide, locked accounts."""
        out = 0
        if self._has_limits():
            out += self._of_cases(self._wanted("late"))
            out += sum(1 for line in self.unlinked() if line.clock.late) + len(self._of_requests(self._wanted("late")))
        if self._may("intake.read"):
            out += sum(1 for d in self.archive.intake.deposits() if d.state is DepositState.STOPPED)
        if self._may("requests.decide"):
            out += len(self.archive.approvals.waiting())
        if self._may("people.unlock"):
            out += sum(1 for p in self.archive.people.everybody() if p.locked)
        return out

    # Limits by urgency
    @reading("today.read")
    def has_limits(self) -> bool:
        """Whether limits are this person's work: those of cases, or those of requests for information."""
        return self._has_limits()

    @reading("today.read")
    def unlinked(self) -> tuple[UnlinkedLine, ...]:
        """Recordings without a case, in their place among the limits; none for who takes nothing in."""
        return tuple(sorted(self.archive.intake.unlinked(), key=key_of)) if self._may("intake.read") else ()

    @reading("today.read")
    def due_page(self, anchor: DueKey | None, direction: int, n: int, which: Which = "all", article: str = "", person: str | None = None,
                 unlinked: Sequence[UnlinkedLine] = ()) -> list[Urgent]:
        """At most `n` limits after or before a key, the longest overdue first; of an officer those of their own cases.

        `unlinked` are recordings to stand among them, as `unlinked` gave them; `person` "" asks for cases that name nobody.
        """
        wanted, now = self._wanted(which, article, person), self.archive.clock.now()
        connection, calendar = self.archive.database.connection(), self.archive.rules.calendar()
        rows = due_rows.page(connection, wanted, anchor, direction, n, calendar, self._unit) if self._has_cases() else []
        among = [of_unlinked(line, now) for line in self._among(wanted, unlinked)]
        others = sorted([*among, *self._of_requests(wanted)], key=lambda one: one.key)
        beyond = [one for one in others if anchor is None or (one.key > anchor if direction > 0 else one.key < anchor)]
        merged = list(heapq.merge(rows, beyond, key=lambda one: one.key))
        return merged[:n] if direction > 0 else merged[-n:]

    @reading("today.read")
    def due_count(self, which: Which = "all", article: str = "", person: str | None = None, unlinked: Sequence[UnlinkedLine] = ()) -> int:
        """How many limits `due_page` goes through, up to `MOST`."""
        wanted = self._wanted(which, article, person)
        return min(self._of_cases(wanted) + len(self._among(wanted, unlinked)) + len(self._of_requests(wanted)), MOST)

    @reading("today.read")
    def due_anchors(self, every: int, which: Which = "all", article: str = "", person: str | None = None,
                    unlinked: Sequence[UnlinkedLine] = ()) -> list[DueKey]:
        """The keys of limits number `every`, 2 × `every`, … up to `MOST`."""
        wanted = self._wanted(which, article, person)
        others = [*(key_of(line) for line in self._among(wanted, unlinked)), *(one.key for one in self._of_requests(wanted))]
        if not self._has_cases():
            return sorted(others)[every - 1:MOST:every]
        return due_rows.anchors(self.archive.database.connection(), wanted, others, every, MOST)

    @reading("today.read")
    def due_sum(self, line: Urgent) -> DueSum:
        """The clock behind a line, counted again with its steps. Raises `Refusal` not_found, today.clock_gone where it does not run any more."""
        calendar = self.archive.rules.calendar()
        if line.unlinked is not None:
            return DueSum(line.unlinked.clock, calendar)
        if line.disclosure is not None:
            return DueSum(self.archive.disclosure.sum(line.disclosure, line.rule, line.subject).clock, calendar)
        assert line.case is not None
        facts = self.archive.procedure.facts_of_many([line.case]).get(line.case)
        if facts is None:
            raise Refusal("not_found")
        rules = self.archive.procedure.profile(line.case)
        for clock in clocks(rules, facts, calendar, self.archive.clock.now(), topic=line.topic):
            if (clock.ground.rule, clock.subject) == (line.rule, line.subject):
                return DueSum(clock, calendar)
        raise Refusal("today.clock_gone", title=line.duty)

    @reading("today.read")
    def overdue(self) -> list[OverdueLine]:
        """What is over, by article and person responsible, the most first: for who answers for the house; else empty."""
        if not self._may("procedure.order_filing"):
            return []
        wanted = self._wanted("late")
        found = due_rows.overdue(self.archive.database.connection(), wanted, MOST_OVERDUE)
        return sorted([*found, *request_rows.overdue(self._of_requests(wanted))], key=lambda one: (-one.count, one.oldest))[:MOST_OVERDUE]

    def _has_limits(self) -> bool:
        return self._has_cases() or self._may("disclosure.read")

    def _has_cases(self) -> bool:
        """Whether limits of cases are: of the officer, the archivist, the leader and the reviewer."""
        return self._may("procedure.read") and (self._may("intake.read") or self._may("procedure.recompute"))

    def _of_cases(self, wanted: due_rows.Wanted) -> int:
        return due_rows.count(self.archive.database.connection(), wanted, MOST) if self._has_cases() else 0

    def _of_requests(self, wanted: due_rows.Wanted) -> list[Urgent]:
        if not self._may("disclosure.read"):
            return []
        rules = request_rows.Rules(self.archive.rules.calendar(), self._unit, self._outside)
        return request_rows.lines(self.archive.database.connection(), wanted, rules)

    def _wanted(self, which: Which, article: str = "", person: str | None = None) -> due_rows.Wanted:
        who = self.archive.person
        own = (int(who.id), who.name) if who.role == "officer" else None
        return due_rows.Wanted(self.archive.clock.now(), who.clearance, own, which, article, person)

    def _among(self, wanted: due_rows.Wanted, unlinked: Sequence[UnlinkedLine]) -> list[UnlinkedLine]:
        """The recordings that belong into a narrowed list: what came in time has no day of its own."""
        if wanted.article or wanted.person is not None or wanted.which in ("today", "week"):
            return []
        return [line for line in unlinked if line.clock.late or wanted.which == "all"]

    def _unit(self, profile: str, version: int, rule: str) -> str:
        found = self._rule(profile, version, rule)
        return found.unit if found is not None else "day"

    def _outside(self, profile: str, version: int, rule: str) -> bool:
        """Whether a limit lapses for somebody outside; a day that the agency set for them is no rule of the profile."""
        found = self._rule(profile, version, rule)
        return found is None or found.lapses

    def _rule(self, profile: str, version: int, rule: str) -> DeadlineRule | None:
        return next((one for one in self.archive.rules.profile(profile, version).deadline if one.id == rule), None)

    def _due(self) -> dict[str, Any]:
        if not self._has_limits():
            return {}
        unlinked = self.unlinked()
        return {"due": DueCounts(**{which: self.due_count(which, unlinked=unlinked) for which in WHICH})}

    def _may(self, act: str) -> bool:
        return self.archive.may(act).allowed

    def _intake(self) -> dict[str, Any]:
        if not self._may("intake.read"):
            return {}
        open_deposits = [d for d in self.archive.intake.deposits() if d.state is not DepositState.DONE]
        return {"stopped": tuple(open_deposits), "quarantine": len(self.archive.intake.quarantine())}

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
