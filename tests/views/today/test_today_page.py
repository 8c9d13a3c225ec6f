"""工作台: what each role sees first, clocks that open into their sum, and what is to be gone on with."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication, QFrame

from desktop.approvals import Asked, RequestDraft
from desktop.errors import Cancelled, Refusal
from desktop.intake import deposit
from desktop.jobs import Silent, Tracked
from models.secrecy import Label
from models.terms import Verb
from tests.views import office as o
from tests.views.deposit.files import many
from tests.views.lookcheck import check_page
from views.common import Button, Para, Row, Text
from views.today import TodayPage


def words(page) -> str:
    """Everything that stands on the page."""
    return "\n".join([t.full for t in page.findChildren(Text)] + [p.plain() for p in page.findChildren(Para)])


def late_recording(archive, tmp_path) -> None:
    """Two days old when it is handed in: a day late."""
    folder = tmp_path / "晚交"
    folder.mkdir()
    o.recording(folder / "DSJ0412.mp4", 20, "2026-11-16T15:20:00+08:00")
    o.sign_in(archive, o.ARCHIVIST)
    deposit(archive, [os.fsencode(folder)], None, Label(), Silent())


def test_the_late_recording_stands_first_and_opens_into_its_sum(desk, archive, tmp_path):
    late_recording(archive, tmp_path)
    at = desk()
    page = at.go("today")
    assert [r.line.record.title for r in page.clocks.rows] == ["DSJ0412", "DSJ0417_20261118"]
    first = page.clocks.rows[0]
    assert "晚 1 天 19 小时，音像移交，西岗办法第十六条" in first.row.accessibleName()
    assert "1 件录像晚交" in page.head.sub.full
    first.row.setFocus()
    at.press("Return")
    sums = [f for f in page.findChildren(QFrame) if f.accessibleName() == "期限的算式"]
    assert len(sums) == 1
    assert "节假日不停" in sums[0].accessibleDescription()
    assert "在24小时内将记录信息导出保存" in words(page)
    assert "归入案卷" in QApplication.focusWidget().text()
    at.press("Escape")
    assert not first.opened
    assert first.row.hasFocus()


def test_what_is_open_stays_open_when_it_is_read_again(desk):
    at = desk()
    page = at.go("today")
    page.clocks.rows[0].toggle()
    at.press("F5")
    assert page.clocks.rows[0].opened


def test_only_the_late_ones_by_the_filter(desk, archive, tmp_path):
    late_recording(archive, tmp_path)
    page = desk().go("today")
    page.clocks.filter.group.button(1).click()
    assert [r.line.record.title for r in page.clocks.rows] == ["DSJ0412"]


def test_a_clock_leads_to_the_list_of_recordings_without_a_case(desk):
    at = desk()
    page = at.go("today")
    page.clocks.rows[0].toggle()
    at.click(next(b for b in page.clocks.findChildren(Button) if "归入案卷" in b.label))
    assert at.page.name == "deposit"
    assert at.page.stack.currentWidget() is at.page.unlinked


def test_a_stopped_deposit_goes_on_from_here(desk, archive, tmp_path):
    o.sign_in(archive, o.ARCHIVIST)
    progress = Tracked()
    deaf = archive.listen(lambda act, _s: progress.cancel() if act == "intake.begin" else None)
    with pytest.raises(Cancelled):
        deposit(archive, [os.fsencode(many(tmp_path / "记录仪0412", 3))], None, Label(), progress)
    deaf()
    at = desk()
    page = at.go("today")
    assert "未收 3 件" in words(page)
    at.click(next(b for b in page.findChildren(Button) if b.accessibleName().startswith("继续入库")))
    assert at.page.name == "deposit"
    assert archive.intake.deposits()[0].counts == {"admitted": 3}


def test_quarantine_is_counted_and_looked_at(desk):
    at = desk()
    page = at.go("today")
    assert "待查 1 件" in words(page)
    at.click(next(b for b in page.findChildren(Button) if b.accessibleName() == "查看待查"))
    assert at.page.stack.currentWidget() is at.page.quarantine


def test_the_leader_sees_what_waits_for_a_decision(desk):
    page = desk(o.LEADER).go("today")
    assert page.clocks is None
    row = next(r for r in page.findChildren(Row) if o.RECORDING in r.accessibleName())
    assert "核对登记保存的账簿册数" in row.accessibleName()
    assert "1 件申请等您决定" in page.head.sub.full


def test_the_requester_opens_what_was_approved(desk, archive):
    waiting = _approve(archive)
    at = desk(o.OFFICER)
    asked: list[tuple[str, dict]] = []
    page = at.go("today")
    page.shell = type("Elsewhere", (), {"go": lambda _self, name, **kw: asked.append((name, kw))})()
    at.click(next(b for b in page.findChildren(Button) if b.label == "打开"))
    assert asked == [("player", {"component": waiting.items[0].component, "grant": archive.approvals.mine()[0].grant})]


def _approve(archive):
    o.sign_in(archive, o.LEADER)
    waiting = archive.approvals.waiting()[0]
    archive.approvals.decide(waiting.id, True, "", o.PASSWORD, archive.approvals.digest(waiting.id).digest)
    return waiting


def test_a_grant_that_runs_out_within_three_days_is_named(desk, archive):
    o.sign_in(archive, o.OFFICER)
    recording = next(r for r in archive.cases.look(o.case(archive)).records if r.title == o.RECORDING).components[0].id
    archive.approvals.create(RequestDraft((Asked(recording),), Verb.VIEW, "复核", "2026-11-20T10:00:00.000000Z"))
    o.sign_in(archive, o.LEADER)
    waiting = archive.approvals.waiting()[-1]
    archive.approvals.decide(waiting.id, True, "", o.PASSWORD, archive.approvals.digest(waiting.id).digest)
    page = desk(o.LEADER).go("today")
    assert f"{o.OFFICER}·明天 18:00 到期" in words(page)


def test_the_auditor_sees_refused_acts_and_that_nothing_was_verified_yet(desk, archive):
    o.sign_in(archive, o.OFFICER)
    recording = archive.cases.look(o.case(archive)).records[2].components[0].id
    with pytest.raises(Refusal, match="批准"):
        archive.media.open(recording)
    page = desk(o.AUDITOR).go("today")
    said = words(page)
    assert "还没有核验过" in said
    assert o.OFFICER in said


def test_the_auditor_sees_how_the_last_verification_ended(desk, archive):
    o.sign_in(archive, o.AUDITOR)
    archive.audit.verify(Silent())
    page = desk(o.AUDITOR).go("today")
    assert "全部相符" in words(page)


def test_the_administrators_see_accounts_that_need_them(desk, archive):
    for _try in range(5):
        with pytest.raises(Refusal):
            archive.people.sign_in(o.CLERK, "不对的口令")
    page = desk(o.SECADMIN).go("today")
    assert f"{o.CLERK}，被锁定" in [r.accessibleName() for r in page.findChildren(Row)]
    assert "1 个账户被锁定" in page.head.sub.full


def test_an_empty_day_says_what_comes_next(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.move([u.record.id for u in archive.intake.unlinked()], o.case(archive), None, "归卷")
    page = desk().go("today")
    assert page.clocks.nothing.isVisible()
    assert "接下来" in page.clocks.nothing.accessibleName()
    assert desk(o.CLERK).go("today").head.sub.full == "没有逾期的事项。"


@pytest.mark.parametrize("who", [o.ARCHIVIST, o.LEADER, o.AUDITOR, o.SYSADMIN, o.CLERK])
def test_the_page_looks_right_for_every_role(look, desk, archive, bridge, who):
    at = desk(who)

    def today():
        page = TodayPage(archive, bridge, at.shell)
        page.opened()
        at.settle()
        if page.clocks is not None:
            page.clocks.rows[0].open_sum()
        return page

    check_page(look, today, [(1440, 900, "comfortable"), (1280, 720, "compact")])
