"""From worker to window: the lanes on which jobs run, and the only QObject that a job meets."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.errors import Cancelled, Refusal
from desktop.jobs import Progress, Tracked
from views.errors import Unexpected, unexpected

T = TypeVar("T")
Job = Callable[[Progress], T]
LANES = {"records": 1, "wide": 2, "reads": 1}
TELL_EVERY = 100  # ms: progress reaches the window at most ten times a second
_log = logging.getLogger(__name__)


class Handle(QObject):
    """One job under way: what it is called, how far it is, and a way to stop it.

    `changed` comes at most ten times a second, `ended` once; both in the GUI thread. `state` is waiting, running, done,
    refused, cancelled or failed. A handle without a title is not shown at the foot.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, title: str, lane: str) -> None:
        super().__init__()
        self.title, self.lane, self.state = title, lane, "waiting"
        self.progress = Tracked()
        self.over = threading.Event()  # set in the worker, when the job has come to its end
        self._shown: tuple[object, ...] = ()

    @property
    def done(self) -> int:
        return self.progress.done

    @property
    def total(self) -> int:
        return self.progress.total

    @property
    def unit(self) -> str:
        return self.progress.unit

    @property
    def note(self) -> str:
        return self.progress.note

    @property
    def rate(self) -> float:
        """Units a second."""
        return self.progress.rate

    @property
    def left(self) -> float | None:
        """Seconds left, None while nothing can be said."""
        return self.progress.left

    @property
    def share(self) -> float:
        """How much is done, 0 to 1; 0 while the total is not known."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def stopping(self) -> bool:
        return self.progress._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next step; one that still waits never starts."""
        self.progress.cancel()
        self.changed.emit()

    def look(self) -> bool:
        """Tell whoever watches, if anything moved since the last look."""
        now = (self.state, self.done, self.total, self.note)
        if now == self._shown:
            return False
        self._shown = now
        self.changed.emit()
        return True


class _Task:
    """What a lane is given, and whether its thread has put it down again."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work, self.put_down = work, threading.Event()


class _Lane:
    """Threads that take jobs in the order they came."""

    def __init__(self, name: str, width: int) -> None:
        self.waiting: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self.threads = [threading.Thread(target=self._work, name=f"{name}-{i}", daemon=True) for i in range(width)]
        for thread in self.threads:
            thread.start()

    def _work(self) -> None:
        while (task := self.waiting.get()) is not None:
            put_down = task.put_down
            task.work()
            del task  # or the page of the last job would live until the next one
            put_down.set()


class Bridge(QObject):
    """Runs jobs on three lanes and brings their ends back to the GUI thread.

    `records` is one worker for all that writes the database; `wide` is two, for hashing, decoding and rendering; `reads` is
    one for short reads of lists, so that a page does not wait behind an hour of intake.
    """

    started = Signal(object)
    ended = Signal(object)
    troubled = Signal(object)  # an exception that nobody asked for: the shell shows it on the page in view
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Handle] = []
        self._tasks: dict[Handle, _Task] = {}
        self._over: list[_Task] = []  # kept until no thread holds them: what Qt made must end in this one
        self._lanes = {name: _Lane(name, width) for name, width in LANES.items()}
        self._closed = threading.Event()
        self._arrived.connect(self._deliver)
        self._pulse = QTimer(self)
        self._pulse.setInterval(TELL_EVERY)
        self._pulse.timeout.connect(self._look)

    def run(
        self,
        job: Job[T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        lane: str = "records",
        title: str = "",
    ) -> Handle:
        """Run `job` on a lane; then call `done` with its result, or `failed` with `Refusal`, `Cancelled` or `Unexpected`.

        Both are called in the GUI thread, and not at all when they are methods of a page that is gone. Without `failed`
        a refusal or a failure goes to `troubled`.
        """
        handle = Handle(title, lane)
        self.running.append(handle)
        task = self._tasks[handle] = _Task(lambda: self._work(handle, job, done, failed))
        self._lanes[lane].waiting.put(task)
        self._pulse.start()
        self.started.emit(handle)
        return handle

    def busy(self, lane: str = "") -> bool:
        """Whether anything runs or waits (on one lane)."""
        return any(not lane or h.lane == lane for h in self.running)

    def stop_titled(self, wait: float = 3.0) -> bool:
        """Before the desk locks: ask every job that is shown at the foot to stop, and wait until it has; what is finished stays.

        Nothing may go on in the name of a person who has left. True if all came to their end in time.
        """
        jobs = [job for job in self.running if job.title]
        for job in jobs:
            job.cancel()
        until = time.monotonic() + wait
        return all([job.over.wait(max(until - time.monotonic(), 0)) for job in jobs])

    def close(self, wait: float = 2.0) -> bool:
        """Ask all jobs to stop, wait at most `wait` seconds, deliver nothing more. True if every thread came to an end."""
        self._closed.set()
        self._pulse.stop()
        for handle in self.running:
            handle.progress.cancel()
        threads = [t for lane in self._lanes.values() for t in lane.threads]
        for lane in self._lanes.values():
            for _thread in lane.threads:
                lane.waiting.put(None)
        until = time.monotonic() + wait
        for thread in threads:
            thread.join(max(until - time.monotonic(), 0))
        self.running.clear()
        return not any(t.is_alive() for t in threads)

    def _work(
        self,
        handle: Handle,
        job: Job[Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        """In the worker: the one place where any exception of a job is caught."""
        end: Callable[[], None]
        try:
            if handle.stopping or self._closed.is_set():
                raise Cancelled
            handle.state = "running"
            result = job(handle.progress)
            state, end = "done", lambda: _call(done, result)
        except Refusal as refusal:
            state, end = "refused", self._failure(failed, refusal)
        except Cancelled as stopped:
            state, end = "cancelled", self._failure(failed, stopped)
        except Exception as error:
            state, end = "failed", self._failure(failed, unexpected(error))
        handle.over.set()
        if not self._closed.is_set():
            self._arrived.emit((handle, state, end))

    def _failure(self, failed: Callable[[Exception], object] | None, error: Exception) -> Callable[[], None]:
        def end() -> None:
            if failed is not None:
                _call(failed, error)
            elif not isinstance(error, Cancelled):
                self.troubled.emit(error)

        return end

    def _deliver(self, parcel: tuple[Handle, str, Callable[[], None]]) -> None:
        handle, state, end = parcel
        self._over.append(self._tasks.pop(handle))
        QTimer.singleShot(0, self, self._let_go)
        if self._closed.is_set():
            return
        handle.state = state
        if handle in self.running:
            self.running.remove(handle)
        if not self.running:
            self._pulse.stop()
        handle.changed.emit()
        handle.ended.emit()
        self.ended.emit(handle)
        end()

    def _let_go(self) -> None:
        """Forget the tasks that their threads have put down; the others in the next turns."""
        self._over = [task for task in self._over if not task.put_down.is_set()]
        if self._over:
            QTimer.singleShot(1, self, self._let_go)

    def _look(self) -> None:
        for handle in list(self.running):
            handle.look()


def _call(told: Callable[..., object] | None, what: object) -> None:
    """Call back, unless the widget whose method it is has gone meanwhile."""
    owner = getattr(told, "__self__", None)
    if told is None or (isinstance(owner, QObject) and not isValid(owner)):
        return
    told(what)


__all__ = ["LANES", "Bridge", "Handle", "Job", "Unexpected"]
