"""The marking sheet of case files (案卷评查表) as the agency has it: items, points, deductions, grades; read strictly, mistakes by line."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Mistake, Reading
from desktop.policy.toml_lines import Path, toml_lines
from desktop.policy.toml_reading import toml_of
from desktop.policy.vocabulary import vocabulary

WHOLE = 100  # the sheet is a sheet of a hundred: what its blocks must come to
Judge = Literal[
    "present", "fields", "any_field", "signed", "dated", "officers", "one_each", "overlap", "signed_pages", "start_form", "approver",
    "items", "many", "clocks", "order", "approved_activity", "served", "way_fields", "way_witnessed", "way_paper", "follows", "precedes",
    "duties", "unbroken", "spoken", "gaps", "reasons", "sheets", "labels", "intact",
    "alone", "volume", "contents", "pages", "case_end", "keeping", "powers", "bounds", "limitation", "certificates", "receipt", "delay", "copies",
    "arranged", "apart", "answered", "delivered", "look"]
# The kinds of fault that each judge can find: a part must price every one of them.
FAULTS: dict[str, frozenset[str]] = {name: frozenset(kinds.split()) for name, kinds in {
    "present": "missing", "fields": "", "any_field": "missing", "signed": "signer", "dated": "undated", "officers": "paper", "one_each": "merged",
    "overlap": "overlap", "signed_pages": "page", "start_form": "missing field", "approver": "rank", "items": "piece", "many": "missing",
    "clocks": "late", "order": "order", "approved_activity": "unapproved", "served": "unserved field", "way_fields": "piece",
    "way_witnessed": "unproven", "way_paper": "piece", "follows": "missing late", "precedes": "missing", "duties": "activity",
    "unbroken": "stretch", "spoken": "recording", "gaps": "gap", "reasons": "activity", "sheets": "piece", "labels": "field", "intact": "changed",
    "alone": "not_alone", "volume": "field", "contents": "piece", "pages": "break", "case_end": "missing", "keeping": "wrong",
    "powers": "unlisted organ own_name", "bounds": "unlisted kind amount", "limitation": "lapsed", "certificates": "invalid", "receipt": "missing",
    "delay": "late", "copies": "paper", "arranged": "order", "apart": "mixed", "answered": "missing", "delivered": "unserved", "look": ""}.items()}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that is looked at: by which judge, with which forms, fields, signers, limits or events, and what one fault costs.

    A field may have several names, parted by |; of the judge `arranged` a form is a group of them in its place, and `free` are those that may lead
    the volume. `number` and `most` are what the judge counts by. `ask` is what a person is asked to look at. The judge `fields` prices either
    `field` (each field wanting) or `paper` (each paper with any wanting).
    """

    judge: Judge
    lose: dict[str, str]
    name: str = ""
    forms: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    when: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    number: int = 0
    most: int = 0
    of: str = ""
    ask: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One item. It applies where all of `when` and one of `any_when` hold; `or_item`: also where the text itself asks for one of its papers;
    `needs_limit`: only where the text has a limit of that topic."""

    id: str
    block: str
    words: str
    points: int
    deduction: str
    judged: Literal["S", "A", "H"]
    looks_at: str
    certainty: Literal["source", "law", "proposed"]
    applies: str = ""
    when: list[str] = field(default_factory=list)
    any_when: list[str] = field(default_factory=list)
    or_item: bool = False
    needs_limit: str = ""
    part: list[Part] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A grade, from how many points (percent of the applicable ones)."""

    key: str
    title: str
    from_points: str

    @property
    def least(self) -> Decimal:
        return Decimal(self.from_points)


@dataclass(frozen=True, kw_only=True)
class Block:
    key: str
    title: str
    points: int


@dataclass(frozen=True, kw_only=True)
class SheetSource:
    key: str
    title: str
    address: str
    used_for: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole sheet. `simple`: the items that a file of the simple procedure is marked by; `veto_block` decides alone and bears no points."""

    format: int
    title: str
    veto_block: str
    simple: list[str]
    source_words: str
    grade: list[Grade]
    block: list[Block]
    row: list[SheetRow]
    source: list[SheetSource] = field(default_factory=list)

    def fields_of(self, form: str, rules: Iterable[str] = (), copy: bool = False) -> tuple[str, ...]:
        """The fields that the sheet looks for on papers of a form, and on copies: what a person is asked to confirm. A field that the rules ask for
        under another of its names (`rules`) is not asked for twice."""
        asked, known = [], set(rules)
        for part in (part for row in self.row for part in row.part):
            if form in part.forms or (copy and part.judge == "copies"):
                asked += [names[0] for names in (field.split("|") for field in part.fields) if not known & set(names)]
        return tuple(dict.fromkeys(asked))

    def looks(self, form: str, judge: str) -> bool:
        """Whether a judge looks at papers of a form."""
        return any(part.judge == judge and form in part.forms for row in self.row for part in row.part)


@functools.cache
def default_sheet() -> Sheet:
    """The sheet that came with the program. Raises `ValueError` where the file is faulty: it is ours, not a person's."""
    sheet, mistakes = _read((RESOURCES / "policy" / "marking_sheet.toml").read_text(encoding="utf-8"))
    if sheet is None or mistakes:
        raise ValueError("; ".join(map(str, mistakes)))
    return sheet


