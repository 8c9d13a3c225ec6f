"""Looks for garbage in the GUI thread only: a cycle of widgets that a worker thread collects is destroyed there, and Qt dies or stands still."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY = 500  # ms
MORE_OFTEN = (700, 10, 10)  # Python's own measure: so many new objects, so many rounds of the generation below


class Collector(QObject):
    """Takes the place of Python's automatic collection, which runs in whatever thread happens to allocate (a lane reading rows, as a rule).

    While it lives automatic collection is off; a timer of the GUI thread asks whether enough has gathered, and collects then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, if any."""
        counts = gc.get_count()
        due = [generation for generation in range(3) if counts[generation] > MORE_OFTEN[generation]]
        if due:
            gc.collect(due[-1])
