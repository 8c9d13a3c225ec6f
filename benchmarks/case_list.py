"""A list of 1,000,000 cases: time to the first painted page, jumps, and memory, over a real SQLite file."""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Hashable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from views import theme
from views.bridge import Bridge
from views.common.tables import Cell, Column, Rows, Table
from views.common.windowed import AFTER, BLOCK, WindowedModel

MUST = {"first_page_ms": 150, "jump_p95_ms": 50, "memory_mib": 60}
Row = tuple[str, int, str, str]


class SqliteCases:
    """Cases newest first, over one SQLite file; the key is (date, id)."""

    def __init__(self, at: Path) -> None:
        self.db = sqlite3.connect(at, check_same_thread=False)

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM cases").fetchone()[0])

    def page(self, anchor: Any | None, direction: int, n: int) -> list[Row]:
        sign, order = ("<", "DESC") if direction == AFTER else (">", "ASC")
        where = f"WHERE (opened, id) {sign} (?, ?)" if anchor is not None else ""
        rows = self.db.execute(
            f"SELECT opened, id, number, title FROM cases {where} ORDER BY opened {order}, id {order} LIMIT ?",
            (*(anchor or ()), n),
        ).fetchall()
        return rows if direction == AFTER else rows[::-1]

    def anchors(self, every: int = BLOCK) -> list[tuple[str, int]]:
        numbered = "SELECT opened, id, row_number() OVER (ORDER BY opened DESC, id DESC) AS n FROM cases"
        return self.db.execute(f"SELECT opened, id FROM ({numbered}) WHERE n % ? = 0 ORDER BY n", (every,)).fetchall()

    def key(self, row: Row) -> Hashable:
        return row[:2]


def fresh(i: int, year: int) -> tuple[int, str, str, str]:
    return i, f"{year}-{i % 12 + 1:02}-{i % 28 + 1:02}", f"西财罚〔{year}〕{i}号", f"会计信息质量检查 {i}"


def make(at: Path, rows: int) -> None:
    """A million cases over ten years."""
    db = sqlite3.connect(at)
    db.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, opened TEXT, number TEXT, title TEXT)")
    db.executemany("INSERT INTO cases VALUES (?, ?, ?, ?)", (fresh(i, 2016 + i * 10 // rows) for i in range(rows)))
    db.execute("CREATE INDEX cases_opened ON cases (opened, id)")
    db.execute("ANALYZE")
    db.commit()
    db.close()


class Painted(QObject):
    """Watches a viewport: `whole` is True once it was painted with every visible row in memory."""

    def __init__(self, table: Table, model: WindowedModel) -> None:
        super().__init__()
        self.whole = False
        self._table, self._model = table, model
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._model.rowCount():
            top = self._table.rowAt(0)
            self.whole = {top // BLOCK, (top + 16) // BLOCK} <= self._model._blocks.keys()
        return False


def until(app: QApplication, ready: Any, limit: float = 30.0) -> None:
    end = time.perf_counter() + limit
    while not ready():
        app.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError


def measure(at: Path, jumps: int) -> dict[str, float]:
    """First page, jumps and memory growth of one list."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    bridge, me = Bridge(), psutil.Process()
    columns = [
        Column("案号", 220, lambda r: Cell(r[2], bold=True)),
        Column("题名", 0, lambda r: Cell(r[3], "周敏、李建国")),
        Column("立案", 120, lambda r: r[0]),
    ]
    running = Table(Rows(columns, [("2026-11-19", 1, "西财罚〔2026〕1号", "会计信息质量检查 0123456789")]), "一行")
    running.show()  # the application is running: its fonts are loaded when somebody opens the list
    app.processEvents()
    running.close()
    before = me.memory_info().rss
    began = time.perf_counter()
    model = WindowedModel(columns, SqliteCases(at), bridge)
    table = Table(model, "案卷")
    table.resize(1200, 800)
    painted = Painted(table, model)
    table.show()
    model.open()
    until(app, lambda: painted.whole)
    first = time.perf_counter() - began
    until(app, lambda: model._anchors is not None)
    anchors = time.perf_counter() - began
    times, places = [], random.Random(7)
    bar = table.verticalScrollBar()
    for _jump in range(jumps):
        start = time.perf_counter()
        painted.whole = False
        bar.setValue(places.randrange(bar.maximum()))
        until(app, lambda: painted.whole)
        times.append(time.perf_counter() - start)
    times.sort()
    growth = me.memory_info().rss - before
    table.close()
    bridge.close()
    return {
        "rows": model.rowCount(),
        "first_page_ms": first * 1000,
        "anchors_ms": anchors * 1000,
        "jump_median_ms": times[len(times) // 2] * 1000,
        "jump_p95_ms": times[int(len(times) * 0.95)] * 1000,
        "memory_mib": growth / 2**20,
    }


def run(rows: int = 1_000_000, jumps: int = 200) -> dict[str, float]:
    """Make the file, measure, return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder) / "cases.db"
        make(at, rows)
        return measure(at, jumps)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--jumps", type=int, default=200)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    figures = run(given.rows, given.jumps)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>16} {value:12.1f}  {'must ≤ ' + str(MUST[name]) if name in MUST else ''}")
    return int(any(figures[name] > most for name, most in MUST.items()))


if __name__ == "__main__":
    sys.exit(main())
