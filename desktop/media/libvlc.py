"""libVLC over a reader and into memory: what it reads comes from us, what it draws goes to us, nothing touches a disk."""

from __future__ import annotations

import ctypes
import functools
import sys
import threading
from collections.abc import Callable
from typing import Any

import av
import vlc

from desktop.errors import Refusal
from desktop.media.reading import Reader

_DEMUXERS = {"mov": "mp4", "matroska": "mkv", "mpegts": "ts", "avi": "avi", "wav": "wav", "mp3": "es", "aac": "es", "mpeg": "ps", "asf": "asf"}
_RING = 4  # one being written, one just finished, one being looked at, one to spare
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_uint64))
_READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
_SEEK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint64)
_CLOSE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_UINTS = ctypes.POINTER(ctypes.c_uint)
# python-vlc declares the chroma read-only; libVLC wants it written.
_FORMAT = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, _UINTS, _UINTS, _UINTS, _UINTS)
_CLEAN = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_LOCK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_SHOW = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


@functools.cache
def instance(silent: bool = False) -> Any:
    """The one libVLC of this program. Raises `Refusal("media.no_libvlc")` when it is not installed.

    `silent` plays the sound into nothing: for tests and for a desk without a loudspeaker.
    """
    words = ["--quiet", "--no-video-title-show", "--no-osd", "--no-spu", "--no-snapshot-preview", "--avcodec-hw=none"]
    words += ["--prefetch-buffer-size=2048", "--prefetch-read-size=262144", "--no-metadata-network-access", "--no-interact"]
    if sys.platform == "linux":
        words.append("--no-xlib")
    if silent:
        words.append("--aout=dummy")
    try:
        made = vlc.Instance(words)
    except (NameError, OSError, AttributeError) as error:
        raise Refusal("media.no_libvlc") from error
    if made is None:
        raise Refusal("media.no_libvlc")
    return made


