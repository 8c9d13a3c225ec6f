"""The form for a local day off, or a working day by local order: the day, what it is, its name and the order it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.common import button, combo, edit, field, hbox, vbox
from views.rulebook.section import tell_at
from views.terms import read_day

if TYPE_CHECKING:
    from views.rulebook.calendar import CalendarSection


class LocalDayForm(QWidget):
    """The chosen day of the year is written into its first field."""

    def __init__(self, section: CalendarSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.day, self.name, self.order = edit("", "2026-12-01"), edit(), edit()
        self.kind = combo([(_("off"), True), (_("worked"), False)])
        self.day_field = field(_("Day"), self.day)
        self.name_field = field(_("What for"), self.name)
        self.order_field = field(_("By which order"), self.order)
        self.enter = button(_("Enter the day"), "", "plus", on=self.submit)
        self.order.returnPressed.connect(self.submit)
        first = hbox((self.day_field, 4), field(_("Is"), self.kind), (self.name_field, 5), gap=8)
        second = hbox((self.order_field, 1), vbox(22, self.enter, None, gap=0), gap=8)
        self.setLayout(vbox(first, second, gap=8))

    def offer(self, day: date) -> None:
        """Write a day in."""
        self.day.setText(day.isoformat())
        self.day_field.tell("")

    def submit(self) -> None:
        """Enter it."""
        for one in (self.day_field, self.name_field, self.order_field):
            one.tell("")
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            self.day_field.tell("bad", _("Please write a day like 2026-10-20"))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        room, off, name, order = self.page.archive.rulebook, self.kind.value() is True, self.name.text().strip(), self.order.text().strip()
        self.enter.allow(False, _("Sending …"))
        self.page.run(lambda _p: room.local_add(date.fromisoformat(day), off, name, order), lambda _n: self._well(day), self._failed)

    def _well(self, day: str) -> None:
        self.enter.allow(True)
        self.name.clear()
        self.order.clear()
        self.page.say("good", _("{day} is entered as a local day").format(day=day))
        self.section.changed_days()

    def _failed(self, error: Exception) -> None:
        self.enter.allow(True)
        tell_at(self.order_field, self.page, error, "calendar.local_")
