"""Windows without a screen, in Chinese, with the look in force and a bridge that is closed again."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n import set_language
from installer.compile_locale import LOCALE, Contradiction, compile_language
from views import theme
from views.bridge import Bridge


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
