"""公开申请: the register of requests for information and that of complaints."""

from views.disclosure.page import DisclosurePage

__all__ = ["DisclosurePage"]
