"""Journeys in the window: the words, the look and the bridge of the tests of views; `walking` sits an archivist down, `bag` is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.casework import Walk
from tests.views import office as o
from tests.views.conftest import _words, bridge, look
from views.bridge import Bridge

__all__ = ["_words", "bridge", "look"]


@pytest.fixture
def walking(qtbot: QtBot, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Walk]]:
    """`walking("xigang-finance")`: the archivist at the desk of an empty archive under that regulation."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    walks: list[Walk] = []

    def begin(profile: str) -> Walk:
        walks.append(Walk(qtbot, o.founded(tmp_path, profile), bridge))
        return walks[-1]

    yield begin
    for one in walks:
        one.stand_up()
        one.archive.close()


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    out = tmp_path / "移交"
    out.mkdir()
    return out
