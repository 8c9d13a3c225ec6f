"""The act on papers: what a person confirms of one, after looking at it."""

from __future__ import annotations

from typing import Any

from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.procedure.desk import ProcedureDesk, listed
from desktop.procedure.forms import PaperDraft
from desktop.procedure.times import check_moments, check_order, read, written
from models.cases import Record
from models.procedure import PaperFacts
from models.terms import Medium, RecordId


class PaperActs(ProcedureDesk):
    """文书: form, items, date, signers, fields."""

    @act("procedure.paper_confirm", subject=lambda record_id, draft, reason="": {"record": record_id})
    def paper_confirm(self, record_id: RecordId, draft: PaperDraft, reason: str = "") -> None:
        """Confirm what a paper is and holds; a later correction takes its reason. What nobody has catalogued of the record yet, its day and
        its stage, follows from it.

        Raises `Refusal`: procedure.no_paper, procedure.item_unknown, procedure.unknown_word, procedure.time_implausible,
        procedure.end_before_start, procedure.pages_signed, change.reason_missing.
        """
        record = self._record(record_id)
        if record.medium in (Medium.VIDEO.value, Medium.AUDIO.value):
            raise Refusal("procedure.no_paper", title=record.title)
        values = self._paper_values(record, draft)
        existing = PaperFacts.get_or_none(PaperFacts.record == record_id)
        before = read(existing.dated) if existing is not None else None
        changed = self._keep(PaperFacts, existing, values, reason)
        self._catalogue(record, draft, day_of(before).isoformat() if before else None, reason)
        self._note(form=draft.form.strip(), fields=changed, reason=reason.strip())

    def _catalogue(self, record: Record, draft: PaperDraft, before: str | None, reason: str) -> None:
        """The contents and the course of the case show a record by its day and stage: where they are empty, or were taken from here (`before`),
        they are the paper's; what somebody wrote otherwise stays."""
        changes: dict[str, Any] = {}
        if draft.dated is not None and record.made_on in (None, "", before):
            changes["made_on"] = day_of(draft.dated).isoformat()
        stage = next((item.stage for item in self._rules(record.case).item if item.id in draft.items), None)
        if stage is not None and not record.stage:
            changes["stage"] = stage
        history.amend(self.archive, record, changes, reason.strip() or _("as confirmed of the paper"))

    def _paper_values(self, record: Record, draft: PaperDraft) -> dict[str, Any]:
        rules = self._rules(record.case)
        unknown = sorted(draft.items - {item.id for item in rules.item})
        if unknown:
            raise Refusal("procedure.item_unknown", item=unknown[0], profile=rules.short)
        self._known("signer", draft.signers)
        check_moments(self._now(), dated=draft.dated, start=draft.start, end=draft.end)
        check_order(draft.start, draft.end)
        if draft.pages is not None and not 0 <= (draft.signed_pages or 0) <= draft.pages:
            raise Refusal("procedure.pages_signed", pages=draft.pages, signed=draft.signed_pages or 0)
        if draft.activity is not None:
            self._activity(draft.activity, record.case_id)
        return {"record": record.id, "form": draft.form.strip(), "items": listed(draft.items), "dated": written(draft.dated),
                "activity_id": int(draft.activity) if draft.activity else None, "signers": listed(draft.signers), "fields": listed(draft.fields),
                "officers": listed(draft.officers), "interviewed": draft.interviewed.strip(), "start": written(draft.start),
                "end": written(draft.end), "evidence": draft.evidence, "outgoing": draft.outgoing, "approved_by": draft.approved_by.strip(),
                "pages": draft.pages, "signed_pages": draft.signed_pages, "copy": draft.copy}
