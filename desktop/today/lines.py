"""What the list of limits shows: one line for each clock that was not met, and for each recording that belongs to no case yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.clock import moment, stamp
from desktop.intake.room import UnlinkedLine
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.deadlines import over
from desktop.policy.verdicts import Clock
from models.terms import CaseId, DisclosureId, RecordId

Which = Literal["all", "late", "today", "week"]
WHICH: tuple[Which, ...] = ("all", "late", "today", "week")
# Alarm as it stands in the table, and the clock's number; of a recording without a case its number, negative; of a request's clock beyond all.
DueKey = tuple[str, int]
MOST = 5000  # limits that a list shows: nobody works from further down, and a count over all would take seconds
LAST = "9999-12-31"  # a recording that came in time waits behind everything that has a day


@dataclass(frozen=True)
class Urgent:
    """One limit that somebody should look at. `left` in seconds until it ends (negative: over), `days` in days of its own kind after today.

    `unit` is hour, day, working_day, month or year; `rolling`: the day as counted is over, and only the roll-over is still to come.
    `unlinked` is set for a recording without a case, whose clock was met, perhaps late; `disclosure` for a limit of a request for information,
    whose number then is the `case_number`. `outside`: it runs for somebody outside, and once it is over somebody here must go on.
    """

    key: DueKey
    case: CaseId | None
    case_number: str
    cause: str
    officers: str
    record: RecordId | None
    title: str
    rule: str
    subject: str
    topic: str
    duty: str
    article: str
    due: datetime | None
    unit: str
    left: int
    days: int
    share: float
    late: bool
    rolling: bool = False
    provisional: bool = False
    unlinked: UnlinkedLine | None = None
    disclosure: DisclosureId | None = None
    outside: bool = False


@dataclass(frozen=True)
class DueCounts:
    """How many limits wait in all, are over, end today, end by Sunday; the last two without those that are over. None counts beyond `MOST`."""

    all: int = 0
    late: int = 0
    today: int = 0
    week: int = 0


@dataclass(frozen=True)
class OverdueLine:
    """Limits that are over, by article and person responsible: how many, and since when the oldest. `person` is empty where a case names none."""

    article: str
    duty: str
    person: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class DueSum:
    """A clock opened into its sum, with the calendar that it was counted by."""

    clock: Clock
    calendar: OfficeCalendar


def urgency(line: UnlinkedLine) -> tuple[int, float]:
    """Late first, the latest of all on top; then those whose time is not known; then the rest, the oldest first."""
    came = moment(line.component.deposited_at)
    late_by = over(line.clock, came)
    if late_by is None:
        return 1, came.timestamp()
    return (0, -late_by.total_seconds()) if line.clock.late else (2, came.timestamp())


def key_of(line: UnlinkedLine) -> DueKey:
    """Where a recording without a case stands among the limits: by the day it was due, or came in where that is not known."""
    number, came = -int(line.component.id), line.component.deposited_at
    if line.clock.limit is None:
        return came, number
    return (stamp(line.clock.limit), number) if line.clock.late else (f"{LAST}{came}", number)


def of_unlinked(line: UnlinkedLine, now: datetime) -> Urgent:
    """A recording without a case as a line of the list."""
    clock = line.clock
    left = 0 if clock.limit is None else int((clock.limit - now).total_seconds())
    return Urgent(key_of(line), None, "", "", line.record.created_by, RecordId(line.record.id), line.record.title, clock.ground.rule, clock.subject,
                  clock.topic, clock.title, clock.ground.article, clock.due, "hour", left, 0, 0.0, clock.late, unlinked=line)
