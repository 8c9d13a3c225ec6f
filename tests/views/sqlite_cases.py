"""A long list over a plain SQLite file: what the windowed model's tests read a million rows of."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from views.common.windowed import AFTER, BLOCK

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
