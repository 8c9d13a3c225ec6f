"""案卷: the list of case folders, one folder opened, and the form that writes it."""

from views.cases.case_page import CasePage
from views.cases.form_page import CaseFormPage
from views.cases.list_page import CasesPage

__all__ = ["CaseFormPage", "CasePage", "CasesPage"]
