"""Which compartments want a new pair, because somebody who held the old one has left or may no longer hold it, and which are on the way to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.base import Fact
from models.people import Compartment, CompartmentKey

if TYPE_CHECKING:
    from desktop.resealing import Sealed

_FACT = "rotate:"
_TURNING = "turning"


@dataclass(frozen=True)
class Turning:
    """Compartments that have their new pair while data keys up to object `last` follow; those up to object `done` have followed.

    `names` says with each who held the old one and left. Until all have followed, the pair before is kept beside the new one.
    """

    names: Mapping[str, str]
    last: int
    done: int = 0

    def asks(self, one: Sealed) -> bool:
        """Whether this object has still to follow."""
        return self.done < one.id <= self.last and not set(self.names).isdisjoint(one.have)


def mark_due(person_id: int, name: str, but: Iterable[str] = ()) -> None:
    """Note that what this person held wants new pairs, all but what they keep; inside the act that takes their keys away."""
    kept = set(but)
    held = CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person == person_id)
    for compartment in sorted({row.compartment.name for row in held} - kept):
        if not Fact.select().where(Fact.name == f"{_FACT}{compartment}").exists():
            Fact.create(name=f"{_FACT}{compartment}", value=name)


def due() -> tuple[tuple[str, str], ...]:
    """(compartment, who held it and left), in the order of their names."""
    found = {row.name.removeprefix(_FACT): str(row.value) for row in Fact.select().where(Fact.name.startswith(_FACT))}
    under_way = turning()
    return tuple(sorted((found | dict(under_way.names) if under_way is not None else found).items()))


def settle(names: Iterable[str]) -> None:
    """These have new pairs now."""
    wanted = [f"{_FACT}{name}" for name in names]
    if wanted:
        Fact.delete().where(Fact.name << wanted).execute()


def turning() -> Turning | None:
    """What is on the way, also after it was cut off."""
    row = Fact.get_or_none(Fact.name == _TURNING)
    return Turning(**json.loads(row.value)) if row is not None else None


def keep_turning(now: Turning | None) -> None:
    """How far it has come; None: everything has followed."""
    Fact.delete().where(Fact.name == _TURNING).execute()
    if now is not None:
        Fact.create(name=_TURNING, value=json.dumps(vars(now), ensure_ascii=False, sort_keys=True))
