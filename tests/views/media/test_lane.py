"""A part of the player that works behind the window ends in the window's thread, and tells each page that was on screen."""

from __future__ import annotations

import threading
import weakref

from PySide6.QtCore import QThread, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.media.stills import Image
from views.media.lane import Lane
from views.media.still_view import StillView


class _Telling(Lane):
    told = Signal(object)


def test_a_lane_ends_in_the_windows_thread_also_where_its_work_is_the_last_to_hold_it(look: QApplication, qtbot: QtBot) -> None:
    gate, ended, heard = threading.Event(), list[QThread](), list[QThread]()
    lane = _Telling("test")
    lane.told.connect(lambda _what: heard.append(QThread.currentThread()))

    def work(held: _Telling = lane) -> None:
        gate.wait(30)
        held.told.emit("found")

    lane.submit(work, lambda _future: None)
    weakref.finalize(lane, lambda: ended.append(QThread.currentThread()))
    lane.leave()
    assert lane.submit(work, lambda _future: None) is None, "nothing is taken any more"
    del lane, work
    assert ended == [], "its work holds it"
    gate.set()
    qtbot.waitUntil(lambda: ended != [])
    assert ended == heard == [look.thread()]


def test_a_page_made_larger_before_it_was_there_is_told_all_the_same_and_once(look: QApplication, qtbot: QtBot) -> None:
    view, told = StillView(), list[int]()
    qtbot.addWidget(view)
    view.page_shown.connect(told.append)
    view.show_still(lambda page, longest: Image(4, 3, bytes(4 * 3 * 4), 3), ())
    qtbot.waitUntil(lambda: told == [0])
    view.turn(1)
    view.magnify(1)
    qtbot.waitUntil(lambda: told == [0, 1])
    view.magnify(1)
    view.turn(-1)
    qtbot.waitUntil(lambda: told == [0, 1, 0])
    view.close_lane()
