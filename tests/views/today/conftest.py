"""The desk of the office with what Today leads to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.views.walk import Screening
from views.common.page import Page
from views.deposit import DepositPage
from views.settings import SettingsPage
from views.today import TodayPage


class Folder(Screening):
    """Stands where the case page will."""

    name = "case"


@pytest.fixture
def pages() -> Sequence[type[Page]]:
    return [TodayPage, DepositPage, SettingsPage, Folder]
