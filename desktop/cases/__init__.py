"""整理: case folders, their parties, officers and records."""

from desktop.cases.forms import CaseDraft, CaseFilter, CaseLine, Folder, HistoryLine, OfficerName, PartyName
from desktop.cases.room import Cases

__all__ = ["CaseDraft", "CaseFilter", "CaseLine", "Cases", "Folder", "HistoryLine", "OfficerName", "PartyName"]
