"""年度案件清单: the cases begun in a year, what each still wants, and by when the list is to be handed in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop import clearance as narrowing
from desktop.clock import stamp
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING, begin_of, day_of, last_day
from desktop.policy.completeness import items
from desktop.policy.deadlines import clocks
from desktop.policy.verdicts import Clock
from desktop.procedure.endings import order_lines
from desktop.procedure.gathering import Gathered, gather
from desktop.reports.forms import AnnualLine, AnnualList
from desktop.reports.gathering import kept_words, kind_words, procedure_words
from models.cases import CaseFolder
from models.facts import Activity, CaseFacts
from models.procedure import FilingOrder
from models.terms import CaseId

if TYPE_CHECKING:
    from desktop.archive import Archive

TOPIC = "annual_list"
DECISIONS = frozenset(("decision", "licence_decision", "on_the_spot"))
STARTS = frozenset(("started", "start_approved", "licence_accepted"))
BATCH = 200
HEAD = ("序号", "案号", "案由", "当事人", "承办人", "执法种类", "程序", "立案日", "决定日", "终结日", "归档日", "保管期限", "缺项")
WIDTHS = (0.55, 2.0, 2.0, 1.7, 1.2, 1.1, 1.0, 1.5, 1.5, 1.5, 1.5, 0.85, 2.5)
ON_PAPER = 3  # open items named in one cell; the spreadsheet and the completeness sheet of the case name all


def annual_list(archive: Archive, year: int, progress: Progress) -> AnnualList:
    """The list of a year in the order of the cases' beginning. Raises `Cancelled`."""
    ids = _begun_in(archive, year)
    progress.begin(len(ids), "cases")
    found: list[AnnualLine] = []
    for at in range(0, len(ids), BATCH):
        some = ids[at:at + BATCH]
        found += _lines(archive, some)
        progress.step(amount=len(some))
    clock = due_clock(archive, year)
    ordered = tuple(sorted(found, key=lambda line: (line.started or "9", line.number)))
    if clock is None or clock.due is None or clock.raw is None:
        return AnnualList(year, ordered, "本制度未规定年度清单的报送日期。")
    safe, last = last_day(clock.raw), last_day(clock.due)
    said = f"{clock.ground.article}：「{clock.ground.text}」稳妥按{_cn(safe)}报送，最迟{_cn(last)}。"
    return AnnualList(year, ordered, said, safe.isoformat(), archive.clock.now() > clock.due)


def due_clock(archive: Archive, year: int) -> Clock | None:
    """By when the list of that year is to be handed in under the rules in force; None where they are silent."""
    now = archive.clock.now()
    rules = archive.rules.current(archive.header.profile, now)
    facts = CaseFacts(activities=(Activity("", "other_activity", date(year, 12, 31)),))
    return next(iter(clocks(rules, facts, archive.rules.calendar(), now, topic=TOPIC)), None)


def row_of(place: int, line: AnnualLine, most: int | None = None) -> list[str]:
    """A case as one row under `HEAD`; of its open items at most so many by name."""
    return [str(place), line.number, line.cause, line.parties, line.officers, line.kind, line.procedure, *(day or "" for day in (
        line.started, line.decided, line.ended, line.filed)), line.kept, wanting_words(line, most)]


def wanting_words(line: AnnualLine, most: int | None = None) -> str:
    """缺项 in words; «带缺归档» where a leader ordered it so."""
    if not line.wanting:
        return ""
    more = "等" if most is not None and len(line.wanting) > most else ""
    return f"{'带缺归档，' if line.ordered else ''}缺{len(line.wanting)}项：{'、'.join(line.wanting[:most])}{more}"


def paper_facts(unit: str, made: AnnualList, printed: str) -> dict[str, Any]:
    """The facts of the printed list."""
    return {"unit": unit, "title": f"{made.year}年度行政执法案件清单", "ground": made.ground, "head": list(HEAD), "widths": list(WIDTHS),
            "rows": [row_of(place, line, ON_PAPER) for place, line in enumerate(made.lines, 1)], "printed": f"共{len(made.lines)}件。{printed}"}


def _begun_in(archive: Archive, year: int) -> list[int]:
    """Cases begun in the year; one without a day of its beginning counts by the day its folder was opened."""
    first, after = stamp(begin_of(date(year, 1, 1))), stamp(begin_of(date(year + 1, 1, 1)))
    chosen = narrowing.cases(archive.person.clearance, CaseFolder.select(CaseFolder.id))
    own = (CaseFolder.started_on >= f"{year}-01-01") & (CaseFolder.started_on <= f"{year}-12-31")
    opened = CaseFolder.started_on.is_null() & (CaseFolder.created_at >= first) & (CaseFolder.created_at < after)
    return [row.id for row in chosen.where(own | opened).order_by(CaseFolder.id)]


def _lines(archive: Archive, ids: Sequence[int]) -> list[AnnualLine]:
    connection = archive.database.connection()
    rows = {row.id: row for row in CaseFolder.select().where(CaseFolder.id << list(ids))}
    parties, officers = _names(connection, "party", ids), _names(connection, "case_officer", ids)
    ordered = {row.case_id for row in FilingOrder.select(FilingOrder.case).where(FilingOrder.case << list(ids))}
    # Of all papers, also those beyond the person's clearance, as filing asks: or an item would be told as missing that is there.
    return [_line(archive, one, rows[one.case], parties.get(one.case, ""), officers.get(one.case, ""), one.case in ordered)
            for one in gather(connection, ids)]


def _line(archive: Archive, one: Gathered, row: CaseFolder, parties: str, officers: str, with_order: bool) -> AnnualLine:
    facts = one.facts
    gaps: tuple[str, ...] = ()
    if with_order and facts.filed:
        gaps = tuple(title for order in order_lines(one.case)[:1] if order.sound for _item, title, _article in order.gaps)
    wanting = gaps
    if not facts.filed:
        wanting = tuple(item.title for item in items(archive.rules.profile(one.profile, one.version), facts) if item.open)
    ended = facts.case_end.on.isoformat() if facts.case_end else row.ended_on
    return AnnualLine(CaseId(one.case), facts.number, row.cause, parties, officers, kind_words(facts.kind), procedure_words(facts.procedure),
                      row.started_on or _first(facts, STARTS), _first(facts, DECISIONS), ended,
                      facts.filed.astimezone(BEIJING).date().isoformat() if facts.filed else None, kept_words(facts.retention_years), wanting,
                      bool(gaps))


def _first(facts: CaseFacts, kinds: frozenset[str]) -> str | None:
    days = [day_of(one.start) for one in facts.activities if one.kind in kinds and one.start is not None]
    return min(days).isoformat() if days else None


def _names(connection: Any, table: str, ids: Sequence[int]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    statement = f"SELECT case_id, name FROM {table} WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY case_id, position"
    for case, name in connection.execute(statement, (json.dumps(list(ids)),)):
        names.setdefault(case, []).append(name)
    return {case: "、".join(found) for case, found in names.items()}


def _cn(day: date | datetime) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
