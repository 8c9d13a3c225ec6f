"""What the room of scoring takes and gives: a person's decision on one item, the rows of a marking, the list of markings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.policy.scoring import Mark
from desktop.policy.verdicts import Ground
from models.terms import CaseId, ComponentId, RecordId, ScoringId


@dataclass(frozen=True)
class Decision:
    """What a person decides of one item that bears points: points lost, why, and on which record and page (`3`, `3–5`) or time code.

    `applies` False: the item does not apply to this case, with its reason.
    """

    lost: Decimal = Decimal(0)
    reason: str = ""
    record: RecordId | None = None
    where: str = ""
    applies: bool = True


@dataclass(frozen=True)
class Decided:
    """A decision as it is kept; `standing` is deducted, full, not_applicable, vetoed or cleared."""

    standing: str
    lost: Decimal
    reason: str
    record: RecordId | None
    title: str
    where: str
    by: str
    at: str


@dataclass(frozen=True)
class Place:
    """Where a fault is to be mended, and the article it rests on where there is one: `kind` and `id` as the rules name them."""

    kind: str
    id: str
    title: str
    record: RecordId | None = None
    component: ComponentId | None = None
    ground: Ground | None = None


@dataclass(frozen=True)
class RowLine:
    """One item of the sheet as it stands in one marking. `why` are the faults that the program found, `open` what must be answered first,
    `places` where a fault is mended, `seen` what the program looked at.

    Until a person signs, `lost` of an item that is to be confirmed is only proposed, and an item of the veto block only suspected.
    """

    id: str
    block: str
    words: str
    points: int
    deduction: str
    looks_at: str
    judged: str
    certainty: str
    mark: Mark
    lost: Decimal
    why: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    decided: Decided | None = None
    seen: tuple[Place, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether its points are in the denominator."""
        return self.points > 0 and self.mark is not Mark.NOT_APPLICABLE

    @property
    def waits(self) -> bool:
        """Whether a person must still look at it."""
        return self.mark in (Mark.TO_CONFIRM, Mark.PERSONS, Mark.SUSPECTED)


@dataclass(frozen=True)
class ScoringLine:
    """One marking in the list. `total`, with one decimal, and `grade` are there once it is signed; `sound`: the signature fits."""

    id: ScoringId
    case: CaseId
    case_number: str
    cause: str
    sheet_version: int
    person: str
    at: str
    signed_at: str | None = None
    total: str = ""
    grade: str = ""
    grade_key: str = ""
    vetoed: tuple[str, ...] = ()
    sound: bool = True


@dataclass(frozen=True)
class RecordChoice:
    """A record that a decision may point at: its pages, or its length in microseconds where it is a recording."""

    id: RecordId
    title: str
    pages: int | None
    duration_us: int | None


@dataclass(frozen=True)
class BlockLine:
    """A block of the sheet."""

    key: str
    title: str
    points: int


@dataclass(frozen=True)
class ScoringView:
    """One marking, whole: as the rules answer now while it is open, as it was signed afterwards."""

    line: ScoringLine
    kind: str
    sheet_title: str
    source_words: str
    veto_block: str
    rule: str
    blocks: tuple[BlockLine, ...]
    rows: tuple[RowLine, ...]
    got: Decimal
    applicable: int
    total: Decimal | None
    grade: str
    grade_key: str
    provisional: bool
    mine: bool
    records: tuple[RecordChoice, ...] = ()

    @property
    def signed(self) -> bool:
        return self.line.signed_at is not None

    @property
    def waiting(self) -> tuple[RowLine, ...]:
        """Items that a person must still look at."""
        return tuple(row for row in self.rows if row.waits)

    @property
    def suspected(self) -> tuple[RowLine, ...]:
        return tuple(row for row in self.rows if row.mark is Mark.SUSPECTED)

    @property
    def vetoed(self) -> tuple[RowLine, ...]:
        return tuple(row for row in self.rows if row.mark is Mark.VETOED)


@dataclass(frozen=True)
class SheetVersionLine:
    """One version of the agency's sheet; version 1 came with the program and has no author."""

    version: int
    title: str
    items: int
    person: str = ""
    at: str = ""
    reason: str = ""
