"""The player: libVLC for the moving picture and the sound, PyAV for every still, one small interface over both."""

from __future__ import annotations

import time
from collections.abc import Callable

import av
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import Refusal
from desktop.media.frames import Facts, Still, fingerprint
from desktop.media.reading import Reader, Tail
from desktop.media.seen import Seen
from desktop.media.spans import Span, Spans, nearest, span_after, span_at
from models.timecode import SECOND, frame_at
from views.media.first_picture import FirstPicture, begins_exactly
from views.media.session_lane import SessionLane
from views.media.shown import RATES, Shown
from views.media.still_lane import Opened, StillLane

_TICK, _LEASE = 40, 500  # milliseconds
_HELD = 400_000  # microseconds without a picture after which the clock waits for one
_STALLED = 8 * SECOND
_TAIL, _TAIL_WAIT = 12, 800_000  # pictures; microseconds
_SHORT = SECOND  # an end this long before the expected one is no end, but a cut


class Player(QObject):
    """Plays the granted spans of one recording, and nothing else. Times in microseconds.

    States: empty, opening, paused, playing, ended, failed. `close` before letting go of it: libVLC is stopped on its own
    thread, which holds the player until that is done.
    """

    opened = Signal(object)
    frame_shown = Signal(object)
    moved = Signal(object)
    span_played = Signal(object, object)
    state_changed = Signal(str)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, silent: bool = False) -> None:
        super().__init__()
        self.state = "empty"
        self.shown: Shown | None = None
        self.facts: Facts | None = None
        self.spans: Spans = ()
        self.complete = True
        self.loop: Span | None = None
        self.volume, self.muted, self.rate = 100, False, 100
        self._reader: Reader | None = None
        self._moving: Reader | None = None
        self.fenced: Reader | None = None
        self._forbidden: set[int] = set()
        self._first = FirstPicture()
        self._at = self._anchor_us = self._cut_us = 0
        self._anchor: int | None = None
        self._last_picture = 0
        self._span: Span | None = None
        self._wanted = self._held = self._closed = False
        self._sessions = SessionLane(silent)
        self._stills = StillLane()
        self._stills.opened.connect(self._on_opened)
        self._stills.still.connect(self._on_still)
        self._stills.entered.connect(self._on_entered)
        self._stills.expected.connect(self._on_expected)
        self._stills.failed.connect(self._fail)
        self._sessions.arrived.connect(self._on_picture)
        self._sessions.heard.connect(self._on_event)
        self._sessions.broken.connect(self._fail)
        self._seen = Seen(lambda start, end: self.span_played.emit(start, end))
        self._clock = self._timer(_TICK, self._tick)
        self._lease = self._timer(_LEASE, self._ask_lease)

    def open(self, reader: Reader, spans: Spans | None = None) -> None:
        """Make ready; `opened` follows, and the first granted picture. Spans None means the whole recording."""
        self._reader = reader
        self._say("opening")
        self._stills.open(reader, spans)

    def play(self) -> None:
        """Play on from the picture in sight; from the beginning after the end."""
        self._seen.flush()
        if self.state in ("playing", "failed", "empty"):
            return
        if self.facts is None:
            self._wanted = True
            return
        if self.state == "ended":
            self._at = self.spans[0].start_us
        self._say("playing")
        if self._held and self._sessions.has_session:
            self._held, self._anchor_us, self._anchor = False, self._at, time.monotonic_ns()
            self._last_picture = self._anchor
            self._sessions.command(lambda session: session.pause(False))
        else:
            self._begin(self._at)

    def pause(self) -> None:
        """Stop at the picture in sight; its exact time is found out and told as a still."""
        self._wanted = False
        if self.state != "playing":
            return
        self._at = self.position
        self._held = self._anchor is not None
        self._seen.flush()
        self._say("paused")
        if not self._held:
            self._drop()
        self._sessions.command(lambda session: session.pause(True))
        if self.shown is not None and self.shown.moving:
            self._stills.locate(fingerprint(self.shown.frame), self._at)

    def toggle(self) -> None:
        self.pause() if self.state == "playing" else self.play()

    def seek(self, us: int) -> None:
        """Go to this moment, or to the nearest granted one."""
        if self.facts is None or self.state == "failed":
            return
        was_playing = self.state == "playing"
        self._seen.flush()
        self._at = nearest(self.spans, us)
        if was_playing:
            self._begin(self._at)
        else:
            self._drop()
            self._say("paused")
            if self.facts.has_video:
                self._stills.at(self._at)
        self.moved.emit(self._at)

    def step(self, forward: bool) -> None:
        """One picture on or back; pauses first."""
        if self.facts is None or not self.facts.has_video or self.state == "failed":
            return
        self.pause()
        self._drop()
        self._say("paused")
        self._stills.step(forward)

    def set_rate(self, percent: int) -> None:
        """25 to 400 per cent."""
        if self._anchor is not None:
            self._anchor_us, self._anchor = self.position, time.monotonic_ns()
        self.rate = min(max(percent, RATES[0]), RATES[-1])
        self._sessions.command(lambda session: session.set_rate(self.rate / 100))

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self.volume = min(max(percent, 0), 100)
        self._loudness()

    def mute(self, muted: bool) -> None:
        self.muted = muted
        self._loudness()

    @property
    def position(self) -> int:
        """The moment in sight: exact while paused, within a few pictures while playing."""
        if self.state != "playing" or self._anchor is None:
            return self._at
        return min(self._anchor_us + (time.monotonic_ns() - self._anchor) // 1000 * self.rate // 100, self._limit)

    @property
    def duration_us(self) -> int:
        return self.facts.duration_us if self.facts else 0

    def close(self, wait: bool = False) -> None:
        """Tell what was seen and let go of everything; `wait` until libVLC has stopped (never on the window's thread)."""
        if self._closed:
            return
        self._clock.stop()
        self._lease.stop()
        self._seen.flush()
        self._anchor, self._closed = None, True
        self._say("empty")
        self.shown = None
        self._stills.close(wait)
        self._sessions.close(wait)

    @property
    def _frame_us(self) -> int:
        return SECOND * self.facts.rate.denominator // self.facts.rate.numerator if self.facts else SECOND

    @property
    def _limit(self) -> int:
        """Where playing must stop or jump: the end of the span in which this session began, or of the loop."""
        end = self._span.end_us if self._span is not None else self.duration_us
        return min(end, self.loop.end_us) if self._looping and self.loop is not None else end

    @property
    def _looping(self) -> bool:
        return self.loop is not None and self.loop.start_us <= self._at <= self.loop.end_us

    def _timer(self, every: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(call)
        return timer

    def _say(self, state: str) -> None:
        if self._closed and state != "empty":
            return
        (self._clock.start if state == "playing" else self._clock.stop)()
        if state in ("paused", "playing", "ended") and not self._lease.isActive():
            self._lease.start()
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _begin(self, us: int) -> None:
        """A fresh session from `us`: its first picture is the first one at or after it, which is how jumps stay exact."""
        self._drop()
        turn = self._sessions.turn
        self._span = span_at(self.spans, us)
        self._anchor, self._anchor_us, self._held = None, us, False
        self._last_picture, self._cut_us = time.monotonic_ns(), 0
        exact = begins_exactly(self.facts)
        self._first.begin(exact)
        if exact:
            assert self._moving is not None
            self._launch(turn, self._moving, us)
        else:
            self._stills.enter(turn, us)
        if self.facts is not None and self.facts.has_video:
            self._stills.expect(turn, us)

    def _launch(self, turn: int, reader: Reader, us: int) -> None:
        facts = self.facts
        if facts is None or turn != self._sessions.turn:
            return
        turned = self.shown is not None and self.shown.rotation % 180 != 0
        size = (facts.height, facts.width) if turned else (facts.width, facts.height)
        volume = 0 if self.muted else self.volume
        self._sessions.launch(reader, size if facts.has_video else None, us, self.rate, volume, facts.container)

    def _drop(self) -> None:
        """Forget the session: what is paused cannot go on from where it was."""
        self._anchor, self._held = None, False
        self._sessions.drop()

    def _loudness(self) -> None:
        volume = 0 if self.muted else self.volume
        self._sessions.command(lambda session: session.set_volume(volume))

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.facts, self._moving, self.spans = opened.facts, opened.moving, opened.spans
        self._forbidden, self.complete = opened.forbidden, opened.complete
        self.fenced = opened.still
        self._at = self.spans[0].start_us if self.spans else 0
        self._say("paused")
        self.opened.emit(self.facts)
        if self._wanted:
            self._wanted = False
            self.play()

    @Slot(object, object)
    def _on_still(self, still: Still, why: str) -> None:
        if self.facts is None or self.state not in ("paused", "ended"):
            return
        self._at = still.us
        self._seen.saw(still.us, still.us + self._frame_us)
        self._show(still.frame, still.us, int(still.frame.rotation), moving=False)

    @Slot(int)
    def _on_picture(self, turn: int) -> None:
        frame = self._sessions.take()
        if frame is None or turn != self._sessions.turn or self.state != "playing":
            return
        now, mark = time.monotonic_ns(), None
        if self._anchor is None or self._forbidden:
            mark = fingerprint(frame)
        if self._anchor is None and mark is not None and not self._recognise(mark, now):
            return
        if mark in self._forbidden:
            return
        self._last_picture = now
        us = self.position
        self._seen.saw(self._at, us)
        self._at = us
        self._show(frame, us, 0, moving=True)

    def _recognise(self, mark: int, now: int) -> bool:
        """Whether this first picture of a session is one that was expected; until then nothing is shown."""
        us = self._first.moment(mark, lambda: min(self._anchor_us + self._sessions.later_pictures * self._frame_us, self._limit - 1))
        if us is None:
            return False
        self._anchor, self._anchor_us, self._at = now, us, us
        self._loudness()
        return True

    @Slot(int, object, object)
    def _on_entered(self, turn: int, offset: int, us: int) -> None:
        if turn == self._sessions.turn and self._moving is not None:
            self._cut_us = us
            self._launch(turn, Tail(self._moving, offset), 0)

    @Slot(int, object)
    def _on_expected(self, turn: int, marks: dict[int, int]) -> None:
        if turn == self._sessions.turn:
            self._first.expect(marks)
            self._on_picture(turn)

    @Slot(int, str)
    def _on_event(self, turn: int, word: str) -> None:
        if turn != self._sessions.turn or self.state != "playing" or self.facts is None:
            return
        if word == "moved":
            if not self.facts.has_video:
                self._heard_at(self._cut_us + self._sessions.heard_us)
            return
        failure = self._sessions.failure or (self._reader.failure if self._reader else None)
        if failure is not None:
            self._fail(failure)
        elif word == "broken":
            self._fail(Refusal("media.unreadable", reason="libVLC"))
        elif self._limit - self.position > _SHORT * max(self.rate, 100) // 100:
            self._fail(Refusal("media.cut_short", at=self.position, expected=self._limit))
        else:
            self._reach(self._limit)

    def _heard_at(self, us: int) -> None:
        """Sound alone: libVLC's clock is the only one."""
        now = time.monotonic_ns()
        self._last_picture = now
        if us + SECOND >= self._anchor_us:
            us = min(max(us, self._at), self._limit)
            self._seen.saw(self._at, us)
            self._anchor, self._anchor_us, self._at = now, us, us

    def _tick(self) -> None:
        if self.state != "playing" or self._closed:
            return
        quiet = (time.monotonic_ns() - self._last_picture) // 1000
        if quiet > _STALLED:
            failure = self._reader.failure if self._reader else None
            self._fail(failure or Refusal("media.no_picture", at=self.position))
            return
        if self.facts is None:
            return
        if self._anchor is None:
            # The last pictures before a span's end may need one behind it: they can be seen as stills only.
            if self._first.expected and quiet > _TAIL_WAIT and self._limit - self._at <= _TAIL * self._frame_us:
                self._reach(self._limit)
            return
        if quiet > _HELD and self.facts.has_video and self._limit - self.position > _HELD:
            self._anchor_us, self._anchor = self._at, time.monotonic_ns()
        us = self.position
        self.moved.emit(us)
        if us >= self._limit:
            self._reach(us)

    def _reach(self, us: int) -> None:
        """The end of a span, of the loop, or of all."""
        if self._anchor is not None:
            self._seen.saw(self._at, us)
        self._seen.flush()
        if self._looping and self.loop is not None:
            self._at = nearest(self.spans, self.loop.start_us)
            self._begin(self._at)
            return
        after = span_after(self.spans, us)
        if after is not None:
            self._at = after.start_us
            self._begin(self._at)
            return
        self._drop()
        self._at = max(us - 1, 0)
        self._say("ended")
        if self.facts is not None and self.facts.has_video:
            self._stills.at(self._at)
        self.ended.emit()

    def _show(self, frame: av.VideoFrame, us: int, rotation: int, moving: bool) -> None:
        assert self.facts is not None
        self.shown = Shown(frame, us, frame_at(us, self.facts.rate), self.facts, rotation, moving)
        self.frame_shown.emit(us)

    def _ask_lease(self) -> None:
        """Ask whether the grant still stands, also while nothing is read."""
        reader = self._reader
        if reader is not None:
            self._sessions.ask(lambda: reader.read_at(0, 1))

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        if self.state in ("failed", "empty"):
            return
        self._at = self.position
        self._seen.flush()
        self._lease.stop()
        self._drop()
        self.shown = None
        self._say("failed")
        self.failed.emit(error)
