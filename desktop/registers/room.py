"""登记: the list of powers, the register of certificates, the units of people."""

from __future__ import annotations

from desktop.registers.certificates import CertificateActs
from desktop.registers.powers import PowerActs
from desktop.registers.units import UnitActs


class Registry(PowerActs, CertificateActs, UnitActs):
    """Acts and readings stand in the files that their names say."""
