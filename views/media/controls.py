"""The transport: start, frame back, play, frame on, end; the time to the millisecond; loop, sound, speed, mark."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop.i18n import _
from desktop.media.frames import Facts
from models import timecode
from views.common import Combo, Text, button, figures, hbox, repolish, text, toggle, tool, vbox
from views.media.shown import RATES
from views.theme import THEME, follow


class Timecode(Text):
    """The time in sight, 20 px, with figures that do not dance."""

    def _restyle(self) -> None:
        super()._restyle()
        face = self.font()
        face.setPixelSize(THEME.px(20))
        self.setFont(face)


class Controls(QWidget):
    """Buttons and figures; it decides nothing and tells what was pressed."""

    start = Signal()
    end = Signal()
    step = Signal(bool)
    play = Signal()
    rate = Signal(int)
    volume = Signal(int)
    mute = Signal(bool)
    loop = Signal(bool)
    mark = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self._wall: datetime | None = None
        self.play_button = button("", "primary", "play", hint=_("Play or pause") + "  Space", on=self.play.emit)
        self.play_button.setAccessibleName(_("Play"))
        self.first, self.last = tool("skip-back", _("To the start"), on=self.start.emit), tool("skip-forward", _("To the end"), on=self.end.emit)
        self.back = tool("caret-left", _("One picture back") + "  ←", on=lambda: self.step.emit(False))
        self.on = tool("caret-right", _("One picture on") + "  →", on=lambda: self.step.emit(True))
        self.code = Timecode(timecode.text(0), "title", bold=True)
        self.frame_line, self.wall_line = text("", "small", "ink2"), text("", "small", "ink2")
        self.loop_button = toggle("repeat", _("Repeat the chosen span"))
        self.loop_button.toggled.connect(self.loop)
        self.mute_button = toggle("speaker-high", _("Sound off") + "  M")
        self.mute_button.toggled.connect(self._muted)
        self.volume_slider = _slider()
        self.volume_slider.valueChanged.connect(self.volume)
        self.speed = Combo([(_("{times}×").format(times=_times(r)), r) for r in RATES], _("Speed"))
        self.speed.choose(100)
        self.speed.currentIndexChanged.connect(lambda _index: self.rate.emit(int(str(self.speed.value()))))
        self.mark_button = button(_("Mark"), "", "plus", hint=_("Mark this moment or the chosen span") + "  A", on=self.mark.emit)
        self.setLayout(self._row())
        follow(self, self._restyle)

    def _row(self) -> QHBoxLayout:
        moves = (self.first, self.back, self.play_button, self.on, self.last)
        lines = vbox(None, self.frame_line, self.wall_line, None, gap=0)
        sound = (self.loop_button, self.mute_button, self.volume_slider)
        return hbox(*moves, 8, self.code, 8, lines, None, *sound, 4, self.speed, 4, self.mark_button, gap=4)

    def describe(self, facts: Facts, wall: datetime | None) -> None:
        """What is being played: its rate, and the corrected clock at its first picture."""
        self._facts, self._wall = facts, wall
        for part in (self.back, self.on):
            part.allow(facts.has_video, _("There are no pictures to step through"))
        self.mute_button.setEnabled(facts.has_audio)
        self.volume_slider.setEnabled(facts.has_audio)
        self.wall_line.setVisible(wall is not None)
        self.show_time(0)

    def show_time(self, us: int) -> None:
        """The moment in sight."""
        self.code.setText(timecode.text(us))
        if self._facts is not None and self._facts.has_video:
            number = timecode.frame_at(us, self._facts.rate) + 1
            words = _("Frame {number} · {rate} a second")
            self.frame_line.setText(words.format(number=figures(number), rate=_rate(self._facts)))
        if self._wall is not None:
            at = self._wall + timedelta(microseconds=us)
            self.wall_line.setText(_("Recorded {clock}").format(clock=f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}"))

    def show_state(self, playing: bool) -> None:
        self.play_button.say("", "pause" if playing else "play")
        self.play_button.setAccessibleName(_("Pause") if playing else _("Play"))
        repolish(self.play_button)

    def show_rate(self, percent: int) -> None:
        self.speed.choose(percent)

    def allow(self, allowed: bool) -> None:
        """All of it, or nothing: after a refusal there is nothing to play."""
        self.setEnabled(allowed)

    def _muted(self, muted: bool) -> None:
        self.mute_button.say("", "speaker-x" if muted else "speaker-high")
        self.mute.emit(muted)

    def _restyle(self) -> None:
        self.play_button.setFixedWidth(THEME.px(56))
        self.volume_slider.setFixedWidth(THEME.px(72))
        self.speed.setFixedWidth(THEME.px(100))
        self.code.setMinimumWidth(THEME.px(124))


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 100)
    slider.setValue(100)
    slider.setPageStep(10)
    slider.setAccessibleName(_("Loudness"))
    return slider


def _times(percent: int) -> str:
    whole, rest = divmod(percent, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _rate(facts: Facts) -> str:
    rate = facts.rate
    if rate.denominator == 1:
        return str(rate.numerator)
    whole, hundredths = divmod(rate.numerator * 100 // rate.denominator, 100)
    return f"{whole}.{hundredths:02d}"
