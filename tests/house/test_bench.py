"""Every bench runs, at sizes that say nothing about speed, and says what it measured beside what."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.run import BENCHES, run_one
from benchmarks.table import Line

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_runs_and_names_what_it_measured(name: str, training_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTAI_BENCH_TRAINING", str(training_archive))
    lines = run_one(name, quick=True)
    assert lines
    assert all(line.what and line.beside and line.ours > 0 and line.most > 0 for line in lines)
    assert len({(line.what, line.beside) for line in lines}) == len(lines)


def test_the_table_is_written_as_json_too_and_a_missed_bar_is_no_failure(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, "benchmarks/run.py", "--quick", "--only", "search", "--json", str(tmp_path / "bench.json")], cwd=ROOT,
                          capture_output=True, text=True, check=True)
    report = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert report["broken"] == {}
    assert len(report["lines"]) > 3
    assert f"{len(report['lines']) - report['missed']} of {len(report['lines'])} bars hold" in told.stdout


def test_a_bar_is_held_by_the_ratio_or_where_there_is_no_peer_by_the_figure() -> None:
    assert Line("intake", "cp", 3.0, 2.0, 1.5).holds
    assert not Line("intake", "cp", 3.1, 2.0, 1.5).holds
    assert Line("append", "insert", 70, 100, 0.7, "/s", least=True).holds
    assert not Line("append", "insert", 69, 100, 0.7, "/s", least=True).holds
    assert not Line("jump", "must", 51, 0, 50, "ms").holds


def test_every_bench_is_in_the_table() -> None:
    beside = {path.stem for path in (ROOT / "benchmarks").glob("*.py")} - {"__init__", "run", "table"}
    assert beside == set(BENCHES)
