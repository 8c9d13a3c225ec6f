"""Asking, deciding and using: exactly what was signed opens, only so far, only so long, and never by one's own decision."""

from __future__ import annotations

import dataclasses
import json
import time
from datetime import UTC, datetime, timedelta

import apsw
import pytest

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.clock import FrozenClock, stamp
from desktop.errors import Refusal
from models.holdings import Component
from models.terms import AnnotationKind, ComponentId, RequestId, RequestState, Verb
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, SYSADMIN, password_of, sign_in

NOW = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
UNTIL = stamp(NOW + timedelta(days=3))
SECOND = 1_000_000


@pytest.fixture
def clock(office: Archive) -> FrozenClock:
    office.clock = FrozenClock(NOW)
    office.keeper._clock = office.clock
    return office.clock


def component(archive: Archive) -> ComponentId:
    sign_in(archive, ARCHIVIST)
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    return archive.cases.look(case).records[-1].components[0].id


def ask(archive: Archive, who: str = CLERK, spans: tuple[tuple[int, int], ...] = (), verb: Verb = Verb.VIEW) -> RequestId:
    item = component(archive)
    sign_in(archive, who)
    return archive.approvals.create(RequestDraft((Asked(item, spans),), verb, "核对账簿册数", UNTIL, copies=1))


def decide(archive: Archive, request: RequestId, approve: bool = True, **kw: object) -> object:
    sign_in(archive, LEADER)
    digest = archive.approvals.digest(request).digest
    return archive.approvals.decide(request, approve, str(kw.get("reason", "同意")), password_of(LEADER), digest)


def test_nothing_opens_without_approval(office: Archive, clock: FrozenClock) -> None:
    item = component(office)
    for who in (ARCHIVIST, OFFICER, CLERK, LEADER):
        sign_in(office, who)
        with pytest.raises(Refusal) as no:
            office.media.open(item)
        assert no.value.code == "grant.none"


def test_what_was_approved_opens_for_that_person_and_no_other(office: Archive, clock: FrozenClock) -> None:
    request = ask(office)
    grant = decide(office, request)
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    opened = office.media.open(item)
    assert opened.reader.read_at(0, 4) == b"RIFF"
    assert opened.number == office.approvals.mine()[0].number
    sign_in(office, OFFICER)
    with pytest.raises(Refusal) as other:
        office.media.open(item, grant)  # type: ignore[arg-type] # the grant of somebody else
    assert other.value.code == "grant.none"
    others = list(Component.select().where(Component.id != item))
    sign_in(office, CLERK)
    for one in others:
        with pytest.raises(Refusal):
            office.media.open(ComponentId(one.id))


def test_the_grant_names_the_seconds(office: Archive, clock: FrozenClock) -> None:
    request = ask(office, spans=((0, SECOND), (2 * SECOND, 3 * SECOND)))
    decide(office, request)
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    spans = office.media.open(item).spans
    assert spans is not None
    assert [(s.start_us, s.end_us) for s in spans] == [(0, SECOND), (2 * SECOND, 3 * SECOND)]


def test_expiry_bites_at_the_next_read_of_an_open_reader(office: Archive, clock: FrozenClock) -> None:
    decide(office, ask(office))
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    reader = office.media.open(item).reader
    reader.read_at(0, 4)
    clock.move_to(NOW + timedelta(days=4))
    with pytest.raises(Refusal) as over:
        _read_until_refused(reader)
    assert over.value.code == "grant.over"
    with pytest.raises(Refusal):
        office.media.open(item)


def test_turning_the_clock_back_does_not_lengthen_a_grant(office: Archive, clock: FrozenClock) -> None:
    decide(office, ask(office))
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    reader = office.media.open(item).reader
    clock.move_to(NOW + timedelta(days=4))
    office.cases.look(office.cases.numbered(OPEN_CASE))  # type: ignore[arg-type] # any entry carries the later time
    clock.move_to(NOW)
    with pytest.raises(Refusal) as over:
        _read_until_refused(reader)
    assert over.value.code == "grant.over"


