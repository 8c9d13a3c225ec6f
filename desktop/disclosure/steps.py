"""Acts on the steps of a request: what was asked of whom and what came back, an extension, the answer, a withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop import history
from desktop.acts import act
from desktop.disclosure.desk import DisclosureDesk
from desktop.disclosure.reckoning import facts_of
from desktop.errors import Refusal
from desktop.policy.clocks import last_day
from desktop.policy.deadlines import clocks
from desktop.policy.disclosure import AnswerKind, regime
from desktop.policy.grounds import ground
from desktop.policy.rules import DeadlineRule
from models.disclosure import DisclosureRequest, DisclosureStep
from models.facts import Extension
from models.terms import DisclosureId, DisclosureStepId
from models.terms import DisclosureStepKind as Kind


class StepActs(DisclosureDesk):
    """Every step has its own day, not the day on which it is entered; none lies ahead."""

    @act("disclosure.ask_supplement", subject=lambda request_id, on, what, until=None: {"disclosure": request_id})
    def ask_supplement(self, request_id: DisclosureId, on: date, what: str, until: date | None = None) -> DisclosureStepId:
        """告知补正: what must be corrected, by which day. Once only. Raises `Refusal`: disclosure.over, disclosure.asked_once with the article,
        register.day_ahead, register.day_before, register.words_missing, disclosure.until_before."""
        row, steps = self._pending(request_id)
        before = next((one for one in steps if one.kind == Kind.CORRECTION and one.withdrawn_at is None), None)
        if before is not None:
            limit = self._limit_of(row, Kind.CORRECTION)
            raise Refusal("disclosure.asked_once", on=before.on, article=ground(self._rules(row), limit).article if limit else "")
        return self._asked(row, Kind.CORRECTION, on, "", what, until)

    @act("disclosure.supplement")
    def supplement(self, step_id: DisclosureStepId, on: date) -> None:
        """The corrected request came in: the answer is counted anew from this day."""
        row, _request = self._waiting(step_id, Kind.CORRECTION)
        self._ended(row, on, "")

    @act("disclosure.ask_others", subject=lambda request_id, kind, whom, on, what="": {"disclosure": request_id})
    def ask_others(self, request_id: DisclosureId, kind: Kind, whom: str, on: date, what: str = "") -> DisclosureStepId:
        """征求第三方（其他机关）意见: `on` is the day on which they had the letter; until they answer the limit stands still.

        Raises `Refusal`: disclosure.over, register.*, not_found for another kind of step.
        """
        row, _steps = self._pending(request_id)
        if kind not in (Kind.THIRD_PARTY, Kind.OTHER_AGENCY):
            raise Refusal("not_found")
        return self._asked(row, Kind(kind), on, self._check_words(whom=whom)["whom"], what, None)

    @act("disclosure.opinion")
    def opinion(self, step_id: DisclosureStepId, on: date, opinion: str, words: str = "") -> None:
        """What a third party or another agency said, or that it said nothing in time; the limit runs on from this day.

        Raises `Refusal`: procedure.unknown_word, disclosure.too_early for a silence before its time was over.
        """
        row, request = self._waiting(step_id, Kind.THIRD_PARTY, Kind.OTHER_AGENCY)
        known = regime().opinions
        if opinion not in known:
            raise Refusal("procedure.unknown_word", word=opinion, known="、".join(one.title for one in known.values()))
        if known[opinion].silent:
            self._check_over(request, row, on)
        self._ended(row, on, opinion, words)

    @act("disclosure.extend", subject=lambda request_id, number, by, on, reason: {"disclosure": request_id})
    def extend(self, request_id: DisclosureId, number: int, by: str, on: date, reason: str) -> DisclosureStepId:
        """延长答复期限 by so many units of the limit, as `by` approved it on that day; the applicant is told.

        Raises `Refusal`: disclosure.over, disclosure.no_extension, register.words_missing, register.day_ahead, procedure.extension_refused
        with the article's words.
        """
        row, steps = self._pending(request_id)
        limit = self._extended_by(row)
        if limit is None:
            raise Refusal("disclosure.no_extension")
        words = self._check_words(by=by, reason=reason)
        self._check_day(on, row.received_on)
        self._allowed(row, steps, limit, Extension(limit.id, number, limit.unit, words["by"], on, words["reason"], str(row.id)))
        made = DisclosureStep.create(request=row.id, kind=Kind.EXTENSION.value, on=on.isoformat(), whom=words["by"], text=words["reason"],
                                     rule=limit.id, number=number, unit=limit.unit, **self._signed())
        self._note(number=number, unit=limit.unit, by=words["by"], on=on.isoformat())
        return DisclosureStepId(made.id)

    @act("disclosure.answer", subject=lambda request_id, kind, on, words, by="": {"disclosure": request_id})
    def answer(self, request_id: DisclosureId, kind: str, on: date, words: str, by: str = "") -> DisclosureStepId:
        """答复 of a kind that the regulation knows, with what it asks to be told; `by` decided it.

        Raises `Refusal`: disclosure.over, procedure.unknown_word, disclosure.untold with the article, disclosure.not_overdue, register.day_*.
        """
        row, steps = self._pending(request_id)
        known = regime().answers
        if kind not in known:
            raise Refusal("procedure.unknown_word", word=kind, known="、".join(one.title for one in known.values()))
        if not words.strip():
            raise Refusal("disclosure.untold", answer=known[kind].title, tell=known[kind].tell, article=known[kind].article)
        self._check_day(on, row.received_on)
        self._check_overdue(known[kind], steps, on)
        made = DisclosureStep.create(request=row.id, kind=Kind.ANSWER.value, on=on.isoformat(), whom=by.strip(), text=words.strip(), outcome=kind,
                                     **self._signed())
        self._note(on=on.isoformat(), answer=kind)
        return DisclosureStepId(made.id)

    @act("disclosure.withdraw", subject=lambda request_id, on, words: {"disclosure": request_id})
    def withdraw(self, request_id: DisclosureId, on: date, words: str) -> DisclosureStepId:
        """The applicant took the request back; how and why."""
        row, _steps = self._pending(request_id)
        self._check_day(on, row.received_on)
        made = DisclosureStep.create(request=row.id, kind=Kind.WITHDRAWAL.value, on=on.isoformat(), **self._check_words(text=words),
                                     **self._signed())
        self._note(on=on.isoformat())
        return DisclosureStepId(made.id)

    @act("disclosure.take_back")
    def take_back(self, step_id: DisclosureStepId, reason: str) -> None:
        """Take back a step that was entered wrongly; it stays, with who and why, and the limits are counted without it."""
        row = self._step(step_id)
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(step=row.kind, on=row.on, reason=reason.strip())

    def _asked(self, row: DisclosureRequest, kind: Kind, on: date, whom: str, what: str, until: date | None) -> DisclosureStepId:
        self._check_day(on, row.received_on)
        if kind is Kind.CORRECTION:
            self._check_words(what=what)
        if until is not None and until < on:
            raise Refusal("disclosure.until_before", until=until.isoformat(), on=on.isoformat())
        made = DisclosureStep.create(request=row.id, kind=kind.value, on=on.isoformat(), until=until.isoformat() if until else None, whom=whom,
                                     text=what.strip(), **self._signed())
        self._note(on=on.isoformat(), **({"until": until.isoformat()} if until else {}))
        return DisclosureStepId(made.id)

    def _ended(self, row: DisclosureStep, on: date, opinion: str, words: str = "") -> None:
        self._check_day(on, row.on)
        text = "\n".join(filter(None, (row.text, words.strip())))
        DisclosureStep.update(ended_on=on.isoformat(), outcome=opinion, text=text).where(DisclosureStep.id == row.id).execute()
        self._note(asked=row.on, on=on.isoformat(), **({"opinion": opinion} if opinion else {}))

    def _check_overdue(self, kind: AnswerKind, steps: list[DisclosureStep], on: date) -> None:
        """What follows from a day that passed can be answered only after that day."""
        waits = [one for one in steps if one.kind == kind.overdue and one.withdrawn_at is None and one.ended_on is None]
        if kind.overdue and not any(one.until and one.until < on.isoformat() for one in waits):
            raise Refusal("disclosure.not_overdue", answer=kind.title, article=kind.article)

    def _check_over(self, request: DisclosureRequest, row: DisclosureStep, on: date) -> None:
        """Silence can be told only when the time for an opinion is over."""
        limit = self._limit_of(request, Kind(row.kind))
        facts = facts_of(request, [row])
        found = [one for one in clocks(self._rules(request), facts, self.archive.rules.calendar(), self._now(), due_only=True)
                 if limit is not None and one.ground.rule == limit.id and one.limit is not None]
        if found and (last := found[0].limit) is not None and last_day(last) >= on:
            raise Refusal("disclosure.too_early", whom=row.whom, last=last_day(last).isoformat(), article=found[0].ground.article)

    def _allowed(self, row: DisclosureRequest, steps: list[DisclosureStep], limit: DeadlineRule, given: Extension) -> None:
        """The rules themselves say whether it counts: what they refuse with it and did not refuse without it is why not."""
        facts, calendar, rules = facts_of(row, steps), self.archive.rules.calendar(), self._rules(row)
        refused = ["; ".join(one.refused_claim for one in clocks(rules, told, calendar, self._now(), due_only=True) if one.ground.rule == limit.id)
                   for told in (facts, replace(facts, extensions=(*facts.extensions, given)))]
        if refused[0] != refused[1]:
            raise Refusal("procedure.extension_refused", why=refused[1].removeprefix(refused[0]).strip("; "))
