"""What stands on the timeline of a case: papers as ticks, recordings as bars, activities, approvals, gaps, limits; and how each stage stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.i18n import _
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.coverage import PROVEN
from desktop.policy.verdicts import Clock, ClockState, GapVerdict, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import TimelineMark
from desktop.record_lines import RecordLine
from models.terms import Medium, RecordId, Stage, StatementKind
from views.cases.reading import CaseRead, Course
from views.common.measures import span_words
from views.terms import as_stage, stage_words

RUNNING = (ClockState.RUNNING, ClockState.SOON, ClockState.LATE)
LEAST = 60  # seconds: a shorter stretch is not drawn; the coverage beside it tells it
_MOVING = (Medium.VIDEO, Medium.AUDIO)


@dataclass(frozen=True)
class Mark:
    """One thing on the timeline. `kind`: tick, bar, activity, seal, gap, limit; `source` and `id` lead to what it stands for."""

    kind: str
    source: str
    id: str
    title: str
    lane: Stage
    start: datetime | date
    end: datetime | None = None
    record: RecordId | None = None
    row: int = 0  # of the recorder, where several ran at once
    late: bool = False

    @property
    def day(self) -> date:
        return day_of(self.start)

    @property
    def brief(self) -> str:
        """The first words of it: how long a gap is."""
        return self.title.split("，")[0]

    @property
    def timed(self) -> bool:
        """Whether its wall clock is drawn."""
        return isinstance(self.start, datetime) and self.kind in ("bar", "activity", "gap")

    @property
    def words(self) -> str:
        """The whole of it in one sentence, for the tooltip and the reader of the screen."""
        return "，".join(filter(None, [self.title, when_words(self.start, self.end), stage_words(self.lane)]))


def day_of(at: datetime | date) -> date:
    """The office's day of a moment."""
    return at.astimezone(BEIJING).date() if isinstance(at, datetime) else at


def when_words(start: datetime | date, end: datetime | None) -> str:
    """2026-10-20 09:05–11:52."""
    if not isinstance(start, datetime):
        return start.isoformat()
    begins = start.astimezone(BEIJING)
    if end is None:
        return f"{begins:%Y-%m-%d %H:%M}"
    ends = end.astimezone(BEIJING)
    return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}" if ends.date() == begins.date() else f"{begins:%Y-%m-%d %H:%M}–{ends:%Y-%m-%d %H:%M}"


def marks_of(read: CaseRead) -> tuple[list[Mark], int]:
    """Everything that can be drawn, by its time, and how many records have no day or no stage."""
    records = {int(r.id): r for r in read.folder.records}
    holder = {int(c.id): r for r in read.folder.records for c in r.components}
    found: list[Mark] = []
    if read.course is not None:
        found = [one for mark in read.course.marks if (one := _mark(read.course, mark, records, holder)) is not None]
        found += [_gap(read.course, gap) for gap in read.course.answers.gaps if gap.kind != "unplaced"] + _unproven(read.course)
        found += _limits(read.course.answers.clocks)
    drawn = {m.record for m in found}
    rest = [r for r in read.folder.records if r.id not in drawn]
    found += [_plain(r) for r in rest if r.made_on and r.stage]
    return sorted(_in_rows(found), key=_order), sum(not (r.made_on and r.stage) for r in rest)


def _order(mark: Mark) -> tuple[date, int, str]:
    return mark.day, list(Stage).index(mark.lane), mark.start.isoformat() if isinstance(mark.start, datetime) else ""


def _plain(record: RecordLine) -> Mark:
    """A record by its own day alone."""
    assert record.made_on is not None
    assert record.stage is not None
    source = "footage" if record.medium in _MOVING else "paper"
    return Mark("tick", source, str(record.id), record.title, record.stage, date.fromisoformat(record.made_on), record=record.id)