def test_revocation_bites_in_an_open_reader(office: Archive, clock: FrozenClock) -> None:
    grant = decide(office, ask(office))
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    session = office.session
    reader = office.media.open(item).reader
    sign_in(office, LEADER)
    office.approvals.revoke(grant, "目的已达到")  # type: ignore[arg-type]
    office.session = session  # the clerk's desk, where the player is still open
    with pytest.raises(Refusal) as gone:
        _read_until_refused(reader)
    assert gone.value.code == "grant.revoked"


def test_locking_the_desk_closes_what_is_open(office: Archive, clock: FrozenClock) -> None:
    decide(office, ask(office))
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, CLERK)
    reader = office.media.open(item).reader
    office.lock()
    with pytest.raises(Refusal) as gone:
        _read_until_refused(reader)
    assert gone.value.code == "session.none"


def test_nobody_decides_their_own_request(office: Archive, clock: FrozenClock) -> None:
    request = ask(office, LEADER)
    assert office.approvals.waiting() == []
    digest = office.approvals.digest(request).digest
    with pytest.raises(Refusal) as own:
        office.approvals.decide(request, True, "", password_of(LEADER), digest)
    assert own.value.code == "requests.own"
    with pytest.raises(apsw.ConstraintError):
        office.database.connection().execute(
            "INSERT INTO decision (request_id, requester_id, approver_id, outcome, reason, document, signature, at)"
            " VALUES (?, 1, 1, 'granted', '', '{}', x'00', '')", (request,))
    with pytest.raises(apsw.ConstraintError):
        office.database.connection().execute(
            "INSERT INTO decision (request_id, requester_id, approver_id, outcome, reason, document, signature, at)"
            " VALUES (?, 2, 1, 'granted', '', '{}', x'00', '')", (request,))


def test_a_leader_who_handles_the_case_does_not_decide(office: Archive, clock: FrozenClock) -> None:
    request = ask(office)
    sign_in(office, ARCHIVIST)
    case = office.cases.numbered(OPEN_CASE)
    assert case is not None
    from desktop.cases import OfficerName

    office.cases.edit(case, {"officers": (OfficerName(LEADER, "LN-1"),)}, "换承办人")
    with pytest.raises(Refusal) as handled:
        decide(office, request)
    assert handled.value.code == "requests.handled"


@pytest.mark.parametrize(("change", "code"), [({"password": "not mine"}, "password.wrong"), ({"digest": "0" * 64}, "requests.changed")])
def test_a_decision_needs_the_password_and_the_digest_that_was_read(office: Archive, clock: FrozenClock, change: dict[str, str], code: str) -> None:
    request = ask(office)
    sign_in(office, LEADER)
    given = {"password": password_of(LEADER), "digest": office.approvals.digest(request).digest} | change
    with pytest.raises(Refusal) as no:
        office.approvals.decide(request, True, "", given["password"], given["digest"])
    assert no.value.code == code
    assert office.approvals.waiting()[0].id == request


def test_a_second_decision_is_told_who_was_first(office: Archive, clock: FrozenClock) -> None:
    request = ask(office)
    digest = sign_in(office, LEADER).approvals.digest(request).digest
    decide(office, request)
    with pytest.raises(Refusal) as late:
        office.approvals.decide(request, False, "不同意", password_of(LEADER), digest)
    assert (late.value.code, late.value.facts["by"]) == ("requests.decided", LEADER)


def test_a_refusal_needs_a_reason_and_opens_nothing(office: Archive, clock: FrozenClock) -> None:
    request = ask(office)
    with pytest.raises(Refusal) as no:
        decide(office, request, approve=False, reason="")
    assert no.value.code == "requests.reason_missing"
    decide(office, request, approve=False, reason="与用途无关")
    sign_in(office, CLERK)
    assert office.approvals.mine()[0].state is RequestState.REFUSED
    with pytest.raises(Refusal):
        office.media.open(office.approvals.mine()[0].items[0].component)


