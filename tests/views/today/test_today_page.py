"""工作台: what each role sees first, clocks that open into their sum, and what is to be gone on with."""

from __future__ import annotations

import os
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame

from desktop.approvals import Asked, RequestDraft
from desktop.errors import Cancelled, Refusal
from desktop.intake import deposit
from desktop.jobs import Silent, Tracked
from desktop.policy.clocks import BEIJING
from models.secrecy import Label
from models.terms import Verb
from tests.views import office as o
from tests.views.deposit.files import many
from tests.views.lookcheck import check_page
from views.common import Button, DayStrip, Para, Row, Text
from views.theme import wear
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


def limits(page) -> list:
    """The rows of the list, as they stand."""
    model = page.clocks.model
    return [model.row(n) for n in range(model.rowCount())]


def spoken(page, number: int) -> str:
    model = page.clocks.model
    return str(model.data(model.index(number, 0)))


def end_case(archive, day: str, number: str = o.BARE) -> None:
    """The enforcement act of a case ended that day: under xigang it is to be filed 30 days later."""
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive, number)
    archive.cases.look(case)
    archive.procedure.case_end(case, "performed", date.fromisoformat(day), o.PASSWORD)


def sums(page) -> list[QFrame]:
    return [f for f in page.findChildren(QFrame) if f.accessibleName() == "期限的算式" and f.isVisible()]


def test_the_late_recording_stands_first_and_opens_into_its_sum(desk, archive, tmp_path):
    late_recording(archive, tmp_path)
    at = desk()
    page = at.go("today")
    assert [r.title for r in limits(page) if r.unlinked] == ["DSJ0412", "DSJ0417_20261118"]
    assert limits(page)[0].title == "DSJ0412"
    assert spoken(page, 0).startswith("晚 1 天 19 小时·音像记录移交存储·西岗办法第十六条")
    assert "1 项已超期" in page.head.sub.full
    page.clocks.list.setFocus(Qt.FocusReason.TabFocusReason)
    at.press("Return")
    found, = sums(page)
    assert "节假日照算" in found.accessibleDescription()
    assert "在24小时内将记录信息导出保存" in words(page)
    assert "归入案卷" in QApplication.focusWidget().text()
    at.press("Escape")
    assert sums(page) == []
    assert page.clocks.list.hasFocus()


