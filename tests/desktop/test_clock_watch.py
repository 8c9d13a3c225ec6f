"""Turning the machine's clock: nobody meets a limit by it unseen, and steady time passing is no jump."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from desktop.archive import Archive
from desktop.clock import SystemClock
from desktop.opening import open_archive
from tests.office import ARCHIVIST, AUDITOR, sign_in

FAR = timedelta(minutes=3)


class TurnedClock(SystemClock):
    """The clock of this machine, as somebody with the right to it may set it."""

    turned = timedelta()

    def now(self) -> datetime:
        return super().now() + self.turned


def jumps(archive: Archive) -> list[dict[str, object]]:
    rows = archive.database.connection().execute("SELECT leaf FROM ledger_entry ORDER BY seq").fetchall()
    return [entry["facts"] for entry in (json.loads(leaf) for (leaf,) in rows) if entry["act"] == "clock.jumped"]


@pytest.fixture
def turned(office: Archive) -> tuple[Archive, TurnedClock]:
    office.close()
    clock = TurnedClock()
    return sign_in(open_archive(office.paths.root, clock=clock), ARCHIVIST), clock


@pytest.mark.parametrize("by", [FAR, -FAR])
def test_a_clock_that_was_set_is_an_entry_ahead_of_the_act(turned: tuple[Archive, TurnedClock], by: timedelta) -> None:
    archive, clock = turned
    clock.turned = by
    archive.people.sign_out()
    (told,) = jumps(archive)
    assert abs(int(str(told["seconds"])) - 180) <= 5
    assert str(told["clock"])[:16] == clock.now().isoformat()[:16]
    sign_in(archive, AUDITOR)
    assert len(jumps(archive)) == 1, "one turn is one jump"
    archive.close()


def test_a_minute_is_what_clocks_are_set_by_of_themselves(turned: tuple[Archive, TurnedClock]) -> None:
    archive, clock = turned
    clock.turned = timedelta(minutes=1)
    archive.people.sign_out()
    assert jumps(archive) == []
    archive.close()


def test_a_clock_behind_the_last_entry_is_told_at_the_first_act_and_the_ledger_never_goes_back(turned: tuple[Archive, TurnedClock]) -> None:
    archive, clock = turned
    clock.turned = timedelta(days=2)
    archive.people.sign_out()
    archive.close()
    again = open_archive(archive.paths.root)
    sign_in(again, ARCHIVIST)
    told = jumps(again)[-1]
    assert int(str(told["seconds"])) > 2 * 86_400 - 60
    rows = again.database.connection().execute("SELECT at FROM ledger_entry ORDER BY seq").fetchall()
    assert rows == sorted(rows)
    again.close()
