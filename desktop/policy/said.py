"""Moments and lengths as verdicts say them: office time, by the second."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.i18n import _, language
from desktop.policy.clocks import BEIJING


def clock(at: datetime) -> str:
    """A moment by the office's clock: `2026-03-02 09:14:05`."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def stretch(start: datetime, end: datetime) -> str:
    """From when to when, with the day once where both are on one day, and how long: `2026-03-02 09:14:05 to 09:20:00 (5 min 55 s)`."""
    begun, over = clock(start), clock(end)
    until = over[11:] if begun[:10] == over[:10] else over
    return _("{start} to {end} ({length})").format(start=begun, end=until, length=length(end - start))


def length(span: timedelta) -> str:
    """How long, in hours, minutes and seconds; what is finer is cut."""
    seconds = int(span.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return _("{hours} h {minutes} min {seconds} s").format(hours=hours, minutes=minutes, seconds=rest)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest) if minutes else _("{seconds} s").format(seconds=rest)


def joined(sentences: Iterable[str]) -> str:
    """Several sentences as the parts of one."""
    return ("；" if language() == "zh_CN" else "; ").join(one.rstrip("。.") for one in sentences)


def about(title: str, sentences: Iterable[str]) -> str:
    """What is told of a thing: `听证: …`."""
    return _("{title}: {words}").format(title=title, words=joined(sentences))
