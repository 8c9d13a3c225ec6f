"""Sizes, rates, times and dates in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.i18n import _


def weekday(day: date) -> str:
    """星期四."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def clock_words(at: datetime) -> str:
    """2026-11-19  星期四  10:48, in the time zone of `at`."""
    return f"{at:%Y-%m-%d}  {weekday(at.date())}  {at:%H:%M}"


def moment_words(at: datetime, now: datetime) -> str:
    """今天 14:00, 明天 04:10, 11-23 24:00, 2025-11-23 09:00: a moment as one would say it. Both in the desk's time zone."""
    day, hour = at.date(), f"{at:%H:%M}"
    if at.hour == at.minute == 0 and at > now:  # the end of a day belongs to that day: 24:00
        day, hour = day - timedelta(days=1), "24:00"
    gap = (day - now.date()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if gap in near:
        return f"{near[gap]} {hour}"
    return f"{day:%m-%d} {hour}" if day.year == now.year else f"{day:%Y-%m-%d} {hour}"


def size_words(size: float) -> str:
    """18.4 GB: three figures at most, decimal units as on the box of a disk."""
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"


def span_words(seconds: float) -> str:
    """3 小时 12 分, 21 分, 40 秒: a stretch of time, its two greatest parts."""
    whole = max(round(seconds), 0)
    days, hours, minutes = whole // 86400, whole // 3600 % 24, whole // 60 % 60
    if days:
        parts = [_("{n} d").format(n=days), _("{n} h").format(n=hours) if hours else ""]
    elif hours:
        parts = [_("{n} h").format(n=hours), _("{n} min").format(n=minutes) if minutes else ""]
    elif minutes:
        parts = [_("{n} min").format(n=minutes), _("{n} s").format(n=whole % 60) if minutes < 5 and whole % 60 else ""]
    else:
        parts = [_("{n} s").format(n=whole)]
    return " ".join(filter(None, parts))


def left_words(seconds: float | None) -> str:
    """约剩 21 分; nothing while nothing can be said."""
    return "" if seconds is None else _("about {span} left").format(span=span_words(seconds))


def progress_words(done: int, total: int, unit: str = "") -> str:
    """37 / 112 件, 18.4 / 61.2 GB; with an unknown total only what is done."""
    if unit in ("bytes", "B"):
        return f"{size_words(done)} / {size_words(total)}" if total else size_words(done)
    words = f"{done} / {total}" if total else str(done)
    return f"{words} {unit_words(unit)}".strip()


def unit_words(unit: str) -> str:
    """The name of a job's unit; an unknown one is shown as the job says it."""
    known = {"items": _("items"), "files": _("files"), "entries": _("entries"), "objects": _("objects"), "pages": _("pages"),
             "cases": _("cases"), "papers": _("papers")}
    return known.get(unit, unit)
