"""One required item opened: the article word for word, what is wanting, the papers that answer it, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _, sentence
from desktop.policy.verdicts import Ground, ItemVerdict, OrderAlarm, Standing
from views.cases.order_sides import Side
from views.cases.reading import Course
from views.cases.side_form import ReasonField
from views.cases.verdict_rows import cited, standing_words
from views.common import Row, button, chip, glyph, hbox, para, quote, rule, scroll, text, vbox
from views.common.layout import content, empty, fill
from views.common.page import Page

_OPEN = (Standing.MISSING, Standing.INCOMPLETE, Standing.UNANSWERED)


class ItemView(QWidget):
    """`confirm` asks for the form of a paper, `waive` and `unwaive` tell item and reason, `jump` a record or an activity, `ask` the questions."""

    confirm = Signal(object)
    waive = Signal(str, str)
    unwaive = Signal(str, str)
    jump = Signal(str)
    ask = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.item: ItemVerdict | None = None
        self._inner = vbox(gap=8, margins=(0, 0, 14, 0))
        self.place = scroll(content(self._inner), _("What is asked and what is there"))
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reason = ReasonField(_("Why it does not apply"))
        self.refusal = para("", "small", "late", lead=1.5)
        self.paper = button(_("Confirm a paper"), "", "check", "Ctrl+Return", on=lambda: self.confirm.emit(self.item))
        self.not_applicable = button(_("Not applicable"), "", "minus-circle", on=self._not_applicable)
        self.why_not = para("", "small", "ink3", lead=1.5)
        self.buttons = content(hbox((self.paper, 1), (self.not_applicable, 1), gap=8))
        self.setLayout(vbox((self.place, 1), self.reason, self.refusal, self.why_not, self.buttons, gap=8))

    def show_item(self, item: ItemVerdict, course: Course, filed: bool) -> None:
        """Open an item."""
        self.item = item
        kind, words = standing_words(item.standing)
        parts: list[object] = [para(item.title, "strong", lead=1.5), hbox(chip(words, kind), None, gap=6)]
        parts += ground_parts(item.ground)
        if item.questions and item.standing is Standing.UNANSWERED:
            parts += [button(_("Answer the questions it waits for"), "", "question", on=self.ask.emit)]
        if item.wanting:
            parts += [text(_("What is wanting"), "small", "ink3"), *(_point(words) for words in item.wanting)]
        if item.id in course.ordered and item.open:
            parts.append(para(_("The leader ordered that the case be filed without it; it stays visible."), "small", "soon", lead=1.5))
        parts += self._papers(item, course)
        if item.standing is Standing.WAIVED:
            parts += [text(_("Reason why it does not apply"), "small", "ink3"), para(item.waiver, lead=1.5)]
        self._fill(parts)
        self._allow(item, filed)

    def show_alarm(self, alarm: OrderAlarm, both: Sequence[Side]) -> None:
        """Open a thing out of order: both sides, to go to."""
        self.item = None
        parts: list[object] = [para(alarm.words, "strong", lead=1.5)]
        if alarm.suspected:
            parts.append(para(_("Suspected: the law knows exceptions that only a person can see."), "small", "soon", lead=1.5))
        parts += [*ground_parts(alarm.ground), text(_("Both sides"), "small", "ink3")]
        for side in both:
            to = f"record:{side.record}" if side.record is not None else f"activity:{side.activity}" if side.activity is not None else ""
            parts.append(self._way(to, side.words, "arrow-u-up-left") if to else para(side.words, lead=1.5))
        self._fill(parts)
        for one in (self.reason, self.refusal, self.why_not, self.buttons):
            one.hide()

    def show_silence(self, title: str, words: str) -> None:
        """What the regulation leaves open."""
        self.item = None
        self._fill([para(title, "strong", lead=1.5), para(words, lead=1.5)])
        for one in (self.reason, self.refusal, self.why_not, self.buttons):
            one.hide()

    def refuse(self, words: str) -> None:
        """Why it was not done, in its place."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def _fill(self, parts: list[object]) -> None:
        empty(self._inner)
        fill(self._inner, [*parts, None])
        self.place.verticalScrollBar().setValue(0)

    def _papers(self, item: ItemVerdict, course: Course) -> list[object]:
        found = [paper for record in item.papers if (paper := course.paper(record)) is not None]
        if not found:
            return []
        return [rule(), text(_("Papers that answer it"), "small", "ink3"),
                *(self._way(f"record:{one.record}", one.title, "file-text") for one in found)]

    def _way(self, to: str, words: str, icon: str) -> Row:
        return Row(hbox(glyph(icon, "accent"), (text(words, ink="accent", elide=True), 1), gap=8, margins=(4, 4, 4, 4)), words,
                   lambda: self.jump.emit(to))

    def _allow(self, item: ItemVerdict, filed: bool) -> None:
        self.buttons.show()
        self.reason.hide()
        self.reason.begin()
        self.refuse("")
        closed = _("The folder is filed and closed to changes") if filed else ""
        may = self._page.may("procedure.paper_confirm")
        self.paper.allow(may.allowed and not closed, closed or may.reason)
        waived = item.standing is Standing.WAIVED
        icon, words = ("arrow-counter-clockwise", _("Take it back")) if waived else ("minus-circle", _("Not applicable"))
        self.not_applicable.say(words, icon)
        may = self._page.may("procedure.unwaive" if waived else "procedure.waive")
        never = "" if item.waivable or waived else sentence("procedure.not_waivable", title=item.title, article=item.ground.article)
        possible = waived or item.standing in _OPEN
        self.not_applicable.setVisible(possible)
        self.not_applicable.allow(may.allowed and not closed and not never, closed or never or may.reason)
        shown = (closed or never) if possible else ""
        self.why_not.setText(shown)
        self.why_not.setVisible(bool(shown))

    def _not_applicable(self) -> None:
        """First the field for the reason, then, with one, the act."""
        assert self.item is not None
        if self.reason.isHidden():
            self.reason.caption.setText(_("Why it is taken back") if self.item.standing is Standing.WAIVED else _("Why it does not apply"))
            self.reason.show()
            self.reason.area.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.reason.sound():
            told = self.unwaive if self.item.standing is Standing.WAIVED else self.waive
            told.emit(self.item.id, self.reason.words)


def ground_parts(ground: Ground | None) -> list[object]:
    """An article as cited, its words in Song, and what is to be said of its source."""
    if ground is None:
        return []
    out: list[object] = [para(cited(ground), "small", "ink2", lead=1.5), quote(f"“{ground.text}”")]
    if ground.note:
        out.append(para(ground.note, "small", "ink3", lead=1.5))
    return out


def _point(words: str) -> object:
    return hbox(vbox(2, glyph("x-circle", "late", 16), None), (para(words, "body", lead=1.5), 1), gap=6)
