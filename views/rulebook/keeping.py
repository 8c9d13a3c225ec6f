"""Keeps a draft in the archive by itself: a rest after the last change, and whenever the page is left; never once a key stroke."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.errors import Refusal
from desktop.rulebook import DraftLine
from views.common.page import Page

REST = 2_000  # ms after the last change
AT_MOST = 20_000  # ms that a draft goes unkept while somebody writes on and on


class Keeping(QObject):
    """`changed` after every change; `now` when the page is left. `told` hears the state: "waits", "kept" or the refusal."""

    def __init__(self, page: Page, told: Callable[[str], object]) -> None:
        super().__init__(page)
        self.page, self._told = page, told
        self._line: DraftLine | None = None
        self._kept: tuple[str, str, dict[str, str]] = ("", "", {})
        self._now: Callable[[], tuple[str, str, dict[str, str]]] = lambda: self._kept
        self._under_way, self._revision = False, 0
        self._rest, self._most = QTimer(self), QTimer(self)
        for timer, span in ((self._rest, REST), (self._most, AT_MOST)):
            timer.setSingleShot(True)
            timer.setInterval(span)
            timer.timeout.connect(self.keep)

    @property
    def revision(self) -> int:
        """The revision that the archive has."""
        return self._revision

    def follow(self, line: DraftLine, now: Callable[[], tuple[str, str, dict[str, str]]]) -> None:
        """Another draft: as it is kept, and how to ask what it says now (text, reason, reasons by rule)."""
        self._line, self._now = line, now
        self._kept, self._revision = (line.text, line.reason, dict(line.reasons)), line.revision
        self._told("kept")

    def end(self) -> None:
        """There is nothing to keep any more."""
        self._line = None
        self._rest.stop()
        self._most.stop()

    def changed(self) -> None:
        """Something was written."""
        if self._line is not None and self._now() != self._kept:
            self._told("waits")
            self._rest.start()
            if not self._most.isActive():
                self._most.start()

    def keep(self) -> None:
        """Keep it in the background, if anything is new."""
        self._stop()
        if self._line is None or self._under_way or self._now() == self._kept:
            return
        key, said, revision, room = self._line.key, self._now(), self._revision, self.page.archive.rulebook
        self._under_way = True
        self.page.run(lambda _p: room.draft_keep(key, *said, revision), lambda number: self._done(said, number), self._not_done)

    def now(self) -> None:
        """Keep it before this returns: the person leaves, and a moment later nobody is signed in."""
        self._stop()
        if self._line is None or self._under_way or self._now() == self._kept:
            return
        said = self._now()
        try:
            self._done(said, self.page.archive.rulebook.draft_keep(self._line.key, *said, self._revision))
        except Refusal as no:
            self._told(str(no))

    def _stop(self) -> None:
        self._rest.stop()
        self._most.stop()

    def _done(self, said: tuple[str, str, dict[str, str]], number: int) -> None:
        self._under_way, self._kept, self._revision = False, said, number
        if self._line is not None and self._now() != said:
            self.changed()
        else:
            self._told("kept")

    def _not_done(self, error: Exception) -> None:
        self._under_way = False
        self._told(str(error))
        self.page.tell(error)


__all__ = ["AT_MOST", "REST", "Keeping"]
