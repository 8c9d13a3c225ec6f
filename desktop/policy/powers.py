"""The agency's list of powers (机关职权清单): which unlawful act may be punished in whose name, how, and how far; read strictly, by line."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.mistakes import Mistake, Reading
from desktop.policy.toml_lines import Path, toml_lines
from desktop.policy.toml_reading import toml_of
from desktop.policy.vocabulary import vocabulary

ENTRUSTED = "entrusted"
FEN = 100
MOST_YUAN = Decimal(10) ** 12
Basis = Literal["statutory", "empowered", "entrusted"]


@dataclass(frozen=True, kw_only=True)
class Range:
    """One penalty that a power allows: `least` and `most` in yuan, empty where the law names none; `grade` is the discretion grade (裁量档次)."""

    kind: str
    least: str = ""
    most: str = ""
    grade: str = ""

    def holds(self, fen: int) -> bool:
        """Whether an amount in fen lies within."""
        return (not self.least or fen >= _fen(self.least)) and (not self.most or fen <= _fen(self.most))


@dataclass(frozen=True, kw_only=True)
class Power:
    """One row: the unlawful act, the organ, where its power comes from, the article, and the penalties.

    `for_organ` is the organ in whose name an entrusted body must decide. `years` is the limitation of punishment where a law sets another
    than the general one, 0 where none does.
    """

    number: str
    cause: str
    organ: str
    basis: Basis = "statutory"
    for_organ: str = ""
    article: str = ""
    years: int = 0
    penalty: tuple[Range, ...] = ()

    @property
    def decides(self) -> str:
        """The organ in whose name a decision must be made."""
        return self.for_organ if self.basis == ENTRUSTED else self.organ

    def ranges(self, kind: str) -> list[Range]:
        return [one for one in self.penalty if one.kind == kind]


@dataclass(frozen=True, kw_only=True)
class PowerList:
    """The whole list. A value that is read once and handed to everybody: nothing of it can be changed."""

    format: int
    power: tuple[Power, ...] = ()

    def row(self, number: str) -> Power | None:
        """The row of a number; None where there is none."""
        return next((one for one in self.power if one.number == number), None)


@functools.lru_cache(maxsize=8)  # a list of a thousand rows takes half a second, and every marking asks for the one in force
def parse_powers(text: str) -> PowerList:
    """A list of powers. Raises `Refusal` powers.faulty with the first mistake."""
    made, mistakes = _read(text)
    if made is None or mistakes:
        raise Refusal("powers.faulty", count=len(mistakes), first=str(mistakes[0]))
    return made


def check_powers(text: str) -> list[Mistake]:
    """Every mistake of a list, by line."""
    return _read(text)[1]


def powers_text(rows: Iterable[Power]) -> str:
    """A list of powers as text: what `parse_powers` reads."""
    lines = ["format = 1"]
    for one in rows:
        lines += ["", "[[power]]", *(f"{f.name} = {_written(getattr(one, f.name))}" for f in fields(one) if f.name != "penalty")]
        for part in one.penalty:
            lines += ["", "[[power.penalty]]", *(f"{f.name} = {_written(getattr(part, f.name))}" for f in fields(part))]
    return "\n".join(lines) + "\n"


def count_powers(text: str) -> int:
    """How many rows a list has that `powers_text` wrote, without reading it."""
    return text.count("\n[[power]]\n")


def yuan(fen: int) -> str:
    """An amount for reading: 2,000, 123.40."""
    return f"{fen // FEN:,}" if fen % FEN == 0 else f"{Decimal(fen) / FEN:,.2f}"


def read_yuan(words: str) -> int:
    """An amount in yuan as a person writes it (2000, 2,000.50), in fen. Raises `ValueError` for what is none."""
    try:
        amount = Decimal(words.replace(",", "").replace("，", "").strip())
    except InvalidOperation as error:
        raise ValueError(words) from error
    if not amount.is_finite() or not 0 <= amount <= MOST_YUAN or (amount * FEN) % 1:
        raise ValueError(words)
    return int(amount * FEN)


def _fen(words: str) -> int:
    return read_yuan(words)


def _written(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _read(text: str) -> tuple[PowerList | None, list[Mistake]]:
    given = toml_of(text)
    if isinstance(given, Mistake):
        return None, [given]
    reading = Reading(_look)
    made = reading.table(PowerList, given, (), "")
    if isinstance(made, PowerList):
        _whole(reading, made)
    lines = toml_lines(text)
    return (None if reading.found else made), [Mistake(_line(lines, path), where, words) for path, where, words in reading.found]


def _line(lines: dict[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0) if path else 0


def _look(reading: Reading, kind: type[Any], name: str, value: Any, path: Path, where: str) -> None:
    if kind is Range and name == "kind" and value not in vocabulary().keys("penalty"):
        reading.wrong(path, where, _("“{given}” is no kind of penalty.").format(given=value))
    elif kind is Range and name in ("least", "most") and value and not _amount(value):
        reading.wrong(path, where, _("“{given}” is no amount in yuan; write it like 2000 or 2000.50.").format(given=value))
    elif kind is Power and name in ("number", "cause", "organ") and not value.strip():
        reading.wrong(path, where, _("“{key}” is left empty; fill it in.").format(key=name))
    elif kind is Power and name == "years" and not 0 <= value <= 100:
        reading.wrong(path, where, _("The limitation is a number of years, 0 where the general one counts."))


def _amount(words: str) -> bool:
    try:
        read_yuan(words)
    except ValueError:
        return False
    return True


def _whole(reading: Reading, made: PowerList) -> None:
    if made.format != 1:
        reading.wrong(("format",), "", _("This program knows format 1 only. Update the program, or write the list in format 1."))
    numbers = [one.number for one in made.power]
    for n, one in enumerate(made.power):
        if numbers.index(one.number) != n:
            reading.wrong(("power", n, "number"), one.cause, _("The number {number} is taken already.").format(number=one.number))
        if one.basis == ENTRUSTED and not one.for_organ.strip():
            reading.wrong(("power", n, "for_organ"), one.cause, _("An entrusted body decides in the name of another organ: name it."))
        if not one.penalty:
            reading.wrong(("power", n), one.cause, _("Name at least one penalty."))
        for m, part in enumerate(one.penalty):
            if part.least and part.most and _amount(part.least) and _amount(part.most) and _fen(part.least) > _fen(part.most):
                reading.wrong(("power", n, "penalty", m, "least"), one.cause, _("The least amount is above the most."))
