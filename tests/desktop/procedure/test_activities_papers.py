"""Activities and papers: entered, corrected with a reason, refused where they cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.archive import Archive
from desktop.procedure import ActivityDraft, FootageDraft, PaperDraft
from models.base import FieldChange
from tests.desktop.procedure.kit import at, last_entry, opened, paper, recording, refused
from tests.office import ARCHIVIST, AUDITOR, CLERK, LEADER, OFFICER, PRIVATE_CASE, SECOND, TRADE_CASE, let_file, sign_in

INSPECTION = ActivityDraft("inspection", at(13, 9), at(13, 11), place="新开路 77 号", officers=(OFFICER, SECOND), traits=frozenset({"contested"}))


def test_an_activity_is_entered_and_read_back(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = office.procedure.activity_add(case, INSPECTION)
    assert last_entry(office) == ("procedure.activity_add", "done")
    line, = office.procedure.activities(case)
    assert (line.id, line.kind, line.start, line.end, line.officers, line.traits) == (
        one, "inspection", at(13, 9), at(13, 11), (OFFICER, SECOND), frozenset({"contested"}))
    assert (line.title, line.stage, line.recorded, line.person) == ("现场检查（勘验）", "investigate", True, OFFICER)
    fact, = office.procedure.facts(case).activities
    assert (fact.kind, fact.start, fact.place) == ("inspection", at(13, 9), "新开路 77 号")
    day = office.procedure.activity_add(case, ActivityDraft("decision", date(2026, 11, 2)))
    assert office.procedure.activities(case)[-1].start == date(2026, 11, 2)
    assert day != one


@pytest.mark.parametrize(("draft", "code"), [
    (ActivityDraft("party"), "procedure.unknown_word"), (ActivityDraft("inspection", traits=frozenset({"odd"})), "procedure.unknown_word"),
    (ActivityDraft("inspection", at(13, 9).replace(year=1970)), "procedure.time_implausible"),
    (ActivityDraft("inspection", at(13, 9).replace(year=2100)), "procedure.time_implausible"),
    (ActivityDraft("inspection", datetime(2026, 10, 13, 9)), "procedure.zone_missing"),
    (ActivityDraft("inspection", at(13, 11), at(13, 9)), "procedure.end_before_start"),
    (ActivityDraft("inspection", date(2026, 10, 14), at(13, 9)), "procedure.end_before_start")])
def test_what_cannot_have_happened_is_refused(office: Archive, draft: ActivityDraft, code: str) -> None:
    case = opened(office, OFFICER)
    refused(code, office.procedure.activity_add, case, draft)
    assert office.procedure.activities(case) == []
    assert last_entry(office) == ("procedure.activity_add", "refused")


def test_a_correction_keeps_what_was_and_why(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = office.procedure.activity_add(case, INSPECTION)
    refused("change.reason_missing", office.procedure.activity_edit, one, {"place": "别处"}, " ")
    refused("procedure.end_before_start", office.procedure.activity_edit, one, {"end": at(13, 8)}, "改")
    refused("procedure.unknown_word", office.procedure.activity_edit, one, {"colour": "red"}, "改")
    office.procedure.activity_edit(one, {"end": at(13, 12), "officers": (OFFICER,)}, "记错了")
    line, = office.procedure.activities(case)
    assert (line.end, line.officers) == (at(13, 12), (OFFICER,))
    kept = {c.field: c.reason for c in FieldChange.select().where(FieldChange.table_name == "case_activity")}
    assert kept == {"end": "记错了", "officers": "记错了"}


def test_an_activity_with_recordings_stays(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = office.procedure.activity_add(case, INSPECTION)
    office.procedure.footage_link(recording(office, case), FootageDraft(one, start=at(13, 9)))
    assert refused("procedure.activity_held", office.procedure.activity_remove, one, "错").facts["count"] == 1
    office.procedure.footage_link(recording(office, case), FootageDraft(start=at(13, 9)), "不是这次")
    office.procedure.activity_remove(one, "重复登记")
    assert office.procedure.activities(case) == []
    refused("not_found", office.procedure.activity_edit, one, {"place": "x"}, "改")


def test_who_may_not(office: Archive) -> None:
    case = opened(office, OFFICER)
    for name in (CLERK, AUDITOR, LEADER):
        sign_in(office, name)
        refused("permission.denied", office.procedure.activity_add, case, INSPECTION)
    sign_in(office, ARCHIVIST)
    hidden = office.cases.numbered(PRIVATE_CASE)
    trade = office.cases.numbered(TRADE_CASE)
    assert hidden is not None
    assert trade is not None
    one = office.procedure.activity_add(trade, INSPECTION)
    sign_in(office, OFFICER)
    refused("not_found", office.procedure.activity_add, hidden, INSPECTION)
    refused("not_found", office.procedure.activity_edit, one, {"place": "x"}, "改")
    refused("cases.not_opened", office.procedure.facts, case)
    refused("not_found", office.procedure.facts, hidden)


def test_a_filed_case_takes_nothing_more(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    one = office.procedure.activity_add(case, INSPECTION)
    record = paper(office, case)
    let_file(office, case)
    office.cases.file(case, "办结")
    refused("cases.filed", office.procedure.activity_add, case, INSPECTION)
    refused("cases.filed", office.procedure.activity_edit, one, {"place": "x"}, "改")
    refused("cases.filed", office.procedure.paper_confirm, record, PaperDraft("询问笔录"))
    refused("cases.filed", office.procedure.answer, case, {"hearing_right": True})
    refused("cases.filed", office.procedure.waive, case, "x", "无")
    refused("cases.filed", office.procedure.retention_set, case, 30, "定")


def test_a_paper_is_confirmed_once_and_corrected_with_a_reason(office: Archive) -> None:
    case = opened(office, OFFICER)
    record = paper(office, case)
    interview = office.procedure.activity_add(case, ActivityDraft("interview", at(14, 9), at(14, 10)))
    draft = PaperDraft("询问笔录", dated=date(2026, 10, 14), activity=interview, signers=frozenset({"party", "officer"}), fields=frozenset({"时间"}),
                       officers=(OFFICER, SECOND), interviewed="王某", start=at(14, 9), end=at(14, 10), pages=3, signed_pages=3)
    before = next(line for line in office.procedure.papers(case) if line.record == record)
    assert before.confirmed is None
    office.procedure.paper_confirm(record, draft)
    line = next(line for line in office.procedure.papers(case) if line.record == record)
    assert line.confirmed == draft
    fact, = office.procedure.facts(case).papers
    assert (fact.id, fact.form, fact.dated, fact.activity, fact.signers) == (str(record), "询问笔录", date(2026, 10, 14), str(interview),
                                                                            frozenset({"party", "officer"}))
    refused("change.reason_missing", office.procedure.paper_confirm, record, PaperDraft("询问笔录", signers=frozenset({"party"})))
    office.procedure.paper_confirm(record, PaperDraft("询问笔录", signers=frozenset({"party"})), "执法人员未签")
    assert office.procedure.facts(case).papers[0].signers == frozenset({"party"})


def test_what_nobody_catalogued_of_a_paper_follows_from_what_was_confirmed(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    record = paper(office, case)

    def catalogued() -> tuple[str | None, str | None]:
        line = next(one for one in office.cases.folder(case).records if one.id == record)
        return line.made_on, line.stage

    draft = PaperDraft("现场检查（勘验）笔录", frozenset({"XG-10-4", "XG-11-1"}), at(13, 23))
    office.procedure.paper_confirm(record, draft)
    assert catalogued() == ("2026-10-13", "investigate")
    office.procedure.paper_confirm(record, replace(draft, dated=date(2026, 10, 14)), "看错日期")
    assert catalogued() == ("2026-10-14", "investigate")
    office.cases.edit_record(record, {"made_on": "2026-10-16", "stage": "decide"}, "编目")
    office.procedure.paper_confirm(record, replace(draft, dated=date(2026, 10, 15)), "再核")
    assert catalogued() == ("2026-10-16", "decide")  # what somebody wrote stays


def test_a_paper_that_cannot_be_so(office: Archive) -> None:
    case = opened(office, OFFICER)
    refused("procedure.no_paper", office.procedure.paper_confirm, office.cases.folder(case).records[0].id, PaperDraft("询问笔录"))
    record = paper(office, case)
    refused("procedure.item_unknown", office.procedure.paper_confirm, record, PaperDraft("询问笔录", frozenset({"nothing-like-it"})))
    refused("procedure.unknown_word", office.procedure.paper_confirm, record, PaperDraft("询问笔录", signers=frozenset({"cat"})))
    refused("procedure.pages_signed", office.procedure.paper_confirm, record, PaperDraft("询问笔录", pages=2, signed_pages=3))
    refused("procedure.end_before_start", office.procedure.paper_confirm, record, PaperDraft("询问笔录", start=at(14, 10), end=at(14, 9)))
    assert office.procedure.facts(case).papers == ()
