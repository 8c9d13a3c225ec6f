"""登记: what the agency may punish and who may act for it: the list of powers, certificates of officers, units of people."""

from desktop.registers.forms import CertificateDraft, CertificateLine, PowerLine, PowersInForce, UnitLine
from desktop.registers.room import Registry

__all__ = ["CertificateDraft", "CertificateLine", "PowerLine", "PowersInForce", "Registry", "UnitLine"]
