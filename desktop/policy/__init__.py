"""The regulation in force, as typed rules: pure values and sums, no tables and no clock."""

from desktop.policy.profile import Profile, profile, profile_names
from desktop.policy.verdicts import Clock, ClockState

__all__ = ["Clock", "ClockState", "Profile", "profile", "profile_names"]
