"""Jobs on lanes: done, refused, cancelled, failed; told at most ten times a second; a shutdown that does not hang."""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Cancelled, Refusal
from desktop.jobs import Progress
from views.bridge import Bridge
from views.errors import Unexpected, words_of


class Ends:
    """Collects how jobs ended, and in which thread that was told."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[Exception] = []
        self.threads: set[QThread] = set()

    def well(self, result: Any) -> None:
        self.threads.add(QThread.currentThread())
        self.done.append(result)

    def badly(self, error: Exception) -> None:
        self.threads.add(QThread.currentThread())
        self.failed.append(error)


def until_stopped(progress: Progress) -> None:
    """Steps until it is stopped."""
    progress.begin(0)
    while True:
        progress.step("still here")


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    ends, worked = Ends(), []

    def job(progress: Progress) -> int:
        worked.append(threading.current_thread().name)
        return 42

    bridge.run(job, ends.well, ends.badly)
    qtbot.waitUntil(lambda: ends.done == [42])
    assert ends.threads == {QCoreApplication.instance().thread()}
    assert worked == ["records-0"]
    assert not bridge.busy()


def test_a_refusal_a_stop_and_a_fault_are_told_apart(qtbot: QtBot, bridge: Bridge, caplog: pytest.LogCaptureFixture) -> None:
    ends = Ends()

    def refused(progress: Progress) -> None:
        raise Refusal("not_found")

    def broken(progress: Progress) -> None:
        raise ZeroDivisionError("a bug")

    bridge.run(refused, ends.well, ends.badly)
    with caplog.at_level(logging.ERROR):
        bridge.run(broken, ends.well, ends.badly)
        handle = bridge.run(until_stopped, ends.well, ends.badly)
        qtbot.waitUntil(lambda: handle.note == "still here")
        handle.cancel()
        qtbot.waitUntil(lambda: len(ends.failed) == 3)
    assert [type(e) for e in ends.failed] == [Refusal, Unexpected, Cancelled]
    fault = ends.failed[1]
    assert isinstance(fault, Unexpected)
    assert fault.number in caplog.text
    assert "a bug" in caplog.text
    assert fault.number in words_of(fault).then
    assert "a bug" not in words_of(fault).then
    assert handle.state == "cancelled"
    caplog.clear()


def test_what_nobody_takes_goes_to_the_window(qtbot: QtBot, bridge: Bridge) -> None:
    def refused(progress: Progress) -> None:
        raise Refusal("not_found")

    with qtbot.waitSignal(bridge.troubled) as told:
        bridge.run(refused)
    assert isinstance(told.args[0], Refusal)


def test_a_waiting_job_that_is_cancelled_never_starts(qtbot: QtBot, bridge: Bridge) -> None:
    gate, ran, ends = threading.Event(), [], Ends()
    bridge.run(lambda p: gate.wait(10), ends.well)
    second = bridge.run(lambda p: ran.append(1), ends.well, ends.badly)
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(ends.failed) == 1)
    assert ran == []
    assert isinstance(ends.failed[0], Cancelled)


def test_records_run_one_after_the_other_and_wide_two_at_once(qtbot: QtBot, bridge: Bridge) -> None:
    together = threading.Barrier(2)
    ends = Ends()
    for _i in range(2):
        bridge.run(lambda p: together.wait(10), ends.well, ends.badly, lane="wide")
    qtbot.waitUntil(lambda: len(ends.done) == 2)
    inside, most, order = [], [], []

    def one(number: int) -> None:
        inside.append(number)
        most.append(len(inside))
        order.append(number)
        inside.remove(number)

    for i in range(20):
        bridge.run(lambda p, i=i: one(i), ends.well)
    qtbot.waitUntil(lambda: len(ends.done) == 22)
    assert max(most) == 1
    assert order == list(range(20))


def test_a_short_read_does_not_wait_behind_a_long_job(qtbot: QtBot, bridge: Bridge) -> None:
    gate, ends = threading.Event(), Ends()
    bridge.run(lambda p: gate.wait(10), lane="records")
    bridge.run(lambda p: "read", ends.well, lane="reads")
    qtbot.waitUntil(lambda: ends.done == ["read"])
    gate.set()


def test_progress_is_told_at_most_ten_times_a_second(qtbot: QtBot, bridge: Bridge) -> None:
    told: list[float] = []
    stepped = 0

    def job(progress: Progress) -> None:
        nonlocal stepped
        progress.begin(10_000_000, "items")
        until = time.monotonic() + 0.8
        while time.monotonic() < until:
            progress.step()
            stepped += 1

    handle = bridge.run(job, title="入库")
    handle.changed.connect(lambda: told.append(time.monotonic()))
    with qtbot.waitSignal(handle.ended):
        pass
    assert stepped > 1000
    assert 3 <= len(told) <= 10
    assert handle.rate > 1000
    assert handle.left is not None


def test_a_page_that_is_gone_is_not_called(qtbot: QtBot, bridge: Bridge) -> None:
    class Place(QWidget):
        def show_it(self, words: str) -> None:
            QLabel(words, self)

    gate = threading.Event()
    place = Place()
    handle = bridge.run(lambda p: gate.wait(10) and "late", place.show_it)
    place.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(handle.ended):
        gate.set()


def test_closing_stops_jobs_and_does_not_hang(qtbot: QtBot, qapp: object) -> None:
    bridge, ends = Bridge(), Ends()
    handle = bridge.run(until_stopped, ends.well, ends.badly)
    bridge.run(lambda p: None, ends.well, ends.badly)
    qtbot.waitUntil(lambda: handle.note != "")
    began = time.monotonic()
    assert bridge.close()
    assert time.monotonic() - began < 1.5
    assert ends.done == ends.failed == []


def test_closing_does_not_wait_for_a_job_that_does_not_listen(qtbot: QtBot, qapp: object) -> None:
    bridge, gate = Bridge(), threading.Event()
    bridge.run(lambda p: gate.wait(30))
    qtbot.waitUntil(lambda: bridge.running[0].state == "running")
    began = time.monotonic()
    assert not bridge.close(wait=0.2)
    assert time.monotonic() - began < 10
    gate.set()


def test_the_same_fault_has_the_same_number() -> None:
    def fault() -> Unexpected:
        try:
            {}["x"]
        except KeyError as error:
            from views.errors import unexpected

            return unexpected(error)
        raise AssertionError

    assert fault().number == fault().number


def test_what_only_a_job_holds_ends_in_the_gui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    """An object of Qt that ends in another thread brings the program down some other day."""
    done, ended = Ends(), set[str]()

    def job(held: QObject) -> Callable[[Progress], int]:
        weakref.finalize(held, lambda: ended.add(threading.current_thread().name))
        return lambda progress: len(held.objectName())

    for _ in range(400):
        bridge.run(job(QObject()), done.well, lane="wide")
    qtbot.waitUntil(lambda: len(done.done) == 400)
    qtbot.waitUntil(lambda: not bridge._over)
    assert ended == {threading.current_thread().name}
