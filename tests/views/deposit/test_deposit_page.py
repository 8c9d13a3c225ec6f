"""移交入库: choose, count, run, stop, go on; what was set aside, what failed, and a drop anywhere on the page."""

from __future__ import annotations

import os
import threading

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame

from desktop.intake import DepositReport
from models.terms import DepositState, ItemState
from tests.views import office as o
from tests.views.deposit.files import handed_in, many
from tests.views.lookcheck import check_page
from views.common import Button, Para, Text
from views.common.dialogs import Reason
from views.deposit.page import DepositPage
from views.deposit.running import Report, Steps
from views.deposit.sources import path_of
from views.deposit.words import short_path


def source(path) -> list[bytes]:
    return [os.fsencode(path)]


def test_a_folder_is_counted_deposited_and_reported(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    page.take(source(handed_in(tmp_path / "记录仪")))
    assert page.begin.isVisible()
    assert not page.begin.isEnabled()
    at.settle()
    assert page.ready.count == 7
    assert page.begin.isEnabled()
    at.press("Ctrl+Return")
    at.bot.waitUntil(page.report.isVisible)  # a button pressed by its key shows it for 100 ms first
    latest = archive.intake.deposits()[0]
    assert latest.counts == {"admitted": 3, "duplicate": 2, "quarantined": 1, "failed": 1}
    assert page.report.isVisible()
    assert "入库 3 件，重复 2 件，待查 1 件，没有入库 1 件" in page.report.accessibleName()
    words = " ".join(p.plain() for p in page.report.findChildren(Para))
    for said in ("乱码.mp4", "文件内容与扩展名不符", "链接.txt", "这不是普通文件"):
        assert said in words, words
    assert {q.component.name for q in page.quarantine.model.rows} == {"乱码.mp4", "空.mp4", "DSJ0417_断电.mp4"}
    assert page.unlinked.model.rows[-1].record.title in ("询问录音", "DSJ0417_20261118")


def test_a_source_is_told_by_its_last_two_parts_and_whole_where_one_asks(desk, tmp_path):
    at = desk()
    page = at.go("deposit")
    folder = tmp_path / "收缴" / "2026年11月" / "记录仪0412"
    folder.parent.mkdir(parents=True)
    page.take(source(handed_in(folder)))
    at.settle()
    short, whole = "…/2026年11月/记录仪0412", str(folder)
    assert page.ready._source.full == short
    assert whole in page.ready._source.toolTip()
    assert page.ready._source.accessibleDescription() == whole
    at.press("Ctrl+Return")
    at.bot.waitUntil(page.report.isVisible)
    assert page.running._source.full == short
    report = next(p for p in page.report.findChildren(Para) if "链接.txt" in p.plain())
    assert report.plain().startswith("…/记录仪0412/链接.txt")
    assert report.accessibleDescription() == f"{whole}/链接.txt"
    page.show_tab(2)
    at.settle()
    cell = page.past.model.columns[0].of(page.past.model.rows[0])
    assert (cell.text, cell.sub) == ("记录仪0412", "未归卷")
    assert whole in cell.spoken
    told = next(t for t in page.past.detail.findChildren(Text) if t.isVisible() and t.full == short)
    assert told.accessibleDescription() == whole
    assert short_path("记录仪") == "记录仪"
    assert short_path("/media/记录仪") == "/media/记录仪"
    assert short_path("D:\\收缴\\11月\\记录仪") == "…/11月/记录仪"


def test_a_case_is_offered_while_one_types_and_taken_by_arrow_and_enter(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    page.take(source(many(tmp_path / "来源", 1)))
    at.settle()
    page.ready.case.entry.setFocus()
    at.type("西财")
    assert page.ready.obstacle
    assert not page.begin.isEnabled()
    at.bot.waitUntil(page.ready.case.offered.isVisible)
    at.press("Down")
    at.press("Down")
    at.press("Return")
    assert page.ready.case.case.case_number == o.BOOKS
    at.click(page.begin)
    assert archive.intake.deposits()[0].case_number == o.BOOKS
    records = archive.cases.look(o.case(archive)).records
    assert records[-1].title == "录音00"


def test_a_number_that_is_not_there_and_a_filed_case_hold_the_button(desk, tmp_path):
    at = desk()
    page = at.go("deposit")
    page.take(source(many(tmp_path / "来源", 1)))
    at.settle()
    for number, words in (("西财罚〔2030〕1号", "没有找到"), (o.FILED, "已归档")):
        page.ready.case.entry.setFocus()
        page.ready.case.entry.clear()
        at.type(number)
        at.bot.waitUntil(lambda: page.ready.case.settled)
        assert words in page.ready.case.field.verdict
        assert not page.begin.isEnabled()
        assert page.begin.toolTip()


def test_a_state_secret_is_refused_before_anything_is_read(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    page.take(source(many(tmp_path / "来源", 1)))
    at.settle()
    page.ready.ticks.ticks["state"].click()
    assert not page.begin.isEnabled()
    assert "国家秘密" in page.ready.ticks.accessibleDescription()
    before = len(archive.intake.deposits())
    page.start()
    at.settle()
    assert len(archive.intake.deposits()) == before


def test_a_label_beyond_ones_own_clearance_cannot_be_ticked(desk, tmp_path):
    page = desk(o.OUTSIDER).go("deposit")
    assert not page.ready.ticks.ticks["trade"].isEnabled()
    assert page.ready.ticks.ticks["internal"].isEnabled()


def test_stopped_in_the_middle_it_keeps_what_came_in_and_goes_on(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    folder = many(tmp_path / "来源")
    page.take(source(folder))
    at.settle()
    shown = threading.Event()  # the deposit begins on its lane while the page is still about to show it

    def stop(act, _subject):
        if act == "intake.begin" and shown.wait(30):
            page.live.handle.progress.cancel()

    deaf = archive.listen(stop)
    page.start()
    shown.set()
    at.settle()
    deaf()
    stopped = archive.intake.deposits()[0]
    assert stopped.state is DepositState.STOPPED
    assert stopped.counts[ItemState.WAITING.value] > 0
    assert page.banner.kind == "soon"
    assert "已停止" in page.banner.title.plain()
    at.click(page.banner.tail.itemAt(0).widget())
    done = archive.intake.deposits()[0]
    assert (done.id, done.state) == (stopped.id, DepositState.DONE)
    assert done.counts == {"admitted": 12}
    assert page.report.isVisible()


def test_what_failed_is_tried_again(desk, archive, tmp_path):
    at = desk()
    page = at.go("deposit")
    folder = many(tmp_path / "来源", 2)
    os.symlink("/etc/hostname", folder / "坏.wav")
    page.take(source(folder))
    at.settle()
    at.click(page.begin)
    assert archive.intake.deposits()[0].counts == {"admitted": 2, "failed": 1}
    (folder / "坏.wav").unlink()
    (folder / "坏.wav").write_bytes((folder / "录音01.wav").read_bytes() + b"\0\0")
    at.click(page.report.retry)
    again = archive.intake.deposits()[0]
    assert again.state is DepositState.DONE
    assert "failed" not in again.counts


def test_a_released_file_leaves_quarantine_with_its_reason(desk, archive):
    at = desk()
    page = at.go("deposit", tab="quarantine")
    assert page.stack.currentWidget() is page.quarantine
    row = page.quarantine.table.row()
    page.quarantine.table.setFocus()
    at.press("Return")
    assert "放行" in QApplication.focusWidget().text()
    at.press("Space")
    at.bot.waitUntil(lambda: any(d.isVisible() for d in at.shell.findChildren(Reason)))
    at.reason("已与原卡核对，确为断电")
    assert archive.intake.quarantine() == []
    assert row.component.name in page.banner.title.plain()


def test_an_officer_sees_why_they_cannot_release(desk):
    page = desk(o.OFFICER).go("deposit", tab="quarantine")
    release = next(b for b in page.quarantine.detail.findChildren(Button) if "放行" in b.label)
    assert not release.isEnabled()
    assert "执法人员" in release.toolTip()


def test_recordings_are_linked_to_a_case(desk, archive):
    at = desk()
    page = at.go("deposit", tab="unlinked")
    line = page.unlinked.table.row()
    assert not page.unlinked.go.isEnabled()
    page.unlinked.case.entry.setFocus()
    at.type(o.BOOKS)
    at.bot.waitUntil(lambda: page.unlinked.case.case_id is not None)
    at.click(page.unlinked.go)
    linked = archive.cases.look(o.case(archive)).records[-1]
    assert (linked.id, linked.stage) == (line.record.id, "investigate")
    assert page.unlinked.model.rows == []
    assert page.banner.kind == "good"


def test_the_clock_opens_into_its_sum(desk):
    page = desk().go("deposit", tab="unlinked")
    names = [w.accessibleDescription() for w in page.unlinked.detail.findChildren(QFrame) if w.accessibleName() == "期限的算式"]
    assert len(names) == 1
    parts = ("记录仪 2026-11-18T15:20:00+08:00", "起算 2026-11-18 15:20（星期三），音像记录制作完成", "加上 24小时",
             "到期 2026-11-19 15:20（星期四）；", "西岗办法第十六条", "交存 2026-11-19 10:48", "节假日照算", "按时，早 4 小时")
    for words in parts:
        assert words in names[0], words


def test_a_folder_dropped_anywhere_is_taken(desk, tmp_path):
    at = desk()
    page = at.go("deposit")
    odd = os.fsencode(tmp_path) + b"/caf\xe9"  # a name that is not UTF-8
    os.mkdir(odd)
    (tmp_path / "一.txt").write_text("一")
    with open(odd + b"/a.txt", "w") as f:
        f.write("x")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(tmp_path / "一.txt")), QUrl.fromEncoded(b"file://" + os.fsencode(tmp_path) + b"/caf%E9")])
    where = QPoint(300, 500)
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    assert page.panel.property("panel") == "accent"
    drop = QDropEvent(where.toPointF(), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, drop)
    at.settle()
    assert page.panel.property("panel") == "plain"
    assert page.sources[-1] == odd
    assert page.ready.count == 2


def test_text_that_is_dragged_over_is_left_alone(desk):
    page = desk().go("deposit")
    carried = QMimeData()
    carried.setText("只是字")
    enter = QDragEnterEvent(QPoint(3, 3), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert page.panel.property("panel") == "plain"


def test_a_source_that_is_gone_says_so_and_goes_back(desk, tmp_path):
    at = desk()
    page = at.go("deposit")
    page.take(source(tmp_path / "没有"))
    at.settle()
    assert page.banner.kind == "refused"
    assert page.choose.isVisible()
    assert page.sources == []


def test_f2_goes_here_from_anywhere(desk):
    at = desk()
    at.go("settings")
    at.press("F2")
    assert at.page.name == "deposit"


def test_the_page_goes_on_showing_a_deposit_after_being_made_anew(desk, archive, tmp_path, qtbot, bridge):
    at = desk()
    page = at.go("deposit")
    page.take(source(many(tmp_path / "来源", 3)))
    at.settle()
    page.start()
    made_anew = DepositPage(archive, bridge, at.shell)
    qtbot.addWidget(made_anew)
    assert made_anew.live is page.live
    at.settle()
    assert made_anew.live is None


def test_bytes_become_files(qapp):
    steps = Steps([10, 0, 5])
    assert [steps.done(n) for n in (0, 9, 10, 14, 15)] == [0, 0, 2, 2, 3]
    assert path_of(QUrl("file:///a%20b")) == b"/a b"


def test_a_long_report_names_a_few_and_counts_the_rest(look, qtbot):
    report = Report(lambda _d: None, lambda: None, lambda: None)
    qtbot.addWidget(report)
    report.show_report(DepositReport(1, admitted=2, failed=[(f"/卡/{n}.mp4", "vanished") for n in range(9)]), [])
    assert any("另有 6 件" in t.full for t in report.findChildren(Text))


def test_the_page_looks_right_at_every_size(look, archive, bridge, desk, tmp_path):
    at = desk()

    def chosen():
        page = DepositPage(archive, bridge, at.shell)
        page.opened()
        page.take(source(tmp_path))
        at.settle()
        return page

    check_page(look, chosen)


def test_the_report_looks_right_at_every_size(look, archive, bridge, desk, tmp_path):
    at = desk()
    folder = handed_in(tmp_path / "记录仪")

    def reported():
        page = DepositPage(archive, bridge, at.shell)
        page.opened(tab="past")
        page.take(source(folder))
        at.settle()
        page.start()
        at.settle()
        page.show_tab(2)
        return page

    check_page(look, reported, [(1440, 900, "comfortable"), (1280, 720, "compact")])
