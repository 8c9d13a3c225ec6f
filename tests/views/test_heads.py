"""Words that name something are never cut for the thing: heads of columns and names of values, whatever the language."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.lookcheck import faults, settle
from views.common import Column, Text, frame, table, vbox
from views.common.panels import pair
from views.theme import wear


def test_a_column_is_as_wide_as_its_head(qtbot: QtBot, look: QApplication) -> None:
    shown = table([Column("Request", 0), Column("To be answered by", 128), Column("State", 176)], [("a", "b", "c")], "Register")
    place = frame(vbox(shown))
    qtbot.addWidget(place)
    wear(place)
    place.resize(480, 200)
    place.show()
    settle(look)
    head = shown.horizontalHeader()
    for number, title in enumerate(("Request", "To be answered by", "State")):
        assert head.sectionSize(number) >= head.fontMetrics().horizontalAdvance(title) + 24, title
    assert head.sectionSize(2) == 176


def test_a_name_is_whole_however_long_its_value(qtbot: QtBot, look: QApplication) -> None:
    place = frame(vbox(pair("Number of all pages", "四十八 " * 40), pair("Size", "54.9 kB")))
    qtbot.addWidget(place)
    wear(place)
    place.resize(320, 120)
    place.show()
    settle(look)
    assert not faults(place)
    assert [part.width() for part in place.findChildren(Text) if part.full == "Size"] == [72]
