"""规则: the rules that the archive itself keeps, each change with its reason and its author."""

from desktop.rulebook.forms import CalendarLine, DifferenceLine, DutyDraft, DutyLine, LocalDayLine, VersionLine
from desktop.rulebook.room import Rulebook

__all__ = ["CalendarLine", "DifferenceLine", "DutyDraft", "DutyLine", "LocalDayLine", "Rulebook", "VersionLine"]
