"""The regulation in force, as typed rules: pure values and sums, no tables and no clock."""

from desktop.policy.clocks import DepositClock, deposit_clock
from desktop.policy.profile import profile, profile_names
from desktop.policy.rules import Profile

__all__ = ["DepositClock", "Profile", "deposit_clock", "profile", "profile_names"]
