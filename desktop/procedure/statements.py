"""Written statements: drafted with the exact stretch, signed with the person's own key, withdrawn with a reason."""

from __future__ import annotations

from datetime import datetime

from desktop import clearance as narrowing
from desktop import grants, history
from desktop.acts import act, reading
from desktop.errors import Refusal
from desktop.i18n import PAPER, _, speaking
from desktop.policy.continuity import NO_FILE, UNPLACED
from desktop.policy.verdicts import GapVerdict
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.forms import StatementDraft
from desktop.procedure.signing import FORMAT
from desktop.procedure.times import check_moments, check_order, read, shown, written
from models.cases import CaseFolder, CaseOfficer
from models.holdings import Component
from models.procedure import CaseActivity, FootageFacts, Statement
from models.terms import ActivityId, CaseId, ComponentId, StatementId, StatementKind


class StatementActs(ProcedureDesk):
    """未摄录原因说明、中止说明、逾期移交说明."""

    @reading("procedure.read", subject=lambda case_id, kind, **about: {"case": case_id})
    def statement_draft(self, case_id: CaseId, kind: StatementKind, *, activity: ActivityId | None = None, component: ComponentId | None = None,
                        start: datetime | None = None, end: datetime | None = None, cause: str = "", reason: str = "") -> StatementDraft:
        """The words of a statement with what is known already: case, activity, recording, the exact stretch; `reason` goes in as it is.

        A recording alone brings its activity, and to a late deposit its end and the moment it came in.
        """
        case = CaseFolder.get_by_id(case_id)
        known = FootageFacts.get_or_none(FootageFacts.component == component) if component is not None else None
        if activity is None and known is not None and known.activity_id is not None:
            activity = ActivityId(known.activity_id)
        one = self._activity_of(case_id, activity)
        if kind is StatementKind.LATE_DEPOSIT and component is not None and start is None:
            start, end = _moment(known.end) if known is not None else None, _moment(self._component_of(component).deposited_at)
        if kind is StatementKind.NOT_RECORDED and one is not None and start is None:
            begins = read(one.start)
            start, end = begins if isinstance(begins, datetime) else None, _moment(one.end)
        with speaking(PAPER):  # it is a paper of the case from the first word
            about = self._about_what(case_id, kind, activity, component, start, end)
            text = self._words(about, case, kind, one, component, start, end, vocabulary().title("cause", cause) if cause else "", reason.strip())
        return StatementDraft(kind, text, activity, component, start, end, cause)

    @act("procedure.statement_sign", subject=lambda case_id, draft, password: {"case": case_id}, check="_check_statement")
    def statement_sign(self, case_id: CaseId, draft: StatementDraft, password: str) -> StatementId:
        """Sign a statement. Raises `Refusal`: procedure.statement_empty, procedure.end_before_start, procedure.statement_stretch
        (an interruption without its stretch), password.wrong."""
        case, me, at = self._case(case_id), self.archive.person, self._stamp()
        facts = {"kind": draft.kind.value, "activity": draft.activity, "start": written(draft.start), "end": written(draft.end),
                 "cause": draft.cause, "text": draft.text.strip(), "reported_at": written(draft.reported)}
        recording = self._recording(draft.component) if draft.component is not None else None
        document = {"format": FORMAT, "archive": self.archive.header.archive_id, "case": case.case_number, **facts,
                    "recording": {"id": recording.id, "name": recording.name, "sha256": recording.sha256} if recording is not None else None,
                    "signer": {"id": int(me.id), "name": me.name}, "at": at}
        signed = grants.canonical(document)
        row = Statement.create(case=case_id, component=draft.component, **facts, document=signed.decode(), signature=me.keys.sign(signed),
                               person=me.id, at=at)
        self._about(case=case_id, statement=row.id)
        self._note(kind=row.kind, start=row.start, end=row.end, document_sha256=grants.digest(document))
        return StatementId(row.id)

    @act("procedure.statement_sign", subject=lambda statement_id, reason: {"statement": statement_id})
    def statement_withdraw(self, statement_id: StatementId, reason: str) -> None:
        """Take a statement back; it stays, marked as withdrawn."""
        row = Statement.get_or_none((Statement.id == statement_id) & Statement.withdrawn_at.is_null())
        if row is None:
            raise Refusal("not_found")
        self._case(row.case_id)
        self._about(case=row.case_id)
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(reason=reason.strip())

    # What the door asks before the transaction
    def _check_statement(self, case_id: CaseId, draft: StatementDraft, password: str) -> None:
        self._case(case_id)
        if not draft.text.strip():
            raise Refusal("procedure.statement_empty")
        if draft.kind is StatementKind.INTERRUPTION and (draft.start is None or draft.end is None):
            raise Refusal("procedure.statement_stretch")
        check_moments(self._now(), start=draft.start, end=draft.end, reported=draft.reported)
        check_order(draft.start, draft.end)
        self._activity_of(case_id, draft.activity)
        if draft.component is not None and self._component_of(draft.component).record.case_id != case_id:
            raise Refusal("not_found")
        if draft.cause:
            self._known("cause", [draft.cause])
        self.archive.people.confirm(password)

    def _activity_of(self, case_id: int, activity_id: int | None) -> CaseActivity | None:
        if activity_id is None:
            return None
        row: CaseActivity | None = CaseActivity.get_or_none((CaseActivity.id == activity_id) & (CaseActivity.case == case_id)
                                                            & CaseActivity.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        return row

    def _component_of(self, component_id: int) -> Component:
        row: Component | None = narrowing.components(self.archive.person.clearance).where(Component.id == component_id).first()
        if row is None:
            raise Refusal("not_found")
        return row

    def _about_what(self, case_id: CaseId, kind: StatementKind, activity: int | None, component: int | None, start: datetime | None,
                    end: datetime | None) -> GapVerdict | None:
        """The finding that an interruption is stated on, where it is not a plain gap: somewhere in a recording, or a recording without a file."""
        if kind is not StatementKind.INTERRUPTION or start is None or int(case_id) not in self.archive.person.looked:
            return None
        return next((gap for gap in self.archive.procedure.answers(case_id).gaps if gap.kind != "gap" and (gap.start, gap.end) == (start, end)
                     and (component is None or gap.footage == str(component)) and (activity is None or gap.activity == str(activity))), None)

    def _words(self, about: GapVerdict | None, case: CaseFolder, kind: StatementKind, activity: CaseActivity | None, component_id: int | None,
               start: datetime | None, end: datetime | None, cause: str, reason: str) -> str:
        title = vocabulary().title("event", activity.kind) if activity else ""
        place = activity.place if activity else ""
        recording = self._component_of(component_id).name if component_id else ""
        officers = [o.name for o in CaseOfficer.select().where(CaseOfficer.case == case.id).order_by(CaseOfficer.position)]
        seconds = int((end - start).total_seconds()) if start and end else 0
        seconds = about.seconds if about is not None and about.seconds else seconds
        facts = {"number": case.case_number, "cause_of_case": case.cause, "officers": "、".join(officers), "activity": title or "______",
                 "place": place or "______", "start": shown(start) if start else "—", "end": shown(end) if end else "—",
                 "seconds": seconds, "recording": recording or "—", "cause": cause or "—",
                 "reason": reason or "______", "name": self.archive.person.name, "day": self._today().isoformat()}
        return _templates()[kind if about is None else about.kind].format(**facts)


def _moment(text: str | None) -> datetime | None:
    at = read(text)
    return at if isinstance(at, datetime) else None


def _templates() -> dict[str, str]:
    """By the kind of statement, and for an interruption by the kind of finding where it is no plain gap."""
    return {
        UNPLACED: _(
            "Case {number} ({cause_of_case}). Officers: {officers}.\nDuring the activity “{activity}” at {place}, {seconds} seconds between {start}"
            " and {end} are missing from recording {recording}; the recording does not show where.\nCause: {cause}. Explanation: {reason}\nStated by"
            " {name}, {day}."),
        NO_FILE: _(
            "Case {number} ({cause_of_case}). Officers: {officers}.\nBy its own log the recorder recorded from {start} to {end} ({seconds} seconds)"
            " during the activity “{activity}” at {place}; no file of it was deposited.\nCause: {cause}. Explanation: {reason}\nStated by {name},"
            " {day}."),
        StatementKind.NOT_RECORDED: _(
            "Case {number} ({cause_of_case}). Officers: {officers}.\nThe activity “{activity}” from {start} to {end} at {place} was not recorded.\n"
            "Reason: {reason}\nStated by {name}, {day}."),
        StatementKind.INTERRUPTION: _(
            "Case {number} ({cause_of_case}). Officers: {officers}.\nDuring the activity “{activity}” at {place}, recording {recording} was"
            " interrupted from {start} to {end} ({seconds} seconds).\nCause: {cause}. Explanation: {reason}\nStated by {name}, {day}."),
        StatementKind.LATE_DEPOSIT: _(
            "Case {number} ({cause_of_case}). Officers: {officers}.\nRecording {recording} ended at {start} and was handed over at {end}, after its"
            " time limit.\nReason: {reason}\nStated by {name}, {day}."),
    }
