"""How long intake takes beside `cp -r` and `sync`: 20 × 100 MiB, and 2,000 × 0.5 MiB. Run: python -m benchmarks.vault"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from desktop.vault.backend import LocalBackend
from desktop.vault.intake_pipe import FileSource, Stored, store_many

LOADS = {"large": (20, 100 << 20, 1.5), "small": (2000, 512 << 10, 3.0)}


def make_sources(folder: Path, count: int, size: int) -> list[Path]:
    """Files of random content: nothing that a drive could compress or fold."""
    folder.mkdir(parents=True)
    block = os.urandom(min(size, 8 << 20))
    paths = []
    for number in range(count):
        path = folder / f"{number:05d}.bin"
        with open(path, "wb") as f:
            f.write(number.to_bytes(8, "big"))
            for at in range(8, size, len(block)):
                f.write(block[: min(len(block), size - at)])
        paths.append(path)
    return paths


def time_copy(source: Path, target: Path) -> float:
    os.sync()
    begun = time.monotonic()
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    subprocess.run(["sync"], check=True)
    took = time.monotonic() - begun
    shutil.rmtree(target)
    return took


def time_intake(paths: list[Path], target: Path) -> float:
    os.sync()
    begun = time.monotonic()
    results = list(store_many((FileSource(path) for path in paths), LocalBackend(target)))
    took = time.monotonic() - begun
    assert len(results) == len(paths)
    assert all(isinstance(one, Stored) for one in results)
    shutil.rmtree(target)
    return took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--load", choices=[*LOADS, "all"], default="all")
    options.add_argument("--folder", default=None, help="where to measure; the drive of the vault")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        for name, (count, size, bar) in LOADS.items():
            if chosen.load not in (name, "all"):
                continue
            paths = make_sources(Path(folder, name), count, size)
            for _ in range(chosen.rounds):
                copied = time_copy(Path(folder, name), Path(folder, "copy"))
                kept = time_intake(paths, Path(folder, "vault"))
                rate = count * size / kept / (1 << 20)
                print(f"{name}: cp+sync {copied:.2f} s, intake {kept:.2f} s ({rate:.0f} MiB/s), {kept / copied:.2f} of {bar}")
            shutil.rmtree(Path(folder, name))
    print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
