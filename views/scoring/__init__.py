"""评查: the list of markings, and one marking with its items, grounds and decisions."""

from views.scoring.page import ScoringPage
from views.scoring.sheets import SheetsPage

__all__ = ["ScoringPage", "SheetsPage"]
