"""The page of opened content: the shelf of what one may open, one look in the player, refusals in three lines, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from desktop.errors import Cancelled
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.media.copying import SavedCopy, copy_name, save_copy
from desktop.media.looking import viewing
from desktop.media.openable import OpenableLine
from desktop.media.room import Opened
from desktop.media.viewing import Viewing
from models.terms import ComponentId, GrantId, Verb
from views.common import Empty, button, content, page_head, tool, vbox
from views.common.page import Page
from views.media.player_view import PlayerView
from views.player.reports import Reports
from views.player.shelf import Shelf
from views.player.trouble import Trouble, ends_the_look
from views.theme import THEME

MARKS, MARKS_LEAST = 336, 256  # px
Looked = tuple[Opened, Viewing, OpenableLine | None]


def choose_file(page: PlayerPage, suggested: str) -> Path | None:
    """Ask where the copy is to go; Qt's own dialog, so that it looks and works alike on every desk."""
    options = QFileDialog.Option.DontUseNativeDialog
    chosen, _kind = QFileDialog.getSaveFileName(page, _("Where the copy is to go"), str(Path.home() / suggested), options=options)
    return Path(chosen) if chosen else None


class PlayerPage(Page):
    """`go("player", component=…, grant=…, at=…)` opens, at a microsecond if one is named; without arguments it lists what may be opened
    now. Esc closes what is open."""

    name, icon, act = "player", "monitor-play", "media.open"
    listens_to = frozenset({"requests.", "media.copy"})
    margins = (24, 12, 24, 12)
    silent = False  # tests play without sound devices

    @classmethod
    def title(cls) -> str:
        return _("Player")

    def build(self) -> Iterator[None]:
        self.choose_file: Callable[[PlayerPage, str], Path | None] = choose_file
        self.reports = Reports(self.bridge, self._unrecorded)
        self.looked: Looked | None = None
        self._turn, self._at = 0, 0
        self.shelf = Shelf(self.archive.clock.now, lambda: self.go("cases"))
        self.shelf.table.opened.connect(lambda line: self.go("player", component=line.component, grant=line.grant))
        self.open_button = button(_("Open"), "primary", "play", on=self._open_chosen)
        self.list = content(vbox(page_head(_("Player"), self.open_button, sub=_("Only what the leader approved, only so far and so long.")),
                                 (self.shelf, 1), gap=12))
        yield
        self.view = PlayerView(self.silent)
        yield
        self.view.failed.connect(self._failed)
        self.view.marks.lane = lambda job, done, refused: self.run(lambda _progress: job(), done, refused, lane="reads")
        self.view.opened.connect(self._share_width)  # the clock of the recording needs its own line
        self.view.opened.connect(self._go_to_moment)
        self.copy = button(_("Take a copy"), "", "box-arrow-up", on=self._copy)
        self.view.actions.addWidget(self.copy)
        self.view.head.layout().insertWidget(0, tool("arrow-left", _("What may be opened now") + "  Alt+←", on=self._to_shelf))
        self.wait = Empty("hourglass-medium", _("Opening …"))
        self.trouble = Trouble(lambda: self.go("cases"), self._to_shelf)
        self.stack = QStackedWidget()
        for part in (self.list, self.view, self.wait, self.trouble):
            self.stack.addWidget(part)
        self.lay(None, (self.stack, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The list of marks gives way first, then the loudness: the transport keeps its buttons on one line at 1280 px."""
        place, slider = self.parentWidget(), self.view.controls.volume_slider
        wide = place.width() if place is not None else self.width()  # the page itself is never under its least width
        least = self.view.stage.minimumSizeHint().width() + (0 if slider.isVisibleTo(self.view) else slider.width() + 4)
        room = wide - 2 * self.margins[0] - 16 - least
        slider.setVisible(room >= THEME.px(MARKS_LEAST))  # M still turns the sound off
        room += 0 if room >= THEME.px(MARKS_LEAST) else slider.width() + 4
        self.view.marks.setFixedWidth(max(min(THEME.px(MARKS), room), THEME.px(MARKS_LEAST)))

    # Coming and going
    def opened(self, component: ComponentId | None = None, grant: GrantId | None = None, at: int = 0, **kw: Any) -> None:
        self._at = at
        if component is not None:
            self._open(component, grant)
            return
        self._to_shelf()

    def refresh(self) -> None:
        media = self.archive.media
        self.run(lambda _progress: media.openable(), self._took, lane="reads")

    def _took(self, lines: list[OpenableLine]) -> None:
        self.shelf.show_lines(lines)
        self.open_button.setVisible(bool(lines))
        if self.looked is not None:  # a copy taken meanwhile, or a grant that changed
            opened, shown, _line = self.looked
            self.looked = opened, shown, _of(lines, opened)
            self._show_copy()

    def left(self) -> None:
        """Close what is open, tell the last stretch and the closing, and wait a moment for the entries: a lock follows at once."""
        self._turn += 1
        self._close()
        self.stack.setCurrentWidget(self.list)  # whoever comes back, after a lock too, opens anew
        self.reports.settle()

    def step_back(self) -> bool:
        """Esc closes what is open."""
        if self.stack.currentWidget() is self.list:
            return False
        self.banner.clear()
        self._to_shelf()
        return True

    def _to_shelf(self) -> None:
        self._turn += 1
        self._close()
        self.stack.setCurrentWidget(self.list)
        self.reread()
        self.shelf.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_chosen(self) -> None:
        line = self.shelf.table.row()
        if line is not None:
            self.go("player", component=line.component, grant=line.grant)

    # One look
    def _open(self, component: ComponentId, grant: GrantId | None) -> None:
        self._close()
        self.banner.clear()
        self._turn += 1
        turn, archive = self._turn, self.archive
        self.stack.setCurrentWidget(self.wait)

        def job(_progress: Progress) -> Looked:
            opened = archive.media.open(component, grant)
            return opened, viewing(archive, opened), _of(archive.media.openable(), opened)

        def done(looked: Looked) -> None:
            if turn == self._turn:
                self._show(looked)
            else:  # somebody went on before it was open
                self.reports.send(lambda: archive.media.closed(looked[0].component.id, looked[0].grant))

        def failed(error: Exception) -> None:
            if turn == self._turn:
                self._show_trouble(error, "")

        self.run(job, done, failed, lane="wide")

    def _show(self, looked: Looked) -> None:
        opened, told, _line = looked
        self.looked = looked
        media, component, grant = self.archive.media, opened.component.id, opened.grant
        played = replace(told, on_span_played=lambda start, end: self.reports.send(lambda: media.played(component, grant, start, end)))
        self.stack.setCurrentWidget(self.view)
        self._show_copy()
        self.view.show_recording(played)

    def _go_to_moment(self) -> None:
        """The moment for which somebody came here, once."""
        at, self._at = self._at, 0
        if at:
            self.view.seek(at)

    def _close(self) -> None:
        """Let go of what is open; the player tells its last stretch first."""
        looked, self.looked = self.looked, None
        if looked is None:
            return
        self.view.close_recording()
        media, opened = self.archive.media, looked[0]
        self.reports.send(lambda: media.closed(opened.component.id, opened.grant))

    def _failed(self, error: BaseException) -> None:
        """The player met a refusal: a grant that ended takes the whole page, a bad picture stays in the picture's place."""
        if ends_the_look(error):
            title = self.looked[0].title if self.looked else ""
            self._close()
            self._show_trouble(error, title)

    def _unrecorded(self, error: Exception) -> None:
        """A stretch could not be written down: what cannot be recorded may not be seen. After leaving there is nothing to stop."""
        if self.looked is not None and not isinstance(error, Cancelled):
            self._failed(error)

    def _show_trouble(self, error: BaseException, title: str) -> None:
        self.trouble.show_error(error, title)
        self.stack.setCurrentWidget(self.trouble)
        self.trouble.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # Copies
    def _show_copy(self) -> None:
        line = self.looked[2] if self.looked else None
        self.copy.setVisible(line is not None and line.verb is Verb.COPY)
        if line is None:
            return
        verdict = self.may("media.copy", component=line.component)
        if verdict.allowed and not line.copies_left:
            self.copy.allow(False, _("All approved copies have been taken"))
        else:
            self.copy.heed(verdict)

    def _copy(self) -> None:
        line = self.looked[2] if self.looked else None
        if line is None:
            return
        path = self.choose_file(self, copy_name(line))
        if path is None:
            return
        archive = self.archive
        self.copy.allow(False, _("A copy is being made"))

        def failed(error: Exception) -> None:
            self._show_copy()
            self.tell(error)

        title = _("Copy of “{title}”").format(title=line.title)
        self.run(lambda progress: save_copy(archive, line, path, progress), self._copied, failed, lane="wide", title=title)

    def _copied(self, saved: SavedCopy) -> None:
        self._show_copy()
        words = _("Its SHA-256 is in the ledger: {hex}").format(hex=saved.sha256)
        self.say("good", _("Copy {n} is written: {path}").format(n=saved.number, path=saved.path.name), words)
        self.reread()


def _of(lines: list[OpenableLine], opened: Opened) -> OpenableLine | None:
    return next((one for one in lines if (one.component, one.grant) == (opened.component.id, opened.grant)), None)
