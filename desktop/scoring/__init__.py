"""案卷评查: marking a case file by the agency's sheet: the program judges what is registered, a person decides the rest and signs."""

from desktop.scoring.forms import Decided, Decision, Place, RowLine, ScoringLine, ScoringView, SheetVersionLine
from desktop.scoring.room import Scorings

__all__ = ["Decided", "Decision", "Place", "RowLine", "ScoringLine", "ScoringView", "Scorings", "SheetVersionLine"]
