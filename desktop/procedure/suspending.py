"""Acts on stretches that a limit leaves out (不计入期间: 检测, 鉴定, 听证 …): entered, corrected, taken back, and refused with the article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.policy.deadlines import clocks
from desktop.policy.grounds import ground, suspending_article
from desktop.policy.rules import DeadlineRule, Profile
from desktop.policy.suspensions import refusals
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.forms import SuspensionDraft
from desktop.procedure.gathering import gather
from desktop.procedure.lines import suspension_draft
from desktop.procedure.times import check_moments, written
from models.facts import CaseFacts, Suspension
from models.procedure import LimitSuspension
from models.terms import CaseId, SuspensionId


class SuspendingActs(ProcedureDesk):
    """What the article leaves out of a limit counts once it is entered, with its written ground and the notice that the article wants."""

    @act("procedure.suspend_limit", subject=lambda case_id, rule, draft, subject="": {"case": case_id})
    def suspend_limit(self, case_id: CaseId, rule: str, draft: SuspensionDraft, subject: str = "") -> SuspensionId:
        """Enter a stretch that the limit of this rule leaves out; `subject` is the activity whose limit it is, needed where the rule runs for
        several.

        Raises `Refusal`, with the article where one decides: procedure.rule_unknown, procedure.suspension_closed, procedure.unknown_word,
        procedure.suspension_kind, procedure.suspension_untold, procedure.suspension_order, procedure.suspension_ahead, change.reason_missing,
        procedure.time_implausible, procedure.suspension_nothing, procedure.suspension_refused.
        """
        rules = self._rules(self._case(case_id))
        limit = _limit(rules, rule)
        given = self._suspension(rules, limit, draft, subject)
        facts = self._facts_of(case_id)
        self._suspension_allowed(rules, limit, given, facts, replace(facts, suspensions=(*facts.suspensions, given)))
        row = LimitSuspension.create(case=case_id, rule=rule, subject=subject, **_columns(given), **self._signed())
        self._note(rule=rule, subject=subject, **_columns(given))
        return SuspensionId(row.id)

    @act("procedure.suspension_edit", subject=lambda case_id, suspension_id, draft, reason: {"case": case_id})
    def suspension_edit(self, case_id: CaseId, suspension_id: SuspensionId, draft: SuspensionDraft, reason: str) -> None:
        """Correct a stretch, or enter when it ended; every field keeps its history. Raises `Refusal` as `suspend_limit` does."""
        rules = self._rules(self._case(case_id))
        row = _standing(case_id, suspension_id)
        limit = _limit(rules, row.rule)
        given, facts = self._suspension(rules, limit, draft, row.subject), self._facts_of(case_id)
        before = Suspension(row.rule, subject=row.subject, **vars(suspension_draft(row)))
        others = list(facts.suspensions)
        others.remove(before)
        without = replace(facts, suspensions=tuple(others))
        self._suspension_allowed(rules, limit, given, without, replace(facts, suspensions=(*others, given)))
        changed = history.amend(self.archive, row, _columns(given), reason)
        self._note(rule=row.rule, subject=row.subject, changed=changed, reason=reason.strip())

    @act("procedure.suspension_withdraw", subject=lambda case_id, suspension_id, reason: {"case": case_id})
    def suspension_withdraw(self, case_id: CaseId, suspension_id: SuspensionId, reason: str) -> None:
        """Take a stretch back: its days count again; it stays, marked."""
        self._case(case_id)
        row = _standing(case_id, suspension_id)
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, self._needs(reason))
        self._note(rule=row.rule, subject=row.subject, kind=row.kind, start=row.start, end=row.end, reason=reason.strip())

    def _suspension(self, rules: Profile, limit: DeadlineRule, draft: SuspensionDraft, subject: str) -> Suspension:
        """The stretch as a fact, as far as it can be told by itself."""
        article, words = suspending_article(rules, limit), vocabulary()
        if not limit.suspensions:
            raise Refusal("procedure.suspension_closed", title=limit.title, article=ground(rules, limit).article)
        self._known("suspension", [draft.kind])
        kind = words.title("suspension", draft.kind)
        if draft.kind not in limit.suspensions:
            known = listed_words(words.title("suspension", one) for one in limit.suspensions)
            raise Refusal("procedure.suspension_kind", kind=kind, article=article, known=known)
        reason = self._needs(draft.reason)
        if limit.suspension_told and (not draft.told.strip() or draft.told_on is None):
            raise Refusal("procedure.suspension_untold", kind=kind, article=article, whom=limit.suspension_told)
        check_moments(self._now(), start=draft.start, end=draft.end, told_on=draft.told_on)
        if draft.end is not None and draft.end < draft.start:
            raise Refusal("procedure.suspension_order", start=draft.start.isoformat(), end=draft.end.isoformat())
        for day in (draft.start, draft.told_on):
            if day is not None and day > self._today():
                raise Refusal("procedure.suspension_ahead", day=day.isoformat(), today=self._today().isoformat())
        return Suspension(limit.id, draft.kind, draft.start, draft.end, reason, draft.told.strip(), draft.told_on, subject)

    def _suspension_allowed(self, rules: Profile, limit: DeadlineRule, given: Suspension, before: CaseFacts, after: CaseFacts) -> None:
        """The rules themselves say whether it counts: what they refuse with it and did not refuse without it is why not."""
        was, now = self._told_of(rules, limit, before), self._told_of(rules, limit, after)
        meant = [subject for subject in now if given.subject in ("", subject)]
        if not meant:
            raise Refusal("procedure.suspension_nothing", title=limit.title, article=ground(rules, limit).article)
        for subject in now:
            more = Counter(now[subject]) - Counter(was.get(subject, []))
            if more:
                raise Refusal("procedure.suspension_refused", why=listed_words(more))

    def _told_of(self, rules: Profile, limit: DeadlineRule, facts: CaseFacts) -> dict[str, list[str]]:
        """What the clocks of this limit that have begun do not count, by their subjects."""
        found = clocks(rules, facts, self.archive.rules.calendar(), self._now(), topic=limit.topic)
        return {one.subject: refusals(one.steps) for one in found if one.ground.rule == limit.id and one.start is not None}

    def _facts_of(self, case_id: CaseId) -> CaseFacts:
        return gather(self.archive.database.connection(), [int(case_id)])[0].facts


def _limit(rules: Profile, rule: str) -> DeadlineRule:
    limit = next((one for one in rules.deadline if one.id == rule), None)
    if limit is None:
        raise Refusal("procedure.rule_unknown", rule=rule, profile=rules.short)
    return limit


def _standing(case_id: CaseId, suspension_id: SuspensionId) -> LimitSuspension:
    row: LimitSuspension | None = LimitSuspension.get_or_none((LimitSuspension.id == suspension_id) & (LimitSuspension.case == case_id)
                                                              & LimitSuspension.withdrawn_at.is_null())
    if row is None:
        raise Refusal("not_found")
    return row


def _columns(given: Suspension) -> dict[str, str | None]:
    days: dict[str, date | None] = {"start": given.start, "end": given.end, "told_on": given.told_on}
    return {"kind": given.kind, "reason": given.reason, "told": given.told, **{name: written(day) for name, day in days.items()}}
