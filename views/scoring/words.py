"""Markings in words: how an item stands, who judges it, where a decision points, totals with one decimal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desktop.i18n import _
from desktop.policy.scoring import Mark
from desktop.scoring import Decided, RowLine, ScoringLine, ScoringView
from desktop.scoring.forms import BlockLine
from desktop.scoring.paper import points
from views.common import Cell, Column
from views.terms import office_time

GRADES = {"excellent": "good", "good": "good", "pass": "info", "fail": "late"}


@dataclass(frozen=True)
class BlockHead:
    """The line that stands over the items of a block, with what they come to in this case."""

    block: BlockLine
    rows: tuple[RowLine, ...]

    @property
    def lost(self) -> Decimal:
        return sum((row.lost for row in self.rows), Decimal(0))

    @property
    def applicable(self) -> int:
        return sum(row.points for row in self.rows if row.counts)


Line = BlockHead | RowLine


def mark_words(mark: Mark) -> tuple[str, str]:
    """The chip of an item: kind and words."""
    return {Mark.FULL: ("good", _("found in order")), Mark.LOST: ("late", _("points lost")), Mark.NOT_APPLICABLE: ("quiet", _("not applicable here")),
            Mark.TO_CONFIRM: ("wait", _("to be confirmed by a person")), Mark.PERSONS: ("wait", _("a person judges")),
            Mark.SUSPECTED: ("soon", _("suspected only")), Mark.VETOED: ("refused", _("veto"))}[mark]


def judged_words(judged: str) -> str:
    """Who judges an item, in a word."""
    return {"S": _("by the program"), "A": _("prompted"), "H": _("by a person")}[judged]


def judged_sentence(judged: str) -> str:
    return {"S": _("The program judges it from what is registered; a person may decide otherwise, with the reason."),
            "A": _("The program prompts; a person confirms."), "H": _("Only a person can judge it.")}[judged]


def certainty_words(certainty: str) -> str:
    """Where the sheet has an item from."""
    return {"source": _("found in published marking sheets"), "law": _("added by the law in force"),
            "proposed": _("common practice, no source seen")}[certainty]


def second_line(row: RowLine) -> str:
    """Under an item's words: what was decided and why, else what the program found, else what must be looked at."""
    if row.decided is not None and row.decided.reason:
        return row.decided.reason
    if row.why:
        return "；".join(row.why)
    return "；".join(row.open) if row.waits else ""


def place_words(decided: Decided) -> str:
    """《询问笔录》第 3 页; 现场检查录像 0:12:05.000."""
    if not decided.title:
        return ""
    where = decided.where if ":" in decided.where else _("page {pages}").format(pages=decided.where) if decided.where else ""
    return " ".join(filter(None, [decided.title, where]))


def total_words(total: Decimal | None) -> str:
    return "–" if total is None else f"{total:.1f}"


def row_columns() -> list[Column]:
    """The items of one marking."""
    return [Column(_("No. of the item"), 56, _id), Column(_("What is looked at"), 0, _what), Column(_("Judged by"), 84, _judged),
            Column(_("Points"), 64, _points, right=True), Column(_("Lost"), 64, _lost, right=True), Column(_("Outcome of the item"), 116, _standing)]


def row_ground(line: Line) -> str:
    """Heads of blocks stand on a ground of their own."""
    return "sunken" if isinstance(line, BlockHead) else ""


def list_columns(now: datetime) -> list[Column]:
    """The list of markings."""
    return [Column(_("Case number and cause"), 0, lambda one: Cell(one.case_number, one.cause)), Column(_("Marked by"), 120, lambda one: one.person),
            Column(_("Begun or signed"), 168, lambda one: Cell(office_time(one.signed_at or one.at, now),
                                                               _("marking signed") if one.signed_at else _("marking begun"))),
            Column(_("Marking sheet"), 96, lambda one: Cell(_("sheet version {n}").format(n=one.sheet_version), ink="ink2")),
            Column(_("Total points"), 88, lambda one: Cell(one.total or "–", ink="ink" if one.total else "ink3", bold=True), right=True),
            Column(_("Outcome of the item"), 168, line_chip)]


def line_chip(line: ScoringLine) -> Cell:
    """How a marking stands in the list."""
    if not line.sound:
        return Cell(_("does not fit its signature"), chip="refused")
    if line.signed_at is None:
        return Cell(_("not signed yet"), chip="wait")
    if line.vetoed:
        return Cell(_("{grade}, veto").format(grade=line.grade), chip="late")
    return Cell(line.grade, chip=GRADES.get(line.grade_key, "info"))


def standing_of(view: ScoringView) -> tuple[str, str]:
    """The grade of a marking as a chip: kind and words; provisional while a person must still look."""
    if view.total is None:
        return "quiet", _("nothing applies")
    if view.vetoed and not view.signed:
        return "late", _("{grade}, once signed").format(grade=view.grade)
    if view.provisional:
        return "wait", _("{grade}, provisional").format(grade=view.grade)
    return GRADES.get(view.grade_key, "info"), view.grade


def _id(line: Line) -> Cell:
    return Cell("", ink="ink3") if isinstance(line, BlockHead) else Cell(line.id, ink="ink2")


def _what(line: Line) -> Cell:
    if isinstance(line, BlockHead):
        return Cell(line.block.title, bold=True)
    return Cell(line.words, second_line(line))


def _judged(line: Line) -> Cell:
    return Cell() if isinstance(line, BlockHead) else Cell(judged_words(line.judged), ink="ink3")


def _points(line: Line) -> Cell:
    if isinstance(line, BlockHead):
        return Cell(str(line.applicable) if line.block.points else "", bold=True)
    return Cell(str(line.points) if line.points else "–", ink="ink" if line.counts else "ink3")


def _lost(line: Line) -> Cell:
    if isinstance(line, BlockHead):
        return Cell(points(line.lost) if line.lost else "", bold=True)
    return Cell(points(line.lost), ink="late" if line.mark is Mark.LOST else "ink2", bold=True) if line.lost else Cell()


def _standing(line: Line) -> Cell:
    if isinstance(line, BlockHead):
        return Cell()
    kind, words = mark_words(line.mark)
    return Cell(words, chip=kind)


def points_words(row: RowLine, veto: bool) -> str:
    """What an item can give and what is lost, in a sentence."""
    if veto:
        return _("bears no points; where it stands, the total is 0")
    if row.mark is Mark.NOT_APPLICABLE:
        return _("{points}; does not apply, so they do not count").format(points=row.points)
    lost = points(row.lost)
    if row.waits and row.lost:
        return _("{points}, {lost} proposed to be lost").format(points=row.points, lost=lost)
    return _("{points}, {lost} lost").format(points=row.points, lost=lost) if row.lost else str(row.points)
