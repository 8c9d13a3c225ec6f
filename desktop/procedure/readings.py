"""What pages ask of a case's procedure: its facts, what the rules answer, its lines, its timeline, and what is due."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from peewee import SQL

from desktop import clearance as narrowing
from desktop.acts import reading
from desktop.clock import moment
from desktop.errors import Refusal
from desktop.policy.answers import answer
from desktop.policy.asking import asked_by_rules, asked_by_sheet, conditions_of, forms_of
from desktop.policy.completeness import items
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Answers, ItemVerdict
from desktop.procedure import due, lines
from desktop.procedure.answering import answerable_lines
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.endings import ending_lines, order_lines
from desktop.procedure.forms import (
    ActivityLine,
    AnswerableLine,
    DueLine,
    EndingLine,
    FilingOrderLine,
    FootageLine,
    PaperLine,
    QuestionLine,
    ReasonLine,
    StatementLine,
    SuspensionLine,
    TimelineMark,
)
from desktop.procedure.gathering import EVERYTHING, Gathered, gather
from desktop.procedure.timeline import timeline_of
from models.cases import CaseFolder
from models.facts import CaseFacts
from models.terms import CaseId


class ProcedureReadings(ProcedureDesk):
    """Of one case only after it was opened: to read its procedure is to look into it."""

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def facts(self, case_id: CaseId) -> CaseFacts:
        """The facts of a case, narrowed to what exists for the person. Raises `Refusal` cases.not_opened."""
        return self._gathered(case_id).facts

    @reading("procedure.read")
    def facts_of_many(self, case_ids: Sequence[CaseId]) -> dict[CaseId, CaseFacts]:
        """The facts of many cases in few statements, for sums over them; what does not exist for the person is not there."""
        chosen = self._known_cases(case_ids)
        return {CaseId(one.case): one.facts for one in gather(self.archive.database.connection(), chosen, self.archive.person.clearance, intact=True)}

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def answers(self, case_id: CaseId) -> Answers:
        """Everything the rules say about a case now, under the version that it began with. Raises `Refusal` cases.not_opened."""
        return self._answers(self._gathered(case_id))

    @reading("procedure.read")
    def answers_of_many(self, case_ids: Sequence[CaseId]) -> dict[CaseId, Answers]:
        """As `answers`, of many cases: for sums and statistics."""
        chosen = self._known_cases(case_ids)
        found = gather(self.archive.database.connection(), chosen, self.archive.person.clearance, intact=True)
        return {CaseId(one.case): self._answers(one) for one in found}

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def profile(self, case_id: CaseId) -> Profile:
        """The rules that a case stands under, in their version."""
        row = CaseFolder.get_by_id(case_id)
        return self._rules(row)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def open_items(self, case_id: CaseId) -> list[ItemVerdict]:
        """Items that must be on record and are not: they hold up filing. Told of all papers, also of those beyond the person's clearance."""
        one = self._one(case_id, everything=True)
        return [item for item in items(self.archive.rules.profile(one.profile, one.version), one.facts) if item.open]

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def ordered_gaps(self, case_id: CaseId) -> frozenset[str]:
        """Items without which a leader ordered, under a signature that fits, that the case be filed."""
        return frozenset(gap[0] for order in order_lines(case_id) if order.sound for gap in order.gaps)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def activities(self, case_id: CaseId) -> list[ActivityLine]:
        """The activities of a case by their time."""
        self._opened(case_id)
        return lines.activity_lines(case_id, self.archive.person.clearance)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def papers(self, case_id: CaseId) -> list[PaperLine]:
        """The papers of a case in the order of its contents, each with what was confirmed of it or the form that its title suggests."""
        self._opened(case_id)
        rules = self._rules(CaseFolder.get_by_id(case_id))
        return lines.paper_lines(case_id, self.archive.person.clearance, frozenset(form for item in rules.item for form in item.forms))

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def footage(self, case_id: CaseId) -> list[FootageLine]:
        """The recordings of a case, the earliest first."""
        self._opened(case_id)
        return lines.footage_lines(case_id, self.archive.person.clearance)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def statements(self, case_id: CaseId) -> list[StatementLine]:
        """Every statement of a case, also withdrawn ones."""
        self._opened(case_id)
        return lines.statement_lines(case_id, self.archive.person.clearance)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def waivers(self, case_id: CaseId) -> list[ReasonLine]:
        """Waivers, also those taken back."""
        self._opened(case_id)
        return lines.waiver_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def overrides(self, case_id: CaseId) -> list[ReasonLine]:
        """Other limits by 从其规定, also those taken back."""
        self._opened(case_id)
        return lines.override_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def extensions(self, case_id: CaseId) -> list[ReasonLine]:
        """Extensions of limits, also those taken back."""
        self._opened(case_id)
        return lines.extension_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def suspensions(self, case_id: CaseId) -> list[SuspensionLine]:
        """Stretches that limits leave out, also those taken back."""
        self._opened(case_id)
        return lines.suspension_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def answerable(self, case_id: CaseId) -> list[AnswerableLine]:
        """Registrations, seizures … whose limit another activity ends, by their time: which one a disposal answers is chosen among them."""
        one = self._gathered(case_id)
        rules = self.archive.rules.profile(one.profile, one.version)
        return answerable_lines(rules, one.facts, self.archive.rules.calendar(), self._now())

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def holds(self, case_id: CaseId) -> list[ReasonLine]:
        """Holds, also those that ended."""
        self._opened(case_id)
        return lines.hold_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def endings(self, case_id: CaseId) -> list[EndingLine]:
        """How the case was stated to have ended, the newest first."""
        self._opened(case_id)
        return ending_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def filing_orders(self, case_id: CaseId) -> list[FilingOrderLine]:
        """Orders to file with gaps, the newest first; they never go away."""
        self._opened(case_id)
        return order_lines(case_id)

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def questions(self, case_id: CaseId) -> list[QuestionLine]:
        """The questions that only a person can answer and that the case's own rules or the marking sheet hang on, with the answers given."""
        self._opened(case_id)
        row = CaseFolder.get_by_id(case_id)
        rules, given, in_force = self._rules(row), json.loads(row.conditions), self.archive.rules
        of_rules, of_sheet = asked_by_rules(rules, in_force.listing(rules)), asked_by_sheet(rules, in_force.sheet())
        return [QuestionLine(key, one.title, given.get(key), key not in of_rules and key in of_sheet) for key, one in conditions_of(rules).items()
                if one.asked and (key in of_rules or key in of_sheet or key in given)]

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def forms(self, case_id: CaseId) -> tuple[str, ...]:
        """Every form of paper that the case's rules or the marking sheet look for: what a paper may be confirmed as."""
        return forms_of(self._rules(CaseFolder.get_by_id(case_id)), self.archive.rules.sheet())

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def timeline(self, case_id: CaseId) -> list[TimelineMark]:
        """Everything of a case that has a time: activities, papers, recordings, gaps, statements, limits, approvals, its end, in order."""
        self._opened(case_id)
        return timeline_of(self.archive, case_id)

    @reading("today.read")
    def due(self, limit: int = 100, until: datetime | None = None) -> list[DueLine]:
        """Clocks that were not met, by urgency; of an officer their own cases'. `until` leaves out what alarms later."""
        person = self.archive.person
        connection = self.archive.database.connection()
        return due.due_lines(connection, self._now(), until or moment("9999-12-31T00:00:00.000000Z"), limit, person.clearance, self._officer())

    @reading("today.read")
    def late(self) -> int:
        """How many clocks of the person's are over."""
        return due.late_count(self.archive.database.connection(), self._now(), self.archive.person.clearance, self._officer())

    def _officer(self) -> tuple[int, str] | None:
        person = self.archive.person
        return (int(person.id), person.name) if person.role == "officer" else None

    def _answers(self, one: Gathered) -> Answers:
        rules = self.archive.rules.profile(one.profile, one.version)
        return answer(rules, one.facts, self.archive.rules.calendar(), self._now(), self.archive.rules.listing(rules))

    def _gathered(self, case_id: CaseId) -> Gathered:
        self._opened(case_id)
        return self._one(case_id)

    def _one(self, case_id: CaseId, everything: bool = False) -> Gathered:
        found = gather(self.archive.database.connection(), [int(case_id)], EVERYTHING if everything else self.archive.person.clearance,
                       intact=True)
        if not found:
            raise Refusal("not_found")
        return found[0]

    def _opened(self, case_id: CaseId) -> None:
        if int(case_id) not in self.archive.person.looked:
            raise Refusal("cases.not_opened")

    def _known_cases(self, case_ids: Sequence[CaseId]) -> list[int]:
        wanted = SQL("(SELECT value FROM json_each(?))", (json.dumps([int(case) for case in case_ids]),))
        found = narrowing.cases(self.archive.person.clearance, CaseFolder.select(CaseFolder.id)).where(CaseFolder.id << wanted)
        return [row.id for row in found]
