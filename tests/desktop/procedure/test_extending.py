"""延长 in the archive: entered as approved, its clock longer at once; refused with the article where that does not allow it; taken back."""

from __future__ import annotations

from datetime import date

from desktop.archive import Archive
from desktop.procedure import ActivityDraft
from models.base import FieldChange
from models.facts import Extension
from models.terms import CaseId
from tests.desktop.procedure.kit import at, clock_row, last_entry, opened, refused
from tests.office import ARCHIVIST, CLERK, OFFICER, sign_in

RULE = "QZ-25-1"  # 查封 30 日, 可延长 30 日


def sealed(archive: Archive, day: int = 26) -> tuple[CaseId, str]:
    """The office's open case with something sealed on that day of October; the activity as the subject of its limit."""
    case = opened(archive, OFFICER)
    one = archive.procedure.activity_add(case, ActivityDraft("seal", at(day, 9), at(day, 10)))
    return case, str(one)


def due_days(archive: Archive, case: CaseId) -> list[str]:
    return [row[3][:10] for row in clock_row(archive, case, "seizure")]


def test_an_approved_extension_is_counted_at_once_and_taken_back(office: Archive) -> None:
    case, seal = sealed(office)
    assert due_days(office, case) == ["2026-11-25"]
    office.procedure.extend_limit(case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂")
    assert last_entry(office) == ("procedure.extend_limit", "done")
    assert due_days(office, case) == ["2026-12-25"]
    assert office.procedure.facts(case).extensions == (Extension(RULE, 30, "day", "陈局", date(2026, 11, 10), "情况复杂"),)
    clock, = (one for one in office.procedure.answers(case).clocks if one.ground.rule == RULE)
    assert any("经陈局批准延长30日" in step.words for step in clock.steps if step.kind == "extended")
    refused("change.reason_missing", office.procedure.extension_withdraw, case, RULE, " ")
    office.procedure.extension_withdraw(case, RULE, "决定已撤销")
    assert last_entry(office) == ("procedure.extension_withdraw", "done")
    assert due_days(office, case) == ["2026-11-25"]
    assert office.procedure.facts(case).extensions == ()
    line, = office.procedure.extensions(case)
    assert (line.what, line.reason, line.person, line.ended_at is None) == (RULE, "情况复杂", OFFICER, False)
    assert line.facts == {"number": 30, "unit": "day", "by": "陈局", "on": "2026-11-10", "subject": ""}
    assert FieldChange.select().where((FieldChange.table_name == "limit_extension") & (FieldChange.field == "withdrawn_at")).count() == 1
    refused("not_found", office.procedure.extension_withdraw, case, RULE, "再撤")
    assert seal


def test_what_the_article_does_not_allow_is_refused_with_it(office: Archive) -> None:
    case, _seal = sealed(office)
    extend, day = office.procedure.extend_limit, date(2026, 11, 10)
    refused("procedure.rule_unknown", extend, case, "no-such-rule", 30, "陈局", day, "情况复杂")
    assert refused("procedure.extension_closed", extend, case, "CF-60", 30, "陈局", day, "情况复杂").facts["article"] == "行政处罚法第六十条"
    assert refused("procedure.extension_unapproved", extend, case, RULE, 30, " ", day, "情况复杂").facts["approver"] == "行政机关负责人"
    refused("change.reason_missing", extend, case, RULE, 30, "陈局", day, " ")
    refused("procedure.extension_ahead", extend, case, RULE, 30, "陈局", date(2026, 12, 1), "情况复杂")
    refused("procedure.time_implausible", extend, case, RULE, 30, "陈局", date(1970, 1, 1), "情况复杂")
    why = refused("procedure.extension_refused", extend, case, RULE, 31, "陈局", day, "情况复杂").facts["why"]
    assert "行政强制法第二十五条延长不得超过30日" in str(why)
    assert "还没有开始" in str(refused("procedure.extension_refused", extend, case, RULE, 30, "陈局", date(2026, 10, 20), "情况复杂").facts["why"])
    assert last_entry(office) == ("procedure.extend_limit", "refused")
    extend(case, RULE, 20, "陈局", day, "情况复杂")
    assert "此前已延长20日" in str(refused("procedure.extension_refused", extend, case, RULE, 20, "陈局", day, "情况复杂").facts["why"])
    extend(case, RULE, 10, "陈局", day, "情况复杂")
    assert due_days(office, case) == ["2026-12-25"]


def test_an_extension_after_the_limit_was_over_is_refused(office: Archive) -> None:
    case, _seal = sealed(office, 12)
    no = refused("procedure.extension_refused", office.procedure.extend_limit, case, RULE, 30, "陈局", date(2026, 11, 12), "情况复杂")
    assert "期限已于2026年11月11日（星期三）届满" in str(no.facts["why"])


def test_of_two_sealings_the_one_that_is_meant_is_named(office: Archive) -> None:
    case, first = sealed(office, 26)
    second = str(office.procedure.activity_add(case, ActivityDraft("seal", at(27, 9), at(27, 10))))
    no = refused("procedure.extension_refused", office.procedure.extend_limit, case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂")
    assert "没有写明是哪一个" in str(no.facts["why"])
    office.procedure.extend_limit(case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂", subject=second)
    assert {row[1]: row[3][:10] for row in clock_row(office, case, "seizure")} == {first: "2026-11-25", second: "2026-12-28"}
    refused("not_found", office.procedure.extension_withdraw, case, RULE, "写错", subject=first)


def test_what_does_not_run_cannot_be_extended_and_who_may_not_does_not(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    no = refused("procedure.extension_nothing", office.procedure.extend_limit, case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂")
    assert no.facts["article"] == "行政强制法第二十五条"
    sign_in(office, CLERK)
    refused("permission.denied", office.procedure.extend_limit, case, RULE, 30, "陈局", date(2026, 11, 10), "情况复杂")
    refused("permission.denied", office.procedure.extension_withdraw, case, RULE, "写错")
