"""Clocks as rows: brought up to date by the act itself, listed by urgency for whom they concern, reckoned anew in batches."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName
from desktop.clock import FrozenClock
from desktop.errors import Cancelled
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.policy.deadlines import clocks
from desktop.policy.verdicts import ClockState
from desktop.procedure import ActivityDraft, FootageDraft, recompute
from desktop.procedure.gathering import gather
from models.holdings import Component
from models.procedure import CaseClock
from models.secrecy import Label
from models.terms import CaseId, EnforcementKind
from tests.desktop.procedure.kit import at, clock_row, opened, recording, refused
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, PRIVATE_CASE, SECOND, TRADE_CASE, make_wav, password_of, sign_in


class Stopped(Silent):
    """A person who stops the job after its first batch."""

    def step(self, note: str = "", amount: int = 1) -> None:
        raise Cancelled


def reckoned(archive: Archive, case: CaseId) -> set[tuple[Any, ...]]:
    """What the rules say of the case's clocks now."""
    one = gather(archive.database.connection(), [case])[0]
    found = clocks(archive.rules.profile(one.profile, one.version), one.facts, archive.rules.calendar(), archive.clock.now())
    return {(c.ground.rule, c.subject, c.title, c.state is ClockState.MET_LATE) for c in found}


def stored(case: CaseId) -> set[tuple[Any, ...]]:
    return {(c.rule, c.subject, c.title, bool(c.late)) for c in CaseClock.select().where(CaseClock.case == case)}


def test_every_act_that_changes_facts_brings_the_rows_up_to_date(office: Archive, tmp_path: Path) -> None:
    case = opened(office, ARCHIVIST)
    assert stored(case) == reckoned(office, case) != set()
    make_wav(tmp_path / "补录.wav", 9)
    deposit(office, [os.fsencode(tmp_path / "补录.wav")], case, Label(), Silent())
    assert stored(case) == reckoned(office, case)
    act = office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 11)))
    office.procedure.activity_add(case, ActivityDraft("returned", at(13, 17)))
    office.procedure.footage_link(recording(office, case), FootageDraft(act, start=at(13, 9), returned=at(13, 17)))
    assert stored(case) == reckoned(office, case)
    office.procedure.case_end(case, "performed", date(2026, 11, 1), password_of(ARCHIVIST))
    assert stored(case) == reckoned(office, case)
    office.cases.edit(case, {"kind": EnforcementKind.PENALTY}, "改为处罚")
    assert stored(case) == reckoned(office, case)


