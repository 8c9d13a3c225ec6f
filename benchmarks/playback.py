"""What playing costs: 1080p30 behind the vault's cipher with a watermark, against mpv and against libVLC's own window.

    xvfb-run -a -s "-screen 0 1920x1080x24" python -m benchmarks.playback [--seconds 20] [--json out.json]

Prints the share of one core and pictures a second for each player, the ratio to mpv, and the same as JSON. A player that
is not installed is named and left out. The footage is made by `desktop.demo.footage`, in a folder in memory.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.demo.footage import make_recording
from desktop.vault.format import TAG, Sealer
from desktop.vault.segments import SegmentReader
from views.media.picture import Picture
from views.media.vlc_player import Player

OBJECT_ID = "00112233445566778899aabbccddeeff"
WARM_UP = 3  # seconds before counting


class _Bytes:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size = len(content)

    def pread(self, offset: int, length: int) -> bytes:
        return self._content[offset : offset + length]

    def close(self) -> None:
        return None


def sealed(plain: bytes) -> SegmentReader:
    """The recording as the vault holds it."""
    key = os.urandom(32)
    sealer, at, whole = Sealer(key, OBJECT_ID), 0, bytearray()
    whole += sealer.header
    while at < len(plain):
        piece = plain[at : at + sealer.room]
        at += len(piece)
        cell = bytearray(len(piece) + TAG)
        sealer.seal_into(piece, cell, last=at == len(plain))
        whole += cell
    return SegmentReader(_Bytes(bytes(whole)), key, OBJECT_ID, len(whole))


def ours(footage: bytes, seconds: int, size: tuple[int, int]) -> dict[str, float]:
    """Our player in its own window: libVLC, ring, conversion, watermark, painting, lease."""
    app = QApplication.instance() or QApplication([])
    player, canvas = Player(silent=True), Picture()
    canvas.watermark.say(("沈静宜", "2026-11-19 10:48", "一号桌"))
    canvas.resize(*size)
    canvas.show()
    player.frame_shown.connect(lambda _us: canvas.show_picture(player.shown))
    player.opened.connect(lambda _facts: player.play())
    begun = time.perf_counter()
    first: list[float] = []
    player.frame_shown.connect(lambda _us: first.append(time.perf_counter() - begun) if not first else None)
    player.open(sealed(footage))
    me, loop, counted = psutil.Process(), QEventLoop(), dict[str, float]()

    def start() -> None:
        counted.update(cpu=sum(me.cpu_times()[:2]), at=time.perf_counter(), painted=canvas.painted)

    def stop() -> None:
        passed = time.perf_counter() - counted["at"]
        counted["share"] = (sum(me.cpu_times()[:2]) - counted["cpu"]) / passed * 100
        counted["rate"] = (canvas.painted - counted["painted"]) / passed
        loop.quit()

    QTimer.singleShot(WARM_UP * 1000, start)
    QTimer.singleShot((WARM_UP + seconds) * 1000, stop)
    loop.exec()
    player.close(wait=True)
    app.processEvents()
    return {"cpu_percent": round(counted["share"], 1), "pictures_a_second": round(counted["rate"], 1), "first_picture_ms": round(first[0] * 1000)}


def other(words: list[str], seconds: int) -> dict[str, float]:
    """Another program on the bare file: its share of a core, with its children."""
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(WARM_UP)
        one = psutil.Process(child.pid)
        before, begun = _cpu(one), time.perf_counter()
        time.sleep(seconds)
        if child.poll() is not None:
            return {}
        return {"cpu_percent": round((_cpu(one) - before) / (time.perf_counter() - begun) * 100, 1)}
    finally:
        child.kill()
        child.wait()


def _cpu(one: psutil.Process) -> float:
    return sum(sum(p.cpu_times()[:2]) for p in (one, *one.children(recursive=True)))


def peers(path: Path, size: tuple[int, int]) -> dict[str, list[str]]:
    """The players to compare with, and how each is asked for the same: sound into nothing, a window of this size."""
    geometry = f"{size[0]}x{size[1]}+0+0"
    return {
        "mpv (x11)": ["mpv", "--no-config", "--vo=x11", "--ao=null", "--hwdec=no", f"--geometry={geometry}", str(path)],
        "vlc (xcb_x11)": ["cvlc", "--quiet", "--aout=dummy", "--vout=xcb_x11", "--avcodec-hw=none", f"--width={size[0]}", str(path)],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--size", default="960x540")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    wide, high = (int(n) for n in asked.size.split("x"))
    print(f"making {asked.seconds + 10} s of 1080p30 …", file=sys.stderr)
    made = io.BytesIO()
    make_recording(made, asked.seconds + 10, 1920, 1080, 30, datetime(2026, 10, 20, 1, 31, tzinfo=UTC), seed=5)
    results: dict[str, dict[str, float] | str] = {"ours (sealed, watermark)": ours(made.getvalue(), asked.seconds, (wide, high))}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder) / "footage.mp4"
        path.write_bytes(made.getvalue())
        for name, words in peers(path, (wide, high)).items():
            if shutil.which(words[0]) is None:
                results[name] = f"{words[0]} is not installed"
            else:
                results[name] = other(words, asked.seconds) or f"{words[0]} ended early"
    mpv, us = results["mpv (x11)"], results["ours (sealed, watermark)"]
    ratio = round(us["cpu_percent"] / mpv["cpu_percent"], 2) if isinstance(mpv, dict) and isinstance(us, dict) and mpv["cpu_percent"] else None
    for name, found in results.items():
        print(f"{name:28} {found}")
    print(f"ratio to mpv: {ratio if ratio is not None else 'not known'}")
    report = {"seconds": asked.seconds, "size": asked.size, "display": os.environ.get("QT_QPA_PLATFORM") or "xcb", "results": results, "ratio": ratio}
    text = json.dumps(report, ensure_ascii=False, indent=2)
    if asked.json:
        asked.json.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
