"""Garbage is looked for in the GUI thread only: widgets that another thread takes away bring Qt down."""

from __future__ import annotations

import gc
import threading
from typing import Any

from pytestqt.qtbot import QtBot

from views.bridge import Bridge
from views.collector import Collector


class Cycle:
    """Something that only a collection can take away; tells in which thread that was."""

    ended: list[str] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Cycle.ended.append(threading.current_thread().name)


def test_what_a_lane_allocates_is_never_collected_in_the_lane(qtbot: QtBot, bridge: Bridge) -> None:
    collector, seen = Collector(), []

    def noted(phase: str, _info: dict[str, Any]) -> None:
        seen.append((phase, threading.current_thread() is threading.main_thread()))

    kept: list[list[list[int]]] = []

    def read_much(_progress: object) -> None:
        Cycle()
        kept.extend([[n]] for n in range(50_000))

    Cycle.ended.clear()
    gc.callbacks.append(noted)
    try:
        handle = bridge.run(read_much, lane="reads")
        qtbot.waitUntil(lambda: handle.state == "done")
        qtbot.waitUntil(lambda: bool(Cycle.ended))
    finally:
        gc.callbacks.remove(noted)
        del collector
    assert {main for _phase, main in seen} == {True}
    assert Cycle.ended == [threading.main_thread().name]


def test_nothing_is_collected_while_nothing_gathers(qtbot: QtBot) -> None:
    collector, rounds = Collector(), []
    gc.collect()
    gc.callbacks.append(lambda phase, _info: rounds.append(phase))
    try:
        collector.look()
    finally:
        gc.callbacks.pop()
    assert rounds == []
