"""The desk of the office with its settings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from views.common.page import Page
from views.deposit import DepositPage
from views.settings import SettingsPage
from views.today import TodayPage


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    return [TodayPage, DepositPage, SettingsPage]
