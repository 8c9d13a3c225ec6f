"""Case folders: written, changed with a reason, ordered, labelled and filed; and what is refused on the way."""

from __future__ import annotations

import os
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName, PartyName
from desktop.errors import Refusal
from desktop.intake import deposit
from desktop.jobs import Silent
from models.secrecy import Label
from models.terms import CaseId, EnforcementKind, RecordId, Stage
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, PRIVATE_CASE, REVIEWER, SECOND, TRADE_CASE, let_file, sign_in

DRAFT = CaseDraft("西财罚〔2026〕40号", "私设会计账簿案", EnforcementKind.PENALTY, (PartyName("甲公司", True), PartyName("  ")),
                  (OfficerName(OFFICER, "LN-0412"),), started_on="2026-11-02", place="西岗区", note="初查")


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as no:
        call(*args, **kwargs)
    assert no.value.code == code
    return no.value


def case(archive: Archive, number: str = OPEN_CASE) -> CaseId:
    found = archive.cases.numbered(number)
    assert found is not None
    return found


def records(archive: Archive, number: str = OPEN_CASE) -> list[RecordId]:
    return [r.id for r in archive.cases.look(case(archive, number)).records]


def newest_entry(archive: Archive) -> tuple[str, str]:
    row = archive.database.connection().execute("SELECT act, outcome FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchall()[0]
    return str(row[0]), str(row[1])


def test_a_new_case_has_what_was_written(office: Archive) -> None:
    sign_in(office, OFFICER)
    folder = office.cases.look(office.cases.create(DRAFT))
    line = folder.line
    assert (line.case_number, line.cause, line.kind, line.stage) == (DRAFT.case_number, DRAFT.cause, DRAFT.kind, Stage.START)
    assert folder.parties == (PartyName("甲公司", True),)
    assert folder.officers == (OfficerName(OFFICER, "LN-0412"),)
    assert (folder.place, folder.note, folder.profile, line.started_on) == ("西岗区", "初查", "xigang-finance", "2026-11-02")
    assert office.search.find("私设会计账簿").hits[0].case == line.id


def test_what_cannot_be_created(office: Archive) -> None:
    sign_in(office, OFFICER)
    refused("cases.number_missing", office.cases.create, CaseDraft("  ", "因", EnforcementKind.OTHER))
    refused("cases.number_taken", office.cases.create, CaseDraft(f" {OPEN_CASE} ", "因", EnforcementKind.OTHER))
    refused("cases.state_secret", office.cases.create, CaseDraft("一号", "因", EnforcementKind.OTHER, label=Label(1)))
    refused("cases.beyond_clearance", office.cases.create, CaseDraft("一号", "因", EnforcementKind.OTHER, label=Label(trade=True)))
    assert newest_entry(office) == ("cases.create", "refused")
    sign_in(office, CLERK)
    refused("permission.denied", office.cases.create, DRAFT)
    assert office.cases.count() == 1


def test_every_field_keeps_its_history_and_reason(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    one = case(office)
    changes = {"case_number": "西财检〔2026〕9-1号", "cause": "会计信息质量专项检查", "kind": EnforcementKind.COLLECTION, "stage": Stage.DECIDE,
               "started_on": "2026-10-13", "ended_on": "2026-11-20", "place": "大连", "note": "补正", "label": Label(privacy=True),
               "parties": (PartyName("乙公司", True), PartyName("丙")), "officers": (OfficerName(SECOND, "LN-0417"),)}
    office.cases.edit(one, changes, "  笔误更正 ")
    history = office.cases.history(one)
    assert {line.reason for line in history} == {"笔误更正"}
    assert {line.person for line in history} == {ARCHIVIST}
    told = {line.field: (line.old, line.new) for line in history}
    assert told == {
        "case_number": (OPEN_CASE, "西财检〔2026〕9-1号"), "cause": ("会计信息质量检查", "会计信息质量专项检查"),
        "kind": ("inspection", "collection"),
        "stage": ("start", "decide"), "started_on": ("2026-10-12", "2026-10-13"), "ended_on": (None, "2026-11-20"), "place": ("", "大连"),
        "note": ("", "补正"), "privacy": ("false", "true"), "parties": ("大连和润商贸有限公司", "乙公司、丙"),
        "officers": (f"{OFFICER}、{SECOND}", SECOND)}
    folder = office.cases.folder(one) if office.cases.look(one) else None
    assert folder is not None
    assert folder.label.privacy
    assert [p.name for p in folder.parties] == ["乙公司", "丙"]
    assert office.search.find("专项检查").hits[0].case == one
    assert office.search.find("大连和润").hits == ()


def test_a_change_needs_a_reason_and_a_change(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    one = case(office)
    refused("change.reason_missing", office.cases.edit, one, {"cause": "另一案由"}, "   ")
    office.cases.edit(one, {"cause": "会计信息质量检查", "case_number": f"  {OPEN_CASE}  "}, "没有变化")
    assert office.cases.history(one) == []
    refused("cases.number_taken", office.cases.edit, one, {"case_number": TRADE_CASE}, "改号")
    refused("cases.number_missing", office.cases.edit, one, {"case_number": " "}, "改号")
    refused("cases.state_secret", office.cases.edit, one, {"label": Label(2)}, "定密")


def test_nobody_labels_beyond_what_they_may_know(office: Archive) -> None:
    sign_in(office, OFFICER)
    one = case(office)
    refused("cases.beyond_clearance", office.cases.edit, one, {"label": Label(privacy=True)}, "含隐私")
    refused("permission.denied", office.cases.label, records(office)[0], Label(), "定密")
    sign_in(office, REVIEWER)
    record = records(office)[0]
    refused("cases.state_secret", office.cases.label, record, Label(3), "定密")
    office.cases.label(record, Label(trade=True), "含经营数据")
    sign_in(office, OFFICER)
    assert record not in records(office)
    refused("not_found", office.cases.edit_record, record, {"title": "新题名"}, "看得见吗")
    assert newest_entry(office) == ("records.edit", "refused")
    assert len(records(office)) == 2
    assert [r.position for r in office.cases.look(case(office)).records] == [1, 2]


def test_the_order_of_the_contents(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    one, before = case(office), records(office)
    office.cases.order(one, before[::-1], "按时间")
    assert records(office) == before[::-1]
    (line,) = office.cases.history(one)
    assert (line.field, line.subject, line.reason) == ("position", "", "按时间")
    assert line.old == "、".join(reversed(str(line.new).split("、")))
    refused("cases.order_stale", office.cases.order, one, before[:2], "少一件")
    refused("cases.order_stale", office.cases.order, one, [*before, RecordId(999)], "多一件")
    refused("cases.order_stale", office.cases.order, case(office, TRADE_CASE), before, "别的案卷")
    refused("change.reason_missing", office.cases.order, one, before, " ")
    assert records(office) == before[::-1]


def test_ordering_what_one_sees_leaves_the_hidden_where_it_was(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    first, second, third = records(office)
    office.cases.label(second, Label(trade=True), "含经营数据")
    sign_in(office, OFFICER)
    office.cases.order(case(office), [third, first], "倒过来")
    sign_in(office, ARCHIVIST)
    assert records(office) == [third, second, first]


def test_records_move_between_cases_and_come_to_the_end(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    first, second, third = records(office)
    office.cases.move([first, second], case(office, TRADE_CASE), Stage.INVESTIGATE, "归入本案")
    assert records(office) == [third]
    there = office.cases.look(case(office, TRADE_CASE)).records
    assert [(r.id, r.stage) for r in there] == [(first, Stage.INVESTIGATE), (second, Stage.INVESTIGATE)]
    office.cases.move([third], case(office, TRADE_CASE), None, "归入本案")
    assert records(office, TRADE_CASE) == [first, second, third]
    sign_in(office, OFFICER)
    assert office.search.find("现场检查笔录").hits == ()
    refused("not_found", office.cases.move, [first], case(office), None, "拿回来")
    refused("not_found", office.cases.move, [], CaseId(2), None, "不可见的案卷")


def test_a_record_is_edited_with_its_history(office: Archive) -> None:
    sign_in(office, OFFICER)
    record = records(office)[0]
    changes = {"title": "现场检查录像（补）", "stage": Stage.INVESTIGATE, "made_on": "2026-10-14", "filed_at": "never"}
    office.cases.edit_record(record, changes, "补题名")
    line = office.cases.look(case(office)).records[0]
    assert (line.title, line.stage, line.made_on, line.filed_at) == ("现场检查录像（补）", Stage.INVESTIGATE, "2026-10-14", None)
    assert {h.field for h in office.cases.history(case(office))} == {"title", "stage", "made_on"}
    assert [h.record for h in office.search.find("检查录像（补）").hits] == [record]


@pytest.mark.parametrize(("changes", "missing"), [({"parties": ()}, "当事人"), ({"officers": ()}, "承办人"), (
    {"officers": (OfficerName(OFFICER), OfficerName(SECOND, "LN-0417"))}, "执法证号"), ({"parties": (), "officers": ()}, "当事人、承办人")])
def test_a_case_is_not_filed_while_something_is_missing(office: Archive, changes: dict[str, Any], missing: str) -> None:
    sign_in(office, ARCHIVIST)
    one = case(office)
    office.cases.edit(one, changes, "改")
    assert refused("cases.file_incomplete", office.cases.file, one, "归档").facts == {"missing": missing}


def test_a_filed_case_is_closed_to_changes(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    one, contents = case(office), records(office)
    let_file(office, one)
    refused("change.reason_missing", office.cases.file, one, "")
    office.cases.file(one, "材料齐全")
    line = office.cases.look(one).line
    assert line.filed_at
    assert line.stage is Stage.FILE
    assert all(r.filed_at for r in office.cases.look(one).records)
    refused("cases.filed", office.cases.edit, one, {"cause": "改"}, "改")
    refused("cases.filed", office.cases.file, one, "再归")
    refused("cases.filed", office.cases.move, [], one, None, "加")
    refused("cases.filed", office.cases.order, one, contents[::-1], "改")
    refused("records.filed", office.cases.edit_record, contents[0], {"title": "改"}, "改")
    refused("records.filed", office.cases.label, contents[0], Label(), "改")
    refused("records.filed", office.cases.move, [contents[0]], case(office, PRIVATE_CASE), None, "移走")
    refused("cases.filed", deposit, office, [os.fsencode(__file__)], one, Label(), Silent())


def test_the_opening_of_a_folder_is_recorded_once_and_asked_before_reading_again(office: Archive) -> None:
    sign_in(office, LEADER)
    one = case(office)
    refused("cases.not_opened", office.cases.folder, one)
    office.cases.look(one)
    assert newest_entry(office) == ("cases.look", "done")
    size = office.ledger_state().size
    office.cases.folder(one)
    assert office.ledger_state().size == size
    sign_in(office, LEADER)
    refused("cases.not_opened", office.cases.folder, one)


def test_unlinked_records_are_those_of_no_case(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    assert office.cases.unlinked() == ()
    folder = office.paths.root.parent / "card"
    folder.mkdir()
    (folder / "散件.bin").write_bytes(b"loose")
    (folder / "散件二.bin").write_bytes(b"loose too")
    deposit(office, [os.fsencode(folder)], None, Label(privacy=True), Silent())
    assert [r.title for r in office.cases.unlinked()] == ["散件", "散件二"]
    assert len(office.cases.unlinked(limit=1)) == 1
    sign_in(office, OFFICER)
    assert office.cases.unlinked() == ()
    sign_in(office, ARCHIVIST)
    office.cases.move([office.cases.unlinked()[0].id], case(office, PRIVATE_CASE), None, "归入本案")
    assert [r.title for r in office.cases.unlinked()] == ["散件二"]
