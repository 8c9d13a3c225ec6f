"""Whether a recording is intact is what the last verification said of its object, and nothing while none has looked."""

from __future__ import annotations

from pathlib import Path

from desktop.archive import Archive
from desktop.jobs import Silent
from desktop.procedure.gathering import gather
from desktop.verified_objects import keep_verdict, verdicts
from models.facts import CaseFacts
from models.holdings import Component, StoredObject
from models.terms import CaseId
from tests.desktop.procedure.kit import opened, recording
from tests.office import ARCHIVIST, AUDITOR, OFFICER, sign_in


def known(archive: Archive, case: CaseId) -> list[bool | None]:
    sign_in(archive, OFFICER)
    archive.cases.look(case)
    return [piece.intact for piece in archive.procedure.facts(case).footage]


def verify(archive: Archive) -> None:
    sign_in(archive, AUDITOR)
    archive.audit.verify(Silent())


def object_file(archive: Archive, component: int) -> Path:
    stored = Component.get_by_id(component).object
    found, = (path for path in archive.paths.root.rglob("*") if path.is_file() and path.name.startswith(stored.object_id))
    return found


def test_nothing_is_said_until_somebody_verified(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    assert known(office, case) == [None, None, None]
    verify(office)
    assert known(office, case) == [True, True, True]


def test_a_recording_whose_object_changed_is_told_and_the_others_are_sound(office: Archive) -> None:
    case = opened(office, OFFICER)
    changed = object_file(office, recording(office, case, 1))
    body = bytearray(changed.read_bytes())
    body[len(body) // 2] ^= 1
    changed.chmod(0o600)
    changed.write_bytes(bytes(body))
    verify(office)
    assert known(office, case) == [True, False, True]
    changed.unlink()
    verify(office)
    assert known(office, case) == [True, False, True]


def test_what_came_after_the_verification_began_is_not_known(office: Archive) -> None:
    case = opened(office, OFFICER)
    last = recording(office, case, 2)
    verify(office)
    StoredObject.update(created_at="2999-01-01T00:00:00.000000Z").where(StoredObject.id == Component.get_by_id(last).object_id).execute()
    assert known(office, case) == [True, True, None]


def test_where_the_rows_themselves_are_in_doubt_no_object_is_called_sound(office: Archive) -> None:
    from desktop.ledger.walk import Finding

    case = opened(office, OFFICER)
    one = Component.get_by_id(recording(office, case, 0))
    keep_verdict("2999-01-01T00:00:00.000000Z", [Finding("table.row_changed", {"table": "component"}),
                                                Finding("object.changed", {"object_id": one.object.object_id})])
    assert verdicts(office.database.connection(), [one.id, recording(office, case, 1)]) == {one.id: False}
    assert verdicts(office.database.connection(), []) == {}


def test_limits_are_reckoned_without_asking_and_the_volume_lists_what_the_facts_know(office: Archive) -> None:
    case = opened(office, OFFICER)
    verify(office)
    facts: CaseFacts = gather(office.database.connection(), [case])[0].facts
    assert [piece.intact for piece in facts.footage] == [None, None, None]
    assert facts.volume is not None
    assert facts.volume.contents == tuple(piece.id for piece in facts.footage)
    assert (facts.volume.alone, facts.volume.pages_run_on) == (True, None)
