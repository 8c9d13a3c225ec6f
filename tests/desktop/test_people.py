"""People: signing in, being locked out, clearances, keys handed on, and what each role may not do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.opening import found
from desktop.people import ATTEMPTS, LOCKED_FOR, Newcomer
from desktop.roles import roles
from models.secrecy import Clearance
from models.terms import PersonId
from tests.office import ARCHIVIST, LEADER, OFFICER, SECADMIN, SYSADMIN, password_of, sign_in


def person(archive: Archive, name: str) -> PersonId:
    return next(p.id for p in archive.people.everybody() if p.name == name)


def test_a_wrong_password_is_refused_counted_and_locks_at_the_fifth(office: Archive) -> None:
    clock = FrozenClock(datetime(2027, 1, 4, 8, 0, tzinfo=UTC))
    office.clock = clock
    for attempt in range(ATTEMPTS):
        with pytest.raises(Refusal) as no:
            office.people.sign_in(ARCHIVIST, "not the password")
        assert (no.value.code, no.value.facts["left"]) == ("sign_in.wrong", ATTEMPTS - 1 - attempt)
    with pytest.raises(Refusal) as locked:
        office.people.sign_in(ARCHIVIST, password_of(ARCHIVIST))
    assert locked.value.code == "sign_in.locked"
    assert office.session is None
    clock.move_to(clock.now() + LOCKED_FOR + timedelta(seconds=1))
    sign_in(office, ARCHIVIST)
    assert office.person.name == ARCHIVIST


def test_the_security_administrator_lets_somebody_try_again(office: Archive) -> None:
    for _ in range(ATTEMPTS):
        with pytest.raises(Refusal):
            office.people.sign_in(ARCHIVIST, "not the password")
    sign_in(office, SECADMIN)
    office.people.unlock(person(office, ARCHIVIST))
    assert sign_in(office, ARCHIVIST).person.name == ARCHIVIST


def test_nobody_learns_whether_a_name_exists(office: Archive) -> None:
    with pytest.raises(Refusal) as unknown:
        office.people.sign_in("没有这个人", "whatever it is")
    assert unknown.value.code == "sign_in.wrong"


def test_a_new_account_has_a_first_password_that_must_be_changed(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    office.people.create(Newcomer("新来的", "officer", certificate="LN-1"), "first-password")
    office.people.sign_in("新来的", "first-password")
    assert office.people.must_change()
    with pytest.raises(Refusal) as weak:
        office.people.change_password("first-password", "short")
    assert weak.value.code == "password.weak"
    office.people.change_password("first-password", "second-password")
    assert not office.people.must_change()
    with pytest.raises(Refusal):
        office.people.sign_in("新来的", "first-password")
    office.people.sign_in("新来的", "second-password")


def test_clearance_is_the_security_administrators_and_needs_the_password_again(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    officer = person(office, OFFICER)
    with pytest.raises(Refusal) as no:
        office.people.clear(officer, Clearance(0, True, True), password_of(SYSADMIN))
    assert no.value.code == "permission.denied"
    sign_in(office, SECADMIN)
    with pytest.raises(Refusal) as wrong:
        office.people.clear(officer, Clearance(0, True, True), "not mine")
    assert wrong.value.code == "password.wrong"
    office.people.clear(officer, Clearance(0, True, False), password_of(SECADMIN))
    with pytest.raises(Refusal) as own:
        office.people.clear(office.person.id, Clearance(3, True, True), password_of(SECADMIN))
    assert own.value.code == "people.self"
    sign_in(office, OFFICER)
    assert office.person.clearance == Clearance(0, True, False)


def test_a_leader_hands_the_compartment_keys_to_another_within_that_ones_clearance(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    office.people.create(Newcomer("新局长", "leader", clearance=Clearance(0, True, False)), "first-password")
    office.people.sign_in("新局长", "first-password")
    assert office.person.compartments == {}
    sign_in(office, LEADER)
    office.people.entrust(person(office, "新局长"), password_of(LEADER))
    with pytest.raises(Refusal) as not_leader:
        office.people.entrust(person(office, OFFICER), password_of(LEADER))
    assert not_leader.value.code == "people.not_leader"
    office.people.sign_in("新局长", "first-password")
    assert set(office.person.compartments) == {"open", "trade"}


def test_a_reset_gives_new_keys_and_takes_the_compartments(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    office.people.reset(person(office, LEADER), "fresh-password")
    with pytest.raises(Refusal):
        office.people.sign_in(LEADER, password_of(LEADER))
    office.people.sign_in(LEADER, "fresh-password")
    assert office.person.compartments == {}


def test_a_closed_account_cannot_come_in(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    office.people.close(person(office, OFFICER))
    assert OFFICER not in [name for name, _ in office.people.names()]
    with pytest.raises(Refusal):
        office.people.sign_in(OFFICER, password_of(OFFICER))


def test_the_three_administrators_open_no_content_and_share_no_duty() -> None:
    three = [r for r in roles().values() if r.administrator]
    assert len(three) == 3
    own = [{a for a in r.acts if a not in ("today.read", "people.read", "people.password", "settings.read", "rulebook.read")} for r in three]
    assert not own[0] & own[1]
    assert not own[1] & own[2]
    assert not own[0] & own[2]
    content = {"media.open", "media.copy", "requests.decide", "requests.preview", "cases.read", "search.read", "intake.admit"}
    assert all(not (r.acts & content) for r in three)


@pytest.mark.parametrize("role", ["officer", "archivist", "clerk", "reviewer"])
def test_only_a_leader_decides(role: str) -> None:
    assert not roles()[role].acts & {"requests.decide", "requests.revoke", "people.entrust"}


def test_a_founding_that_is_refused_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    with pytest.raises(Refusal) as weak:
        found(root, "档案室", "xigang-finance", [(Newcomer("韩立", "leader"), "short")], training=True)
    assert weak.value.code == "password.weak"
    assert not root.exists()
    root.mkdir()
    with pytest.raises(Refusal):
        found(root, "档案室", "xigang-finance", [(Newcomer("韩立", "leader"), "short")], training=True)
    assert list(root.iterdir()) == []
    found(root, "档案室", "xigang-finance", [(Newcomer("韩立", "leader"), "long enough")], training=True).archive.close()


def test_a_second_founding_at_the_same_moment_removes_nothing_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "archive"
    people = [(Newcomer("韩立", "leader"), "long enough")]
    found(root, "档案室", "xigang-finance", people, training=True).archive.close()
    before = sorted(p.name for p in root.rglob("*"))
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(()))  # as the second program saw it: the folder was still empty
    with pytest.raises(Refusal):
        found(root, "另一个", "xigang-finance", people, training=True)
    assert sorted(p.name for p in root.rglob("*")) == before
