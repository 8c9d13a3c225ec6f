"""Marking a case file: the program judges what is registered, prompts the rest, and every point lost says why and where to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from desktop.i18n import _
from desktop.policy import judges_papers, judges_powers, judges_prompts, judges_record
from desktop.policy.conditions import Questions, every, questions, some
from desktop.policy.judges_papers import Case, Fault, Found, Jump, plain
from desktop.policy.registers import NONE, Registers
from desktop.policy.rules import Profile
from desktop.policy.sheet import FAULTS, Grade, Part, Sheet, SheetRow
from desktop.policy.verdicts import Answers, Standing
from models.facts import CaseFacts

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
SIMPLE = "simple"


class Mark(StrEnum):
    """How an item stands. `SUSPECTED` is an item of the veto block before a person signs, `VETOED` after."""

    FULL = "full"
    LOST = "lost"
    NOT_APPLICABLE = "not_applicable"
    TO_CONFIRM = "to_confirm"
    PERSONS = "persons"
    SUSPECTED = "suspected"
    VETOED = "vetoed"


@dataclass(frozen=True)
class Signed:
    """What a person decided of one item: points lost (or, of the veto block, whether it stands), who, and why. `applies` False: not applicable."""

    lost: Decimal
    by: str
    reason: str = ""
    applies: bool = True


@dataclass(frozen=True)
class Marked:
    """One item marked: points that it can give, points lost, the faults, and what is to be looked at first.

    `seen` is what the program looked at, faults or none; the case folder as a whole where nothing of the sort is in it.
    Of items that a person judges `lost` is only proposed until signed; the total counts it as proposed and is then provisional.
    """

    id: str
    block: str
    words: str
    points: int
    judged: str
    mark: Mark
    lost: Decimal
    why: tuple[str, ...]
    jumps: tuple[Jump, ...]
    open: tuple[str, ...] = ()
    signed: Signed | None = None
    seen: tuple[Jump, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether its points are in the denominator."""
        return self.points > 0 and self.mark != Mark.NOT_APPLICABLE


@dataclass(frozen=True)
class Score:
    """The whole marking. `total` = got / applicable x 100, one decimal, half up; 0 where a veto is signed; None where nothing applies."""

    rows: tuple[Marked, ...]
    got: Decimal
    applicable: int
    total: Decimal | None
    grade: Grade | None
    provisional: bool
    vetoed: tuple[str, ...]
    suspected: tuple[str, ...]


JUDGES: Mapping[str, Callable[[Case, Part], Found]] = {
    name: next(getattr(room, name) for room in (judges_papers, judges_record, judges_powers, judges_prompts) if hasattr(room, name))
    for name in FAULTS}
WHOLE_CASE = Jump("case", "")


def score(sheet: Sheet, profile: Profile, answers: Answers, facts: CaseFacts, signed: Mapping[str, Signed] | None = None,
          registers: Registers = NONE) -> Score:
    """Mark one case by a sheet. `signed` are a person's decisions by item; of the veto block nothing counts without one."""
    case = Case(profile, facts, answers, questions(profile, facts), registers)
    rows = tuple(_marked(sheet, case, row, (signed or {}).get(row.id)) for row in sheet.row
                 if facts.procedure != SIMPLE or row.id in sheet.simple)
    counted = [row for row in rows if row.counts]
    applicable = sum(row.points for row in counted)
    got = sum((Decimal(row.points) - row.lost for row in counted), Decimal(0))
    vetoed = tuple(row.id for row in rows if row.mark == Mark.VETOED)
    total = None if not applicable else Decimal(0) if vetoed else percent(got, applicable)
    grade = None if total is None else sheet.grade[-1] if vetoed else next(one for one in sheet.grade if total >= one.least)
    unsure = any(row.signed is None and row.mark in (Mark.TO_CONFIRM, Mark.PERSONS, Mark.SUSPECTED) for row in rows)
    return Score(rows, got, applicable, total, grade, unsure, vetoed, tuple(row.id for row in rows if row.mark == Mark.SUSPECTED))


def percent(got: Decimal, applicable: int) -> Decimal:
    """got / applicable x 100 with one decimal, half up."""
    return (got * HUNDRED / applicable).quantize(TENTH, ROUND_HALF_UP)


def decided_by(row: SheetRow) -> tuple[str, ...]:
    """Which verdicts decide an item: the judges of its parts."""
    return tuple(dict.fromkeys(part.judge for part in row.part))


