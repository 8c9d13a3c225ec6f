"""Which registers hold for a case: the list of powers on the day it was decided, and the certificates of its officers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desktop.database import first_row
from desktop.policy.clocks import day_of
from desktop.policy.powers import parse_powers
from desktop.policy.registers import Held, Registers
from desktop.registers.forms import PowersInForce
from models.facts import CaseFacts

_DECISIONS = frozenset(("decision", "on_the_spot"))


def powers_on(connection: Any, day: date) -> PowersInForce:
    """The newest confirmed list in force by a day."""
    row = first_row(connection, "SELECT version, text FROM power_version WHERE seconded_at IS NOT NULL AND withdrawn_at IS NULL"
                    " AND effective_from <= ? ORDER BY effective_from DESC, version DESC LIMIT 1", (day.isoformat(),))
    return PowersInForce() if row is None else PowersInForce(int(row[0]), parse_powers(row[1]))


def registers_for(connection: Any, case: int, facts: CaseFacts, now: datetime) -> Registers:
    """What the registers say for a case; its list of powers is that of the day of decision, today's while none was made."""
    decided = [day_of(one.start) for one in facts.activities if one.kind in _DECISIONS and one.start is not None]
    names = tuple(name for (name,) in connection.execute("SELECT name FROM case_officer WHERE case_id = ? ORDER BY position", (case,)))
    held = tuple(Held(number, name, date.fromisoformat(first), date.fromisoformat(last)) for number, name, first, last in connection.execute(
        "SELECT number, name, valid_from, valid_until FROM certificate WHERE removed_at IS NULL ORDER BY valid_from, id"))
    return Registers(held, powers_on(connection, min(decided, default=day_of(now))).listed, names)
