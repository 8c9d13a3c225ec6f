"""Work for the window's thread cut into slices: one at a turn of the event loop, so that keys and paint come in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Slices(QObject):
    """Calls what it was given in order, one at a turn; a slice that returns True has more to do and is called again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._one)

    @property
    def busy(self) -> bool:
        """Whether anything waits for its turn."""
        return bool(self._waiting)

    def add(self, *slices: Callable[[], object]) -> None:
        """Put these behind what waits."""
        self._waiting.extend(slices)
        self._turns.start()

    def finish(self) -> None:
        """Do what waits here and now."""
        while self._waiting:
            self._call_next()
        self._turns.stop()

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._turns.stop()

    def _one(self) -> None:
        if self._waiting:
            self._call_next()
        if not self._waiting:
            self._turns.stop()

    def _call_next(self) -> None:
        slice_of = self._waiting.popleft()
        if slice_of() is True:
            self._waiting.appendleft(slice_of)
