"""Two programs write to one archive: acts interleave, the ledger stays sound, and a request is decided once."""

from __future__ import annotations

from pathlib import Path

from tests.faults.test_kill import run


def test_two_programs_interleave_and_exactly_one_decides(tmp_path: Path) -> None:
    found = run("tests.faults.two_desks", str(tmp_path), "100", "200")
    assert found["wrong"] == 0
    assert (found["acts"], found["won"], found["decided"]) == (200, 200, 200)
    assert min(found["each"]) > 0  # both came first at times, or they did not meet at all
