"""A deposit under way: the file it is at, how far, how fast, how long still; and the report at its end."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.intake import DepositReport
from desktop.intake.room import QuarantineLine
from models.terms import DepositId
from views.bridge import Handle
from views.common import Bar, Button, button, empty, fill, glyph, hbox, para, rich, text, vbox
from views.common.measures import left_words, size_words
from views.common.text import em, figures, tip
from views.deposit.words import findings_words, reason_words, short_path, show_source

SHOWN = 3  # lines of each kind in a report; all of them stand in the lists below


class Steps:
    """Which file a number of bytes belongs to: files go into the vault in the order in which they were listed."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._ends = list(itertools.accumulate(sizes))

    @property
    def count(self) -> int:
        return len(self._ends)

    def done(self, size: int) -> int:
        """How many files are through after this many bytes."""
        return bisect.bisect_right(self._ends, size)


@dataclass
class Live:
    """What the page and the job both know of the deposit under way."""

    handle: Handle
    source: str
    steps: Steps


class Running(QWidget):
    """The deposit of the moment."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self._live: Live | None = None
        self._source, self._name = text("", "strong", elide=True), text("", "body", "ink2", elide=True)
        self._bar, self._count = Bar(), text("", "body")
        self._size, self._pace = text("", "body", "ink2"), text("", "body", "ink2")
        self.stop = button(_("Stop"), "", "x", "Ctrl+.", _("Stop; what was taken in stays"), on=stop)
        head = hbox(glyph("tray-arrow-down", "ink2", 20), (vbox(self._source, self._name, gap=0), 1), self.stop, gap=12)
        words = text(_("You may go to other pages; the deposit goes on. Locking or closing stops it, and it can go on later."),
                     "small", "ink3", elide=True)
        self.setLayout(vbox(head, 4, self._bar, hbox(self._count, None, self._size, self._pace, gap=16), words, None, gap=8))

    def watch(self, live: Live) -> None:
        """Show this deposit until it ends."""
        if self._live is not None:
            self._live.handle.changed.disconnect(self._show)
        self._live = live
        show_source(self._source, live.source)
        live.handle.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        live = self._live
        if live is None:
            return
        job, total = live.handle, live.steps.count
        done = live.steps.done(job.done) if job.total else 0
        self._name.setText(job.note)
        self._bar.fill(job.share)
        self._count.setText(_("{done} / {total} files").format(done=figures(done), total=figures(total)))
        self._size.setText(f"{size_words(job.done)} / {size_words(job.total)}" if job.total else "")
        pace = "" if job.stopping or job.done == 0 else "，".join(filter(None, (f"{size_words(job.rate)}/s", left_words(job.left))))
        self._pace.setText(_("stopping …") if job.stopping else _("waiting its turn") if job.state == "waiting" else pace)
        self.stop.setEnabled(not job.stopping)
        self.setAccessibleName(f"{short_path(live.source)}，{self._count.full}，{self._size.full}")
        self.setAccessibleDescription(live.source)


class Report(QWidget):
    """What became of the files of one deposit."""

    def __init__(self, again: Callable[[DepositId], object], quarantine: Callable[[], object], more: Callable[[], object]) -> None:
        super().__init__()
        self._again, self._quarantine = again, quarantine
        self._lines = vbox(gap=6)
        self.more: Button = button(_("Deposit more"), "primary", "plus", on=more)
        self.retry: Button = button(_("Try again"), "", "arrow-clockwise", on=self._retry)
        self.look: Button = button(_("See quarantine"), "", "warning-diamond", on=quarantine)
        self._deposit: DepositId | None = None
        self.setLayout(vbox(self._lines, 4, hbox(self.retry, self.look, None, self.more, gap=8), None, gap=8))

    def show_report(self, report: DepositReport, aside: Sequence[QuarantineLine]) -> None:
        """The numbers, and each quarantined or failed file with its reason, as far as there is room."""
        self._deposit = report.deposit
        empty(self._lines)
        lines: list[object] = []
        if report.admitted:
            well = _("{n} taken in and verified; the originals were not changed").format(n=figures(report.admitted))
            lines.append(_line("check-circle", "good", well))
        if report.held:
            lines.append(_line("copy", "ink2", _("{n} held already: linked, not stored twice").format(n=figures(report.held))))
        if report.quarantined:
            head = _("{n} in quarantine: kept as they came, look at the reasons").format(n=figures(report.quarantined))
            lines.append(_line("warning-diamond", "soon", head))
            lines += [_detail(q.component.name, findings_words(q.component.findings)) for q in aside[-report.quarantined:][:SHOWN]]
            lines += _rest(report.quarantined)
        if report.failed:
            lines.append(_line("x-circle", "late", _("{n} not taken in; they are untouched where they were").format(n=figures(len(report.failed)))))
            lines += [_detail(short_path(path), reason_words(code), path) for path, code in report.failed[:SHOWN]]
            lines += _rest(len(report.failed))
        fill(self._lines, lines)
        self.retry.setVisible(bool(report.failed))
        self.look.setVisible(bool(report.quarantined))
        self.setAccessibleName(_("Report: {a} taken in, {h} held already, {q} in quarantine, {f} not taken in").format(
            a=report.admitted, h=report.held, q=report.quarantined, f=len(report.failed)))

    def _retry(self) -> None:
        if self._deposit is not None:
            self._again(self._deposit)


def _line(icon: str, ink: str, words: str) -> object:
    return hbox(glyph(icon, ink, 20), (text(words, "body", ink if ink in ("late", "soon") else "ink", elide=True), 1), gap=8)


def _detail(name: str, why: str, path: str = "") -> object:
    said = para(rich("{name}　{why}", name=em(name), why=why), "small", "ink2", lead=1.5)
    said.setToolTip(tip(path))
    said.setAccessibleDescription(path)
    return hbox(28, (said, 1), gap=0)


def _rest(count: int) -> list[object]:
    rest = count - SHOWN
    return [hbox(28, text(_("and {n} more, in the lists below").format(n=figures(rest)), "small", "ink3"), None, gap=0)] if rest > 0 else []
