"""不计入期间 in the archive: entered, its clock longer at once, corrected with its history, taken back; refused with the article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.archive import Archive
from desktop.procedure import ActivityDraft, SuspensionDraft
from models.base import FieldChange
from models.facts import Suspension
from models.terms import CaseId
from tests.desktop.procedure.kit import at, clock_row, last_entry, opened, refused
from tests.desktop.procedure.test_extending import due_days, sealed
from tests.office import ARCHIVIST, CLERK, OFFICER, sign_in

RULE = "QZ-25-1"  # 查封 30 日；检测、检验、检疫、技术鉴定的期间不包括在内
TESTING = SuspensionDraft("testing", date(2026, 10, 28), date(2026, 11, 4), "检测委托书〔2026〕3号", "光明饭店", date(2026, 10, 28))


def paused(archive: Archive, case: CaseId) -> list[bool]:
    rows = archive.database.connection().execute("SELECT paused FROM case_clock WHERE case_id = ? AND topic = 'seizure'", (int(case),))
    return [bool(row[0]) for row in rows]


def test_a_stretch_is_left_out_at_once_corrected_and_taken_back(office: Archive) -> None:
    """Sealed on Monday 26 October: 30 days are 25 November; the testing from 28 October to 4 November leaves out seven."""
    case, _seal = sealed(office)
    one = office.procedure.suspend_limit(case, RULE, TESTING)
    assert last_entry(office) == ("procedure.suspend_limit", "done")
    assert due_days(office, case) == ["2026-12-02"]
    fact, = office.procedure.facts(case).suspensions
    assert fact == Suspension(RULE, "testing", date(2026, 10, 28), date(2026, 11, 4), "检测委托书〔2026〕3号", "光明饭店", date(2026, 10, 28))
    clock, = (one for one in office.procedure.answers(case).clocks if one.ground.rule == RULE)
    told = "\n".join(step.words for step in clock.steps)
    assert "10月29日至11月4日 检测，7日不计入（行政强制法第二十五条第三款）" in told
    later = replace(TESTING, end=date(2026, 11, 6))
    refused("change.reason_missing", office.procedure.suspension_edit, case, one, later, " ")
    office.procedure.suspension_edit(case, one, later, "检测报告6日才收到")
    assert last_entry(office) == ("procedure.suspension_edit", "done")
    assert due_days(office, case) == ["2026-12-04"]
    change, = FieldChange.select().where(FieldChange.table_name == "limit_suspension")
    assert (change.field, change.old, change.new, change.reason) == ("end", "2026-11-04", "2026-11-06", "检测报告6日才收到")
    refused("change.reason_missing", office.procedure.suspension_withdraw, case, one, " ")
    office.procedure.suspension_withdraw(case, one, "登记错案件")
    assert last_entry(office) == ("procedure.suspension_withdraw", "done")
    assert due_days(office, case) == ["2026-11-25"]
    assert office.procedure.facts(case).suspensions == ()
    line, = office.procedure.suspensions(case)
    assert (line.rule, line.draft, line.person, line.withdrawn_at is None) == (RULE, later, OFFICER, False)
    refused("not_found", office.procedure.suspension_withdraw, case, one, "再撤")
    refused("not_found", office.procedure.suspension_edit, case, one, TESTING, "再改")


def test_a_stretch_that_lasts_stops_the_alarm_until_its_end_is_entered(office: Archive) -> None:
    case, _seal = sealed(office)
    one = office.procedure.suspend_limit(case, RULE, replace(TESTING, end=None))
    assert paused(office, case) == [True]
    assert not any(line.rule == RULE for line in office.procedure.due())
    office.procedure.suspension_edit(case, one, TESTING, "检测结束")
    assert paused(office, case) == [False]
    assert any(line.rule == RULE for line in office.procedure.due())
    assert due_days(office, case) == ["2026-12-02"]


def test_what_the_article_does_not_leave_out_is_refused_with_it(office: Archive) -> None:
    case, _seal = sealed(office)
    leave = office.procedure.suspend_limit
    refused("procedure.rule_unknown", leave, case, "no-such-rule", TESTING)
    assert refused("procedure.suspension_closed", leave, case, "CF-60", TESTING).facts["article"] == "行政处罚法第六十条"
    refused("procedure.unknown_word", leave, case, RULE, replace(TESTING, kind="tasting"))
    no = refused("procedure.suspension_kind", leave, case, RULE, replace(TESTING, kind="hearing"))
    assert no.facts == {"kind": "听证", "article": "行政强制法第二十五条第三款", "known": "检测、检验、检疫、技术鉴定"}
    refused("change.reason_missing", leave, case, RULE, replace(TESTING, reason=" "))
    for untold in (replace(TESTING, told=" "), replace(TESTING, told_on=None)):
        assert refused("procedure.suspension_untold", leave, case, RULE, untold).facts["whom"] == "当事人"
    refused("procedure.time_implausible", leave, case, RULE, replace(TESTING, start=date(1970, 1, 1)))
    refused("procedure.suspension_order", leave, case, RULE, replace(TESTING, end=date(2026, 10, 27)))
    refused("procedure.suspension_ahead", leave, case, RULE, replace(TESTING, start=date(2026, 12, 1), end=None))
    refused("procedure.suspension_ahead", leave, case, RULE, replace(TESTING, told_on=date(2026, 12, 1)))
    before = refused("procedure.suspension_refused", leave, case, RULE, replace(TESTING, start=date(2026, 10, 20)))
    assert "期限自2026年10月26日（星期一）才开始" in str(before.facts["why"])
    assert office.procedure.suspensions(case) == []
    assert last_entry(office) == ("procedure.suspend_limit", "refused")


def test_days_are_left_out_once_whichever_stretch_is_entered_first(office: Archive) -> None:
    """强制法§25(3) leaves out every day of either test, and a day of both once: the second adds the days that it has alone."""
    case, _seal = sealed(office)
    one = office.procedure.suspend_limit(case, RULE, TESTING)
    within = replace(TESTING, kind="inspection", start=date(2026, 10, 30), end=date(2026, 11, 2))
    assert "重叠" in str(refused("procedure.suspension_refused", office.procedure.suspend_limit, case, RULE, within).facts["why"])
    over = replace(TESTING, kind="inspection", start=date(2026, 11, 2), end=date(2026, 11, 9))
    office.procedure.suspend_limit(case, RULE, over)
    assert due_days(office, case) == ["2026-12-07"]
    office.procedure.suspension_edit(case, one, replace(TESTING, end=date(2026, 11, 5)), "晚一天")
    assert due_days(office, case) == ["2026-12-07"]


def test_a_stretch_after_the_limit_was_over_is_refused(office: Archive) -> None:
    case, _seal = sealed(office, 12)
    late = replace(TESTING, start=date(2026, 11, 12), end=None)
    assert "期限已于2026年11月11日（星期三）届满" in str(
        refused("procedure.suspension_refused", office.procedure.suspend_limit, case, RULE, late).facts["why"])


def test_of_two_sealings_the_one_that_is_meant_is_named(office: Archive) -> None:
    case, first = sealed(office, 26)
    second = str(office.procedure.activity_add(case, ActivityDraft("seal", at(27, 9), at(27, 10))))
    assert "没有写明属于哪一个" in str(refused("procedure.suspension_refused", office.procedure.suspend_limit, case, RULE, TESTING).facts["why"])
    office.procedure.suspend_limit(case, RULE, TESTING, subject=second)
    assert {row[1]: row[3][:10] for row in clock_row(office, case, "seizure")} == {first: "2026-11-25", second: "2026-12-03"}


def test_what_does_not_run_leaves_nothing_out_and_who_may_not_does_not(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    no = refused("procedure.suspension_nothing", office.procedure.suspend_limit, case, RULE, TESTING)
    assert no.facts["article"] == "行政强制法第二十五条"
    sign_in(office, CLERK)
    refused("permission.denied", office.procedure.suspend_limit, case, RULE, TESTING)
    refused("permission.denied", office.procedure.suspension_edit, case, 1, TESTING, "写错")
    refused("permission.denied", office.procedure.suspension_withdraw, case, 1, "写错")


def test_what_was_corrected_and_taken_back_stands_in_the_history_of_the_folder(office: Archive) -> None:
    case, _seal = sealed(office)
    one = office.procedure.suspend_limit(case, RULE, TESTING)
    office.procedure.extend_limit(case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂")
    other = office.procedure.suspend_limit(case, RULE, replace(TESTING, kind="inspection", start=date(2026, 11, 5), end=date(2026, 11, 6)))
    office.procedure.suspension_edit(case, one, replace(TESTING, end=date(2026, 11, 5)), "检测报告5日才收到")
    office.procedure.suspension_edit(case, other, replace(TESTING, start=date(2026, 11, 5), end=date(2026, 11, 6)), "实为检测")
    office.procedure.suspension_withdraw(case, one, "登记错案件")
    office.procedure.extension_withdraw(case, RULE, "决定已撤销")
    sign_in(office, ARCHIVIST)
    told = [(line.subject, line.field, line.old, line.new, line.reason, line.person) for line in office.cases.history(case)
            if line.field.startswith(("suspension.", "extension."))]
    assert [(*line[:2], *line[4:]) for line in told] == [
        ("查封的期限：延长", "extension.withdrawn_at", "决定已撤销", OFFICER), ("查封的期限：检测", "suspension.withdrawn_at", "登记错案件", OFFICER),
        ("查封的期限：检测", "suspension.kind", "实为检测", OFFICER), ("查封的期限：检测", "suspension.end", "检测报告5日才收到", OFFICER)]
    assert told[2][2:4] == ("inspection", "testing")
    assert told[3][2:4] == ("2026-11-04", "2026-11-05")
