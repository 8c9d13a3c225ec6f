"""The elastic axis, the vocabulary and the history in words: pure values."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cases import HistoryLine
from desktop.policy.clocks import BEIJING
from models.terms import Stage
from views.cases import use
from views.cases.axis import columns, strips, widths
from views.cases.detail import own_time
from views.cases.marks import Mark
from views.terms import as_kind, as_stage, read_day

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@given(st.lists(DAYS, max_size=40), st.lists(DAYS, min_size=1, max_size=3))
def test_the_axis_holds_every_day_once_and_counts_the_idle_ones(days, others):
    marks = [Mark("tick", "paper", str(i), "", Stage.START, day) for i, day in enumerate(days)]
    axis = strips(marks, others)
    shown = [s.day for s in axis if s.day]
    assert shown == sorted(set(days) | set(others))
    at = shown[0]
    for strip in axis[1:]:
        at = strip.day if strip.day else at + timedelta(days=strip.idle)
        assert strip.day is None or strip.day == at
    assert sum(s.idle for s in axis) + len(shown) == (shown[-1] - shown[0]).days + 1


@given(st.lists(DAYS, min_size=1, max_size=60), st.floats(300, 2000))
def test_the_axis_fills_its_room(days, room):
    axis = strips([], days)
    found = widths(axis, room)
    assert sum(found) == pytest.approx(room)
    assert all(w > 0 for w in found)


def test_hours_in_which_nothing_happened_shrink_and_all_stay_in_order():
    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 10, 22, hour, minute, tzinfo=BEIJING)

    visit = Mark("activity", "activity", "1", "现场检查", Stage.INVESTIGATE, at(9), at(9, 20))
    film = Mark("bar", "footage", "2", "录像", Stage.INVESTIGATE, at(9, 5), at(9, 10))
    back = Mark("activity", "activity", "3", "返回单位", Stage.INVESTIGATE, at(18))
    (column,) = columns(strips([visit, film, back], []), 0, 400)
    places = [column.at(m) for m in (at(9), at(9, 5), at(9, 10), at(9, 20), at(18))]
    assert places == sorted(places)
    assert places[2] - places[1] == pytest.approx(places[1] - places[0])
    assert places[4] - places[3] < 0.1 * (places[3] - places[0])
    assert 0 < places[0] < places[4] < 400


@given(DAYS)
def test_days_are_read_as_people_write_them(day):
    for written in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d} "):
        assert read_day(written) == day.isoformat()


@pytest.mark.parametrize("written", ["2026-13-01", "昨天", "2026", "20260230", "26-1-1"])
def test_what_is_no_day_is_no_day(written):
    with pytest.raises(ValueError):
        read_day(written)


def test_an_empty_field_is_no_day():
    assert read_day("  ") is None


def test_a_choice_gives_its_meaning_back():
    assert as_stage("decide") is Stage.DECIDE
    assert as_stage(None) is None
    assert as_kind(None) is None


def line(field: str, old: str | None, new: str | None, reason: str = "编目") -> HistoryLine:
    return HistoryLine("2026-11-19T02:48:00.000000Z", "沈静宜", "现场检查笔录", field, old, new, reason)


def test_history_speaks_the_words_of_the_field():
    assert use.changed_words(line("stage", "start", "investigate")) == "阶段：启动 → 调查取证"
    assert use.changed_words(line("trade", "false", "true")) == "商业秘密：否 → 是"
    assert use.changed_words(line("kind", "penalty", "other")) == "执法行为种类：行政处罚 → 其他行为"
    assert use.changed_words(line("made_on", None, "2026-10-20")) == "日期：（空） → 2026-10-20"
    assert use.changed_words(line("case_id", None, "3")) == "编入案卷"
    assert use.changed_words(line("case_id", "3", "4")) == "移入另一案卷"
    assert use.changed_words(line("filed_at", None, "x")) == "已归档"
    assert use.changed_words(line("filed_at", "x", None)) == "重新打开"


def test_the_history_tells_what_was_corrected_of_limits():
    assert use.changed_words(line("suspension.kind", "inspection", "testing")) == "情形：检验 → 检测"
    assert use.changed_words(line("suspension.end", None, "2026-11-06")) == "结束日期：（空） → 2026-11-06"
    assert use.changed_words(line("suspension.reason", "检测委托书3号", "检测委托书4号")) == "书面依据：检测委托书3号 → 检测委托书4号"
    assert use.changed_words(line("extension.withdrawn_at", None, "2026-11-06T00:00:00Z")) == "已撤回"


def test_one_new_order_is_one_change():
    moved = [line("position", str(i), str(i + 1)) for i in range(5)]
    found = use.gathered([line("title", "a", "b"), *moved, line("position", "1", "2", "再调")])
    assert [(x.field, x.subject, x.reason) for x in found] == [
        ("title", "现场检查笔录", "编目"), ("position", "", "编目"), ("position", "", "再调")]


@pytest.mark.parametrize(("written", "shown"), [
    ("D:20261020010000Z", "2026-10-20 09:00:00"), ("D:20261020090000+08'00'", "2026-10-20 09:00:00"), ("D:20261020010000", "2026-10-20 09:00:00"),
    ("D:20261399010000Z", "D:20261399010000Z"), ("2026-10-20T09:05:12+08:00", "2026-10-20T09:05:12+08:00"), ("", ""),
])
def test_a_files_own_time_is_read_as_an_office_writes_it(written, shown):
    assert own_time(written) == shown