def parse_sheet(text: str) -> Sheet:
    """An agency's sheet. Raises `Refusal` sheet.faulty with the first mistake."""
    sheet, mistakes = _read(text)
    if sheet is None or mistakes:
        raise Refusal("sheet.faulty", count=len(mistakes), first=str(mistakes[0]))
    return sheet


def check_sheet(text: str) -> list[Mistake]:
    """Every mistake of a sheet, by line."""
    return _read(text)[1]


def _read(text: str) -> tuple[Sheet | None, list[Mistake]]:
    given = toml_of(text)
    if isinstance(given, Mistake):
        return None, [given]
    reading = Reading(_look)
    made = reading.table(Sheet, given, (), "")
    if isinstance(made, Sheet):
        _whole(reading, made)
    lines = toml_lines(text)
    return made, [Mistake(_line(lines, path), where, words) for path, where, words in reading.found]


def _line(lines: dict[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0) if path else 0


_WORDS = {"signers": "signer", "events": "event", "by": "event", "levels": "level"}
_BLANK = ("applies", "name", "of", "needs_limit", "looks_at", "ask")


def _look(reading: Reading, kind: type[Any], name: str, value: Any, path: Path, where: str) -> None:
    section = _WORDS.get(name)
    if name in ("when", "any_when", "conditions"):
        if value not in vocabulary().conditions:
            reading.wrong(path, where, _("“{given}” is no question of the vocabulary.").format(given=value))
    elif section and value not in vocabulary().keys(section):
        reading.wrong(path, where, _("“{given}” is not in the vocabulary.").format(given=value))
    elif name == "lose":
        for fault, points in value.items():
            if not _priced(points):
                reading.wrong(path, where, _("What “{fault}” costs must be a number in quotes, such as \"0.5\".").format(fault=fault))
    elif name == "from_points" and not _priced(value):
        reading.wrong(path, where, _("A grade begins at a number in quotes, such as \"90\"."))
    elif isinstance(value, int) and not isinstance(value, bool) and value < 0:
        reading.wrong(path, where, _("“{key}” may not be below zero.").format(key=name))
    elif isinstance(value, str) and not value.strip() and name not in _BLANK:
        reading.wrong(path, where, _("“{key}” is left empty; fill it in.").format(key=name))


def _priced(points: str) -> bool:
    try:
        return Decimal(points) >= 0 and Decimal(points).is_finite()
    except InvalidOperation:
        return False


def _whole(reading: Reading, sheet: Sheet) -> None:
    if sheet.format != 1:
        reading.wrong(("format",), "", _("This program knows format 1 only. Update the program, or write the sheet in format 1."))
    ids = [row.id for row in sheet.row]
    blocks = {block.key: block for block in sheet.block}
    for n, row in enumerate(sheet.row):
        if ids.index(row.id) != n:
            reading.wrong(("row", n, "id"), row.id, _("“{id}” is taken already. Every item needs an id of its own.").format(id=row.id))
        if row.block not in blocks:
            reading.wrong(("row", n, "block"), row.id, _("There is no block “{block}”.").format(block=row.block))
        if row.judged == "S" and not row.part:
            reading.wrong(("row", n, "judged"), row.id, _(
                "The program cannot judge this item without a part: say what is to be looked at, or let a person judge (H)."))
        for m, part in enumerate(row.part):
            _part(reading, row, part, ("row", n, "part", m))
    for n, given in enumerate(sheet.simple):
        if given not in ids:
            reading.wrong(("simple", n), "", _("There is no item “{id}”.").format(id=given))
    _sums(reading, sheet)


def _part(reading: Reading, row: SheetRow, part: Part, path: Path) -> None:
    if part.judge == "fields":
        if len(part.lose) != 1 or not {"field", "paper"} & set(part.lose):
            reading.wrong((*path, "lose"), row.id, _("The judge “fields” prices either “field” or “paper”."))
    elif part.judge == "look" and not part.ask.strip():
        reading.wrong((*path, "ask"), row.id, _("Write what a person is to look at."))
    elif set(part.lose) != FAULTS[part.judge]:
        reading.wrong((*path, "lose"), row.id, _("The judge “{judge}” prices exactly: {faults}.").format(
            judge=part.judge, faults=", ".join(sorted(FAULTS[part.judge]))))


def _sums(reading: Reading, sheet: Sheet) -> None:
    for n, block in enumerate(sheet.block):
        own = sum(row.points for row in sheet.row if row.block == block.key)
        if own != block.points:
            reading.wrong(("block", n, "points"), block.key, _("The items of this block come to {sum} points, not {points}.").format(
                sum=own, points=block.points))
    whole = sum(block.points for block in sheet.block if block.key != sheet.veto_block)
    if whole != WHOLE:
        reading.wrong(("block",), "", _("The blocks come to {sum} points, not {whole}.").format(sum=whole, whole=WHOLE))
    if sheet.veto_block not in {block.key for block in sheet.block}:
        reading.wrong(("veto_block",), "", _("There is no block “{block}”.").format(block=sheet.veto_block))
    least = [grade.least for grade in sheet.grade if _priced(grade.from_points)]
    if not least or least != sorted(set(least), reverse=True) or least[-1] != 0:
        reading.wrong(("grade",), "", _("Grades stand from the highest to the lowest, and the last begins at 0."))


assert set(FAULTS) == set(get_args(Judge))
