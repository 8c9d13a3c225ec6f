"""Intake beside its peers: the whole path (probe, hash, encrypt, verify, rows, ledger) against cp, cp + sha256sum and bagit.py."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Line, print_lines
from desktop.archive import found
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.people import Newcomer
from models.secrecy import Label


def main() -> list[Line]:
    lines = []
    with tempfile.TemporaryDirectory(prefix="lantai-bench-", dir=os.environ.get("LANTAI_BENCH_DIR")) as folder:
        lines += _compare(Path(folder) / "large", "20 × 100 MiB", lambda to: large_files(to, 20, 100 << 20), 1.5, peers=True)
        lines += _compare(Path(folder) / "small", "2,000 × 0.5 MiB", lambda to: small_files(to, 2000, 512 << 10), 3.0, peers=False)
    return lines


def large_files(folder: Path, count: int, size: int) -> None:
    """Recordings: one real H.264 file, filled up inside a `free` box that differs in each, so that none is a duplicate."""
    from desktop.demo.footage import make_recording

    clip = io.BytesIO()
    make_recording(clip, 20, 640, 360)
    chance = random.Random(1)
    for n in range(count):
        content = clip.getvalue()
        filling = size - len(content) - 8
        block = chance.randbytes(1 << 20)
        with open(folder / f"{n:04}.mp4", "wb") as f:
            f.write(content)
            f.write((filling + 8).to_bytes(4, "big") + b"free")
            while filling > 0:
                f.write(block[: min(len(block), filling)])
                filling -= len(block)


def small_files(folder: Path, count: int, size: int) -> None:
    """Photographs: real JPEGs of a noisy scene, each made different by its comment."""
    from PIL import Image

    pixels = random.Random(2).randbytes(900 * 600 * 3)
    picture = Image.frombytes("RGB", (900, 600), pixels).resize((1350, 900))
    out = io.BytesIO()
    quality = 75
    while True:
        out.seek(0)
        out.truncate()
        picture.save(out, "JPEG", quality=quality)
        if len(out.getvalue()) <= size or quality < 20:
            break
        quality -= 5
    content = out.getvalue()
    for n in range(count):
        note = n.to_bytes(4, "big") + bytes(min(size - len(content) - 6, 65_000) - 4)
        filled = content[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + content[2:]
        (folder / f"{n:05}.jpg").write_bytes(filled)


def _compare(root: Path, what: str, make: Callable[[Path], None], bar: float, peers: bool) -> list[Line]:
    source = root / "source"
    source.mkdir(parents=True)
    make(source)
    subprocess.run(["sync"], check=True)
    copied = min(_timed(lambda: _copy(source, root / "copy")) for _ in range(2))
    ours = min(_timed(lambda: _intake(source, root / "archive")) for _ in range(2))
    lines = [Line(f"intake {what}", "cp -r + sync", ours, copied, bar, "s")]
    if peers:
        digest = _timed(lambda: _copy_and_digest(source, root / "copy"))
        bag = _timed(lambda: _bag(source, root / "bag"))
        lines += [Line(f"intake {what}", "cp + sha256sum", ours, digest, 1.0, "s"), Line(f"intake {what}", "bagit.py", ours, bag, 1.0, "s")]
    shutil.rmtree(root)
    return lines


def _timed(work: Callable[[], None]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    started = ["cp", "-r", str(source), str(target)]
    subprocess.run(started, check=True)
    subprocess.run(["sync"], check=True)


def _copy_and_digest(source: Path, target: Path) -> None:
    _copy(source, target)
    subprocess.run(f"sha256sum {source}/* > {target}.before && sha256sum {target}/* > {target}.after", shell=True, check=True)


def _bag(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    subprocess.run([sys.executable, "-m", "bagit", "--sha256", "--quiet", str(target)], check=True)
    subprocess.run(["sync"], check=True)


def _intake(source: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    archive = found(root, "bench", "xigang-finance", [(Newcomer("档案员", "archivist"), "bench-password")], training=True).archive
    archive.people.sign_in("档案员", "bench-password")
    report = deposit(archive, [os.fsencode(source)], None, Label(), Silent())
    if report.admitted != len(list(source.iterdir())):
        raise SystemExit(f"not all was admitted: {report}")
    archive.close()


if __name__ == "__main__":
    print_lines(main())
