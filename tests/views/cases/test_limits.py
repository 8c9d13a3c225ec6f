"""Days that do not count, in the window: entered on the limit that leaves them out, shown in its sum with the article, corrected, taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityDraft
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.cases.beside import LIMITS
from views.cases.case_page import CasePage

RULE = "QZ-25-1"


def at_hour(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=BEIJING)


@pytest.fixture
def sealed(archive):
    """The books case with rooms that were sealed on Monday 26 October: 30 days are 25 November."""
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    return case, str(archive.procedure.activity_add(case, ActivityDraft("seal", at_hour(26, 9), at_hour(26, 10))))


def spoken(part) -> str:
    return "\n".join(getattr(w, "words", "") or getattr(w, "full", "") or w.text() for w in part.findChildren(QLabel) if w.isVisible())


def knob(part, words: str) -> QAbstractButton:
    return next(b for b in part.findChildren(QAbstractButton) if b.isVisible() and words in (getattr(b, "label", "") or b.text()))


def stand_on(at, case, subject: str, rule: str = RULE):
    page = at.go("case", case=case, clock=(rule, subject))
    assert page.procedure.clocks.clock.ground.rule == rule
    return page, page.procedure.clocks


def stretch(form, first: str, last: str = "", ground: str = "检测委托书〔2026〕3号", whom: str = "光明饭店", told: str = "") -> None:
    for one, words in ((form.start, first), (form.end, last), (form.ground, ground), (form.whom, whom), (form.told, told or first)):
        one.control.setText(words)


def test_days_are_left_out_shown_with_the_article_corrected_and_taken_back(desk, archive, sealed):
    case, seal = sealed
    at = desk()
    page, clocks = stand_on(at, case, seal)
    at.click(knob(clocks.sum, "登记不计入期间"))
    form = clocks.suspend
    assert form.what.control.hasFocus()
    assert not page.course.isVisible()  # the form has the height
    assert [form.what.control.itemText(n) for n in range(form.what.control.count())] == ["检测", "检验", "检疫", "技术鉴定"]
    assert "行政强制法第二十五条第三款规定下列情形的期间不计入期限，并应当书面告知当事人" in spoken(form)
    assert "“对物品需要进行检测、检验、检疫或者技术鉴定的" in spoken(form)
    at.press("Ctrl+Return")
    assert form.start.control.hasFocus()
    assert [bool(one.verdict) for one in (form.start, form.end, form.ground, form.whom, form.told)] == [True, False, True, True, True]
    stretch(form, "2026-10-28", "2026-11-04")
    form.what.control.choose("technical_appraisal")
    at.press("Ctrl+Return")
    assert clocks.place.isVisible()
    line, = archive.procedure.suspensions(case)
    assert (line.draft.kind, line.draft.start, line.draft.end, line.subject) == ("technical_appraisal", date(2026, 10, 28), date(2026, 11, 4), seal)
    said = spoken(clocks.sum)
    assert "10月29日至11月4日 技术鉴定，7日不计入（行政强制法第二十五条第三款）" in said
    assert "技术鉴定 2026-10-28 至 2026-11-04：不计入" in said
    assert clocks.model.cell(clocks.model.index(clocks.table.currentIndex().row(), 2)).text == "2026-12-02 24:00"
    at.click(knob(clocks.sum, "更正或者撤回"))
    assert form.why.isVisible()
    form.end.control.setText("2026-11-06")
    at.press("Ctrl+Return")
    assert form.why.verdict
    form.why.area.setPlainText("鉴定意见6日才收到")
    at.press("Ctrl+Return")
    assert archive.procedure.suspensions(case)[0].draft.end == date(2026, 11, 6)
    at.click(knob(clocks.sum, "更正或者撤回"))
    form.back.click()
    assert form.send.label == "收回"
    assert not form.start.isEnabled()
    form.why.area.setPlainText("登记错案件")
    at.press("Ctrl+Return")
    assert archive.procedure.facts(case).suspensions == ()
    assert "技术鉴定 2026-10-28 至 2026-11-06：已撤回" in spoken(clocks.sum)
    assert clocks.model.cell(clocks.model.index(clocks.table.currentIndex().row(), 2)).text == "2026-11-25 24:00"


def test_one_that_lasts_stops_the_limit_and_the_next_day_typed_is_its_end(desk, archive, sealed):
    case, seal = sealed
    at = desk()
    _page, clocks = stand_on(at, case, seal)
    at.click(knob(clocks.sum, "登记不计入期间"))
    stretch(clocks.suspend, "20261028")
    at.press("Ctrl+Return")
    assert clocks.clock.state.value == "paused"
    assert "检测自2026年10月28日（星期三）开始，期限停止计算（行政强制法第二十五条第三款）" in spoken(clocks.sum)
    at.click(knob(clocks.sum, "更正或者撤回"))
    assert clocks.suspend.end.control.hasFocus()
    at.type("20261104")
    clocks.suspend.why.area.setPlainText("检测结束")
    at.press("Ctrl+Return")
    assert clocks.clock.state.value != "paused"
    assert archive.procedure.suspensions(case)[0].draft.end == date(2026, 11, 4)


def test_what_the_article_does_not_leave_out_is_refused_in_the_form(desk, archive, sealed):
    case, seal = sealed
    at = desk()
    _page, clocks = stand_on(at, case, seal)
    at.click(knob(clocks.sum, "登记不计入期间"))
    form = clocks.suspend
    stretch(form, "2026-10-28", "2026-10-27")
    at.press("Ctrl+Return")
    assert form.end.verdict == "早于开始日期"
    stretch(form, "2026-10-20", "2026-11-04")
    at.press("Ctrl+Return")
    assert "期限自2026年10月26日（星期一）才开始" in form.refusal.plain()
    stretch(form, "2026-10-28", "2026-11-04")
    at.press("Ctrl+Return")
    at.click(knob(clocks.sum, "登记不计入期间"))
    stretch(form, "2026-10-29", "2026-11-02")  # every day of it is left out already; of one that lasts longer the rest would be
    at.press("Ctrl+Return")
    assert "同一日只扣除一次" in form.refusal.plain()
    at.press("Esc")
    assert clocks.place.isVisible()
    assert len(archive.procedure.suspensions(case)) == 1


def test_a_limit_whose_article_leaves_nothing_out_offers_nothing(desk, archive, sealed):
    case, _seal = sealed
    archive.procedure.activity_add(case, ActivityDraft("start_approved", at_hour(12, 9)))
    _page, clocks = stand_on(desk(), case, "", "CF-60")
    assert "登记不计入期间" not in "".join(getattr(b, "label", "") for b in clocks.sum.findChildren(QAbstractButton) if b.isVisible())


def test_two_sealings_are_told_apart_by_their_day(desk, archive, sealed):
    case, seal = sealed
    other = str(archive.procedure.activity_add(case, ActivityDraft("seal", at_hour(27, 9))))
    _page, clocks = stand_on(desk(), case, other)
    rows = {c.subject: n for n, c in enumerate(clocks.model.rows) if c.ground.rule == RULE}
    words = {one: clocks.model.cell(clocks.model.index(rows[one], 0)).sub for one in (seal, other)}
    assert words[seal] == "10-26 · 查封场所、设施、财物 · 行政强制法第二十五条（上位法）"
    assert words[other].startswith("10-27 · ")


def test_a_recording_is_not_called_by_the_activity_of_its_number(desk, archive, sealed):
    """Recordings and activities are counted each for themselves: the deposit of recording 1 is not about activity 1."""
    case, seal = sealed
    first = archive.procedure.footage(case)[0]
    while int(seal) < int(first.component):
        seal = archive.procedure.activity_add(case, ActivityDraft("interview", at_hour(27, 9)))
    _page, clocks = stand_on(desk(), case, str(first.component), "XG-16-deposit")
    row = next(n for n, c in enumerate(clocks.model.rows) if (c.ground.rule, c.subject) == ("XG-16-deposit", str(first.component)))
    assert clocks.model.cell(clocks.model.index(row, 0)).sub == f"{first.title} · 西岗办法第十六条"


def test_nothing_of_the_form_is_cut_off(desk, look, bridge, archive, sealed):
    case, seal = sealed
    at = desk()

    def build() -> CasePage:
        page = CasePage(archive, bridge, at.shell)
        page.opened(case=case, section=LIMITS, clock=(RULE, seal))
        at.settle()
        limit = page.read.course.limit(RULE)
        page.procedure.clocks._begin_suspension(limit, None)
        at.settle()
        return page

    check_page(look, build, [(1440, 900, "comfortable"), (1280, 720, "compact")])
