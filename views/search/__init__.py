"""检索: one box over cases, records, papers' text and annotations."""

from views.search.page import SearchPage

__all__ = ["SearchPage"]
