"""New pairs for compartments in parts: cut off at any moment each object opens, and the next call goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.errors import Cancelled, Refusal
from desktop.jobs import Silent
from desktop.keyroom import reseal
from desktop.opening import open_archive
from desktop.people import Newcomer, compartment_info
from desktop.rotation import turning
from desktop.vault.keys import CompartmentKeys, open_data_key
from models.base import Fact
from models.holdings import StoredObject
from models.ledger import LedgerEntry
from models.people import Compartment, CompartmentKey, Person
from models.secrecy import Label
from models.terms import Outcome
from tests.desktop.test_resealing import Dies, Stops, large_case, opens, sound
from tests.office import ARCHIVIST, LEADER, SYSADMIN, password_of, sign_in

PART = 40  # keys in one transaction, of a test
MANY = 2 * PART + 20


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.keyroom.AT_ONCE", PART)


def somebody_left(archive: Archive) -> None:
    """A second leader held the keys of what is open, and left."""
    sign_in(archive, SYSADMIN)
    second = archive.people.create(Newcomer("第二负责人", "leader"), "long enough 1")
    sign_in(archive, LEADER)
    archive.people.entrust(second, password_of(LEADER))
    sign_in(archive, SYSADMIN)
    archive.people.close(second)


@pytest.fixture(scope="module")
def many(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with many objects whose keys are to follow the compartment `open` to a new pair."""
    root = tmp_path_factory.mktemp("many") / "archive"
    shutil.copytree(office_template, root)
    archive = open_archive(root)
    large_case(archive, MANY)
    somebody_left(archive)
    archive.close()
    return root


@pytest.fixture
def root(many: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(many, tmp_path / "archive"))


def old_pair(root: Path) -> CompartmentKeys:
    archive = sign_in(open_archive(root), LEADER)
    try:
        return archive.person.compartments["open"]
    finally:
        archive.close()


def under(pair: CompartmentKeys) -> int:
    """How many of the large case's objects open with this pair alone."""
    count = 0
    for one in StoredObject.select().where(StoredObject.size == 1):
        try:
            open_data_key(bytes(one.sealed_key), [pair.alone()], one.object_id)
            count += 1
        except Refusal:
            continue
    return count


