"""Long work, written once: a plain function whose last argument is a `Progress`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from desktop.errors import Cancelled


class Progress(Protocol):
    """What a job tells while it runs. Units are the job's own (bytes, entries, files)."""

    def begin(self, total: int, unit: str = "") -> None:
        """Say how much there is to do; may be called again when a new phase begins."""

    def step(self, note: str = "", amount: int = 1) -> None:
        """Say that `amount` is done. Raises `Cancelled` when the person asked to stop."""


class Silent:
    """Progress for tests and for callers who do not look."""

    def begin(self, total: int, unit: str = "") -> None:
        return None

    def step(self, note: str = "", amount: int = 1) -> None:
        return None


@dataclass
class Tracked:
    """Progress that can be read from another thread and cancelled; `changed` is called at most ten times a second."""

    changed: Callable[[Tracked], None] = lambda _: None
    total: int = 0
    done: int = 0
    unit: str = ""
    note: str = ""
    started: float = field(default_factory=time.monotonic)
    _last: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, total: int, unit: str = "") -> None:
        self.total, self.done, self.unit, self.started = total, 0, unit, time.monotonic()
        self._tell(force=True)

    def step(self, note: str = "", amount: int = 1) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.done += amount
        self.note = note or self.note
        self._tell(force=self.done >= self.total)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def rate(self) -> float:
        """Units a second since `begin`."""
        return self.done / max(time.monotonic() - self.started, 1e-6)

    @property
    def left(self) -> float | None:
        """Seconds left at the present rate; None while nothing can be said yet."""
        if self.done <= 0 or self.total <= 0:
            return None
        return max(self.total - self.done, 0) / self.rate

    def _tell(self, force: bool = False) -> None:
        now = time.monotonic()
        if force or now - self._last >= 0.1:
            self._last = now
            self.changed(self)
