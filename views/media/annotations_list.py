"""The list of marks: choose one to go there, add, change the words, remove with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.media.spans import Span, duration_words
from desktop.media.viewing import Mark, MarkKind, Viewing
from models import timecode
from views.common import Banner, Cell, Column, Combo, Edit, Rows, Table, button, field, frame, hbox, panel, para, text, tool, vbox
from views.media.key_points import KeyPointsStrip
from views.theme import THEME, follow

_INKS = {"interruption": "late", "privacy": "privacy"}


def at_once(job: Callable[[], Any], done: Callable[[Any], object], refused: Callable[[Exception], object]) -> None:
    """Do a job here and now: where no worker is given."""
    try:
        result = job()
    except Refusal as refusal:
        refused(refusal)
        return
    done(result)


class AnnotationsList(QWidget):
    """Marks in the order of time. `jump` tells the microsecond to go to, `changed` the marks after any change.

    `lane(job, done, refused)` does what writes to the archive; a page gives a worker, so that the window never waits for a
    deposit's transaction.
    """

    jump = Signal(object)
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lane = at_once
        self._viewing: Viewing | None = None
        self.marks: list[Mark] = []
        self._kinds: dict[str, MarkKind] = {}
        self._adding: tuple[int, int | None] | None = None
        self._editing: Mark | None = None
        self._removing = False
        self.table = Table(Rows(self._columns()), _("Marks"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda mark: self.jump.emit(mark.start_us))
        self.banner = Banner()
        self._build_detail()
        self._build_form()
        self.points = KeyPointsStrip()
        self.points.jump.connect(self.jump)
        self.panel = panel(_("Marks"), self.points, self.banner, (self.table, 1), self.detail, self.form, gap=8)
        self.setLayout(vbox(self.panel, gap=0))
        follow(self, self._restyle)

    def show_marks(self, viewing: Viewing) -> None:
        """The marks of a recording, and whether one may add to them."""
        self._viewing, self.marks = viewing, sorted(viewing.marks, key=lambda m: (m.start_us, m.ident))
        self._kinds = {kind.code: kind for kind in viewing.mark_kinds}
        self.kind.offer([(kind.words, kind.code) for kind in viewing.mark_kinds if kind.offered])
        self.points.show_points(viewing.points)
        self.edit_button.setVisible(viewing.on_edit is not None)
        self.remove_button.setVisible(viewing.on_remove is not None)
        self._close_form()
        self._fill()

    @property
    def may_add(self) -> bool:
        return self._viewing is not None and self._viewing.on_add is not None

    def begin_mark(self, start_us: int, end_us: int | None) -> None:
        """Ask for the kind and the words of a new mark on this moment or span."""
        if not self.may_add:
            return
        self._adding, self._editing, self._removing = (start_us, end_us), None, False
        self._open_form(_span_words(start_us, end_us), "", _("Add mark"))
        self.kind.setVisible(True)
        if self.points.missing:  # what is still to be proven is offered first
            self.kind.choose(self.points.missing[0])
        self.kind.setFocus()

    def choose(self, mark: Mark) -> None:
        """Stand on this mark."""
        for row, one in enumerate(self.marks):
            if one.ident == mark.ident:
                self.table.choose(row)

    def neighbour(self, us: int, forward: bool) -> Mark | None:
        """The next mark after this moment, or the last before it."""
        if forward:
            return next((m for m in self.marks if m.start_us > us), None)
        return next((m for m in reversed(self.marks) if m.start_us < us), None)

    def _columns(self) -> list[Column]:
        return [Column(_("Key content"), 0, self._head), Column(_("From and to"), 104, self._times, right=True)]

    def _head(self, mark: Mark) -> Cell:
        kind = self._kinds.get(mark.kind)
        return Cell(kind.words if kind else mark.kind, mark.text, kind.icon if kind else "push-pin", ink=_INKS.get(mark.kind, "ink"))

    @staticmethod
    def _times(mark: Mark) -> Cell:
        return Cell(timecode.text(mark.start_us, 0), timecode.text(mark.end_us, 0) if mark.end_us is not None else "")

    def _build_detail(self) -> None:
        self.name, self.when = text("", "strong", elide=True), text("", "body", "ink2")
        self.words, self.by = para(""), text("", "small", "ink3", elide=True)
        self.edit_button = tool("pencil-simple", _("Change the words"), on=self._begin_edit)
        self.remove_button = tool("trash", _("Remove this mark"), on=self._begin_remove)
        go = tool("crosshair-simple", _("Go to this picture"), on=lambda: self._current_jump())
        head = hbox((self.name, 1), go, self.edit_button, self.remove_button, gap=4)
        self.detail = frame(vbox(head, self.when, self.words, self.by, gap=2, margins=(12, 4, 4, 8)), "sunken", _("Chosen mark"))
        self.detail.hide()

    def _build_form(self) -> None:
        self.asked = text("", "small", "ink2")
        self.kind = Combo((), _("Kind of mark"))
        self.entry = Edit(name=_("Words of the mark"))
        self.entry.returnPressed.connect(self._commit)
        self.commit = button(_("Add mark"), "", "check", on=self._commit)
        self.leave = button(_("Cancel"), "quiet", on=self._close_form)
        self.entry_field = field(_("Words of the mark"), self.entry)
        rows = vbox(self.asked, self.kind, self.entry_field, hbox(None, self.leave, self.commit), gap=8, margins=(12, 8, 12, 12))
        self.form = frame(rows, "sunken", _("New mark"))
        self.form.hide()

    def _fill(self) -> None:
        model = self.table.model()
        assert isinstance(model, Rows)
        model.show_rows(self.marks)
        self.panel.rename(_("Marks {count}").format(count=len(self.marks)))
        self.points.count_marks(self.marks)
        self.detail.hide()
        self.changed.emit(tuple(self.marks))

    def _chose(self, mark: Mark) -> None:
        kind = self._kinds.get(mark.kind)
        self.name.setText(kind.words if kind else mark.kind)
        self.when.setText(_span_words(mark.start_us, mark.end_us))
        self.words.setText(mark.text)
        self.words.setVisible(bool(mark.text))
        self.by.setText(" · ".join(filter(None, (mark.person, mark.at[:16].replace("T", " ")))))
        self.detail.setVisible(not self.form.isVisible())

    def _current_jump(self) -> None:
        mark = self.table.row()
        if mark is not None:
            self.jump.emit(mark.start_us)

    def _begin_edit(self) -> None:
        mark = self.table.row()
        if mark is not None:
            self._adding, self._editing, self._removing = None, mark, False
            self._open_form(_span_words(mark.start_us, mark.end_us), mark.text, _("Change"))

    def _begin_remove(self) -> None:
        mark = self.table.row()
        if mark is not None:
            self._adding, self._editing, self._removing = None, mark, True
            self._open_form(_("Why this mark is removed; it stays in the ledger"), "", _("Remove mark"))

    def _open_form(self, asked: str, words: str, verb: str) -> None:
        self.asked.setText(asked)
        self.entry.setText(words)
        self.commit.say(verb)
        self.kind.setVisible(False)
        self.detail.hide()
        self.form.show()
        self.banner.clear()
        self.entry.setFocus()

    def _close_form(self) -> None:
        self._adding, self._editing, self._removing = None, None, False
        self.form.hide()
        self.banner.clear()

    def _commit(self) -> None:
        viewing, words = self._viewing, self.entry.text().strip()
        assert viewing is not None
        if self._removing and not words:
            self.entry_field.tell("bad", _("Write the reason first"))
            return
        write = self._writing(viewing, words)

        def written(after: Callable[[list[Mark]], list[Mark]]) -> None:
            if self._viewing is viewing:
                self.marks = sorted(after(self.marks), key=lambda m: (m.start_us, m.ident))
                self._close_form()
                self._fill()
            self.commit.allow(True)

        def refused(error: Exception) -> None:
            self.commit.allow(True)
            self.banner.say("refused", str(error))

        self.commit.allow(False, _("Writing …"))
        self.lane(write, written, refused)

    def _writing(self, viewing: Viewing, words: str) -> Callable[[], Callable[[list[Mark]], list[Mark]]]:
        """What is to be written, as a job: it returns how the list changes by it."""
        adding, editing, removing, kind = self._adding, self._editing, self._removing, str(self.kind.value() or "")

        def write() -> Callable[[list[Mark]], list[Mark]]:
            if adding is not None and viewing.on_add is not None:
                made = viewing.on_add(*adding, kind, words)
                return lambda marks: [*marks, made]
            if editing is not None and removing and viewing.on_remove is not None:
                viewing.on_remove(editing.ident, words)
                return lambda marks: [m for m in marks if m.ident != editing.ident]
            if editing is not None and viewing.on_edit is not None:
                changed = viewing.on_edit(editing.ident, words)
                return lambda marks: [changed if m.ident == changed.ident else m for m in marks]
            return lambda marks: marks

        return write

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self._close_form()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setFixedWidth(THEME.px(336))


def _span_words(start_us: int, end_us: int | None) -> str:
    if end_us is None:
        return timecode.text(start_us)
    return f"{Span(start_us, end_us)} · {duration_words(end_us - start_us)}"

