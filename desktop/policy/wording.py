"""Days, moments and amounts of time in the words of a sum: «2026年10月8日（星期四）», «24小时», «20个工作日»."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from desktop.i18n import _, language
from desktop.policy.clocks import BEIJING, last_day, office
from desktop.policy.rules import Unit


def weekday_words(day: date) -> str:
    """星期四."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")][day.weekday()]


def day_words(day: date) -> str:
    """2026年10月8日（星期四）."""
    if language() == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日（{weekday_words(day)}）"
    return f"{day.isoformat()} ({weekday_words(day)})"


def moment_words(at: datetime) -> str:
    """2026年10月8日（星期四）9:05, Beijing time; seconds only where there are any."""
    local = office(at)
    return f"{day_words(local.date())}{'' if language() == 'zh_CN' else ' '}{local:%H:%M}{f':{local.second:02}' if local.second else ''}"


def limit_words(ends: datetime) -> str:
    """When a limit ends: 2026年10月8日（星期四）24:00 rather than 0:00 of the day after."""
    local = ends.astimezone(BEIJING)
    if (local.hour, local.minute, local.second, local.microsecond) != (0, 0, 0, 0):
        return moment_words(ends)
    return f"{day_words(last_day(ends))}{'' if language() == 'zh_CN' else ' '}24:00"


def range_words(first: date, last: date) -> str:
    """10月1日至7日; the year is said where the two differ."""
    if language() != "zh_CN":
        return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    head = f"{first.month}月{first.day}日"
    if first == last:
        return head
    if first.year != last.year:
        return f"{first.year}年{head}至{last.year}年{last.month}月{last.day}日"
    return f"{head}至{last.day}日" if first.month == last.month else f"{head}至{last.month}月{last.day}日"


def number_words(number: int, unit: Unit) -> str:
    """24小时, 30日, 20个工作日."""
    return {"hour": _("{n} hours"), "day": _("{n} days"), "working_day": _("{n} working days"), "month": _("{n} months"),
            "year": _("{n} years")}[unit].format(n=number)


def listed_words(words: Iterable[str]) -> str:
    """甲、乙、丙."""
    return ("、" if language() == "zh_CN" else ", ").join(words)
