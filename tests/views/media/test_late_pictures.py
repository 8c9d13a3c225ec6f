"""Small pictures and loudness are made in a worker: they may come when the player's view is gone."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from views.media.player_view import PlayerView


def test_a_small_picture_that_comes_too_late_touches_nothing(look: QApplication) -> None:
    view = PlayerView(silent=True)
    track = view.timeline.track
    view.close_recording()
    delete(view)
    view._thumbnail(track, 1_000, QImage(4, 3, QImage.Format.Format_RGB32))
    view._loudness(track, [0.5, None])
    assert (len(track.thumbnails), track.peaks) == (1, [1.0, None])
