"""审批: what waits for the leader, what exactly is asked, and the signature; what was decided, and taking it back."""

from views.approvals.page import ApprovalsPage

__all__ = ["ApprovalsPage"]
