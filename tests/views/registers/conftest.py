"""Somebody at a desk of the office, with the rules, the cases, the marking and the people in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.cases import CasePage, CasesPage
from views.rulebook import RulebookPage
from views.scoring import ScoringPage
from views.settings import SettingsPage


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Callable[..., Desk]:
    """`desk("沈静宜")` lets a person sit down; they leave when the test ends, before the window is taken away."""

    def sit(name: str = o.ARCHIVIST, **kw: tuple[int, int]) -> Desk:
        o.sign_in(archive, name)
        out = Desk(qtbot, archive, bridge, pages=[CasesPage, CasePage, RulebookPage, ScoringPage, SettingsPage], **kw)
        qtbot.addWidget(out.shell, before_close_func=lambda shell: shell.close_down())
        return out

    return sit
