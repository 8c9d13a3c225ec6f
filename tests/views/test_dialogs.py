"""Dialogs: the safe button first, Esc leaves, a grave decision is typed, a wrong password stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.errors import Refusal
from desktop.jobs import Progress
from tests.views.lookcheck import faults, settle
from views.bridge import Bridge
from views.common import content, text, vbox
from views.common.dialogs import Scrim, ask_password, ask_reason, confirm

WHAT = "西财检〔2023〕4号的这 3 件销毁后不能恢复，只留销毁清册和校验值。监销人沈静宜、吴岚，负责人 11-12 批准。"


@pytest.fixture
def place(qtbot: QtBot, look: QApplication) -> Iterator[QWidget]:
    page = content(vbox(text("页面")))
    page.resize(1200, 800)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.close()


def test_the_safe_button_is_first_and_esc_leaves(place: QWidget, look: QApplication) -> None:
    done: list[int] = []
    dialog = confirm(place, "停止入库", WHAT, "停止入库", lambda: done.append(1))
    settle(look)
    assert look.focusWidget() is dialog.leave
    assert dialog.width() == 480
    assert faults(dialog) == []
    assert place.findChild(Scrim) is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(look)
    assert done == []
    assert not isValid(dialog) or not dialog.isVisible()
    assert not any(scrim.isVisible() for scrim in place.findChildren(Scrim))


def test_enter_on_the_safe_button_does_not_decide(place: QWidget, look: QApplication) -> None:
    done: list[int] = []
    dialog = confirm(place, "停止入库", WHAT, "停止入库", lambda: done.append(1))
    settle(look)
    QTest.keyClick(dialog.leave, Qt.Key.Key_Return)
    assert done == []
    dialog.close()


def test_a_grave_decision_asks_to_type_the_case_number(place: QWidget, look: QApplication) -> None:
    done: list[int] = []
    dialog = confirm(place, "销毁 3 件音像", WHAT, "销毁", lambda: done.append(1), danger=True, typed="西财检〔2023〕4号")
    settle(look)
    assert faults(dialog) == []
    assert not dialog.verb.isEnabled()
    assert dialog.typed is not None
    dialog.typed.control.setText("西财检〔2023〕4")
    assert not dialog.verb.isEnabled()
    dialog.typed.control.setText("西财检〔2023〕4号")
    dialog.verb.click()
    assert done == [1]


def test_a_reason_is_asked_for_until_there_is_one(place: QWidget, look: QApplication) -> None:
    said: list[str] = []
    dialog = ask_reason(place, "改标签", "标签从内部改为商业秘密。", "改标签", said.append)
    settle(look)
    dialog.verb.click()
    settle(look)
    assert "请写明理由" in dialog.reason.verdict
    assert faults(dialog) == []
    dialog.area.setPlainText("  当事人来函说明  ")
    dialog.verb.click()
    assert said == ["当事人来函说明"]


def test_a_wrong_password_stays_and_a_right_one_does_the_work(qtbot: QtBot, place: QWidget, bridge: Bridge, look: QApplication) -> None:
    done: list[str] = []

    def job(password: str, progress: Progress) -> str:
        if password != "right":
            raise Refusal("test.password")
        return "signed"

    digest = text("9F2C 71A0 4E83 D65B", "body", face="mono")
    dialog = ask_password(place, bridge, "批准查阅", "批准后，王海涛可在 12 月 3 日前观看 2 段录像。", "批准", job, done.append, digest)
    settle(look)
    assert look.focusWidget() is dialog.password
    QTest.keyClicks(dialog.password, "wrong")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.entry.verdict == "test.password")
    settle(look)
    assert dialog.isVisible()
    assert dialog.password.text() == ""
    assert faults(dialog) == []
    QTest.keyClicks(dialog.password, "right")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == ["signed"])
    assert not isValid(dialog) or not dialog.isVisible()
