"""Recordings without a case are guarded by what stands open in the archive, and only by what the person may know of."""

from __future__ import annotations

import os
import random
import time
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName
from desktop.complaints import ComplaintDraft
from desktop.disclosure import DisclosureDraft
from desktop.i18n import set_language
from desktop.intake import UnlinkedLine, deposit
from desktop.intake.watching import open_windows
from desktop.jobs import Silent
from desktop.policy.guarding import Watch
from desktop.procedure import ActivityDraft
from models.cases import CaseFolder, Record
from models.facts import Footage
from models.holdings import Component
from models.procedure import CaseActivity
from models.secrecy import Label
from models.terms import EnforcementKind
from tests.office import ARCHIVIST, LEADER, OFFICER, OPEN_CASE, PRIVATE_CASE, let_file, make_wav, sign_in

BEIJING = timezone(timedelta(hours=8))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BEIJING)


@pytest.fixture
def archive(office: Archive, tmp_path: Path) -> Archive:
    """The office with one recording of 20 October, 9:30, that belongs to no case, brought by the archivist."""
    set_language("zh_CN")
    card = tmp_path / "card"
    card.mkdir()
    make_wav(card / "散件.wav", 9)
    sign_in(office, ARCHIVIST)
    deposit(office, [os.fsencode(card)], None, Label(), Silent())
    Component.update(camera_time="2026-10-20T09:30:00+08:00").where(Component.name == "散件.wav").execute()
    return office


def line(archive: Archive) -> UnlinkedLine:
    one, = archive.intake.unlinked()
    return one


def inspected(archive: Archive, number: str, day: int = 20) -> None:
    case = archive.cases.numbered(number)
    assert case is not None
    archive.cases.look(case)
    archive.procedure.activity_add(case, ActivityDraft("inspection", at(day, 9), at(day, 10)))


def test_an_open_case_guards_by_its_time_alone_until_its_activities_are_known(archive: Archive) -> None:
    assert line(archive).guard == "与西财检〔2026〕9号的办案期间时间重叠，暂不得处理"  # from 12 October on; the others from the day they were made
    Component.update(camera_time="2026-09-20T09:30:00+08:00").where(Component.name == "散件.wav").execute()
    assert (line(archive).guard, line(archive).guarded.count) == ("", 0)


def test_the_activity_that_it_overlaps_is_named(archive: Archive) -> None:
    CaseFolder.update(filed_at="2026-11-01T00:00:00.000000Z").where(CaseFolder.case_number != OPEN_CASE).execute()
    inspected(archive, OPEN_CASE)
    assert line(archive).guard == "与西财检〔2026〕9号的现场检查时间重叠，暂不得处理"
    CaseActivity.update(start="2026-10-21T01:00:00.000000Z", end="2026-10-21T02:00:00.000000Z").execute()
    assert line(archive).guard == ""
    sign_in(archive, OFFICER)
    Component.update(deposited_by=archive.person.id).where(Component.name == "散件.wav").execute()
    assert line(archive).guard == "与西财检〔2026〕9号的现场检查人员相同，暂不得处理"


def test_a_filed_case_guards_again_while_it_is_held(archive: Archive) -> None:
    CaseFolder.update(filed_at="2026-11-01T00:00:00.000000Z").where(CaseFolder.case_number != OPEN_CASE).execute()
    inspected(archive, OPEN_CASE)
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    let_file(archive, case)
    archive.cases.file(case, "归档")
    assert line(archive).guard == ""
    archive.procedure.hold(case, "行政复议")
    assert line(archive).guard == "与西财检〔2026〕9号的现场检查（暂缓销毁）时间重叠，暂不得处理"


def test_a_case_that_the_person_may_not_know_of_says_nothing_to_them(archive: Archive) -> None:
    sign_in(archive, LEADER)
    CaseFolder.update(filed_at="2026-11-01T00:00:00.000000Z").where(CaseFolder.case_number != PRIVATE_CASE).execute()
    inspected(sign_in(archive, ARCHIVIST), PRIVATE_CASE)
    assert PRIVATE_CASE in line(archive).guard
    sign_in(archive, OFFICER)
    assert line(archive).guard == ""


