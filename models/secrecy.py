"""The lattice of secrecy labels and clearances."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class StateSecret(IntEnum):
    """密级: only these three are state-secret levels (保守国家秘密法第十四条)."""

    NONE = 0
    CONFIDENTIAL = 1
    SECRET = 2
    TOP_SECRET = 3


@dataclass(frozen=True, order=False)
class Label:
    """What secrecy rests on a thing: 国家秘密 level, 商业秘密, 个人隐私, 内部 (not open to the public)."""

    state: int = 0
    trade: bool = False
    privacy: bool = False
    internal: bool = True

    def join(self, other: Label) -> Label:
        """The label of a thing that holds both: a folder carries the join of its contents."""
        return Label(
            max(self.state, other.state),
            self.trade or other.trade,
            self.privacy or other.privacy,
            self.internal or other.internal,
        )

    @property
    def compartments(self) -> tuple[str, ...]:
        """The compartments whose keys open a thing with this label, in sealing order; never empty."""
        named = tuple(n for n, on in (("privacy", self.privacy), ("trade", self.trade), ("state", self.state > 0)) if on)
        return named or ("open",)

    @property
    def names(self) -> tuple[str, ...]:
        """The marks to show, the gravest first: state, trade, privacy, internal or open."""
        marks = tuple(n for n, on in (("state", self.state > 0), ("trade", self.trade), ("privacy", self.privacy)) if on)
        return marks or (("internal",) if self.internal else ("open",))


@dataclass(frozen=True)
class Clearance:
    """What a person may know of: the highest state level, and whether trade secrets and privacy are within their task."""

    state: int = 0
    trade: bool = False
    privacy: bool = False

    def covers(self, label: Label) -> bool:
        """Whether a thing with `label` exists for this person at all."""
        return label.state <= self.state and (self.trade or not label.trade) and (self.privacy or not label.privacy)


EVERYTHING = Clearance(int(StateSecret.TOP_SECRET), True, True)
