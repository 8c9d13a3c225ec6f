"""What the register of requests for government information takes and gives: drafts, lines, one request opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.policy.calendar import OfficeCalendar
from desktop.policy.verdicts import Clock
from models.secrecy import Label
from models.terms import CaseId, DisclosureId, DisclosureStepId, DisclosureStepKind, RecordId


@dataclass(frozen=True)
class DisclosureDraft:
    """A request as it is first written. `channel` is a key of the vocabulary; an empty number is given by the register.

    `about_from` … `officer` say which doings it is about: recordings of them that belong to no case are guarded.
    """

    applicant: str
    wanted: str
    received_on: date
    channel: str = "in_person"
    confirmed_on: date | None = None
    number: str = ""
    contact: str = ""
    about_from: date | None = None
    about_to: date | None = None
    place: str = ""
    officer: str = ""
    handler: str = ""
    label: Label = Label()


@dataclass(frozen=True)
class DisclosureLine:
    """One row of the register. `answer` is the kind of answer; `clock` is the limit of the answer as it stands now, None where none runs,
    and `days` how many working days of it are left after today."""

    id: DisclosureId
    draft: DisclosureDraft
    answer: str
    answered_on: date | None
    withdrawn_on: date | None
    closed_on: date | None
    clock: Clock | None
    days: int = 0

    @property
    def open(self) -> bool:
        """Whether something is still to be done before it is filed."""
        return self.closed_on is None

    @property
    def pending(self) -> bool:
        """Whether an answer is still owed."""
        return self.open and self.answered_on is None and self.withdrawn_on is None


@dataclass(frozen=True)
class StepLine:
    """One step of a request; `person` entered it. See `models.disclosure.DisclosureStep`."""

    id: DisclosureStepId
    kind: DisclosureStepKind
    on: date
    until: date | None
    ended_on: date | None
    whom: str
    text: str
    outcome: str
    number: int | None
    unit: str
    person: str
    at: str
    withdrawn: bool

    @property
    def waits(self) -> bool:
        """Whether somebody was asked and has not answered."""
        return self.ended_on is None and not self.withdrawn and self.kind in ASKED


ASKED = (DisclosureStepKind.CORRECTION, DisclosureStepKind.THIRD_PARTY, DisclosureStepKind.OTHER_AGENCY)


@dataclass(frozen=True)
class LinkLine:
    """A case folder or a record that a request is about."""

    id: int
    case: CaseId | None
    record: RecordId | None
    title: str


@dataclass(frozen=True)
class ChangeLine:
    """One change of one field, with its reason."""

    at: str
    person: str
    field: str
    old: str | None
    new: str | None
    reason: str


@dataclass(frozen=True)
class DisclosureFile:
    """One request, opened: its steps in the order of their days, its limits as the rules count them, what it is about."""

    line: DisclosureLine
    steps: tuple[StepLine, ...]
    clocks: tuple[Clock, ...]
    links: tuple[LinkLine, ...]
    changes: tuple[ChangeLine, ...]
    calendar: OfficeCalendar
    profile: str
    guards: bool  # whether it says enough for a recording without a case to be guarded by it


@dataclass(frozen=True)
class RequestSum:
    """A clock of a request opened into its sum."""

    clock: Clock
    calendar: OfficeCalendar
