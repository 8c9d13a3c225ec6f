"""Running jobs: the line at the foot, and the panel that opens over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.bridge import Bridge, Handle
from views.common.buttons import Button, button
from views.common.feedback import Bar
from views.common.focus import FocusRing
from views.common.layout import empty, frame, hbox, rule, vbox
from views.common.measures import left_words, progress_words
from views.common.text import glyph, text


def job_words(job: Handle) -> str:
    """How far a job is: 37 / 112 件; or how it ended."""
    ends = {"done": _("finished"), "cancelled": _("stopped"), "refused": _("did not succeed"), "failed": _("did not succeed")}
    if job.state in ends:
        return ends[job.state]
    if job.stopping:
        return _("stopping …")
    if job.state == "waiting":
        return _("waiting its turn")
    return progress_words(job.done, job.total, job.unit)


def stop_button(job: Handle) -> Button:
    """Asks the job to stop; what is finished stays."""
    return button(_("Stop"), "quiet", "x", hint=_("Stop “{job}”; what is finished stays").format(job=job.title), on=job.cancel)


class JobRow(QWidget):
    """One job in full: title, thin bar, count, time left, what it is at, and a way to stop it."""

    def __init__(self, job: Handle) -> None:
        super().__init__()
        self.job = job
        self._bar, self._count = Bar(job.share), text("", "small", "ink2")
        self._left, self._note = text("", "small", "ink2"), text("", "small", "ink3", elide=True)
        self.stop = stop_button(job)
        self.stop.setProperty("mini", True)
        head = hbox((text(job.title, "strong", elide=True), 1), self.stop, gap=8)
        self.setLayout(vbox(head, self._bar, hbox(self._count, None, self._left), self._note, gap=4))
        job.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._bar.fill(self.job.share)
        self._count.setText(job_words(self.job))
        going = self.job.state in ("waiting", "running") and not self.job.stopping
        self._left.setText(left_words(self.job.left) if going else "")
        self._note.setText(self.job.note)
        self.stop.setEnabled(going)
        self.setAccessibleName(f"{self.job.title}，{job_words(self.job)}")


class JobsPanel(QWidget):
    """All jobs, over the foot; Esc or a click elsewhere closes it."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # or the corners would be square
        self.setAccessibleName(_("Running jobs"))
        self._bridge = bridge
        self._rows = vbox(gap=12)
        body = vbox(text(_("Running jobs"), "heading"), self._rows, gap=12, margins=(16, 12, 16, 16))
        self.setLayout(vbox(frame(body, "dialog"), gap=0))
        self.setFixedWidth(400)
        self.ring = FocusRing(self)

    def open_over(self, place: QWidget) -> None:
        """Show the jobs of now above a widget."""
        empty(self._rows)
        shown = [j for j in self._bridge.running if j.title]
        for i, job in enumerate(shown):
            if i:
                self._rows.addWidget(rule())
            self._rows.addWidget(JobRow(job))
        if not shown:
            self._rows.addWidget(text(_("Nothing is running"), "body", "ink2"))
        self.adjustSize()
        self.move(place.mapToGlobal(QPoint(0, 0)) - QPoint(0, self.height() + 4))
        self.show()


class JobLine(QWidget):
    """The job of the moment at the foot: words, thin bar, time left, 停止; pressing the words opens the panel."""

    opened = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._job: Handle | None = None
        self._mark = glyph("check", "ink3", 16)
        self.words = button("", "quiet", on=self._open)
        self.words.setProperty("foot", True)
        self._bar, self._left = Bar(width=96), text("", "small", "ink2")
        self.stop = button(_("Stop"), "quiet", "x", on=self._stop)
        self.stop.setProperty("foot", True)
        self.panel = JobsPanel(bridge, self)
        self.setLayout(hbox(self._mark, self.words, self._bar, self._left, self.stop, gap=6))
        bridge.started.connect(self._changed)
        bridge.ended.connect(self._changed)
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 28)

    def _changed(self, _handle: Handle | None = None) -> None:
        jobs = [j for j in self._bridge.running if j.title]
        job = next((j for j in jobs if j.state == "running"), jobs[0] if jobs else None)
        if job is not self._job:
            if self._job is not None:
                self._job.changed.disconnect(self._show)
            self._job = job
            if job is not None:
                job.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        job = self._job
        for part in (self._bar, self._left, self.stop):
            part.setVisible(job is not None)
        self.words.setEnabled(job is not None)
        if job is None:
            self._mark.show_icon("check", "ink3")
            self.words.say(_("Nothing is running"))
            return
        more = sum(1 for j in self._bridge.running if j.title) - 1
        others = _(" and {n} more").format(n=more) if more > 0 else ""
        self._mark.show_icon("hourglass-medium", "ink2")
        self.words.say(f"{job.title} {job_words(job)}{others}")
        self._bar.fill(job.share)
        self._left.setText("" if job.stopping else left_words(job.left))
        self.stop.setEnabled(not job.stopping)

    def _open(self) -> None:
        self.panel.open_over(self)
        self.opened.emit()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


