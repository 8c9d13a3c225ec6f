"""The longest stretch that the window's own thread works before it comes back to its events, in each journey through the real window.

Counted in that thread's own CPU time, which a busy machine does not change: under 50 ms no key waits so long that a person feels it.
With LANTAI_BENCH_WHY set it says on stderr what the thread was at in each stretch over 25 ms. With LANTAI_BENCH_TRAINING set it walks
through a copy of the training archive there, and makes none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.table import Line, bench, load, scratch, screen  # noqa: E402 - the program is found first

MOST = 50  # ms
RECORDS, DEPOSITS = 300, (400, 4_000)


def measure(quick: bool = False) -> list[Line]:
    records, deposits = (20, (10,)) if quick else (RECORDS, DEPOSITS)
    with scratch() as folder, screen():
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):  # so that no desk's settings decide what is measured
            os.environ[name] = str(folder)
        made = subprocess.run([sys.executable, "-m", "benchmarks.desk.prepared", str(folder / "archive"), str(records)], cwd=HERE, check=False,
                              capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(made.stderr)
        return walked(folder / "archive", folder, deposits, why="LANTAI_BENCH_WHY" in os.environ)


def walked(archive: Path, folder: Path, deposits: tuple[int, ...], why: bool = False) -> list[Line]:
    """Every journey over this archive."""
    from benchmarks.desk.journeys import journeys
    from benchmarks.desk.sitting import Sitting

    at = Sitting(archive, why)
    try:
        for name, journey in journeys(folder, deposits).items():
            at.turns.journey = name
            journey(at)
    finally:
        at.close()
    if why:
        print("\n".join(turn.told() for turn in at.turns.long), file=sys.stderr)
    return [Line(f"longest stretch: {name}", "must", turn.cpu * 1000, 0, MOST, "ms",
                 note=f"{turn.step}, {turn.wall * 1000:.0f} ms by the clock, {load()}") for name, turn in at.turns.longest.items()]


if __name__ == "__main__":
    bench(measure)
