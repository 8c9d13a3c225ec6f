"""What stands beside the contents of a case: an item opened, coverage, a form; and where a mark of the course leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from models.terms import ActivityId, RecordId
from views.cases.case_head import open_words
from views.cases.marks import Mark
from views.cases.order_sides import sides
from views.cases.verdict_rows import VerdictRow

if TYPE_CHECKING:
    from views.cases.case_page import CasePage

RECORD, ITEMS_TAB, LENS = range(3)  # tabs of the side
CONTENTS, LIMITS, CLOSING, USE, HISTORY = range(5)  # parts of the case below its course
_ON_FILM = ("footage", "activity", "gap")


class Beside:
    """Moves between the side's tabs and what covers them; `activity` is the one whose coverage is meant."""

    def __init__(self, page: CasePage) -> None:
        self.page = page
        self.activity: ActivityId | None = None

    # From the course
    def picked(self, mark: Mark) -> None:
        """One stands on a mark: the contents follow, and the coverage where it is of an activity."""
        page = self.page
        if mark.record is not None:
            page.contents.choose(mark.record)
        activity = self._activity_of(mark)
        if activity is not None and mark.source in _ON_FILM and not page.side.form_open:
            self.activity = activity
            page.side.turn(LENS)
            self.show_lens()

    def opened(self, mark: Mark) -> None:
        """Enter on a mark: to what it stands for."""
        page = self.page
        if mark.source in (*_ON_FILM, "statement"):
            page.go("footage", case=page.case, activity=self._activity_of(mark))
        elif mark.source == "clock":
            page.show_section(LIMITS)
            rule, _dot, subject = mark.id.partition("·")
            page.procedure.clocks.choose(rule, subject)
            page.procedure.clocks.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif mark.source == "approval":
            page.show_section(USE)
            page.uses.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif mark.record is None:
            page.show_section(CLOSING)
            page.procedure.closing.first()
        else:
            page.into_detail()

    def jump(self, to: str) -> None:
        """To a record or an activity that an item or an alarm names."""
        kind, _colon, number = to.partition(":")
        if kind == "activity":
            self.page.go("footage", case=self.page.case, activity=ActivityId(int(number)))
        else:
            self.close()
            self.page.contents.choose(RecordId(int(number)))

    def _activity_of(self, mark: Mark) -> ActivityId | None:
        course = self.page.read.course if self.page.read is not None else None
        if course is None:
            return None
        if mark.source in ("activity", "gap"):
            return next((a.id for a in course.activities if str(a.id) == mark.id), None)
        return next((f.activity for f in course.footage if str(f.component) == mark.id), None)

    def show_lens(self) -> None:
        """The coverage of the activity that is meant, once it is in view; of the first that has a duty where none is."""
        page = self.page
        if page.read is None or page.read.course is None or page.tabs.chosen != LENS:
            return
        course = page.read.course
        duty = next((d for d in course.answers.duties if self.activity is not None and d.activity == str(self.activity)), None)
        points = course.profile.points
        article = course.profile.cite_rule(points[0]) if points else ""
        page.lens.show_duty(duty or next(iter(course.answers.duties), None), course.answers.gaps, course.footage, article)

    # Over the tabs
    def cover(self, form: QWidget, title: str) -> None:
        """A form over the tabs of the side."""
        self.page.show_section(CONTENTS)
        self.page.side.cover(form, title)
        self.page.make_room()

    def close(self) -> None:
        """Back to what stood there before: from a paper's form to the item that it was opened for, else to the tabs."""
        page, procedure = self.page, self.page.procedure
        if not procedure.paper.isHidden() and procedure.paper.item:
            self.cover_item(procedure.paper.item)
            return
        was_item = not procedure.item.isHidden() or not procedure.questions.isHidden()
        page.side.turn(ITEMS_TAB if was_item and not page.wide else page.tabs.chosen)
        page.make_room()
        place = page.completeness.list if was_item else page.contents.table
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_item(self) -> None:
        """After an act on an item: the item again, as it stands now; after one on a record, the record."""
        procedure = self.page.procedure
        item = procedure.paper.item if not procedure.paper.isHidden() else procedure.item.item.id if procedure.item.item else ""
        if item:
            self.cover_item(item)
            procedure.item.place.setFocus(Qt.FocusReason.OtherFocusReason)  # else the focus of the form that went would go to the head of the window
        else:
            self.close()

    # Items
    def file(self) -> None:
        """归档; while required items are open, the list of them instead."""
        page = self.page
        course = page.read.course if page.read is not None else None
        if course is None or not course.wanting:
            page.acts.file()
            return
        self.to_items()
        titles = "；".join(f"{one.title}（{one.ground.article}）" for one in course.wanting[:4])
        more = _(" and {n} more").format(n=len(course.wanting) - 4) if len(course.wanting) > 4 else ""
        page.say("soon", _("Before filing: {what}").format(what=open_words(course)), titles + more)

    def to_items(self) -> None:
        """To the first required item that is missing; to the first unanswered where none is."""
        page = self.page
        page.show_section(CONTENTS)
        page.side.turn(RECORD if page.wide else ITEMS_TAB)
        page.make_room()
        page.completeness.to_first_open()

    def open_item(self, item: str) -> None:
        """Stand on a required item in the list and open it."""
        found = self.page.completeness.list
        row = next((r for r in found.model_.rows if r.item is not None and r.item.id == item), None)
        if row is not None:
            self.page.show_section(CONTENTS)
            found.stand_on(row)
            self.open_row(row)

    def open_row(self, row: VerdictRow) -> None:
        """Open what a row of the completeness is about."""
        view, read = self.page.procedure.item, self.page.read
        assert read is not None
        if row.item is not None:
            self.cover_item(row.item.id)
        elif row.alarm is not None and read.course is not None:
            view.show_alarm(row.alarm, sides(read.course, row.alarm))
            self.cover(view, _("Out of order"))
        else:
            view.show_silence(row.title, row.more)
            self.cover(view, _("Left open by the regulation"))
        view.place.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover_item(self, item: str) -> None:
        """An item as it stands now, over the tabs."""
        read, view = self.page.read, self.page.procedure.item
        course = read.course if read is not None else None
        verdict = next((one for one in course.answers.items if one.id == item), None) if course is not None else None
        if read is None or course is None or verdict is None:
            self.page.procedure.paper.item = ""
            self.close()
            return
        view.show_item(verdict, course, bool(read.folder.line.filed_at))
        self.cover(view, _("Required item"))
