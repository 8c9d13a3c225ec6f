"""The windowed list: it shows what the source holds, from every direction, in bounded memory, without moving the view."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from tests.views.sqlite_cases import SqliteCases, make
from views.bridge import Bridge
from views.common.tables import Cell, Column, Table
from views.common.windowed import AFTER, BLOCK, KEPT, WindowedModel

COLUMNS = [Column("号", 100, lambda r: str(r[0])), Column("题名", 0, lambda r: Cell(f"案 {r[0]}", "周敏"))]


class ListSource:
    """Rows in memory, keyed by their number."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = sorted(numbers)
        self.calls: list[str] = []
        self.gate: threading.Event | None = None

    def count(self) -> int:
        return len(self.numbers)

    def page(self, anchor: Any | None, direction: int, n: int) -> list[tuple[int]]:
        self.calls.append("page")
        if direction == AFTER:
            rows = [x for x in self.numbers if anchor is None or x > anchor][:n]
        else:
            rows = [x for x in self.numbers if anchor is None or x < anchor][-n:]
        return [(x,) for x in rows]

    def anchors(self, every: int = BLOCK) -> list[int]:
        self.calls.append("anchors")
        if self.gate is not None:
            self.gate.wait(10)
        return self.numbers[every - 1 :: every]

    def key(self, row: tuple[int]) -> Hashable:
        return row[0]


def open_model(qtbot: QtBot, bridge: Bridge, source: Any, whole: bool = True) -> WindowedModel:
    model = WindowedModel(COLUMNS, source, bridge)
    with qtbot.waitSignal(model.complete if whole else model.ready):
        model.open()
    if whole:
        qtbot.waitUntil(lambda: model.rows_here() > 0 or model.rowCount() == 0)
    return model


def shown(qtbot: QtBot, model: WindowedModel, number: int) -> str:
    """The first cell of a row, once it has arrived."""
    model.row(number)
    qtbot.waitUntil(lambda: model.row(number) is not None)
    return str(model.index(number, 0).data(Qt.ItemDataRole.DisplayRole))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 1000])
def test_every_row_is_where_it_belongs(qtbot: QtBot, bridge: Bridge, size: int) -> None:
    model = open_model(qtbot, bridge, ListSource(list(range(10, 10 + size))))
    assert model.rowCount() == size
    for number in {0, size // 2, max(size - 1, 0)} if size else set():
        assert shown(qtbot, model, number) == str(10 + number)


@given(st.lists(st.integers(0, 5000), unique=True, max_size=700))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_list_reads_the_same_through_the_window(qtbot: QtBot, bridge: Bridge, numbers: list[int]) -> None:
    model = open_model(qtbot, bridge, ListSource(numbers))
    for at in range(0, len(numbers), 97):
        assert shown(qtbot, model, at) == str(sorted(numbers)[at])


def test_rows_not_here_are_a_dash_and_arrive_without_moving_the_view(qtbot: QtBot, bridge: Bridge) -> None:
    model = open_model(qtbot, bridge, ListSource(list(range(100_000))))
    table = Table(model, "案卷")
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    qtbot.waitExposed(table)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    top, place = table.rowAt(0), table.verticalScrollBar().value()
    assert model.index(top, 0).data() == "–"
    qtbot.waitUntil(lambda: model.index(top, 0).data() == str(top))
    assert table.verticalScrollBar().value() == place
    assert table.rowAt(0) == top


def test_the_end_can_be_reached_before_the_anchors_are_here(qtbot: QtBot, bridge: Bridge) -> None:
    source = ListSource(list(range(10_000)))
    source.gate = threading.Event()
    model = open_model(qtbot, bridge, source, whole=False)
    qtbot.waitUntil(lambda: model.rowCount() == 10_000)
    assert shown(qtbot, model, 0) == "0"
    model.row(9_999)
    model.row(5_000)
    source.gate.set()
    assert shown(qtbot, model, 9_999) == "9999"
    assert shown(qtbot, model, 5_000) == "5000"


def test_memory_stays_bounded_however_far_one_scrolls(qtbot: QtBot, bridge: Bridge) -> None:
    model = open_model(qtbot, bridge, ListSource(list(range(40_000))))
    for number in range(0, 40_000, 300):
        shown(qtbot, model, number)
    assert model.rows_here() <= KEPT * BLOCK


def test_after_an_act_the_list_is_read_again_where_one_stands(qtbot: QtBot, bridge: Bridge) -> None:
    source = ListSource(list(range(0, 2000, 2)))
    model = open_model(qtbot, bridge, source)
    assert shown(qtbot, model, 600) == "1200"
    source.numbers = sorted([*source.numbers, 1])
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.complete):
        model.refresh()
    assert model.row(600) is not None, "the old row stays until the new one is here"
    qtbot.waitUntil(lambda: model.index(600, 0).data() == "1198")
    assert model.rowCount() == 1001
    assert resets == []
    source.numbers = source.numbers[:300]
    with qtbot.waitSignal(model.complete):
        model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 300)
    assert shown(qtbot, model, 299) == str(source.numbers[299])


def test_another_filter_drops_what_is_still_on_its_way(qtbot: QtBot, bridge: Bridge) -> None:
    slow = ListSource(list(range(1000)))
    slow.gate = threading.Event()
    model = open_model(qtbot, bridge, slow, whole=False)
    with qtbot.waitSignal(model.complete):
        model.open(ListSource([7, 8]))
        slow.gate.set()
    assert model.rowCount() == 2
    assert shown(qtbot, model, 1) == "8"


def test_a_source_that_refuses_is_told_and_asked_again(qtbot: QtBot, bridge: Bridge) -> None:
    class Shut(ListSource):
        shut = True

        def page(self, anchor: Any | None, direction: int, n: int) -> list[tuple[int]]:
            if self.shut:
                raise Refusal("session.none")
            return super().page(anchor, direction, n)

    source = Shut([1, 2, 3])
    model = WindowedModel(COLUMNS, source, bridge)
    with qtbot.waitSignal(model.failed) as told:
        model.open()
    assert isinstance(told.args[0], Refusal)
    source.shut = False
    with qtbot.waitSignal(model.ready):
        model.refresh()
    assert shown(qtbot, model, 2) == "3"


def test_chosen_rows_and_opened_rows_are_the_source_s(qtbot: QtBot, bridge: Bridge) -> None:
    model = open_model(qtbot, bridge, ListSource([3, 5, 9]))
    table = Table(model, "案卷")
    qtbot.addWidget(table)
    table.show()
    table.choose(1)
    assert table.row() == (5,)
    assert model.number_of(9) == 2
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [(5,)]


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    at = tmp_path_factory.mktemp("list") / "cases.db"
    make(at, 1_000_000)
    yield at
    at.unlink()


def test_a_million_rows_of_sqlite_read_right_at_any_place(qtbot: QtBot, bridge: Bridge, million: Path) -> None:
    columns = [Column("案号", 0, lambda r: r[2])]
    model = WindowedModel(columns, SqliteCases(million), bridge)
    with qtbot.waitSignal(model.complete, timeout=30_000):
        model.open()
    assert model.rowCount() == 1_000_000
    truth = sqlite3.connect(million)
    for number in (0, 255, 256, 499_999, 765_432, 999_999):
        (expected,) = truth.execute(
            "SELECT number FROM cases ORDER BY opened DESC, id DESC LIMIT 1 OFFSET ?", (number,)
        ).fetchone()
        assert shown(qtbot, model, number) == expected
    truth.close()