def test_a_record_that_moves_takes_its_clocks_along(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    other = office.cases.numbered(TRADE_CASE)
    assert other is not None
    record = office.cases.folder(case).records[0]
    moved = str(record.components[0].id)
    assert moved in {row[1] for row in clock_row(office, case, "deposit")}
    office.cases.move([record.id], other, None, "归错案卷")
    assert moved not in {row[1] for row in clock_row(office, case, "deposit")}
    assert moved in {row[1] for row in clock_row(office, other, "deposit")}


def test_only_what_came_out_differently_is_written(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    assert office.procedure.recompute_some([case]) == 0
    office.procedure.case_end(case, "performed", date(2026, 11, 1), password_of(ARCHIVIST))
    CaseClock.update(due="2020-01-01T00:00:00.000000Z").where((CaseClock.case == case) & (CaseClock.topic == "filing")).execute()
    assert office.procedure.recompute_some([case]) == len(clock_row(office, case, "filing"))
    assert office.procedure.recompute_some([case]) == 0


@pytest.fixture
def ended(office: Archive) -> Archive:
    """Three cases that ended on three days; nobody has filed them."""
    office.clock = office.keeper._clock = FrozenClock(datetime(2026, 11, 21, 8, tzinfo=UTC))
    for number, day in ((OPEN_CASE, 5), (TRADE_CASE, 3), (PRIVATE_CASE, 9)):
        case = opened(office, SECOND, number)
        office.procedure.case_end(case, "performed", date(2026, 10, day), password_of(SECOND))
    return office


def test_what_is_due_stands_by_urgency_and_within_clearance(ended: Archive) -> None:
    sign_in(ended, LEADER)
    due = [line for line in ended.procedure.due(50) if line.topic == "filing"]
    assert [line.case_number for line in due] == [TRADE_CASE, OPEN_CASE, PRIVATE_CASE]
    assert all(line.article and line.title for line in due)
    assert [line.late for line in due] == [line.left < 0 for line in due]
    assert ended.procedure.late() == sum(line.late for line in ended.procedure.due(1000))
    assert len(ended.procedure.due(1)) == 1
    assert ended.procedure.due(50, ended.clock.now() - timedelta(days=3000)) == []
    sign_in(ended, OFFICER)
    assert {line.case_number for line in ended.procedure.due(50) if line.topic == "filing"} == {OPEN_CASE}
    sign_in(ended, CLERK)
    assert {line.case_number for line in ended.procedure.due(50) if line.topic == "filing"} == {OPEN_CASE}


def test_an_officer_sees_their_own_cases_alone(ended: Archive) -> None:
    sign_in(ended, ARCHIVIST)
    ended.cases.create(CaseDraft("西财罚〔2026〕90号", "他人承办", EnforcementKind.PENALTY, officers=(OfficerName("别人", "LN-1"),),
                                 started_on="2026-10-01"))
    other = opened(ended, ARCHIVIST, "西财罚〔2026〕90号")
    ended.procedure.case_end(other, "performed", date(2026, 10, 2), password_of(ARCHIVIST))
    assert "西财罚〔2026〕90号" in {line.case_number for line in ended.procedure.due(50)}
    sign_in(ended, SECOND)
    assert "西财罚〔2026〕90号" not in {line.case_number for line in ended.procedure.due(50)}
    assert {line.case_number for line in ended.procedure.due(50) if line.topic == "filing"} == {OPEN_CASE, TRADE_CASE, PRIVATE_CASE}


def test_a_clock_of_a_recording_one_may_not_know_of_is_not_listed(ended: Archive) -> None:
    case = opened(ended, ARCHIVIST)
    record = ended.cases.folder(case).records[0]
    row = CaseClock.select().where(CaseClock.component == record.components[0].id).first()
    CaseClock.update(met=None, alarm="2026-10-14T00:00:00.000000Z", due="2026-10-14T00:00:00.000000Z").where(CaseClock.id == row.id).execute()
    assert record.components[0].id in {line.component for line in ended.procedure.due(50)}
    ended.cases.label(record.id, Label(trade=True), "有商业秘密")
    sign_in(ended, OFFICER)
    assert record.components[0].id not in {line.component for line in ended.procedure.due(50)}


def test_a_filed_case_is_due_no_more(ended: Archive) -> None:
    case = opened(ended, LEADER)
    ended.procedure.order_filing(case, "按现状归档", password_of(LEADER))
    sign_in(ended, ARCHIVIST)
    ended.cases.file(case, "按决定归档")
    assert OPEN_CASE not in {line.case_number for line in ended.procedure.due(100)}
    filing = clock_row(ended, case, "filing")
    assert all(row[5] is not None for row in filing)


def test_the_job_can_be_stopped_and_begun_again(ended: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(ended, ARCHIVIST)
    assert recompute(ended, Silent()) >= 0
    monkeypatch.setattr("desktop.procedure.recomputing.BATCH", 1)
    CaseClock.update(due="2020-01-01T00:00:00.000000Z").where(CaseClock.topic == "filing").execute()
    with pytest.raises(Cancelled):
        recompute(ended, Stopped())
    wrong = CaseClock.select().where(CaseClock.due == "2020-01-01T00:00:00.000000Z").count()
    assert wrong > 0
    assert recompute(ended, Silent()) == wrong
    assert recompute(ended, Silent()) == 0
    sign_in(ended, OFFICER)
    refused("permission.denied", recompute, ended, Silent())


def test_facts_of_many_are_those_of_each_within_clearance(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9)))
    cases = [office.cases.numbered(number) for number in (OPEN_CASE, TRADE_CASE, PRIVATE_CASE)]
    many = office.procedure.facts_of_many([one for one in cases if one is not None])
    assert many[case] == office.procedure.facts(case)
    assert len(many) == 3
    sign_in(office, OFFICER)
    assert set(office.procedure.facts_of_many([one for one in cases if one is not None])) == {case}


def test_answers_and_the_timeline_hold_what_was_entered(office: Archive) -> None:
    case = opened(office, OFFICER)
    act = office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 11)))
    one = recording(office, case)
    Component.update(duration_us=600_000_000).where(Component.id == one).execute()
    office.procedure.footage_link(one, FootageDraft(act, start=at(13, 9), end=at(13, 9, 10)))
    answers = office.procedure.answers(case)
    assert answers.profile == "xigang-finance"
    assert [d.activity for d in answers.duties] == [str(act)]
    assert answers.duties[0].footage == (str(one),)
    assert {c.ground.rule for c in answers.clocks} >= {row[0] for row in clock_row(office, case, "deposit")}
    marks = office.procedure.timeline(case)
    assert [(m.kind, m.lane) for m in marks if m.kind in ("activity", "footage")] == [("activity", "investigate"), ("footage", "investigate")]
    sign_in(office, SECOND)
    refused("cases.not_opened", office.procedure.timeline, case)
