"""The door: declared or refused, permission before clearance before approval, the ledger in the same transaction."""

from __future__ import annotations

import json

import apsw
import pytest

from desktop.acts import NestedAct, Service, Undeclared, act, reading
from desktop.archive import Archive
from desktop.cases import CaseDraft
from desktop.errors import Cancelled, Refusal
from models.cases import CaseFolder
from models.terms import EnforcementKind
from tests.office import ARCHIVIST, AUDITOR, OFFICER, TRADE_CASE, sign_in


def entries(archive: Archive) -> list[dict[str, object]]:
    rows = archive.database.connection().execute("SELECT leaf FROM ledger_entry ORDER BY seq").fetchall()
    return [json.loads(leaf) for (leaf,) in rows]


class Probe(Service):
    """A room whose acts end in every way."""

    @act("cases.create")
    def well(self) -> str:
        return "done"

    @act("cases.create")
    def refuse(self) -> None:
        CaseFolder.update(cause="changed").execute()
        raise Refusal("cases.filed", number="x")

    @act("cases.create")
    def cancel(self) -> None:
        raise Cancelled

    @act("cases.create")
    def fail(self) -> None:
        CaseFolder.update(cause="changed").execute()
        raise ZeroDivisionError

    @act("cases.create")
    def nest(self) -> None:
        self.well()

    @reading("cases.read", recorded=True)
    def look(self) -> int:
        return CaseFolder.select().count()


def test_an_undeclared_public_method_cannot_be_made() -> None:
    with pytest.raises(Undeclared, match="peek"):
        type("Hole", (Service,), {"peek": lambda self: None})


@pytest.mark.parametrize(("verb", "error", "outcome", "facts"), [
    ("refuse", Refusal, "refused", {"reason": "cases.filed"}), ("cancel", Cancelled, "cancelled", {}),
    ("fail", ZeroDivisionError, "failed", {"reason": "ZeroDivisionError"}), ("nest", NestedAct, "failed", {"reason": "NestedAct"})])
def test_what_ended_otherwise_is_rolled_back_and_written(office: Archive, verb: str, error: type[Exception], outcome: str, facts: object) -> None:
    sign_in(office, ARCHIVIST)
    before = entries(office)
    with pytest.raises(error):
        getattr(Probe(office), verb)()
    after = entries(office)
    assert len(after) == len(before) + 1
    assert (after[-1]["outcome"], after[-1]["facts"], after[-1]["rows"]) == (outcome, facts, "")
    assert not CaseFolder.select().where(CaseFolder.cause == "changed").exists()


def test_done_is_written_with_every_row_it_touched(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    office.cases.create(CaseDraft("西财检〔2026〕30号", "专项检查", EnforcementKind.INSPECTION))
    last = entries(office)[-1]
    assert last["person"] == ARCHIVIST
    assert last["outcome"] == "done"
    assert {mark.split("/")[0] for mark in str(last["rows"]).split()} == {"case_folder", "search_entry", "case_clock"}


def test_a_recorded_reading_is_an_entry_and_a_plain_one_is_not(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    before = len(entries(office))
    Probe(office).look()
    assert len(entries(office)) == before + 1
    office.cases.count()
    assert len(entries(office)) == before + 1


def test_permission_is_refused_by_default_and_the_refusal_is_written(office: Archive) -> None:
    sign_in(office, AUDITOR)
    with pytest.raises(Refusal) as no:
        office.cases.create(CaseDraft("x", "y", EnforcementKind.OTHER))
    assert no.value.code == "permission.denied"
    assert entries(office)[-1]["outcome"] == "refused"
    assert not office.may("cases.create").allowed
    assert office.may("cases.create").reason


def test_what_one_may_not_know_of_reads_the_same_as_what_is_not_there(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    hidden = office.cases.numbered(TRADE_CASE)
    assert hidden is not None
    sign_in(office, OFFICER)
    assert office.cases.numbered(TRADE_CASE) is None
    for case in (hidden, 999_999):
        with pytest.raises(Refusal) as no:
            office.cases.look(case)
        assert (no.value.code, no.value.facts) == ("not_found", {})


def test_nobody_signed_in_means_no(office: Archive) -> None:
    with pytest.raises(Refusal) as no:
        office.cases.count()
    assert no.value.code == "session.none"


def test_an_act_that_cannot_be_written_does_not_happen(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    connection = office.database.connection()
    connection.execute("CREATE TEMP TRIGGER no_ledger BEFORE INSERT ON main.ledger_leaf BEGIN SELECT RAISE(ABORT, 'no'); END")
    count = office.cases.count()
    with pytest.raises((apsw.Error, Exception)):
        office.cases.create(CaseDraft("西财检〔2026〕31号", "专项检查", EnforcementKind.INSPECTION))
    connection.execute("DROP TRIGGER no_ledger")
    assert office.cases.count() == count


def test_after_the_commit_it_is_announced_and_after_a_refusal_not(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    heard: list[str] = []
    end = office.listen(lambda name, subject: heard.append(name))
    Probe(office).well()
    with pytest.raises(Refusal):
        Probe(office).refuse()
    end()
    Probe(office).well()
    assert heard == ["cases.create"]


def test_a_reading_left_in_the_middle_does_not_lock_the_next_act_out(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    left = office.database.connection().execute("SELECT id FROM person")
    next(left)
    writer = office.database.another_connection(write=True)
    writer.execute("UPDATE fact SET value = value")
    writer.close()
    assert office.cases.create(CaseDraft("西财检〔2026〕32号", "专项检查", EnforcementKind.INSPECTION))
    with pytest.raises(apsw.CursorClosedError):
        next(left)
