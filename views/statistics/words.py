"""Periods, months, shares and units in words."""

from __future__ import annotations

from datetime import date

from desktop.i18n import _
from desktop.statistics.forms import QUARTERS, YEAR, Covered, Period
from desktop.statistics.tables import hours
from views.common import figures


def period_words(period: Period) -> str:
    """2026 年, 2026 年第 3 季度, 2026 年 10 月."""
    if period.part == YEAR:
        return _("{year}").format(year=period.year)
    if period.part in QUARTERS:
        return _("quarter {n} of {year}").format(n=QUARTERS.index(period.part) + 1, year=period.year)
    return _("month {n} of {year}").format(n=period.part, year=period.year)


def part_words(part: str) -> str:
    """全年, 第 3 季度, 10 月."""
    if part == YEAR:
        return _("The whole year")
    return _("Quarter {n}").format(n=QUARTERS.index(part) + 1) if part in QUARTERS else _("Month {n}").format(n=part)


def month_words(month: date) -> str:
    """10 月."""
    return _("{n}/").format(n=month.month)


def share_words(share: float | None) -> str:
    """92.3 %; a dash where there is nothing to divide."""
    if share is None:
        return "–"
    return f"{share * 100:.0f} %" if share in (0.0, 1.0) else f"{min(max(share * 100, 0.1), 99.9):.1f} %"  # never a whole that is none


def of_words(some: int, of: int) -> str:
    """11 / 12."""
    return f"{figures(some)} / {figures(of)}" if of else ""


def time_words(some: int, of: int) -> str:
    """1:30:00 / 2:00:00."""
    return f"{hours(some)} / {hours(of)}" if of else ""


def both_words(one: Covered) -> str:
    """覆盖率: by number, and by time where any is due."""
    return share_words(one.share) if not one.seconds else _("{share}, time {time}").format(
        share=share_words(one.share), time=share_words(one.time_share))


def unit_words(unit: str) -> str:
    """The unit; «not entered» where an officer has no account, or neither unit nor post in it."""
    return unit or _("not entered")
