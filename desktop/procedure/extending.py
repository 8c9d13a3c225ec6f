"""Acts on extensions of limits (延长): entered as they were approved, and refused where the article does not allow them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.policy.deadlines import clocks
from desktop.policy.grounds import ground
from desktop.policy.rules import DeadlineRule, Profile
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.gathering import gather
from desktop.procedure.times import check_moments
from models.facts import CaseFacts, Extension
from models.procedure import LimitExtension
from models.terms import CaseId


class ExtendingActs(ProcedureDesk):
    """延长查封、扣押、冻结、许可: within what the article allows, by whom it names, before the limit is over."""

    @act("procedure.extend_limit", subject=lambda case_id, rule, number, by, on, reason, subject="": {"case": case_id})
    def extend_limit(self, case_id: CaseId, rule: str, number: int, by: str, on: date, reason: str, subject: str = "") -> None:
        """Enter a decision of the day `on` by which `by` made a limit longer by so many of the units that the rule counts in.

        `subject` is the activity whose limit it is, needed where the rule runs for several. Raises `Refusal`: procedure.rule_unknown,
        procedure.extension_closed, procedure.extension_unapproved, change.reason_missing, procedure.time_implausible,
        procedure.extension_nothing, procedure.extension_refused with the article's words.
        """
        rules = self._rules(self._case(case_id))
        limit = next((one for one in rules.deadline if one.id == rule), None)
        if limit is None:
            raise Refusal("procedure.rule_unknown", rule=rule, profile=rules.short)
        article = ground(rules, limit).article
        if not limit.extension:
            raise Refusal("procedure.extension_closed", title=limit.title, article=article)
        if not by.strip():
            raise Refusal("procedure.extension_unapproved", title=limit.title, article=article, approver=limit.extension_by)
        given = Extension(rule, number, limit.unit, by.strip(), on, self._needs(reason), subject)
        check_moments(self._now(), on=on)
        if on > self._today():
            raise Refusal("procedure.extension_ahead", on=on.isoformat(), today=self._today().isoformat())
        self._allowed(case_id, rules, limit, given)
        LimitExtension.create(case=case_id, rule=rule, subject=subject, number=number, unit=limit.unit, approved_by=given.by,
                              approved_on=on.isoformat(), reason=given.reason, **self._signed())
        self._note(rule=rule, subject=subject, number=number, unit=limit.unit, by=given.by, on=on.isoformat(), reason=given.reason)

    @act("procedure.extension_withdraw", subject=lambda case_id, rule, reason, subject="": {"case": case_id})
    def extension_withdraw(self, case_id: CaseId, rule: str, reason: str, subject: str = "") -> None:
        """Take the newest standing extension of a limit back: what ran without it runs again."""
        self._case(case_id)
        row = (LimitExtension.select().where((LimitExtension.case == case_id) & (LimitExtension.rule == rule) & (LimitExtension.subject == subject)
                                             & LimitExtension.withdrawn_at.is_null()).order_by(LimitExtension.id.desc()).first())
        if row is None:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, self._needs(reason))
        self._note(rule=rule, subject=subject, number=row.number, unit=row.unit, reason=reason.strip())

    def _allowed(self, case_id: CaseId, rules: Profile, limit: DeadlineRule, given: Extension) -> None:
        """The rules themselves say whether it counts: what they refuse with it and did not refuse without it is why not."""
        facts = gather(self.archive.database.connection(), [int(case_id)])[0].facts
        before = self._refused(rules, limit, facts)
        after = self._refused(rules, limit, replace(facts, extensions=(*facts.extensions, given)))
        meant = [subject for subject in after if given.subject in ("", subject)]
        if not meant:
            raise Refusal("procedure.extension_nothing", title=limit.title, article=ground(rules, limit).article)
        for subject in meant:
            if after[subject] != before[subject]:
                raise Refusal("procedure.extension_refused", why=after[subject].removeprefix(before[subject]).strip("; "))

    def _refused(self, rules: Profile, limit: DeadlineRule, facts: CaseFacts) -> dict[str, str]:
        """What the clocks of this limit that have begun do not count, by their subjects."""
        found = clocks(rules, facts, self.archive.rules.calendar(), self._now(), due_only=True, topic=limit.topic)
        return {one.subject: one.refused_claim for one in found if one.ground.rule == limit.id and one.start is not None}
