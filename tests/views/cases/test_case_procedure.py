"""The procedure of a case in its window: what is complete, questions, papers, limits, the end, and filing with gaps; driven by keys and clicks."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel

from desktop.policy.clocks import BEIJING
from desktop.policy.verdicts import Standing
from desktop.procedure import ActivityDraft, FootageDraft
from models.facts import Matter, Penalty
from models.terms import Stage
from tests.views import office as o
from tests.views.lookcheck import check_page, faults
from views.cases.beside import CLOSING, CONTENTS, LENS, LIMITS
from views.cases.case_page import MATTER, CasePage
from views.cases.verdict_rows import COUNTED
from views.common import Para, Row
from views.common.dialogs import PasswordAgain
from views.common.page import Page


class Footage(Page):
    """Stands where the page of recordings is: keeps what it was asked to show."""

    name, icon, act, in_rail = "footage", "video-camera", "procedure.read", False

    @classmethod
    def title(cls) -> str:
        return "录像"

    def build(self) -> None:
        self.asked: dict[str, object] = {}

    def opened(self, **kw: object) -> None:
        self.asked = kw


def at_noon(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BEIJING)


@pytest.fixture
def inspected(archive):
    """The books case with an inspection that its recording proves in part."""
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    folder = archive.cases.look(case)
    room = archive.procedure
    visit = room.activity_add(case, ActivityDraft("inspection", at_noon(20, 9), at_noon(20, 11, 52), officers=(o.OFFICER, o.OUTSIDER)))
    recording = next(r for r in folder.records if r.title == o.RECORDING).components[0].id
    room.footage_link(recording, FootageDraft(visit, start=at_noon(20, 9, 5), end=at_noon(20, 10, 31), officer=o.OFFICER))
    asked = {one.key for one in room.questions(case)}
    room.answer(case, {key: False for key in ("complaint", "not_started") if key in asked})  # it was begun, and on the agency's own motion
    return case


def spoken(part) -> str:
    return "\n".join(getattr(w, "words", "") or getattr(w, "full", "") or w.text() for w in part.findChildren(QLabel) if w.isVisible())


def item_of(archive, case, key: str):
    return next(i for i in archive.procedure.answers(case).items if i.id == key)


def password(at, words: str) -> PasswordAgain:
    dialog = next(d for d in at.shell.findChildren(PasswordAgain) if d.isVisible())
    dialog.password.setText(words)
    at.click(dialog.verb)
    return dialog


# The course
def test_the_course_shows_activity_recording_and_what_is_missing(desk, inspected):
    page = desk().go("case", case=inspected)
    kinds = {m.kind for m in page.line.marks}
    assert {"tick", "bar", "activity", "gap"} <= kinds
    gaps = [m.title.split("，")[0] for m in page.line.marks if m.kind == "gap"]
    assert gaps == ["缺 5 分", "缺 1 小时 21 分"]
    bar = next(p for p in page.line.placed() if p.mark.title == o.RECORDING)
    visit = next(p for p in page.line.placed() if p.mark.kind == "activity")
    assert visit.box.left() < bar.box.left()
    assert bar.box.right() < visit.box.right()
    assert page.line.states[Stage.INVESTIGATE] == "late"
    assert page.line.states[Stage.SERVE] == "wait"
    assert "调查取证有缺项" in page.line.accessibleName()


def test_an_activity_shows_its_coverage_and_enter_opens_the_recordings(qtbot, archive, bridge, inspected):
    from tests.views.walk import PAGES, Desk

    o.sign_in(archive, o.ARCHIVIST)
    at = Desk(qtbot, archive, bridge, pages=[*PAGES, Footage])
    page = at.go("case", case=inspected)
    page.line.setFocus()
    while page.line.chosen is None or page.line.chosen.kind != "activity":
        at.press("Right")
    assert page.tabs.chosen == LENS
    assert "第十三条" in page.lens.cited.ground.article
    at.press("Return")
    assert at.page.name == "footage"
    assert at.page.asked == {"case": inspected, "activity": page.line.chosen and archive.procedure.activities(inspected)[0].id}
    at.press("Alt+Left")
    at.click(page.head.footage)
    assert at.page.name == "footage"
    at.leave()


def test_enter_on_a_paper_goes_into_its_detail(desk, archive):
    at = desk()
    page = at.go("case", case=o.case(archive))
    page.line.setFocus()
    at.press("Home")
    at.press("Return")
    assert page.detail.isVisible()
    assert QApplication.focusWidget() in (page.detail.open, page.detail.place)


# Completeness
def test_the_list_counts_by_stage_and_opens_into_the_article(desk, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    rows = page.completeness.list.model_.rows
    heads = [r.title for r in rows if r.kind == "head"]
    items = page.read.course.answers.items
    of = sum(i.standing in COUNTED for i in items if i.stage == "start")
    assert f"启动 0 / {of}" in heads
    assert any(h.startswith("调查取证") for h in heads)
    assert "上位法" in heads[-1]
    number = next(i for i, r in enumerate(rows) if r.item and r.item.id == "XG-10-4")
    page.completeness.list.choose(number)
    page.completeness.list.setFocus()
    at.press("Return")
    view = page.procedure.item
    assert view.isVisible()
    said = spoken(view)
    assert "西岗办法第十条第（四）项" in said
    assert "“" in said
    assert "现场检查（勘验）笔录" in said
    at.press("Esc")
    assert not view.isVisible()
    assert page.completeness.list.hasFocus()


def test_a_paper_is_confirmed_for_an_item_and_several_others_by_hand(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    page.open_item("XG-10-4")
    at.settle()
    at.click(page.procedure.item.paper)
    form = page.procedure.paper
    record = next(p.record for p in archive.procedure.papers(inspected) if p.title == "现场检查笔录")
    form.paper.control.choose(int(record))
    form.paper.control.activated.emit(form.paper.control.currentIndex())
    form.form.control.choose("现场检查（勘验）笔录")
    form.form.control.activated.emit(form.form.control.currentIndex())
    assert form.items.checks["XG-10-4"].isChecked()
    assert not form.why.isVisible()
    form.items.show_rest()
    form.items.tick("XG-10-1")
    assert {"执法人员姓名", "执法证件编号"} <= set(form.fields_.checks)
    form.fields_.tick("执法人员姓名")
    form.signers.tick("officer")
    form.officers.tick(o.OFFICER)
    form.dated.control.setText("2026-10-20 1155")
    at.press("Ctrl+Return")
    draft = next(p for p in archive.procedure.papers(inspected) if p.record == record).confirmed
    assert draft.items == {"XG-10-4", "XG-10-1"}
    assert draft.fields == {"执法人员姓名"}
    assert draft.signers == {"officer"}
    assert draft.officers == (o.OFFICER,)
    assert draft.dated == at_noon(20, 11, 55)
    assert item_of(archive, inspected, "XG-10-4").standing is Standing.PRESENT
    assert item_of(archive, inspected, "XG-10-1").standing is Standing.INCOMPLETE
    assert page.procedure.item.isVisible()
    assert page.banner.kind == "good"
    assert "现场检查笔录" in spoken(page.procedure.item)


def test_what_was_confirmed_is_corrected_with_a_reason(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    record = next(p.record for p in archive.procedure.papers(inspected) if p.title == "询问笔录（郭振东）")
    page.contents.choose(record)
    at.settle()
    at.click(page.detail.confirm)
    form = page.procedure.paper
    assert form.form.control.value() == "询问笔录"
    at.press("Ctrl+Return")
    assert page.detail.confirm.label == "更正确认内容"
    at.click(page.detail.confirm)
    assert form.why.isVisible()
    form.signers.show_rest()
    form.signers.tick("party")
    at.press("Ctrl+Return")
    assert form.why.verdict
    form.why.area.setPlainText("补勾当事人签名")
    at.press("Ctrl+Return")
    assert next(p for p in archive.procedure.papers(inspected) if p.record == record).confirmed.signers == {"party"}


def test_a_day_that_cannot_be_is_told_in_the_form(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    page.contents.choose(next(p.record for p in archive.procedure.papers(inspected) if p.title == "现场检查通知书"))
    at.settle()
    at.click(page.detail.confirm)
    form = page.procedure.paper
    form.dated.control.setText("1970-01-01")
    at.press("Ctrl+Return")
    assert form.isVisible()
    assert "1970" in form.refusal.plain()
    form.dated.control.setText("十月二十日")
    at.press("Ctrl+Return")
    assert "2026-10-20" in form.dated.verdict


def test_an_item_is_stated_not_to_apply_and_wanted_again(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    page.open_item("XG-10-9")
    view = page.procedure.item
    at.click(view.not_applicable)
    assert view.reason.area.hasFocus()
    at.click(view.not_applicable)
    assert view.reason.verdict
    at.type("当事人已书面放弃")
    at.click(view.not_applicable)
    assert item_of(archive, inspected, "XG-10-9").standing is Standing.WAIVED
    row = next(r for r in page.completeness.list.model_.rows if r.item and r.item.id == "XG-10-9")
    assert (row.state, "沈静宜" in row.more) == ("不适用", True)
    at.click(view.not_applicable)
    view.reason.area.setPlainText("放弃书有误")
    at.click(view.not_applicable)
    assert item_of(archive, inspected, "XG-10-9").open


def test_what_may_not_be_left_out_says_so_with_its_article(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    archive.procedure.activity_add(case, ActivityDraft("inspection", at_noon(20, 9), at_noon(20, 11)))
    archive.procedure.answer(case, {})
    at = desk()
    page = at.go("case", case=case)
    standing = item_of(archive, case, "CF-42").standing
    assert standing is Standing.INCOMPLETE
    page.open_item("CF-42")
    assert not page.procedure.item.not_applicable.isEnabled()
    assert "行政处罚法第四十二条" in page.procedure.item.why_not.plain()


def test_questions_are_answered_and_an_answer_changes_with_a_reason(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    waiting = len(page.read.course.pressing)
    assert "decided" in page.read.course.pressing
    assert page.completeness.ask.label == f"还有 {waiting} 个问题要回答"
    at.click(page.completeness.ask)
    form = page.procedure.questions
    assert not form.send.isEnabled()
    form.choices["decided"].group.button(0).click()
    assert not form.why.isVisible()
    at.press("Ctrl+Return")
    assert archive.procedure.facts(inspected).conditions["decided"] is True
    assert "decided" not in page.read.course.pressing
    at.click(page.completeness.ask)
    form.choices["decided"].group.button(1).click()
    assert form.why.isVisible()
    at.press("Ctrl+Return")
    assert form.isVisible()
    form.why.area.setPlainText("尚未作出决定")
    at.press("Ctrl+Return")
    assert archive.procedure.facts(inspected).conditions["decided"] is False
    assert "案件情况：作出行政执法决定 否" in page.changes.model().cell(page.changes.model().index(0, 0)).text


def test_things_out_of_order_lead_to_both_sides(desk, archive, inspected):
    from desktop.procedure import PaperDraft

    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(inspected)
    paper = next(p for p in archive.procedure.papers(inspected) if p.title == "现场检查笔录")
    visit = archive.procedure.activities(inspected)[0]
    archive.procedure.paper_confirm(paper.record, PaperDraft("现场检查（勘验）笔录", frozenset({"XG-10-4"}), date(2026, 10, 19), visit.id))
    at = desk()
    page = at.go("case", case=inspected)
    row = next(r for r in page.completeness.list.model_.rows if r.alarm is not None)
    page.beside.open_row(row)
    ways = [w for w in page.procedure.item.findChildren(type(page.procedure.item._way("", "", "file")))]
    assert len(ways) >= 2
    page.procedure.item.jump.emit(f"record:{paper.record}")
    assert page.contents.table.row().record.id == paper.record


def test_an_officer_without_the_clearance_sees_no_more_than_before(desk, archive, inspected):
    page = desk(o.OUTSIDER).go("case", case=inspected)
    assert all("登记保存" not in m.title for m in page.line.marks if m.kind == "tick")


# Limits
def test_a_limit_that_is_named_is_opened(desk, inspected):
    at = desk()
    page = at.go("case", case=inspected, clock=("XG-18-filing", ""))
    assert page.sections.chosen == LIMITS
    assert page.procedure.clocks.clock.ground.rule == "XG-18-filing"
    page.show_section(CONTENTS)
    page = at.go("case", case=inspected, clock=("CF-60", ""))
    assert page.procedure.clocks.clock.ground.rule == "CF-60"


def test_a_claim_of_the_list_is_entered_and_taken_back(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    at.click(page.sections.group.button(LIMITS))
    clocks = page.procedure.clocks
    late = next(c for c in clocks.model.rows if c.topic == "deposit")
    clocks.choose(late.ground.rule, late.subject)
    at.settle()
    assert "西岗办法第十六条" in spoken(clocks.sum)
    clocks._begin_claim(late)
    form = clocks.claim
    assert form.what.control.itemText(0).startswith("连续工作")
    at.press("Ctrl+Return")
    assert form.who.verdict
    form.who.control.setText(o.OFFICER)
    form.why.area.setPlainText("连续三日外出检查")
    at.press("Ctrl+Return")
    line = next(f for f in archive.procedure.footage(inspected) if str(f.component) == late.subject)
    assert (line.claim.kind, line.claim.claimant) == ("continuous", o.OFFICER)
    assert clocks.place.isVisible()
    clocks._begin_claim(clocks.clock)
    form.back.click()
    form.why.area.setPlainText("当日已返回")
    at.press("Ctrl+Return")
    assert next(f for f in archive.procedure.footage(inspected) if str(f.component) == late.subject).claim is None


def test_another_limit_needs_a_binding_provision(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    page.show_section(LIMITS)
    clocks = page.procedure.clocks
    clocks.choose("XG-18-filing", "")
    clocks._begin_override(clocks.clock, None)
    form = clocks.override
    form.amount.control.setText("60")
    form.by.control.setText("某市档案管理办法第五条")
    form.is_a.control.choose("normative")
    at.press("Ctrl+Return")
    assert "西岗办法第十八条" in form.refusal.plain()
    assert "规范性文件" in form.refusal.plain()
    form.is_a.control.choose("regulation")
    at.press("Ctrl+Return")
    assert [(x.what, x.facts["number"]) for x in archive.procedure.overrides(inspected)] == [("XG-18-filing", 60)]
    assert "某市档案管理办法第五条" in spoken(clocks.sum)


# End and filing
def test_the_end_is_signed_with_the_password_and_taken_back_with_a_reason(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    at.click(page.sections.group.button(CLOSING))
    closing = page.procedure.closing
    closing.end_form.on.setText("2026-11-16")
    at.click(closing.end_form.send)
    dialog = password(at, "wrong-one")
    assert dialog.entry.verdict
    password(at, o.PASSWORD)
    ending = archive.procedure.endings(inspected)[0]
    assert (ending.on, ending.sound) == (date(2026, 11, 16), True)
    assert "已签名" in [w.words for w in closing.findChildren(type(page.head._tags.itemAt(0).widget())) if w.isVisible()]
    filing = next(m for m in page.line.marks if m.kind == "limit" and "立卷归档" in m.title)
    assert filing.start == date(2026, 12, 16)
    closing.back_form.why.area.setPlainText("日期有误")
    at.click(closing.back_form.send)
    assert archive.procedure.endings(inspected)[0].withdrawn_at


def test_filing_is_closed_by_open_items_and_leads_to_them(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    assert page.head.file.label.startswith("归档 · 缺")
    at.click(page.head.file)
    assert page.banner.kind == "soon"
    assert page.completeness.list.hasFocus()
    assert page.completeness.list.row().item.open
    assert archive.cases.folder(inspected).line.filed_at is None


def test_a_leader_orders_filing_with_gaps_and_they_stay_on_the_head(desk, archive, inspected):
    at = desk(o.LEADER)
    page = at.go("case", case=inspected)
    page.show_section(CLOSING)
    form = page.procedure.closing.order_form
    at.click(form.send)
    assert form.why.verdict
    form.why.area.setPlainText("年代久远，无法补齐")
    at.click(form.send)
    password(at, o.PASSWORD)
    assert archive.procedure.ordered_gaps(inspected)
    o.sign_in(archive, o.ARCHIVIST)
    archive.cases.look(inspected)
    archive.cases.file(inspected, "办结归档")
    at.press("F5")
    tags = [page.head._tags.itemAt(i).widget().words for i in range(page.head._tags.count())]
    assert any(t.startswith("带缺归档：缺") for t in tags)


def test_an_officer_of_the_case_cannot_order_filing(desk, inspected):
    page = desk(o.OFFICER).go("case", case=inspected)
    page.show_section(CLOSING)
    assert not page.procedure.closing.order_form.isVisible()


def test_what_filing_lacks_is_told_whole_with_its_article(desk, inspected):
    at = desk(size=(1280, 720))
    page = at.go("case", case=inspected)
    page.show_section(CLOSING)
    at.settle()
    rows = [row for row in page.procedure.closing.findChildren(Row) if row.isVisible()]
    told = ["\n".join(part.plain() for part in row.findChildren(Para)) for row in rows]
    assert told == [f"{one.title}\n{one.ground.article}" for one in page.read.course.wanting]
    assert not [fault for row in rows for fault in faults(row)]


def test_keeping_and_holds(desk, archive, inspected):
    at = desk()
    page = at.go("case", case=inspected)
    page.show_section(CLOSING)
    closing = page.procedure.closing
    at.click(closing.retention.send)
    closing.retention.number.setText("30")
    closing.retention.why.area.setPlainText("定期三十年")
    at.click(closing.retention.send)
    assert archive.procedure.facts(inspected).retention_years == 30
    closing.hold_form.why.area.setPlainText("行政诉讼")
    at.click(closing.hold_form.send)
    assert [h.reason for h in archive.procedure.holds(inspected) if h.ended_at is None] == ["行政诉讼"]
    assert "暂缓销毁" in [page.head._tags.itemAt(i).widget().words for i in range(page.head._tags.count())]
    closing.release_form.why.area.setPlainText("已结案")
    at.click(closing.release_form.send)
    assert all(h.ended_at for h in archive.procedure.holds(inspected))


# The look
@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_the_act_and_its_penalties_have_the_room_they_need(desk, archive, inspected, size):
    at = desk(size=size)
    page = at.go("case", case=inspected, item=MATTER)
    form = page.procedure.matter

    def cut() -> list[str]:
        view = form.place.viewport()
        parts = (form.power, form.organ, form.penalties, *form.amounts.values(), form.ended, form.discovered, form.grave)
        return [part.accessibleName() or part.caption.text() for part in parts if part.isVisible()
                and not view.rect().contains(QRect(part.mapTo(view, QPoint(0, 0)), part.size()))]

    assert cut() == [], "the whole form is seen"
    form.penalties.tick("fine")
    form.penalties.tick("gains")
    at.settle()
    assert cut() == []
    assert not faults(page)
    assert not page.course.isVisible()
    at.press("Esc")
    assert page.contents.isVisible()
    assert page.contents.table.hasFocus()
    archive.procedure.matter_set(inspected, Matter(organ="西岗区财政局", penalties=(Penalty("fine", 200_000), Penalty("gains", 100))), "")
    page.procedure.begin_matter()
    at.settle()
    assert form.why.isVisible(), "stated once, a change asks for its reason"
    assert not page.completeness.isVisible(), "what is read again stays behind the form"
    assert len(cut()) <= 1, "and six of the seven fields are seen"
    assert not faults(page)


def test_completeness_is_a_tab_where_the_window_is_narrow(desk, inspected):
    at = desk(size=(1280, 720))
    page = at.go("case", case=inspected)
    assert not page.completeness.isVisible()
    at.click(page.tabs.group.button(1))
    assert page.completeness.isVisible()
    page.open_item("XG-10-4")
    assert page.procedure.item.isVisible()
    at.press("Esc")
    assert page.completeness.list.isVisible()
    at.shell.resize(1440, 900)
    at.settle()
    assert page.completeness.isVisible()
    assert page.detail.isVisible()


def test_nothing_of_the_procedure_is_cut_off(desk, look, bridge, archive, inspected):
    at = desk()

    def build(section: int, open_: str = "") -> CasePage:
        page = CasePage(archive, bridge, at.shell)
        page.opened(case=inspected, section=section)
        at.settle()
        if open_ == "item":
            page.open_item("XG-10-4")
        elif open_ == "paper":
            page.procedure.begin_paper()
        at.settle()
        return page

    wide, low = (1440, 900, "comfortable"), (1280, 720, "compact")
    for size, section, open_ in ((wide, CLOSING, ""), (low, CLOSING, ""), (low, LIMITS, ""), (low, CONTENTS, "item"), (wide, CONTENTS, "paper"),
                                 (low, CONTENTS, "paper")):
        check_page(look, lambda section=section, open_=open_: build(section, open_), [size])
