"""The page of deposits: choose, run, report, and the lists of what waits to be looked after."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from desktop.intake import DepositLine, DepositReport, deposit, resume
from desktop.intake.listing import Listed, list_files, shown_path
from desktop.intake.room import QuarantineLine
from desktop.jobs import Progress
from desktop.today import urgency
from desktop.tools.mounts import Mount, list_mounts
from models.terms import CaseId, DepositId, RecordId, Stage
from views.bridge import Handle
from views.common import button, frame, hbox, page_head, segmented, vbox
from views.common.dialogs import ask_reason
from views.common.layout import reframe
from views.common.page import Page
from views.common.text import figures
from views.deposit.choosing import Choose, Ready, add_part, intake_panel
from views.deposit.lists import Past, Quarantine, Unlinked
from views.deposit.running import Live, Report, Running, Steps
from views.deposit.sources import ask, dropped
from views.deposit.words import count_words, resumable
from views.theme import THEME

LOOK_FOR_MOUNTS = 3000  # ms between two looks for a recorder that was plugged in
MARK = "deposit"  # on the job, so that other pages can tell that it runs
Board = tuple[list[Any], list[QuarantineLine], list[DepositLine]]
Part = Choose | Ready | Running | Report
L = TypeVar("L", Quarantine, Past)


def depositing(running: Sequence[Handle]) -> bool:
    """Whether a deposit is among the jobs that run or wait."""
    return any(isinstance(job.property(MARK), Live) for job in running)


class DepositPage(Page):
    """F2 from anywhere. `opened(tab="quarantine")` shows a list, `opened(go_on=id)` lets a stopped deposit go on."""

    name, icon, act = "deposit", "tray-arrow-down", "intake.begin"
    listens_to = frozenset({"intake.", "records.", "cases.", "session."})
    key = "F2"

    @classmethod
    def title(cls) -> str:
        return _("Deposit")

    def build(self) -> Iterator[None]:
        self.sources: list[bytes] = []
        self.live: Live | None = None
        self._cut_off = False
        self._listing: Handle | None = None
        self.begin = button(_("Begin deposit"), "primary", "tray-arrow-down", "Ctrl+Return", on=self.start)
        self.head = page_head(self.title(), self.begin)
        self.head.layout().addStrut(THEME.metric("control"))  # type: ignore[union-attr]  # it has one; the head stays where it is when the button goes
        self.choose = Choose(self.choose_folder, self.choose_files, self._take_mount)
        self.shown: Part = self.choose
        self.panel = intake_panel(self.choose)
        self.choose.allow(True, "")
        yield
        self._lists()
        yield
        self.lay(self.head, self.panel, (self.shelf, 1))
        self.setAcceptDrops(True)
        self._mounts = QTimer(self)
        self._mounts.setInterval(LOOK_FOR_MOUNTS)
        self._mounts.timeout.connect(self._look_for_mounts)
        self._show(self.choose)
        self._find_running()

    # The other parts of the panel and the hidden lists are made when they are first wanted: all at once would hold the window.
    @functools.cached_property
    def ready(self) -> Ready:
        """Before a deposit."""
        out = add_part(self.panel, Ready(self.archive, self.bridge, self.forget, self._stop_listing))
        out.changed.connect(self._heed)
        return out

    @functools.cached_property
    def running(self) -> Running:
        """While it runs."""
        return add_part(self.panel, Running(self.stop))

    @functools.cached_property
    def report(self) -> Report:
        """At its end."""
        return add_part(self.panel, Report(self.go_on, self._see_quarantine, self.forget))

    @functools.cached_property
    def quarantine(self) -> Quarantine:
        """The second list."""
        return self._filled(1, Quarantine(self.archive, self.release))

    @functools.cached_property
    def past(self) -> Past:
        """The third list."""
        return self._filled(2, Past(self.archive, self._failures, lambda line: self.go_on(line.id)))

    def _find_running(self) -> None:
        """The page may be made while a deposit runs: when the language is switched, for one."""
        for job in self.bridge.running:
            live = job.property(MARK)
            if isinstance(live, Live):
                self.live = live
                self.running.watch(live)
                self._show(self.running)
                job.ended.connect(self._ended_elsewhere)

    def _ended_elsewhere(self) -> None:
        self.live = None
        self._show(self.choose)
        self.show_tab(2)
        self.reread()

    def _lists(self) -> None:
        self.unlinked = Unlinked(self.archive, self.bridge, self.link)
        self.tabs = segmented(self._tab_words(), 0, _("Lists"), on=self.show_tab)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.unlinked)
        self._board: Board | None = None
        self.shelf = frame(vbox(hbox(self.tabs, None), (self.stack, 1), gap=12, margins=(16, 12, 16, 12)), "plain", _("Lists"))
        self.shelf.setMinimumHeight(320)

    @staticmethod
    def _tab_words(unlinked: int = 0, quarantine: int = 0) -> list[str]:
        return [_("Unlinked {n}").format(n=figures(unlinked)), _("Quarantine {n}").format(n=figures(quarantine)), _("Earlier deposits")]

    # Coming and going
    def opened(self, **kw: Any) -> None:
        super().opened(**kw)
        tabs = {"unlinked": 0, "quarantine": 1, "past": 2}
        if kw.get("tab") in tabs:
            self.show_tab(tabs[kw["tab"]])
        if kw.get("go_on") is not None and self.live is None:
            self.go_on(kw["go_on"])
        self._mounts.start()
        self._look_for_mounts()

    def left(self) -> None:
        self._mounts.stop()

    def step_back(self) -> bool:
        shown = self.stack.currentWidget()
        return isinstance(shown, Unlinked | Quarantine | Past) and shown.leave()

    def refresh(self) -> None:
        """The three lists; while a deposit runs they are read once at its end, not at each of its acts."""
        if self.live is not None:
            self.stale = True
            return
        intake = self.archive.intake

        def read(_progress: Progress) -> Board:
            return sorted(intake.unlinked(), key=urgency), intake.quarantine(), intake.deposits()

        self.run(read, self._show_lists, lane="reads")
        if self._cut_off:
            self._tell_stopped()

    def _show_lists(self, board: Board) -> None:
        self._board = board
        self.unlinked.show_rows(board[0])
        for number, name in enumerate(("quarantine", "past"), 1):
            if name in vars(self):
                self._fill(number, getattr(self, name))
        for number, words in enumerate(self._tab_words(len(board[0]), len(board[1]))):
            self.tabs.label(number, words)

    def _filled(self, number: int, made: L) -> L:
        self.stack.addWidget(made)
        self._fill(number, made)
        return made

    def _fill(self, number: int, part: Quarantine | Past) -> None:
        if isinstance(part, Past):
            part.live = depositing(self.bridge.running)
        if self._board is not None:
            part.show_rows(self._board[number])

    def show_tab(self, number: int) -> None:
        """Show one of the lists."""
        self.tabs.choose(number)
        self.stack.setCurrentWidget(self.unlinked if number == 0 else self.quarantine if number == 1 else self.past)

    def _see_quarantine(self) -> None:
        self.show_tab(1)
        self.quarantine.table.setFocus()

    def _look_for_mounts(self) -> None:
        if self.choose.isVisible() and not self.bridge.busy("wide"):
            self.bridge.run(lambda _progress: list_mounts(), self.choose.show_mounts, lane="wide")

    # Choosing
    def choose_folder(self) -> None:
        """Ask the system for a folder."""
        ask(self, QFileDialog.FileMode.Directory, _("Choose a folder to deposit"), self.take)

    def choose_files(self) -> None:
        """Ask the system for files."""
        ask(self, QFileDialog.FileMode.ExistingFiles, _("Choose files to deposit"), self.take)

    def _take_mount(self, mount: Mount) -> None:
        self.take([mount.path])

    def take(self, sources: Sequence[bytes]) -> None:
        """Choose these files and folders: their files are counted, nothing is copied yet."""
        if self.live is not None or not sources:
            return
        self._stop_listing()
        self.sources = list(sources)
        self.banner.clear()
        self.ready.forget()
        self.ready.counting(sources)
        self._show(self.ready)
        chosen = list(sources)
        self._listing = self.run(lambda progress: list_files(chosen, progress), self._counted, self._uncounted, "wide", _("Counting files"))
        self._listing.changed.connect(self._counting)
        self.ready.case.entry.setFocus()

    def _counting(self) -> None:
        if self._listing is not None and self.ready.count is None and self.sources:
            self.ready.counting(self.sources, self._listing.done)

    def _counted(self, files: list[Listed]) -> None:
        self._listing = None
        self._sizes = [f.size for f in files]
        self.ready.counted(files)

    def _uncounted(self, error: Exception) -> None:
        self._listing = None
        self.forget()
        if not isinstance(error, Cancelled):
            self.tell(error)

    def _stop_listing(self) -> None:
        if self._listing is not None:
            self._listing.cancel()

    def forget(self) -> None:
        """Back to the choice of a source."""
        self._stop_listing()
        self.sources = []
        self.ready.forget()
        self._show(self.choose)
        self.choose.folder.setFocus()

    # Running
    def start(self) -> None:
        """Take in what was chosen."""
        if self.ready.obstacle or self.live is not None:
            return
        sources, case, label, archive = list(self.sources), self.ready.case.case_id, self.ready.label, self.archive
        self._go(shown_path(sources[0]), self._sizes, lambda progress: deposit(archive, sources, case, label, progress))

    def go_on(self, deposit_id: DepositId) -> None:
        """Let a stopped deposit go on; what failed is tried again."""
        if self.live is not None:
            self.say("info", _("A deposit is running already; this one can go on after it."))
            return
        intake = self.archive.intake

        def prepare(_progress: Progress) -> tuple[str, list[int]]:
            intake.again(deposit_id)
            source = next((d.source for d in intake.deposits() if d.id == deposit_id), "")
            return source, [size for _item, _path, size in intake.waiting(deposit_id)]

        self.run(prepare, lambda ready: self._go(*ready, lambda progress: resume(self.archive, deposit_id, progress)))

    def _go(self, source: str, sizes: Sequence[int], job: Callable[[Progress], DepositReport]) -> None:
        intake = self.archive.intake

        def work(progress: Progress) -> tuple[DepositReport, list[QuarantineLine]]:
            report = job(progress)
            return report, intake.set_aside(report.deposit)

        handle = self.run(work, self._ended, self._broken, title=_("Depositing"))
        self.live = Live(handle, source, Steps(sizes))
        handle.setProperty(MARK, self.live)
        self.banner.clear()
        self.running.watch(self.live)
        self._show(self.running)
        self.running.stop.setFocus()

    def stop(self) -> None:
        """Stop at the next segment; what was admitted stays, the rest can go on later."""
        if self.live is not None:
            self.live.handle.cancel()

    def _ended(self, result: tuple[DepositReport, list[QuarantineLine]]) -> None:
        report, aside = result
        self.live, self.sources = None, []
        self.report.show_report(report, aside)
        self._show(self.report)
        self.report.more.setFocus()
        self.reread()

    def _broken(self, error: Exception) -> None:
        """Stopped, refused or failed: say which, and offer to go on."""
        self.live, self.sources = None, []
        self._show(self.choose)
        self._cut_off = isinstance(error, Cancelled) or (isinstance(error, Refusal) and error.code == "session.none")
        if not self._cut_off:
            self.tell(error)
        elif self.archive.session is None:  # the desk was locked: it is told in full when the person is back
            self.say("soon", _("The deposit has stopped"), _("What was taken in stays. The rest can go on after signing in."))
        if self.archive.session is not None:
            self.reread()

    def _tell_stopped(self) -> None:
        """Say what the stopped deposit has brought in, and offer to go on."""
        self._cut_off = False
        intake = self.archive.intake
        self.run(lambda _progress: intake.deposits(5), self._stopped, lane="reads")

    def _stopped(self, past: list[DepositLine]) -> None:
        line = next((d for d in past if resumable(d, False)), None)
        if line is None:  # stopped before anything was written down
            self.say("info", _("Nothing was taken in"), _("The originals were not changed."))
            return
        body = _("{counts}. What was taken in stays, the originals were not changed.").format(counts=count_words(line))
        self.say("soon", _("The deposit has stopped"), body, button(_("Go on"), "", "play", on=lambda: self.go_on(line.id)))

    # What is done with the lists
    def link(self, records: Sequence[RecordId], case: CaseId, stage: Stage, reason: str) -> None:
        """Put recordings into a case folder."""
        cases = self.archive.cases
        said = _("{n} linked to {case}").format(n=len(records), case=self.unlinked.case.entry.text())
        self.run(lambda _progress: cases.move(list(records), case, stage, reason), lambda _none: self._linked(said))

    def _linked(self, said: str) -> None:
        self.unlinked.case.choose(None)
        self.say("good", said)
        self.reread()

    def release(self, row: QuarantineLine) -> None:
        """Ask for the reason and take a file out of quarantine."""
        what = _("{name} becomes an ordinary file of the archive. Its findings stay on it, and the reason stands in the ledger.")
        intake, component = self.archive.intake, row.component

        def release(reason: str) -> None:
            self.run(lambda _progress: intake.release(component.id, reason), lambda _none: self._released(component.name))

        ask_reason(self, _("Release from quarantine"), what.format(name=component.name), _("Release"), release)

    def _released(self, name: str) -> None:
        self.say("good", _("{name} is released from quarantine").format(name=name))
        self.reread()

    def _failures(self, line: DepositLine, told: Callable[[Any], None]) -> None:
        intake = self.archive.intake
        self.run(lambda _progress: intake.failures(line.id), told, lane="reads")

    # Dropping
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.live is None and dropped(event):
            event.acceptProposedAction()
            reframe(self.panel, "accent")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        reframe(self.panel, "plain")

    def dropEvent(self, event: QDropEvent) -> None:
        reframe(self.panel, "plain")
        event.acceptProposedAction()
        self.take(dropped(event))

    # What shows
    def _show(self, part: Part) -> None:
        self.shown.hide()
        part.show()
        self.shown = part
        titles: dict[type[Part], str] = {
            Choose: _("Source"), Ready: _("Before the deposit"), Running: _("Deposit under way"), Report: _("What became of it"),
        }  # fmt: skip
        self.panel.rename(titles[type(part)])
        self.begin.setVisible(isinstance(part, Ready))
        self._heed()

    def _heed(self) -> None:
        obstacle = self.shown.obstacle if isinstance(self.shown, Ready) else ""
        self.begin.allow(not obstacle, obstacle)
        self.head.say(self.title(), obstacle or _("Files are only read; the originals stay as they are."))
