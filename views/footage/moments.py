"""Moments that are quick to type: 9:05, 0905, 20 9:05, 10-20 9:05, 2026-10-20 09:05:12; Up and Down move by a minute."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from views.common import Edit, Field

_DAY = r"(?:(?:(?P<year>\d{4})\s*[-./年]\s*)?(?P<month>\d{1,2})\s*[-./月]\s*)?(?P<day>\d{1,2})\s*日?"
_SOLID = r"(?P<whole>\d{8})"
_TIME = r"(?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})\s*(?:[:：分]\s*(?P<second>\d{1,2}))?\s*[分秒]?"
_FIGURES = r"(?P<h2>\d{2})(?P<m2>\d{2})(?P<s2>\d{2})?"
_FORMS = [re.compile(form) for form in (
    _TIME, _FIGURES, f"{_DAY}\\s+{_TIME}", f"{_DAY}\\s+{_FIGURES}", f"{_DAY}[日T]{_TIME}", f"{_SOLID}\\s*{_TIME}", f"{_SOLID}\\s+{_FIGURES}")]
_DAY_ALONE = [re.compile(form) for form in (_SOLID, r"(?:(?P<year>\d{4})\s*[-./年]\s*)?(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})\s*日?")]


def read_typed(written: str, near: date, day_alone: bool = False) -> datetime | date | None:
    """A moment as people type it, by the office's clock; what is left out of its day is that of `near`. None where nothing is written.

    With `day_alone` a day without an hour is one too. 24:00 is the end of its day. Raises ValueError for what is no moment.
    """
    words = written.strip()
    if not words:
        return None
    if day_alone and not re.fullmatch(_FORMS[1], words):
        for form in _DAY_ALONE:
            if found := form.fullmatch(words):
                return _day(found.groupdict(), near)
    for form in _FORMS:
        if found := form.fullmatch(words):
            parts = found.groupdict()
            day = _day(parts, near)
            hour, minute, second = (int(parts.get(long) or parts.get(short) or 0)
                                    for long, short in (("hour", "h2"), ("minute", "m2"), ("second", "s2")))
            if (hour, minute, second) == (24, 0, 0):
                return datetime.combine(day, time(), BEIJING) + timedelta(days=1)
            return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING)
    raise ValueError(written)


def _day(parts: dict[str, str | None], near: date) -> date:
    if whole := parts.get("whole"):
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    return date(int(parts.get("year") or near.year), int(parts.get("month") or near.month), int(parts.get("day") or near.day))


def typed(at: datetime | date | None, seconds: bool = False) -> str:
    """A moment as it stands in its field."""
    if at is None:
        return ""
    if not isinstance(at, datetime):
        return at.isoformat()
    local = at.astimezone(BEIJING)
    return local.strftime("%Y-%m-%d %H:%M:%S" if seconds or local.second else "%Y-%m-%d %H:%M")


class MomentEdit(Edit):
    """A field for one moment. `near` gives the day that need not be typed."""

    def __init__(self, near: Callable[[], date], seconds: bool = False, day_alone: bool = False) -> None:
        super().__init__("", "9:05")
        self._near, self._seconds, self._day_alone = near, seconds, day_alone

    def value(self) -> datetime | date | None:
        """What is written. Raises ValueError for what is no moment."""
        return read_typed(self.text(), self._near(), self._day_alone)

    def moment(self) -> datetime | None:
        """The moment that is written; None for nothing, for a day alone, and for what is no moment."""
        try:
            at = self.value()
        except ValueError:
            return None
        return at if isinstance(at, datetime) else None

    def show_moment(self, at: datetime | date | None) -> None:
        self.setText(typed(at, self._seconds))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and (at := self.moment()) is not None:
            self.show_moment(at + timedelta(minutes=1 if event.key() == Qt.Key.Key_Up else -1))
            return
        super().keyPressEvent(event)


class MomentField(Field):
    """A moment under its label: written out in full when it is left, with a word where it is none."""

    def __init__(self, label: str, near: Callable[[], date], hint: str = "", seconds: bool = False, day_alone: bool = False,
                 mnemonic: str = "") -> None:
        self.entry = MomentEdit(near, seconds, day_alone)
        self._day_alone = day_alone
        super().__init__(label, self.entry, hint, mnemonic=mnemonic, check=self.checked)

    def checked(self) -> tuple[str, str]:
        """Write the moment out, or say how one is written."""
        try:
            self.entry.show_moment(self.entry.value())
        except ValueError:
            return "bad", _("Please write a time like 9:05, 20 9:05 or 2026-10-20 09:05")
        return "", ""

    @property
    def sound(self) -> bool:
        """Whether it holds a moment or nothing; says so below where not."""
        self.tell(*self.checked())
        return bool(self.control.property("state") != "bad")

    def value(self) -> datetime | date | None:
        return self.entry.value()

    def moment(self) -> datetime | None:
        return self.entry.moment()

    def show_moment(self, at: datetime | date | None) -> None:
        self.entry.show_moment(at)
        self.tell("")
