"""The end of a case: signed, taken back; filing held up by what is open, and a leader's order that stays visible."""

from __future__ import annotations

from datetime import date

from desktop.archive import Archive
from desktop.jobs import Silent
from models.procedure import CaseEnding, FilingOrder
from tests.desktop.procedure.kit import clock_row, last_entry, opened, refused
from tests.office import ARCHIVIST, AUDITOR, CLERK, LEADER, OFFICER, REVIEWER, password_of, sign_in


def test_the_end_is_signed_and_can_be_taken_back(office: Archive) -> None:
    case = opened(office, OFFICER)
    word = password_of(OFFICER)
    refused("procedure.unknown_word", office.procedure.case_end, case, "tired", date(2026, 11, 1), word)
    refused("procedure.end_ahead", office.procedure.case_end, case, "performed", date(2031, 11, 1), word)
    refused("procedure.time_implausible", office.procedure.case_end, case, "performed", date(1971, 11, 1), word)
    refused("password.wrong", office.procedure.case_end, case, "performed", date(2026, 11, 1), "不是它")
    assert last_entry(office) == ("procedure.case_end", "refused")
    office.procedure.case_end(case, "performed", date(2026, 11, 1), word)
    one, = office.procedure.endings(case)
    assert (one.kind, one.on, one.person, one.sound, one.withdrawn_at) == ("performed", date(2026, 11, 1), OFFICER, True, None)
    ended = office.procedure.facts(case).case_end
    assert ended is not None
    assert (ended.kind, ended.on, ended.signed_by) == ("performed", date(2026, 11, 1), OFFICER)
    filing = clock_row(office, case, "filing")
    assert filing
    assert {row[2] for row in filing} == {"2026-11-01"}
    refused("procedure.ended_already", office.procedure.case_end, case, "performed", date(2026, 11, 1), word)
    refused("change.reason_missing", office.procedure.case_end_withdraw, case, "")
    office.procedure.case_end_withdraw(case, "罚款尚未缴清")
    assert office.procedure.facts(case).case_end is None
    assert {row[2] for row in clock_row(office, case, "filing")} == {None}
    office.procedure.case_end(case, "closed_approved", date(2026, 11, 3), word)
    assert [line.withdrawn_at is None for line in office.procedure.endings(case)] == [True, False]


def test_an_altered_end_is_not_sound(office: Archive) -> None:
    case = opened(office, OFFICER)
    office.procedure.case_end(case, "performed", date(2026, 11, 1), password_of(OFFICER))
    CaseEnding.update(on="2026-11-09").execute()
    assert [one.sound for one in office.procedure.endings(case)] == [False]


def test_filing_waits_for_every_must_or_for_a_signed_order(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    missing = office.procedure.open_items(case)
    assert missing
    no = refused("cases.items_open", office.cases.file, case, "归档")
    assert missing[0].title in str(no.facts["missing"])
    assert missing[0].ground.article in str(no.facts["missing"])
    refused("permission.denied", office.procedure.order_filing, case, "按现状归档", password_of(ARCHIVIST))
    sign_in(office, LEADER)
    refused("change.reason_missing", office.procedure.order_filing, case, " ", password_of(LEADER))
    refused("password.wrong", office.procedure.order_filing, case, "按现状归档", "不是它")
    office.procedure.order_filing(case, "当事人下落不明，按现状归档", password_of(LEADER))
    sign_in(office, ARCHIVIST)
    office.cases.file(case, "按负责人决定归档")
    office.cases.look(case)
    order, = office.procedure.filing_orders(case)
    assert order.sound
    assert {gap[0] for gap in order.gaps} == {item.id for item in missing}
    assert order.gaps[0][2] == missing[0].ground.article
    assert {item.id for item in office.procedure.open_items(case)} == {item.id for item in missing}
    assert office.procedure.facts(case).filed is not None
    assert all(row[4] is None for topic in ("filing", "deposit") for row in clock_row(office, case, topic))


def test_an_order_covers_only_the_gaps_that_it_names(office: Archive) -> None:
    case = opened(office, LEADER)
    office.procedure.order_filing(case, "按现状归档", password_of(LEADER))
    row = FilingOrder.get()
    FilingOrder.update(gaps=row.gaps.replace("[[", '[["made-up", "x", "y"], [', 1)).execute()
    assert [one.sound for one in office.procedure.filing_orders(case)] == [False]
    sign_in(office, ARCHIVIST)
    refused("cases.items_open", office.cases.file, case, "归档")


def test_nobody_orders_their_own_case_filed(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    from desktop.cases import OfficerName

    office.cases.edit(case, {"officers": (OfficerName(LEADER, "LN-1"),)}, "改由负责人承办")
    sign_in(office, LEADER)
    refused("procedure.own_case", office.procedure.order_filing, case, "按现状归档", password_of(LEADER))
    for name in (CLERK, REVIEWER):
        sign_in(office, name)
        refused("permission.denied", office.procedure.order_filing, case, "按现状归档", password_of(name))


def test_the_ledger_answers_for_all_of_it(office: Archive) -> None:
    case = opened(office, OFFICER)
    office.procedure.case_end(case, "performed", date(2026, 11, 1), password_of(OFFICER))
    sign_in(office, LEADER)
    office.procedure.order_filing(case, "按现状归档", password_of(LEADER))
    sign_in(office, AUDITOR)
    assert office.audit.verify(Silent()).findings == ()
