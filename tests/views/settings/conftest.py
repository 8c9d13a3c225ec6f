"""Somebody at a desk of the office, with the pages of the day's work."""

from __future__ import annotations

import pytest

from tests.views.seats import archive, desk
from views.common.page import Page
from views.deposit import DepositPage
from views.settings import SettingsPage
from views.today import TodayPage

__all__ = ["archive", "desk"]


@pytest.fixture
def desk_pages() -> list[type[Page]]:
    return [TodayPage, DepositPage, SettingsPage]
