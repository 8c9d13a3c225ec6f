"""What somebody might hand in: good, empty, doubled, and what is no file at all."""

from __future__ import annotations

import os
import wave
from pathlib import Path

from PIL import Image

from tests.views import office as o


def handed_in(folder: Path) -> Path:
    """A folder of a sound, a paper, a photo, an empty recording (the office holds one already), noise, a doubled file, a link."""
    folder.mkdir()
    sound(folder / "询问录音.wav")
    o.paper(folder / "检查笔录.pdf", "现场检查笔录", "清点账簿十四册。")
    Image.new("RGB", (64, 48), "navy").save(folder / "门头.jpg")
    (folder / "空.mp4").write_bytes(b"")
    (folder / "乱码.mp4").write_bytes(b"\x93noise" * 900)
    (folder / "门头（副本）.jpg").write_bytes((folder / "门头.jpg").read_bytes())
    os.symlink("/etc/hostname", folder / "链接.txt")
    return folder


def sound(at: Path, seconds: int = 1) -> None:
    """A sound file."""
    with wave.open(str(at), "wb") as w:
        w.setparams((1, 2, 8000, 0, "NONE", ""))
        w.writeframes(b"\1\0" * 8000 * seconds)


def many(folder: Path, count: int = 12) -> Path:
    """A folder of small sound files, no two alike."""
    folder.mkdir()
    for number in range(count):
        sound(folder / f"录音{number:02}.wav", number + 1)
    return folder
