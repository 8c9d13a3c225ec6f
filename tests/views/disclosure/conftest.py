"""The desk of the office with both registers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from views.cases import CasesPage
from views.common.page import Page
from views.disclosure import DisclosurePage
from views.today import TodayPage


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    return [TodayPage, CasesPage, DisclosurePage]