def test_a_limit_of_a_case_says_what_is_left_and_leads_to_its_case(desk, archive):
    end_case(archive, "2026-10-25")
    at = desk()
    page = at.go("today")
    number = next(n for n, row in enumerate(limits(page)) if row.case_number == o.BARE)
    assert spoken(page, number) == f"还有 5 天·立卷归档·西岗办法第十八条，{o.BARE}　先行登记保存后立案　没有承办人，到期 11-24 24:00"
    spot = page.clocks.list.visualRect(page.clocks.model.index(number, 0)).center()
    QTest.mouseClick(page.clocks.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    at.settle()
    found, = sums(page)
    assert "期限日历，共计 30 日" in found.accessibleDescription()
    assert found.findChildren(DayStrip)
    at.press("Return")
    assert at.page.name == "case"
    assert at.page.asked == {"case": o.case(archive, o.BARE), "record": None}


def test_a_double_click_opens_and_does_not_close(desk, archive):
    at = desk()
    page = at.go("today")
    view = page.clocks.list
    spot = view.visualRect(page.clocks.model.index(0, 0)).center()
    for part in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):  # as the window system sends it
        part(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    at.settle()
    assert len(sums(page)) == 1
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    at.settle()
    assert sums(page) == []


def test_what_is_open_stays_open_when_it_is_read_again_and_goes_with_its_row(desk, archive):
    at = desk()
    page = at.go("today")
    last = limits(page)[-1]
    page.clocks.list.toggle(last)
    at.settle()
    at.press("F5")
    assert page.clocks.list.opened_key == last.key
    assert len(sums(page)) == 1
    archive.cases.move([last.record], o.case(archive), None, "归卷")
    at.settle()
    assert page.clocks.list.opened_key is None
    assert sums(page) == []


def test_only_the_late_ones_by_the_filter(desk, archive, tmp_path):
    late_recording(archive, tmp_path)
    end_case(archive, "2026-10-20")
    at = desk()
    page = at.go("today")
    said = [page.clocks.filter.group.button(n).label for n in range(4)]
    assert said == ["全部 3", "已超期 1", "今天 1", "本周 1"]
    for number, expected in ((1, ["DSJ0412"]), (2, [""]), (3, [""]), (0, ["DSJ0412", "", "DSJ0417_20261118"])):
        at.click(page.clocks.filter.group.button(number))
        assert [r.title for r in limits(page)] == expected


def test_the_count_in_the_rail_is_what_is_over(desk, archive, tmp_path):
    late_recording(archive, tmp_path)
    at = desk()
    assert at.shell.rail.buttons["today"].accessibleName() == "工作台，1 项待办"


def test_a_clock_leads_to_the_list_of_recordings_without_a_case(desk):
    at = desk()
    page = at.go("today")
    page.clocks.list.toggle(limits(page)[0])
    at.settle()
    at.click(next(b for b in page.clocks.findChildren(Button) if "归入案卷" in b.label))
    assert at.page.name == "deposit"
    assert at.page.stack.currentWidget() is at.page.unlinked


def test_the_leader_sees_who_is_late_under_which_article_and_narrows_the_list(desk, archive):
    end_case(archive, "2026-09-20", o.BOOKS)
    end_case(archive, "2026-09-21")
    at = desk(o.LEADER)
    page = at.go("today")
    rows = [r.accessibleName() for r in page.findChildren(Row) if "西岗办法第十八条" in r.accessibleName()]
    assert rows[0].endswith("1 项，最久 29 天 10 小时")
    assert {name.partition("，")[0] for name in rows} == {o.OFFICER, o.OUTSIDER, "没有承办人"}
    row = next(r for r in page.findChildren(Row) if r.accessibleName().startswith(o.OFFICER) and "第十八条" in r.accessibleName())
    row.setFocus()
    at.press("Return")
    assert [r.case_number for r in limits(page)] == [o.BOOKS]
    assert page.clocks.only.label == f"只看 西岗办法第十八条 · {o.OFFICER}，改回全部"
    at.click(page.clocks.only)
    assert {r.case_number for r in limits(page)} >= {o.BOOKS, o.BARE}


def test_a_new_calendar_starts_the_reckoning_by_itself_and_the_list_says_so(desk, archive):
    end_case(archive, "2026-10-25")
    at = desk()
    page = at.go("today")
    seen = []
    at.bridge.started.connect(lambda job: seen.append((job.title, words(page))))
    archive.rulebook.local_add(date(2026, 11, 24), True, "冰雪节", "区政府通知")
    at.bot.waitUntil(lambda: any(title == "重新计算时限" for title, _words in seen))
    at.settle()
    assert not archive.rulebook.recompute_due()
    assert next("放假安排或制度有变化" in said for title, said in seen if title)
    row = next(r for r in limits(page) if r.case_number == o.BARE)
    assert f"{row.due.astimezone(BEIJING):%m-%d %H:%M}" == "11-26 00:00"
    assert "重新计算时限" not in words(page)


def test_what_a_clerk_leaves_undone_the_archivist_reckons_at_sign_in(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    archive.rulebook.local_add(date(2026, 11, 24), True, "冰雪节", "区政府通知")
    desk(o.CLERK)
    assert archive.people is not None
    o.sign_in(archive, o.ARCHIVIST)
    assert archive.rulebook.recompute_due()
    desk()
    assert not archive.rulebook.recompute_due()


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
        wear(page)  # as in the window, where a page is dressed before anybody opens a sum in it
        page.opened()
        at.settle()
        if page.clocks is not None and limits(page):
            page.clocks.list.toggle(limits(page)[0])
            at.settle()
        return page

    check_page(look, today, [(1440, 900, "comfortable"), (1280, 720, "compact")])
