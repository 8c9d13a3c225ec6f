"""制度: the rules that the archive keeps: regulations and their versions, the office's days, the list of matters to record, recorders."""

from views.rulebook.page import RulebookPage

__all__ = ["RulebookPage"]
