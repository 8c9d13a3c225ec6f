"""How a case ends: its end as a signed event, and a leader's signed order to file it with gaps."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from desktop import grants, history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.forms import EndingLine, FilingOrderLine
from desktop.procedure.times import check_moments
from desktop.signatures import signed_by
from models.cases import CaseOfficer
from models.people import Person
from models.procedure import CaseEnding, FilingOrder
from models.terms import CaseId


class EndingActs(ProcedureDesk):
    """行政执法行为终结 is never inferred; who states it signs with their own key."""

    @act("procedure.case_end", subject=lambda case_id, kind, on, password: {"case": case_id}, check="_check_end")
    def case_end(self, case_id: CaseId, kind: str, on: date, password: str) -> None:
        """State that enforcement in the case ended on that day, signed. Raises `Refusal`: procedure.unknown_word, procedure.ended_already,
        procedure.end_ahead, password.wrong."""
        case, me, at = self._case(case_id), self.archive.person, self._stamp()
        document = {"format": "lantai-case-end-1", "archive": self.archive.header.archive_id, "case": case.case_number, "kind": kind,
                    "on": on.isoformat(), "signer": {"id": int(me.id), "name": me.name}, "at": at}
        signed = grants.canonical(document)
        CaseEnding.create(case=case_id, kind=kind, on=on.isoformat(), document=signed.decode(), signature=me.keys.sign(signed), person=me.id, at=at)
        self._note(kind=kind, on=on.isoformat(), document_sha256=grants.digest(document))

    @act("procedure.case_end_withdraw", subject=lambda case_id, reason: {"case": case_id})
    def case_end_withdraw(self, case_id: CaseId, reason: str) -> None:
        """Take the stated end back; it stays, marked, and another may follow."""
        self._case(case_id)
        row = _standing_end(case_id)
        if row is None:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(kind=row.kind, on=row.on, reason=reason.strip())

    @act("procedure.order_filing", subject=lambda case_id, reason, password: {"case": case_id}, check="_check_order")
    def order_filing(self, case_id: CaseId, reason: str, password: str) -> None:
        """Order, in writing and signed, that the case be filed with the gaps it has now; they stay visible for ever.

        Raises `Refusal`: change.reason_missing, procedure.nothing_open, procedure.own_case, password.wrong.
        """
        case, me, at = self._case(case_id), self.archive.person, self._stamp()
        gaps = [[item.id, item.title, item.ground.article] for item in self.archive.procedure.open_items(case_id)]
        document = {"format": "lantai-filing-order-1", "archive": self.archive.header.archive_id, "case": case.case_number, "gaps": gaps,
                    "reason": reason.strip(), "signer": {"id": int(me.id), "name": me.name}, "at": at}
        signed = grants.canonical(document)
        FilingOrder.create(case=case_id, gaps=json.dumps(gaps, ensure_ascii=False), reason=reason.strip(), document=signed.decode(),
                           signature=me.keys.sign(signed), person=me.id, at=at)
        self._note(gaps=[gap[0] for gap in gaps], reason=reason.strip(), document_sha256=grants.digest(document))

    # What the door asks before the transaction
    def _check_end(self, case_id: CaseId, kind: str, on: date, password: str) -> None:
        self._case(case_id)
        self._known("end", [kind])
        check_moments(self._now(), on=on)
        if on > self._today():
            raise Refusal("procedure.end_ahead", day=on.isoformat())
        standing = _standing_end(case_id)
        if standing is not None:
            raise Refusal("procedure.ended_already", kind=vocabulary().title("end", standing.kind), day=standing.on, by=standing.person.name)
        self.archive.people.confirm(password)

    def _check_order(self, case_id: CaseId, reason: str, password: str) -> None:
        self._case(case_id)
        self._needs(reason)
        me = self.archive.person
        if CaseOfficer.select().where((CaseOfficer.case == case_id) & ((CaseOfficer.person == me.id) | (CaseOfficer.name == me.name))).exists():
            raise Refusal("procedure.own_case")
        if not self.archive.procedure.open_items(case_id):
            raise Refusal("procedure.nothing_open")
        self.archive.people.confirm(password)


def _standing_end(case_id: int) -> CaseEnding | None:
    row: CaseEnding | None = CaseEnding.select().where((CaseEnding.case == case_id) & CaseEnding.withdrawn_at.is_null()).first()
    return row


def ending_lines(case_id: int) -> list[EndingLine]:
    """Every stated end of a case, the newest first; `sound` only where the signature fits what the row says."""
    rows = CaseEnding.select(CaseEnding, Person).join(Person).where(CaseEnding.case == case_id).order_by(CaseEnding.id.desc())
    return [EndingLine(row.kind, date.fromisoformat(row.on), row.person.name, row.at, row.withdrawn_at, _end_sound(row)) for row in rows]


def order_lines(case_id: int) -> list[FilingOrderLine]:
    """Every order to file a case with gaps, the newest first."""
    rows = FilingOrder.select(FilingOrder, Person).join(Person).where(FilingOrder.case == case_id).order_by(FilingOrder.id.desc())
    return [FilingOrderLine(tuple((a, b, c) for a, b, c in json.loads(row.gaps)), row.reason, row.person.name, row.at, _order_sound(row))
            for row in rows]


def _end_sound(row: CaseEnding) -> bool:
    said = _signed(row)
    return said is not None and said["kind"] == row.kind and said["on"] == row.on and said["case"] == row.case.case_number


def _order_sound(row: FilingOrder) -> bool:
    said = _signed(row)
    return said is not None and said["gaps"] == json.loads(row.gaps) and said["reason"] == row.reason


def _signed(row: Any) -> dict[str, Any] | None:
    """What the signer signed; None where the signature does not fit."""
    if not signed_by(row.person, row.at, row.document.encode(), bytes(row.signature)):
        return None
    said: dict[str, Any] = json.loads(row.document)
    return said if said["signer"]["id"] == row.person_id else None
