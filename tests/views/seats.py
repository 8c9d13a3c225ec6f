"""Somebody at a desk of the office: what the tests of every page share. A room's conftest takes these in, and may name its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.common.page import Page


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """The office's archive, with settings of the desk's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk_pages() -> Sequence[type[Page]]:
    """The pages of the window; none means those of the case work."""
    return ()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge, desk_pages: Sequence[type[Page]]) -> Callable[..., Desk]:
    """`desk("沈静宜")` lets a person sit down; they leave when the test ends, before the window is taken away."""

    def sit(name: str = o.ARCHIVIST, **kw: tuple[int, int]) -> Desk:
        o.sign_in(archive, name)
        out = Desk(qtbot, archive, bridge, pages=desk_pages, **kw)
        qtbot.addWidget(out.shell, before_close_func=lambda shell: shell.close_down())
        return out

    return sit
