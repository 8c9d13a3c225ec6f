"""Keys follow labels and people: a raised label at once and with public keys alone, a lowered one by a leader, new pairs when somebody left."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.cases import CaseDraft
from desktop.clock import FrozenClock
from desktop.errors import Cancelled, Refusal
from desktop.jobs import Silent
from desktop.keyroom import reseal
from desktop.opening import open_archive
from desktop.people import Newcomer
from desktop.vault.keys import CompartmentKeys, new_data_key, open_data_key, raise_data_key, seal_data_key
from models.access import Grant, GrantKey
from models.cases import CaseFolder, Record
from models.holdings import Component, StoredObject
from models.ledger import LedgerEntry
from models.people import Compartment, CompartmentKey, Person
from models.secrecy import Clearance, Label
from models.terms import CaseId, ComponentId, EnforcementKind, PersonId, RecordId, Verb
from tests.office import ARCHIVIST, LEADER, OFFICER, OPEN_CASE, SECADMIN, SECOND, SYSADMIN, password_of, sign_in


def record_of(archive: Archive, title: str) -> RecordId:
    return RecordId(Record.get(Record.title == title).id)


def objects_of(record: RecordId) -> list[StoredObject]:
    return [c.object for c in Component.select().where(Component.record == record)]


def granted(archive: Archive, who: str, title: str) -> Grant:
    """A grant to `who` on the whole of a record."""
    sign_in(archive, who)
    component = ComponentId(Component.get(Component.record == record_of(archive, title)).id)
    request = archive.approvals.create(RequestDraft((Asked(component),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z"))
    sign_in(archive, LEADER)
    archive.approvals.decide(request, True, "", password_of(LEADER), archive.approvals.digest(request).digest)
    return Grant.get(Grant.request == request)


def opens(archive: Archive, one: StoredObject) -> bool:
    """Whether the person who is signed in can open a data key with what they hold."""
    held = archive.person.compartments
    try:
        return len(open_data_key(bytes(one.sealed_key), [held[name] for name in one.compartments.split()], one.object_id)) == 32
    except (Refusal, KeyError):
        return False


def fresh(one: StoredObject) -> StoredObject:
    return StoredObject.get_by_id(one.id)


def sound(archive: Archive) -> bool:
    return not [f for f in verify_archive(archive.paths, archive.database, archive.vault).findings if not f.code.startswith("schema.")]


def test_a_layer_is_added_with_a_public_key_alone() -> None:
    open_pair, privacy, trade, key = CompartmentKeys.make(), CompartmentKeys.make(), CompartmentKeys.make(), new_data_key()
    sealed = seal_data_key(key, [open_pair.public], "ab" * 16)
    raised = raise_data_key(raise_data_key(sealed, privacy.public, "ab" * 16), trade.public, "ab" * 16)
    assert open_data_key(raised, [open_pair, privacy, trade], "ab" * 16) == key
    for privates, object_id in (([open_pair], "ab" * 16), ([open_pair, privacy], "ab" * 16), ([open_pair, trade, privacy], "ab" * 16),
                                ([open_pair, privacy, trade], "cd" * 16)):
        with pytest.raises(Refusal) as no:
            open_data_key(raised, privates, object_id)
        assert no.value.code == "keys.cannot_open"


def test_a_raised_label_takes_the_keys_and_the_grants_away_at_once(office: Archive) -> None:
    """周敏 may not know of trade secrets, 李建国 may: one grant ends with the label, the other goes on."""
    gone, kept = granted(office, OFFICER, "现场录音"), granted(office, SECOND, "现场录音")
    sign_in(office, SYSADMIN)
    plain = office.people.create(Newcomer("新负责人", "leader"), "long enough 1")
    sign_in(office, LEADER)
    office.people.entrust(plain, password_of(LEADER))
    record = record_of(office, "现场录音")
    one = objects_of(record)[0]
    office.people.sign_in("新负责人", "long enough 1")
    assert opens(office, one)
    sign_in(office, ARCHIVIST)
    assert not office.person.compartments  # who labels holds no keys
    office.cases.label(record, Label(trade=True), "录音中有账页")
    assert fresh(one).compartments == "open trade"
    assert Grant.get_by_id(gone.id).revoked_at
    assert Grant.get_by_id(gone.id).revoke_reason == "录音中有账页"
    assert not GrantKey.select().where(GrantKey.grant == gone.id).exists()
    assert Grant.get_by_id(kept.id).revoked_at is None
    office.people.sign_in("新负责人", "long enough 1")
    assert not opens(office, fresh(one))
    sign_in(office, LEADER)
    assert opens(office, fresh(one))
    sign_in(office, SECOND)
    office.media.open(ComponentId(Component.get(Component.object == one.id).id))
    assert sound(office)


def test_a_grant_that_ran_out_is_not_taken_back_in_hindsight(office: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, over = granted(office, OFFICER, "现场录音"), granted(office, OFFICER, "询问笔录")
    monkeypatch.setattr(office, "clock", FrozenClock(datetime(2099, 6, 1, tzinfo=UTC)))
    Grant.update(until="2100-01-01T00:00:00.000000Z").where(Grant.id == gone.id).execute()
    sign_in(office, ARCHIVIST)
    for title in ("现场录音", "询问笔录"):
        office.cases.label(record_of(office, title), Label(trade=True), "有账页")
    assert Grant.get_by_id(gone.id).revoked_at
    assert Grant.get_by_id(over.id).revoked_at is None
    told = [json.loads(one.leaf)["facts"] for one in LedgerEntry.select().order_by(LedgerEntry.id.desc()).limit(2)]
    assert [facts.get("grants_revoked", 0) for facts in told] == [0, 1]


def test_nothing_is_granted_to_somebody_who_may_no_longer_know(office: Archive) -> None:
    sign_in(office, OFFICER)
    component = ComponentId(Component.get(Component.record == record_of(office, "现场录音")).id)
    request = office.approvals.create(RequestDraft((Asked(component),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z"))
    sign_in(office, ARCHIVIST)
    office.cases.label(record_of(office, "现场录音"), Label(trade=True), "账页")
    sign_in(office, LEADER)
    digest = office.approvals.digest(request).digest
    with pytest.raises(Refusal) as no:
        office.approvals.decide(request, True, "", password_of(LEADER), digest)
    assert no.value.code == "requests.not_cleared"
    assert not GrantKey.select().exists()
    office.approvals.decide(request, False, "标签已提高", password_of(LEADER), digest)


def test_a_label_of_a_case_reaches_every_record_of_it(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    case = office.cases.numbered(OPEN_CASE)
    assert case is not None
    office.cases.edit(case, {"label": Label(privacy=True)}, "当事人是自然人")
    assert {fresh(one).compartments for r in Record.select().where(Record.case == case) for one in objects_of(RecordId(r.id))} == {"open privacy"}
    before = [bytes(one.sealed_key) for one in StoredObject.select()]
    office.cases.edit(case, {"place": "新开路"}, "补充")
    assert [bytes(one.sealed_key) for one in StoredObject.select()] == before


def test_a_record_that_moves_takes_the_label_of_its_new_case(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    secret = office.cases.create(CaseDraft("西财罚〔2026〕88号", "因", EnforcementKind.PENALTY, label=Label(trade=True, privacy=True)))
    record = record_of(office, "现场录音")
    office.cases.move([record], secret, None, "归入本案")
    assert objects_of(record)[0].compartments == "open privacy trade"


def test_a_lowered_label_waits_for_a_leader_and_then_reads_as_new(office: Archive) -> None:
    record = record_of(office, "现场录音")
    sign_in(office, ARCHIVIST)
    office.cases.label(record, Label(trade=True, privacy=True), "先严")
    office.cases.label(record, Label(trade=True), "个人信息已经隐去")
    one = objects_of(record)[0]
    assert one.compartments == "open privacy trade"
    with pytest.raises(Refusal) as no:
        office.keyroom.standing()
    assert no.value.code == "permission.denied"
    sign_in(office, LEADER)
    assert office.keyroom.standing().stricter == 1
    with pytest.raises(Refusal) as wrong:
        reseal(office, "wrong password", Silent())
    assert wrong.value.code == "password.wrong"
    after = reseal(office, password_of(LEADER), Silent())
    assert not after.waits
    assert fresh(one).compartments == "trade"
    assert bytes(fresh(one).sealed_key)[:2] == b"\x01\x01"  # as it is written at intake
    assert opens(office, fresh(one))
    with pytest.raises(Refusal) as nothing:
        reseal(office, password_of(LEADER), Silent())
    assert nothing.value.code == "keys.nothing_waits"
    assert sound(office)


def test_when_a_leader_leaves_the_compartments_get_new_pairs(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    second = office.people.create(Newcomer("第二负责人", "leader"), "long enough 1")
    sign_in(office, SECADMIN)
    office.people.clear(second, Clearance(0, True, False), password_of(SECADMIN))
    sign_in(office, LEADER)
    office.people.entrust(second, password_of(LEADER))
    office.people.sign_in("第二负责人", "long enough 1")
    old = dict(office.person.compartments)
    assert sorted(old) == ["open", "trade"]
    sign_in(office, SYSADMIN)
    office.people.close(second)
    sign_in(office, LEADER)
    standing = office.keyroom.standing()
    assert standing.due == (("open", "第二负责人"), ("trade", "第二负责人"))
    publics = {row.name: bytes(row.public) for row in Compartment.select()}
    assert not reseal(office, password_of(LEADER), Silent()).waits
    now = {row.name: bytes(row.public) for row in Compartment.select()}
    assert {name for name in now if now[name] != publics[name]} == {"open", "trade"}
    for one in StoredObject.select():
        assert opens(office, one)
        with pytest.raises(Refusal):
            open_data_key(bytes(one.sealed_key), [old[name] for name in one.compartments.split()], one.object_id)
    sign_in(office, LEADER)  # again, from what is stored
    assert all(opens(office, one) for one in StoredObject.select())
    assert sound(office)


def test_a_clearance_that_shrinks_takes_keys_and_grants_with_it(office: Archive) -> None:
    record = record_of(office, "现场录音")
    sign_in(office, ARCHIVIST)
    office.cases.label(record, Label(trade=True), "账页")
    grant = granted(office, SECOND, "现场录音")
    sign_in(office, SECADMIN)
    office.people.clear(PersonId(Person.get(Person.name == SECOND).id), Clearance(), password_of(SECADMIN))
    assert Grant.get_by_id(grant.id).revoked_at
    leader = PersonId(Person.get(Person.name == LEADER).id)
    office.people.clear(leader, Clearance(0, True, False), password_of(SECADMIN))
    rows = CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person == leader)
    held = {row.compartment.name for row in rows}
    assert held == {"open", "trade"}
    sign_in(office, LEADER)
    assert office.keyroom.standing().due == (("privacy", LEADER),)
    with pytest.raises(Refusal) as no:  # nobody who is left holds it
        reseal(office, password_of(LEADER), Silent())
    assert no.value.code == "keys.nothing_waits"


def test_a_pair_that_would_strand_an_object_is_not_given(office: Archive) -> None:
    """An object sealed to open and privacy cannot be opened by a leader who lost privacy: then open keeps its pair."""
    sign_in(office, ARCHIVIST)
    office.cases.label(record_of(office, "现场录音"), Label(privacy=True), "有个人信息")
    sign_in(office, SECADMIN)
    office.people.clear(PersonId(Person.get(Person.name == LEADER).id), Clearance(0, True, False), password_of(SECADMIN))
    from desktop.rotation import mark_due

    with office.database.atomic():
        mark_due(int(Person.get(Person.name == LEADER).id), "某人")
    sign_in(office, LEADER)
    assert reseal(office, password_of(LEADER), Silent()).due[0][0] == "open"


class Stops:
    """A person who stops a long act at its n-th key."""

    def __init__(self, at: int) -> None:
        self.at, self.total, self.done = at, 0, 0

    def begin(self, total: int, unit: str = "") -> None:
        self.total = total

    def step(self, note: str = "", amount: int = 1) -> None:
        self.done += amount
        if self.done == self.at:
            raise Cancelled


def large_case(archive: Archive, count: int, called: str = "西财罚〔2026〕999号") -> CaseId:
    """A case of many records, each with an object of its own, put into the tables directly."""
    sign_in(archive, ARCHIVIST)
    case = archive.cases.create(CaseDraft(called, "大案", EnforcementKind.PENALTY))
    template, public = Component.select().first(), bytes(Compartment.get(Compartment.name == "open").public)
    own = ("id", "record", "object")
    columns: dict[str, Any] = {f.column_name: template.__data__[f.name] for f in Component._meta.sorted_fields if f.name not in own}
    me = archive.person.id
    with archive.database.atomic():
        for number in range(count):
            object_id = os.urandom(16).hex()
            stored = archive.database.insert(StoredObject, object_id=object_id, size=1, sha256=object_id, cipher_size=1, cipher_sha256="",
                                             compartments="open", sealed_key=seal_data_key(new_data_key(), [public], object_id), created_at="x")
            record = archive.database.insert(Record, case_id=int(case), title=f"第{number}件", medium="paper", position=number, created_at="x",
                                             created_by_id=int(me))
            archive.database.insert(Component, **{**columns, "record_id": record, "object_id": stored})
    return case


def test_a_large_case_is_sealed_anew_in_one_act_with_progress_or_not_at_all(office: Archive) -> None:
    count = 2_000
    case = large_case(office, count)
    stops = Stops(1_500)
    with pytest.raises(Cancelled):
        office.cases.edit(case, {"label": Label(trade=True)}, "涉及商业秘密", stops)
    assert stops.total == count
    assert CaseFolder.get_by_id(case).trade is False
    assert StoredObject.select().where(StoredObject.compartments.contains("trade")).count() == 0
    before, begun = office.ledger_state().size, time.thread_time()
    office.cases.edit(case, {"label": Label(trade=True)}, "涉及商业秘密", Silent())
    spent = time.thread_time() - begun
    assert StoredObject.select().where(StoredObject.compartments == "open trade").count() == count
    assert office.ledger_state().size - before == 4  # one entry for each five hundred keys
    print(f"{1e6 * spent / count:.0f} µs of CPU a record")
    sign_in(office, LEADER)
    assert all(opens(office, one) for one in StoredObject.select().where(StoredObject.compartments == "open trade").limit(20))


class Dies(Stops):
    """As `Stops`, but the program is killed."""

    def step(self, note: str = "", amount: int = 1) -> None:
        self.done += amount
        if self.done == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def test_killed_while_sealing_nothing_or_everything_is_done(office_template: Path, tmp_path: Path) -> None:
    done = set()
    for at in (1, 2, 3, -1, 0):  # at a key; -1: before the commit; 0: not at all
        root = tmp_path / f"at-{at}"
        shutil.copytree(office_template, root)
        child = os.fork()
        if child == 0:
            try:
                archive = sign_in(open_archive(root), ARCHIVIST)
                case = archive.cases.numbered(OPEN_CASE)
                if at < 0:
                    archive.database.connection().set_commit_hook(lambda: os.kill(os.getpid(), signal.SIGKILL))
                assert case is not None
                archive.cases.edit(case, {"label": Label(trade=True)}, "涉及商业秘密", Dies(at))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        archive = open_archive(root)
        raised = StoredObject.select().where(StoredObject.compartments == "open trade").count()
        assert raised in (0, StoredObject.select().count())
        assert CaseFolder.get(CaseFolder.case_number == OPEN_CASE).trade == bool(raised)
        assert sound(archive)
        done.add(bool(raised))
        archive.close()
    assert done == {False, True}
