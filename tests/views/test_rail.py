"""The rail's words: each page's name stands whole in the wide and in the narrow rail, in both languages, also when it is chosen and counted."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from desktop.i18n import set_language
from views.common.page import Page
from views.frame.rail import NARROW, WIDE
from views.pages import pages
from views.theme import font

SPARE = 4  # px: figures of the same face are drawn up to so much wider at 150 %


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_name_in_the_rail_is_cut(look: QApplication, language: str) -> None:
    set_language(language)
    narrow, wide = QFontMetricsF(font("small", bold=True)), QFontMetricsF(font("body", bold=True))
    cut = []
    for page in (one for one in pages() if one.in_rail):
        counted = 48 if page.waiting.__func__ is not Page.waiting.__func__ else 0
        for metrics, room in ((narrow, NARROW - 2), (wide, WIDE - 52 - counted)):
            needed = metrics.horizontalAdvance(page.title()) + SPARE
            if needed > room:
                cut.append(f"{page.title()}: {needed:.0f} of {room} px")
    assert not cut
