"""What the room of registers takes and gives: versions of the list of powers, certificates, units of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.policy.powers import PowerList


@dataclass(frozen=True)
class PowerLine:
    """One version of the list of powers: drafted, perhaps confirmed by a second person, in force from a day on; `in_force` as of today."""

    version: int
    rows: int
    author: str
    at: str
    reason: str
    seconded_by: str = ""
    effective_from: date | None = None
    withdrawn_at: str | None = None
    in_force: bool = False
    mine: bool = False

    @property
    def waits(self) -> bool:
        """Whether a second person must still confirm it."""
        return not self.seconded_by and self.withdrawn_at is None


@dataclass(frozen=True)
class PowersInForce:
    """The list in force on a day, and which version it is; `listed` None and version 0 where none is."""

    version: int = 0
    listed: PowerList | None = None


@dataclass(frozen=True)
class CertificateDraft:
    """One certificate as a person enters it: both days are included in its validity."""

    number: str
    name: str
    valid_from: date
    valid_until: date
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class CertificateLine:
    """One certificate that stands, and who entered it; `days_left` until it ends, below zero once it has."""

    id: int
    draft: CertificateDraft
    person: str
    at: str
    days_left: int


@dataclass(frozen=True)
class UnitLine:
    """Which unit somebody belongs to from a day on."""

    person: int
    name: str
    unit: str
    since: date
    by: str
    at: str
