"""Fields of the registers' forms: a day that must be one, words that must be there, and a caption that says something else per step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import _
from views.common import Area, Edit, Field, edit, hbox, text_area, vbox
from views.terms import read_day


class WordsField(Field):
    """Words of one line, or of several; `needed` ones are asked for on leaving and on sending."""

    def __init__(self, label: str, needed: bool = False, lines: int = 1, hint: str = "", example: str = "") -> None:
        self.needed = needed
        self.entry: Edit | Area = edit("", example) if lines == 1 else text_area("", example, lines)
        super().__init__(label, self.entry, hint, check=self.verdict_now)

    @property
    def words(self) -> str:
        return (self.entry.text() if isinstance(self.entry, Edit) else self.entry.toPlainText()).strip()

    def write(self, words: str) -> None:
        """Start from these words."""
        if isinstance(self.entry, Edit):
            self.entry.setText(words)
            self.entry.setCursorPosition(0)
        else:
            self.entry.setPlainText(words)
        self.tell("")

    def verdict_now(self) -> tuple[str, str]:
        return ("", "") if self.words or not self.needed or self.isHidden() else ("bad", _("Please write this"))

    def sound(self) -> bool:
        return _sound(self, self.verdict_now())

    def call(self, label: str) -> None:
        """Another caption."""
        recall(self, label)


class DayField(Field):
    """A day as people write it; `value` is None while it is empty."""

    def __init__(self, label: str, needed: bool = True, hint: str = "") -> None:
        self.needed = needed
        self.entry = edit("", "2026-11-02")
        super().__init__(label, self.entry, hint, check=self.verdict_now)

    @property
    def value(self) -> date | None:
        written = read_day(self.entry.text())
        return date.fromisoformat(written) if written else None

    def write(self, day: date | None) -> None:
        """Start from this day."""
        self.entry.setText(day.isoformat() if day is not None else "")
        self.tell("")

    def verdict_now(self) -> tuple[str, str]:
        try:
            empty = self.value is None
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20")
        return ("bad", _("Please write a day like 2026-10-20")) if empty and self.needed and not self.isHidden() else ("", "")

    def sound(self) -> bool:
        return _sound(self, self.verdict_now())

    def call(self, label: str) -> None:
        """Another caption."""
        recall(self, label)


def recall(one: Field, label: str) -> None:
    """Give a field another caption, also for who cannot see it."""
    one.caption.setText(label)
    one.control.setAccessibleName(label)


def beside(first: Field, second: Field) -> QHBoxLayout:
    """Two fields on one line, their controls at one height."""
    return hbox((vbox(first, None), 1), (vbox(second, None), 1), gap=12)


def _sound(one: Field, verdict: tuple[str, str]) -> bool:
    one.tell(*verdict)
    if verdict[0]:
        one.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
    return True
