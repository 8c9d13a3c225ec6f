"""The panel of time limits: how many of each, the list by urgency, and under each row its sum with the way to the cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy import profile
from desktop.today import MOST, WHICH, DueCounts, DueSum, Urgent
from views.bridge import Bridge
from views.common import Empty, button, hbox, rule, segmented, text, vbox
from views.common.layout import content
from views.common.sums import clock_sum, deposit_sum
from views.common.text import figures
from views.common.windowed import WindowedModel
from views.theme import THEME
from views.today.due_list import DueList, Limits, columns

NARROW = 560  # px: a narrower list puts reasons under values
AGES = 30_000  # ms: what is left is said anew twice a minute


class Clocks(QFrame):
    """What is open stays open when the list is read again. `told` is called with what could not be done."""

    def __init__(self, archive: Any, bridge: Bridge, go: Callable[..., object], told: Callable[[Exception], object]) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self.setAccessibleName(_("Time limits"))
        self._archive, self._bridge, self._go, self._told = archive, bridge, go, told
        self._source = Limits(archive)
        self.model = WindowedModel(columns(self._now), self._source, bridge)
        self.list = DueList(self.model, self._now)
        self.list.asked.connect(self._read_sum)
        self.model.ready.connect(self._ready)
        self.model.failed.connect(told)
        self._count = text("", "body", "ink3")
        self.filter = segmented(["", "", "", ""], 0, _("Which time limits"), on=lambda _n: self._narrow(self._source.article, self._source.person))
        self.only = button("", "quiet", "x", on=lambda: self._narrow())
        self._only_place = content(hbox(self.only, None, margins=(8, 0, 8, 4)))
        self._only_place.hide()
        self.nothing = Empty("calendar-check", _("No time limit runs"), _none())
        self.nothing.hide()
        self.more = text("", "small", "ink3")
        self._foot = content(hbox(self.more, None, margins=(16, 6, 16, 8)))
        self._foot.hide()
        head = hbox(text(_("Time limits"), "heading"), self._count, None, self.filter, gap=8, margins=(16, 12, 16, 8))
        self.setLayout(vbox(head, self._only_place, rule(), (self.list, 1), (self.nothing, 1), self._foot, gap=0))
        self._ages = QTimer(self)
        self._ages.timeout.connect(self.list.viewport().update)
        self._ages.start(AGES)
        self._read = False

    def read(self) -> None:
        """Read the list: first the rows that are seen."""
        self._source.forget()
        if self._read:
            self.model.refresh()
        else:
            self._read = True
            self.model.open()

    def show_counts(self, counts: DueCounts) -> None:
        """How many there are of each."""
        self._count.setText(_many(counts.all))
        words = (_("All {n}"), _("Overdue {n}"), _("Today {n}"), _("This week {n}"))
        for number, (template, count) in enumerate(zip(words, (counts.all, counts.late, counts.today, counts.week), strict=True)):
            self.filter.label(number, template.format(n=_many(count)))
        self.filter.setVisible(counts.all > 0)

    def narrow(self, article: str, person: str) -> None:
        """Show only what is over under one article, of one person; the words over the list take it back."""
        self.filter.choose(WHICH.index("late"))
        self._narrow(article, person)

    def close_sum(self) -> bool:
        """Close the sum one stands in; False when there is none."""
        return self.list.close_sum()

    def _narrow(self, article: str = "", person: str | None = None) -> None:
        self.list.close_sum()
        self._source = Limits(self._archive, WHICH[self.filter.chosen], article, person)
        self.model.open(self._source)
        said = " · ".join(filter(None, (article, person if person is None else person or _("nobody named"))))
        self.only.say(_("Only {what}: show all again").format(what=said) if said else "")
        self._only_place.setVisible(bool(said))

    def _ready(self) -> None:
        empty = self.model.rowCount() == 0
        self.list.setVisible(not empty)
        self.nothing.setVisible(empty)
        if empty and (self.filter.chosen > 0 or self._source.article):
            self.nothing.say(_("None of these"), _("Choose another span above the list."))
        elif empty:
            self.nothing.say(_("No time limit runs"), _none())
        cut = self.model.rowCount() >= MOST
        self.more.setText(_("The {n} most urgent are listed; choose a span to see less.").format(n=figures(MOST)) if cut else "")
        self._foot.setVisible(cut)
        self._open_again()

    def _open_again(self) -> None:
        """After reading again: the sum that was open is counted again where its row stands now; it goes where the row is gone."""
        key = self.list.opened_key
        number = None if key is None else self.model.number_of(key)
        if key is not None and number is None:
            self.list.close_sum()
        elif number is not None and (row := self.model.row(number)) is not None:
            self._read_sum(row, self.list.holds_focus)

    def _read_sum(self, row: Urgent, focus: bool = True) -> None:
        today = self._archive.today

        def read(_progress: Progress) -> DueSum:
            found: DueSum = today.due_sum(row)
            return found

        def show(found: DueSum) -> None:
            if isValid(self):
                self.list.show_sum(row, self._sum(row, found), focus)

        def gone(error: Exception) -> None:
            if isValid(self):
                self.list.close_sum()
                self._told(error)

        self._bridge.run(read, show, gone, lane="reads")

    def _sum(self, row: Urgent, found: DueSum) -> QWidget:
        narrow = self.list.width() < THEME.px(NARROW)
        if row.unlinked is not None:
            link = button(_("Link to case"), "", "link", on=lambda: self._go("deposit", tab="unlinked"))
            link.setAutoDefault(True)  # so that Enter, Enter leads to the cause
            return deposit_sum(row.unlinked, profile(self._archive.header.profile), link, narrow=narrow)
        if row.disclosure is not None:
            request = button(_("Open the request"), "", "scroll", on=lambda: self._go("disclosure", request=row.disclosure))
            request.setAutoDefault(True)
            return clock_sum(found.clock, found.calendar, self._now(), request, narrow=narrow)
        words = _("Open the recording") if row.record is not None else _("Open the case folder")
        cause = button(words, "", "folder-open", on=lambda: self._go("case", case=row.case, record=row.record))
        cause.setAutoDefault(True)
        return clock_sum(found.clock, found.calendar, self._now(), cause, narrow=narrow)

    def _now(self) -> datetime:
        now: datetime = self._archive.clock.now()
        return now


def _none() -> str:
    return _("Limits stand here, the late ones first, as soon as a case has a start. Next: deposit what is on the recorders.")


def _many(number: int) -> str:
    return f"{figures(MOST)}+" if number >= MOST else figures(number)
