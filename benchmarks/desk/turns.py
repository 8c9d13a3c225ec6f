"""Turns of the event loop: how long the window's thread works each time before it comes back to its events, and what it was at."""

from __future__ import annotations

import collections
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtWidgets import QApplication

TOLD = 0.025  # s: turns from here on are kept, and sampled
REST, NAP = 30, 0.001  # quiet turns that are a rest, and s between them
AT_MOST = 600.0  # s for one thing done
DEEP, SAMPLED = 14, 0.002  # frames of a sample, and s between two


@dataclass
class Turn:
    """One turn of the loop that took long, in s; `cpu` is the thread's own time, `at` how much of it went where."""

    journey: str
    step: str
    cpu: float
    wall: float
    at: collections.Counter[str] = field(default_factory=lambda: collections.Counter[str]())

    def told(self) -> str:
        """The figures, and the stacks that took most."""
        head = f"{self.cpu * 1000:6.1f} ms cpu {self.wall * 1000:7.1f} ms wall  {self.journey}: {self.step}"
        return "\n".join([head, *(f"      {ms:4} {stack}" for stack, ms in self.at.most_common(8))])


class Turns:
    """Drives the event loop one turn at a time. `journey` and `step` name what is done now."""

    def __init__(self, app: QApplication, why: bool = False) -> None:
        self._app = app
        self.journey = self.step = ""
        self.long: list[Turn] = []
        self.longest: dict[str, Turn] = {}  # of each journey
        self._seen: collections.Counter[str] = collections.Counter()
        self._looked = 0.0
        if why:
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, SAMPLED, SAMPLED)

    def run(self, over: Callable[[], object], rest: int = REST) -> None:
        """Turn until `over`, and until nothing moved for a while after it: for so many turns."""
        quiet, last = 0, time.monotonic() + AT_MOST
        while quiet < rest:
            if time.monotonic() > last:
                raise RuntimeError(f"{self.journey}: {self.step} came to no end")
            spent = self.turn()
            quiet = quiet + 1 if spent < NAP and over() else 0
            if spent < NAP:
                time.sleep(NAP)

    def turn(self) -> float:
        """One turn; the thread's own seconds."""
        self._seen.clear()
        cpu, wall = time.thread_time(), time.perf_counter()
        self._looked = cpu
        self._app.processEvents()
        turn = Turn(self.journey, self.step, time.thread_time() - cpu, time.perf_counter() - wall)
        if turn.cpu > TOLD:
            turn.at.update(self._seen)
            self.long.append(turn)
        if self.journey not in self.longest or turn.cpu > self.longest[self.journey].cpu:
            self.longest[self.journey] = turn
        return turn.cpu

    def _look(self, _number: int, frame: FrameType | None) -> None:
        """Called by the clock, between two steps of Python: what passed in Qt alone is counted for the step after it."""
        now = time.thread_time()
        if frame is not None:
            self._seen[" < ".join(_stack(frame))] += round((now - self._looked) * 1000)
        self._looked = now


def _stack(frame: FrameType) -> Iterator[str]:
    for number, (at, line) in enumerate(traceback.walk_stack(frame)):
        if number == DEEP or at.f_code.co_name == "turn":
            return
        yield f"{at.f_code.co_filename.rsplit('/', 1)[-1]}:{line}:{at.f_code.co_name}"
