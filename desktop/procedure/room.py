"""程序: the procedure of cases, its activities, papers, recordings, limits and end, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.acts import act, reading
from desktop.procedure.activities import ActivityActs
from desktop.procedure.clock_rows import bring_up_to_date
from desktop.procedure.endings import EndingActs
from desktop.procedure.extending import ExtendingActs
from desktop.procedure.judgements import JudgementActs
from desktop.procedure.matters import MatterActs
from desktop.procedure.papers import PaperActs
from desktop.procedure.readings import ProcedureReadings
from desktop.procedure.recorder_logs import RecorderLogActs
from desktop.procedure.recorders import RecorderActs
from desktop.procedure.recordings import RecordingActs
from desktop.procedure.rescanning import RescanActs
from desktop.procedure.statements import StatementActs
from desktop.procedure.suspending import SuspendingActs
from models.cases import CaseFolder
from models.terms import CaseId


class Procedure(ActivityActs, PaperActs, RecordingActs, RescanActs, JudgementActs, ExtendingActs, SuspendingActs, StatementActs,
                EndingActs, RecorderActs, RecorderLogActs, MatterActs, ProcedureReadings):
    """Acts and readings stand in the files that their names say; here are those on all cases at once."""

    @act("procedure.recompute")
    def recompute_some(self, case_ids: Sequence[CaseId]) -> int:
        """Reckon the clocks of these cases anew, also those that the person may not know of; returns how many came out differently."""
        changed = bring_up_to_date(self.archive, {int(case): None for case in case_ids})
        self._note(cases=len(case_ids), changed=changed, calendar=self.archive.rules.calendar().version)
        return changed

    @reading("procedure.recompute")
    def open_cases(self, after: int = 0, limit: int = 2000) -> list[CaseId]:
        """Cases that are not filed, by number, after that one: what `recompute` works through."""
        found = CaseFolder.select(CaseFolder.id).where(CaseFolder.filed_at.is_null() & (CaseFolder.id > after)).order_by(CaseFolder.id).limit(limit)
        return [CaseId(row.id) for row in found]

    @reading("procedure.recompute")
    def open_count(self) -> int:
        """How many cases are not filed."""
        return int(CaseFolder.select().where(CaseFolder.filed_at.is_null()).count())
