"""One approved look at one object: head, picture or page, transport, timeline, marks. Everything a page needs to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.media.frames import Facts
from desktop.media.reading import Reader
from desktop.media.spans import Span, contains, span_at
from desktop.media.viewing import Mark, Viewing
from desktop.policy.clocks import BEIJING
from models.timecode import SECOND
from views.common import Banner, Empty, badge, content, empty, fill, frame, hbox, text, vbox
from views.errors import words_of
from views.media.annotations_list import AnnotationsList
from views.media.controls import Controls
from views.media.overview import Overview
from views.media.picture import Picture
from views.media.shown import RATES
from views.media.still_view import StillView
from views.media.timeline import Timeline, Track
from views.media.vlc_player import Player


class PlayerView(QWidget):
    """`show_recording` opens, `close_recording` tells what was seen and lets go. `failed` passes on every refusal.

    Keys, while the stage has the focus: Space play, ←/→ picture, Shift+←/→ mark, J back, K pause, L play and faster,
    I and O ends of a span, A mark, M sound, [ and ] speed.
    """

    opened = Signal()
    failed = Signal(object)
    marks_changed = Signal(object)

    def __init__(self, silent: bool = False) -> None:
        super().__init__()
        self._silent = silent
        self.viewing: Viewing | None = None
        self.player: Player | None = None
        self._overview: Overview | None = None
        self._in: int | None = None
        self._held: list[Player | Overview] = []
        self.destroyed.connect(lambda *_gone, held=self._held: _let_go(held))
        self.banner = Banner()
        self.title = text("", "title", elide=True)
        self.about = text("", "small", "ink2", elide=True)
        self.tags = hbox(gap=4)
        self.actions = hbox(gap=8)
        self.picture, self.controls, self.timeline = Picture(), Controls(), Timeline()
        self.still, self.marks = StillView(), AnnotationsList()
        self.nothing = Empty("eye-slash", _("This kind of file is not shown here"), _("It can be given out as an approved copy."))
        self._build()
        self._wire()

    def show_recording(self, viewing: Viewing) -> None:
        """Show this and nothing else. The reader enforces the grant; the sentence of its refusal appears in the picture."""
        self.close_recording()
        self.viewing = viewing
        self._head(viewing)
        self.banner.clear()
        moving = viewing.kind in ("video", "audio")
        self.marks.setVisible(moving)
        if moving:
            self._open_moving(viewing)
        elif viewing.draw is not None:
            self.pages.setCurrentWidget(self.still)
            self.still.show_still(viewing.draw, viewing.watermark)
            self.still.setFocus()
            self._call(viewing.on_opened)
        else:
            self.pages.setCurrentWidget(self.nothing)

    def close_recording(self) -> None:
        """Tell what is still to be told, stop, and forget."""
        overview, self._overview = self._overview, None
        if overview is not None:
            overview.close()
        player, self.player = self.player, None
        if player is not None:
            player.close()
            player.blockSignals(True)
        self._held.clear()
        if self.viewing is not None and self.viewing.draw is not None:
            self._fresh_still()
        self.viewing = None
        self.picture.say_instead(_("No picture"))
        self.timeline.track = Track()
        self.timeline.tell()

    def seek(self, us: int) -> None:
        """Go to this moment, or to the nearest granted one; says so when it was not granted."""
        if self.player is None or self.player.facts is None or not self.player.spans:
            return
        if not contains(self.player.spans, us):
            self.timeline.setToolTip(_("Not granted; moved to the nearest granted second"))
        self.player.seek(us)

    def _build(self) -> None:
        strip = frame(vbox(self.timeline, margins=(12, 10, 12, 6)), "plain", _("Timeline"))
        self.stage = content(vbox((self.picture, 1), self.controls, strip, gap=8))
        self.stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stage.setAccessibleName(_("Player"))
        self.pages = QStackedWidget()
        for one in (self.stage, self.still, self.nothing):
            self.pages.addWidget(one)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # whole wherever there is room
        self.head = content(hbox(self.title, self.tags, (self.about, 1), self.actions, gap=8))
        self.setLayout(vbox(self.head, self.banner, (hbox((self.pages, 1), self.marks, gap=16), 1), gap=8))
        self.setFocusProxy(self.stage)

    def _wire(self) -> None:
        self.stage.installEventFilter(self)
        for part in self.stage.findChildren(QPushButton):
            part.installEventFilter(self)
        bar = self.controls
        bar.play.connect(self._toggle)
        bar.step.connect(lambda forward: self._with(lambda player: player.step(forward)))
        bar.start.connect(lambda: self.seek(0))
        bar.end.connect(lambda: self._with(lambda player: player.seek(player.duration_us)))
        bar.rate.connect(lambda percent: self._with(lambda player: player.set_rate(percent)))
        bar.volume.connect(lambda percent: self._with(lambda player: player.set_volume(percent)))
        bar.mute.connect(lambda muted: self._with(lambda player: player.mute(muted)))
        bar.loop.connect(lambda _on: self._set_loop())
        bar.mark.connect(self._begin_mark)
        self.picture.clicked.connect(self._clicked)
        self.timeline.sought.connect(self._sought)
        self.timeline.mark_chosen.connect(self._mark_chosen)
        self.marks.jump.connect(self.seek)
        self.marks.changed.connect(self._marks_changed)
        self._wire_still()

    def _wire_still(self) -> None:
        self.still.failed.connect(self._refused)
        self.still.page_shown.connect(lambda page: self._call(lambda: self.viewing.on_page_shown(page) if self.viewing else None))

    def _fresh_still(self) -> None:
        """The old view keeps pixels and a thread of its own: a new one takes its place."""
        old, self.still = self.still, StillView()
        old.close_lane()
        self.pages.addWidget(self.still)
        self.pages.removeWidget(old)
        old.deleteLater()
        self._wire_still()

    def _head(self, viewing: Viewing) -> None:
        self.title.setText(viewing.title)
        empty(self.tags)
        fill(self.tags, [badge(label) for label in viewing.labels])
        until = _("until {moment}").format(moment=_moment(viewing.until)) if viewing.until else ""
        self.about.setText(" · ".join(filter(None, (viewing.case_number, viewing.approval_number, until, _("original, read only")))))

    def _open_moving(self, viewing: Viewing) -> None:
        self.pages.setCurrentWidget(self.stage)
        self.picture.watermark.say(viewing.watermark)
        self.picture.say_instead(_("Opening"), "hourglass-medium")
        self.controls.allow(True)
        self.marks.show_marks(viewing)
        self.controls.mark_button.allow(viewing.on_add is not None, _("Marks may only be read here"))
        player = self.player = Player(self._silent)
        self._held[:] = [player]
        player.opened.connect(self._on_opened)
        player.frame_shown.connect(self._on_frame)
        player.moved.connect(self._on_moved)
        player.state_changed.connect(lambda state: self.controls.show_state(state == "playing"))
        player.span_played.connect(self._played)
        player.failed.connect(self._refused)
        player.open(viewing.reader, viewing.spans)
        self.stage.setFocus()

    def _on_opened(self, facts: Facts) -> None:
        viewing, player = self.viewing, self.player
        if viewing is None or player is None or player.fenced is None:
            return
        self.controls.describe(facts, viewing.wall_clock_start)
        icons = {kind.code: kind.icon for kind in viewing.mark_kinds}
        whole = viewing.spans is None
        self.timeline.track = Track(facts.duration_us, player.spans, whole, viewing.approval_number, marks=tuple(self.marks.marks), icons=icons)
        self.timeline.tell()
        if not facts.has_video:
            self.picture.say_instead(_("Sound only"), "waveform")
        if not player.complete:
            self.banner.say("soon", _("Some granted pictures cannot be shown"), _("Their place in the file could not be proved."))
        self._begin_overview(player.fenced, facts)
        self._call(viewing.on_opened)
        self.opened.emit()

    def _begin_overview(self, reader: Reader, facts: Facts) -> None:
        assert self.player is not None
        overview = self._overview = Overview()
        self._held.append(overview)
        track = self.timeline.track
        overview.thumbnail.connect(lambda us, image: self._thumbnail(track, us, image))
        overview.loudness.connect(lambda peaks: self._loudness(track, peaks))
        overview.begin(reader, self.player.spans, facts)

    def _thumbnail(self, track: Track, us: int, image: QImage) -> None:
        track.thumbnails.append((us, image))
        self._tell_track()

    def _loudness(self, track: Track, peaks: list[float | None]) -> None:
        loudest = max((peak for peak in peaks if peak is not None), default=0) or 1
        track.peaks = [None if peak is None else peak / loudest for peak in peaks]
        self._tell_track()

    def _tell_track(self) -> None:
        if isValid(self.timeline):  # what was made in the worker may come when the view is gone
            self.timeline.tell()

    def _on_frame(self, us: int) -> None:
        if self.player is not None and self.player.shown is not None:
            self.picture.show_picture(self.player.shown)
            self._on_moved(us)

    def _on_moved(self, us: int) -> None:
        self.controls.show_time(us)
        self.timeline.move_to(us)

    def _played(self, start_us: int, end_us: int) -> None:
        if self.viewing is not None:
            played = self.viewing.on_span_played
            self._call(lambda: played(start_us, end_us))

    def _refused(self, error: BaseException) -> None:
        said = words_of(error)
        if self.pages.currentWidget() is self.stage:
            self.picture.say_instead("\n".join(filter(None, (said.what, said.then))), "prohibit")
            self.controls.allow(False)
        else:
            self.pages.setCurrentWidget(self.nothing)
            self.nothing.say(said.what, said.then, "prohibit")
        self.failed.emit(error)

    def _call(self, told: Callable[[], object]) -> None:
        """What the archive refuses ends the look: a stretch that cannot be recorded may not be seen."""
        try:
            told()
        except Refusal as refusal:
            player, self.player = self.player, None
            if player is not None:
                player.blockSignals(True)
                player.close()
            self._refused(refusal)

    def _with(self, act: Callable[[Player], object]) -> None:
        if self.player is not None:
            act(self.player)

    def _toggle(self) -> None:
        self._with(lambda player: player.toggle())

    def _clicked(self) -> None:
        self.stage.setFocus(Qt.FocusReason.MouseFocusReason)
        self._toggle()

    def _sought(self, us: int) -> None:
        self.seek(us)

    def _mark_chosen(self, mark: Mark) -> None:
        self.marks.choose(mark)
        self.seek(mark.start_us)

    def _marks_changed(self, marks: tuple[Mark, ...]) -> None:
        self.timeline.track.marks = marks
        self.timeline.tell()
        self.marks_changed.emit(marks)

    def _begin_mark(self) -> None:
        if self.player is None or self.player.facts is None:
            return
        chosen = self.timeline.track.chosen
        self.player.pause()
        self.marks.begin_mark(*((chosen.start_us, chosen.end_us) if chosen else (self.player.position, None)))

    def _choose_end(self, begins: bool) -> None:
        """I sets where the chosen span begins, O where it ends."""
        if self.player is None or self.player.facts is None:
            return
        at = self.player.position
        if begins:
            self._in, self.timeline.track.chosen = at, None
        elif self._in is not None and self._in < at:
            self.timeline.track.chosen = Span(self._in, at)
        self._set_loop()
        self.timeline.tell()

    def _set_loop(self) -> None:
        player = self.player
        if player is not None:
            span = self.timeline.track.chosen or span_at(player.spans, player.position)
            player.loop = span if self.controls.loop_button.isChecked() else None

    def _shuttle(self, key: Qt.Key) -> None:
        player = self.player
        if player is None:
            return
        if key == Qt.Key.Key_J:
            player.seek(max(player.position - 2 * SECOND, 0))
        elif key == Qt.Key.Key_K:
            player.pause()
        elif player.state == "playing":
            self._faster(1)
        else:
            player.play()

    def _faster(self, by: int) -> None:
        player = self.player
        if player is not None:
            now = min(range(len(RATES)), key=lambda k: abs(RATES[k] - player.rate))
            player.set_rate(RATES[min(max(now + by, 0), len(RATES) - 1)])
            self.controls.show_rate(player.rate)

    def _to_mark(self, forward: bool) -> None:
        if self.player is not None:
            mark = self.marks.neighbour(self.player.position, forward)
            if mark is not None:
                self._mark_chosen(mark)

    def _key(self, key: Qt.Key, shift: bool) -> bool:
        """Whether this key was the player's."""
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self._to_mark(False) if shift else self._with(lambda p: p.step(False)),
            Qt.Key.Key_Right: lambda: self._to_mark(True) if shift else self._with(lambda p: p.step(True)),
            Qt.Key.Key_J: lambda: self._shuttle(key), Qt.Key.Key_K: lambda: self._shuttle(key), Qt.Key.Key_L: lambda: self._shuttle(key),
            Qt.Key.Key_I: lambda: self._choose_end(True), Qt.Key.Key_O: lambda: self._choose_end(False),
            Qt.Key.Key_A: self._begin_mark, Qt.Key.Key_M: self.controls.mute_button.toggle,
            Qt.Key.Key_BracketLeft: lambda: self._faster(-1), Qt.Key.Key_BracketRight: lambda: self._faster(1),
            Qt.Key.Key_Space: self._toggle,
        }  # fmt: skip
        act = acts.get(key)
        if act is None:
            return False
        act()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Buttons keep Space for themselves but would take the arrows to move the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
            if plain and not (watched is not self.stage and key == Qt.Key.Key_Space):
                return self._key(key, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        """Nobody looks any more."""
        self._with(lambda player: player.pause())

    def closeEvent(self, event: object) -> None:
        self.close_recording()


def _let_go(held: list[Player | Overview]) -> None:
    """A view that was thrown away without `close_recording`: nobody is left to be told, but libVLC must stop."""
    for one in held:
        one.blockSignals(True)
        one.close()


def _moment(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
