"""移交入库: sources, the running deposit, its report, unlinked recordings, quarantine, earlier deposits."""

from views.deposit.page import DepositPage

__all__ = ["DepositPage"]
