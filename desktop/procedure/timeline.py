"""过程时间轴: everything of a case that has a time, in the lanes of its stages."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.policy.vocabulary import vocabulary
from desktop.procedure import lines
from desktop.procedure.endings import ending_lines, order_lines
from desktop.procedure.forms import TimelineMark
from desktop.procedure.times import read, read_moment, written
from models.cases import CaseFolder
from models.procedure import CaseClock
from models.terms import CaseId, Stage

if TYPE_CHECKING:
    from desktop.archive import Archive

_FILE = Stage.FILE.value


def timeline_of(archive: Archive, case_id: CaseId) -> list[TimelineMark]:
    """All marks of a case in the order of their time; `lane` is the stage they belong to."""
    clearance = archive.person.clearance
    activities = lines.activity_lines(case_id, clearance)
    lane = {line.id: line.stage for line in activities}
    marks = [TimelineMark(a.stage, "activity", str(a.id), a.title, a.start, a.end) for a in activities if a.start]
    for paper in lines.paper_lines(case_id, clearance, frozenset()):
        at = paper.confirmed.dated if paper.confirmed and paper.confirmed.dated else read(paper.made_on)
        if at is not None:
            marks.append(TimelineMark(paper.stage, "paper", str(paper.record), paper.title, at))
    for one in lines.footage_lines(case_id, clearance):
        stage = lane.get(one.activity, "investigate") if one.activity else "investigate"
        if one.start is not None:
            marks.append(TimelineMark(stage, "footage", str(one.component), one.title, one.start, one.end))
        marks += [TimelineMark(stage, "gap", str(one.component), vocabulary().title("cause", gap.cause) if gap.cause else "", gap.start, gap.end)
                  for gap in one.gaps]
    for statement in lines.statement_lines(case_id, clearance):
        signed = read_moment(statement.at)
        if statement.withdrawn_at is None and signed is not None:
            at_lane = lane.get(statement.draft.activity, "investigate") if statement.draft.activity else "investigate"
            marks.append(TimelineMark(at_lane, "statement", str(statement.id), statement.draft.kind.value, signed))
    marks += [*_limits(archive, case_id), *_approvals(archive, case_id), *_ends(case_id)]
    return sorted(marks, key=lambda mark: (_sort(mark.start), mark.kind, mark.id))


def _limits(archive: Archive, case_id: int) -> list[TimelineMark]:
    """Limits that still run; a limit of a recording that the person may not know of is not there."""
    seen = {str(line.component) for line in lines.footage_lines(case_id, archive.person.clearance)}
    rows = CaseClock.select().where((CaseClock.case == case_id) & CaseClock.met.is_null() & CaseClock.alarm.is_null(False))
    marks = []
    for row in rows.order_by(CaseClock.alarm):
        at = read_moment(row.alarm)
        if at is not None and (row.component_id is None or str(row.component_id) in seen):
            marks.append(TimelineMark(_FILE, "clock", row.rule, f"{row.title}（{row.article}）", at))
    return marks


def _approvals(archive: Archive, case_id: CaseId) -> list[TimelineMark]:
    if not archive.may("requests.read", case=case_id).allowed:
        return []
    marks = []
    for request in archive.approvals.of_case(case_id):
        at = read_moment(request.decided_at)
        if at is not None and request.items:
            marks.append(TimelineMark(_FILE, "approval", str(request.id), request.number, at))
    return marks


def _ends(case_id: int) -> list[TimelineMark]:
    marks = [TimelineMark(_FILE, "ending", one.kind, vocabulary().title("end", one.kind), one.on)
             for one in ending_lines(case_id) if one.withdrawn_at is None]
    for order in order_lines(case_id):
        at = read_moment(order.at)
        if at is not None:
            marks.append(TimelineMark(_FILE, "order", "", order.reason, at))
    filed = read_moment(CaseFolder.get_by_id(case_id).filed_at)
    return [*marks, TimelineMark(_FILE, "filed", "", "", filed)] if filed else marks


def _sort(at: datetime | date) -> str:
    return written(at) or ""
