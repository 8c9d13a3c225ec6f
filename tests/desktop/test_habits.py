"""Habits: kept for each person at this desk; a damaged or closed file is as if nobody had chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.habits import habit, habits_file, remember
from tests.office import ARCHIVIST, OFFICER, sign_in


@pytest.fixture(autouse=True)
def _own_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "config"))


def test_each_person_has_their_own(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    assert habit(office, "course_folded") is None
    remember(office, "course_folded", True)
    assert habit(office, "course_folded") is True
    sign_in(office, OFFICER)
    assert habit(office, "course_folded") is None
    remember(office, "course_folded", False)
    sign_in(office, ARCHIVIST)
    assert habit(office, "course_folded") is True
    assert ARCHIVIST not in habits_file().read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"x": 3}', "\x00" * 9, "[" * 100_000])
def test_a_damaged_file_is_begun_anew(office: Archive, damage: str) -> None:
    sign_in(office, ARCHIVIST)
    habits_file().parent.mkdir(parents=True)
    habits_file().write_text(damage)
    assert habit(office, "course_folded") is None
    remember(office, "course_folded", True)
    assert habit(office, "course_folded") is True


def test_a_value_that_is_no_choice_counts_for_nothing(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    remember(office, "course_folded", True)
    habits_file().write_text(habits_file().read_text().replace("true", '"true"'))
    assert habit(office, "course_folded") is None


def test_a_desk_that_cannot_write_forgets(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    habits_file().mkdir(parents=True)
    remember(office, "course_folded", True)
    assert habit(office, "course_folded") is None
    assert list(habits_file().parent.glob("*.part")) == []
