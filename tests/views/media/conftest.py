"""A player without loudspeaker, opened and closed again; libVLC is stopped before a test ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.footage import barcode_of, read_barcode
from views.media.picture import Picture
from views.media.vlc_player import Player


class Watched:
    """A player whose every picture is read: `numbers` of all that was shown, `played` what the ledger would get."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.player = Player(silent=True)
        self.canvas = Picture()
        self.canvas.resize(640, 360)
        qtbot.addWidget(self.canvas)
        self.canvas.show()
        self.numbers: list[int | None] = []
        self.wrong_times: list[tuple[int, int | None]] = []
        self.played: list[tuple[int, int]] = []
        self.failures: list[BaseException] = []
        self.player.frame_shown.connect(self._shown)
        self.player.span_played.connect(lambda start, end: self.played.append((start, end)))
        self.player.failed.connect(self.failures.append)

    def _shown(self, us: int) -> None:
        shown = self.player.shown
        assert shown is not None
        number = read_barcode(shown.frame)
        self.numbers.append(number)
        if number is not None and abs(us // 40_000 - number) > 12:
            self.wrong_times.append((us, number))
        self.canvas.show_picture(shown)

    def open(self, *what: Any) -> None:
        with self.qtbot.waitSignal(self.player.frame_shown):
            self.player.open(*what)

    def until(self, state: str) -> None:
        self.qtbot.waitUntil(lambda: self.player.state == state)

    def moving(self, count: int = 5) -> None:
        """Wait until so many more pictures were shown."""
        before = len(self.numbers)
        self.qtbot.waitUntil(lambda: len(self.numbers) >= before + count)

    def still(self) -> None:
        """Wait until the paused picture's exact time is known."""
        self.qtbot.waitUntil(lambda: self.player.shown is not None and not self.player.shown.moving)

    def grabbed_number(self) -> int | None:
        """The number that one can read off the screen."""
        image = self.canvas.grab().toImage()
        return barcode_of(image.width(), image.height(), lambda x, y: image.pixelColor(x, y).green())


@pytest.fixture
def watched(qtbot: QtBot, look: QApplication) -> Iterator[Watched]:
    out = Watched(qtbot)
    yield out
    out.player.close(wait=True)
