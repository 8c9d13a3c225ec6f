"""申请: the form that asks to view or copy, and the list of one's own requests."""

from views.requests.form_page import RequestPage
from views.requests.list_page import RequestsPage

__all__ = ["RequestPage", "RequestsPage"]
