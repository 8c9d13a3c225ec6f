"""One line of the bench: what was measured beside which peer, and what it must not exceed; and how a bench is run by itself."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """`ours` and `peer` in `unit`; the ratio ours / peer must be at most `most` (or, where `least`, at least it).

    Without a peer, `peer` is 0 and `ours` itself is held against the bound.
    """

    what: str
    beside: str
    ours: float
    peer: float
    most: float
    unit: str = "s"
    least: bool = False
    note: str = ""

    @property
    def value(self) -> float:
        return self.ours / self.peer if self.peer else self.ours

    @property
    def holds(self) -> bool:
        return self.value >= self.most if self.least else self.value <= self.most

    def facts(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 4), "holds": self.holds}


def print_lines(lines: Sequence[Line]) -> None:
    """As a table for people."""
    for line in lines:
        ours = f"{line.ours:10.3f} {line.unit}"
        peer = f"{line.peer:10.3f} {line.unit}" if line.peer else ""
        bound = f"{'≥' if line.least else '≤'} {line.most:g}"
        print(f"{'ok' if line.holds else 'NO'}  {line.what:<44} {ours:<15} {peer:<15} {line.value:9.3f}  {bound:<7} {line.beside}"
              f"{' · ' + line.note if line.note else ''}", flush=True)


def print_head() -> None:
    """What the columns of the table are."""
    print(f"{'':<2}  {'what':<44} {'      ours':<15} {'      peer':<15} {'    ratio':>9}  {'must':<7} beside")


def bench(measure: Callable[[bool], list[Line]]) -> None:
    """Run one bench by itself: a table for people, or with `--json` one object a line for `run.py`."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true", help="small sizes: only to see that it runs")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    lines = measure(chosen.quick)
    if chosen.json:
        for line in lines:
            print(json.dumps(line.facts(), ensure_ascii=False), flush=True)
    else:
        print_head()
        print_lines(lines)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk that is measured (LANTAI_BENCH_DIR, else the system's), gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lantai-bench-", dir=os.environ.get("LANTAI_BENCH_DIR")) as folder:
        yield Path(folder)


@contextlib.contextmanager
def screen() -> Iterator[None]:
    """A real X screen of its own where Xvfb is installed, so that no person's desktop decides; else Qt's offscreen platform."""
    if not shutil.which("Xvfb"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    # It gets none of our lines: after a crash of the bench it would hold them open, and whoever reads them would wait for ever.
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with open(reading, encoding="ascii") as told:
                os.environ["DISPLAY"] = ":" + told.readline().strip()
            os.environ["QT_QPA_PLATFORM"] = "xcb"
            yield
        finally:
            server.terminate()


def memory_now() -> float:
    """Resident memory of this process, MiB."""
    with open("/proc/self/statm", encoding="ascii") as f:
        return int(f.read().split()[1]) * resource.getpagesize() / (1 << 20)


def load() -> str:
    """How busy the machine was, for the note beside a figure."""
    return f"load {os.getloadavg()[0]:.1f}" if sys.platform != "win32" else ""