def _marked(sheet: Sheet, case: Case, row: SheetRow, signed: Signed | None) -> Marked:
    case = replace(case, seen={})
    made = _judged(sheet, case, row, signed)
    return replace(made, seen=tuple(case.seen) or (WHOLE_CASE,)) if row.part and made.mark != Mark.NOT_APPLICABLE else made


def _judged(sheet: Sheet, case: Case, row: SheetRow, signed: Signed | None) -> Marked:
    veto = row.block == sheet.veto_block
    answer = _applies(case, row)
    if answer is False:
        return _row(row, Mark.NOT_APPLICABLE, Decimal(0), (), (), (), None)
    found = [_judge(case, part) for part in row.part if every(case.asked.answer(key) for key in part.when) is not False]
    live = [(part, one) for part, one in zip(_live(case, row), found, strict=True) if one.applies]
    faults = [(part, fault) for part, one in live for fault in one.faults]
    open_ = tuple(words for _part, one in live for words in one.open) + (_asked(case.asked, row) if answer is None else ())
    why, jumps = tuple(fault.words for _part, fault in faults), tuple(fault.jump for _part, fault in faults if fault.jump is not None)
    lost = min(Decimal(row.points), sum((_price(part, fault) for part, fault in faults), Decimal(0)))
    if signed is not None:
        return _signed(row, veto, signed, why, jumps, open_)
    if veto:
        mark = Mark.SUSPECTED if faults else Mark.TO_CONFIRM if open_ or row.judged != "S" else Mark.FULL
        return _row(row, Mark.PERSONS if row.judged == "H" and not faults else mark, Decimal(0), why, jumps, open_, None)
    if row.part and not live:
        return _row(row, Mark.NOT_APPLICABLE, Decimal(0), (), (), (), None)
    if answer is None:
        return _row(row, Mark.TO_CONFIRM, Decimal(0), why, jumps, open_, None)
    if row.judged == "H":
        return _row(row, Mark.PERSONS, Decimal(0), why, jumps, open_, None)
    if row.judged == "A" or (open_ and not faults):
        return _row(row, Mark.TO_CONFIRM, lost, why, jumps, open_, None)
    return _row(row, Mark.LOST if lost else Mark.FULL, lost, why, jumps, open_, None)


def _signed(row: SheetRow, veto: bool, signed: Signed, why: tuple[str, ...], jumps: tuple[Jump, ...], open_: tuple[str, ...]) -> Marked:
    if not signed.applies:
        return _row(row, Mark.NOT_APPLICABLE, Decimal(0), why, jumps, open_, signed)
    if veto:
        return _row(row, Mark.VETOED if signed.lost else Mark.FULL, Decimal(0), why, jumps, open_, signed)
    lost = min(Decimal(row.points), max(Decimal(0), signed.lost))
    return _row(row, Mark.LOST if lost else Mark.FULL, lost, why, jumps, open_, signed)


def _live(case: Case, row: SheetRow) -> list[Part]:
    return [part for part in row.part if every(case.asked.answer(key) for key in part.when) is not False]


def _judge(case: Case, part: Part) -> Found:
    return JUDGES[part.judge](case, part)


def _price(part: Part, fault: Fault) -> Decimal:
    return Decimal(part.lose[fault.kind])


def _applies(case: Case, row: SheetRow) -> bool | None:
    """Whether the item applies to the case; None while a question is open."""
    if row.needs_limit and not case.profile.limits(row.needs_limit):
        return False
    answer = every(case.asked.answer(key) for key in row.when)
    if row.any_when:
        answer = every((answer, some(case.asked.answer(key) for key in row.any_when)))
    if row.or_item and answer is not True:
        forms = {plain(form) for part in row.part for form in part.forms}
        named = {rule.id for rule in case.profile.item if forms & {plain(form) for form in rule.forms}}
        due = [one for one in case.answers.items if one.id in named]
        if any(one.must and one.standing not in (Standing.NOT_APPLICABLE, Standing.UNANSWERED) for one in due):
            return True
    return answer


def _asked(asked: Questions, row: SheetRow) -> tuple[str, ...]:
    return tuple(_("Answer first: {question}").format(question=asked.title(key)) for key in asked.open((*row.when, *row.any_when)))


def _row(row: SheetRow, mark: Mark, lost: Decimal, why: tuple[str, ...], jumps: tuple[Jump, ...], open_: tuple[str, ...],
         signed: Signed | None) -> Marked:
    return Marked(row.id, row.block, row.words, row.points, row.judged, mark, lost, why, jumps, open_, signed)
