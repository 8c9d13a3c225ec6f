"""Windows without a screen, in Chinese, with the look in force and a bridge that is closed again; the office, and somebody at its desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.i18n import set_language
from installer.compile_locale import LOCALE, Contradiction, compile_language
from tests.views import office as o
from tests.views.walk import PAGES, Desk
from views import theme
from views.bridge import Bridge
from views.common.page import Page

# What is waited for comes; how soon is not asked here, and on two shared cores five seconds were not always enough.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitActive, QtBot.waitExposed):
    _wait.__kwdefaults__["timeout"] = 30_000


@pytest.fixture(scope="session", autouse=True)
def _words() -> None:
    """The catalogue of now, as `make` would compile it; that the rooms agree is asked in tests/house."""
    try:
        compile_language(LOCALE / "zh_CN")
    except Contradiction as fault:
        print(fault)
    set_language("zh_CN")


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light, comfortable look."""
    theme.apply(qapp, "light", "comfortable", contrast=False)
    yield qapp
    theme.apply(qapp, "light", "comfortable", contrast=False)


@pytest.fixture
def bridge(look: QApplication) -> Iterator[Bridge]:
    out = Bridge()
    yield out
    assert out.close(), "a job did not stop"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """The office, at a desk with settings of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    """The pages of the window; a room that wants others says which."""
    return PAGES


@pytest.fixture
def desk(qtbot: QtBot, archive: Archive, bridge: Bridge, pages: Sequence[type[Page]]) -> Iterator[Callable[..., Desk]]:
    """`desk("沈静宜")` lets a person sit down; at the end they leave."""
    desks: list[Desk] = []

    def sit(name: str = o.ARCHIVIST, size: tuple[int, int] = (1440, 900)) -> Desk:
        o.sign_in(archive, name)
        desks.append(Desk(qtbot, archive, bridge, size, pages))
        return desks[-1]

    yield sit
    while desks:
        last = desks.pop()
        last.leave(beside=[one.shell for one in desks])
