"""The settings of this desk put in force: look, language, idle lock; the window listens to what it must do itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.i18n import language, set_language
from desktop.settings import DeskSettings
from views import theme


class Desk(QObject):
    """`spoken`: the language is another, and what is on screen must be made anew; `idle`: the idle lock has other minutes."""

    spoken = Signal()
    idle = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.settings = DeskSettings()

    def put_in_force(self, settings: DeskSettings) -> None:
        """Look, language and idle lock as they are set; only what changed is done."""
        before, self.settings = self.settings, replace(settings, unread=())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look = (settings.mode, settings.density, settings.scale)
        if look != (before.mode, before.density, before.scale):
            theme.apply(app, *look)
        if settings.idle_minutes != before.idle_minutes:
            self.idle.emit(settings.idle_minutes)
        if settings.language != language():
            set_language(settings.language)
            self.spoken.emit()


DESK = Desk()