def dies_while_sealing(root: Path, at: int) -> None:
    """A leader's program is killed at the `at`-th key; 0: behind the last part, before the end."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        archive = sign_in(open_archive(root), LEADER)
        if not at:
            archive.listen(lambda act, _s: turning() and turning().done == turning().last and os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[union-attr, func-returns-value]
        reseal(archive, password_of(LEADER), Dies(at))
    finally:
        os._exit(0)


@pytest.mark.parametrize(("at", "followed"), [(1, 0), (PART, 0), (PART + 1, PART), (2 * PART + 7, 2 * PART), (0, MANY)])
def test_killed_between_parts_everything_opens_and_the_next_call_goes_on(root: Path, at: int, followed: int) -> None:
    before = old_pair(root)
    dies_while_sealing(root, at)
    archive = sign_in(open_archive(root), LEADER)
    new = archive.person.compartments["open"]
    assert new.former is not None
    assert abs(under(new) - followed) <= 3  # beside the large case the office holds three
    assert under(before) + under(new) == MANY
    assert all(opens(archive, one) for one in StoredObject.select())
    assert archive.keyroom.standing().due == (("open", "第二负责人"),)
    assert not reseal(archive, password_of(LEADER), Silent()).waits
    assert under(new) == MANY
    assert not under(before)
    assert archive.person.compartments["open"].former is None
    sign_in(archive, LEADER)
    assert archive.person.compartments["open"].to_bytes() == new.alone().to_bytes()
    assert all(opens(archive, one) for one in StoredObject.select())
    assert not Fact.select().where(Fact.name == "turning").exists()
    archive.close()


def test_each_part_is_an_entry_and_stopping_keeps_what_was_done(root: Path) -> None:
    archive = sign_in(open_archive(root), LEADER)
    first = archive.ledger_state().size
    with pytest.raises(Cancelled):
        reseal(archive, password_of(LEADER), Stops(PART + 5))
    assert all(opens(archive, one) for one in StoredObject.select())
    reseal(archive, password_of(LEADER), Silent())
    entries = list(LedgerEntry.select().where(LedgerEntry.id > first).order_by(LedgerEntry.id))
    told = [(leaf["act"], leaf["outcome"]) for leaf in (json.loads(one.leaf) for one in entries)]
    part, begun = ("keys.reseal_part", Outcome.DONE.value), ("keys.reseal", Outcome.DONE.value)
    assert told == [begun, part, ("keys.reseal_part", Outcome.CANCELLED.value), begun, part, part, part]
    archive.close()


def test_what_is_taken_in_and_raised_meanwhile_opens(root: Path) -> None:
    archive = sign_in(open_archive(root), LEADER)
    with pytest.raises(Cancelled):
        reseal(archive, password_of(LEADER), Stops(PART + 5))
    case = large_case(archive, 5, "西财罚〔2026〕998号")
    archive.cases.edit(case, {"label": Label(trade=True)}, "涉及商业秘密", Silent())
    sign_in(archive, LEADER)
    assert all(opens(archive, one) for one in StoredObject.select())
    assert not reseal(archive, password_of(LEADER), Silent()).waits
    assert all(opens(archive, one) for one in StoredObject.select())
    archive.close()


def test_who_leaves_meanwhile_takes_no_new_pair_along(root: Path) -> None:
    """The third leader got both pairs; when they leave before the end, the compartment wants another one."""
    archive = sign_in(open_archive(root), LEADER)
    with pytest.raises(Cancelled):
        reseal(archive, password_of(LEADER), Stops(PART + 5))
    sign_in(archive, SYSADMIN)
    third = archive.people.create(Newcomer("第三负责人", "leader"), "long enough 1")
    sign_in(archive, LEADER)
    archive.people.entrust(third, password_of(LEADER))
    archive.people.sign_in("第三负责人", "long enough 1")
    taken = archive.person.compartments["open"]
    sign_in(archive, SYSADMIN)
    archive.people.close(third)
    sign_in(archive, LEADER)
    assert reseal(archive, password_of(LEADER), Silent()).due == (("open", "第三负责人"),)
    assert not reseal(archive, password_of(LEADER), Silent()).waits
    assert all(opens(archive, one) for one in StoredObject.select())
    for one in StoredObject.select():
        with pytest.raises(Refusal):
            open_data_key(bytes(one.sealed_key), [taken], one.object_id)
    archive.close()


def test_no_part_without_a_beginning(office: Archive) -> None:
    somebody_left(office)
    sign_in(office, LEADER)
    work = office.keyroom.reseal(password_of(LEADER))
    office.person.compartments.update(work.rotated)
    sign_in(office, LEADER)  # a session of its own: its password was not asked for this
    for part in (lambda: office.keyroom.reseal_some(work, work.waiting, Silent()), lambda: office.keyroom.end_resealing(work)):
        with pytest.raises(Refusal) as no:
            part()
        assert no.value.code == "keys.nothing_waits"
    sign_in(office, ARCHIVIST)
    with pytest.raises(Refusal) as denied:
        office.keyroom.reseal_some(work, work.waiting, Silent())
    assert denied.value.code == "permission.denied"
    sign_in(office, LEADER)
    assert not reseal(office, password_of(LEADER), Silent()).waits
    assert sound(office)


def test_the_recovery_pair_holds_both_until_the_end(root: Path) -> None:
    """Its sealed half has two seeds while keys follow, one when they have."""
    lengths = lambda: {len(bytes(row.sealed)) for row in CompartmentKey.select().join(Compartment).where(Compartment.name == "open")}
    archive = sign_in(open_archive(root), LEADER)
    plain = lengths()
    with pytest.raises(Cancelled):
        reseal(archive, password_of(LEADER), Stops(1))
    assert lengths() == {length + 32 for length in plain}
    assert CompartmentKey.select().where(CompartmentKey.person.is_null()).exists()
    reseal(archive, password_of(LEADER), Silent())
    assert lengths() == plain
    me = Person.get(Person.name == LEADER)
    row = CompartmentKey.select().join(Compartment).where((CompartmentKey.person == me.id) & (Compartment.name == "open")).get()
    assert len(archive.person.keys.open(bytes(row.sealed), compartment_info("open"))) == 32
    archive.close()
