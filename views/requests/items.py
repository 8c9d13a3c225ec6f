"""One thing asked for: the whole of it, or some spans of a recording, checked against its length."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.approvals import Asked, AskedLine
from desktop.i18n import _
from desktop.media.spans import duration_words
from desktop.record_lines import ComponentLine, RecordLine
from models import timecode
from views.common import Edit, badge, button, edit, field, glyph, hbox, segmented, text, tool, vbox
from views.common.inputs import Field
from views.common.layout import content, frame
from views.terms import MEDIUM_ICONS

Span = tuple[int, int]


def read_time(written: str) -> int:
    """Microseconds of `0:02:30`, `2:30` or `150` (seconds). Raises ValueError for what is no time."""
    written = written.strip().replace("：", ":")
    return int(written) * timecode.SECOND if written.isdecimal() else timecode.parse(written)


class SpanLine(QWidget):
    """From – to, each h:mm:ss."""

    changed = Signal()

    def __init__(self, number: int, duration_us: int) -> None:
        super().__init__()
        self._duration = duration_us
        self.start = edit("", "0:00:30", name=_("Span begins at"))
        self.end = edit("", "0:02:30", name=_("Span ends at"))
        self.take = tool("trash", _("Take this span away"))
        pair = content(hbox((self.start, 1), text("–", "body", "ink3"), (self.end, 1), self.take, gap=8))
        self.field: Field = field(_("Span {n}").format(n=number), pair)
        self.field.caption.setBuddy(self.start)
        for one in (self.start, self.end):
            one.editingFinished.connect(self.check)
            one.textChanged.connect(lambda _t: self.changed.emit())
        self.setLayout(vbox(self.field, gap=0))

    def span(self) -> Span | None:
        """The span as it is written, or None while it is none."""
        try:
            start, end = read_time(self.start.text()), read_time(self.end.text())
        except ValueError:
            return None
        return (start, end) if 0 <= start < end <= self._duration else None

    def check(self) -> bool:
        """Say what is wrong with it, if anything; whole seconds are written in full."""
        read = []
        for one in (self.start, self.end):
            try:
                read.append(read_time(one.text()))
                one.setText(timecode.text(read[-1], 0 if read[-1] % timecode.SECOND == 0 else 3))
            except ValueError:
                if one.text().strip():
                    return self._bad(_("Please write times like 0:02:30"))
        if len(read) < 2:
            return self._bad(_("Please write from when to when")) if not (self.start.hasFocus() or self.end.hasFocus()) else False
        if read[1] > self._duration:
            return self._bad(_("The recording ends at {end}").format(end=timecode.text(self._duration, 0)))
        if read[0] >= read[1]:
            return self._bad(_("The end must come after the beginning"))
        self.field.tell("good", duration_words(read[1] - read[0]))
        return True

    def _bad(self, words: str) -> bool:
        self.field.tell("bad", words)
        return False


class Item(QWidget):
    """One component asked for. Papers and photos are asked for as a whole; recordings may be cut down to spans."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, record: RecordLine, component: ComponentLine) -> None:
        super().__init__()
        self.record, self.component = record, component
        self.duration = component.duration_us if component.kind in ("video", "audio") else None
        self.lines: list[SpanLine] = []
        tags = [badge(name) for name in record.label.names]
        drop = tool("x", _("Do not ask for {title}").format(title=record.title), on=self.dropped.emit)
        where = " · ".join(filter(None, [component.name, record.made_on or "", timecode.text(self.duration, 0) if self.duration else ""]))
        head = hbox(glyph(MEDIUM_ICONS[record.medium]), (vbox(text(record.title, "body", elide=True), text(where, "small", "ink3", elide=True),
                                                              gap=0), 1), *tags, drop, gap=10)
        self._spans: QVBoxLayout = vbox(gap=8)
        parts: list[object] = [head]
        if self.duration:
            self.whole = segmented([_("The whole"), _("Only some spans")], 0, _("How much of {title}").format(title=record.title), self._choose)
            self.more = button(_("Another span"), "quiet", "plus", on=self.add)
            self.part = content(vbox(self._spans, hbox(self.more, None), gap=4))
            self.part.hide()
            parts += [hbox(30, self.whole, None), hbox(30, (self.part, 1))]
        self.setLayout(vbox(frame(vbox(*parts, gap=8, margins=(12, 10, 8, 10)), "sunken", record.title), gap=0))

    def _choose(self, number: int) -> None:
        self.part.setVisible(number == 1)
        if number == 1 and not self.lines:
            self.add()
        self.changed.emit()

    def add(self) -> None:
        """One more span; one stands in it."""
        assert self.duration
        line = SpanLine(len(self.lines) + 1, self.duration)
        line.changed.connect(self.changed)
        line.take.clicked.connect(lambda *_a: self._take(line))
        self.lines.append(line)
        self._spans.addWidget(line)
        line.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take(self, line: SpanLine) -> None:
        self.lines.remove(line)
        self._spans.removeWidget(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self.whole.choose(0)
            self.part.hide()
        self.changed.emit()

    @property
    def cut(self) -> bool:
        """Whether only spans are asked for."""
        return bool(self.duration) and self.whole.chosen == 1

    def spans(self) -> tuple[Span, ...]:
        """The spans that are well written, earliest first; none means the whole."""
        return tuple(sorted(s for line in self.lines if (s := line.span()))) if self.cut else ()

    def fault(self) -> Edit | None:
        """The first field that keeps it from being asked for, with its words below it."""
        if not self.cut:
            return None
        for line in self.lines:
            if line.span() is None:
                line.check()
                return line.start
        ordered = sorted(self.lines, key=lambda one: one.span() or (0, 0))
        for before, after in itertools.pairwise(ordered):
            first, second = before.span(), after.span()
            if first and second and second[0] < first[1]:
                after.field.tell("bad", _("This overlaps another span"))
                return after.start
        return None

    def asked(self) -> Asked:
        return Asked(self.component.id, self.spans())

    def line(self) -> AskedLine:
        """As the sentence wants it."""
        one = self.component
        return AskedLine(one.id, self.record.title, one.name, one.kind, self.record.label, self.duration, self.spans())


__all__ = ["Item", "SpanLine", "read_time"]
