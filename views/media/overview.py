"""Thumbnails and loudness for the timeline, made behind the window from the fenced recording."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from desktop.errors import Cancelled
from desktop.jobs import Tracked
from desktop.media.frames import Facts, FrameSource, Still
from desktop.media.reading import Reader
from desktop.media.sound import peaks
from desktop.media.spans import Spans
from views.media.lane import Lane
from views.media.timeline import THUMBNAILS

_BARS = 440


class Overview(Lane):
    """Tells each thumbnail as it is made, then the loudness. What fails here fails in the player too, and is said there."""

    thumbnail = Signal(object, object)
    loudness = Signal(object)

    def __init__(self) -> None:
        super().__init__("overview")
        self._progress = Tracked()

    def begin(self, reader: Reader, spans: Spans, facts: Facts) -> None:
        self.submit(lambda: self._make(reader, spans, facts), _unheard)

    def close(self) -> None:
        self._progress.cancel()
        self.leave()

    def _make(self, reader: Reader, spans: Spans, facts: Facts) -> None:
        try:
            with FrameSource(reader, spans) as source:
                for still in source.thumbnails(THUMBNAILS):
                    self._progress.step()
                    self.thumbnail.emit(still.us, image_of(still))
            if facts.has_audio:
                self.loudness.emit(peaks(reader, spans, facts.duration_us, _BARS, self._progress))
        except Cancelled:
            return


def _unheard(_future: Future[None]) -> None:
    """What failed here fails in the player too."""


def image_of(still: Still) -> QImage:
    """A small picture that owns its pixels."""
    plane = still.frame.planes[0]
    width, height = still.frame.width, still.frame.height
    return QImage(memoryview(plane), width, height, plane.line_size, QImage.Format.Format_RGB32).copy()
