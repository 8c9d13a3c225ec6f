"""登记: the agency's list of powers and the register of certificates, as sections of the rules."""

from views.registers.certificates import CertificatesSection
from views.registers.powers import PowersSection

__all__ = ["CertificatesSection", "PowersSection"]
