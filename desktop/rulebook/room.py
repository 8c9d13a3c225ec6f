"""规则: versions of profiles, the office's days, the agency's own list of recording duties."""

from __future__ import annotations

from desktop.rulebook.calendars import CalendarActs
from desktop.rulebook.duty_rows import DutyActs
from desktop.rulebook.versions import VersionActs


class Rulebook(VersionActs, CalendarActs, DutyActs):
    """Acts and readings stand in the files that their names say."""