def test_part_of_a_request_may_be_granted_but_never_more(office: Archive, clock: FrozenClock) -> None:
    request = ask(office, spans=((0, 2 * SECOND),))
    sign_in(office, LEADER)
    digest = office.approvals.digest(request)
    item = digest.request.items[0].component
    for wider in ((Asked(item, ((0, 3 * SECOND),)),), (Asked(item),), ()):
        with pytest.raises(Refusal) as no:
            office.approvals.decide(request, True, "部分", password_of(LEADER), digest.digest, wider)
        assert no.value.code == "requests.wider"
    office.approvals.decide(request, True, "只批准第一秒", password_of(LEADER), digest.digest, (Asked(item, ((0, SECOND),)),))
    sign_in(office, CLERK)
    spans = office.media.open(item).spans
    assert spans is not None
    assert (spans[0].start_us, spans[0].end_us) == (0, SECOND)


@pytest.mark.parametrize("column", ["document", "until", "grantee_id"])
def test_a_grant_widened_behind_the_programs_back_does_not_open(office: Archive, clock: FrozenClock, column: str) -> None:
    decide(office, ask(office, spans=((0, SECOND),)))
    item = office.approvals.decided()[0].items[0].component
    connection = office.database.connection()
    if column == "document":
        text = connection.execute("SELECT document FROM decision").fetchall()[-1][0]
        wider = json.loads(text)
        wider["items"][0]["spans"] = []
        connection.execute("UPDATE decision SET document = ?", (json.dumps(wider, ensure_ascii=False),))
    elif column == "until":
        connection.execute('UPDATE "grant" SET until = ?', (stamp(NOW + timedelta(days=300)),))
    else:
        connection.execute('UPDATE "grant" SET grantee_id = (SELECT id FROM person WHERE name = ?)', (OFFICER,))
    sign_in(office, OFFICER if column == "grantee_id" else CLERK)
    with pytest.raises(Refusal) as forged:
        office.media.open(item)
    assert forged.value.code == "grant.forged"


def test_marks_are_set_only_on_seconds_that_were_granted(office: Archive, clock: FrozenClock) -> None:
    decide(office, ask(office, who=OFFICER, spans=((0, SECOND),)))
    item = office.approvals.decided()[0].items[0].component
    sign_in(office, OFFICER)
    mark = office.media.add_mark(item, 100, 500_000, AnnotationKind.GOODS, "账簿十四册")
    with pytest.raises(Refusal):
        office.media.add_mark(item, 2 * SECOND, None, AnnotationKind.NOTE, "看不到的地方")
    office.media.edit_mark(mark, "账簿 14 册", "改正写法")
    assert [m.text for m in office.media.marks(item)] == ["账簿 14 册"]
    office.media.remove_mark(mark, "写错了")
    assert office.media.marks(item) == []


@pytest.mark.parametrize(("draft", "code"), [
    ({"items": ()}, "request.empty"), ({"purpose": "  "}, "request.purpose_missing"),
    ({"until": "2020-01-01T00:00:00.000000Z"}, "request.until_past"),
    ({"spans": ((5, 5),)}, "request.span"), ({"spans": ((0, 10**12),)}, "request.span"), ({"component": 9999}, "not_found")])
def test_a_request_that_cannot_be_decided_is_refused_at_once(office: Archive, clock: FrozenClock, draft: dict[str, object], code: str) -> None:
    item = component(office)
    sign_in(office, CLERK)
    asked = Asked(ComponentId(draft.get("component", item)), draft.get("spans", ()))  # type: ignore[arg-type]
    good = RequestDraft((asked,), Verb.VIEW, "核对", UNTIL)
    changes = {k: v for k, v in draft.items() if k in ("items", "purpose", "until")}
    with pytest.raises(Refusal) as no:
        office.approvals.create(dataclasses.replace(good, **changes))  # type: ignore[arg-type]
    assert no.value.code == code


def test_administrators_neither_ask_nor_see(office: Archive, clock: FrozenClock) -> None:
    sign_in(office, SYSADMIN)
    for call in (office.approvals.mine, office.approvals.waiting, office.cases.count):
        with pytest.raises(Refusal) as no:
            call()
        assert no.value.code == "permission.denied"


def _read_until_refused(reader: object) -> None:
    """The lease is asked before every segment that is decrypted, and of what is already in memory once a second: read for longer."""
    last = time.monotonic() + 3
    while time.monotonic() < last:
        reader.read_at(0, 512)  # type: ignore[attr-defined]