def test_a_thousand_recordings_and_ten_thousand_open_cases_are_listed_in_a_second(archive: Archive) -> None:
    connection, person = archive.database.connection(), archive.person.id
    with CaseFolder._meta.database.atomic():
        made = "2026-01-01T00:00:00.000000Z"
        connection.executemany(
            "INSERT INTO case_folder (case_number, cause, kind, profile, profile_version, procedure, conditions, stage, place, note, created_at,"
            " created_by_id, state, trade, privacy, internal) VALUES (?, '案', 'penalty', 'xigang-finance', 1, 'ordinary', '{}', 'start', '', '', ?,"
            " ?, 0, 0, 0, 0)", [(f"测〔2026〕{n}号", made, person) for n in range(10_000)])
        first = CaseFolder.get(CaseFolder.case_number == "测〔2026〕0号").id
        connection.executemany(
            'INSERT INTO case_activity (case_id, kind, start, "end", place, officers, traits, unsuitable_ground, unsuitable_reason, unsuitable_by,'
            " answers, note, person_id, at) VALUES (?, 'inspection', ?, ?, '', ?, '[]', '', '', '', '[]', '', ?, ?)",
            [(first + n, f"2026-{n % 9 + 1:02}-{n % 27 + 1:02}T01:00:00.000000Z", f"2026-{n % 9 + 1:02}-{n % 27 + 1:02}T02:00:00.000000Z",
              f'["执法员{n % 40}"]', person, made) for n in range(10_000)])
        record, piece = Record.select().where(Record.case.is_null()).dicts().get(), Component.select().order_by(Component.id.desc()).dicts().get()
        del record["id"], piece["id"]
        Record.insert_many([record] * 999).execute()
        fresh = [row.id for row in Record.select(Record.id).where(Record.case.is_null()).order_by(Record.id)][1:]
        Component.insert_many([{**piece, "record": ident} for ident in fresh]).execute()
    begun = time.process_time()
    lines = archive.intake.unlinked(1_000)
    took = time.process_time() - begun
    assert len(lines) == 1_000
    assert all(one.guard for one in lines)
    assert len(list(open_windows(archive, [Footage("1", start=at(20, 9), end=at(20, 10), officer="沈静宜")]))) == 3  # without activity
    begun = time.process_time()
    archive.intake.unlinked(1)
    alone = time.process_time() - begun
    assert alone < 1, (alone, took)
    assert took < 4, took  # a line costs a millisecond; before, each asked for its persons, its facts and its record


def test_what_is_left_unread_would_have_guarded_nothing(archive: Archive) -> None:
    """A list with a recording without reliable time reads every activity: each recording is guarded as when it is asked for alone."""
    dice = random.Random(20261122)
    places, officers = ("", "新开路 1 号", "新开路1号", "XIN Road", "码头"), ("周敏", "李建国", '"某"', "")
    for number in range(40):
        case = archive.cases.create(CaseDraft(f"试〔2026〕{number}号", "案", EnforcementKind.PENALTY, place=dice.choice(places),
                                              officers=tuple(OfficerName(name) for name in officers[:2] if dice.random() < 0.5)))
        for _ in range(dice.randrange(3)):
            begun = at(dice.randrange(10, 28), dice.randrange(24))
            named = tuple({dice.choice(officers[:3]) for _ in range(dice.randrange(3))})
            archive.procedure.activity_add(case, ActivityDraft("inspection", begun, begun + timedelta(hours=dice.choice((0, 1, 30, 400))),
                                                               place=dice.choice(places), officers=named))
    pieces = [Footage(str(n), start=(begun := at(dice.randrange(8, 29), dice.randrange(24))), end=begun + timedelta(hours=dice.choice((0, 1, 26))),
                      officer=dice.choice(officers), place=dice.choice((*places, "xin road"))) for n in range(60)]
    whole = Watch(open_windows(archive, [Footage("0")]))
    for piece in pieces:
        alone, beside = Watch(open_windows(archive, [piece])).over(piece), whole.over(piece)
        assert (alone.count, set(alone.nearest)) == (beside.count, set(beside.nearest))
    assert len({whole.over(piece).count for piece in pieces}) > 5