class Feed:
    """A reader as libVLC's source. Handles are integers; it must outlive the player's `stop`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._places: dict[int, int] = {}
        self._count = 0
        self._lock = threading.Lock()
        self.failure: BaseException | None = None
        self.thunks = (_OPEN(self._open), _READ(self._read), _SEEK(self._seek), _CLOSE(self._close))

    def media(self, made: Any, start_us: int, container: str) -> Any:
        """libVLC's media over this feed, beginning at `start_us`: decoded from before, shown from there.

        The demuxer is named by FFmpeg's name of the container, so that libVLC does not let every one of its own (discs,
        playlists) have a look at the bytes.
        """
        media = made.media_new_callbacks(*self.thunks, None)
        demuxer = next((_DEMUXERS[name] for name in container.split(",") if name in _DEMUXERS), "avformat")
        media.add_option(f":demux={demuxer}")
        media.add_option(f":start-time={start_us // 1000000}.{start_us % 1000000:06d}")
        return media

    def _open(self, _opaque: int, handle: Any, size: Any) -> int:
        with self._lock:
            self._count += 1
            self._places[self._count] = 0
            handle[0], size[0] = self._count, self._reader.size
        return 0

    def _read(self, handle: int, buffer: int, length: int) -> int:
        try:
            got = self._reader.read_at(self._places[handle], length)
        except BaseException as error:  # C called us: nothing may fly through it
            self.failure = self.failure or error
            return -1
        ctypes.memmove(buffer, got, len(got))
        self._places[handle] += len(got)
        return len(got)

    def _seek(self, handle: int, offset: int) -> int:
        self._places[handle] = offset
        return 0

    def _close(self, handle: int) -> None:
        self._places.pop(handle, None)


class Pictures:
    """The ring of I420 pictures into which libVLC decodes; `on_picture` is called on its thread and may only signal."""

    def __init__(self, width: int, height: int, on_picture: Callable[[], None]) -> None:
        self._size = (width, height)
        self._ring = [av.VideoFrame(width, height, "yuv420p") for _ in range(_RING)]
        self._lock = threading.Lock()
        self._latest = self._looked_at = -1
        self._on_picture = on_picture
        self.count = 0
        self._thunks = (_LOCK(self._lend), _SHOW(self._show), _FORMAT(self._format), _CLEAN(lambda _opaque: None))

    def attach(self, player: Any) -> None:
        player.video_set_callbacks(self._thunks[0], None, self._thunks[1], None)
        player.video_set_format_callbacks(self._thunks[2], self._thunks[3])

    def take(self) -> av.VideoFrame | None:
        """The latest picture; it stays untouched until the next `take`."""
        with self._lock:
            self._looked_at = self._latest
            return self._ring[self._looked_at] if self._looked_at >= 0 else None

    def _format(self, _opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        ctypes.memmove(chroma, b"I420", 4)
        width[0], height[0] = self._size  # libVLC offers the padded size of the codec
        for k, plane in enumerate(self._ring[0].planes):
            pitches[k], lines[k] = plane.line_size, plane.height
        return 1

    def _lend(self, _opaque: int, planes: Any) -> int:
        with self._lock:
            free = next(k for k in range(_RING) if k not in (self._latest, self._looked_at))
        for k, plane in enumerate(self._ring[free].planes):
            planes[k] = plane.buffer_ptr
        return free + 1

    def _show(self, _opaque: int, picture: int) -> None:
        with self._lock:
            self._latest = picture - 1
            self.count += 1
        self._on_picture()


class Session:
    """One stretch of playing: its own player, feed and ring, from `start` to `stop`. Only one thread may call it.

    `on_event` hears "ended", "broken" and "moved" on libVLC's thread, and may only signal.
    """

    def __init__(
        self,
        made: Any,
        reader: Reader,
        size: tuple[int, int] | None,
        on_picture: Callable[[], None],
        on_event: Callable[[str], None],
    ) -> None:
        self.feed = Feed(reader)
        self.pictures = Pictures(*size, on_picture) if size else None
        self._made = made
        self._player = made.media_player_new()
        self._media: Any = None
        if self.pictures is not None:
            self.pictures.attach(self._player)
        events = self._player.event_manager()
        kinds = vlc.EventType
        for kind, word in (
            (kinds.MediaPlayerEndReached, "ended"),
            (kinds.MediaPlayerEncounteredError, "broken"),
            (kinds.MediaPlayerTimeChanged, "moved"),
        ):
            events.event_attach(kind, lambda _event, word=word: on_event(word))

    def start(self, us: int, rate: float, volume: int, container: str) -> None:
        """Play this container from `us` at `rate` (1.0 is life) and `volume` per cent."""
        self._media = self.feed.media(self._made, us, container)
        self._player.set_media(self._media)
        self._player.play()
        if rate != 1:
            self._player.set_rate(rate)
        self.set_volume(volume)

    def pause(self, paused: bool) -> None:
        self._player.set_pause(int(paused))

    @property
    def heard_us(self) -> int:
        """libVLC's own clock: good enough for sound, behind the picture by some tenths of a second."""
        return int(max(self._player.get_time(), 0)) * 1000

    def set_rate(self, rate: float) -> None:
        self._player.set_rate(rate)

    def set_volume(self, volume: int) -> None:
        """0 to 100; libVLC forgets it until its sound is up, so it is said again at the first picture."""
        self._player.audio_set_volume(volume)

    def stop(self) -> None:
        """Ends when libVLC has let go of everything: never call it on the window's thread or inside an event."""
        events = self._player.event_manager()
        kinds = vlc.EventType
        for kind in (kinds.MediaPlayerEndReached, kinds.MediaPlayerEncounteredError, kinds.MediaPlayerTimeChanged):
            events.event_detach(kind)
        self._player.stop()
        self._player.release()
        if self._media is not None:
            self._media.release()
