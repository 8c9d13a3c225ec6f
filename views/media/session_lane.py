"""The one thread on which libVLC is called for the player: sessions begin and end here, behind the window's back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import av
from PySide6.QtCore import Signal

from desktop.media import libvlc
from desktop.media.reading import Reader
from views.media.lane import Lane


class SessionLane(Lane):
    """At most one session at a time, known by its `turn`; what belongs to an older turn is dropped by whoever hears it.

    `arrived` tells that a picture is there (one signal on its way at a time), `heard` libVLC's events, `broken` what
    failed on the lane. libVLC's own threads only emit.
    """

    arrived = Signal(int)
    heard = Signal(int, str)
    broken = Signal(object)

    def __init__(self, silent: bool) -> None:
        super().__init__("libvlc")
        self.turn = 0
        self._silent = silent
        self._signalled = False
        self._session: libvlc.Session | None = None
        self._asking: Future[object] | None = None

    def launch(self, reader: Reader, size: tuple[int, int] | None, us: int, rate: int, volume: int, container: str) -> None:
        """Begin a session at `us`; `size` None for sound alone, `rate` and `volume` in per cent, `container` FFmpeg's name."""
        turn = self.turn

        def start() -> None:
            if turn == self.turn:
                made = libvlc.instance(self._silent)
                self._session = libvlc.Session(made, reader, size, lambda: self._signal(turn), lambda word: self.heard.emit(turn, word))
                self._session.start(us, rate / 100, volume, container)

        self._submit(start)

    def drop(self) -> None:
        """Forget the session; it is stopped when the lane comes to it."""
        self.turn += 1

        def stop() -> None:
            session, self._session = self._session, None
            if session is not None:
                session.stop()

        self._submit(stop)

    def command(self, act: Callable[[libvlc.Session], None]) -> None:
        """Tell the session something, if there is one by then."""
        self._submit(lambda: act(self._session) if self._session is not None else None)

    def ask(self, question: Callable[[], object]) -> None:
        """Ask something that may block, such as whether the grant stands; one question at a time."""
        if self._asking is None or self._asking.done():
            self._asking = self._submit(question)

    def take(self) -> av.VideoFrame | None:
        """The latest picture of the session."""
        self._signalled = False
        session = self._session
        return session.pictures.take() if session is not None and session.pictures is not None else None

    @property
    def has_session(self) -> bool:
        return self._session is not None

    @property
    def later_pictures(self) -> int:
        """Pictures that the session has decoded after its first."""
        session = self._session
        return session.pictures.count - 1 if session is not None and session.pictures is not None else 0

    @property
    def heard_us(self) -> int:
        """libVLC's own clock."""
        return self._session.heard_us if self._session is not None else 0

    @property
    def failure(self) -> BaseException | None:
        """What the session's reader refused."""
        return self._session.feed.failure if self._session is not None else None

    def close(self, wait: bool) -> None:
        """Stop, and take nothing more; `wait` until libVLC has let go."""
        self.drop()
        self.leave(wait)

    def _submit(self, work: Callable[[], object]) -> Future[object] | None:
        return self.submit(work, self._done)  # None where whoever was told of a span closed the player meanwhile

    def _done(self, future: Future[object]) -> None:
        error = future.exception()
        if error is not None:
            self.broken.emit(error)

    def _signal(self, turn: int) -> None:
        if not self._signalled:
            self._signalled = True
            self.arrived.emit(turn)
