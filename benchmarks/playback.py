"""What playing costs: 1080p30 out of the vault, fenced and with a watermark, in our own window; beside mpv on the bare file, to X11."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.table import Line, bench, load, scratch, screen
from desktop.demo.footage import make_recording
from desktop.media.spans import Span
from desktop.vault.backend import LocalBackend
from desktop.vault.intake_pipe import keep
from desktop.vault.segments import SegmentReader
from models.timecode import SECOND
from views.media.picture import Picture
from views.media.vlc_player import Player

SECONDS, WARM_UP = 20, 3  # counted, and before counting
WIDE, HIGH = 960, 540  # the picture in the window
FPS, MOST = 29.0, 1.3


def measure(quick: bool = False) -> list[Line]:
    seconds, warm_up, size = (1, 1, (640, 360)) if quick else (SECONDS, WARM_UP, (1920, 1080))
    with scratch() as folder, screen():
        made = io.BytesIO()
        make_recording(made, seconds + 2 * warm_up + 2, *size, 30, datetime(2026, 10, 20, 1, 31, tzinfo=UTC), seed=5)
        path = folder / "footage.mp4"
        path.write_bytes(made.getvalue())
        share, rate, first = _ours(folder, path, seconds, warm_up)
        beside = _mpv(path, seconds, warm_up)
    what = "playback 1080p30, watermark, encrypted, fenced"
    note = f"first picture after {first * 1000:.0f} ms, {load()}"
    lines = [Line(f"{what}: rate", "must", rate, 0, FPS, "/s", least=True, note=note)]
    return [*lines, Line(f"{what}: CPU", "mpv to x11" if beside else "mpv is not installed", share, beside, MOST if beside else 100, "% core")]


def _ours(folder: Path, path: Path, seconds: int, warm_up: int) -> tuple[float, float, float]:
    """Percent of one core, pictures a second, seconds to the first picture."""
    backend = LocalBackend(folder / "vault")
    with open(path, "rb", buffering=0) as source:
        kept = keep(source, backend)
    reader = SegmentReader(backend.open(kept.object_id), kept.data_key, kept.object_id, kept.cipher_size)
    app = QApplication.instance() or QApplication([])
    player, canvas = Player(silent=True), Picture()
    canvas.watermark.say(("沈静宜", "2026-11-19 10:48", "一号桌"))
    canvas.resize(WIDE, HIGH)
    canvas.show()
    player.frame_shown.connect(lambda _us: canvas.show_picture(player.shown))
    player.opened.connect(lambda _facts: player.play())
    begun, first = time.perf_counter(), list[float]()
    player.frame_shown.connect(lambda _us: first.append(time.perf_counter() - begun) if not first else None)
    player.open(reader, (Span(0, (seconds + 2 * warm_up + 1) * SECOND),))  # a grant that leaves the last second out
    me, loop, counted = psutil.Process(), QEventLoop(), dict[str, float]()

    def start() -> None:
        counted.update(cpu=_cpu(me), at=time.perf_counter(), painted=canvas.painted)

    def stop() -> None:
        passed = time.perf_counter() - counted["at"]
        counted["share"] = (_cpu(me) - counted["cpu"]) / passed * 100
        counted["rate"] = (canvas.painted - counted["painted"]) / passed
        loop.quit()

    QTimer.singleShot(warm_up * 1000, start)
    QTimer.singleShot((warm_up + seconds) * 1000, stop)
    loop.exec()
    player.close(wait=True)
    canvas.close()
    app.processEvents()
    if not first:
        raise RuntimeError(f"nothing was shown: {player.state} {reader.failure}")
    return counted["share"], counted["rate"], first[0]


def _mpv(path: Path, seconds: int, warm_up: int) -> float:
    """Percent of one core for the bare file in a window of the same size, sound into nothing; 0 where there is no mpv."""
    if shutil.which("mpv") is None:
        return 0.0
    words = ["mpv", "--no-config", "--vo=x11", "--ao=null", "--hwdec=no", f"--geometry={WIDE}x{HIGH}+0+0", str(path)]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            time.sleep(warm_up)
            one = psutil.Process(child.pid)
            before, begun = _cpu(one), time.perf_counter()
            time.sleep(seconds)
            return 0.0 if child.poll() is not None else (_cpu(one) - before) / (time.perf_counter() - begun) * 100
        finally:
            child.kill()


def _cpu(one: psutil.Process) -> float:
    """CPU seconds of a process and its children: user and system."""
    return float(sum(sum(p.cpu_times()[:2]) for p in (one, *one.children(recursive=True))))


if __name__ == "__main__":
    bench(measure)