def _mark(course: Course, mark: TimelineMark, records: dict[int, RecordLine], holder: dict[int, RecordLine]) -> Mark | None:
    lane, start = as_stage(mark.lane) or Stage.INVESTIGATE, mark.start
    if mark.kind == "paper":
        record = records.get(int(mark.id))
        paper = course.paper(mark.id)
        if record is None or record.stage is None:
            return None
        approved = paper is not None and paper.confirmed is not None and bool(paper.confirmed.approved_by)
        return Mark("seal" if approved else "tick", "paper", mark.id, mark.title, record.stage, start, record=record.id)
    if mark.kind == "footage":
        record = holder.get(int(mark.id))
        linked = next((f.activity for f in course.footage if str(f.component) == mark.id), None)
        place = lane if linked or record is None or record.stage is None else record.stage
        return Mark("bar", "footage", mark.id, mark.title, place, start, mark.end, record.id if record else None)
    if mark.kind in ("gap", "clock"):  # both are drawn from what the rules answered, which knows more
        return None
    words = statement_words(mark.title) if mark.kind == "statement" else {"order": _("filing with gaps ordered"), "filed": _("filed")}.get(
        mark.kind, mark.title)
    kind = {"activity": "activity", "approval": "seal"}.get(mark.kind, "tick")
    return Mark(kind, mark.kind, mark.id, words, lane, start, mark.end)


def statement_words(kind: str) -> str:
    """未摄录原因说明、中止说明、逾期移交说明."""
    words = {StatementKind.NOT_RECORDED: _("statement why it was not recorded"), StatementKind.INTERRUPTION: _("statement on an interruption"),
             StatementKind.LATE_DEPOSIT: _("statement on a late deposit")}
    return words[StatementKind(kind)]


def _gap(course: Course, gap: GapVerdict) -> Mark:
    activity = next((a for a in course.activities if str(a.id) == gap.activity), None)
    lane = (as_stage(activity.stage) if activity else None) or Stage.INVESTIGATE
    words = _("missing {span}").format(span=span_words((gap.end - gap.start).total_seconds()))
    cause = vocabulary().title("cause", gap.cause) if gap.cause else ""
    return Mark("gap", "gap", gap.activity, "，".join(filter(None, [words, cause, gap.explained])), lane, gap.start, gap.end)


def _unproven(course: Course) -> list[Mark]:
    """What a duty to record throughout asks for and no recording proves, beside the interruptions that are told by themselves."""
    told = {(gap.activity, gap.start) for gap in course.answers.gaps}
    out = []
    for duty in course.answers.duties:
        activity = next((a for a in course.activities if str(a.id) == duty.activity), None)
        if duty.level != "full" or duty.ground is None or not duty.footage or activity is None or duty.standing is Standing.PRESENT:
            continue
        for one in duty.coverage:
            if one.kind != PROVEN and (duty.activity, one.start) not in told and (one.end - one.start).total_seconds() >= LEAST:
                words = _("missing {span}").format(span=span_words((one.end - one.start).total_seconds()))
                lane = as_stage(activity.stage) or Stage.INVESTIGATE
                out.append(Mark("gap", "gap", duty.activity, "，".join(filter(None, [words, one.words])), lane, one.start, one.end))
    return out


def _limits(clocks: Iterable[Clock]) -> list[Mark]:
    """Limits that run, at the last day that is in time."""
    return [Mark("limit", "clock", f"{c.ground.rule}·{c.subject}", f"{c.title}（{c.ground.article}）", Stage.FILE, last_day(c.limit),
                 late=c.state is ClockState.LATE) for c in clocks if c.state in RUNNING and c.limit is not None]


def _in_rows(marks: Sequence[Mark]) -> list[Mark]:
    """Recordings that ran at once stand under each other, one row a recorder."""
    out: list[Mark] = []
    ends: dict[tuple[date, Stage], list[datetime]] = {}
    for mark in sorted(marks, key=lambda m: m.start.isoformat()):
        if mark.kind != "bar" or not isinstance(mark.start, datetime):
            out.append(mark)
            continue
        rows = ends.setdefault((mark.day, mark.lane), [])
        row = next((i for i, end in enumerate(rows) if end <= mark.start), len(rows))
        last = mark.end or mark.start
        if row == len(rows):
            rows.append(last)
        else:
            rows[row] = last
        out.append(Mark(mark.kind, mark.source, mark.id, mark.title, mark.lane, mark.start, mark.end, mark.record, row))
    return out


def lane_states(course: Course | None, stage: Stage, filed: bool) -> dict[Stage, str]:
    """Each stage: good when nothing is wanting, late when something of a past stage is, wait while it still comes."""
    if course is None:
        return {}
    wanting = {one.stage for one in course.open}
    order = list(Stage)
    past = {s for s in order if filed or order.index(s) < order.index(stage)}
    return {s: ("late" if s.value in wanting else "good") if s in past else "wait" for s in order}


STATE_WORDS = {"good": lambda: _("complete"), "late": lambda: _("something is missing"), "wait": lambda: _("under way or to come")}
