"""政府信息公开: the register of requests, each with its limits, its steps and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop import history
from desktop.acts import act, reading
from desktop.disclosure import lines
from desktop.disclosure.forms import DisclosureDraft, DisclosureFile, DisclosureLine, RequestSum
from desktop.disclosure.reckoning import bring_up_to_date, clocks_of
from desktop.disclosure.steps import StepActs
from desktop.errors import Refusal
from desktop.policy.counting import days_left
from desktop.policy.deadlines import urgency
from desktop.policy.verdicts import Clock
from desktop.register_desk import CLOSED
from models.disclosure import DisclosureLink, DisclosureRequest, DisclosureStep
from models.terms import CaseId, DisclosureId, RecordId
from models.terms import DisclosureStepKind as Kind

NUMBER = "公开"
_TEXTS = ("applicant", "contact", "wanted", "place", "officer", "handler")
_DAYS = ("received_on", "confirmed_on", "about_from", "about_to")


class Disclosures(StepActs):
    """A request stands under the version of the regulation that was in force on the day it came; it is open until it is filed."""

    @act("disclosure.register")
    def register(self, draft: DisclosureDraft) -> DisclosureId:
        """登记. Without a number it is given the next of its year; without 经办人 whoever enters it is.

        Raises `Refusal`: register.words_missing, register.number_taken, register.day_ahead, register.day_before, register.about_backwards,
        procedure.unknown_word, cases.state_secret, cases.beyond_clearance.
        """
        values = self._columns(draft, None)
        profile = self.archive.header.profile
        row = DisclosureRequest.create(**values, profile=profile, profile_version=self.archive.rules.version(profile, draft.received_on),
                                       created_at=self._stamp(), created_by=self.archive.person.id)
        self._about(disclosure=row.id)
        self._note(number=row.number, channel=row.channel, received=row.received_on)
        return DisclosureId(row.id)

    @act("disclosure.correct", subject=lambda request_id, draft, reason: {"disclosure": request_id})
    def correct(self, request_id: DisclosureId, draft: DisclosureDraft, reason: str) -> None:
        """Change what was entered; each field keeps its history, and the limits are counted anew. Raises as `register` does, and
        change.reason_missing, disclosure.closed, register.day_before for a day of receipt after the first step."""
        row = self._request(request_id)
        first = min((one.on for one in lines.steps_of([row.id])[row.id] if one.withdrawn_at is None), default="")
        if first and draft.received_on.isoformat() > first:
            raise Refusal("register.day_before", day=first, since=draft.received_on.isoformat())
        changed = history.amend(self.archive, row, self._columns(draft, row), reason)
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("disclosure.link", subject=lambda request_id, case=None, record=None: _linked(request_id, case, record))
    def link(self, request_id: DisclosureId, case: CaseId | None = None, record: RecordId | None = None) -> None:
        """Say that a request is about a case folder, or about one record. Raises `Refusal` disclosure.linked where it says so already."""
        self._request(request_id)
        if (case is None) == (record is None):
            raise Refusal("not_found")
        there = (DisclosureLink.case == case) if case is not None else (DisclosureLink.record == record)
        if DisclosureLink.select().where((DisclosureLink.request == request_id) & there & DisclosureLink.removed_at.is_null()).exists():
            raise Refusal("disclosure.linked")
        DisclosureLink.create(request=request_id, case=case, record=record, **self._signed())

    @act("disclosure.unlink")
    def unlink(self, link_id: int, reason: str) -> None:
        """Take a link away; it stays with who and why."""
        row = DisclosureLink.get_or_none((DisclosureLink.id == link_id) & DisclosureLink.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        self._about(disclosure=self._request(row.request_id).id)
        history.amend(self.archive, row, {"removed_at": self._stamp()}, reason)
        self._note(reason=reason.strip())

    @act("disclosure.close", subject=lambda request_id, on, reason: {"disclosure": request_id})
    def close(self, request_id: DisclosureId, on: date, reason: str) -> None:
        """办结归档: nothing more is owed, and nothing is guarded for it any more. Raises `Refusal` disclosure.unanswered, register.day_*."""
        row = self._request(request_id)
        over = lines.standing(lines.steps_of([row.id])[row.id], Kind.ANSWER, Kind.WITHDRAWAL)
        if over is None:
            raise Refusal("disclosure.unanswered", number=row.number)
        self._check_day(on, over.on)
        history.amend(self.archive, row, {"closed_on": on.isoformat()}, reason)
        self._note(on=on.isoformat(), reason=reason.strip())

    @act("disclosure.reopen", subject=lambda request_id, reason: {"disclosure": request_id})
    def reopen(self, request_id: DisclosureId, reason: str) -> None:
        """Take up again what was closed."""
        row = self._known(request_id)
        if not row.closed_on:
            raise Refusal("disclosure.open", number=row.number)
        history.amend(self.archive, row, {"closed_on": None}, reason)
        self._note(reason=reason.strip())

    @act("procedure.recompute")
    def recompute_open(self) -> int:
        """Reckon the limits of every open request anew, also of those that the person may not know of; returns how many came out differently."""
        rows = DisclosureRequest.select(DisclosureRequest.id).where(DisclosureRequest.closed_on.is_null())
        changed = bring_up_to_date(self.archive, [row.id for row in rows])
        self._note(requests=len(rows), changed=changed, calendar=self.archive.rules.calendar().version)
        return changed

    # Readings
    @reading("disclosure.read")
    def all(self, closed: int = CLOSED, also: int | None = None) -> list[DisclosureLine]:
        """The requests that exist for the person: every open one by urgency, then the newest so many closed ones, and `also` whatever its age."""
        rows = self._lines(DisclosureRequest, closed, also)
        steps = lines.steps_of([row.id for row in rows])
        found = [self._line(row, steps[row.id]) for row in rows]
        return [*sorted((one for one in found if one.open), key=self._order), *(one for one in found if not one.open)]

    @reading("disclosure.read", subject=lambda request_id: {"disclosure": request_id})
    def file(self, request_id: DisclosureId) -> DisclosureFile:
        """One request opened, with every limit counted now."""
        row = self._known(request_id)
        steps = lines.steps_of([row.id])[row.id]
        clearance, rules = self.archive.person.clearance, self._rules(row)
        links = lines.link_lines(row.id, clearance)
        changes = (*lines.change_lines("disclosure_request", [row.id]), *lines.change_lines("disclosure_step", [one.id for one in steps]))
        return DisclosureFile(self._line(row, steps), tuple(lines.step_line(one) for one in steps), self._clocks(row, steps), links,
                              tuple(sorted(changes, key=lambda one: one.at, reverse=True)), self.archive.rules.calendar(), rules.short,
                              bool(row.about_from or row.about_to or row.place or row.officer or links))

    @reading("disclosure.read", subject=lambda request_id, rule, subject="": {"disclosure": request_id})
    def sum(self, request_id: DisclosureId, rule: str, subject: str = "") -> RequestSum:
        """One limit of a request with its steps; `subject` is the step whose limit it is. Raises `Refusal` not_found where it does not run
        any more."""
        row = self._known(request_id)
        every = self._clocks(row, lines.steps_of([row.id])[row.id])
        found = next((one for one in every if (one.ground.rule, one.subject) == (rule, subject)), None)
        if found is None:
            raise Refusal("not_found")
        return RequestSum(found, self.archive.rules.calendar())

    @reading("disclosure.read")
    def extendable(self, request_id: DisclosureId) -> tuple[int, str, str] | None:
        """By how many units at most the answer may be put off, the unit, and who must approve it."""
        limit = self._extended_by(self._known(request_id))
        return (limit.extension, limit.unit, limit.extension_by) if limit is not None else None

    def _columns(self, draft: DisclosureDraft, row: DisclosureRequest | None) -> dict[str, Any]:
        """A draft as columns, checked."""
        self._check_words(applicant=draft.applicant, wanted=draft.wanted)
        self._check_word("channel", draft.channel)
        self._check_day(draft.received_on)
        if draft.confirmed_on is not None:
            self._check_day(draft.confirmed_on, draft.received_on.isoformat())
        self._check_about(draft.about_from, draft.about_to)
        values: dict[str, Any] = {name: getattr(draft, name).strip() for name in _TEXTS}
        values |= {name: day.isoformat() if (day := getattr(draft, name)) is not None else None for name in _DAYS}
        values["handler"] = values["handler"] or self.archive.person.name
        number = self._numbered(DisclosureRequest, draft.number, NUMBER, draft.received_on.year, row)
        return {**values, "number": number, "channel": draft.channel, **self._check_label(draft.label)}

    def _clocks(self, row: DisclosureRequest, steps: Sequence[DisclosureStep]) -> tuple[Clock, ...]:
        return clocks_of(self._rules(row), row, steps, self.archive.rules.calendar(), self._now())

    def _line(self, row: DisclosureRequest, steps: Sequence[DisclosureStep]) -> DisclosureLine:
        """With the answer's own limit, the one that can be extended; what is filed is not counted again at every look."""
        limit = self._extended_by(row) if row.closed_on is None else None
        clock = next((one for one in self._clocks(row, steps) if one.ground.rule == limit.id), None) if limit is not None else None
        ends = clock.limit if clock is not None else None
        days = days_left(self._now(), ends, limit.unit, self.archive.rules.calendar()) if ends is not None and limit else 0
        return lines.line_of(row, steps, clock, days)

    def _order(self, line: DisclosureLine) -> tuple[bool, tuple[int, float]]:
        return not line.pending, urgency(line.clock, self._now()) if line.clock is not None else (2, 0.0)


def _linked(request: DisclosureId, case: CaseId | None, record: RecordId | None) -> dict[str, int | str]:
    named: Mapping[str, int | None] = {"disclosure": request, "case": case, "record": record}
    return {name: int(value) for name, value in named.items() if value is not None}
