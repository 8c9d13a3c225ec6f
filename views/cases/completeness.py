"""齐全情况: what must be on record, stage by stage, with counts; each row opens into its ground beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import _
from views.cases.reading import Course
from views.cases.verdict_list import VerdictList
from views.cases.verdict_rows import VerdictRow, rows_of, tally
from views.common import Empty, Panel, button, chip, fill
from views.common.layout import content, empty, hbox


class Completeness(Panel):
    """`opened` tells the row of Enter or a click's second press, `asked` that somebody wants to answer the questions."""

    opened = Signal(object)
    asked = Signal()

    def __init__(self) -> None:
        self._chips = hbox(gap=6)
        super().__init__(_("Completeness"), (content(self._chips),), gap=4)
        self.ask = button("", "quiet", "question", on=self.asked.emit)
        self.ask.setProperty("mini", True)
        self.list = VerdictList(_("Completeness"))
        self.list.setMinimumHeight(132)
        self.bare = Empty("scales", _("Nothing is asked of this case"), _("The regulation in force names no items for this kind of act."))
        self.bare.hide()
        self.ask.hide()
        self._asks, self._lead = hbox(self.ask, None), hbox(None, gap=0)
        head = self.head.layout()
        assert isinstance(head, QHBoxLayout)
        self._head = head
        head.insertLayout(0, self._lead)
        fill(self.body, [self._asks, (self.list, 1), (self.bare, 1)])
        self.list.opened.connect(self.opened.emit)
        self.list.clicked.connect(lambda index: self._clicked(index.row()))
        self.course: Course | None = None

    def stand_alone(self, alone: bool) -> None:
        """Whether it is a panel of its own, or stands inside another that has its margins."""
        self._pad = None if alone else 0
        self.heading.setVisible(alone)  # in a tab its name stands on the tab
        (self._asks if alone else self._lead).insertWidget(0, self.ask)
        self._head.setStretch(0, 0 if alone else 1)
        self._lead.setStretch(self._lead.count() - 1, 1)
        self._restyle()

    def show_course(self, course: Course) -> None:
        """Show what the rules say now; where one stands stays."""
        self.course = course
        rows = rows_of(course)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.bare.setVisible(not rows)
        found = tally(course)
        empty(self._chips)
        tags = [chip(_("missing {n}").format(n=found["wanting"]), "late")] if found["wanting"] else [chip(_("complete"), "good")]
        if found["waiting"]:
            tags = [*(tags if found["wanting"] else []), chip(_("to be answered {n}").format(n=found["waiting"]), "wait")]
        if found["absent"]:
            tags.append(chip(_("not applicable {n}").format(n=found["absent"]), "quiet"))
        fill(self._chips, tags)
        waiting = len(course.pressing)
        self.ask.say(_("{n} questions are still to be answered").format(n=waiting) if waiting else _("Facts of the case"))
        self.ask.setVisible(bool(course.questions))

    def to_first_open(self) -> VerdictRow | None:
        """Stand on the first item that holds up filing: what is missing before what waits for an answer."""
        assert self.course is not None
        wanting = {one.id for one in self.course.missing or self.course.waiting}
        for number, row in enumerate(self.list.model_.rows):
            if row.item is not None and row.item.id in wanting:
                self.list.choose(number)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return row
        return None

    def _clicked(self, number: int) -> None:
        row = self.list.model_.rows[number]
        if row.kind != "head":
            self.opened.emit(row)
