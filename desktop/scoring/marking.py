"""One marking put together: what the rules find in the case, what a person decided, where each fault is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.policy.answers import answer
from desktop.policy.scoring import TENTH, Score, Signed, score
from desktop.policy.sheet import Sheet
from desktop.procedure.gathering import gather
from desktop.registers.in_force import registers_for
from desktop.scoring.forms import BlockLine, Decided, RecordChoice, RowLine, ScoringLine, ScoringView
from desktop.scoring.places import Ways
from desktop.scoring.volume import with_volume
from models.cases import CaseFolder, Record
from models.holdings import Component
from models.rulebook import ScoreLine
from models.terms import RecordId

if TYPE_CHECKING:
    from desktop.archive import Archive

HUNDRED = 100


@dataclass(frozen=True)
class Marking:
    """What the rules find in a case under one sheet with these decisions."""

    score: Score
    rows: tuple[RowLine, ...]
    rule: str


def mark_case(archive: Archive, case: CaseFolder, sheet: Sheet, decided: Mapping[str, Decided]) -> Marking:
    """Mark a case as it stands now, under the regulation in the version that it began with."""
    found = gather(archive.database.connection(), [case.id], archive.person.clearance, intact=True)[0]
    rules = archive.rules.profile(found.profile, found.version)
    facts = with_volume(case, archive.name, found.facts)
    answers = answer(rules, facts, archive.rules.calendar(), archive.clock.now(), archive.rules.listing(rules))
    signed = {item: Signed(one.lost if one.standing != "vetoed" else Decimal(1), one.by, one.reason, one.standing != "not_applicable")
              for item, one in decided.items()}
    registers = registers_for(archive.database.connection(), case.id, facts, archive.clock.now())
    told = score(sheet, rules, answers, facts, signed, registers)
    titles = {str(row.id): row.title for row in Record.select(Record.id, Record.title).where(Record.case == case.id)}
    recordings = {str(c.id): str(c.record_id) for c in Component.select(Component.id, Component.record).join(Record).where(
        Record.case == case.id)}
    ways, by_id = Ways(rules, answers, facts, titles, recordings, registers), {row.id: row for row in sheet.row}
    rows = tuple(RowLine(one.id, one.block, one.words, one.points, by_id[one.id].deduction, by_id[one.id].looks_at, one.judged,
                         by_id[one.id].certainty, one.mark, one.lost, told_once(one.why), ways.named(one.open), ways.places(by_id[one.id], one),
                         decided.get(one.id), ways.seen(one))
                 for one in told.rows)
    return Marking(told, rows, f"《{rules.title}》第{rules.version}版")


def told_once(words: Iterable[str]) -> tuple[str, ...]:
    """Each fault's words once; with their number where several are alike, for which ones they are stands by what is to be mended."""
    return tuple(one if times == 1 else _("{fault}, {n} times").format(fault=one, n=times) for one, times in Counter(words).items())


def view_of(line: ScoringLine, case: CaseFolder, sheet: Sheet, marking: Marking, mine: bool, records: tuple[RecordChoice, ...]) -> ScoringView:
    """An open marking as a page shows it."""
    told, grade = marking.score, marking.score.grade
    there = {row.block for row in marking.rows}
    total = None if told.total is None else told.total.quantize(TENTH)
    blocks = tuple(BlockLine(one.key, one.title, one.points) for one in sheet.block if one.key in there)
    return ScoringView(line, case.kind, sheet.title, sheet.source_words, sheet.veto_block, marking.rule, blocks, marking.rows, told.got,
                       told.applicable, total, grade.title if grade else "", grade.key if grade else "", told.provisional, mine, records)


def decisions(scoring: int) -> dict[str, Decided]:
    """What was decided so far, by item."""
    return {row.item: decided(row) for row in ScoreLine.select().where(ScoreLine.scoring == scoring)}


def decided(row: ScoreLine) -> Decided:
    return Decided(row.standing, Decimal(row.lost) / HUNDRED, row.reason, RecordId(row.record_id) if row.record_id else None,
                   row.record.title if row.record is not None else "", row.where, row.scoring.person.name, row.at)


def record_choices(case: int) -> tuple[RecordChoice, ...]:
    """The records of a case in the order of its contents, with their pages or length."""
    sums: dict[int, list[int]] = {}
    for one in Component.select(Component.record, Component.pages, Component.duration_us).join(Record).where(Record.case == case):
        held = sums.setdefault(one.record_id, [0, 0])
        held[0] += one.pages or 0
        held[1] = max(held[1], one.duration_us or 0)
    rows = Record.select(Record.id, Record.title).where(Record.case == case).order_by(Record.position, Record.id)
    return tuple(RecordChoice(RecordId(row.id), row.title, sums.get(row.id, [0, 0])[0] or None, sums.get(row.id, [0, 0])[1] or None)
                 for row in rows)
