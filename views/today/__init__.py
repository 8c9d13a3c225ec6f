"""工作台: what waits for the person who sits here."""

from views.today.page import TodayPage

__all__ = ["TodayPage"]
