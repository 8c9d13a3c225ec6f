"""What was seen goes to the ledger in a worker; leaving waits a moment for it, so that a lock does not cut off the last stretch."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop.jobs import Progress
from views.bridge import Bridge

WAIT = 0.25  # s at most, while leaving: an entry takes some 5 ms, more only where another act is being written


class Reports:
    """Acts of the player, in their order. `failed` gets the first refusal: what cannot be recorded may not be seen further."""

    def __init__(self, bridge: Bridge, failed: Callable[[Exception], object]) -> None:
        self._bridge, self._failed = bridge, failed
        self._pending: list[threading.Event] = []

    def send(self, act: Callable[[], object]) -> None:
        """Do this behind what was sent before."""
        written = threading.Event()
        self._pending = [one for one in self._pending if not one.is_set()] + [written]

        def job(_progress: Progress) -> None:
            try:
                act()
            finally:
                written.set()

        self._bridge.run(job, None, self._failed, lane="reads")

    def settle(self) -> bool:
        """Wait a moment for everything sent; False when something is still on its way."""
        return all(one.wait(WAIT / max(len(self._pending), 1)) for one in list(self._pending))
