"""规则: versions of profiles and their drafts, the office's days, the agency's own list of recording duties."""

from __future__ import annotations

from desktop.rulebook.calendars import CalendarActs
from desktop.rulebook.drafts import DraftActs
from desktop.rulebook.duty_rows import DutyActs
from desktop.rulebook.waiting import WaitingActs


class Rulebook(DraftActs, CalendarActs, DutyActs, WaitingActs):
    """Acts and readings stand in the files that their names say."""
