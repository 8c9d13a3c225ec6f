"""The one thread on which PyAV works for the player: fences, exact stills, steps; a newer wish overtakes an older one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import Signal

from desktop.media import packets
from desktop.media.fence import Fences, fences
from desktop.media.frames import Facts, FrameSource, Still, fingerprint
from desktop.media.reading import Reader
from desktop.media.spans import Spans, union
from models.timecode import SECOND
from views.media.lane import Lane

_BEFORE, _AFTER = 700_000, 500_000  # microseconds around the estimate in which a paused picture is looked for


class Opened:
    """A recording made ready: its facts, its two fenced readers, its spans, and the pictures that must not be shown."""

    def __init__(self, facts: Facts, still: Reader, moving: Reader, spans: Spans, forbidden: set[int], complete: bool) -> None:
        self.facts, self.still, self.moving = facts, still, moving
        self.spans, self.forbidden, self.complete = spans, forbidden, complete


class StillLane(Lane):
    """Asks run one after another; answers arrive as signals on the window's thread."""

    opened = Signal(object)
    expected = Signal(int, object)
    entered = Signal(int, object, object)
    still = Signal(object, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__("stills")
        self._source: FrameSource | None = None
        self._bare: Reader | None = None
        self._wish = 0
        self._current: Still | None = None

    def open(self, reader: Reader, spans: Spans | None) -> None:
        """Fence the recording and read its first granted picture."""
        self._ask(lambda: self._open(reader, spans))

    def at(self, us: int) -> None:
        """The picture in sight at this moment; a later ask overtakes it."""
        self._wish += 1
        wish = self._wish
        self._ask(lambda: self._tell(self._have.frame_at(self._have.near(us)), "seek") if wish == self._wish else None)

    def locate(self, mark: int, us: int) -> None:
        """The time of a picture that libVLC showed at about `us`: found by its fingerprint, else the picture at `us`."""
        self._wish += 1
        wish = self._wish
        self._ask(lambda: self._locate(mark, us) if wish == self._wish else None)

    def expect(self, turn: int, us: int) -> None:
        """Fingerprints of the pictures of the next second: by them the player knows what libVLC, which tells no time, shows."""
        self._wish += 1
        wish = self._wish
        self._ask(lambda: self._expect(turn, us) if wish == self._wish else None)

    def enter(self, turn: int, us: int) -> None:
        """Where to cut a container that has no index."""
        self._ask(lambda: self.entered.emit(turn, *packets.entry(self._have_bare, us)))

    def step(self, forward: bool) -> None:
        """The next or previous picture of the last one told."""
        self._ask(lambda: self._step(forward))

    def close(self, wait: bool) -> None:
        self._wish += 1
        self._ask(self._close)
        self.leave(wait)

    @property
    def _have_bare(self) -> Reader:
        assert self._bare is not None
        return self._bare

    @property
    def _have(self) -> FrameSource:
        assert self._source is not None
        return self._source

    def _ask(self, work: Callable[[], None]) -> None:
        self.submit(work, self._done)

    def _done(self, future: Future[None]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            self.failed.emit(error)

    def _open(self, reader: Reader, spans: Spans | None) -> None:
        if spans is None:
            source, walls = FrameSource(reader), Fences(reader, reader, True)
        else:
            walls = fences(reader, spans)
            with FrameSource(reader) as bare:  # a fenced head may hide how long an MP3 is
                facts = bare.facts
            source = FrameSource(walls.still, spans, facts=facts)
        self._source, self._bare = source, reader
        first = source.frame_at(source.spans[0].start_us) if source.facts.has_video and source.spans else None
        forbidden: set[int] = set()
        for span in union(source.spans):
            forbidden |= source.fingerprints_before(span)
        self._current = first
        self.opened.emit(Opened(source.facts, walls.still, walls.moving, source.spans, forbidden, walls.complete))
        if first is not None:
            self.still.emit(first, "seek")

    def _locate(self, mark: int, us: int) -> None:
        best: Still | None = None
        one: Still | None = self._have.frame_at(self._have.near(max(us - _BEFORE, 0)))
        while one is not None and one.us <= us + _AFTER:
            if fingerprint(one.frame) == mark and (best is None or abs(one.us - us) < abs(best.us - us)):
                best = one
            one = self._have.next_frame(one)
        self._tell(best or self._have.frame_at(self._have.near(us)), "pause")

    def _expect(self, turn: int, us: int) -> None:
        marks: dict[int, int] = {}
        one: Still | None = self._have.frame_at(us)
        last = us + SECOND
        while one is not None and us - SECOND < one.us <= last:
            marks.setdefault(fingerprint(one.frame), one.us)
            one = self._have.next_frame(one)
        self.expected.emit(turn, marks)

    def _step(self, forward: bool) -> None:
        if self._current is None:
            return
        found = self._have.next_frame(self._current) if forward else self._have.previous_frame(self._current)
        if found is not None:
            self._tell(found, "step")

    def _tell(self, still: Still, why: str) -> None:
        self._current = still
        self.still.emit(still, why)

    def _close(self) -> None:
        if self._source is not None:
            self._source.close()
        self._source = self._current = None
