"""What waits, by role: each part only for who may read it."""

from __future__ import annotations

from desktop.archive import Archive
from tests import office as o


def test_each_role_gets_only_its_own_parts(office: Archive) -> None:
    parts = {
        o.ARCHIVIST: {"clocks", "stopped", "quarantine", "mine"}, o.OFFICER: {"clocks", "stopped", "quarantine", "mine"},
        o.LEADER: {"mine", "waiting", "running_out"}, o.CLERK: {"mine"}, o.AUDITOR: {"refused"},
        o.SYSADMIN: {"first_passwords", "locked"}, o.SECADMIN: {"first_passwords", "locked"},
    }
    for name, wanted in parts.items():
        o.sign_in(office, name)
        board = office.today.board()
        assert {part for part, value in vars(board).items() if value is not None} == wanted, name
        assert office.today.count() >= 0


def test_what_somebody_may_not_know_of_is_not_counted(office: Archive) -> None:
    o.sign_in(office, o.ARCHIVIST)
    seen = office.today.board()
    o.sign_in(office, o.OFFICER)
    less = office.today.board()
    assert {c.component.id for c in less.clocks or ()} <= {c.component.id for c in seen.clocks or ()}
    assert all(office.person.clearance.covers(c.record.label) for c in less.clocks or ())


def test_the_archive_says_how_it_stands(office: Archive) -> None:
    o.sign_in(office, o.SYSADMIN)
    facts = office.standing.facts()
    assert facts.location == str(office.paths.root)
    assert facts.entries > 0
    assert facts.desks == 1
    assert facts.free is None or facts.free > 0
