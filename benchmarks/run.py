"""Every bench, one after another, each in a process of its own; one table of ratios for people, and the same as JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Line, load, print_head, print_lines

HERE = Path(__file__).resolve().parent.parent
BENCHES = ("intake", "ledger", "case_list", "search", "clocks", "playback", "start", "gui")
REPORT = HERE / "build" / "bench.json"
# The largest keeps twenty files of 100 MiB three times over; the ledger's million entries take two.
NEEDED = "12 GB of disk where LANTAI_BENCH_DIR points, else in the system's folder for temporary files"


def main() -> int:
    """A bench reports and does not gate: the exit code is 0 whether the bars hold or not."""
    options = argparse.ArgumentParser(description=__doc__, epilog=f"Needs {NEEDED}.")
    options.add_argument("--only", nargs="+", choices=BENCHES, default=BENCHES, metavar="NAME", help=", ".join(BENCHES))
    options.add_argument("--quick", action="store_true", help="small sizes: only to see that everything runs")
    options.add_argument("--json", type=Path, metavar="FILE", help=f"write the figures here, and to {REPORT.relative_to(HERE)} unless --quick")
    chosen = options.parse_args()
    lines: list[Line] = []
    broken: dict[str, str] = {}
    print_head()
    for name in chosen.only:
        began = time.monotonic()
        try:
            found = run_one(name, chosen.quick)
        except RuntimeError as error:
            broken[name] = str(error)
            print(f"NO  {name} did not run: {str(error).splitlines()[-1] if str(error) else 'no word why'}", flush=True)
            continue
        print_lines(found)
        print(f"    {name}: {time.monotonic() - began:.0f} s, {load()}", file=sys.stderr)
        lines += found
    missed = [line for line in lines if not line.holds]
    report = {"quick": chosen.quick, "cores": os.cpu_count(), "load": load(), "missed": len(missed), "lines": [line.facts() for line in lines],
              "broken": broken}
    for target in [path for path in (None if chosen.quick else REPORT, chosen.json) if path]:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{len(lines) - len(missed)} of {len(lines)} bars hold, {len(missed)} missed, {len(broken)} did not run.")
    return 0


def run_one(name: str, quick: bool) -> list[Line]:
    """The lines of one bench. Raises RuntimeError with what it said when it came to no end."""
    command = [sys.executable, str(HERE / "benchmarks" / f"{name}.py"), "--json", *(["--quick"] if quick else [])]
    # As on a user's machine, which keeps what Python compiled.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or f"exit {done.returncode}")
    return [_line(json.loads(text)) for text in done.stdout.splitlines() if text.startswith("{")]


def _line(facts: dict[str, Any]) -> Line:
    return Line(**{one.name: facts[one.name] for one in fields(Line)})


if __name__ == "__main__":
    sys.exit(main())
