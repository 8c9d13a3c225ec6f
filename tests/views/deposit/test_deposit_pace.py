"""A deposit of many files holds the window no longer than one of few: what a stretch of the GUI thread costs, in its own seconds."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from tests.views.deposit.files import mixed
from tests.views.walk import Desk
from views.deposit.page import DepositPage

FEW, MANY = 40, 400
MOST = 2.0  # times the longest stretch of a deposit of a tenth; measured 0.7 to 1.1, and with a line of the report for every broken file 3.5


class Stretches:
    """The longest time that the GUI thread worked without coming back to its events. Its own time: a busy machine adds nothing to it."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> float:
        self._tick()
        self._timer.stop()
        return self.longest


def longest(at: Desk, page: DepositPage, folder: Path) -> float:
    """The longest stretch from the beginning of a deposit until its report and the lists are there."""
    page.take([os.fsencode(folder)])
    at.settle()
    stretches = Stretches()
    page.start()
    at.bot.waitUntil(lambda: page.live is None, timeout=120_000)
    at.settle()
    assert page.report.isVisible()
    page.forget()
    return stretches.stop()


def test_many_files_hold_the_window_no_longer_than_few(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    longest(at, page, mixed(tmp_path / "先", FEW))  # what is made only once is made now
    few = longest(at, page, mixed(tmp_path / "少", FEW, 1000))
    many = longest(at, page, mixed(tmp_path / "多", MANY, 2000))
    assert archive.intake.deposits()[0].counts == {"admitted": MANY * 4 // 5, "quarantined": MANY // 5}
    assert many < few * MOST, f"{many * 1000:.0f} ms for {MANY} files, {few * 1000:.0f} ms for {FEW}"
