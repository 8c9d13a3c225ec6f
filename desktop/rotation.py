"""Which compartments want a new pair, because somebody who held the old one has left or may no longer hold it."""

from __future__ import annotations

from collections.abc import Iterable

from models.base import Fact
from models.people import Compartment, CompartmentKey

_FACT = "rotate:"


def mark_due(person_id: int, name: str, but: Iterable[str] = ()) -> None:
    """Note that what this person held wants new pairs, all but what they keep; inside the act that takes their keys away."""
    kept = set(but)
    held = CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person == person_id)
    for compartment in sorted({row.compartment.name for row in held} - kept):
        if not Fact.select().where(Fact.name == f"{_FACT}{compartment}").exists():
            Fact.create(name=f"{_FACT}{compartment}", value=name)


def due() -> tuple[tuple[str, str], ...]:
    """(compartment, who held it and left), in the order of their names."""
    found = Fact.select().where(Fact.name.startswith(_FACT)).order_by(Fact.name)
    return tuple((row.name.removeprefix(_FACT), str(row.value)) for row in found)


def settle(names: Iterable[str]) -> None:
    """These have new pairs now."""
    wanted = [f"{_FACT}{name}" for name in names]
    if wanted:
        Fact.delete().where(Fact.name << wanted).execute()
