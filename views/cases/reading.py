"""Reading a case folder: the first time in a session it is opened, which is in the ledger, after that it is only read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.approvals import RequestLine
from desktop.archive import Archive
from desktop.cases import Folder, HistoryLine
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.rules import DeadlineRule, ItemRule, Profile
from desktop.policy.sheet import Sheet
from desktop.policy.verdicts import Answers, ItemVerdict, Standing
from desktop.procedure import (
    ActivityLine,
    EndingLine,
    FilingOrderLine,
    FootageLine,
    PaperLine,
    QuestionLine,
    ReasonLine,
    SuspensionLine,
    TimelineMark,
)
from models.terms import CaseId, RecordId

PROCEDURE = "procedure.read"


def folder_of(archive: Archive, case: CaseId) -> Folder:
    """The folder, for a job. Raises `Refusal` not_found for what does not exist, or not for this person."""
    return archive.cases.folder(case) if int(case) in archive.person.looked else archive.cases.look(case)


@dataclass(frozen=True)
class Course:
    """What the rules and the tables say of a case's procedure, read in one go."""

    profile: Profile
    answers: Answers
    open: tuple[ItemVerdict, ...]
    ordered: frozenset[str]
    marks: tuple[TimelineMark, ...]
    papers: tuple[PaperLine, ...]
    footage: tuple[FootageLine, ...]
    activities: tuple[ActivityLine, ...]
    questions: tuple[QuestionLine, ...]
    forms: tuple[str, ...]
    sheet: Sheet
    waivers: tuple[ReasonLine, ...]
    overrides: tuple[ReasonLine, ...]
    extensions: tuple[ReasonLine, ...]
    suspensions: tuple[SuspensionLine, ...]
    holds: tuple[ReasonLine, ...]
    endings: tuple[EndingLine, ...]
    orders: tuple[FilingOrderLine, ...]
    retention_years: int | None
    calendar: OfficeCalendar

    def rule(self, item: str) -> ItemRule:
        """The rule behind an item."""
        return next(one for one in self.profile.item if one.id == item)

    def limit(self, rule: str) -> DeadlineRule | None:
        """The rule behind a clock."""
        return next((one for one in self.profile.deadline if one.id == rule), None)

    def paper(self, record: RecordId | str) -> PaperLine | None:
        return next((one for one in self.papers if str(one.record) == str(record)), None)

    @property
    def wanting(self) -> tuple[ItemVerdict, ...]:
        """Open items that no leader's order covers: they hold up filing."""
        return tuple(one for one in self.open if one.id not in self.ordered)

    @property
    def waiting(self) -> tuple[ItemVerdict, ...]:
        """Those of `wanting` that nobody can judge before a question is answered."""
        return tuple(one for one in self.wanting if one.standing is Standing.UNANSWERED)

    @property
    def missing(self) -> tuple[ItemVerdict, ...]:
        """Those of `wanting` that are not there, or not whole."""
        return tuple(one for one in self.wanting if one.standing is not Standing.UNANSWERED)

    @property
    def pressing(self) -> tuple[str, ...]:
        """Questions on whose answers items wait."""
        keys = dict.fromkeys(key for one in self.answers.items if one.standing is Standing.UNANSWERED for key in one.questions)
        return tuple(keys)


@dataclass(frozen=True)
class CaseRead:
    """Everything the page of a case shows; `course` is None for whom procedure is not."""

    folder: Folder
    requests: list[RequestLine]
    history: list[HistoryLine]
    course: Course | None
    now: datetime


def read_case(archive: Archive, case: CaseId) -> CaseRead:
    """The whole page of a case, for a job."""
    folder = folder_of(archive, case)
    course = read_course(archive, case) if archive.may(PROCEDURE, case=case).allowed else None
    return CaseRead(folder, archive.approvals.of_case(case), archive.cases.history(case), course, archive.clock.now())


def read_course(archive: Archive, case: CaseId) -> Course:
    """The procedure of a case that was opened."""
    room = archive.procedure
    return Course(
        profile=room.profile(case), answers=room.answers(case), open=tuple(room.open_items(case)), ordered=room.ordered_gaps(case),
        marks=tuple(room.timeline(case)), papers=tuple(room.papers(case)), footage=tuple(room.footage(case)),
        activities=tuple(room.activities(case)), questions=tuple(room.questions(case)), forms=room.forms(case), sheet=room.sheet(),
        waivers=tuple(room.waivers(case)), overrides=tuple(room.overrides(case)),
        extensions=tuple(room.extensions(case)), suspensions=tuple(room.suspensions(case)),
        holds=tuple(room.holds(case)), endings=tuple(room.endings(case)),
        orders=tuple(room.filing_orders(case)), retention_years=room.facts(case).retention_years, calendar=archive.rules.calendar())
