"""The desk of the office with the rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from views.cases import CasesPage
from views.common.page import Page
from views.rulebook import RulebookPage


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    return [CasesPage, RulebookPage]
