"""Sums of a period: each figure against cases made for it, narrowed to what the person may know of, and what is taken out is in the ledger."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.archive import Archive
from desktop.clock import FrozenClock, stamp
from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityDraft, FootageDraft
from desktop.statistics.forms import Covered, Period, Tally
from models.people import Person
from models.procedure import CaseClock
from models.terms import ActivityId, CaseId, PersonId
from tests.desktop.procedure.kit import at, last_entry, opened, recording, refused
from tests.office import ARCHIVIST, LEADER, OFFICER, REVIEWER, SECOND, SYSADMIN, TRADE_CASE, sign_in

# An hour of which half is recorded and one without a recording; an hour without one in another case.
TWO, NONE = Covered(recorded=1, missing=1, seconds=7200, proven=1800), Covered(missing=1, seconds=3600)
OCTOBER, YEAR = Period(2026, "10"), Period(2026)


@pytest.fixture
def worked(office: Archive) -> Archive:
    """An inspection recorded, a registration without a recording, a service in another case that nobody else may know of."""
    case = opened(office, OFFICER)
    room = office.procedure
    act = room.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10), officers=(OFFICER, SECOND)))
    room.activity_add(case, ActivityDraft("inspection", at(14, 9), at(14, 10)))
    room.footage_link(recording(office, case, 0), FootageDraft(act, start=at(13, 9), end=at(13, 9, 30)))
    secret = opened(office, SECOND, TRADE_CASE)
    room.activity_add(secret, ActivityDraft("inspection", at(15, 9, month=9), at(15, 10, month=9)))
    sign_in(office, ARCHIVIST)
    return office


def put_clock(case: CaseId, rule: str, due: datetime, met: datetime | None, late: bool = False) -> None:
    """A clock as the program would have reckoned it, under a rule of the profile."""
    CaseClock.create(case=case, rule=rule, subject=f"t{CaseClock.select().count()}", topic="filing", title="立卷归档", article="x", start=stamp(due),
                     counted=stamp(due), due=stamp(due), alarm=None, met=met and stamp(met), late=late)


def filing_rule(archive: Archive, case: CaseId) -> str:
    return archive.procedure.profile(case).limits("filing")[0].id


def test_a_limit_belongs_to_the_month_that_its_last_day_is_in(worked: Archive) -> None:
    case = opened(worked, ARCHIVIST)
    rule = filing_rule(worked, case)
    worked.clock = FrozenClock(datetime(2026, 11, 20, 12, tzinfo=BEIJING))
    end_of_october = datetime(2026, 11, 1, tzinfo=BEIJING)  # 24:00 of the 31st
    put_clock(case, rule, end_of_october, datetime(2026, 10, 30, tzinfo=BEIJING))
    put_clock(case, rule, datetime(2026, 10, 1, tzinfo=BEIJING), None)  # 24:00 of 30 September
    put_clock(case, rule, datetime(2026, 11, 1, 0, 0, 1, tzinfo=BEIJING), datetime(2026, 11, 3, tzinfo=BEIJING), late=True)
    put_clock(case, rule, datetime(2026, 12, 1, tzinfo=BEIJING), None)
    filing = {line.month.month: line.filing for line in worked.statistics.limits(YEAR).months if line.filing != Tally()}
    assert filing == {9: Tally(over=1), 10: Tally(on_time=1), 11: Tally(late=1, running=1)}
    assert worked.statistics.limits(YEAR).filing.share == pytest.approx(1 / 3)
    assert worked.statistics.limits(OCTOBER).filing == Tally(on_time=1)
    assert worked.statistics.limits(Period(2026, "q4")).filing == Tally(on_time=1, late=1, running=1)
    assert worked.statistics.limits(Period(2025)).whole == Tally()
    line, = [one for one in worked.statistics.limits(YEAR).articles if one.title == "立卷归档"]
    assert (line.late, line.over) == (1, 1)
    assert line.article.startswith("西岗办法")


def test_an_inferred_limit_and_a_yearly_one_are_not_held_against_anybody(worked: Archive) -> None:
    case = opened(worked, ARCHIVIST)
    rules = worked.procedure.profile(case).deadline
    for rule in rules:
        if rule.lapses or rule.topic == "correction_check":
            put_clock(case, rule.id, datetime(2026, 3, 1, tzinfo=BEIJING), None)
    assert worked.statistics.limits(YEAR).months[1].other == Tally()


def test_deposits_are_counted_as_the_clocks_of_the_case_say(worked: Archive) -> None:
    case = opened(worked, ARCHIVIST)
    clocks = [one for one in worked.procedure.answers(case).clocks if one.topic == "deposit" and one.due is not None]
    assert clocks
    deposit = worked.statistics.limits(YEAR).deposit
    assert deposit.fallen + deposit.running == len(clocks)
    assert deposit.late == sum(one.met is not None and one.late for one in clocks)


def test_what_must_be_recorded_is_judged_by_the_rules_as_the_case_page_does(worked: Archive) -> None:
    worked.clock = FrozenClock(datetime(2026, 11, 20, 12, tzinfo=BEIJING))
    sums = worked.statistics.coverage(YEAR)
    assert dict(sums.months)[date(2026, 10, 1)] == TWO
    assert dict(sums.months)[date(2026, 9, 1)] == NONE
    assert sums.whole.share == pytest.approx(1 / 3)
    case = opened(worked, ARCHIVIST)
    duties = [one for one in worked.procedure.answers(case).duties if not one.footage]
    line, = sums.articles
    assert (line.article, line.title, line.unrecorded) == (duties[0].ground.article if duties[0].ground else "", duties[0].title, 2)
    assert dict(sums.matters)[line.title] == sums.whole
    assert worked.statistics.coverage(OCTOBER).whole == TWO


def test_an_excuse_that_the_text_allows_is_no_gap(worked: Archive) -> None:
    case = opened(worked, OFFICER)
    act = next(line for line in worked.procedure.activities(case) if not line.footage)
    rules = worked.statistics._held(worked.procedure.profile(case).key, worked.procedure.profile(case).version)[0]
    duty = next(one for one in rules.duty if "inspection" in one.events)
    if duty.excuse == "none":
        refused("procedure.no_excuse", worked.procedure.unsuitable, act.id, "unsuitable", "涉及举报人", OFFICER)
        return
    worked.procedure.unsuitable(act.id, "unsuitable", "涉及举报人", OFFICER)
    sign_in(worked, ARCHIVIST)
    assert worked.statistics.coverage(OCTOBER).whole == Covered(recorded=1, excused=1, seconds=3600, proven=1800)


def test_nobody_counts_what_they_may_not_know_of(worked: Archive) -> None:
    whole = worked.statistics.coverage(YEAR).whole
    worked.database.connection().execute("UPDATE person SET clear_trade = 0 WHERE name = ?", (LEADER,))
    sign_in(worked, LEADER)
    assert worked.statistics.coverage(YEAR).whole == TWO != whole
    put_clock(CaseId(2), filing_rule(worked, opened(worked, LEADER)), datetime(2026, 3, 1, tzinfo=BEIJING), None)
    assert worked.statistics.limits(YEAR).filing == Tally()
    sign_in(worked, REVIEWER)
    assert worked.statistics.limits(YEAR).filing == Tally(over=1)


def test_who_leads_a_case_bears_its_sums(worked: Archive) -> None:
    sums = worked.statistics.sums(YEAR)
    people = {line.name: line for line in sums.people}
    assert set(people) == {OFFICER, SECOND}
    assert people[OFFICER].covered == TWO
    assert people[SECOND].covered == NONE
    assert people[OFFICER].deposit + people[SECOND].deposit == sums.limits.deposit
    assert sum(line.covered.due for line in sums.units) == 3


def test_only_those_who_may_read_statistics_do(worked: Archive, tmp_path: Path) -> None:
    sign_in(worked, OFFICER)
    refused("permission.denied", worked.statistics.sums, YEAR)
    refused("permission.denied", worked.statistics.save_tables, YEAR, tmp_path / "a.xlsx")
    assert last_entry(worked) == ("statistics.export", "refused")
    assert list(tmp_path.glob("a.*")) == []


def test_the_tables_say_what_the_page_says(worked: Archive, tmp_path: Path) -> None:
    worked.statistics.save_tables(YEAR, tmp_path / "统计.xlsx")
    assert last_entry(worked) == ("statistics.export", "done")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "统计.xlsx").read_bytes()))
    assert book.sheetnames == ["按期率", "音像记录覆盖", "按事项", "按条款", "按人员和机构", "按月份和机构"]
    matters = {row[0].value: [cell.value for cell in row[1:]] for row in book["按事项"].iter_rows(min_row=4)}
    assert list(matters.values()) == [[1, 0, 2, 0, pytest.approx(1 / 3), "3:00:00", "0:30:00", pytest.approx(1 / 6)]]
    assert book["按事项"]["F4"].number_format == "0.0%"
    names = [row[0].value for row in book["按人员和机构"].iter_rows(min_row=4)]
    assert {OFFICER, SECOND, "小计"} <= set(names)


def test_a_period_without_anything_is_empty_and_years_reach_back(worked: Archive) -> None:
    assert worked.statistics.sums(Period(2019)).empty
    assert not worked.statistics.sums(YEAR).empty
    years = worked.statistics.years()
    assert years[0] >= 2026
    assert 2026 in years


def test_a_plot_is_saved_as_it_was_drawn(worked: Archive, tmp_path: Path) -> None:
    at_ = worked.statistics.save_plot(YEAR, "按期率", b"\x89PNG", tmp_path / "图.png")
    assert at_.read_bytes() == b"\x89PNG"
    refused("copy.unwritable", worked.statistics.save_plot, YEAR, "按期率", b"", tmp_path / "none" / "图.png")


def lens(archive: Archive, case: CaseId) -> tuple[int, int]:
    """Seconds due and proven as the case page shows them, of what must be recorded throughout or at the same time."""
    stretches = [piece for one in archive.procedure.answers(case).duties if one.ground and one.level in ("full", "sync") for piece in one.coverage]
    return (sum(round((piece.end - piece.start).total_seconds()) for piece in stretches),
            sum(round((piece.end - piece.start).total_seconds()) for piece in stretches if piece.kind == "proven"))


def test_seconds_are_those_of_the_lens_and_follow_every_act(worked: Archive) -> None:
    case = opened(worked, OFFICER)
    room = worked.procedure

    def told() -> tuple[int, int]:
        sign_in(worked, ARCHIVIST)
        whole = worked.statistics.coverage(OCTOBER).whole
        assert (whole.seconds, whole.proven) == lens(worked, opened(worked, ARCHIVIST))
        opened(worked, OFFICER)
        return whole.seconds, whole.proven

    assert told() == (7200, 1800)
    first, second = (line.id for line in room.activities(case))
    room.footage_link(recording(worked, case, 1), FootageDraft(second, start=at(14, 9, 15), end=at(14, 11)))
    assert told() == (7200, 1800 + 2700), "what lies outside the activity proves nothing of it"
    room.activity_edit(second, {"end": at(14, 9, 30)}, "离开时间写错")
    assert told() == (5400, 1800 + 900)
    room.footage_link(recording(worked, case, 1), FootageDraft(first, start=at(13, 9, 20), end=at(13, 9, 40)), "是前一天的检查")
    assert told() == (5400, 2400), "what two recordings both prove counts once"
    room.activity_remove(second, "登记重了")
    assert told() == (3600, 2400)


def test_seconds_that_would_tell_of_a_hidden_recording_are_left_out(worked: Archive) -> None:
    case = opened(worked, OFFICER)
    first = room_first(worked, case)
    worked.procedure.footage_link(recording(worked, case, 2), FootageDraft(first, start=at(13, 9, 30), end=at(13, 10)))
    worked.database.connection().execute("UPDATE record SET trade = 1 WHERE id = (SELECT record_id FROM component WHERE id = ?)",
                                         (int(recording(worked, case, 2)),))
    worked.database.connection().execute("UPDATE person SET clear_trade = 0 WHERE name = ?", (LEADER,))
    sign_in(worked, LEADER)
    assert worked.statistics.coverage(OCTOBER).whole == Covered(recorded=1, missing=1, seconds=3600)
    sign_in(worked, ARCHIVIST)
    assert worked.statistics.coverage(OCTOBER).whole == Covered(recorded=1, missing=1, seconds=7200, proven=3600)


def room_first(archive: Archive, case: CaseId) -> ActivityId:
    return archive.procedure.activities(case)[0].id


def test_who_moves_counts_for_the_unit_of_each_month(worked: Archive) -> None:
    officer, second = (PersonId(Person.get(Person.name == name).id) for name in (OFFICER, SECOND))
    sign_in(worked, SYSADMIN)
    worked.registers.unit_set(officer, "一中队", date(2026, 1, 1))
    worked.registers.unit_set(second, "一中队", date(2026, 1, 1))
    worked.registers.unit_set(second, "二中队", date(2026, 10, 1))
    sign_in(worked, ARCHIVIST)
    sums = worked.statistics.sums(YEAR)
    assert {(line.unit, line.name): line.covered for line in sums.people if line.covered != Covered()} == {
        ("一中队", OFFICER): TWO, ("一中队", SECOND): NONE}
    assert {line.unit: line.covered for line in sums.units if line.covered != Covered()} == {"一中队": TWO + NONE}
    assert [(month.month, line.unit, line.covered) for month, line in sums.unit_months if line.covered != Covered()] == [
        (9, "一中队", NONE), (10, "一中队", TWO)]
    sign_in(worked, SYSADMIN)
    worked.registers.unit_set(second, "三中队", date(2026, 9, 30))
    sign_in(worked, ARCHIVIST)
    assert ("三中队", SECOND) in {(line.unit, line.name) for line in worked.statistics.sums(YEAR).people}


def test_without_a_unit_the_post_of_the_account_counts(worked: Archive) -> None:
    worked.database.connection().execute("UPDATE person SET post = '检查科' WHERE name = ?", (OFFICER,))
    sign_in(worked, ARCHIVIST)
    assert "检查科" in {line.unit for line in worked.statistics.sums(YEAR).units}
