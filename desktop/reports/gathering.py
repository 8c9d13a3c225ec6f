"""From what the rooms know of an opened case to the facts of its printed papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.cases.forms import Folder
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.grants import local_text
from desktop.policy.clocks import BEIJING
from desktop.policy.grounds import ground
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Answers, Ground
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.forms import EndingLine, FilingOrderLine, FootageLine, PaperLine, StatementLine
from desktop.reports import case_papers
from desktop.reports.forms import TITLES, Form, Paper
from desktop.reports.paper_words import day_words
from models.terms import CaseId, StatementKind

if TYPE_CHECKING:
    from desktop.archive import Archive

TYPST = {Form.COVER: "case_cover", Form.CONTENTS: "contents_list", Form.STATEMENT: "statement", Form.EVIDENCE: "evidence_sheet",
         Form.COMPLETENESS: "completeness", Form.END_SHEET: "end_sheet"}
UNDECIDED, FOR_EVER = "未定", "永久"


@dataclass(frozen=True)
class Told:
    """One paper ready for the press: its title, its form, and the facts of the form."""

    title: str
    form: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class CaseSet:
    """Everything that the papers of one case are made of, read in one go; narrowed to what exists for the person."""

    unit: str
    person: str
    now: datetime
    folder: Folder
    profile: Profile
    answers: Answers
    ending: EndingLine | None
    order: FilingOrderLine | None
    statements: tuple[StatementLine, ...]
    footage: tuple[FootageLine, ...]
    papers: tuple[PaperLine, ...]
    questions: dict[str, str]  # key -> what is asked
    activities: dict[str, str]  # id -> «现场检查（2026-10-20）»
    retention_years: int | None

    @property
    def printed(self) -> str:
        return f"{self.person}打印，{local_text(stamp(self.now))}"


def read_case(archive: Archive, case: CaseId) -> CaseSet:
    """Read an opened case. Raises `Refusal` cases.not_opened."""
    folder, room = archive.cases.folder(case), archive.procedure
    endings = [one for one in room.endings(case) if one.withdrawn_at is None and one.sound]
    orders = [one for one in room.filing_orders(case) if one.sound]
    events = vocabulary().keys("event")
    activities = {}
    for one in room.activities(case):
        day = (one.start.astimezone(BEIJING).date() if isinstance(one.start, datetime) else one.start) if one.start else None
        name = events[one.kind].zh if one.kind in events else one.kind
        activities[str(one.id)] = f"{name}（{day.isoformat()}）" if day else name
    return CaseSet(archive.name, archive.person.name, archive.clock.now(), folder, room.profile(case), room.answers(case),
                   endings[0] if endings else None, orders[0] if orders else None,
                   tuple(one for one in room.statements(case) if not one.withdrawn_at), tuple(room.footage(case)), tuple(room.papers(case)),
                   {one.key: one.title for one in room.questions(case)}, activities,
                   room.facts(case).retention_years)


def offered(case: CaseSet) -> list[Paper]:
    """Every paper that the case has, in the order in which the folder holds them."""
    statements = [Paper(Form.STATEMENT, int(one.id), f"{case_papers.STATEMENTS[one.draft.kind]}（{_of(case, one)}）") for one in case.statements]
    evidence = [Paper(Form.EVIDENCE, int(one.component), f"{TITLES[Form.EVIDENCE]}（{one.title}）") for one in case.footage]
    single = {form: Paper(form, 0, TITLES[form]) for form in (Form.COVER, Form.CONTENTS, Form.COMPLETENESS, Form.END_SHEET)}
    return [single[Form.COVER], single[Form.CONTENTS], *statements, *evidence, single[Form.COMPLETENESS], single[Form.END_SHEET]]


def told(case: CaseSet, wanted: Sequence[Paper]) -> list[Told]:
    """The facts of these papers, in the order asked for. Raises `Refusal` not_found for a paper that the case does not have."""
    known = {(paper.form, paper.id): paper for paper in offered(case)}
    out = []
    for paper in wanted:
        here = known.get((paper.form, paper.id))
        if here is None:
            raise Refusal("not_found")
        out.append(Told(here.title, TYPST[here.form], _facts(case, here)))
    return out


def kept_words(years: int | None) -> str:
    """保管期限 as a cover has it: 永久, 30年, or that nobody has set it yet."""
    return UNDECIDED if years is None else f"{years}年" if years else FOR_EVER


def kind_words(key: str) -> str:
    """执法类别 in Chinese, whatever language the desk speaks."""
    kinds = vocabulary().keys("kind")
    return kinds[key].zh if key in kinds else key


def procedure_words(key: str) -> str:
    """普通程序 or 简易程序, likewise."""
    words = vocabulary().keys("procedure")
    return words[key].zh if key in words else key


def _facts(case: CaseSet, paper: Paper) -> dict[str, Any]:
    unit, folder = case.unit, case.folder
    if paper.form is Form.COVER:
        kept = kept_words(case.retention_years) if case.retention_years is not None else ""
        return case_papers.cover(unit, folder, kind_words(folder.line.kind.value), kept, case.ending, _ended(case.ending), case.order)
    if paper.form is Form.CONTENTS:
        return case_papers.contents_list(unit, folder, case_papers.authors(unit, case.papers, case.footage))
    if paper.form is Form.END_SHEET:
        return case_papers.end_sheet(unit, folder, case.person, case.now.astimezone(BEIJING).date(), case.order, case.statements)
    if paper.form is Form.COMPLETENESS:
        stages = {key: term.zh for key, term in vocabulary().keys("stage").items()}
        return case_papers.completeness(unit, folder, case.profile, stages, case.answers, case.questions, case.printed)
    if paper.form is Form.STATEMENT:
        line = next(one for one in case.statements if int(one.id) == paper.id)
        in_words = replace(line, draft=replace(line.draft, cause=_cause(line.draft.cause)))
        return case_papers.statement(unit, folder, in_words, _of(case, line), _ground_of(case, line))
    footage = next(one for one in case.footage if int(one.component) == paper.id)
    sha256 = next(c.sha256 for record in folder.records for c in record.components if c.id == footage.component)
    fields = list(dict.fromkeys(name for rule in case.profile.evidence for name in rule.fields))
    return case_papers.evidence_sheet(unit, folder, footage, sha256, fields, [ground(case.profile, rule) for rule in case.profile.evidence],
                                      case.printed)


def _ended(ending: EndingLine | None) -> str:
    """履行完毕（2026年11月16日）; "" while the case goes on."""
    if ending is None:
        return ""
    ends = vocabulary().keys("end")
    return f"{ends[ending.kind].zh if ending.kind in ends else ending.kind}（{day_words(ending.on)}）"


def _cause(key: str) -> str:
    causes = vocabulary().keys("cause")
    return causes[key].zh if key in causes else key


def _of(case: CaseSet, line: StatementLine) -> str:
    """What a statement is about: the recording or the activity, else the case."""
    titles = {one.component: one.title for one in case.footage}
    if line.draft.component in titles:
        return titles[line.draft.component]
    return case.activities.get(str(line.draft.activity), case.folder.line.cause)


def _ground_of(case: CaseSet, line: StatementLine) -> Ground | None:
    """The article that asks for the statement; None where the text is silent."""
    draft, answers = line.draft, case.answers
    if draft.kind is StatementKind.NOT_RECORDED:
        return next((one.ground for one in answers.duties if one.activity == str(draft.activity)), None)
    if draft.kind is StatementKind.LATE_DEPOSIT:
        return next((one.ground for one in answers.clocks if one.topic == "deposit" and one.subject == str(draft.component)), None)
    return next((ground(case.profile, rule) for rule in case.profile.interruption), None)
