"""评查: the list of markings, and one marking with its items, grounds and decisions."""

from views.scoring.page import ScoringPage

__all__ = ["ScoringPage"]
