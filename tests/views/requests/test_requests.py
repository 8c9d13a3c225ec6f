"""Asking for two minutes of a recording, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import timecode
from models.terms import RequestState, Verb
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.requests import RequestPage, RequestsPage
from views.requests.items import read_time


def form(at, *titles: str) -> RequestPage:
    """The form for some records of the case."""
    case = o.case(at.archive)
    records = tuple(r.id for r in at.archive.cases.look(case).records if r.title in titles)
    return at.go("request", case=case, records=records)


def span(page: RequestPage, start: str, end: str, number: int = 0) -> None:
    item = page.items[0]
    if not item.cut:
        item.whole.group.button(1).click()
    elif len(item.lines) <= number:
        item.add()
    item.lines[number].start.setText(start)
    item.lines[number].end.setText(end)
    item.lines[number].check()


def decide(archive, request, approve: bool, reason: str = "") -> None:
    o.sign_in(archive, o.LEADER)
    digest = archive.approvals.digest(request)
    archive.approvals.decide(request, approve, reason, o.PASSWORD, digest.digest)


def test_two_minutes_are_asked_for_by_keyboard(desk, archive):
    at = desk(o.OFFICER)
    page = form(at, o.RECORDING)
    at.click(page.items[0].whole.group.button(1))
    assert page.items[0].lines[0].start.hasFocus()
    at.type("30")
    at.press("Tab")
    at.type("2:30")
    at.press("Tab")
    line = page.items[0].lines[0]
    assert (line.start.text(), line.end.text(), line.field.verdict) == ("0:00:30", "0:02:30", "2 分")
    page.purpose.setFocus()
    at.type("核对账簿册数")
    assert page.sentence.plain().startswith("批准后，周敏可在 11-26 18:00 前")
    assert "2 分" in page.sentence.plain()
    assert "其余 1 分" in page.sentence.plain()
    at.press("Ctrl+Return")
    assert at.page.name == "requests"
    made = archive.approvals.mine()[0]
    assert made.items[0].spans == ((30_000_000, 150_000_000),)
    assert (made.verb, made.purpose, made.until) == (Verb.VIEW, "核对账簿册数", "2026-11-26T10:00:00.000000Z")
    assert made.number in at.page.banner.title.plain()
    assert at.page.line.id == made.id


def test_every_fault_is_told_at_its_field_and_nothing_is_sent(desk, archive):
    at = desk(o.OFFICER)
    page = form(at, o.RECORDING)
    before = len(archive.approvals.mine())
    span(page, "0:02:00", "0:03:01")
    page.until.control.setText("2026-11-18")
    page.verb.choose(1)
    page._changed()
    page.copies.control.setText("0")
    at.press("Ctrl+Return")
    assert page.items[0].lines[0].field.verdict == "录像到 0:03:00 为止"
    assert page.items[0].lines[0].start.hasFocus()
    assert (page.why.verdict, page.until.verdict) == ("请写明用途，负责人据此决定", "这一时间已过")
    assert page.copies.verdict == "请填写 1 至 99 的数"
    assert len(archive.approvals.mine()) == before


@pytest.mark.parametrize(("start", "end", "words"), [
    ("2:00", "1:00", "结束要晚于开始"), ("abc", "1:00", "请按 0:02:30 的样子填写"), ("", "1:00", "请填写从几时几分到几时几分"),
])
def test_a_span_that_cannot_be_is_told(desk, start, end, words):
    page = form(desk(o.OFFICER), o.RECORDING)
    span(page, start, end)
    page.purpose.setFocus()
    page.items[0].lines[0].check()
    assert page.items[0].lines[0].field.verdict == words
    assert page.items[0].lines[0].span() is None


def test_spans_may_not_overlap(desk):
    page = form(desk(o.OFFICER), o.RECORDING)
    span(page, "0:00:10", "0:01:00")
    span(page, "0:00:50", "0:01:30", 1)
    assert page.items[0].fault() is page.items[0].lines[1].start
    span(page, "0:01:00", "0:01:30", 1)
    assert page.items[0].fault() is None
    assert page.items[0].asked().spans == ((10_000_000, 60_000_000), (60_000_000, 90_000_000))


def test_a_paper_is_asked_for_as_a_whole_with_copies(desk, archive):
    at = desk(o.OFFICER)
    page = form(at, "现场检查笔录", o.RECORDING)
    assert not any(i.duration for i in page.items if i.component.kind == "pdf")
    at.click(page.verb.group.button(1))
    page.copies.control.setText("2")
    page.purpose.setPlainText("听证")
    at.click(page.send)
    made = archive.approvals.mine()[0]
    assert (made.verb, made.copies, len(made.items)) == (Verb.COPY, 2, 2)
    assert all(i.spans == () for i in made.items)


def test_what_is_written_waits_for_ones_return(desk):
    at = desk(o.OFFICER)
    page = form(at, o.RECORDING)
    span(page, "0:00:10", "0:01:00")
    page.purpose.setPlainText("写了一半")
    at.press("Esc")
    assert at.page is not page
    form(at, o.RECORDING)
    assert page.purpose.toPlainText() == "写了一半"
    assert page.items[0].spans() == ((10_000_000, 60_000_000),)
    form(at, "现场检查笔录")
    assert [i.record.title for i in page.items] == ["现场检查笔录"]


def test_an_item_can_be_dropped_but_not_the_last_without_words(desk):
    at = desk(o.OFFICER)
    page = form(at, o.RECORDING)
    page.items[0].dropped.emit()
    page.purpose.setPlainText("没有材料")
    at.click(page.send)
    assert at.page is page
    assert page.banner.kind == "refused"


def test_a_waiting_request_can_be_withdrawn(desk, archive):
    at = desk(o.OFFICER)
    page = at.go("requests")
    assert page.model.cell(page.model.index(0, 2)).text == "待负责人"
    at.click(page.withdraw)
    assert archive.approvals.mine()[0].state is RequestState.WITHDRAWN
    assert page.model.cell(page.model.index(0, 2)).text == "已撤回"
    assert not page.withdraw.isVisible()


def test_what_is_approved_opens_with_its_grant(desk, archive):
    o.sign_in(archive, o.OFFICER)
    made = archive.approvals.mine()[0]
    decide(archive, made.id, True)
    at = desk(o.OFFICER)
    page = at.go("requests")
    assert page.model.cell(page.model.index(0, 2)).text == "已批准至 12-03 18:00"
    at.press("Return")
    assert at.page.name == "player"
    line = archive.approvals.mine()[0]
    assert at.page.asked == {"component": made.items[0].component, "grant": line.grant}
    case = at.go("case", case=made.case)
    case.contents.choose(next(r.id for r in case.contents.records if r.title == o.RECORDING))
    at.click(case.detail.open)
    assert at.page.asked == {"component": made.items[0].component, "grant": line.grant}


def test_a_refusal_shows_its_reason_and_opens_nothing(desk, archive):
    o.sign_in(archive, o.OFFICER)
    decide(archive, archive.approvals.mine()[0].id, False, "理由不充分")
    at = desk(o.OFFICER)
    page = at.go("requests")
    assert page.model.cell(page.model.index(0, 2)).text == "未批准"
    said = [w.plain() for w in page.side.findChildren(type(page.banner.title))]
    assert "理由不充分" in said
    at.press("Return")
    assert at.page is page


def test_a_request_revoked_meanwhile_is_taken_back_on_screen(desk, archive):
    o.sign_in(archive, o.OFFICER)
    made = archive.approvals.mine()[0]
    decide(archive, made.id, True)
    archive.approvals.revoke(archive.approvals.decided()[0].grant, "案情变化")
    page = desk(o.OFFICER).go("requests")
    assert page.model.cell(page.model.index(0, 2)).text == "已收回"


def test_who_has_asked_for_nothing_reads_what_to_do(desk):
    page = desk(o.CLERK).go("requests")
    assert page.place.currentWidget() is page.none


def test_nothing_overlaps_and_no_words_are_cut(desk, look, bridge, archive):
    at = desk(o.OFFICER)
    case = o.case(archive)
    records = tuple(r.id for r in archive.cases.look(case).records[:4])

    def request() -> RequestPage:
        page = RequestPage(archive, bridge, at.shell)
        page.opened(case=case, records=records)
        at.settle()
        page.items[2].whole.group.button(1).click()
        page.items[2].lines[0].end.setText("9:00:00")
        page.verb.group.button(1).click()
        page._fault()
        return page

    def requests() -> RequestsPage:
        page = RequestsPage(archive, bridge, at.shell)
        page.opened()
        at.settle()
        return page

    check_page(look, request)
    check_page(look, requests)


@given(st.integers(0, 100 * 3600))
def test_times_are_read_as_they_are_written(seconds):
    assert read_time(timecode.text(seconds * timecode.SECOND, 0)) == seconds * timecode.SECOND == read_time(str(seconds))
