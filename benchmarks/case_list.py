"""A million case folders in the encrypted archive, through the real page: first page, jumps, memory; also with a fifth hidden."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.table import Line, bench, load, memory_now, scratch
from desktop.archive import Archive
from desktop.cases import CaseLine
from desktop.opening import found
from desktop.people import Newcomer
from models.secrecy import Clearance, Label
from models.terms import CaseId, EnforcementKind, Stage
from views import theme
from views.bridge import Bridge
from views.cases.list_page import CasesPage, columns
from views.common.tables import Rows, Table
from views.common.windowed import BLOCK

ROWS, JUMPS = 1_000_000, 200
PASSWORD = "bench-password"
# The names of who may know of every case, and of who may not know of the fifth that is labelled 个人隐私.
SEES_ALL, SEES_LESS = "沈静宜", "李建国"


def measure(quick: bool = False) -> list[Line]:
    rows, jumps = (3_000, 20) if quick else (ROWS, JUMPS)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    lines: list[Line] = []
    with scratch() as folder:
        people = [(Newcomer(SEES_ALL, "archivist", clearance=Clearance(0, True, True)), PASSWORD), (Newcomer(SEES_LESS, "archivist"), PASSWORD)]
        archive = found(folder / "archive", "bench", "xigang-finance", people, training=True).archive
        fill(archive, rows)
        for name, seen in ((SEES_ALL, f"{rows:,} cases"), (SEES_LESS, f"{rows:,} cases, a fifth hidden")):
            archive.people.sign_in(name, PASSWORD)
            first, jump, grown, whole = _use(app, archive, jumps)
            lines += [Line(f"{seen}: first page", "must", first * 1000, 0, 150, "ms", note=f"all counted after {whole:.2f} s, {load()}"),
                      Line(f"{seen}: jump p95", "must", jump * 1000, 0, 50, "ms"), Line(f"{seen}: memory", "must, added", grown, 0, 60, "MiB")]
            archive.people.sign_out()
        archive.close()
    return lines


def fill(archive: Archive, rows: int) -> None:
    """Cases over ten years with a party and an officer each, straight into the tables."""
    connection, columns_of = archive.database.connection(), archive.database.columns
    case, party, officer = [], [], []
    for i in range(1, rows + 1):
        year = 2016 + i * 10 // (rows + 1)
        case.append({"id": i, "state": 0, "trade": 0, "privacy": int(i % 5 == 0), "internal": 1, "case_number": f"西财罚〔{year}〕{i}号",
                     "cause": f"会计信息质量检查：未按规定设置会计账簿之{i}", "kind": EnforcementKind.PENALTY.value, "profile": "xigang-finance",
                     "profile_version": 1, "procedure": "ordinary", "conditions": "{}", "retention_years": None,
                     "stage": Stage.INVESTIGATE.value, "started_on": f"{year}-{i % 12 + 1:02}-{i % 28 + 1:02}", "ended_on": None,
                     "filed_at": None, "place": "", "note": "", "created_at": "2026-03-02T01:00:00.000000Z", "created_by_id": 1})
        party.append({"id": i, "case_id": i, "name": f"和润商贸有限公司第{i}分公司", "organisation": 1, "position": 0})
        officer.append({"id": i, "case_id": i, "name": "周敏", "certificate": "LN-0207-031", "person_id": None, "position": 0})
    with archive.database.atomic("IMMEDIATE"):
        for table, values in (("case_folder", case), ("party", party), ("case_officer", officer)):
            names = columns_of(table)
            connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                                   ([row[name] for name in names] for row in values))


class _Painted(QObject):
    """Watches a viewport: `whole` is True once it was painted with every visible row in memory."""

    def __init__(self, page: CasesPage) -> None:
        super().__init__()
        self.whole = False
        self._list, self._model = page.list, page.model
        page.list.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._model.rowCount():
            last = self._list.rowAt(self._list.viewport().height() - 1)  # -1 below the last row
            seen = {self._list.rowAt(0) // BLOCK, (last if last >= 0 else self._model.rowCount() - 1) // BLOCK}
            self.whole = seen <= self._model._blocks.keys()
        return False


class _Shell:
    """The page opens no other."""

    def go(self, page: str, **kw: Any) -> None:
        raise AssertionError(page)

    def back(self) -> None:
        raise AssertionError


def _use(app: QApplication, archive: Archive, jumps: int) -> tuple[float, float, float, float]:
    """First page and p95 of the jumps in seconds, memory in MiB, and the seconds until every place can be reached."""
    _draw_one(app)
    bridge = Bridge()
    before, began = memory_now(), time.perf_counter()
    page = CasesPage(archive, bridge, _Shell())
    page.resize(1200, 800)
    painted, complete = _Painted(page), []
    page.model.complete.connect(lambda: complete.append(time.perf_counter() - began))
    page.show()
    page.opened()
    _until(app, lambda: painted.whole)
    first = time.perf_counter() - began
    _until(app, lambda: bool(complete))
    times, places, bar = [], random.Random(7), page.list.verticalScrollBar()
    for _ in range(jumps):
        start, painted.whole = time.perf_counter(), False
        bar.setValue((bar.value() + places.randrange(1, bar.maximum())) % bar.maximum())
        _until(app, lambda: painted.whole)
        times.append(time.perf_counter() - start)
    grown = memory_now() - before
    page.close()
    bridge.close()
    return first, sorted(times)[int(len(times) * 0.95)], grown, complete[0]


def _draw_one(app: QApplication) -> None:
    """The program is running when somebody opens the list: its fonts are loaded."""
    line = CaseLine(CaseId(1), "西财罚〔2026〕1号", "会计信息质量检查 0123456789", EnforcementKind.PENALTY, Stage.START, Label(), "2026-01-01",
                    None, None, "和润商贸有限公司", "周敏", 3)
    running = Table(Rows(columns(), [line]), "一行")
    running.show()
    app.processEvents()
    running.close()


def _until(app: QApplication, ready: Callable[[], bool], limit: float = 120.0) -> None:
    end = time.perf_counter() + limit
    while not ready():
        app.processEvents()
        time.sleep(0.0005)  # the worker gets its turn, as it does while a person looks
        if time.perf_counter() > end:
            raise TimeoutError


if __name__ == "__main__":
    bench(measure)
