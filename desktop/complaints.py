"""投诉举报: the register of complaints and reports, what each is about and what became of it; while one is open, recordings of it are guarded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop import clearance as narrowing
from desktop import history
from desktop.acts import act, reading
from desktop.errors import Refusal
from desktop.register_desk import CLOSED, RegisterDesk
from models.base import FieldChange
from models.cases import CaseFolder
from models.disclosure import Complaint
from models.secrecy import Label
from models.terms import CaseId, ComplaintId

NUMBER = "投诉"
_TEXTS = ("complainant", "contact", "about", "place", "officer", "handler")
_DAYS = ("received_on", "about_from", "about_to")


@dataclass(frozen=True)
class ComplaintDraft:
    """A complaint as it is first written: what of, when and where it was, which officer it names. `complainant` empty: made without a name.

    `channel` is a key of the vocabulary; an empty number is given by the register; `case` is the case folder that it led to.
    """

    about: str
    received_on: date
    channel: str = "in_person"
    number: str = ""
    complainant: str = ""
    contact: str = ""
    about_from: date | None = None
    about_to: date | None = None
    place: str = ""
    officer: str = ""
    handler: str = ""
    case: CaseId | None = None
    label: Label = Label()


@dataclass(frozen=True)
class ComplaintLine:
    """One complaint. `case_number` is empty where it led to no case that the person may know of."""

    id: ComplaintId
    draft: ComplaintDraft
    case_number: str
    result: str
    closed_on: date | None

    @property
    def open(self) -> bool:
        """Whether it is still to be dealt with."""
        return self.closed_on is None

    @property
    def guards(self) -> bool:
        """Whether it says enough for a recording without a case to be guarded by it."""
        told = self.draft
        return self.open and bool(told.about_from or told.about_to or told.place or told.officer)


@dataclass(frozen=True)
class ComplaintChange:
    """One change of one field, with its reason."""

    at: str
    person: str
    field: str
    old: str | None
    new: str | None
    reason: str


class Complaints(RegisterDesk):
    """Officers have no part in it: a complaint may be about any of them."""

    @act("complaints.register", subject=lambda draft: _of(draft))
    def register(self, draft: ComplaintDraft) -> ComplaintId:
        """登记. Raises `Refusal`: register.words_missing, register.number_taken, register.day_ahead, register.about_backwards,
        procedure.unknown_word, cases.state_secret, cases.beyond_clearance."""
        row = Complaint.create(**self._columns(draft, None), created_at=self._stamp(), created_by=self.archive.person.id)
        self._about(complaint=row.id)
        self._note(number=row.number, channel=row.channel, received=row.received_on)
        return ComplaintId(row.id)

    @act("complaints.correct", subject=lambda complaint_id, draft, reason: _of(draft) | {"complaint": complaint_id})
    def correct(self, complaint_id: ComplaintId, draft: ComplaintDraft, reason: str) -> None:
        """Change what was entered, also the case that it led to; each field keeps its history. Raises as `register` does, and
        complaints.closed, change.reason_missing."""
        row = self._open(complaint_id)
        changed = history.amend(self.archive, row, self._columns(draft, row), reason)
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("complaints.close", subject=lambda complaint_id, on, result: {"complaint": complaint_id})
    def close(self, complaint_id: ComplaintId, on: date, result: str) -> None:
        """办结: what became of it. Nothing is guarded for it any more. Raises `Refusal`: complaints.closed, register.*."""
        row = self._open(complaint_id)
        self._check_day(on, row.received_on)
        words = self._check_words(result=result)["result"]
        history.amend(self.archive, row, {"closed_on": on.isoformat(), "result": words}, words)
        self._note(on=on.isoformat())

    @act("complaints.reopen", subject=lambda complaint_id, reason: {"complaint": complaint_id})
    def reopen(self, complaint_id: ComplaintId, reason: str) -> None:
        """Take up again what was closed."""
        row = self._known(complaint_id)
        if not row.closed_on:
            raise Refusal("complaints.open", number=row.number)
        history.amend(self.archive, row, {"closed_on": None}, reason)
        self._note(reason=reason.strip())

    @reading("complaints.read")
    def all(self, closed: int = CLOSED, also: int | None = None) -> list[ComplaintLine]:
        """The complaints that exist for the person: every open one, the newest on top, then the newest so many closed ones, and `also`."""
        clearance = self.archive.person.clearance
        rows = self._lines(Complaint, closed, also)
        wanted = [row.case_id for row in rows if row.case_id]
        cases = {case.id: case.case_number for case in narrowing.cases(clearance).where(CaseFolder.id << wanted)}
        return [_line(row, cases) for row in rows]

    @reading("complaints.read", subject=lambda complaint_id: {"complaint": complaint_id})
    def changes(self, complaint_id: ComplaintId) -> list[ComplaintChange]:
        """The history of each field, the newest first; a case stands in it by its number, and one that the person may not know of not at all."""
        found = list(FieldChange.select().where((FieldChange.table_name == "complaint") & (FieldChange.row_id == str(complaint_id)))
                     .order_by(FieldChange.id.desc()))
        named = {int(ident) for one in found if one.field == "case_id" for ident in (one.old, one.new) if ident}
        cases = narrowing.cases(self.archive.person.clearance).where(CaseFolder.id << list(named))
        numbers: dict[str | None, str | None] = {None: None, **{str(case.id): case.case_number for case in cases}}
        lines = [ComplaintChange(one.at, one.person, one.field, one.old, one.new, one.reason) for one in found]
        return [replace(one, old=numbers[one.old], new=numbers[one.new]) if one.field == "case_id" else one for one in lines
                if one.field != "case_id" or {one.old, one.new} <= set(numbers)]

    def _columns(self, draft: ComplaintDraft, row: Complaint | None) -> dict[str, Any]:
        """A draft as columns, checked."""
        self._check_words(about=draft.about)
        self._check_word("channel", draft.channel)
        self._check_day(draft.received_on)
        self._check_about(draft.about_from, draft.about_to)
        values: dict[str, Any] = {name: getattr(draft, name).strip() for name in _TEXTS}
        values |= {name: day.isoformat() if (day := getattr(draft, name)) is not None else None for name in _DAYS}
        values["handler"] = values["handler"] or self.archive.person.name
        case = draft.case
        if case is None and row is not None and row.case_id and not narrowing.case_exists(row.case_id, self.archive.person.clearance):
            case = row.case_id  # who may not know of the case does not take it away by saving what they see
        number = self._numbered(Complaint, draft.number, NUMBER, draft.received_on.year, row)
        return {**values, "number": number, "channel": draft.channel, "case_id": case, **self._check_label(draft.label)}

    def _open(self, complaint_id: int) -> Complaint:
        row = self._known(complaint_id)
        if row.closed_on:
            raise Refusal("complaints.closed", number=row.number, on=row.closed_on)
        return row

    def _known(self, complaint_id: int) -> Complaint:
        condition = (Complaint.id == complaint_id) & narrowing.within(Complaint, self.archive.person.clearance)
        row: Complaint | None = Complaint.get_or_none(condition)
        if row is None:
            raise Refusal("not_found")
        return row


def _of(draft: ComplaintDraft) -> dict[str, int | str]:
    """The case that a draft names must exist for the person."""
    return {"case": int(draft.case)} if draft.case else {}


def _line(row: Complaint, cases: dict[int, str]) -> ComplaintLine:
    days = {name: date.fromisoformat(text) if (text := getattr(row, name)) else None for name in ("about_from", "about_to", "closed_on")}
    case = row.case_id if row.case_id in cases else None
    draft = ComplaintDraft(row.about, date.fromisoformat(row.received_on), row.channel, row.number, row.complainant, row.contact,
                           days["about_from"], days["about_to"], row.place, row.officer, row.handler, CaseId(case) if case else None, row.label)
    return ComplaintLine(ComplaintId(row.id), draft, cases.get(row.case_id, ""), row.result, days["closed_on"])
