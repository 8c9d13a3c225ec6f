"""评查: markings of case files, begun, decided item by item, signed; and what pages read of them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from peewee import JOIN

from desktop import clearance as narrowing
from desktop import grants, history
from desktop.acts import act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.grants import local_text
from desktop.i18n import PAPER, speaking
from desktop.policy.scoring import Mark
from desktop.policy.sheet import SheetRow
from desktop.scoring import documents, paper
from desktop.scoring.forms import Decision, RecordChoice, ScoringLine, ScoringView
from desktop.scoring.marking import HUNDRED, decisions, mark_case, record_choices, view_of
from desktop.scoring.pointing import pointed
from desktop.scoring.sheets import SheetActs
from models.cases import CaseFolder, CaseOfficer
from models.people import Person
from models.rulebook import ScoreLine, Scoring
from models.terms import CaseId, ScoringId

MOST = 300  # markings in the list


class Scorings(SheetActs):
    """A marking is one person's work on one case under one version of the sheet; signed, it never changes.

    Who marks must know the whole file: without the clearance for trade secrets and privacy a paper that one may not know of would be
    taken for missing. That is asked of the person, whatever this case holds, so that it tells nothing of the case.
    """

    @act("scoring.begin", subject=lambda case_id: {"case": case_id}, check="_check_begin")
    def begin(self, case_id: CaseId) -> ScoringId:
        """Begin to mark a case under the sheet in force. Raises `Refusal`: scoring.clearance, cases.not_opened, scoring.own_case,
        scoring.begun."""
        row = Scoring.create(case=case_id, sheet_version=self._version(), person=self.archive.person.id, at=self._stamp())
        self._note(sheet_version=row.sheet_version)
        return ScoringId(row.id)

    @act("scoring.mark")
    def mark(self, scoring_id: ScoringId, item: str, decision: Decision) -> None:
        """Decide one item that bears points. Raises `Refusal`: not_found, scoring.others, scoring.signed, scoring.item_unknown,
        scoring.veto_item, scoring.points, scoring.place, scoring.place_missing, change.reason_missing (a deduction, an item that does
        not apply, and every change of a decision have their reason)."""
        row, given = self._item(scoring_id, item)
        if given.block == self._sheet(row.sheet_version).veto_block:
            raise Refusal("scoring.veto_item", item=item)
        lost = decision.lost if decision.applies else Decimal(0)
        if not lost.is_finite() or not 0 <= lost <= given.points or lost * HUNDRED % 1:
            raise Refusal("scoring.points", item=item, points=given.points)
        if (lost or not decision.applies) and not decision.reason.strip():
            raise Refusal("change.reason_missing")
        self._decide(row, item, "not_applicable" if not decision.applies else "deducted" if lost else "full", lost, decision)

    @act("scoring.confirm_veto")
    def confirm_veto(self, scoring_id: ScoringId, item: str, stands: bool, decision: Decision) -> None:
        """State of an item of the veto block whether it stands; it takes effect when the marking is signed.

        One that stands, does not apply, or was suspected and is not found has its reason. Raises `Refusal`: as `mark`, and scoring.not_veto.
        """
        row, given = self._item(scoring_id, item)
        if given.block != self._sheet(row.sheet_version).veto_block:
            raise Refusal("scoring.not_veto", item=item)
        if not decision.reason.strip() and (stands or not decision.applies or self._suspected(row, item)):
            raise Refusal("change.reason_missing")
        self._decide(row, item, "not_applicable" if not decision.applies else "vetoed" if stands else "cleared", Decimal(0), decision)

    @act("scoring.sign", check="_check_sign")
    def sign(self, scoring_id: ScoringId, password: str) -> None:
        """Sign a marking with one's own key: its total is reckoned and kept with every item. Nothing of it changes afterwards.

        Raises `Refusal`: not_found, scoring.others, scoring.signed, scoring.items_open, password.wrong.
        """
        row, me, at = self._mine(scoring_id), self.archive.person, self._stamp()
        document = documents.document_of(self._view(row), self.archive.header.archive_id, self._text(row.sheet_version),
                                         {"id": int(me.id), "name": me.name}, at)
        signed, result = grants.canonical(document), documents.summary(document)
        Scoring.update(result=result, document=signed.decode(), signature=me.keys.sign(signed), signed_at=at).where(Scoring.id == row.id).execute()
        self._about(case=row.case_id)
        self._note(total=document["total"], grade=document["grade"]["title"], vetoed=document["vetoed"], sheet_version=row.sheet_version,
                   document_sha256=grants.digest(document))

    @reading("scoring.read")
    def scorings(self) -> list[ScoringLine]:
        """Markings of cases that exist for the person, the newest first."""
        found = self._rows().order_by(Scoring.id.desc()).limit(MOST)
        return [_line(row) for row in narrowing.cases(self.archive.person.clearance, found)]

    @reading("scoring.read", subject=lambda case_id: {"case": case_id})
    def of_case(self, case_id: CaseId) -> list[ScoringLine]:
        """Every marking of a case, the newest first."""
        return [_line(row) for row in self._rows().where(Scoring.case == case_id).order_by(Scoring.id.desc())]

    @reading("scoring.read")
    def unsigned(self) -> int:
        """How many markings of the person's wait for their signature."""
        return int(Scoring.select().where((Scoring.person == self.archive.person.id) & Scoring.signed_at.is_null()).count())

    @reading("scoring.read")
    def view(self, scoring_id: ScoringId) -> ScoringView:
        """One marking, whole. Raises `Refusal`: not_found, scoring.clearance, cases.not_opened, scoring.forged."""
        return self._view(self._known(scoring_id))

    @reading("scoring.print", recorded=True)
    def printed(self, scoring_id: ScoringId) -> bytes:
        """评查表 of one marking as PDF/A; one that is not signed says so on its face."""
        with speaking(PAPER):
            view = self._view(self._known(scoring_id))
            self._about(case=view.line.case)
            return paper.score_sheet_pdf(self.archive, view, CaseFolder.get_by_id(view.line.case).cause)

    # What the door asks before the transaction
    def _check_begin(self, case_id: CaseId) -> None:
        me = self.archive.person
        self._may_know(case_id)
        if CaseOfficer.select().where((CaseOfficer.case == case_id) & ((CaseOfficer.person == me.id) | (CaseOfficer.name == me.name))).exists():
            raise Refusal("scoring.own_case")
        begun = Scoring.get_or_none((Scoring.case == case_id) & (Scoring.person == me.id) & Scoring.signed_at.is_null())
        if begun is not None:
            raise Refusal("scoring.begun", at=local_text(begun.at))

    def _check_sign(self, scoring_id: ScoringId, password: str) -> None:
        view = self._view(self._mine(scoring_id))
        if view.provisional and not view.vetoed:
            waiting = view.waiting
            raise Refusal("scoring.items_open", count=len(waiting), items="、".join(row.id for row in waiting[:8]))
        self.archive.people.confirm(password)

    # Within
    def _decide(self, row: Scoring, item: str, standing: str, lost: Decimal, decision: Decision) -> None:
        record = self._record(row, decision)
        kept: dict[str, Any] = {"standing": standing, "lost": int(lost * HUNDRED), "reason": decision.reason.strip(),
                                "record_id": None if record is None else int(record.id), "where": pointed(record, decision.where)}
        line = ScoreLine.get_or_none((ScoreLine.scoring == row.id) & (ScoreLine.item == item))
        if line is None:
            ScoreLine.create(scoring=row.id, item=item, at=self._stamp(), **kept)
        elif history.amend(self.archive, line, kept, decision.reason):
            ScoreLine.update(at=self._stamp()).where(ScoreLine.id == line.id).execute()
        self._note(item=item, standing=standing, lost=str(lost), reason=decision.reason.strip(), where=kept["where"])
        self._about(case=row.case_id, **({} if record is None else {"record": int(record.id)}))

    def _suspected(self, row: Scoring, item: str) -> bool:
        """Whether the program suspects an item of the veto block, whatever was decided of it."""
        others = {name: one for name, one in decisions(row.id).items() if name != item}
        marking = mark_case(self.archive, row.case, self._sheet(row.sheet_version), others)
        return any(one.id == item and one.mark is Mark.SUSPECTED for one in marking.rows)

    def _record(self, row: Scoring, decision: Decision) -> RecordChoice | None:
        if decision.record is None:
            return None
        found = next((one for one in record_choices(row.case_id) if one.id == decision.record), None)
        if found is None:
            raise Refusal("not_found")
        return found

    def _item(self, scoring_id: ScoringId, item: str) -> tuple[Scoring, SheetRow]:
        row = self._mine(scoring_id)
        sheet = self._sheet(row.sheet_version)
        found = next((one for one in sheet.row if one.id == item), None)
        if found is None or (row.case.procedure == "simple" and item not in sheet.simple):
            raise Refusal("scoring.item_unknown", item=item)
        return row, found

    def _mine(self, scoring_id: ScoringId) -> Scoring:
        """A marking that the person may go on with."""
        row = self._known(scoring_id)
        if row.person_id != self.archive.person.id:
            raise Refusal("scoring.others", by=row.person.name)
        if row.signed_at:
            raise Refusal("scoring.signed", at=local_text(row.signed_at))
        return row

    def _known(self, scoring_id: ScoringId) -> Scoring:
        """A marking whose case exists for the person, and was opened."""
        row: Scoring | None = narrowing.cases(self.archive.person.clearance, self._rows().where(Scoring.id == scoring_id)).first()
        if row is None:
            raise Refusal("not_found")
        self._may_know(row.case_id)
        return row

    def _may_know(self, case_id: int) -> None:
        clearance = self.archive.person.clearance
        if not (clearance.trade and clearance.privacy):
            raise Refusal("scoring.clearance")
        if int(case_id) not in self.archive.person.looked:
            raise Refusal("cases.not_opened")

    def _view(self, row: Scoring) -> ScoringView:
        mine = row.person_id == self.archive.person.id
        if row.signed_at:
            if not documents.sound(row):
                raise Refusal("scoring.forged", number=row.case.case_number)
            return documents.view_of_document(_line(row), json.loads(row.document), mine)
        sheet = self._sheet(row.sheet_version)
        marking = mark_case(self.archive, row.case, sheet, decisions(row.id))
        return view_of(_line(row), row.case, sheet, marking, mine, record_choices(row.case_id))

    def _rows(self) -> Any:
        return Scoring.select(Scoring, CaseFolder, Person).join_from(Scoring, CaseFolder).join_from(Scoring, Person, JOIN.INNER)

    def _stamp(self) -> str:
        return stamp(self.archive.clock.now())


def _line(row: Scoring) -> ScoringLine:
    said: dict[str, Any] = json.loads(row.result) if row.signed_at and row.result else {"total": "", "grade": {"title": "", "key": ""}, "vetoed": []}
    return ScoringLine(ScoringId(row.id), CaseId(row.case_id), row.case.case_number, row.case.cause, row.sheet_version, row.person.name, row.at,
                       row.signed_at, said["total"], said["grade"]["title"], said["grade"]["key"], tuple(said["vetoed"]),
                       not row.signed_at or documents.sound(row))
