"""音像记录事项清单 and 记录仪: rows that add and never lower; a register whose clocks are read against this desk's."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.policy.clocks import BEIJING
from models.secrecy import Label
from tests.views import office as o
from views.common.buttons import Button
from views.common.text import Para
from views.rulebook.recorders import read_time
from views.rulebook.words import ahead_words


def words(part) -> str:
    return " ".join(p.plain() for p in part.findChildren(Para) if p.isVisible())


@pytest.fixture
def matters(desk):
    at = desk(o.ARCHIVIST)
    return at, at.go("rulebook", tab="matters").matters


def test_the_list_shows_the_regulation_beside_the_recommendation(matters):
    _at, section = matters
    assert [m.number for m in section.model.rows] == list(range(1, 33))
    first = section.model.rows[0]
    assert (first.title, first.text_level, first.default, first.agency) == ("现场检查（勘验）", "全程不间断", "应当同时记录", "")
    assert "“对现场检查、抽样调查" in words(section.area)
    silent = next(m for m in section.model.rows if m.title == "询问")
    assert silent.grounds == ()
    assert silent.text_level == "制度未规定音像记录"


def test_a_row_below_a_must_is_refused_at_its_field_with_the_article(matters, archive):
    at, section = matters
    at.press("Ctrl+N")
    form = section.form
    form.event_choice.choose("hearing")
    form.level.choose("may")
    at.press("Ctrl+Return")
    assert "请写明理由" in form.decided_field.verdict
    form.decided.setText("局务会纪要〔2026〕4号")
    at.press("Ctrl+Return")
    assert "西岗办法第十三条" in form.level_field.verdict
    assert archive.rulebook.duty_rows() == []
    at.press("Escape")
    assert section.table.hasFocus()


def test_a_row_is_added_changed_and_removed_with_reasons(matters, archive):
    at, section = matters
    at.press("Ctrl+N")
    form = section.form
    form.event_choice.choose("appraisal")
    form.level.choose("full")
    form.excuse.choose("none")
    form.texts["what"].setText("鉴定送检交接")
    form.decided.setText("局务会纪要〔2026〕4号")
    at.press("Ctrl+Return")
    assert "已加入本机关清单" in at.page.banner.title.plain()
    one = next(m for m in section.model.rows if m.own)
    assert one.agency == "full"
    section.table.choose(section.model.rows.index(one))
    at.settle()
    assert "局务会纪要" in words(section.area)
    at.click(next(b for b in section.area.findChildren(Button) if b.label == "修改……"))
    form.level.choose("sync")
    at.click(form.keep)
    assert "请写明理由" in form.why_field.verdict
    form.why.setText("改为同时记录")
    at.click(form.keep)
    assert [line.draft.level for line in archive.rulebook.duty_rows()] == ["sync"]
    section.table.choose(next(n for n, m in enumerate(section.model.rows) if m.own))
    at.settle()
    at.click(next(b for b in section.area.findChildren(Button) if b.label == "删去……"))
    at.reason("不再要求")
    assert archive.rulebook.duty_rows() == []


@pytest.fixture
def recorders(desk):
    at = desk(o.ARCHIVIST)
    return at, at.go("rulebook", tab="recorders").recorders


def register(at, section, number):
    at.press("Ctrl+N")
    section.form.texts["number"].setText(number)
    section.form.texts["holder"].setText(o.OFFICER)
    at.press("Ctrl+Return")


def test_a_recorder_is_registered_once_and_its_clock_is_read(recorders, archive):
    at, section = recorders
    assert section.nothing.isVisible()
    register(at, section, "")
    assert "请填写设备编号" in section.form.fields["number"].verdict
    section.close_form()
    register(at, section, "DSJ-0412")
    register(at, section, "DSJ-0412")
    assert "已经登记" in section.form.fields["number"].verdict
    section.close_form()
    at.settle()
    section.time.setFocus()
    at.type("10:48")
    at.press("Return")
    assert "时、分、秒" in section.time_field.verdict
    section.time.setText("10:48:12")
    at.press("Return")
    assert "DSJ-0412：比本机快 12 秒" in at.page.banner.title.plain()
    section.time.setText("2026-11-19 10:46:55")
    at.press("Return")
    assert [one.ahead_ms for one in section.history.rows] == [-65_000, 12_000]
    assert section.model.rows[0].ahead_ms == -65_000
    assert "比本机慢 1 分 5 秒" in section.clock.plain()


def test_a_recorder_out_of_service_is_read_no_more(recorders, archive):
    at, section = recorders
    register(at, section, "DSJ-0417")
    at.click(section.edit_it)
    section.form.active.setChecked(False)
    section.form.why.setText("报废")
    at.click(section.form.keep)
    line = archive.procedure.recorders()[0]
    assert line.draft.active is False
    assert not section.time_field.isVisible()


def test_an_officer_reads_a_clock_and_registers_none(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    from desktop.procedure import RecorderDraft

    archive.procedure.recorder_add(RecorderDraft("DSJ-0412"))
    at = desk(o.OFFICER)
    page = at.go("rulebook", tab="recorders")
    assert page.recorders.time_field.isVisible()
    assert not page.primary.isVisible()
    assert not page.recorders.edit_it.isVisible()


@given(st.integers(-11 * 3600, 11 * 3600), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_a_time_without_a_day_is_the_nearest_one(by, now):
    """Also across midnight: a recorder eleven hours off shows a time of the day before or after."""
    here = now.replace(microsecond=0, tzinfo=BEIJING)
    shown = here + timedelta(seconds=by)
    assert read_time(f"{shown:%H:%M:%S}", here) == shown


def test_what_is_no_time_is_none():
    now = datetime(2026, 11, 19, 10, 48, tzinfo=BEIJING)
    assert [read_time(words, now) for words in ("", "10:48", "25:00:00", "2026-02-30 10:00:00", "十点")] == [None] * 5
    assert read_time(" 2026-11-18 10：48：05 ", now) == datetime(2026, 11, 18, 10, 48, 5, tzinfo=BEIJING)


def test_a_clock_is_told_in_words():
    assert [ahead_words(ms) for ms in (12_000, -65_000, 400, 3_601_000)] == [
        "比本机快 12 秒", "比本机慢 1 分 5 秒", "与本机一致", "比本机快 1 小时 1 秒"]


LOG = """记录时间,设备编号,日志类型
2026-10-20 09:00:01,0412,开机
2026-10-20 09:05:00,0412,开始录像
2026-10-20 09:08:00,0412,停止录像
"""


def test_a_log_is_imported_and_a_bad_one_says_its_line(recorders, archive, tmp_path):
    at, section = recorders
    register(at, section, "DSJ-0412")
    assert section.logs.none.isVisible()
    bad, good = tmp_path / "坏.csv", tmp_path / "好.csv"
    bad.write_text(LOG.replace("09:05:00", "九点"), encoding="gb18030")
    good.write_text(LOG, encoding="gb18030")
    section.logs.load(bad)
    at.settle()
    assert at.page.banner.kind == "late" or at.page.banner.kind == "refused", at.page.banner.kind
    assert "第 3 行" in at.page.banner.title.plain() + at.page.banner.body.plain()
    assert section.logs.model.rows == []
    section.logs.load(good)
    at.settle()
    assert at.page.banner.kind == "good"
    row, = section.logs.model.rows
    assert (row.name, row.count) == ("好.csv", 3)
    assert not section.logs.link.isVisible()


def test_a_log_that_came_with_a_deposit_is_linked_by_enter(recorders, archive, tmp_path):
    at, section = recorders
    register(at, section, "DSJ-0412")
    (tmp_path / "卡").mkdir()
    (tmp_path / "卡" / "日志.csv").write_text(LOG, encoding="gb18030")
    deposit(archive, [os.fsencode(tmp_path / "卡")], None, Label(), Silent())
    at.page.reread()
    at.settle()
    assert section.logs.link.isVisible()
    section.logs.table.setFocus()
    at.press("Return")
    assert at.page.banner.kind == "good", at.page.banner.accessibleName()
    assert archive.procedure.logs_waiting() == []
    assert len(archive.procedure.recorder_logs(archive.procedure.recorders()[0].id)) == 1
