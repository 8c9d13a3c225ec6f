"""The list of powers as a spreadsheet: one row for each penalty of each power, heads in the agency's words, read back by its heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.powers import Basis, Power, Range, read_yuan
from desktop.policy.vocabulary import vocabulary
from desktop.reports.sheets import Sheet, Value, workbook

HEAD = ("编号", "违法行为（案由）", "实施机关", "职权来源", "委托机关", "处罚依据", "追责时效（年）", "处罚种类", "下限（元）",
        "上限（元）", "裁量档次")
_WIDTHS = (8, 34, 20, 18, 20, 34, 12, 18, 12, 12, 12)
_NEEDED = (0, 1, 2, 7)
_NOTE = ("一种处罚一行，同一编号的各行是同一项职权；职权来源：法定行政机关，法律、法规授权的组织，受委托的组织；"
         "追责时效空着的适用一般时效；没有法定上下限的空着。")


def powers_book(unit: str, rows: Iterable[Power]) -> bytes:
    """A list as xlsx."""
    lines: list[list[Value]] = []
    words = vocabulary()
    for one in rows:
        for part in one.penalty:
            lines.append([one.number, one.cause, one.organ, words.keys("power_basis")[one.basis].zh, one.for_organ, one.article,
                          one.years or None, words.keys("penalty")[part.kind].zh, part.least, part.most, part.grade])
    return workbook([Sheet("职权清单", f"{unit}行政处罚职权清单", _NOTE, HEAD, _WIDTHS, lines)])


def powers_from_rows(rows: Sequence[Sequence[str]]) -> list[Power]:
    """The list of a spreadsheet. Raises `Refusal` powers.sheet with the row and what is wrong there."""
    at, places = _heads(rows)
    found: dict[str, Power] = {}
    for number, row in enumerate(rows[at + 1:], at + 2):
        cells = [row[place].strip() if 0 <= place < len(row) else "" for place in places]
        if not any(cells):
            continue
        for needed in _NEEDED:
            if not cells[needed]:
                raise Refusal("powers.sheet", row=number, detail=_("“{head}” is empty").format(head=HEAD[needed]))
        one = _power(cells, number)
        known = found.get(one.number, replace(one, penalty=()))
        if replace(known, penalty=()) != replace(one, penalty=()):
            raise Refusal("powers.sheet", row=number, detail=_("number {number} stood with another cause, organ or article above").format(
                number=one.number))
        found[one.number] = replace(known, penalty=(*known.penalty, *one.penalty))
    if not found:
        raise Refusal("powers.empty")
    return list(found.values())


def _heads(rows: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """The row of heads, and in which column each head stands."""
    for at, row in enumerate(rows[:10]):
        named = [cell.strip() for cell in row]
        if HEAD[0] in named and HEAD[7] in named:
            missing = [HEAD[needed] for needed in _NEEDED if HEAD[needed] not in named]
            if missing:
                raise Refusal("powers.sheet", row=at + 1, detail=_("there is no column “{head}”").format(head=missing[0]))
            return at, [named.index(head) if head in named else -1 for head in HEAD]
    raise Refusal("powers.sheet", row=1, detail=_("the heads are not in the first ten rows: {heads}").format(heads="、".join(HEAD)))


def _power(cells: Sequence[str], row: int) -> Power:
    number, cause, organ, basis, for_organ, article, years, penalty, least, most, grade = cells
    if years and not years.isdecimal():
        raise Refusal("powers.sheet", row=row, detail=_("“{given}” is no number of years").format(given=years))
    for amount in (least, most):
        if amount and not _is_yuan(amount):
            raise Refusal("powers.sheet", row=row, detail=_("“{given}” is no amount in yuan").format(given=amount))
    part = Range(kind=_key("penalty", penalty, row), least=least.replace(",", ""), most=most.replace(",", ""), grade=grade)
    key = _key("power_basis", basis, row) if basis else "statutory"
    return Power(number=number, cause=cause, organ=organ, basis=_basis(key), for_organ=for_organ, article=article, years=int(years or 0),
                 penalty=(part,))


def _basis(key: str) -> Basis:
    return next(one for one in get_args(Basis) if one == key)


def _key(section: str, title: str, row: int) -> str:
    """The key of a word as the vocabulary calls it in Chinese."""
    words = vocabulary().keys(section)
    found = next((key for key, term in words.items() if term.zh == title), None)
    if found is None:
        raise Refusal("powers.sheet", row=row, detail=_("“{given}” is none of: {known}").format(
            given=title, known="；".join(term.zh for term in words.values())))
    return found


def _is_yuan(words: str) -> bool:
    try:
        read_yuan(words)
    except ValueError:
        return False
    return True
