"""The archive's own rules: versions of profiles by two persons, calendars, local days, the agency's list that never lowers a must."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft
from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.jobs import Silent
from desktop.procedure import ActivityDraft, recompute
from desktop.rulebook import DutyDraft
from models.base import FieldChange
from models.cases import CaseFolder
from models.procedure import CaseClock
from models.terms import EnforcementKind
from tests.office import ARCHIVIST, LEADER, OFFICER, OPEN_CASE, REVIEWER, SECOND, password_of, sign_in

KEY = "xigang-finance"
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture
def archive(office: Archive) -> Archive:
    office.clock = office.keeper._clock = FrozenClock(NOW)
    sign_in(office, REVIEWER)
    return office


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as no:
        call(*args, **kwargs)
    assert no.value.code == code, (no.value.code, no.value.facts)
    return no.value


def next_text(archive: Archive) -> str:
    """A copy of the newest version with the next number, its title marked."""
    text = archive.rulebook.text(KEY, archive.rulebook.next_version(KEY) - 1)
    number = archive.rulebook.next_version(KEY)
    return text.replace(f"version = {number - 1}\n", f"version = {number}\n", 1)


def test_two_persons_put_a_version_in_force_and_cases_keep_theirs(archive: Archive) -> None:
    old = archive.rulebook.versions(KEY)[-1]
    assert (old.built_in, old.in_force) == (True, True)
    number = archive.rulebook.draft(KEY, next_text(archive), "第二次修订")
    refused("rulebook.own_draft", archive.rulebook.second, KEY, number, TODAY, password_of(REVIEWER))
    assert archive.rulebook.versions(KEY)[0].in_force is False
    sign_in(archive, LEADER)
    refused("rulebook.effective_past", archive.rulebook.second, KEY, number, TODAY - timedelta(days=1), password_of(LEADER))
    refused("password.wrong", archive.rulebook.second, KEY, number, TODAY, "不是我的口令")
    archive.rulebook.second(KEY, number, TODAY + timedelta(days=10), password_of(LEADER))
    refused("rulebook.seconded", archive.rulebook.second, KEY, number, TODAY, password_of(LEADER))
    assert archive.rulebook.versions(KEY)[0].in_force is False
    refused("rulebook.effective_past", archive.rulebook.effective, KEY, number, TODAY - timedelta(days=1), "提前")
    refused("change.reason_missing", archive.rulebook.effective, KEY, number, TODAY, " ")
    archive.rulebook.effective(KEY, number, TODAY, "提前施行")
    assert archive.rulebook.versions(KEY)[0].in_force
    sign_in(archive, ARCHIVIST)
    new = archive.cases.create(CaseDraft("新案", "因", EnforcementKind.PENALTY, started_on="2026-11-21"))
    earlier = archive.cases.create(CaseDraft("早案", "因", EnforcementKind.PENALTY, started_on="2026-11-20"))
    versions = {c.case_number: c.profile_version for c in CaseFolder.select()}
    assert (versions["新案"], versions["早案"], versions[OPEN_CASE]) == (number, old.version, old.version)
    archive.cases.look(new)
    assert archive.procedure.answers(new).version == number
    archive.cases.look(earlier)
    assert archive.procedure.answers(earlier).version == old.version
    sign_in(archive, LEADER)
    archive.rulebook.withdraw(KEY, number, "文本有误")
    sign_in(archive, ARCHIVIST)
    archive.cases.create(CaseDraft("再后", "因", EnforcementKind.PENALTY, started_on="2026-11-21"))
    assert CaseFolder.get(CaseFolder.case_number == "再后").profile_version == old.version
    assert CaseFolder.get(CaseFolder.case_number == "新案").profile_version == number
    archive.cases.look(new)
    assert archive.procedure.answers(new).version == number


def test_a_faulty_text_is_not_kept(archive: Archive) -> None:
    good = next_text(archive)
    assert archive.rulebook.mistakes(good) == []
    no = refused("rulebook.faulty", archive.rulebook.draft, KEY, good.replace("[[deadline]]", "[[deadline]]\ncolour = 1", 1), "改")
    assert "colour" in str(no.facts["first"])
    refused("rulebook.version_expected", archive.rulebook.draft, KEY, archive.rulebook.text(KEY, archive.rulebook.next_version(KEY) - 1), "改")
    refused("rulebook.other_profile", archive.rulebook.draft, "fushun-culture", good, "改")
    refused("change.reason_missing", archive.rulebook.draft, KEY, good, " ")
    refused("profile.unknown", archive.rulebook.draft, "atlantis", good, "改")
    refused("not_found", archive.rulebook.second, KEY, 9, TODAY, password_of(REVIEWER))
    assert [line.built_in for line in archive.rulebook.versions(KEY)] == [True]
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.draft, KEY, good, "改")


def test_two_versions_are_told_apart_line_by_line(archive: Archive) -> None:
    number = archive.rulebook.draft(KEY, next_text(archive), "改版本号")
    lines = archive.rulebook.difference(KEY, number - 1, number)
    assert [(line.sign, line.text) for line in lines if line.sign != " "] == [("-", f"version = {number - 1}"), ("+", f"version = {number}")]
    assert archive.rulebook.differences(KEY, number - 1, number) == ()  # a number of a version is no rule
    later = archive.rulebook.draft(KEY, next_text(archive).replace("number = 24\n", "number = 48\n", 1), "放宽补报",
                                   {"XG-8-emergency": "局务会决定"})
    told = archive.rulebook.differences(KEY, number, later)
    assert [(one.sign, one.section, one.article, [change.key for change in one.changes]) for one in told] == [
        ("changed", "deadline", "西岗办法第八条", ["limit"])]
    refused("rulebook.not_seconded", archive.rulebook.effective, KEY, number, TODAY, "定")


YEAR = """format = 1
year = 2027
version = {version}
source = "国务院办公厅通知（测试）"

