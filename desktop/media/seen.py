"""What was really seen of a recording: moments joined to stretches, so that the ledger gets each stretch once."""

from __future__ import annotations

from collections.abc import Callable

from models.timecode import SECOND

LONGEST = 60 * SECOND  # a stretch is told at least this often, so that a crash loses no more


class Seen:
    """Joins what is shown to stretches and tells each one when it ends. Times in microseconds."""

    def __init__(self, tell: Callable[[int, int], None], joint: int = SECOND) -> None:
        self._tell = tell
        self._joint = joint
        self._start = self._end = -1

    def saw(self, start_us: int, end_us: int) -> None:
        """These moments were on screen. What lies more than the joint away begins a new stretch."""
        if end_us <= start_us:
            return
        near = self._start >= 0 and self._start - self._joint <= end_us and start_us <= self._end + self._joint
        if not near or self._end - self._start >= LONGEST:
            self.flush()
            self._start, self._end = start_us, end_us
            return
        self._start, self._end = min(self._start, start_us), max(self._end, end_us)

    def flush(self) -> None:
        """Tell what is pending: at a pause, a jump, the end."""
        start, end = self._start, self._end
        self._start = self._end = -1
        if end > start >= 0:
            self._tell(start, end)
