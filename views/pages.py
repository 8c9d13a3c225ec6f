"""The list of pages, in the order of the rail. A new page is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from views.common.page import Page


def pages() -> list[type[Page]]:
    """Every page; the rail shows those whose act the person's role holds."""
    from views.approvals import ApprovalsPage
    from views.cases import CaseFormPage, CasePage, CasesPage
    from views.deposit import DepositPage
    from views.disclosure import DisclosurePage
    from views.footage.page import FootagePage
    from views.ledger import LedgerPage
    from views.player import PlayerPage
    from views.requests import RequestPage, RequestsPage
    from views.rulebook import RulebookPage
    from views.scoring import ScoringPage, SheetsPage
    from views.search import SearchPage
    from views.settings import SettingsPage
    from views.statistics import StatisticsPage
    from views.today import TodayPage
    from views.trial import TrialPage

    return [TodayPage, CasesPage, CasePage, CaseFormPage, FootagePage, DepositPage, PlayerPage, SearchPage, RequestsPage, RequestPage,
            ApprovalsPage, DisclosurePage, RulebookPage, ScoringPage, SheetsPage, TrialPage, StatisticsPage, LedgerPage, SettingsPage]
