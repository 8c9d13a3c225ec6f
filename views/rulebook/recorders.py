"""记录仪: the register, each recorder's clock against this desk's as it was read at docking, and a reading made now."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.procedure import ClockReadingLine, DockDraft, RecorderDraft, RecorderLine
from views.common import Cell, Column, Empty, Rows, Table, button, chip, content, edit, empty, field, fill, hbox, panel, para, vbox
from views.common.page import Page
from views.common.panels import Panel, pair
from views.rulebook.recorder_form import RecorderForm
from views.rulebook.recorder_logs import RecorderLogs
from views.rulebook.section import Faces, First, Section, tell_at
from views.rulebook.words import ahead_words
from views.terms import office_time

SIDE = 432
_TIME = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})\s+)?(\d{1,2})[:：](\d{2})[:：](\d{2})")
HALF_DAY = timedelta(hours=12)


class RecordersSection(Section):
    """A list, and beside it the recorder one stands on, or the form."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.shown: RecorderLine | None = None
        self.model = Rows([
            Column(_("Recorder and model"), 0,
                   lambda r: Cell(r.draft.number, r.draft.model, "video-camera", ink="ink" if r.draft.active else "ink3")),
            Column(_("Holder"), 148, lambda r: Cell(r.draft.holder or "–", r.draft.unit)),
            Column(_("Clock at the last reading"), 208, lambda r: Cell(ahead_words(r.ahead_ms) if r.ahead_ms is not None else _("not read yet"),
                                                                      self._when(r.read_at), ink="ink" if r.ahead_ms is not None else "ink3")),
            Column(_("State"), 112, lambda r: Cell(_("in service"), chip="good") if r.draft.active else Cell(_("out of service"), chip="quiet")),
        ])
        self.table = Table(self.model, _("Recorders"))
        self.table.setMinimumHeight(148)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _r: self.enter())
        self.nothing = Empty("video-camera", _("No recorder is registered"),
                             _("Register each recorder by the number on its label; its clock is then read whenever it is docked."))
        self.history = Rows([Column(_("Read"), 132, lambda one: Cell(self._when(one.desk_time), one.person)),
                             Column(_("Clock"), 0, lambda one: Cell(ahead_words(one.ahead_ms)))])
        self.readings = Table(self.history, _("Readings of its clock"))
        self.readings.setMinimumHeight(84)
        self.time = edit("", "10:48:05")
        self.time.returnPressed.connect(self.read_clock)
        self.time_field = field(_("Time shown on the recorder"), self.time,
                                _("Look at the recorder’s screen, write the time it will show in a moment, and press Enter when it does."))
        self.now = button(_("Read the clock now"), "", "clock", on=self.read_clock)
        self.edit_it = button(_("Edit …"), "quiet", "pencil-simple", on=lambda: self._open(self.shown))
        self.clock = para("", "body", "ink2")
        self._facts = vbox(gap=4)
        self.detail = panel(_("The recorder in the list"), content(self._facts), tail=(self.edit_it,))
        dial = panel(_("Its clock"), self.clock, self.time_field, hbox(None, self.now), (self.readings, 1))
        self.logs = RecorderLogs(self)
        self.log_panel = panel(_("Its logs"), (self.logs, 1))
        self.beside = content(vbox(self.detail, (dial, 1), gap=12))
        self.side = Faces(lambda: content(vbox((self.beside, 1), gap=0)), self._make_form)
        self.side.setFixedWidth(SIDE)
        register = panel(_("Register of recorders"), (self.nothing, 1), (self.table, 1))
        self.setLayout(hbox((content(vbox((register, 3), (self.log_panel, 2), gap=12)), 1), self.side, gap=16))

    def _make_form(self) -> Panel:
        self.form = RecorderForm(self)
        return panel(_("Register of recorders"), (self.form, 1))

    def read(self) -> None:
        room = self.page.archive.procedure

        def read(_progress: Any) -> list[RecorderLine]:
            found: list[RecorderLine] = room.recorders()
            return found

        self.page.run(read, self._fill, lane="reads")

    def _fill(self, lines: list[RecorderLine]) -> None:
        wanted = self.shown.id if self.shown is not None else 0
        self.model.show_rows(lines)
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.beside.setVisible(bool(lines))
        self.log_panel.setVisible(bool(lines))
        if lines:
            self.table.choose(next((n for n, one in enumerate(lines) if one.id == wanted), 0))

    def _when(self, stamp: str | None) -> str:
        return office_time(stamp, self.page.archive.clock.now()) if stamp else ""

    def _show(self, line: RecorderLine) -> None:
        if self.shown is None or self.shown.id != line.id:
            self.time.clear()
            self.time_field.tell("")
        self.shown = line
        room, ident = self.page.archive.procedure, line.id
        self.page.run(lambda _p: room.recorder_readings(ident), lambda found: self._detail(line, found), lane="reads")

    def _detail(self, line: RecorderLine, readings: list[ClockReadingLine]) -> None:
        if self.shown is not line:
            return  # one stands on another by now
        self.detail.rename(line.draft.number)
        self.log_panel.rename(_("Logs of {number}").format(number=line.draft.number))
        facts = [(_("Model"), line.draft.model), (_("Holder"), line.draft.holder), (_("Unit"), line.draft.unit), (_("Remark"), line.draft.note)]
        state = chip(_("in service"), "good") if line.draft.active else chip(_("out of service"), "quiet")
        empty(self._facts)
        fill(self._facts, [hbox(state, None), *[pair(name, words, 72) for name, words in facts if words]])
        self.edit_it.setVisible(self.page.may("recorders.edit").allowed)
        self.clock.setText(self._clock(line))
        reads = line.draft.active and self.page.may("recorders.docked").allowed
        self.time_field.setVisible(reads)
        self.now.setVisible(reads)
        self.history.show_rows(readings)
        self.readings.setVisible(bool(readings))
        self.logs.read(line)

    def _clock(self, line: RecorderLine) -> str:
        if line.ahead_ms is None:
            return _("Not read yet. The times of its recordings stand as the recorder wrote them.")
        return _("{ahead}, read {when}. The recorder’s own times stay beside the corrected ones.").format(
            ahead=ahead_words(line.ahead_ms), when=self._when(line.read_at))

    # What may be done
    def enter(self) -> None:
        """Into the reading of the clock."""
        if self.time_field.isVisible():
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> First | None:
        return None if self.side.number else First(_("Register a recorder"), "plus", "recorders.add")

    def begin(self) -> None:
        self._open(None)

    def _open(self, line: RecorderLine | None) -> None:
        self.side.turn(1)
        self.form.begin(line)
        self.changed.emit()

    def close_form(self) -> None:
        """Back to the list."""
        self.side.turn(0)
        self.changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept(self, draft: RecorderDraft) -> None:
        """The form was kept."""
        self.close_form()
        self.page.say("good", _("Recorder {number} is in the register").format(number=draft.number))
        self.page.reread()

    def read_clock(self) -> None:
        """Hold the time on the recorder's screen against this desk's clock, at this moment."""
        line, now = self.shown, self.page.archive.clock.now()
        at = read_time(self.time.text(), now)
        if line is None:
            return
        if at is None:
            self.time_field.tell("bad", _("Please write hours, minutes and seconds, like 10:48:05; with the day in front where it differs"))
            return
        room = self.page.archive.procedure
        self.page.run(lambda _p: room.docked(line.id, DockDraft(at)), lambda ahead: self._was_read(line, ahead),
                      lambda error: tell_at(self.time_field, self.page, error, "procedure.time_"))

    def _was_read(self, line: RecorderLine, ahead_ms: int) -> None:
        self.time.clear()
        self.time_field.tell("")
        self.page.say("good", _("{number}: {ahead}").format(number=line.draft.number, ahead=ahead_words(ahead_ms)),
                      _("Entered with the time of this desk."))
        self.page.reread()

    def step_back(self) -> bool:
        if self.side.number:
            self.close_form()
            return True
        if not self.table.hasFocus() and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False


def read_time(written: str, now: datetime) -> datetime | None:
    """The moment that a recorder shows, in the office's zone; without a day the one nearest to now. None for what is no time."""
    found = _TIME.fullmatch(written.strip())
    if found is None:
        return None
    here = now.astimezone(BEIJING)
    year, month, day, *clock = [int(part) if part else 0 for part in found.groups()]
    try:
        at = datetime(year or here.year, month or here.month, day or here.day, *clock, tzinfo=BEIJING)
    except ValueError:
        return None
    if not year and at - here > HALF_DAY:
        at -= 2 * HALF_DAY
    elif not year and here - at > HALF_DAY:
        at += 2 * HALF_DAY
    return at
