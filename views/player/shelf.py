"""What may be opened now: one line for each approved item, with its seconds and its end; or how to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QStackedWidget

from desktop.clock import moment
from desktop.i18n import _
from desktop.media.openable import OpenableLine
from desktop.media.spans import Span, spans_words
from models import timecode
from models.terms import Verb
from views.common import Cell, Column, Empty, Rows, Table, button, panel
from views.common.measures import span_words
from views.terms import office_time

ICONS = {"video": "video-camera", "audio": "file-audio", "photo": "image", "pdf": "file-pdf"}
SOON = 86400.0


class Shelf(QStackedWidget):
    """The list, or the empty place. `table.opened` and `table.chosen` tell a line."""

    def __init__(self, now: Callable[[], datetime], ask: Callable[[], object]) -> None:
        super().__init__()
        self._now = now
        columns = [
            Column(_("What was approved"), 0, self._title),
            Column(_("Seconds"), 236, lambda line: Cell(granted_words(line), _length(line))),
            Column(_("Approval"), 168, lambda line: Cell(line.number, _copies(line))),
            Column(_("Until"), 148, self._until),
        ]
        self.table = Table(Rows(columns), _("What may be opened now"))
        self.addWidget(panel(_("What may be opened now"), (self.table, 1)))
        cases = button(_("Choose in a case folder"), "primary", "archive", on=ask)
        told = _("Choose recordings or papers in a case folder and ask for them. Once the leader has approved, they are here.")
        self.nothing = Empty("monitor-play", _("There is nothing to open now"), told, cases)
        self.addWidget(self.nothing)

    def show_lines(self, lines: list[OpenableLine]) -> None:
        model = self.table.model()
        assert isinstance(model, Rows)
        here = self.table.row()
        model.show_rows(lines)
        self.setCurrentIndex(0 if lines else 1)
        if lines:
            same = [n for n, line in enumerate(lines) if here is not None and (line.component, line.grant) == (here.component, here.grant)]
            self.table.choose(same[0] if same else 0)

    def _title(self, line: OpenableLine) -> Cell:
        return Cell(line.title, line.case_number or _("not in a case folder"), icon=ICONS.get(line.kind, "file"))

    def _until(self, line: OpenableLine) -> Cell:
        left = (moment(line.until) - self._now()).total_seconds()
        return Cell(office_time(line.until, self._now()), _("{span} left").format(span=span_words(left)), ink="soon" if left < SOON else "ink")


def granted_words(line: OpenableLine) -> str:
    """0:00:30–0:02:30, how many where there are several, or that it is the whole."""
    if len(line.spans) == 1:
        start, end = line.spans[0]
        return f"{timecode.text(start, 0)}–{timecode.text(end, 0)}"
    if line.spans:
        return _("{n} spans").format(n=len(line.spans))
    return _("the whole")


def _length(line: OpenableLine) -> str:
    if line.spans:
        return spans_words(Span(s, e) for s, e in line.spans)
    return timecode.text(line.duration_us, 0) if line.duration_us else ""


def _copies(line: OpenableLine) -> str:
    if line.verb is not Verb.COPY:
        return _("view only")
    return _("{n} copies left").format(n=line.copies_left)
