"""A recorder's logs (设备日志): those that it has, and those that came with deposits and wait for somebody to say whose they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.procedure.forms import RecorderLine, RecorderLogLine, WaitingLogLine
from desktop.procedure.recorder_logs import import_log
from desktop.procedure.times import read_moment
from views.common import Cell, Column, Rows, Table, button, hbox, para, vbox

if TYPE_CHECKING:
    from views.rulebook.recorders import RecordersSection

Log = RecorderLogLine | WaitingLogLine


class RecorderLogs(QWidget):
    """The list of one recorder's logs, and the two ways to bring one in."""

    def __init__(self, section: RecordersSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.line: RecorderLine | None = None
        self.model = Rows([
            Column(_("Log"), 0, lambda one: Cell(one.name, one.layout)),
            Column(_("From – to, by its own clock"), 168, lambda one: Cell(*_span(one))),
            Column(_("Events"), 84, _events, right=True),
        ])
        self.table = Table(self.model, _("Logs of the recorder"))
        self.table.setMinimumHeight(96)
        self.table.chosen.connect(lambda _one: self._allow())
        self.table.opened.connect(lambda _one: self.link_chosen())
        self.none = para(_("No log is held. A log tells when the recorder went off, and which recordings it made."), "small", "ink2", lead=1.5)
        self.bring = button(_("Import a log …"), "", "download-simple", on=self.choose)
        self.link = button(_("It is of this recorder"), "", "link", on=self.link_chosen)
        self.setLayout(vbox(self.none, (self.table, 1), hbox(None, self.link, self.bring, gap=8), gap=8))

    def read(self, line: RecorderLine) -> None:
        """Show the logs of this recorder."""
        room = self.page.archive.procedure

        def logs(_progress: Progress) -> list[Log]:
            return [*room.logs_waiting(), *room.recorder_logs(line.id)]

        self.page.run(logs, lambda found: self._fill(line, found), lane="reads")

    def _fill(self, line: RecorderLine, logs: list[Log]) -> None:
        if self.section.shown is not line:
            return  # one stands on another by now
        self.line = line
        self.model.show_rows(logs)
        self.none.setVisible(not logs)
        self.table.setVisible(bool(logs))
        if logs:
            self.table.choose(0)
        self._allow()

    def _allow(self) -> None:
        verdict, waits = self.page.may("recorders.log_link"), isinstance(self.table.row(), WaitingLogLine)
        for one in (self.bring, self.link):
            one.heed(verdict)
        self.link.setVisible(any(isinstance(row, WaitingLogLine) for row in self.model.rows))
        self.link.allow(verdict.allowed and waits, verdict.reason or _("Choose a log that belongs to no recorder yet"))

    def choose(self) -> None:
        """Choose a log's file."""
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ReadOnly
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the log of the recorder"), str(Path.home()), "*.csv *.log *.txt", options=options)
        if chosen:
            self.load(Path(chosen))

    def load(self, path: Path) -> None:
        """Take a log in; a mistake is told with its line, and nothing is kept then."""
        line, archive = self.line, self.page.archive
        if line is not None:
            self.page.run(lambda progress: import_log(archive, line.id, bytes(path), progress), self._taken, title=_("Import of a recorder’s log"))

    def link_chosen(self) -> None:
        """Say that the chosen log is of this recorder."""
        row, line, room = self.table.row(), self.line, self.page.archive.procedure
        if isinstance(row, WaitingLogLine) and line is not None and self.link.isEnabled():
            self.page.run(lambda _p: room.log_link(line.id, row.component), self._taken)

    def _taken(self, events: Any) -> None:
        assert self.line is not None
        self.page.say("good", _("The log of {number} is in: {n} events").format(number=self.line.draft.number, n=events),
                      _("It is used on the coverage of every case that this recorder recorded for."))
        self.page.reread()


def _span(one: Log) -> tuple[str, str]:
    first, last = read_moment(one.first), read_moment(one.last)
    return _moment(first), _moment(last)


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else "–"


def _events(one: Log) -> Cell:
    return Cell(str(one.count)) if isinstance(one, RecorderLogLine) else Cell(_("to link"), chip="soon")
