"""所属机构 of one person, as the page of people shows it: each unit with the day it began, and a form for the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.people import PersonLine
from desktop.policy.clocks import day_of
from desktop.registers import UnitLine
from views.common import Edit, button, content, edit, empty, field, fill, hbox, para, text, vbox
from views.common.page import Page
from views.common.panels import pair
from views.rulebook.section import tell_at
from views.terms import read_day


class UnitPart(QWidget):
    """Statistics count an officer for the unit of each month; a person without a line counts under the post."""

    def __init__(self, page: Page, person: PersonLine) -> None:
        super().__init__()
        self.page, self.person = page, person
        self.lines: tuple[UnitLine, ...] = ()
        self._held = vbox(gap=4)
        self.unit, self.since = field(_("Unit of the officer"), edit()), field(_("Since"), edit(day_of(page.archive.clock.now()).isoformat()))
        self.why = field(_("Reason of the correction"), edit())
        self.why.hide()
        self.keep = button(_("Enter the unit"), "", "buildings", on=self.submit)
        self.form = content(vbox(hbox((vbox(self.unit, None), 1), (vbox(self.since, None), 1), gap=8), self.why, hbox(None, self.keep), gap=8))
        if not (page.may("registers.unit_set").allowed and person.active):
            self.form.hide()  # shown before it stands in something, it would open as a window of its own
        self.setLayout(vbox(text(_("Unit of the officer"), "strong"), content(self._held), self.form, gap=6))
        room = page.archive.registers
        page.run(lambda _progress: tuple(one for one in room.units() if one.person == person.id), self._fill, lane="reads")

    def _fill(self, lines: tuple[UnitLine, ...]) -> None:
        self.lines = lines
        empty(self._held)
        told: list[Any] = [pair(_("since {day}").format(day=one.since.isoformat()), one.unit, 120) for one in lines]
        fill(self._held, told or [para(_("None is entered: the post counts as the unit."), "small", "ink2")])

    def submit(self) -> None:
        """Enter the unit; a line of that very day is corrected, which asks why."""
        unit, day, why = self._words(self.unit), self._day(), self._words(self.why)
        self.unit.tell("" if unit else "bad", "" if unit else _("Please fill this in"))
        if not unit or day is None:
            return
        corrects = any(one.since == day and one.unit != unit for one in self.lines)
        self.why.setVisible(corrects)
        if corrects and not why:
            self.why.control.setFocus()
            return
        room, person = self.page.archive.registers, self.person.id
        self.page.run(lambda _p: room.unit_set(person, unit, day, why), lambda _n: self._kept(unit),
                      lambda error: tell_at(self.unit, self.page, error, "units."))

    def _kept(self, unit: str) -> None:
        self.page.say("good", _("{name} belongs to {unit}").format(name=self.person.name, unit=unit))
        self.page.reread()

    def _day(self) -> date | None:
        try:
            written = read_day(self._words(self.since))
        except ValueError:
            written = None
        self.since.tell("" if written else "bad", "" if written else _("Please write a day like 2026-10-20"))
        return date.fromisoformat(written) if written else None

    def _words(self, one: Any) -> str:
        control = one.control
        assert isinstance(control, Edit)
        return control.text().strip()
