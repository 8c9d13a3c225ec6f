"""The act on what a case is about (违法行为和处罚): row of the list of powers, organ, penalties, the days of the act."""

from __future__ import annotations

import json

from desktop.acts import act, reading
from desktop.errors import Refusal
from desktop.policy.sheet import Sheet
from desktop.procedure.desk import ProcedureDesk
from desktop.procedure.gathering import read_matter
from models.cases import CaseFolder
from models.facts import Matter
from models.procedure import CaseMatter
from models.terms import CaseId


class MatterActs(ProcedureDesk):
    """What the marking compares with the list of powers; nothing of it is guessed from papers."""

    @act("procedure.matter", subject=lambda case_id, matter, reason="": {"case": case_id})
    def matter_set(self, case_id: CaseId, matter: Matter, reason: str = "") -> None:
        """State it; a later correction takes its reason. Raises `Refusal`: procedure.unknown_word, procedure.matter_future, change.reason_missing."""
        self._case(case_id)
        self._known("penalty", [one.kind for one in matter.penalties])
        days = [day for day in (matter.act_ended, matter.discovered) if day is not None]
        if any(day > self._today() for day in days):
            raise Refusal("procedure.matter_future", day=max(days).isoformat())
        penalties = json.dumps([[one.kind, one.fen] for one in matter.penalties])
        values = {"case": case_id, "power": matter.power.strip(), "organ": matter.organ.strip(), "penalties": penalties,
                  "act_ended": matter.act_ended and matter.act_ended.isoformat(), "discovered": matter.discovered and matter.discovered.isoformat(),
                  "grave": matter.grave}
        existing = CaseMatter.get_or_none(CaseMatter.case == case_id)
        changed = self._keep(CaseMatter, existing, {name: value for name, value in values.items() if name != "case" or existing is None}, reason)
        self._note(fields=changed, reason=reason.strip())

    @reading("procedure.read")
    def sheet(self) -> Sheet:
        """The marking sheet in force: what it looks for on a paper is asked when the paper is confirmed."""
        return self.archive.rules.sheet()

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def matter(self, case_id: CaseId) -> Matter | None:
        """What was stated of a case; None while nothing was."""
        row = CaseMatter.get_or_none(CaseMatter.case == CaseFolder.get_by_id(case_id).id)
        if row is None:
            return None
        return read_matter((row.power, row.organ, row.penalties, row.act_ended, row.discovered, row.grave))
