"""政府信息公开: the register of requests for government information, their steps, and the limits that run for them."""

from desktop.disclosure.forms import ChangeLine, DisclosureDraft, DisclosureFile, DisclosureLine, LinkLine, RequestSum, StepLine
from desktop.disclosure.room import Disclosures

__all__ = ["ChangeLine", "DisclosureDraft", "DisclosureFile", "DisclosureLine", "Disclosures", "LinkLine", "RequestSum", "StepLine"]
