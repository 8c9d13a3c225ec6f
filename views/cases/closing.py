"""终结与归档: the signed end of enforcement, what filing lacks and a leader's order, how long the file is kept, and what holds it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.verdicts import ItemVerdict
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import EndingLine, FilingOrderLine, ReasonLine
from views.cases.ending_form import EndingForm, ReasonForm, RetentionForm
from views.cases.reading import Course
from views.common import Row, chip, fill, glyph, hbox, panel, para, rule, scroll, text, vbox
from views.common.layout import content, empty
from views.common.page import Page
from views.terms import office_time


class Closing(QWidget):
    """Signals tell what is wanted; those that need a password are asked for it by the page."""

    ended = Signal(str, object)
    end_withdrawn = Signal(str)
    ordered = Signal(str)
    kept = Signal(int, str)
    held = Signal(str)
    released = Signal(str)
    item_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.course: Course | None = None
        self.end_form, self.back_form = EndingForm(), ReasonForm(_("Take the end back"), "arrow-counter-clockwise", _("Why it is taken back"))
        self.order_form = ReasonForm(_("Order filing with gaps …"), "signature", _("Why it is filed with gaps"))
        self.retention = RetentionForm()
        self.hold_form = ReasonForm(_("Hold"), "hand-palm", _("Why nothing may be disposed of"))
        self.release_form = ReasonForm(_("Release the hold"), "arrow-counter-clockwise", _("Why it is released"))
        self._end, self._gaps, self._keep, self._holds = (vbox(gap=8) for _n in range(4))
        left = panel(_("End of enforcement"), content(self._end), self.end_form, self.back_form, None)
        middle = panel(_("Filing"), content(self._gaps), self.order_form, None)
        right = panel(_("Keeping"), content(self._keep), self.retention, rule(), text(_("Holds"), "strong"), content(self._holds), self.hold_form,
                      self.release_form, None)
        columns = content(hbox((left, 1), (middle, 1), (right, 1), gap=16))
        self.place = scroll(columns, _("End, filing and keeping"), fade=False)
        self.setLayout(vbox((self.place, 1)))
        self._connect()

    def _connect(self) -> None:
        self.end_form.sent.connect(lambda: self.ended.emit(self.end_form.kind, self.end_form.day))
        self.back_form.sent.connect(lambda: self.end_withdrawn.emit(self.back_form.why.words))
        self.order_form.sent.connect(lambda: self.ordered.emit(self.order_form.why.words))
        self.retention.sent.connect(lambda: self.kept.emit(self.retention.years, self.retention.why.words))
        self.hold_form.sent.connect(lambda: self.held.emit(self.hold_form.why.words))
        self.release_form.sent.connect(lambda: self.released.emit(self.release_form.why.words))

    def show_course(self, course: Course, filed: bool, now: datetime, today: date) -> None:
        """Show how the case stands at its end."""
        self.course, self._now = course, now
        self._show_end(course, filed, today)
        self._show_gaps(course, filed)
        self._show_keeping(course, filed)
        self._show_holds(course)

    def first(self) -> None:
        """Stand on the first thing that can be done here."""
        for form in (self.end_form, self.back_form, self.order_form, self.retention, self.hold_form):
            if not form.isHidden():
                form.first.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # 终结
    def _show_end(self, course: Course, filed: bool, today: date) -> None:
        empty(self._end)
        standing = next((one for one in course.endings if one.withdrawn_at is None), None)
        parts: list[object] = []
        if standing is None:
            words = _("Enforcement has not been stated to have ended. Limits that count from the end have not begun.")
            parts.append(para(words, "body", "ink2", lead=1.5))
        parts += [part for one in course.endings for part in self._ending(one)]
        fill(self._end, parts)
        closed = _("The folder is filed and closed to changes") if filed else ""
        self.end_form.setVisible(standing is None)
        self.back_form.setVisible(standing is not None and not filed)
        if standing is None:
            self.end_form.begin(today, _shut(self._page, "procedure.case_end", closed))
        else:
            self.back_form.begin(_shut(self._page, "procedure.case_end_withdraw", closed))

    def _ending(self, one: EndingLine) -> list[object]:
        sound = ("good", _("signed")) if one.sound else ("late", _("signature does not fit"))
        kind, words = ("quiet", _("taken back")) if one.withdrawn_at else sound
        said = f"{vocabulary().title('end', one.kind)} · {one.on.isoformat()}"
        return [hbox(chip(words, kind), (text(said, "strong", elide=True), 1), gap=8),
                text(f"{one.person} · {office_time(one.at, self._now)}", "small", "ink3", elide=True)]

    # 归档
    def _show_gaps(self, course: Course, filed: bool) -> None:
        empty(self._gaps)
        parts: list[object] = []
        if course.wanting:
            words = _("{n} required items are open. They are supplied, stated not to apply, or left out by a leader’s order.")
            parts.append(para(words.format(n=len(course.wanting)), lead=1.5))
            parts += [self._open_item(one) for one in course.wanting]
        elif filed:
            parts.append(hbox(chip(_("filed"), "good"), None))
        else:
            parts.append(hbox(chip(_("Nothing stands in the way of filing"), "good"), None))
        for order in course.orders:
            parts += [rule(), *self._order(order)]
        fill(self._gaps, parts)
        may = self._page.may("procedure.order_filing")
        self.order_form.setVisible(bool(course.wanting) and not filed and may.allowed)
        self.order_form.begin(may)

    def _open_item(self, one: ItemVerdict) -> Row:
        """What is missing and the article that asks for it, however long they are."""
        said = vbox(para(one.title, lead=1.5), para(one.ground.article, "small", "ink2", lead=1.5), gap=0)
        return Row(hbox(vbox(3, glyph("x-circle", "late", 18), None), (said, 1), gap=8, margins=(4, 2, 4, 2)),
                   f"{one.title}（{one.ground.article}）", lambda: self.item_wanted.emit(one.id))

    def _order(self, one: FilingOrderLine) -> list[object]:
        head = chip(_("filing with {n} gaps ordered").format(n=len(one.gaps)), "soon" if one.sound else "late")
        gaps = "；".join(f"{title}（{article}）" for _item, title, article in one.gaps)
        return [hbox(head, None), para(one.reason, lead=1.5), para(gaps, "small", "ink2", lead=1.5),
                text(f"{one.person} · {office_time(one.at, self._now)}", "small", "ink3", elide=True)]

    # 保管
    def _show_keeping(self, course: Course, filed: bool) -> None:
        empty(self._keep)
        years = course.retention_years
        words = _("not set yet") if years is None else _("for ever") if years == 0 else _("{n} years").format(n=years)
        parts: list[object] = [hbox(text(_("The file is kept"), "small", "ink3"), (text(words, "strong"), 1), gap=8)]
        longest = [one for one in course.answers.retention if one.permanent or one.unsafe]
        told: dict[tuple[str, bool], int] = {}
        for one in longest:  # recordings kept alike are told once
            told[(one.words, one.unsafe)] = told.get((one.words, one.unsafe), 0) + 1
        parts += [para(_("{n} recordings: {words}").format(n=number, words=words) if number > 1 else words, "small", "soon" if unsafe else "ink2",
                       lead=1.5) for (words, unsafe), number in list(told.items())[:3]]
        fill(self._keep, parts)
        closed = _("The folder is filed and closed to changes") if filed else ""
        self.retention.begin(years, _shut(self._page, "procedure.retention_set", closed))

    def _show_holds(self, course: Course) -> None:
        empty(self._holds)
        standing = [one for one in course.holds if one.ended_at is None]
        fill(self._holds, [part for one in reversed(course.holds) for part in self._hold(one)] or [text(_("none"), "body", "ink3")])
        self.hold_form.setVisible(self._page.may("procedure.hold").allowed)
        self.hold_form.begin(self._page.may("procedure.hold"))
        self.release_form.setVisible(bool(standing) and self._page.may("procedure.release").allowed)
        self.release_form.begin(self._page.may("procedure.release"))

    def _hold(self, one: ReasonLine) -> list[object]:
        head = chip(_("held"), "soon") if one.ended_at is None else chip(_("released"), "quiet")
        return [hbox(head, (text(one.reason, elide=True), 1), gap=8), text(f"{one.person} · {office_time(one.at, self._now)}", "small", "ink3")]


class _Shut:
    """A verdict of the archive, or what closes the thing for everybody."""

    def __init__(self, allowed: bool, reason: str) -> None:
        self.allowed, self.reason = allowed, reason


def _shut(page: Page, act: str, closed: str) -> _Shut:
    may = page.may(act)
    return _Shut(may.allowed and not closed, closed or may.reason)


