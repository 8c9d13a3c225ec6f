"""审计: who did what, whether the ledger still holds, and what is taken away to prove it elsewhere."""

from views.ledger.page import LedgerPage

__all__ = ["LedgerPage"]
