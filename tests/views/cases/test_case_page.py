"""One case folder: what is seen, and every act on it with its reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktop.policy.verdicts import Standing
from models.terms import RecordId, Stage
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.cases.beside import HISTORY, USE
from views.cases.case_page import CasePage
from views.cases.detail import in_fours


def titles(page: CasePage) -> list[str]:
    return [r.title for r in page.contents.records]


def stand_on(at, title: str) -> None:
    record = next(r for r in at.page.contents.records if r.title == title)
    at.page.contents.choose(record.id)
    at.settle()


def entries(archive, act: str) -> int:
    return archive.database.connection().execute("SELECT count(*) FROM ledger_entry WHERE act = ?", (act,)).fetchone()[0]


def test_the_first_opening_of_a_session_is_in_the_ledger_and_reading_again_is_not(desk, archive):
    at = desk()
    before = entries(archive, "cases.look")
    at.go("case", case=o.case(archive))
    at.press("F5")
    at.go("cases")
    at.go("case", case=o.case(archive))
    assert entries(archive, "cases.look") == before + 1


def test_a_recorder_s_log_that_comes_in_is_read_by_the_case_too(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    at.go("cases")
    assert not page.stale
    at.shell._heard.emit("recorders.log_link")  # done on the page of the rules; its gaps stand in the case
    at.settle()
    assert page.stale


def test_the_head_says_what_the_folder_is(desk, archive):
    case = o.case(o.sign_in(archive, o.ARCHIVIST))
    page = desk().go("case", case=case)
    standings = [one.standing for one in archive.procedure.open_items(case)]
    waiting = standings.count(Standing.UNANSWERED)
    missing = len(standings) - waiting
    assert waiting > 5
    words = ["商业秘密", "个人隐私", *([f"缺 {missing} 项"] if missing else []), f"待答 {waiting} 项"]
    assert page.head.title.full == "未按规定设置会计账簿、编造虚假会计资料案"
    assert [page.head._tags.itemAt(i).widget().words for i in range(page.head._tags.count())] == words
    assert page.contents.counted.full == "9 件"


def test_the_detail_reads_the_digest_in_fours_and_the_finding_in_words(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    stand_on(at, "DSJ0417_断电")
    said = spoken(page.detail)
    assert in_fours(page.detail.record.components[0].sha256) in said
    assert "文件是空的（0 字节）" in said
    stand_on(at, o.RECORDING)
    assert "0:03:00" in spoken(page.detail)
    assert "2026-10-20T09:05:12+08:00" in spoken(page.detail)


def spoken(part) -> str:
    return "\n".join(getattr(w, "words", "") or getattr(w, "full", "") for w in part.findChildren(QLabel))


def test_what_one_may_not_know_is_absent_without_a_gap_in_the_numbers(desk, archive):
    page = desk(o.OUTSIDER).go("case", case=o.case(archive))
    assert len(titles(page)) == 7
    assert [line.number for line in page.contents.model.rows] == list(range(1, 8))
    assert "账簿由谁保管" not in spoken(page)


def test_a_case_one_may_not_know_reads_like_one_that_is_not_there(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    hidden = o.case(archive, o.FILED)
    at = desk(o.OUTSIDER)
    for case in (hidden, 999):
        page = at.go("case", case=case)
        assert page.place.currentWidget() is page.gone
        assert page.gone.accessibleName() == "没有找到。没有这一卷。"


def test_alt_down_moves_a_record_and_the_order_is_saved_with_its_reason(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    before = titles(page)
    at.press("Alt+Down")
    assert titles(page) == [before[1], before[0], *before[2:]]
    assert [r.title for r in archive.cases.folder(case).records] == before
    at.click(page.contents.keep)
    assert page.contents.why.hasFocus()
    at.type("按时间")
    at.press("Return")
    assert [r.title for r in archive.cases.folder(case).records] == titles(page) == [before[1], before[0], *before[2:]]
    assert page.contents.order_bar.isHidden()
    assert page.banner.kind == "good"


def test_an_order_not_saved_can_be_left(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    before = titles(page)
    at.press("Alt+Down")
    at.press("Alt+Down")
    page.contents.drop_order()
    assert titles(page) == before


def test_a_record_is_edited_with_reason_and_label(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    stand_on(at, o.RECORDING)
    at.press("Ctrl+E")
    form = page.edit
    assert form.title_.control.hasFocus()
    form.title_.control.setText("现场检查录像（一）")
    form.label.ticks["trade"].click()
    at.press("Ctrl+Return")
    assert form.why.verdict
    form.reason.setPlainText("画面有报价单")
    at.press("Ctrl+Return")
    record = next(r for r in archive.cases.folder(case).records if r.title.startswith(o.RECORDING))
    assert record.title == "现场检查录像（一）"
    assert record.label.trade
    assert page.detail.isVisible()
    assert page.contents.table.row().record.id == record.id


def test_an_officer_may_edit_but_not_label_and_reads_why(desk, archive):
    at = desk(o.OFFICER)
    page = at.go("case", case=o.case(archive))
    at.click(page.detail.edit)
    assert not page.edit.label.ticks["trade"].isEnabled()
    assert "执法人员" in page.edit.label.accessibleDescription()
    assert page.edit.title_.control.isEnabled()


def test_several_records_move_to_another_stage_and_to_another_case(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    page.contents.table.choose(0)
    at.press("Shift+Down")
    assert len(page.contents.picked()) == 2
    at.click(page.detail.move)
    page.move.stage.control.choose(Stage.DECIDE)
    page.move.reason.setPlainText("归错阶段")
    at.click(page.move.send)
    assert [r.stage for r in archive.cases.folder(case).records][:2] == [Stage.DECIDE, Stage.DECIDE]
    page.contents.table.choose(0)
    first = page.contents.records[0].title
    page.begin_move()
    page.move.number.control.setText(o.INSPECTION)
    page.move.reason.setPlainText("属于另案")
    at.click(page.move.send)
    assert first not in titles(page)
    assert [r.title for r in archive.cases.look(o.case(archive, o.INSPECTION)).records] == [first]


def test_a_case_number_that_leads_nowhere_moves_nothing(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    page.begin_move()
    page.move.number.control.setText("西财罚〔2026〕99号")
    page.move.reason.setPlainText("属于另案")
    at.click(page.move.send)
    assert page.banner.title.plain().startswith("没有找到")
    assert page.move.send.isEnabled()
    assert len(titles(page)) == 9


def test_recordings_in_no_folder_are_put_into_this_one(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    at.press("Ins")
    assert [r.title for r in page.link.model.rows] == ["DSJ0417_20261118", "门头照片"]
    page.link.table.selectAll()
    page.link.reason.setPlainText("补入")
    at.click(page.link.send)
    assert titles(page)[-2:] == ["DSJ0417_20261118", "门头照片"]
    assert archive.cases.unlinked() == ()


def test_filing_is_closed_while_something_is_missing_and_says_what(desk, archive):
    page = desk().go("case", case=o.case(archive, o.BARE))
    assert page.contents.bare.isVisible()
    assert not page.detail.edit.isVisible()
    assert not page.head.file.isEnabled()
    assert "当事人、承办人" in page.head.file.toolTip()
    assert "缺 当事人、承办人" in [page.head._tags.itemAt(i).widget().words for i in range(page.head._tags.count())]


def order_gaps(archive, case) -> None:
    """The leader orders filing with the gaps as they are; the archivist sits on."""
    o.sign_in(archive, o.LEADER)
    archive.procedure.order_filing(case, "按现状归档", o.PASSWORD)
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(case)


def test_the_room_has_the_last_word_on_filing(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    order_gaps(archive, case)
    at.press("F5")
    page.head.file.click()
    archive.cases.edit(case, {"parties": ()}, "撤回当事人")
    at.reason("办结")
    assert page.banner.kind == "refused"
    assert "当事人" in page.banner.title.plain() + page.banner.body.plain()
    assert archive.cases.folder(case).line.filed_at is None


def test_a_filed_folder_is_closed_to_changes(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    order_gaps(archive, case)
    at.press("F5")
    page.head.file.click()
    at.reason("办结")
    assert archive.cases.folder(case).line.filed_at
    for button in (page.head.edit, page.head.file, page.detail.edit, page.detail.move, page.contents.up, page.contents.add):
        assert not button.isEnabled()
        assert "已归档" in button.toolTip()
    assert page.head.ask.isEnabled()


@pytest.mark.parametrize("name", [o.OFFICER, o.LEADER, o.CLERK])
def test_only_an_archivist_files(desk, archive, name):
    page = desk(name).go("case", case=o.case(archive))
    assert not page.head.file.isVisible()


def test_the_chosen_records_go_into_a_request(desk, archive):
    at = desk(o.OFFICER)
    page = at.go("case", case=o.case(archive))
    stand_on(at, o.RECORDING)
    at.press("Shift+Down")
    at.click(page.head.ask)
    assert at.page.name == "request"
    assert [i.record.title for i in at.page.items] == [o.RECORDING, "DSJ0417_断电"]


def test_search_leads_to_the_record(desk, archive):
    at = desk()
    case = o.case(archive)
    wanted = archive.cases.look(case).records[4]
    page = at.go("case", case=case, record=RecordId(wanted.id))
    assert page.contents.table.row().record.title == wanted.title
    page = at.go("case", case=case, record=archive.cases.folder(case).records[0].id)
    assert page.contents.table.row().number == 1


def test_arrows_walk_the_course_of_the_case_and_the_contents_follow(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    assert "调查取证 5 件" in page.line.accessibleName()
    page.line.setFocus()
    page.line.stand_on(None)
    at.press("Right")
    assert page.contents.table.row().record.title == "行政执法立案审批表"
    while not page.line.accessibleDescription().startswith(o.RECORDING):
        at.press("Right")
    assert page.line.accessibleDescription() == "现场检查录像，2026-10-20 09:05–09:08，调查取证"
    assert page.contents.table.row().record.title == o.RECORDING


def test_use_and_history_stand_beside_the_contents(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    at.click(page.sections.group.button(USE))
    assert page.uses.model().cell(page.uses.model().index(0, 0)).text.startswith(o.OFFICER)
    at.click(page.sections.group.button(HISTORY))
    rows = page.changes.model().rows
    assert rows[0].field == "position"
    assert [r.field for r in rows].count("position") == 1


def test_the_page_hears_what_others_do(desk, archive):
    at = desk()
    case = o.case(archive)
    page = at.go("case", case=case)
    archive.cases.edit(case, {"cause": "改过的案由"}, "更正")
    at.settle()
    assert page.head.title.full == "改过的案由"


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    at = desk()

    def build(form: str = "") -> CasePage:
        page = CasePage(archive, bridge, at.shell)
        page.opened(case=o.case(archive))
        at.settle()
        page.contents.choose(page.contents.records[3].id)
        if form:
            getattr(page, form)()
            at.settle()
        return page

    check_page(look, build)
    for form in ("begin_edit", "begin_move", "begin_link"):
        check_page(look, lambda form=form: build(form), [(1440, 900, "comfortable"), (1280, 720, "compact")])
