"""The thread of one part of the player, and the object by which it answers the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

LOOK_EVERY = 100  # ms between two looks at threads that are to end


class Lane(QObject):
    """Work runs one after another on a thread of its own; what it finds arrives as signals on the window's thread.

    An object of Qt must end in the thread to which it belongs, or Qt reads freed memory. Its work holds it, and may be the last that does:
    so whoever lets go of a lane calls `leave`, and it is kept until its thread has put everything down.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lane = ThreadPoolExecutor(1, name)
        self._left = False

    def submit(self, work: Callable[[], Any], told: Callable[[Future[Any]], object]) -> Future[Any] | None:
        """Have it done, and `told` how it ended, on that thread; None when the lane was left."""
        if self._left:
            return None
        future = self._lane.submit(work)
        future.add_done_callback(told)
        return future

    def leave(self, wait: bool = False) -> None:
        """Take nothing more, and end when what was asked is done; `wait` until then (never on the window's thread)."""
        if self._left:
            return
        self._left = True
        _LEAVING[self] = self._lane.submit(_nothing)  # holds nothing, and comes last
        self._lane.shutdown(wait=wait)
        _let_go()


_LEAVING: dict[Lane, Future[None]] = {}


def _nothing() -> None:
    """What a thread does last."""


def _let_go() -> None:
    """Forget the lanes whose threads are through, here in the window's thread; look again while there are others."""
    for lane in [lane for lane, last in _LEAVING.items() if last.done()]:
        del _LEAVING[lane]
    if _LEAVING and QCoreApplication.instance() is not None:
        QTimer.singleShot(LOOK_EVERY, _let_go)
