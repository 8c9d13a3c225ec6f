"""公开申请 and 投诉举报 at the desk: registered, paused, answered and filed by keys; refused acts in words; from Today in one step."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktop.complaints import ComplaintDraft
from desktop.disclosure import DisclosureDraft
from models.secrecy import Label
from models.terms import DisclosureStepKind as Kind
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.common.tags import Tag
from views.common.text import Para, Text
from views.disclosure import DisclosurePage
from views.disclosure.register import SIDE


def words(part) -> str:
    return " ".join([*(p.plain() for p in part.findChildren(Para) if p.isVisible()), *(t.full for t in part.findChildren(Text) if t.isVisible())])


def asked(archive, received=date(2026, 11, 2), **more):
    return archive.disclosure.register(DisclosureDraft("王海涛", "对和润公司现场检查的录像", received, **more))


@pytest.fixture
def page(desk):
    """The clerk at the page, with one request registered."""
    def sit(name: str = o.CLERK, **kw):
        at = desk(name)
        return at, at.go("disclosure", **kw)
    return sit


def test_an_empty_register_says_what_comes_next_and_ctrl_n_begins(page, archive):
    at, shown = page()
    section = shown.requests
    assert section.nothing.isVisible()
    assert not section.side.isVisible()
    at.press("Ctrl+N")
    form = section.entry
    assert QApplication.focusWidget() is form.applicant.entry
    at.press("Ctrl+Return")
    assert form.applicant.verdict == "请填写这一项"
    at.type("王海涛")
    at.press("Tab")
    at.type("138 0000 0000")
    at.press("Tab")
    at.type("对和润公司现场检查的录像")
    form.channel.choose("internet")
    assert "以双方确认之日为收到申请之日" in words(form)
    assert form.confirmed.isVisible()
    form.days["received_on"].write(date(2026, 11, 2))
    form.confirmed.write(date(2026, 11, 3))
    at.press("Ctrl+Return")
    line, = archive.disclosure.all()
    assert (line.draft.number, line.draft.contact, line.draft.confirmed_on, line.draft.handler) == (
        "公开〔2026〕1号", "138 0000 0000", date(2026, 11, 3), o.CLERK)
    assert section.table.row().id == line.id
    assert section.table.hasFocus()
    assert "已经登记" in shown.banner.title.plain()


def test_a_day_that_is_none_and_a_day_ahead_are_told_at_the_form(page, archive):
    at, shown = page()
    at.press("Ctrl+N")
    form = shown.requests.entry
    form.applicant.write("王海涛")
    form.wanted.write("录像")
    form.days["received_on"].entry.setText("2026-13-40")
    at.press("Ctrl+Return")
    assert form.days["received_on"].verdict == "请按 2026-10-20 的样子填写"
    form.days["received_on"].write(date(2026, 11, 20))
    at.press("Ctrl+Return")
    assert "晚于今天" in form.refusal.plain()
    assert form.refusal.isVisible()
    assert archive.disclosure.all() == []
    at.press("Escape")
    assert not shown.requests.side.number


def test_the_limit_opens_into_its_sum_by_enter_and_closes_by_escape(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive, date(2026, 9, 21))
    step = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "和润", date(2026, 9, 28))
    archive.disclosure.opinion(step, date(2026, 10, 13), "agrees")
    at, shown = page(request=request)
    detail = shown.requests.detail
    row, place = detail._sums["GK-33"].row, detail._sums["GK-33"].place
    row.setFocus()
    at.press("Return")
    assert place.isVisible()
    assert "9月29日至10月13日 征求第三方意见，7个工作日不计入" in words(place)
    assert "政府信息公开条例第三十三条，连同下面暂停、延长的天数" in words(place)
    assert "应当自收到申请之日起20个工作日内予以答复" in words(place)
    assert "本制度未规定，适用上位法" in words(place)
    at.press("Escape")
    assert not place.isVisible()
    at.press("Escape")
    assert shown.requests.table.hasFocus()


def test_what_is_left_of_a_limit_is_told_in_its_own_unit_in_the_list_and_beside_it(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    _at, shown = page(request=request)
    section = shown.requests
    listed = section.table.model().columns[1].of(section.table.row()).text
    assert listed == "还有 7 个工作日"
    assert f"，{listed}，" in section.detail._sums["GK-33"].row.accessibleName()
    beside = [one.words for one in section.detail._sums["GK-33"].row.findChildren(Tag)]
    assert beside == [listed]


def test_a_request_goes_from_correction_to_opinion_to_answer_to_filing_by_keys(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    at, shown = page()
    section = shown.requests

    def step(name: str) -> None:
        button = next(one for act, one in section.detail.acts.items() if act.partition(":")[0] == name)
        button.setFocus()
        at.press("Space")

    at.press("Return")
    assert QApplication.focusWidget() is section.detail.acts["answer"]
    step("ask_supplement")
    section.form.on.write(date(2026, 11, 4))
    at.press("Ctrl+Return")
    assert section.form.words.verdict == "请填写这一项"
    at.type("请写明检查的日期")
    section.form.until.write(date(2026, 11, 13))
    at.press("Ctrl+Return")
    assert "暂停计算" in section.detail._sums["GK-33"].row.accessibleName()
    assert "ask_supplement" not in section.detail.acts
    step("supplement")
    section.form.on.write(date(2026, 11, 6))
    at.press("Ctrl+Return")
    step("ask_others")
    section.form.whom.write("大连和润商贸有限公司")
    section.form.on.write(date(2026, 11, 9))
    at.press("Ctrl+Return")
    step("opinion")
    section.form.which.choose("silent")
    section.form.on.write(date(2026, 11, 18))
    at.press("Ctrl+Return")
    assert "还不能记为逾期未提出" in section.form.refusal.plain()
    section.form.which.choose("objects")
    at.press("Ctrl+Return")
    step("answer")
    section.form.which.choose("partly")
    assert "并对不予公开的内容说明理由" in words(section.form)
    assert section.form.words.caption.full == "不予公开的内容和理由"
    at.press("Ctrl+Return")
    assert section.form.words.verdict == "请填写这一项"
    section.form.words.write("账页和单据遮蔽后提供，涉及商业秘密")
    at.press("Ctrl+Return")
    assert archive.disclosure.all()[0].answer == "partly"
    assert next(iter(section.detail.acts)) == "close"
    step("close")
    section.form.words.write("当面领取")
    at.press("Ctrl+Return")
    assert archive.disclosure.all()[0].closed_on == date(2026, 11, 19)
    assert "reopen" in section.detail.acts
    assert "link" not in section.detail.acts
    assert [one.kind for one in archive.disclosure.file(request).steps] == [Kind.CORRECTION, Kind.THIRD_PARTY, Kind.ANSWER]


def test_an_extension_says_how_far_and_a_longer_one_is_refused_in_place(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    at, shown = page()
    section = shown.requests
    section.begin_step("extend", request)
    at.settle()
    assert "最长可延长 20 个工作日，须经政府信息公开工作机构负责人同意。" in words(section.form)
    section.form.number.write("30")
    section.form.whom.write("韩立")
    section.form.words.write("录像较多")
    at.press("Ctrl+Return")
    assert "政府信息公开条例第三十三条" in section.form.refusal.plain()
    section.form.number.write("²")  # a figure for Unicode, no number for anybody
    at.press("Ctrl+Return")
    assert section.form.number.verdict
    section.form.number.write("10")
    at.press("Ctrl+Return")
    assert archive.disclosure.file(request).steps[0].number == 10
    assert "延长 10 个工作日，韩立批准" in words(section.detail)


def test_two_third_parties_have_a_limit_each_that_opens_by_itself(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    for whom, day in (("和润", 4), ("海川", 9)):
        archive.disclosure.ask_others(request, Kind.THIRD_PARTY, whom, date(2026, 11, day))
    _at, shown = page(request=request)
    detail = shown.requests.detail
    named = [one.row.accessibleName() for one in detail._sums.values()]
    assert named[0].startswith("答复政府信息公开申请，暂停计算")
    assert [name.partition("，")[0] for name in named[1:]] == ["第三方提出意见 · 和润", "第三方提出意见 · 海川"]
    first, second = list(detail._sums)[1:]
    detail.toggle(second)
    assert "2026-11-09" in words(detail._sums[second].place)
    assert not detail._sums[first].place.isVisible()
    assert {act.partition(":")[0] for act in detail.acts} == {"answer", "opinion", "ask_supplement", "ask_others", "withdraw", "link"}


def test_a_step_is_taken_back_and_the_register_corrected_with_reasons(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    archive.disclosure.withdraw(request, date(2026, 11, 5), "申请人来电撤回")
    at, shown = page()
    section = shown.requests
    section.begin_step("take_back", archive.disclosure.file(request).steps[0].id, "申请人撤回")
    at.press("Ctrl+Return")
    assert "请写明理由" in section.form.why.verdict
    section.form.why.area.setPlainText("不是本人来电")
    at.press("Ctrl+Return")
    assert archive.disclosure.all()[0].pending
    assert "不是本人来电" in words(section.detail)
    section.open_entry(section.file.line)
    section.entry.applicant.write("王海滔")
    section.entry.why.area.setPlainText("姓名写错")
    at.press("Ctrl+Return")
    assert archive.disclosure.all()[0].draft.applicant == "王海滔"
    assert "申请人：王海涛 → 王海滔" in words(section.detail)


def test_a_case_is_linked_by_its_number_and_a_filed_one_too(page, archive):
    o.sign_in(archive, o.ARCHIVIST)
    request = asked(archive)
    at, shown = page(o.ARCHIVIST)
    section = shown.requests
    assert "不保护任何未归卷录像" in words(section.detail)
    section.begin_step("link", request)
    at.press("Ctrl+Return")
    assert section.form.case.field.verdict == "请填写案卷的案号"
    at.type(o.FILED)
    section.form.case._typed(o.FILED)
    at.settle()
    at.bot.waitUntil(lambda: section.form.case.case_id is not None)
    at.press("Ctrl+Return")
    assert [one.title for one in archive.disclosure.file(request).links] == [o.FILED]
    assert "归档以前受保护" in words(section.detail)


def test_a_recording_without_a_case_is_linked_and_the_link_taken_away(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive)
    at, shown = page()
    section = shown.requests
    at.click(section.detail.acts["link:recording"])
    form = section.form
    assert QApplication.focusWidget() is form.recording.table
    assert [row.title for row in form.recording.model.rows] == ["DSJ0417_20261118", "门头照片"]
    form.recording.look.setText("没有这样的")
    at.press("Ctrl+Return")
    assert form.recording.none.isVisible()
    assert archive.disclosure.file(request).links == ()
    form.recording.look.setText("2026")
    at.press("Ctrl+Return")
    link, = archive.disclosure.file(request).links
    assert (link.title, link.case) == ("DSJ0417_20261118", None)
    assert "DSJ0417_20261118" in words(section.detail)
    assert "归档以前受保护" in words(section.detail)
    at.click(section.detail.acts["link:recording"])
    at.press("Ctrl+Return")
    assert form.refusal.isVisible(), "it is linked already"
    at.press("Escape")
    section.begin_step("unlink", link.id, link.title)
    form.why.area.setPlainText("关联有误")
    at.press("Ctrl+Return")
    assert archive.disclosure.file(request).links == ()


def test_complaints_are_entered_and_closed_beside_it(page, archive):
    at, shown = page(tab="complaints")
    section = shown.complaints
    assert section.nothing.isVisible()
    at.press("Ctrl+N")
    at.type("检查时没有出示证件")
    section.entry.days["about_from"].write(date(2026, 11, 18))
    section.entry.words["officer"].write(o.OFFICER)
    at.press("Ctrl+Return")
    line, = archive.complaints.all()
    assert (line.draft.number, line.draft.officer, line.guards) == ("投诉〔2026〕1号", o.OFFICER, True)
    assert "未留姓名" in words(section)
    at.press("Return")
    at.press("Space")
    at.press("Ctrl+Return")
    assert section.form.words.verdict == "请填写这一项"
    section.form.words.write("查看执法记录仪录像，已出示证件；已答复")
    at.press("Ctrl+Return")
    assert not archive.complaints.all()[0].open
    assert "已经办结，不再保护录像" in words(section)
    assert list(section.acts) == ["complaint_reopen"]


def test_who_may_only_read_is_told_why_they_cannot_act(page, archive):
    o.sign_in(archive, o.CLERK)
    asked(archive)
    archive.complaints.register(ComplaintDraft("没有出示证件", date(2026, 11, 18)))
    at, shown = page(o.LEADER)
    section = shown.requests
    assert not shown.primary.isVisible()
    assert section.detail.acts["answer"].isEnabled()
    assert not section.detail.acts["withdraw"].isEnabled()
    assert section.detail.acts["withdraw"].toolTip()
    shown.show_tab(1)
    at.settle()
    assert not shown.primary.isVisible()
    assert not shown.complaints.acts["complaint_close"].isEnabled()


def test_what_one_may_not_know_of_is_not_in_the_register(page, archive):
    o.sign_in(archive, o.ARCHIVIST)
    asked(archive, label=Label(privacy=True))
    _at, shown = page(o.CLERK)
    assert shown.requests.nothing.isVisible()


def test_today_leads_from_the_limit_to_the_request(page, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive, date(2026, 10, 9))
    waits = asked(archive, date(2026, 11, 2))
    archive.disclosure.ask_supplement(waits, date(2026, 11, 4), "请写明日期", date(2026, 11, 13))
    at, _shown = page()
    today = at.go("today")
    listed = [today.clocks.model.row(n) for n in range(today.clocks.model.rowCount())]
    assert [(row.case_number, row.outside) for row in listed] == [("公开〔2026〕1号", False), ("公开〔2026〕2号", True)]
    today.clocks.list.setFocus()
    at.press("Down")
    at.press("Return")
    said = words(today.clocks.list)
    assert "申请人无正当理由逾期不补正的，视为放弃申请" in said
    at.press("Return")
    assert at.page.name == "disclosure"
    assert at.page.requests.file.line.id == waits
    assert request != waits


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    o.sign_in(archive, o.CLERK)
    request = asked(archive, about_from=date(2026, 10, 20), place="西岗区新开路 77 号", channel="internet", confirmed_on=date(2026, 11, 3))
    step = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "大连和润商贸有限公司", date(2026, 11, 4), "录像里有账簿，是否同意公开")
    archive.disclosure.ask_others(request, Kind.OTHER_AGENCY, "大连市西岗区某某街道办事处综合行政执法队", date(2026, 11, 5))
    archive.complaints.register(ComplaintDraft("送达时没有出示执法证件", date(2026, 11, 18), about_from=date(2026, 11, 17)))
    at = desk(o.CLERK)

    def build(tab="requests", do=lambda section: None):
        page = DisclosurePage(archive, bridge, at.shell)
        page.opened(tab=tab)
        at.settle()
        do(page.section)
        at.settle()
        return page

    few = [(1440, 900, "comfortable"), (1280, 720, "compact")]
    check_page(look, build)
    check_page(look, lambda: build(do=lambda s: s.detail.toggle(f"GK-32/{step}")), few)
    fitting = build(do=lambda s: s.detail.toggle(f"GK-32/{step}")).requests.detail
    assert not fitting._sums[f"GK-32/{step}"].place.isHidden()
    assert fitting.place.widget().layout().totalMinimumSize().width() <= SIDE - 60, "nothing is cut at the right"
    check_page(look, lambda: build(do=lambda s: s.begin()), few)
    check_page(look, lambda: build(do=lambda s: s.begin_step("answer", request)), few)
    check_page(look, lambda: build("complaints"), few)
    check_page(look, lambda: build("complaints", lambda s: s.begin()), few)
