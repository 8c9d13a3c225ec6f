"""Marking a case: decided item by item by one person, vetoes only by a hand, signed under a key, kept as it was signed."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pikepdf
import pytest

from desktop.archive import Archive
from desktop.policy.scoring import Mark
from desktop.policy.sheet import default_sheet
from desktop.scoring import Decision, RowLine, ScoringView
from desktop.scoring.marking import told_once
from desktop.scoring.paper import score_sheet
from models.base import FieldChange
from models.holdings import Component
from models.people import Person
from models.rulebook import ScoreLine, Scoring
from models.terms import CaseId, ScoringId
from tests.desktop.procedure.kit import last_entry, opened, paper, recording, refused
from tests.office import ARCHIVIST, AUDITOR, CLERK, LEADER, OFFICER, OPEN_CASE, REVIEWER, TRADE_CASE, password_of, sign_in


@pytest.fixture
def begun(office: Archive) -> tuple[Archive, CaseId, ScoringId]:
    case = opened(office, ARCHIVIST)
    return office, case, office.scoring.begin(case)


def row(view: ScoringView, item: str) -> RowLine:
    return next(one for one in view.rows if one.id == item)


def decide_all(archive: Archive, scoring: ScoringId) -> None:
    """Everything that waits for a person is found in order."""
    view = archive.scoring.view(scoring)
    for one in view.waiting:
        if one.block == view.veto_block:
            archive.scoring.confirm_veto(scoring, one.id, False, Decision(reason="核对卷内材料，不成立"))
        else:
            archive.scoring.mark(scoring, one.id, Decision(reason="已核对"))


def test_begun_once_by_one_person_under_the_sheet_in_force(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, case, scoring = begun
    assert last_entry(archive) == ("scoring.begin", "done")
    refused("scoring.begun", archive.scoring.begin, case)
    view = archive.scoring.view(scoring)
    assert (view.line.sheet_version, view.line.person, view.signed, view.mine) == (1, ARCHIVIST, False, True)
    assert len(view.rows) == len(default_sheet().row)
    assert view.provisional
    assert view.total is not None
    assert view.total.as_tuple().exponent == -1
    assert {one.mark for one in view.rows if one.block == view.veto_block} <= {Mark.FULL, Mark.SUSPECTED, Mark.TO_CONFIRM, Mark.PERSONS,
                                                                                Mark.NOT_APPLICABLE}
    assert row(view, "V8").mark is Mark.SUSPECTED, "nothing but recordings is in this case"
    assert "西岗办法" in "".join(p.ground.article for one in view.rows for p in one.places if p.ground)
    assert [line.id for line in archive.scoring.of_case(case)] == [scoring]
    assert archive.scoring.unsigned() == 1


def test_who_may_and_who_may_not(office: Archive) -> None:
    case = opened(office, OFFICER)
    refused("permission.denied", office.scoring.begin, case)
    assert last_entry(office) == ("scoring.begin", "refused")
    for name in (CLERK, AUDITOR):
        sign_in(office, name)
        refused("permission.denied", office.scoring.scorings)
    sign_in(office, REVIEWER)
    refused("cases.not_opened", office.scoring.begin, case)
    office.cases.look(case)
    office.scoring.begin(case)
    sign_in(office, LEADER)
    office.cases.look(case)
    office.scoring.begin(case)
    assert {line.person for line in office.scoring.of_case(case)} == {LEADER, REVIEWER}


def test_who_may_not_know_all_does_not_mark_and_learns_nothing_of_the_case(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    scoring = office.scoring.begin(case)
    trade = office.cases.numbered(TRADE_CASE)
    assert trade is not None
    office.cases.look(trade)
    hidden = office.scoring.begin(trade)
    Person.update(clear_trade=False).where(Person.name == REVIEWER).execute()
    opened(office, REVIEWER)
    refused("scoring.clearance", office.scoring.begin, case)
    refused("scoring.clearance", office.scoring.view, scoring)
    refused("not_found", office.scoring.view, hidden)
    assert [line.case_number for line in office.scoring.scorings()] == [OPEN_CASE]


def test_nobody_marks_a_case_that_they_handle(office: Archive) -> None:
    from models.cases import CaseOfficer

    case = opened(office, ARCHIVIST)
    CaseOfficer.create(case=case, name=ARCHIVIST)
    refused("scoring.own_case", office.scoring.begin, case)


def test_a_deduction_has_points_reason_record_and_place(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, case, scoring = begun
    page, sound = paper(archive, case), archive.cases.folder(case).records[0].id
    Component.update(duration_us=None, pages=4).where(Component.record == page).execute()
    mark = archive.scoring.mark
    refused("change.reason_missing", mark, scoring, "C2", Decision(Decimal("1")))
    for points in ("2.5", "-1", "0.005", "NaN"):
        refused("scoring.points", mark, scoring, "C2", Decision(Decimal(points), "缺"))
    refused("scoring.item_unknown", mark, scoring, "Z9", Decision())
    refused("scoring.veto_item", mark, scoring, "V5", Decision())
    refused("scoring.place_missing", mark, scoring, "C2", Decision(Decimal("1"), "缺", where="3"))
    refused("scoring.place", mark, scoring, "C2", Decision(Decimal("1"), "缺", page, "第三页"))
    refused("scoring.place", mark, scoring, "C2", Decision(Decimal("1"), "缺", page, "3–5"))
    refused("scoring.place", mark, scoring, "C2", Decision(Decimal("1"), "缺", sound, "0:05:00"))
    refused("not_found", mark, scoring, "C2", Decision(Decimal("1"), "缺", type(page)(999)))
    mark(scoring, "C2", Decision(Decimal("0.5"), "未写明裁量档次", sound, "0:00:01 - 0:00:01.5"))
    told = row(archive.scoring.view(scoring), "C2")
    assert told.decided is not None
    assert (told.mark, told.lost, told.decided.where) == (Mark.LOST, Decimal("0.5"), "0:00:01.000–0:00:01.500")
    assert (told.decided.by, told.decided.title) == (ARCHIVIST, archive.cases.folder(case).records[0].title)
    refused("change.reason_missing", mark, scoring, "C2", Decision())
    mark(scoring, "C2", Decision(reason="复看：第 2 页有裁量说明", record=page, where="第2页"))
    changed = row(archive.scoring.view(scoring), "C2")
    assert (changed.mark, changed.lost) == (Mark.FULL, 0)
    assert changed.decided is not None
    assert changed.decided.where == "2"
    history = {one.field: (one.old, one.new) for one in FieldChange.select().where(FieldChange.table_name == ScoreLine._meta.table_name)}
    assert history["lost"] == ("50", "0")
    assert history["where"][1] == "2"
    assert last_entry(archive) == ("scoring.mark", "done")


def test_what_does_not_apply_leaves_the_denominator(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, _case, scoring = begun
    before = archive.scoring.view(scoring)
    refused("change.reason_missing", archive.scoring.mark, scoring, "C2", Decision(applies=False))
    archive.scoring.mark(scoring, "C2", Decision(Decimal("1"), "本案没有裁量", applies=False))
    after = archive.scoring.view(scoring)
    assert row(after, "C2").mark is Mark.NOT_APPLICABLE
    assert row(after, "C2").lost == 0
    assert after.applicable == before.applicable - row(before, "C2").points


def test_a_veto_is_suspected_until_a_person_decides_and_signs(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, _case, scoring = begun
    assert row(archive.scoring.view(scoring), "V8").mark is Mark.SUSPECTED
    refused("scoring.not_veto", archive.scoring.confirm_veto, scoring, "C2", True, Decision(reason="缺"))
    refused("change.reason_missing", archive.scoring.confirm_veto, scoring, "V8", True, Decision())
    refused("change.reason_missing", archive.scoring.confirm_veto, scoring, "V8", False, Decision())
    archive.scoring.confirm_veto(scoring, "V5", False, Decision())
    archive.scoring.confirm_veto(scoring, "V8", True, Decision(reason="全卷没有立案、告知、送达文书"))
    view = archive.scoring.view(scoring)
    assert (row(view, "V8").mark, view.total, view.grade) == (Mark.VETOED, 0, "不合格")
    assert last_entry(archive) == ("scoring.confirm_veto", "done")
    archive.scoring.confirm_veto(scoring, "V8", False, Decision(reason="文书在另卷，已调入"))
    assert row(archive.scoring.view(scoring), "V8").mark is Mark.FULL
    archive.scoring.confirm_veto(scoring, "V8", True, Decision(reason="复核：确无文书"))
    archive.scoring.sign(scoring, password_of(ARCHIVIST))
    line = archive.scoring.scorings()[0]
    assert (line.total, line.grade, line.vetoed, line.sound) == ("0.0", "不合格", ("V8",), True)


def test_signed_it_is_kept_as_it_was_and_never_changes(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, case, scoring = begun
    waiting = archive.scoring.view(scoring).waiting
    assert refused("scoring.items_open", archive.scoring.sign, scoring, password_of(ARCHIVIST)).facts["count"] == len(waiting)
    decide_all(archive, scoring)
    assert not archive.scoring.view(scoring).provisional
    refused("password.wrong", archive.scoring.sign, scoring, "不是这个")
    open_view = archive.scoring.view(scoring)
    archive.scoring.sign(scoring, password_of(ARCHIVIST))
    view = archive.scoring.view(scoring)
    assert view.signed
    assert view.line.sound
    assert view.total == open_view.total
    assert view.line.total == str(view.total)
    assert [(one.id, one.lost, one.mark, one.why, one.places, one.decided) for one in view.rows] == [
        (one.id, one.lost, one.mark, one.why, one.places, one.decided) for one in open_view.rows]
    refused("scoring.signed", archive.scoring.mark, scoring, "C2", Decision(reason="改"))
    refused("scoring.signed", archive.scoring.sign, scoring, password_of(ARCHIVIST))
    paper(archive, case)
    archive.cases.edit_record(archive.cases.folder(case).records[0].id, {"title": "改名"}, "更正")
    assert archive.scoring.view(scoring).rows == view.rows
    again = archive.scoring.begin(case)
    assert archive.scoring.view(again).signed is False


def test_a_result_that_was_touched_is_told_and_not_shown(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, _case, scoring = begun
    decide_all(archive, scoring)
    archive.scoring.sign(scoring, password_of(ARCHIVIST))
    held = Scoring.get_by_id(scoring)
    better = json.loads(held.result) | {"total": "99.0"}
    Scoring.update(result=json.dumps(better, ensure_ascii=False, sort_keys=True)).where(Scoring.id == scoring).execute()
    assert archive.scoring.scorings()[0].sound is False
    refused("scoring.forged", archive.scoring.view, scoring)
    Scoring.update(result=held.result, document=held.document.replace('"got":"', '"got":"9')).where(Scoring.id == scoring).execute()
    refused("scoring.forged", archive.scoring.view, scoring)


def test_another_person_reads_but_does_not_change(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, _case, scoring = begun
    opened(archive, REVIEWER)
    assert archive.scoring.view(scoring).mine is False
    assert refused("scoring.others", archive.scoring.mark, scoring, "C2", Decision(reason="改")).facts["by"] == ARCHIVIST
    refused("scoring.others", archive.scoring.sign, scoring, password_of(REVIEWER))


def test_the_simple_procedure_has_its_subset(office: Archive) -> None:
    from models.cases import CaseFolder

    case = opened(office, ARCHIVIST)
    CaseFolder.update(procedure="simple").where(CaseFolder.id == case).execute()
    scoring = office.scoring.begin(case)
    view = office.scoring.view(scoring)
    assert [one.id for one in view.rows] == default_sheet().simple
    refused("scoring.item_unknown", office.scoring.mark, scoring, "C2", Decision(reason="看"))


def test_the_sheet_is_the_agencys_in_versions(office: Archive) -> None:
    case = opened(office, REVIEWER)
    old = office.scoring.begin(case)
    text = office.scoring.sheet_text(1)
    refused("scoring.sheet_unchanged", office.scoring.sheet_edit, text, "改")
    refused("change.reason_missing", office.scoring.sheet_edit, text + "\n", " ")
    worse = text.replace('title = "优秀"', 'title = ""', 1)
    assert "title" in str(refused("sheet.faulty", office.scoring.sheet_edit, worse, "改").facts["first"])
    assert office.scoring.sheet_mistakes(worse)
    twice = text.replace("format = 1", "format = 1\nformat = 1", 1)
    assert [one.line for one in office.scoring.sheet_mistakes(twice)] == [text.splitlines().index("format = 1") + 2]
    assert office.scoring.sheet_edit(text.replace('title = "优秀"', 'title = "优"', 1), "本局等次名称") == 2
    assert last_entry(office) == ("scoring.sheet_edit", "done")
    assert [(one.version, one.person) for one in office.scoring.sheet_versions()] == [(2, REVIEWER), (1, "")]
    assert office.scoring.sheet(2).grade[0].title == "优"
    assert office.scoring.sheet_version() == 2
    assert office.scoring.view(old).line.sheet_version == 1
    refused("not_found", office.scoring.sheet, 9)
    opened(office, ARCHIVIST)
    refused("permission.denied", office.scoring.sheet_edit, text, "改")
    assert office.scoring.view(office.scoring.begin(case)).line.sheet_version == 2


def test_the_printed_sheet_says_every_item(begun: tuple[Archive, CaseId, ScoringId]) -> None:
    archive, case, scoring = begun
    recording(archive, case)
    archive.scoring.mark(scoring, "C2", Decision(Decimal("1.5"), "未写明裁量档次"))
    view = archive.scoring.view(scoring)
    facts: dict[str, Any] = score_sheet(archive.name, view, "案由", view.line.at, ARCHIVIST)
    rows = {one["id"]: one for part in facts["blocks"] for one in part["rows"]}
    assert set(rows) == {one.id for one in view.rows}
    assert facts["draft"]
    assert (rows["C2"]["lost"], rows["C2"]["standing"]) == ("1.5", "扣分")
    assert "未写明裁量档次" in rows["C2"]["why"]
    assert ARCHIVIST in rows["C2"]["why"]
    assert rows["V8"]["standing"] == "疑似"
    assert any("疑似否决待签认" in line for line in facts["summary"])
    made = archive.scoring.printed(scoring)
    assert last_entry(archive) == ("scoring.print", "done")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) >= 3
    decide_all(archive, scoring)
    archive.scoring.sign(scoring, password_of(ARCHIVIST))
    done = score_sheet(archive.name, archive.scoring.view(scoring), "案由", view.line.at, ARCHIVIST)
    lost = [one for part in done["blocks"] for one in part["rows"] if one["lost"]]
    assert lost
    assert all(ARCHIVIST in one["why"] for one in lost), "every deduction has its person"
    assert done["draft"] == ""
    assert "暂定" not in "".join(done["summary"])


def test_a_filed_case_is_marked_with_the_volume_that_filing_made(office: Archive) -> None:
    from tests.office import let_file

    case = opened(office, ARCHIVIST)
    open_marking = office.scoring.begin(case)
    assert row(office.scoring.view(open_marking), "F2").mark is Mark.TO_CONFIRM
    paper(office, case)
    let_file(office, case)
    opened(office, ARCHIVIST)
    office.cases.file(case, "办结")
    view = office.scoring.view(open_marking)
    assert row(view, "F1").mark is Mark.FULL
    assert row(view, "F3").mark is Mark.FULL
    assert row(view, "F2").mark is Mark.LOST, "no period of keeping is set"
    assert row(view, "F6").mark is Mark.TO_CONFIRM, "who checked it is signed on paper"
    assert any("检查人" in one for one in row(view, "F6").open)


def test_faults_told_in_the_same_words_are_told_once_with_their_number() -> None:
    assert told_once(["移交存储：逾期（西岗办法第十六条）", "立卷：逾期", "移交存储：逾期（西岗办法第十六条）"]) == (
        "移交存储：逾期（西岗办法第十六条），共 2 处", "立卷：逾期")
