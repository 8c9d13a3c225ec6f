"""收集: taking files in, each probed, hashed at first read, encrypted, verified and answered for."""

from desktop.intake.deposit import DepositReport, deposit, resume
from desktop.intake.room import DepositLine, Intake, UnlinkedLine

__all__ = ["DepositLine", "DepositReport", "Intake", "UnlinkedLine", "deposit", "resume"]
