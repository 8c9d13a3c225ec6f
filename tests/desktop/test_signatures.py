"""What somebody signed still stands when they are given new keys; the new keys do not reach back, nor the old ones forward."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.archive import Archive
from desktop.clock import stamp
from desktop.signatures import signed_by
from models.people import Person
from models.procedure import CaseEnding
from tests.desktop.procedure.kit import opened
from tests.office import ARCHIVIST, OFFICER, SYSADMIN, password_of, sign_in


@pytest.fixture
def ended(office: Archive) -> Archive:
    """The end of the open case, signed by its officer."""
    office.procedure.case_end(opened(office, OFFICER), "performed", date(2026, 11, 1), password_of(OFFICER))
    return office


def reset(archive: Archive, name: str) -> None:
    sign_in(archive, SYSADMIN)
    archive.people.reset(next(one.id for one in archive.people.everybody() if one.name == name), "fresh-password")


def test_what_was_signed_before_a_reset_still_stands(ended: Archive) -> None:
    reset(ended, OFFICER)
    (line,) = ended.procedure.endings(opened(ended, ARCHIVIST))
    assert line.sound
    reset(ended, OFFICER)
    (line,) = ended.procedure.endings(opened(ended, ARCHIVIST))
    assert line.sound


def test_a_key_that_was_given_up_signs_nothing_afterwards(ended: Archive) -> None:
    before, signed = ended.person.keys, b"signed with a key that was taken along"
    reset(ended, OFFICER)
    person = Person.get(Person.name == OFFICER)
    now = stamp(ended.clock.now())
    assert not signed_by(person, now, signed, before.sign(signed))
    ended.people.sign_in(OFFICER, "fresh-password")
    assert signed_by(person, now, signed, ended.person.keys.sign(signed))


def test_another_persons_signature_does_not_fit(ended: Archive) -> None:
    reset(ended, OFFICER)
    row = CaseEnding.get()
    assert signed_by(row.person, row.at, row.document.encode(), bytes(row.signature))
    assert not signed_by(Person.get(Person.name == ARCHIVIST), row.at, row.document.encode(), bytes(row.signature))
