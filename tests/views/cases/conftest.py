"""Somebody at a desk of the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Iterator[Callable[..., Desk]]:
    """`desk("沈静宜")` lets a person sit down; at the end they leave."""
    desks: list[Desk] = []

    def sit(name: str = o.ARCHIVIST, **kw: tuple[int, int]) -> Desk:
        o.sign_in(archive, name)
        desks.append(Desk(qtbot, archive, bridge, **kw))
        return desks[-1]

    yield sit
    for one in desks:
        one.leave()
