"""Acts by which a person decides about a case's items, limits and questions, its keeping and its holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import get_args

from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.policy.grounds import ground
from desktop.policy.rules import Unit
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.desk import ProcedureDesk
from models.procedure import Hold, ItemWaiver, LimitOverride
from models.terms import CaseId

_BINDING = ("law", "regulation", "rule")  # 法律、法规、规章; a normative paper does not set a limit aside
_LONGEST = 100


class JudgementActs(ProcedureDesk):
    """不适用、从其规定、案件情况、保管期限、暂缓销毁: each by name, each with its reason."""

    @act("procedure.waive", subject=lambda case_id, item, reason: {"case": case_id})
    def waive(self, case_id: CaseId, item: str, reason: str) -> None:
        """State that a required item does not apply. Raises `Refusal` procedure.not_waivable with the article, procedure.waived."""
        rules = self._rules(self._case(case_id))
        rule = next((one for one in rules.item if one.id == item), None)
        if rule is None:
            raise Refusal("procedure.item_unknown", item=item, profile=rules.short)
        if not rule.waivable:
            raise Refusal("procedure.not_waivable", title=rule.title, article=ground(rules, rule).article)
        if self._waiver(case_id, item) is not None:
            raise Refusal("procedure.waived", title=rule.title)
        ItemWaiver.create(case=case_id, item=item, reason=self._needs(reason), **self._signed())
        self._note(item=item, reason=reason.strip())

    @act("procedure.unwaive", subject=lambda case_id, item, reason: {"case": case_id})
    def unwaive(self, case_id: CaseId, item: str, reason: str) -> None:
        """Take a waiver back: the item is wanted again."""
        self._case(case_id)
        row = self._waiver(case_id, item)
        if row is None:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(item=item, reason=reason.strip())

    @act("procedure.override_limit", subject=lambda case_id, rule, number, unit, cites, rank: {"case": case_id})
    def override_limit(self, case_id: CaseId, rule: str, number: int, unit: str, cites: str, rank: str) -> None:
        """从其规定: another limit for one rule, by the law, regulation or rule that sets it.

        Raises `Refusal`: procedure.rule_unknown, procedure.override_closed, procedure.override_normative (with the article), procedure.cites_missing,
        procedure.limit_wrong.
        """
        rules = self._rules(self._case(case_id))
        limit = next((one for one in rules.deadline if one.id == rule), None)
        if limit is None:
            raise Refusal("procedure.rule_unknown", rule=rule, profile=rules.short)
        article = ground(rules, limit).article
        if not limit.override:
            raise Refusal("procedure.override_closed", title=limit.title, article=article)
        if rank not in _BINDING:
            raise Refusal("procedure.override_normative", title=limit.title, article=article)
        if not cites.strip():
            raise Refusal("procedure.cites_missing")
        if not 0 < number < 10_000 or unit not in get_args(Unit):
            raise Refusal("procedure.limit_wrong", given=f"{number} {unit}")
        self._end_override(case_id, rule, cites)
        LimitOverride.create(case=case_id, rule=rule, number=number, unit=unit, cites=cites.strip(), rank=rank, **self._signed())
        self._note(rule=rule, number=number, unit=unit, cites=cites.strip(), rank=rank)

    @act("procedure.override_limit", subject=lambda case_id, rule, reason: {"case": case_id})
    def override_withdraw(self, case_id: CaseId, rule: str, reason: str) -> None:
        """Take another limit back: that of the profile runs again."""
        self._case(case_id)
        if not self._end_override(case_id, rule, self._needs(reason)):
            raise Refusal("not_found")
        self._note(rule=rule, reason=reason.strip())

    @act("procedure.answer", subject=lambda case_id, answers, reason="": {"case": case_id})
    def answer(self, case_id: CaseId, answers: Mapping[str, bool | None], reason: str = "") -> None:
        """Answer questions about the case: yes, no, or None to leave open again; an answer that was given is changed with a reason.

        Raises `Refusal` procedure.question_unknown for what rules do not ask or what follows from other facts.
        """
        case = self._case(case_id)
        asked = {one.key for one in (*self._rules(case).condition, *vocabulary().conditions.values()) if one.asked}
        before: dict[str, bool] = json.loads(case.conditions)
        for key in answers:
            if key not in asked:
                raise Refusal("procedure.question_unknown", question=key)
        if any(key in before and before[key] is not given for key, given in answers.items()):
            self._needs(reason)
        after = {key: given for key, given in {**before, **answers}.items() if given is not None}
        history.amend(self.archive, case, {"conditions": json.dumps(dict(sorted(after.items())))}, reason.strip() or "—")
        self._note(answers={key: given for key, given in answers.items()}, reason=reason.strip())

    @act("procedure.retention_set", subject=lambda case_id, years, reason: {"case": case_id})
    def retention_set(self, case_id: CaseId, years: int, reason: str) -> None:
        """Set how many years the file is kept, 0 for ever. Raises `Refusal` procedure.years_wrong."""
        case = self._case(case_id)
        if not 0 <= years <= _LONGEST:
            raise Refusal("procedure.years_wrong", years=years, longest=_LONGEST)
        history.amend(self.archive, case, {"retention_years": years}, reason)
        self._note(years=years, reason=reason.strip())

    @act("procedure.hold", subject=lambda case_id, reason: {"case": case_id})
    def hold(self, case_id: CaseId, reason: str) -> None:
        """暂缓销毁: nothing of the case may be disposed of while it stands; a filed case is held just so."""
        self._needs(reason)
        Hold.create(case=case_id, reason=reason.strip(), **self._signed())
        self._note(reason=reason.strip())

    @act("procedure.release", subject=lambda case_id, reason: {"case": case_id})
    def release(self, case_id: CaseId, reason: str) -> None:
        """Let the newest standing hold of a case end."""
        row = Hold.select().where((Hold.case == case_id) & Hold.released_at.is_null()).order_by(Hold.id.desc()).first()
        if row is None:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"released_at": self._stamp(), "released_by_id": int(self.archive.person.id)}, reason)
        self._note(reason=reason.strip())

    def _waiver(self, case_id: int, item: str) -> ItemWaiver | None:
        row: ItemWaiver | None = ItemWaiver.get_or_none((ItemWaiver.case == case_id) & (ItemWaiver.item == item) & ItemWaiver.withdrawn_at.is_null())
        return row

    def _end_override(self, case_id: int, rule: str, reason: str) -> bool:
        rows = list(LimitOverride.select().where((LimitOverride.case == case_id) & (LimitOverride.rule == rule)
                                                 & LimitOverride.withdrawn_at.is_null()))
        for row in rows:
            history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        return bool(rows)
