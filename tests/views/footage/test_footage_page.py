"""The page of recordings: activities by keys, one key to link, corrections with their reason, gaps explained, sheets filled in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.jobs import Silent
from desktop.policy.profile import profile
from desktop.procedure import FootageDraft
from desktop.procedure.recorder_logs import import_log
from desktop.procedure.times import written
from models.facts import Gap
from models.holdings import Component
from models.terms import StatementKind
from tests.views import office as o
from tests.views.approvals.sitting import grant
from tests.views.footage.conftest import at, enter
from tests.views.lookcheck import check_page
from tests.views.walk import Desk
from views.common import Para
from views.common.dialogs import PasswordAgain
from views.footage.page import COVERAGE, RECORDING, STATEMENTS, FootagePage


@pytest.fixture
def told(archive):
    """The case with its activities entered, nothing linked."""
    return enter(archive)


def open_page(desk, told, name: str = o.ARCHIVIST) -> tuple[object, FootagePage]:
    at_desk = desk(name)
    return at_desk, at_desk.go("footage", case=told[0])


def line_of(archive, case, title: str = o.RECORDING):
    return next(one for one in archive.procedure.footage(case) if one.title == title)


def choose(at_desk, page: FootagePage, title: str) -> None:
    rows = page.recordings.model().rows
    page.recordings.choose(next(n for n, one in enumerate(rows) if one.title == title))
    page.recordings.setFocus()
    at_desk.settle()


def link_both(archive, told) -> None:
    """The inspection with a gap of thirty seconds: 09:05:00–09:08:00, 09:08:30–09:09:12."""
    case, inspection, _hearing = told
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(case)
    room = archive.procedure
    room.footage_link(line_of(archive, case).component, FootageDraft(inspection, start=at(9, 5)))
    room.footage_link(line_of(archive, case, "送达录像").component, FootageDraft(inspection, start=at(9, 8, 30)))


def test_an_activity_is_entered_from_the_keyboard(desk, archive, told) -> None:
    at_desk, page = open_page(desk, told)
    at_desk.press("Ctrl+N")
    form = page.side.activity
    assert form.kind.hasFocus()
    form.kind.choose("interview")
    at_desk.press("Alt+S")
    at_desk.type("21 1400")
    at_desk.press("Alt+E")
    at_desk.type("15:10")
    at_desk.press("Ctrl+Return")
    made = next(one for one in archive.procedure.activities(told[0]) if one.kind == "interview")
    assert (made.start, made.end) == (at(14, 0, day=21), at(15, 10, day=21))
    assert made.officers == (o.OFFICER, o.OUTSIDER)
    assert page.activity == made.id
    assert page.side.form is None
    assert page.banner.accessibleName() == "执法活动已登记。"


def test_a_time_that_is_none_and_an_end_before_the_begin_are_told_at_their_fields(desk, archive, told) -> None:
    at_desk, page = open_page(desk, told)
    at_desk.press("Ctrl+N")
    form = page.side.activity
    form.start.entry.setText("上午")
    at_desk.press("Ctrl+Return")
    assert form.start.verdict == "请写成 9:05、20 9:05 或 2026-10-20 09:05 这样的时间"
    assert form.start.entry.hasFocus()
    form.start.entry.setText("10:00")
    form.end.entry.setText("9:00")
    at_desk.press("Ctrl+Return")
    assert form.end.verdict == "早于活动开始的时间"
    assert len(archive.procedure.activities(told[0])) == 3


def test_a_change_wants_its_reason_and_what_is_refused_stands_in_the_form(desk, archive, told) -> None:
    link_both(archive, told)
    at_desk, page = open_page(desk, told)
    at_desk.click(page.edit)
    form = page.side.activity
    form.place_field.control.setText("西岗区新开路 79 号")
    at_desk.click(form.send)
    assert form.why.verdict == "请写明理由，理由会记入日志"
    form.reason.setPlainText("门牌更正")
    at_desk.click(form.send)
    assert archive.procedure.activities(told[0])[0].place == "西岗区新开路 79 号"
    at_desk.click(page.remove)
    page.side.why.reason.setPlainText("误录")
    at_desk.click(page.side.why.send)
    assert page.side.form is page.side.why
    assert "还关联着 2 件" in page.side.why.banner.accessibleName() + page.side.why.banner.accessibleDescription()
    at_desk.press("Esc")
    assert page.side.form is None


def test_one_key_links_a_recording_at_the_time_that_its_recorders_clock_makes_likely(desk, archive, told) -> None:
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    at_desk.press("L")
    line = line_of(archive, told[0])
    assert line.activity == told[1]
    assert (line.start, line.end) == (at(9, 5), at(9, 8))
    assert line.camera_time == "2026-10-20T09:05:12+08:00"
    assert line.ahead_ms == 12_000
    assert "2026-10-20 09:05:00" in page.banner.accessibleDescription()
    duty = page.side.lens.duty
    assert duty is not None
    assert [str(line.component)] == list(duty.footage)
    at_desk.press("L")
    assert "已关联到这项活动" in page.banner.accessibleName()


def test_the_form_proposes_begin_and_end_beside_the_cameras_own_time(desk, archive, told) -> None:
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    at_desk.click(page.side.recording.link)
    form = page.side.link
    assert form.camera.full == "2026-10-20T09:05:12+08:00"
    assert (form.start.entry.text(), form.end.entry.text()) == ("2026-10-20 09:05:00", "2026-10-20 09:08:00")
    assert form.told.plain() == "推算：按自带时间，记录仪比本机快 12秒，已校正。"
    form.recorder.choose(None)
    form._ask()
    at_desk.settle()
    assert form.start.entry.text() == "2026-10-20 09:05:12"
    form.start.entry.setText("9:04:58")
    form.returned.entry.setText("11:30")
    at_desk.click(form.send)
    line = line_of(archive, told[0])
    assert (line.start, line.returned, line.activity) == (at(9, 4, 58), at(11, 30), told[1])


def test_a_correction_without_a_reason_is_refused_in_its_form(desk, archive, told) -> None:
    link_both(archive, told)
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    at_desk.click(page.side.recording.link)
    form = page.side.link
    form.start.entry.setText("9:06")
    at_desk.click(form.send)
    assert form.why.verdict
    assert line_of(archive, told[0]).start == at(9, 5)
    form.reason.setPlainText("按现场笔录更正")
    at_desk.click(form.send)
    assert line_of(archive, told[0]).start == at(9, 6)


def test_a_gap_is_noted_with_its_cause_and_explained_in_a_signed_statement(desk, archive, told) -> None:
    link_both(archive, told)
    at_desk, page = open_page(desk, told)
    lens = page.side.lens
    gap = lens.gaps[0]
    assert (gap.start, gap.end) == (at(9, 8), at(9, 8, 30))
    page.begin_gap(gap)
    form = page.side.gap
    form.cause.choose("battery")
    form.spoken.setChecked(True)
    at_desk.click(form.send)
    noted = line_of(archive, told[0]).gaps
    assert noted == (Gap(at(9, 8), at(9, 8, 30), "battery", True),)
    page.begin_explaining(page.side.lens.gaps[0])
    at_desk.settle()
    statement = page.side.statement
    words = statement.words.toPlainText()
    assert "2026-10-20 09:08:00" in words
    assert "2026-10-20 09:08:30" in words
    at_desk.click(statement.send)
    assert statement.words_field.verdict == "理由还没有写，请在横线处写明"
    statement.words.setPlainText(words.replace("______", "更换电池"))
    at_desk.click(statement.send)
    sign(at_desk, "wrong-1234")
    assert archive.procedure.statements(told[0]) == []
    sign(at_desk, o.PASSWORD)
    assert page.side.form is None
    signed = archive.procedure.statements(told[0])[0]
    assert (signed.draft.kind, signed.draft.start, signed.draft.cause) == (StatementKind.INTERRUPTION, at(9, 8), "battery")
    assert "书面" in page.side.lens.gaps[0].explained
    assert page.side.tabs.group.button(STATEMENTS).label == "说明 1"


def test_an_interruption_that_the_file_tells_is_shown_and_noted_like_any_other(desk, archive, told) -> None:
    case, inspection, _hearing = told
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(case)
    line = line_of(archive, case)
    row = Component.get_by_id(line.component)
    Component.update(probe=json.dumps(json.loads(row.probe) | {"jumps": [[60_000_000, 90_000_000]]}), camera_time="2026-10-20T09:05:00",
                     file_time=written(at(9, 5) + timedelta(microseconds=row.duration_us, minutes=13))).where(Component.id == row.id).execute()
    archive.procedure.footage_link(line.component, FootageDraft(inspection, start=at(9, 5)))
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    shown = [one.words for one in page.side.recording.findChildren(Para)]
    assert any(one.startswith("09:06:00–09:06:30 未录") and one.endswith("原因待查") for one in shown)
    assert [one for one in shown if "之间未录 13 分" in one and one.endswith("位置不明")]
    assert [one.kind for one in page.side.lens.gaps] == ["gap", "unplaced"]
    gap = page.side.lens.gaps[0]
    assert (gap.start, gap.end) == (at(9, 6), at(9, 6, 30))
    page.begin_gap(gap)
    page.side.gap.cause.choose("battery")
    at_desk.click(page.side.gap.send)  # no reason is asked: nobody had noted anything
    assert line_of(archive, case).gaps == (Gap(at(9, 6), at(9, 6, 30), "battery"),)


def sign(at_desk: Desk, words: str) -> None:
    """Type the password where it is asked for, and press Enter."""
    dialog = next(d for d in at_desk.shell.findChildren(PasswordAgain) if d.isVisible())
    dialog.password.setText(words)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    at_desk.settle()


def test_who_holds_no_key_and_no_grant_is_told_why_nothing_was_searched(desk, told) -> None:
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    page.side.recording.search.setFocus()
    at_desk.press("Space")
    assert page.banner.kind == "soon"  # an archivist holds no keys and no grant
    assert page.banner.accessibleName() == "没有查找"
    assert page.banner.accessibleDescription().startswith("现场检查录像")


def test_a_leader_searches_all_recordings_of_the_case_for_interruptions(desk, archive, told) -> None:
    case = told[0]
    o.sign_in(archive, o.LEADER)
    archive.cases.look(case)
    at_desk, page = open_page(desk, told, o.LEADER)
    page.search.setFocus()
    at_desk.press("Space")
    assert page.banner.kind == "good", page.banner.accessibleName()
    assert "查找了" in page.banner.accessibleName()
    assert {one.walked for one in archive.procedure.footage(case)} <= {"index", "packets", "none"}


def test_what_a_recorders_log_tells_stands_on_the_lens(desk, archive, told, tmp_path) -> None:
    case, inspection, _hearing = told
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(case)
    link_both(archive, told)
    recorder = archive.procedure.recorders()[0]
    for line in archive.procedure.footage(case):
        if line.activity == inspection:
            archive.procedure.footage_link(line.component, FootageDraft(inspection, recorder.id, line.start, line.end), "补记录仪")
    log = tmp_path / "0412.csv"
    log.write_text("time,event\n2026-10-20 09:05:12,record_start\n2026-10-20 09:08:12,record_stop\n2026-10-20 09:08:20,power_off\n"
                   "2026-10-20 09:08:25,power_on\n2026-10-20 09:08:52,record_start\n2026-10-20 09:09:10,record_stop\n", encoding="utf-8")
    import_log(archive, recorder.id, bytes(log), Silent())
    _at_desk, page = open_page(desk, told)
    gap = page.side.lens.gaps[0]
    assert "记录仪 0412 09:08:08 关机（设备日志）" in gap.explained
    bar = page.side.lens.track.rows[-1]
    assert bar.name == "0412 日志"
    assert bar.spans[0] == (at(9, 5), at(9, 8))


def test_a_statement_is_taken_back_with_a_reason_and_stays(desk, archive, told) -> None:
    case, _inspection, hearing = told
    archive.cases.look(case)
    draft = archive.procedure.statement_draft(case, StatementKind.NOT_RECORDED, activity=hearing, reason="设备故障")
    archive.procedure.statement_sign(case, draft, o.PASSWORD)
    at_desk = desk()
    page = at_desk.go("footage", case=case, activity=hearing)
    page.begin_withdrawal(page.read.statements[0])
    page.side.why.reason.setPlainText("写错活动")
    at_desk.click(page.side.why.send)
    assert archive.procedure.statements(case)[0].withdrawn_at
    assert page.read.statements[0].withdrawn_at


def test_unsuitable_wants_the_reason_where_the_text_does_and_can_be_taken_back(desk, archive, told) -> None:
    case, _inspection, hearing = told
    at_desk = desk()
    page = at_desk.go("footage", case=case, activity=hearing)
    page.begin_excuse(page.side.lens.duty)
    form = page.side.unsuitable
    at_desk.click(form.send)
    assert form.words.verdict == "条文要求书面写明理由。"
    form.words.control.setPlainText("涉及举报人身份")
    at_desk.click(form.send)
    held = next(one for one in archive.procedure.activities(case) if one.id == hearing)
    assert held.unsuitable is not None
    assert (held.unsuitable.reason, held.unsuitable.by) == ("涉及举报人身份", o.ARCHIVIST)
    page.begin_taking_back()
    page.side.why.reason.setPlainText("改为补录")
    at_desk.click(page.side.why.send)
    assert next(one for one in archive.procedure.activities(case) if one.id == hearing).unsuitable is None


def test_the_sheet_of_evidence_says_what_is_wanting_and_keeps_what_was_written(desk, archive, told) -> None:
    link_both(archive, told)
    at_desk, page = open_page(desk, told)
    choose(at_desk, page, o.RECORDING)
    at_desk.click(page.side.recording.describe)
    form = page.side.sheet
    assert form.fields["制作时间"].control.text() == "2026-10-20 09:05:00 – 2026-10-20 09:08:00"
    form.evidence.setChecked(True)
    form.fields["证明对象"].control.setText("账簿第九册封面无编号")
    form.weight.ticks["obstruction"].setChecked(True)
    at_desk.click(form.send)
    line = line_of(archive, told[0])
    assert line.evidence
    assert line.sheet["证明对象"] == "账簿第九册封面无编号"
    assert line.weight == {"obstruction"}
    assert page.side.tabs.chosen == RECORDING
    at_desk.click(page.side.recording.describe)
    assert "制作人" in form.wanting.plain()


def test_a_late_deposit_is_explained_with_its_two_moments_and_a_recording_brings_its_activity(desk, archive, told) -> None:
    link_both(archive, told)
    line = line_of(archive, told[0])
    at_desk = desk()
    page = at_desk.go("footage", case=told[0], component=line.component)
    assert (page.activity, page.side.tabs.chosen) == (told[1], RECORDING)
    at_desk.click(page.side.tabs.group.button(STATEMENTS))
    at_desk.click(page.side.statements.buttons[StatementKind.LATE_DEPOSIT])
    statement = page.side.statement
    assert "2026-10-20 09:08:00" in statement.words.toPlainText()
    assert "2026-11-19 10:48:00" in statement.words.toPlainText()
    assert statement.words.textCursor().selectedText() == "______"
    at_desk.type("异地执法")
    at_desk.press("Ctrl+Return")
    sign(at_desk, o.PASSWORD)
    signed = archive.procedure.statements(told[0])[0]
    assert (signed.draft.kind, signed.draft.component) == (StatementKind.LATE_DEPOSIT, line.component)
    assert "异地执法" in signed.draft.text


def test_a_key_point_opens_the_player_only_where_a_grant_holds_that_second(desk, archive, told, qtbot) -> None:
    link_both(archive, told)
    component = line_of(archive, told[0]).component
    held = grant(archive, 1)  # 0:00:30–0:02:30 of the recording, for the officer
    at_desk, page = open_page(desk, told, o.OFFICER)
    page.jump(str(component), at(9, 5, 10))
    assert "未获批准" in page.banner.accessibleName()
    assert at_desk.page is page
    page.jump(str(component), at(9, 6))
    at_desk.settle()
    assert at_desk.page.asked == {"component": component, "grant": held, "at": 60_000_000}


def test_a_leader_reads_and_writes_nothing(desk, told) -> None:
    _at_desk, page = open_page(desk, told, o.LEADER)
    assert len(page.activities.model().rows) == 3
    for one in (page.add, page.edit, page.remove, page.link, page.side.recording.link):
        assert not one.isEnabled()
        assert one.toolTip()


def test_whom_to_report_to_is_asked_where_the_text_names_somebody(desk, archive, told) -> None:
    link_both(archive, told)
    at_desk, page = open_page(desk, told)
    page.read = replace(page.read, profile=profile("minhou-statistics"))
    page.begin_gap(page.side.lens.gaps[0])
    form = page.side.gap
    assert form.reported.isVisible()
    assert form.reported.caption.full == "报告单位主要负责人的时间"
    form.reported.entry.setText("9:20")
    form.cause.choose("fault")
    at_desk.click(form.send)
    assert line_of(archive, told[0]).gaps[0].reported == at(9, 20)


def test_what_others_do_is_heard_and_what_one_stood_on_stays(desk, archive, told) -> None:
    at_desk, page = open_page(desk, told)
    page.activities.choose(1)
    at_desk.settle()
    archive.procedure.activity_edit(told[2], {"end": at(15, 0, day=28) + timedelta(minutes=20)}, "更正")
    at_desk.settle()
    assert page.activity == told[2]
    assert page.side.lens.duty.coverage[-1].end == at(15, 20, day=28)


def test_a_case_that_is_not_there_reads_so(desk, told) -> None:
    at_desk = desk(o.OUTSIDER)
    page = at_desk.go("footage", case=999)
    assert page.place.currentWidget() is page.gone


def test_an_empty_case_says_what_comes_next(desk, archive, told) -> None:
    at_desk = desk()
    page = at_desk.go("footage", case=o.case(archive, o.BARE))
    assert page.held.currentWidget() is page.none
    assert not page.edit.isEnabled()


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive, told) -> None:
    link_both(archive, told)
    at_desk = desk()

    def build(form: str = "") -> FootagePage:
        page = FootagePage(archive, bridge, at_desk.shell)
        page.opened(case=told[0])
        at_desk.settle()
        if form == "recording":
            page.side.show_tab(RECORDING)
        elif form == "gap":
            page.begin_gap(page.side.lens.gaps[0])
        elif form:
            getattr(page, f"begin_{form}")()
        at_desk.settle()
        return page

    check_page(look, build, [(1440, 900, "comfortable"), (1280, 720, "compact")])
    for form in ("recording", "activity", "link", "sheet", "gap"):
        check_page(look, lambda form=form: build(form), [(1280, 720, "compact")])
    assert COVERAGE == 0
