"""A list of a million rows: a window over a keyset-paged source, so that it opens at once and jumps by anchors."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QTimer, Signal

from desktop.jobs import Progress
from views.bridge import Bridge, Handle
from views.common.tables import Column, Index, TableModel

BLOCK = 256
KEPT = 48  # blocks in memory: 12 288 rows, some 10 MiB
AT_ONCE = 3  # blocks asked for and not yet arrived; of older wishes only the newest count
AFTER, BEFORE = 1, -1


class Source(Protocol):
    """An ordered, narrowed query. Called in a worker; each call is short and stands by itself.

    A key is whatever orders a row without a tie, such as (date, id); the source makes it from a row by `key`.
    """

    def count(self) -> int:
        """How many rows there are."""

    def page(self, anchor: Any | None, direction: int, n: int) -> list[Any]:
        """At most `n` rows after (`AFTER`) or before (`BEFORE`) the row whose key is `anchor`, in the order of the list.

        Without an anchor: the first rows, or the last.
        """

    def anchors(self, every: int = BLOCK) -> list[Any]:
        """The keys of rows number `every`, 2 × `every`, … counted from 1: the last of each full block."""

    def key(self, row: Any) -> Hashable:
        """The key of a row."""


class WindowedModel(TableModel):
    """Shows a `Source` in blocks of 256 rows. Rows not yet here are a quiet dash and arrive without moving the view.

    `ready` comes when the first page is here, at opening and after `refresh`; `complete` when count and anchors are here
    and every place of the list can be reached in one step.
    """

    ready = Signal()
    complete = Signal()
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source,
        bridge: Bridge,
        ground: Callable[[Any], str] | None = None,
        lane: str = "reads",
    ) -> None:
        super().__init__(columns)
        self.source, self._bridge, self._ground, self._lane = source, bridge, ground, lane
        self._count = 0
        self._anchors: list[Any] | None = None
        self._blocks: OrderedDict[int, list[Any]] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._wishes: list[int] = []
        self._age = 0
        self._jobs: list[Handle] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    # What a page asks
    def open(self, source: Source | None = None) -> None:
        """Show a source from its start; another one for another filter or order."""
        self.beginResetModel()
        self.source = source or self.source
        self._forget()
        self._count = 0
        self.endResetModel()
        self._read_first()

    def refresh(self) -> None:
        """Read again after an act, where one stands: what is shown stays until the new rows are here."""
        self._age += 1
        self._asked.clear()
        self._stale = set(self._blocks)
        self._anchors = None
        self._read_first()

    def rows_here(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._blocks.values()))

    def number_of(self, key: Hashable) -> int | None:
        """Where the row with this key stands, if it is among those in memory."""
        for block, rows in self._blocks.items():
            for i, row in enumerate(rows):
                if self.source.key(row) == key:
                    return block * BLOCK + i
        return None

    # What the view asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def row(self, number: int) -> Any | None:
        block, at = divmod(number, BLOCK)
        rows = self._blocks.get(block)
        if rows is None or block in self._stale:
            self._wish(block)
        else:
            self._blocks.move_to_end(block)
        return rows[at] if rows is not None and at < len(rows) else None

    def ground(self, number: int) -> str:
        row = self.row(number) if self._ground is not None else None
        return self._ground(row) if self._ground is not None and row is not None else ""

    # Reading
    def _forget(self) -> None:
        self._age += 1
        self._anchors = None
        self._blocks.clear()
        self._stale.clear()
        self._asked.clear()
        self._wishes.clear()
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """A read in the worker; what comes back for an older filter is dropped."""
        age = self._age

        def work(_progress: Progress) -> Any:
            return job()

        def take(result: Any) -> None:
            if age == self._age:
                done(result)

        def fail(error: Exception) -> None:
            if age == self._age:
                self._asked.clear()
                self.failed.emit(error)

        self._jobs = [j for j in self._jobs if j.state in ("waiting", "running")]
        self._jobs.append(self._bridge.run(work, take, fail, self._lane))

    def _read_first(self) -> None:
        """The first page, then the count, then the anchors: the view can be used before they are here."""
        source = self.source
        self._asked.add(0)
        self._run(lambda: source.page(None, AFTER, BLOCK), self._took_first)
        self._run(source.count, self._recount)
        self._run(lambda: source.anchors(BLOCK), self._took_anchors)

    def _took_first(self, rows: list[Any]) -> None:
        if self._count < len(rows):
            self._recount(len(rows))
        self._put(0, rows)
        self.ready.emit()

    def _took_anchors(self, anchors: list[Any]) -> None:
        self._anchors = anchors
        self.complete.emit()
        self._fetch()

    def _recount(self, count: int) -> None:
        """More or fewer rows at the end of the list; the view stays where it is."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            for block in [b for b in self._blocks if b * BLOCK >= count]:
                del self._blocks[block]
            self.endRemoveRows()

    def _wish(self, block: int) -> None:
        """The view painted a dash there: ask for it when painting is over. Of many wishes the newest come first."""
        if block in self._asked:
            return
        if block in self._wishes:
            self._wishes.remove(block)
        self._wishes.append(block)
        del self._wishes[:-AT_ONCE]
        if not self._soon.isActive():
            self._soon.start()

    def _fetch(self) -> None:
        while self._wishes and len(self._asked) < AT_ONCE:
            block = self._wishes.pop()
            if (way := self._way(block)) is None:
                self._wishes.append(block)  # no anchor yet: it comes with the anchors
                return
            self._asked.add(block)
            self._run(partial(self.source.page, *way), partial(self._put, block))

    def _way(self, block: int) -> tuple[Any, int, int] | None:
        """How to reach a block: from the start, by its anchor, from the end, or from a neighbour that is here."""
        if block == 0:
            return None, AFTER, BLOCK
        if self._anchors is not None:
            return (self._anchors[block - 1], AFTER, BLOCK) if block <= len(self._anchors) else None
        if block == (self._count - 1) // BLOCK:
            return None, BEFORE, self._count - block * BLOCK
        before = self._blocks.get(block - 1)
        if before and len(before) == BLOCK and block - 1 not in self._stale:
            return self.source.key(before[-1]), AFTER, BLOCK
        return None

    def _put(self, block: int, rows: list[Any]) -> None:
        self._asked.discard(block)
        self._stale.discard(block)
        self._blocks[block] = rows
        self._blocks.move_to_end(block)
        while len(self._blocks) > KEPT:
            old, _rows = self._blocks.popitem(last=False)
            self._stale.discard(old)
        last = min((block + 1) * BLOCK, self._count) - 1
        if last >= block * BLOCK:
            self.dataChanged.emit(self.index(block * BLOCK, 0), self.index(last, len(self.columns) - 1))
        if self._wishes:
            self._soon.start()
