"""Intake beside its peers: the whole path (probe, hash, encrypt, verify, rows, ledger) against cp, cp + sha256sum and bagit.py."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

from benchmarks.table import Line, bench, load, scratch
from desktop.demo.footage import make_recording
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.opening import found, open_archive
from desktop.people import Newcomer
from models.secrecy import Label

ROUNDS = 3  # the best of them: what the disk and other programs do meanwhile is not ours
PERSON, PASSWORD = "档案员", "bench-password"
# So many files are not removed between rounds: ext4 without a journal passes over inodes that were freed in the last minute, one by one,
# and whoever makes files next, we or cp, pays for the clearing up.
MANY = 500
STEP = 16  # bytes by which each file is shorter than the one before: files of one length are first looked for among what is held
Maker = Callable[[Path, int, int], None]


def measure(quick: bool = False) -> list[Line]:
    """Recordings and photographs as the bars name them; sound, which nothing has to decode, shows the path without thumbnails."""
    large, small = ((2, 1 << 20), (6, 128 << 10)) if quick else ((20, 100 << 20), (2000, 512 << 10))
    rounds = 1 if quick else ROUNDS
    lines: list[Line] = []
    with scratch() as folder:
        lines += _compare(folder / "large", "recordings", recordings, *large, 1.5, rounds, peers=True)
        lines += _compare(folder / "small", "photographs", photographs, *small, 3.0, rounds)
        lines += _compare(folder / "sound", "wav", sounds, *small, 3.0, rounds)
    return lines


def recordings(folder: Path, count: int, size: int) -> None:
    """One real H.264 file, filled up inside a `free` box that differs in each, so that none is a duplicate."""
    clip = io.BytesIO()
    make_recording(clip, min(20, size >> 20), 640, 360)
    chance, content = random.Random(1), clip.getvalue()
    for n in range(count):
        filling = size - len(content) - 8 - n * STEP
        block = chance.randbytes(1 << 20)
        with open(folder / f"{n:04}.mp4", "wb") as f:
            f.write(content)
            f.write((filling + 8).to_bytes(4, "big") + b"free")
            while filling > 0:
                f.write(block[: min(len(block), filling)])
                filling -= len(block)


def photographs(folder: Path, count: int, size: int) -> None:
    """Real JPEGs of a noisy scene, each made different by its comment."""
    wide, out, quality = 1350 if size > 256 << 10 else 600, io.BytesIO(), 75
    picture = Image.frombytes("RGB", (900, 600), random.Random(2).randbytes(900 * 600 * 3)).resize((wide, wide * 2 // 3))
    while True:
        out.seek(0)
        out.truncate()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= size - 8 or quality < 20:
            break
        quality -= 5
    content = out.getvalue()
    for n in range(count):
        note = n.to_bytes(4, "big") + bytes(max(min(size - len(content) - 6, 65_000) - 4 - n * STEP, 0))
        filled = content[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + content[2:]
        (folder / f"{n:05}.jpg").write_bytes(filled)


def sounds(folder: Path, count: int, size: int) -> None:
    """RIFF/WAVE with noise in it."""
    noise = random.Random(3).randbytes(size - 44)
    head = b"WAVEfmt " + (16).to_bytes(4, "little") + (1).to_bytes(2, "little") * 2
    head += (16_000).to_bytes(4, "little") + (32_000).to_bytes(4, "little") + (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
    for n in range(count):
        body = head + b"data" + (len(noise) - n * STEP).to_bytes(4, "little") + n.to_bytes(4, "big") + noise[4 + n * STEP :]
        (folder / f"{n:05}.wav").write_bytes(b"RIFF" + len(body).to_bytes(4, "little") + body)


def _compare(root: Path, what: str, make: Maker, count: int, size: int, bar: float, rounds: int, peers: bool = False) -> list[Line]:
    source = root / "source"
    source.mkdir(parents=True)
    make(source, count, size)
    subprocess.run(["sync"], check=True)
    _found(root / "founded")
    copied, ours = [], []
    for turn in range(rounds):  # in turns, so that both meet the same machine
        copied.append(_timed(lambda turn=turn: _copy(source, root / f"copy{turn}")))
        ours.append(_intake(source, root, root / f"archive{turn}"))
        if count < MANY:
            shutil.rmtree(root / f"copy{turn}")
            shutil.rmtree(root / f"archive{turn}")
    named, note = f"intake {count:,} {what} × {size / (1 << 20):g} MiB", f"{count * size / min(ours) / (1 << 20):.0f} MiB/s, {load()}"
    lines = [Line(named, "cp -r + sync", min(ours), min(copied), bar, note=note)]
    if peers:
        lines += [Line(named, "cp -r + sync + read from the device", min(ours), _timed(lambda: _copy_and_read(source, root / "copy")), 1.5,
                       note="what we know after it"),
                  Line(named, "cp + sha256sum", min(ours), _timed(lambda: _copy_and_digest(source, root / "copy")), 1.0),
                  Line(named, "bagit.py", min(ours), _timed(lambda: _bag(source, root / "bag")), 1.0)]
    shutil.rmtree(root)
    return lines


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    subprocess.run(["sync"], check=True)


def _copy_and_read(source: Path, target: Path) -> None:
    """Copied, and every byte asked of the device again, past the memory of the system; compared with nothing."""
    _copy(source, target)
    for copy in sorted(target.iterdir()):
        subprocess.run(["dd", f"if={copy}", "of=/dev/null", "bs=1M", "iflag=direct", "status=none"], check=True)


def _copy_and_digest(source: Path, target: Path) -> None:
    _copy(source, target)
    subprocess.run(f"sha256sum {source}/* > {target}.before && sha256sum {target}/* > {target}.after", shell=True, check=True)


def _bag(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    subprocess.run([sys.executable, "-m", "bagit", "--sha256", "--quiet", str(target)], check=True)
    subprocess.run(["sync"], check=True)


def _found(root: Path) -> None:
    found(root, "bench", "xigang-finance", [(Newcomer(PERSON, "archivist"), PASSWORD)], training=True).archive.close()


def _intake(source: Path, root: Path, target: Path) -> float:
    """Seconds for one deposit into a fresh archive; founding it and signing in are not counted."""
    shutil.copytree(root / "founded", target)
    archive = open_archive(target)
    archive.people.sign_in(PERSON, PASSWORD)
    subprocess.run(["sync"], check=True)
    started = time.monotonic()
    report = deposit(archive, [os.fsencode(source)], None, Label(), Silent())
    spent = time.monotonic() - started
    if report.admitted != len(list(source.iterdir())):
        raise RuntimeError(f"not all was admitted: {report}")
    archive.close()
    return spent


if __name__ == "__main__":
    bench(measure)
