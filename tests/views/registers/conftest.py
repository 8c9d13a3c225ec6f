"""The desk of the office with the rules, the cases, the marking and the people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from views.cases import CasePage, CasesPage
from views.common.page import Page
from views.rulebook import RulebookPage
from views.scoring import ScoringPage
from views.settings import SettingsPage


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    return [CasesPage, CasePage, RulebookPage, ScoringPage, SettingsPage]
