"""The field for a case number, taken away while it looks up what was typed."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from views.bridge import Bridge
from views.common.case_field import CaseField


@pytest.mark.parametrize("works", [True, False])
def test_a_look_up_that_ends_when_the_field_is_gone_touches_nothing(qtbot: QtBot, bridge: Bridge, works: bool) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def page(*_what: object, **_how: object) -> list[object]:
        asked.set()
        go_on.wait(5)
        if not works:
            raise OSError
        return []

    field = CaseField(SimpleNamespace(cases=SimpleNamespace(page=page)), bridge, "案号")
    QTest.keyClicks(field.entry, "17")
    qtbot.waitUntil(asked.is_set)
    delete(field)
    troubles: list[object] = []
    bridge.troubled.connect(troubles.append)
    with qtbot.captureExceptions() as faults, qtbot.waitSignal(bridge.ended):
        go_on.set()
    assert not faults
    assert not troubles
