"""部分批准: which of the asked items are granted, and which seconds of each; never more than was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QFrame

from desktop.approvals import Asked, AskedLine, RequestLine
from desktop.i18n import _
from desktop.media.spans import Span, covers
from models import timecode
from views.approvals.digest import Sentence
from views.approvals.wording import PLAYED, consequence
from views.common import Check, Edit, Field, content, edit, empty, field, fill, frame, hbox, panel, scroll, text, vbox
from views.terms import spans_words


@dataclass
class _Row:
    item: AskedLine
    tick: Check
    spans: Edit | None
    field: Field | None


def read_spans(words: str) -> tuple[tuple[int, int], ...]:
    """Spans as people write them: `0:00:30–0:02:30；0:05:00-0:05:20`. Raises ValueError."""
    out = []
    for part in words.replace(";", "；").replace("，", "；").replace(",", "；").replace("、", "；").split("；"):
        if not part.strip():
            continue
        ends = part.replace("—", "–").replace("-", "–").replace("至", "–").replace("~", "–").split("–")
        if len(ends) != 2:
            raise ValueError(part)
        start, end = timecode.parse(ends[0]), timecode.parse(ends[1])
        if start >= end:
            raise ValueError(part)
        out.append((start, end))
    return tuple(out)


class Narrowing(QFrame):
    """A tick and the seconds for each item. `changed` is called when what would be granted is another."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._rows: list[_Row] = []
        self._list = vbox(gap=12)
        place = scroll(content(vbox(self._list, None, gap=0)), _("Items of the request"))
        place.setMinimumHeight(120)
        told = _("Untick what is not granted; shorten the seconds. Nothing can be added.")
        self.sentence = Sentence()
        self.said = frame(vbox(self.sentence, margins=(16, 8, 16, 8)), "accent", _("What follows from the approval"))
        self.setLayout(vbox(panel(_("Approve in part"), self.said, text(told, "small", "ink3", elide=True), (place, 1), gap=8), gap=0))
        self.setAccessibleName(_("Approve in part"))

    def show_line(self, line: RequestLine) -> None:
        """Everything ticked, as it was asked."""
        empty(self._list)
        self._rows = [self._row(item) for item in line.items]
        fill(self._list, [self._laid(row) for row in self._rows])

    def say(self, line: RequestLine | None, now: datetime) -> None:
        """The sentence for what is chosen now; None when nothing is."""
        self.sentence.setText(consequence(line, now) if line is not None else _("Nothing is chosen yet."))

    def first(self) -> Check:
        """Where the keyboard goes first."""
        return self._rows[0].tick

    def chosen(self) -> Sequence[Asked] | None:
        """What would be granted; None while something is not right, which then stands under its field."""
        out = []
        for row in self._rows:
            if not row.tick.isChecked():
                continue
            spans = self._spans(row)
            if spans is None:
                return None
            out.append(Asked(row.item.component, spans))
        return out

    def _row(self, item: AskedLine) -> _Row:
        tick = Check(item.title, True)
        tick.toggled.connect(lambda _on: self._changed())
        if item.kind not in PLAYED or not item.duration_us:
            return _Row(item, tick, None, None)
        spans = edit(spans_words(item.spans or ((0, item.duration_us),), None))
        row = _Row(item, tick, spans, None)
        hint = _("asked: {spans}").format(spans=spans_words(item.spans, item.duration_us))
        row.field = field(_("Seconds granted"), spans, hint, check=lambda: self._verdict(row))
        tick.toggled.connect(row.field.setVisible)
        spans.editingFinished.connect(self._changed)
        return row

    def _laid(self, row: _Row) -> QFrame:
        out = QFrame()
        parts = [row.tick] if row.field is None else [row.tick, hbox(28, (row.field, 1), gap=0)]
        out.setLayout(vbox(*parts, gap=4))
        out.setAccessibleName(row.item.title)
        return out

    def _verdict(self, row: _Row) -> tuple[str, str]:
        assert row.spans is not None
        try:
            spans = read_spans(row.spans.text())
        except ValueError:
            return "bad", _("Write it as 0:00:30–0:02:30, several with ； between")
        if not spans:
            return "bad", _("Untick the item if none of it is granted")
        asked = row.item.spans or ((0, row.item.duration_us or 0),)
        inside = [Span(s, e) for s, e in asked]
        if not all(covers(inside, Span(s, e)) for s, e in spans):
            return "bad", _("This goes beyond what was asked")
        return "", ""

    def _spans(self, row: _Row) -> tuple[tuple[int, int], ...] | None:
        if row.spans is None or row.field is None:
            return row.item.spans
        state, words = self._verdict(row)
        row.field.tell(state, words)
        if state:
            return None
        spans = read_spans(row.spans.text())
        whole = not row.item.spans and spans == ((0, row.item.duration_us or 0),)
        return () if whole else spans