[[off]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
"""


def test_a_year_is_loaded_once_and_clocks_are_reckoned_anew(archive: Archive) -> None:
    sign_in(archive, SECOND)
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    archive.cases.look(case)
    archive.clock.move_to(datetime(2026, 12, 30, 8, tzinfo=UTC))
    archive.procedure.case_end(case, "performed", date(2026, 12, 25), password_of(SECOND))
    rows = {(row.rule, row.subject): (row.due, row.provisional) for row in CaseClock.select().where(CaseClock.case == case)}
    sign_in(archive, ARCHIVIST)
    assert archive.rulebook.recompute_due() is False
    assert archive.rulebook.load_calendar(YEAR.format(version=1)) == 2027
    assert archive.rulebook.recompute_due() is True
    refused("calendar.version_old", archive.rulebook.load_calendar, YEAR.format(version=1))
    twice = '\n[[off]]\nname = "又"\nfrom = 2027-01-02\nto = 2027-01-02\n'
    refused("calendar.day_twice", archive.rulebook.load_calendar, YEAR.format(version=2) + twice)
    assert archive.rulebook.calendar().announced(2027)
    assert next(line for line in archive.rulebook.calendars() if line.year == 2027).person == ARCHIVIST
    changed = recompute(archive, Silent())
    assert archive.rulebook.recompute_due() is False
    after = {(row.rule, row.subject): (row.due, row.provisional) for row in CaseClock.select().where(CaseClock.case == case)}
    assert changed == sum(1 for key, row in after.items() if rows[key] != row) > 0
    assert not any(provisional for _due, provisional in after.values())


def test_local_days(archive: Archive) -> None:
    day = date(2026, 11, 25)
    assert archive.rulebook.calendar().is_working(day)
    refused("calendar.local_incomplete", archive.rulebook.local_add, day, True, "校庆", " ")
    one = archive.rulebook.local_add(day, True, "地方节日", "某政发〔2026〕9号")
    refused("calendar.local_twice", archive.rulebook.local_add, day, False, "上班", "某政发〔2026〕10号")
    assert not archive.rulebook.calendar().is_working(day)
    assert [(line.day, line.off) for line in archive.rulebook.local_days()] == [(day, True)]
    refused("change.reason_missing", archive.rulebook.local_remove, one, "")
    archive.rulebook.local_remove(one, "文件撤销")
    assert archive.rulebook.calendar().is_working(day)
    refused("not_found", archive.rulebook.local_remove, one, "再删")
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.local_add, day, True, "放假", "x")


def test_the_agency_s_list_adds_and_raises_and_never_lowers(archive: Archive) -> None:
    no = refused("listing.lowers", archive.rulebook.duty_add, DutyDraft("hearing", "may", reason="不录"))
    assert "第十三条" in str(no.facts["article"])
    refused("procedure.unknown_word", archive.rulebook.duty_add, DutyDraft("party", "full", reason="录"))
    refused("procedure.unknown_word", archive.rulebook.duty_add, DutyDraft("hearing", "loud", reason="录"))
    refused("change.reason_missing", archive.rulebook.duty_add, DutyDraft("hearing_notice", "full"))
    one = archive.rulebook.duty_add(DutyDraft("appraisal", "full", "none", reason="局务会决定"))
    assert [line.title for line in archive.rulebook.duty_rows()] == ["鉴定送检交接"]
    sign_in(archive, ARCHIVIST)
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    archive.cases.look(case)
    archive.procedure.activity_add(case, ActivityDraft("appraisal", NOW))
    duty = next(d for d in archive.procedure.answers(case).duties if d.kind == "appraisal")
    assert (duty.level, duty.sharpened) == ("full", True)
    refused("change.reason_missing", archive.rulebook.duty_edit, one, {"level": "sync"}, " ")
    archive.rulebook.duty_edit(one, {"level": "sync"}, "改为同时记录")
    assert FieldChange.select().where(FieldChange.table_name == "duty_listing").count() == 1
    archive.rulebook.duty_remove(one, "不再要求")
    assert archive.rulebook.duty_rows() == []
    refused("not_found", archive.rulebook.duty_edit, one, {"level": "full"}, "改")
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.duty_add, DutyDraft("appraisal", "full", reason="局务会决定"))
