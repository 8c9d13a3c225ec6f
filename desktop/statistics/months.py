"""Which month of a period a stamp falls into, as the database asks it: halved at each step, for it is asked of half a million rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from desktop.statistics.forms import Period


def month_of(column: str, later: Literal[">", ">="], period: Period) -> str:
    """An expression: 0 for the first month of the period, and so on. The stamps in it are the period's own, never a person's text."""
    return _halved(column, later, period.bounds[1:-1], 0)


def _halved(column: str, later: str, bounds: Sequence[str], first: int) -> str:
    if not bounds:
        return str(first)
    half = len(bounds) // 2
    after = _halved(column, later, bounds[half + 1:], first + half + 1)
    return f"CASE WHEN {column} {later} '{bounds[half]}' THEN {after} ELSE {_halved(column, later, bounds[:half], first)} END"
