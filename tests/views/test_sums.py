"""The sum in words: every kind of step has its line, the ground says who wrote it and who must still check it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.policy.calendar import built_in_calendar
from desktop.policy.counting import count, steps
from desktop.policy.rules import Unit
from desktop.policy.strip import days_of
from desktop.policy.verdicts import Clock, ClockState, Ground, Step
from tests.views.lookcheck import check_page, settle
from views.common import DayStrip, Para, Text, button, content, vbox
from views.common.dial import day_line
from views.common.sums import clock_sum, sum_lines

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 19, 2, 48, tzinfo=UTC)
GROUND = Ground("R", "某办法第十条", "应当在期限内办理。", "text")


def clock(start: date | datetime, number: int, unit: Unit, *more: Step, before: bool = False) -> Clock:
    calendar = built_in_calendar()
    counted = count(calendar, start, number, unit, before)
    told = (Step("event", start, "起点：收到申请"), *steps(calendar, start, number, unit, before), *more)
    return Clock("t", "答复", GROUND, "", ClockState.RUNNING, start, counted.raw, counted.due, counted.raw, None, told, counted.provisional,
                 calendar.cited(counted.first, counted.last) if counted.first else "")


def signs(one: Clock) -> list[str]:
    return [line.sign for line in sum_lines(one, days_of(one, built_in_calendar()))]


def line_of(one: Clock, sign: str) -> tuple[str, str]:
    return next((line.value, line.why) for line in sum_lines(one, days_of(one, built_in_calendar())) if line.sign == sign)


def said(part: QWidget) -> str:
    return "\n".join([t.full for t in part.findChildren(Text)] + [p.plain() for p in part.findChildren(Para)])


def test_twenty_working_days_are_four_lines() -> None:
    one = clock(date(2026, 10, 26), 20, "working_day")
    assert signs(one) == ["起算", "加上", "不计", "到期"]
    assert line_of(one, "起算") == ("2026-10-26（星期一）", "收到申请，当日不计")
    assert line_of(one, "加上") == ("20个工作日", "某办法第十条")
    assert line_of(one, "不计")[0] == "8日"
    assert "，不计入" not in line_of(one, "不计")[1]
    assert line_of(one, "到期") == ("2026-11-23 24:00（星期一）", "")


def test_a_roll_over_shows_both_days_and_why() -> None:
    one = clock(date(2026, 9, 2), 30, "day", Step("inferred", date(2026, 10, 2), "类推"))
    assert signs(one) == ["起算", "加上", "末日", "顺延", "提醒", "到期"]
    assert line_of(one, "末日")[0] == "2026-10-02 24:00（星期五）"
    assert line_of(one, "顺延")[1].startswith("10月2日至7日 国庆节假日；")


def test_a_day_that_makes_up_is_told_beside_what_is_left_out() -> None:
    assert line_of(clock(date(2026, 9, 23), 8, "working_day"), "照计") == ("", "10月10日 国庆节调休上班")


def test_hours_say_that_they_run_on(look: QApplication) -> None:
    one = clock(datetime(2026, 11, 18, 14, 0, tzinfo=BEIJING), 24, "hour")
    assert line_of(one, "加上") == ("24小时", "某办法第十条。按小时连续计算，节假日照算")
    part = clock_sum(one, built_in_calendar(), NOW)
    assert not part.findChildren(DayStrip)


def test_a_refused_claim_an_override_and_an_unannounced_year_are_told(look: QApplication) -> None:
    day = date(2026, 12, 20)
    one = clock(day, 20, "working_day", Step("override", day, "某条例另有期限"), Step("refused", day, "不在所列"))
    assert signs(one) == ["起算", "加上", "不计", "暂定", "另有规定", "不采纳", "到期"]
    part = clock_sum(one, built_in_calendar(), NOW)
    assert "2027年历未公布（暂定）" in said(part)


def test_the_ground_says_what_is_unchecked_and_what_is_the_higher_laws(look: QApplication) -> None:
    one = replace(clock(date(2026, 11, 2), 7, "day"), ground=replace(GROUND, mark="k", national=True))
    part = clock_sum(one, built_in_calendar(), NOW, button("打开案卷"))
    assert "本制度未规定，适用上位法" in said(part)
    assert any(w.accessibleName() == "待核实" for w in part.findChildren(QWidget))
    plain = clock_sum(clock(date(2026, 11, 2), 7, "day"), built_in_calendar(), NOW)
    assert "待核实" not in [w.accessibleName() for w in plain.findChildren(QWidget)]


def test_a_limit_that_has_not_begun_says_so(look: QApplication) -> None:
    waiting = Clock("t", "答复", GROUND, "", ClockState.WAITING, None, None, None, None, None, ())
    assert "起算的事项还没有记录" in clock_sum(waiting, built_in_calendar(), NOW).accessibleDescription()


def test_each_day_of_the_strip_says_its_reason() -> None:
    days = {d.day: day_line(d) for d in days_of(clock(date(2026, 9, 2), 30, "day"), built_in_calendar())}
    assert days[date(2026, 9, 2)] == "2026-09-02（星期三），起算当日，不计"
    assert days[date(2026, 10, 2)] == "2026-10-02（星期五），国庆节假日，第 30 日，未顺延的末日"
    assert days[date(2026, 10, 5)] == "2026-10-05（星期一），国庆节假日，不计"


@pytest.mark.parametrize("narrow", [False, True])
def test_sums_look_right(look: QApplication, narrow: bool) -> None:
    def page() -> QWidget:
        calendar = built_in_calendar()
        sums = [clock_sum(one, calendar, NOW, button("打开案卷"), narrow=narrow) for one in (
            clock(date(2026, 10, 26), 20, "working_day"), clock(date(2026, 9, 2), 30, "day"))]
        return content(vbox(*sums, None, gap=12))

    check_page(look, page, [(1280, 900, "comfortable"), (700, 900, "compact")], frame=False)
    settle(look)
