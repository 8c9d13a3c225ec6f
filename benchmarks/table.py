"""One line of the bench: what was measured beside which peer, and what it must not exceed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """`ours` and `peer` in `unit`; the ratio ours / peer must be at most `most` (or, where `least`, at least it).

    Without a peer, `peer` is 0 and `ours` itself is held against the bound.
    """

    what: str
    beside: str
    ours: float
    peer: float
    most: float
    unit: str = "s"
    least: bool = False
    note: str = ""

    @property
    def value(self) -> float:
        return self.ours / self.peer if self.peer else self.ours

    @property
    def holds(self) -> bool:
        return self.value >= self.most if self.least else self.value <= self.most

    def facts(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 4), "holds": self.holds}


def print_lines(lines: Sequence[Line]) -> None:
    """As a table for people."""
    for line in lines:
        sign = "≥" if line.least else "≤"
        peer = f"{line.peer:9.3f} {line.unit:<5} {line.beside}" if line.peer else f"{'':9} {'':<5} {line.beside}"
        print(f"{'ok ' if line.holds else 'NO '} {line.what:<46} {line.ours:9.3f} {line.unit:<5} | {peer:<34} | {line.value:8.3f} {sign} {line.most:g} {line.note}",
              flush=True)
