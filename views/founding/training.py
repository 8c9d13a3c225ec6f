"""练习档案库: made while one waits, with a bar and a way to stop; a half-made one is never taken for a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.demo.standing import there, whole
from desktop.errors import Cancelled
from desktop.i18n import _
from desktop.jobs import Progress
from views.bridge import Bridge, Handle
from views.common import Banner, Bar, PageScroll, button, content, hbox, para, text, vbox
from views.errors import actions_for, words_of
from views.theme import THEME

WIDE = 560


class Training(QWidget):
    """`begin` opens the training archive, made first where there is none."""

    def __init__(self, bridge: Bridge, place: Path, make: Callable[[Path, Progress], object] | None, opened: Callable[[Path], object],
                 leave: Callable[[], object]) -> None:
        super().__init__()
        self._bridge, self._place, self._make, self._opened, self._leave = bridge, place, make, opened, leave
        self._job: Handle | None = None
        self.banner, self.bar, self.note = Banner(), Bar(), text("", "small", "ink2", elide=True)
        self.stop = button(_("Stop"), on=self._stop)
        self.again = button(_("Try again"), "primary", on=self.begin)
        words = para(_("Its papers, recordings and photographs are made on this machine; that takes about a minute."), "body", "ink2")
        column = content(vbox(text(_("Making the training archive"), "title"), words, 8, self.banner, self.bar, self.note, 8,
                              hbox(None, self.stop, self.again), gap=8))
        column.setFixedWidth(THEME.px(WIDE))
        self.setLayout(vbox(PageScroll(content(vbox(None, hbox(None, column, None), None, margins=(24, 24, 24, 24)))), gap=0))

    def begin(self) -> None:
        """Open it, or make it and then open it."""
        if there(self._place):
            self._opened(self._place)
            return
        self.banner.clear()
        self.again.hide()
        self.bar.fill(0)
        self.stop.setFocus()
        make, place = self._make, self._place
        self._job = self._bridge.run(lambda progress: whole(place, progress, make), lambda _made: self._opened(place), self._failed)
        self._job.changed.connect(self._tell)

    def leave(self) -> None:
        """The window closes."""
        if self._job is not None:
            self._job.cancel()

    def _tell(self) -> None:
        if self._job is not None:
            self.bar.fill(self._job.share)
            self.note.setText(self._job.note)

    def _stop(self) -> None:
        if self._job is not None and self._job in self._bridge.running:
            self.stop.allow(False, _("Stopping …"))
            self._job.cancel()
        else:
            self._leave()

    def _failed(self, error: Exception) -> None:
        self.stop.allow(True)
        if isinstance(error, Cancelled):
            self._leave()
            return
        said = words_of(error)
        self.banner.say(said.kind, said.what, said.then, *actions_for(said))
        self.again.show()
