"""The agency's registers as the marking sees them: certificates of officers with their days, and the list of powers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.policy.powers import PowerList


@dataclass(frozen=True)
class Held:
    """One certificate (执法证): valid from and until these days, both included."""

    number: str
    name: str
    valid_from: date
    valid_until: date

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True)
class Registers:
    """`officers` are the names of those who handle the case; `powers` is None while no list of the agency was in force on the day of decision."""

    certificates: tuple[Held, ...] = ()
    powers: PowerList | None = None
    officers: tuple[str, ...] = ()

    def held_by(self, name: str) -> tuple[Held, ...]:
        """The certificates of an officer: those of before and renewed ones, which may bear another number than the case names."""
        return tuple(one for one in self.certificates if one.name == name)


NONE = Registers()
