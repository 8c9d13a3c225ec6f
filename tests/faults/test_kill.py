"""kill -9, at random moments and at every step: what was acknowledged is there, nothing is half there, no hand work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import RESOURCES

ROOT = RESOURCES.parent


def run(module: str, *arguments: str) -> dict[str, Any]:
    """A run in a process of its own, without threads, so that it may fork; what it found is in the failure's text."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rounds, seed = request.config.getoption("--kill-rounds"), request.config.getoption("--kill-seed")
    assert run("tests.faults.kill_rounds", str(tmp_path), str(rounds), str(seed)) == {"rounds": rounds, "failures": 0}


def test_killed_at_every_step_of_a_deposit_it_goes_on_by_itself(tmp_path: Path) -> None:
    found = run("tests.faults.kill_steps", str(tmp_path))
    assert found["failures"] == 0
    assert found["steps"] > 15
    assert {"before fsync", "before link", "before unlink", "before commit", "after intake.admit"} <= set(found["kinds"])
