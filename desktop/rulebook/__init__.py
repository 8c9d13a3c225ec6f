"""规则: the rules that the archive itself keeps, each change with its reason and its author."""

from desktop.rulebook.forms import (
    CalendarLine,
    DifferenceLine,
    DraftLine,
    DraftState,
    DutyDraft,
    DutyLine,
    LocalDayLine,
    OtherDraft,
    PendingLine,
    VersionLine,
    Waiting,
)
from desktop.rulebook.room import Rulebook

__all__ = ["CalendarLine", "DifferenceLine", "DraftLine", "DraftState", "DutyDraft", "DutyLine", "LocalDayLine", "OtherDraft", "PendingLine",
           "Rulebook", "VersionLine", "Waiting"]
