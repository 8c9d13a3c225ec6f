"""Acts on recordings: to which activity they belong and when they truly ran, claims, description sheets, gaps."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from desktop import clearance as narrowing
from desktop import history
from desktop.acts import act, reading
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.grounds import ground
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.desk import ProcedureDesk, listed
from desktop.procedure.footage_facts import read_gaps, span_of
from desktop.procedure.forms import FootageDraft, SheetDraft
from desktop.procedure.times import check_moments, check_order, read_moment, shown, written
from models.facts import Gap
from models.holdings import Component
from models.procedure import CaseActivity, FootageFacts, Recorder, RecorderReading
from models.terms import ComponentId, RecorderId


class RecordingActs(ProcedureDesk):
    """音像记录: the camera's own time is never touched; what is known beside it stands in rows of its own."""

    @act("procedure.footage_link", subject=lambda component_id, draft, reason="": {"component": component_id})
    def footage_link(self, component_id: ComponentId, draft: FootageDraft, reason: str = "") -> None:
        """Say to which activity a recording belongs, when it truly ran, when its recorder came back to the office, who wore it.

        Raises `Refusal`: procedure.no_recording, procedure.time_implausible, procedure.end_before_start, change.reason_missing (a change).
        """
        component = self._recording(component_id)
        check_moments(self._now(), start=draft.start, end=draft.end, returned=draft.returned)
        activity = self._activity(draft.activity, component.record.case_id) if draft.activity is not None else None
        if draft.recorder is not None and Recorder.get_or_none(Recorder.id == draft.recorder) is None:
            raise Refusal("not_found")
        start, end = self._corrected(component, draft)
        check_order(start, end)
        values = {"activity_id": int(draft.activity) if draft.activity else None, "recorder_id": int(draft.recorder) if draft.recorder else None,
                  "start": written(start), "end": written(end), "returned": written(draft.returned), "officer": draft.officer.strip()}
        changed = self._keep_footage(component, values, reason)
        if activity is not None:
            self._stage(component, activity)
        self._note(fields=changed, start=written(start), camera=component.camera_time, reason=reason.strip())

    @reading("procedure.read", subject=lambda component_id, recorder_id: {"component": component_id})
    def span_proposed(self, component_id: ComponentId, recorder_id: RecorderId | None) -> tuple[datetime | None, datetime | None, int]:
        """From when to when a recording truly ran if this recorder made it, and by how many milliseconds that one was ahead: what
        `footage_link` reckons without `start`. None where the camera gave no time."""
        row = narrowing.components(self.archive.person.clearance).where(Component.id == component_id).first()
        if row is None:
            raise Refusal("not_found")
        ahead = ahead_of(recorder_id, row)
        return (*span_of(row.camera_time, row.duration_us, ahead), ahead)

    @act("procedure.claim", subject=lambda component_id, kind, claimant, reason: {"component": component_id})
    def claim(self, component_id: ComponentId, kind: str, claimant: str, reason: str) -> None:
        """Claim an exception to the deposit limit. Raises `Refusal` procedure.claim_unlisted with the article where the profile's own list
        does not have the kind, procedure.claimant_missing, change.reason_missing."""
        component = self._recording(component_id)
        self._known("exception", [kind])
        rules = self._rules(component.record.case)
        limits = [rule for rule in rules.deadline if rule.topic == "deposit"]
        if not any(kind in rule.exceptions for rule in limits):
            known = [vocabulary().title("exception", one) for rule in limits for one in rule.exceptions]
            raise Refusal("procedure.claim_unlisted", kind=vocabulary().title("exception", kind), listed="、".join(known) or "—",
                          article="、".join(ground(rules, rule).article for rule in limits))
        if not claimant.strip():
            raise Refusal("procedure.claimant_missing")
        self._keep_footage(component, {"claim_kind": kind, "claimant": claimant.strip(), "claim_reason": self._needs(reason)}, reason)
        self._note(kind=kind, claimant=claimant.strip(), reason=reason.strip())

    @act("procedure.claim", subject=lambda component_id, reason: {"component": component_id})
    def claim_withdraw(self, component_id: ComponentId, reason: str) -> None:
        """Take a claim back; the ordinary limit runs again."""
        component = self._recording(component_id)
        row = FootageFacts.get_or_none(FootageFacts.component == component_id)
        if row is None or not row.claim_kind:
            raise Refusal("not_found")
        self._keep_footage(component, {"claim_kind": "", "claimant": "", "claim_reason": ""}, self._needs(reason))
        self._note(kind="", reason=reason.strip())

    @act("procedure.evidence_sheet", subject=lambda component_id, sheet, reason="": {"component": component_id})
    def evidence_sheet(self, component_id: ComponentId, sheet: SheetDraft, reason: str = "") -> None:
        """Fill in the description of a recording (文字说明): fields, transcript, whether it is evidence, grounds for keeping it for ever."""
        component = self._recording(component_id)
        self._known("weight", sheet.weight)
        fields = {name.strip(): text.strip() for name, text in sorted(sheet.fields.items()) if name.strip() and text.strip()}
        values = {"sheet": json.dumps(fields, ensure_ascii=False), "transcript": sheet.transcript.strip(), "evidence": sheet.evidence,
                  "weight": listed(sheet.weight)}
        changed = self._keep_footage(component, values, reason)
        self._note(fields=changed, evidence=sheet.evidence, reason=reason.strip())

    @act("procedure.gap_note", subject=lambda component_id, gap, reason="": {"component": component_id})
    def gap_note(self, component_id: ComponentId, gap: Gap, reason: str = "") -> None:
        """Note a stretch that was not recorded, inside a recording or behind it: its cause, whether it was explained aloud on resuming, when
        it was reported. Noted again, with a reason, it is corrected. `written` is not noted: a signed statement makes it so."""
        component = self._recording(component_id)
        check_moments(self._now(), start=gap.start, end=gap.end, reported=gap.reported)
        if gap.end <= gap.start:
            raise Refusal("procedure.end_before_start", start=shown(gap.start), end=shown(gap.end))
        if gap.cause:
            self._known("cause", [gap.cause])
        row = FootageFacts.get_or_none(FootageFacts.component == component_id)
        gaps = read_gaps(row.gaps) if row else ()
        again = [one for one in gaps if (one.start, one.end) == (gap.start, gap.end)]
        kept = sorted([*(one for one in gaps if one not in again), gap], key=lambda one: one.start)
        why = self._needs(reason) if again else reason.strip() or f"{shown(gap.start)} – {shown(gap.end)}"
        self._keep_footage(component, {"gaps": written_gaps(kept)}, why)
        self._note(start=written(gap.start), end=written(gap.end), cause=gap.cause, spoken=gap.spoken)

    def _corrected(self, component: Component, draft: FootageDraft) -> tuple[datetime | None, datetime | None]:
        """As it was entered; else by the camera, less what its recorder was ahead."""
        start, end = span_of(component.camera_time, component.duration_us, ahead_of(draft.recorder, component))
        if draft.start is not None:
            start = draft.start
            end = start + timedelta(microseconds=component.duration_us) if component.duration_us else None
        return start, draft.end or end

    def _stage(self, component: Component, activity: CaseActivity) -> None:
        """A recording stands in the stage of its activity, unless a person set another one."""
        term, fact, record = vocabulary().keys("event").get(activity.kind), FootageFacts.get(FootageFacts.component == component.id), component.record
        if term is None or not term.stage or (record.stage or "") != fact.stage_given:
            return
        history.amend(self.archive, record, {"stage": term.stage}, _("With its activity: {activity}").format(activity=term.title))
        FootageFacts.update(stage_given=term.stage).where(FootageFacts.id == fact.id).execute()

    def _keep_footage(self, component: Component, values: dict[str, Any], reason: str) -> list[str]:
        """Write facts of a recording; what nobody had entered yet needs no reason, a correction does."""
        row = FootageFacts.get_or_none(FootageFacts.component == component.id)
        if row is None:
            start, end = span_of(component.camera_time, component.duration_us)
            FootageFacts.create(component=component.id, **{"start": written(start), "end": written(end), **values}, **self._signed())
            return sorted(values)
        blank = {name for name in values if getattr(row, name) in (None, "", "[]", "{}", False)}
        first = {name: value for name, value in values.items() if name in blank and getattr(row, name) != value}
        later = {name: value for name, value in values.items() if name not in blank and getattr(row, name) != value}
        if later:
            self._needs(reason)
        changed = history.amend(self.archive, row, {**first, **later}, reason.strip() or "—") if first or later else {}
        return sorted(changed)


def ahead_of(recorder_id: int | None, component: Component) -> int:
    """By how many milliseconds the recorder's clock was ahead: as read at this deposit, else as read nearest to the recording."""
    if recorder_id is None:
        return 0
    readings = list(RecorderReading.select().where(RecorderReading.recorder == recorder_id))
    here = [one for one in readings if one.deposit_id is not None and one.deposit_id == component.deposit_id]
    start, _ = span_of(component.camera_time, 0)
    if here or not readings or start is None:
        return int((here or readings)[-1].ahead_ms) if here or readings else 0
    return int(min(readings, key=lambda one: abs((read_moment(one.desk_time) or start) - start)).ahead_ms)


def written_gaps(gaps: list[Gap]) -> str:
    """Gaps as they stand in the table: (start, end, cause, spoken, reported)."""
    return json.dumps([[written(g.start), written(g.end), g.cause, g.spoken, written(g.reported)] for g in gaps], ensure_ascii=False)