# ---- what the registers say
def filed(archive: Archive, but: str = "") -> None:
    CaseFolder.update(filed_at="2026-11-01T00:00:00.000000Z").where(CaseFolder.case_number != but).execute()


def test_an_open_request_guards_by_what_it_is_about_until_it_is_filed(archive: Archive) -> None:
    filed(archive)
    request = archive.disclosure.register(DisclosureDraft("王海涛", "10 月下旬的检查录像", date(2026, 11, 2), about_from=date(2026, 10, 15),
                                                          about_to=date(2026, 10, 31)))
    assert line(archive).guard == "与公开〔2026〕1号的公开申请所指时间重叠，暂不得处理"
    assert archive.disclosure.file(request).guards
    archive.disclosure.answer(request, "granted", date(2026, 11, 5), "当面提供")
    assert line(archive).guard, "an answer may still be disputed"
    archive.disclosure.close(request, date(2026, 11, 6), "已送达")
    assert line(archive).guard == ""


def test_a_request_that_says_neither_time_nor_place_nor_officer_guards_nothing_but_what_it_names(archive: Archive) -> None:
    filed(archive)
    request = archive.disclosure.register(DisclosureDraft("王海涛", "一段检查录像", date(2026, 11, 2)))
    assert line(archive).guard == ""
    assert not archive.disclosure.file(request).guards
    archive.disclosure.link(request, record=line(archive).record.id)
    assert line(archive).guard == "与公开〔2026〕1号的公开申请所指直接相关，暂不得处理"
    archive.disclosure.unlink(archive.disclosure.file(request).links[0].id, "不是这一段")
    assert line(archive).guard == ""


def test_an_open_complaint_guards_by_day_place_or_officer(archive: Archive) -> None:
    filed(archive)
    complaint = archive.complaints.register(ComplaintDraft("检查时言语粗暴", date(2026, 10, 21), about_from=date(2026, 10, 20),
                                                           officer=f"{OFFICER}、{ARCHIVIST}", complainant="孙某"))
    assert line(archive).guard == "与投诉〔2026〕1号的投诉所指在同一天、人员相同，暂不得处理"
    draft = archive.complaints.all()[0].draft
    archive.complaints.correct(complaint, replace(draft, about_from=None, officer="", place="长江路 1 号"), "地点才是要点")
    assert line(archive).guard == ""
    Component.update(place="长江路1号").where(Component.name == "散件.wav").execute()
    assert line(archive).guard == "与投诉〔2026〕1号的投诉所指地点相同，暂不得处理"
    archive.complaints.close(complaint, date(2026, 11, 3), "查实，已向投诉人说明并道歉")
    assert line(archive).guard == ""


def test_a_filed_case_guards_again_while_a_request_or_a_complaint_is_about_it(archive: Archive) -> None:
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    inspected(archive, OPEN_CASE)
    filed(archive)
    request = archive.disclosure.register(DisclosureDraft("王海涛", "这件案卷", date(2026, 11, 2)))
    archive.disclosure.link(request, case=case)
    assert line(archive).guard == "与西财检〔2026〕9号的现场检查（有公开申请）时间重叠，暂不得处理"
    archive.disclosure.withdraw(request, date(2026, 11, 3), "申请人撤回")
    archive.disclosure.close(request, date(2026, 11, 3), "撤回")
    archive.complaints.register(ComplaintDraft("对检查结果不服", date(2026, 11, 4), case=case))
    assert line(archive).guard == "与西财检〔2026〕9号的现场检查（有投诉）时间重叠，暂不得处理"


def test_who_does_not_read_a_register_is_not_told_of_it(archive: Archive) -> None:
    filed(archive)
    archive.complaints.register(ComplaintDraft("检查时言语粗暴", date(2026, 10, 21), about_from=date(2026, 10, 20), label=Label(privacy=True)))
    assert line(archive).guard
    sign_in(archive, OFFICER)
    assert line(archive).guard == ""
