"""日历: a year at a glance with its source, a year taken in from a file, local days, and the clocks reckoned anew."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Refusal
from desktop.rulebook.reading_files import text_of
from tests.views import office as o
from views.rulebook.calendar import holidays

YEAR = """format = 1
year = 2027
version = 1
source = "国务院办公厅通知（测试）"

[[off]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
"""


@pytest.fixture
def calendar(desk):
    at = desk(o.ARCHIVIST)
    return at, at.go("rulebook", tab="calendar").calendar


def test_the_year_says_each_day_in_words_and_keys_move_in_it(calendar):
    at, section = calendar
    view = section.view
    assert section._notice.itemAt(0).widget().plain() == "国务院办公厅关于2026年部分节假日安排的通知"
    assert ("春节", "2月15日至23日", "2月14日、2月28日") in section.model.rows
    assert view.accessibleName().startswith("2026年11月19日")
    view.setFocus()
    at.press("Home")
    assert view.accessibleName() == "2026年1月1日（星期四）：元旦假日，不上班"
    for _step in range(3):
        at.press("Right")
    assert view.accessibleName() == "2026年1月4日（星期日）：元旦调休上班，上班"
    at.press("PgDown")
    assert view.day == date(2026, 2, 4)
    at.press("Down")
    assert section.said.full.startswith("2026年2月11日")
    at.press("Home")
    at.press("Left")
    assert view.day == date(2026, 1, 1)  # the year has an end
    assert section.form.day.text() == "2026-01-01"
    at.bot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box_of(date(2026, 10, 10)).center().toPoint())
    assert section.said.full == "2026年10月10日（星期六）：国庆节调休上班，上班"


def test_a_year_without_its_notice_is_provisional(calendar):
    at, section = calendar
    at.click(section.after)
    assert section.name.full == "2027（暂定）"
    assert ("元旦假日", "1月1日", "") in section.model.rows
    assert "2027 年的放假通知还没有载入" in section._notice.itemAt(0).widget().accessibleName()
    assert section.view.accessibleName().endswith("（暂定）")
    assert not section.after.isEnabled()
    assert holidays(section.got.days, 2027)[0][0] == "元旦假日"


def test_a_file_with_a_mistake_changes_nothing_and_a_good_one_reckons_anew(calendar, archive, tmp_path):
    at, section = calendar
    bad = tmp_path / "cn-2027.toml"
    bad.write_text(YEAR + '\n[[off]]\nname = "又"\nfrom = 2027-01-02\nto = 2027-01-02\n', encoding="utf-8")
    section.load(bad)
    at.settle()
    said = at.page.banner.title.plain() + at.page.banner.body.plain()
    assert "第 13 行" in said
    assert "没有任何改动" in said
    assert not archive.rulebook.calendar().announced(2027)
    bad.write_bytes(YEAR.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    section.load(bad)
    at.settle()
    assert archive.rulebook.calendar().announced(2027)
    assert archive.rulebook.recompute_due() is False
    assert section.name.full == "2027"
    assert section.model.rows == [("元旦", "1月1日至3日", "")]


def test_what_is_no_text_is_refused_by_name(tmp_path):
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x00\xff")
    for path, code in ((tmp_path / "图.png", "calendar.file_not_text"), (tmp_path / "无", "calendar.file_unreadable")):
        with pytest.raises(Refusal) as no:
            text_of(path)
        assert no.value.code == code
        assert path.name in str(no.value)
    (tmp_path / "大").write_bytes(b"#" * 1_000_001)
    with pytest.raises(Refusal):
        text_of(tmp_path / "大")


def test_a_local_day_is_entered_and_removed(calendar, archive):
    at, section = calendar
    form = section.form
    form.day.setText("2026-11-25")
    at.click(form.enter)
    assert "名称" in form.order_field.verdict
    form.name.setText("区庆")
    form.order.setFocus()
    at.type("西政办〔2026〕9号")
    at.press("Return")
    assert not archive.rulebook.calendar().is_working(date(2026, 11, 25))
    assert section.local_table.row().name == "区庆"
    section.view.show_year(section.got.days, date(2026, 11, 25), date(2026, 11, 19))
    assert section.view.accessibleName() == "2026年11月25日（星期三）：地方放假（区庆），不上班"
    form.day.setText("2026年11月25日")
    form.name.setText("又")
    form.order.setText("又")
    form.submit()
    at.settle()
    assert "已经记为本地放假" in form.order_field.verdict
    form.day.setText("昨天")
    form.submit()
    assert "2026-10-20" in form.day_field.verdict
    at.click(section.remove)
    at.reason("文件撤销")
    assert archive.rulebook.calendar().is_working(date(2026, 11, 25))
    assert section.local.rows == []


def test_who_may_not_recompute_is_told_that_it_is_due(desk, archive):
    o.sign_in(archive, o.REVIEWER)
    archive.rulebook.local_add(date(2026, 11, 25), True, "区庆", "西政办〔2026〕9号")
    at = desk(o.OFFICER)
    section = at.go("rulebook", tab="calendar").calendar
    offer = section.due.itemAt(0).widget()
    assert "未结案卷的期限还按原来的日子计算" in offer.accessibleName()
    assert not offer.tail.itemAt(0).widget().isEnabled()
    assert not section.form.isVisible()


def test_a_job_that_was_stopped_is_offered_again(calendar, archive):
    at, section = calendar
    at.shell.reckoning.close()  # as if somebody had stopped the window's own
    archive.rulebook.local_add(date(2026, 11, 25), True, "区庆", "西政办〔2026〕9号")
    at.settle()
    offer = section.due.itemAt(0).widget()
    at.click(offer.tail.itemAt(0).widget())
    assert archive.rulebook.recompute_due() is False
    assert "期限已重新计算" in at.page.banner.title.plain()
    assert section.due.count() == 0
