"""The office's calendar: every day of twenty years beside an independent peer, and every mistake of a file told with its line."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from desktop.errors import Refusal
from desktop.i18n import set_language
from desktop.policy.calendar import LocalDay, OfficeCalendar, built_in_calendar, built_in_years
from desktop.policy.calendar_reading import parse_calendar

FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
GOOD = """format = 1
year = 2027
version = 2
source = "国务院办公厅关于2027年部分节假日安排的通知"

[[off]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03

[[work]]
name = "春节"
on = 2027-02-20
"""


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def test_every_day_of_twenty_years_is_as_the_peer_says() -> None:
    """The `holidays` package reads the same notices for itself; it differs on no day, so no notice had to decide."""
    ours, peer = built_in_calendar(), holidays.country_holidays("CN", years=range(2006, 2028))
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert len(days) == 7305
    assert [day for day in days if ours.is_working(day) != peer.is_working_day(day)] == []


def test_2026_is_as_its_notice_says() -> None:
    ours = built_in_calendar()
    off = [(1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5), (6, 19, 21), (9, 25, 27), (10, 1, 7)]
    assert not any(ours.is_working(date(2026, month, day)) for month, first, last in off for day in range(first, last + 1))
    assert all(ours.is_working(date(2026, month, day)) for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)])
    assert sum(ours.is_working(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)) == 248


def test_each_year_names_its_source_and_version() -> None:
    assert [one.year for one in built_in_years()] == list(range(2007, 2027))
    assert all(f"关于{one.year}年" in one.source and one.version >= 1 and one.published for one in built_in_years())
    assert built_in_calendar().version == "2007–2026·1"


@pytest.mark.parametrize(("day", "words"), [
    (date(2026, 10, 10), "国庆节调休上班"), (date(2026, 10, 5), "国庆节假日"), (date(2026, 10, 4), "国庆节假日"), (date(2026, 11, 21), "周末"),
    (date(2026, 11, 20), ""), (date(2007, 12, 31), "元旦假日"), (date(2020, 1, 31), "春节假日"), (date(2027, 1, 1), "元旦假日"),
    (date(2027, 2, 8), "春节假日"), (date(1970, 10, 1), "国庆节假日"), (date(2100, 1, 1), "元旦假日"), (date(1999, 10, 3), "周末")])
def test_why_a_day_is_off(day: date, words: str) -> None:
    assert built_in_calendar().why(day) == words


def test_a_year_without_notice_goes_by_weekends_and_by_the_days_of_the_measures() -> None:
    ours = built_in_calendar()
    assert not ours.announced(2027)
    assert [ours.is_working(date(2027, 1, n)) for n in (1, 2, 3, 4)] == [False, False, False, True]
    assert not ours.is_working(date(2027, 6, 9))  # 端午节, by the lunar calendar
    assert ours.is_working(date(2027, 2, 9))  # only a notice could move this day off
    assert ours.cited(2026, 2027) == "2026年历第1版、2027年历未公布（暂定）"


def test_a_loaded_year_takes_the_place_of_the_measures() -> None:
    ours = OfficeCalendar([*built_in_years(), parse_calendar(GOOD)])
    assert ours.announced(2027)
    assert ours.is_working(date(2027, 2, 20))
    assert ours.why(date(2027, 2, 20)) == "春节调休上班"
    assert ours.version == "2007–2026·1; 2027·2"


def test_local_days_lie_on_top() -> None:
    local = [LocalDay(date(2026, 11, 23), True, "州庆"), LocalDay(date(2026, 11, 22), False, "防汛"), LocalDay(date(2026, 10, 10), True, "州庆")]
    ours = OfficeCalendar(built_in_years(), local)
    assert [ours.is_working(date(2026, 11, 23)), ours.is_working(date(2026, 11, 22)), ours.is_working(date(2026, 10, 10))] == [False, True, False]
    assert ours.why(date(2026, 11, 23)) == "地方放假（州庆）"
    assert ours.why(date(2026, 11, 22)) == "地方安排上班（防汛）"
    assert ours.version == "2007–2026·1; 地方 3"


WRONG = {
    "calendar.day_twice": ("to = 2027-01-03\n", "to = 2027-01-03\n\n[[off]]\nname = \"元旦\"\nfrom = 2027-01-03\nto = 2027-01-04\n", 13),
    "calendar.other_year": ("on = 2027-02-20", "on = 2028-02-20", 13),
    "calendar.range_backwards": ("to = 2027-01-03", "to = 2026-12-31", 9),
    "calendar.weekday_work": ("on = 2027-02-20", "on = 2027-02-19", 13),
    "calendar.unknown_key": ("name = \"春节\"", "name = \"春节\"\nnote = \"?\"", 13),
    "calendar.missing_key": ("name = \"春节\"\n", "", 11),
    "calendar.wrong_value": ("version = 2", "version = \"zwei\"", 3),
    "calendar.not_toml": ("version = 2", "version = = 2", 3),
    "calendar.wrong_format": ("format = 1", "format = 7", 1),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_is_told_with_its_line(code: str) -> None:
    before, after, line = WRONG[code]
    assert before in GOOD
    with pytest.raises(Refusal) as told:
        parse_calendar(GOOD.replace(before, after))
    assert (told.value.code, told.value.facts["line"]) == (code, line)
    assert str(told.value).startswith(f"第 {line} 行")
    assert "没有任何改动" in str(told.value)
    assert "{" not in str(told.value)


@pytest.mark.parametrize(("before", "after"), [
    ("year = 2027", "year = true"), ("year = 2027", "year = 99999"), ("on = 2027-02-20", "on = 2027-02-20T08:00:00"), ("on = 2027-02-20", "on = 7"),
    ("name = \"春节\"", "name = \"\""), ("to = 2027-01-03", "to = 2027-12-03"), ("[[work]]", "[work]"), ("[[off]]", "[[hol]]"),
    ("source = ", "# "), ("2027-02-20", "2027-02-30")])
def test_whatever_else_is_wrong_is_refused_too(before: str, after: str) -> None:
    assert before in GOOD
    with pytest.raises(Refusal, match="第 "):
        parse_calendar(GOOD.replace(before, after))


def test_a_row_that_is_a_number_is_refused() -> None:
    with pytest.raises(Refusal) as told:
        parse_calendar('format = 1\nyear = 2027\nversion = 1\nsource = "x"\noff = [3]\n')
    assert (told.value.code, told.value.facts["line"]) == ("calendar.wrong_value", 5)


def test_a_day_has_one_kind_at_a_glance() -> None:
    """The kind never says otherwise than `is_working` does, in announced and provisional years and with local days."""
    local = [LocalDay(date(2026, 3, 3), True, "地方节日"), LocalDay(date(2026, 10, 3), False, "防汛值守")]
    ours = OfficeCalendar(built_in_years(), local)
    works = {"off": False, "work": True, "local_off": False, "local_work": True, "rest": False, "": True}
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(730)):
        assert works[ours.kind(day)] is ours.is_working(day), day
    told = {"2026-01-04": "work", "2026-10-01": "off", "2026-03-03": "local_off", "2026-10-03": "local_work", "2026-11-21": "rest", "2026-11-19": "",
            "2027-10-01": "off", "2027-10-02": "off", "2027-10-09": "rest"}
    assert {day: ours.kind(date.fromisoformat(day)) for day in told} == told
