"""What a camera says of its time, and when its recording was due under each of the five regulations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.camera_time import read_camera_time
from desktop.policy import Clock, ClockState, profile
from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import BEIJING
from desktop.policy.deadlines import clocks, over
from desktop.policy.profile import profile_names
from models.facts import CaseFacts, Footage

AT = datetime(2026, 11, 2, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), [
    ("2026-11-02T02:03:04.000000Z", AT), ("2026-11-02T02:03:04Z", AT), ("2026-11-02T10:03:04+08:00", AT), ("2026-11-02T10:03:04+0800", AT),
    ("2026-11-01T21:03:04-05:00", AT), ("2026-11-02T07:48:04+05:45", AT), ("2026:11:02 10:03:04", AT), ("2026-11-02 10:03:04", AT),
    ("2026:11:02 10:03:04.25", AT), ("UTC 2026-11-02 02:03:04 Z", AT), ("DSJ 2026-11-02T10:03:04 +08:00", AT),
    ("1904-01-01T00:00:00.000000Z", None), ("1970-01-01T00:00:00.000000Z", None), ("1972-01-19T03:14:08Z", None), ("1980-01-06 00:00:00", None),
    ("1989-12-31T23:59:59Z", None), ("1990-01-01T00:00:00Z", datetime(1990, 1, 1, tzinfo=UTC)), ("2038-01-19T03:14:08Z",
                                                                                               datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)),
    ("2100-02-28T23:59:59Z", datetime(2100, 2, 28, 23, 59, 59, tzinfo=UTC)), ("2100-02-29T00:00:00Z", None), ("2024-02-29T00:00:00Z",
                                                                                                              datetime(2024, 2, 29, tzinfo=UTC)),
    ("0000:00:00 00:00:00", None), ("2026-13-01T00:00:00Z", None), ("2026-11-02T25:00:00Z", None), ("2026-12-31T23:59:60Z", None),
    ("0001-01-01T00:00:00+14:00", None), ("9999-12-31T23:59:59-14:00", None), ("2026-11-02", None), ("", None), (None, None), ("昨天", None),
    ("2026年11月02日 10:03:04", None),
])
def test_what_a_device_wrote(text: str | None, expected: datetime | None) -> None:
    assert read_camera_time(text) == expected


@given(st.text(max_size=60) | st.from_regex(r"\d{4}[-:]\d\d[-:]\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?", fullmatch=True))
def test_whatever_a_device_wrote_is_a_time_in_reach_or_none(text: str) -> None:
    found = read_camera_time(text)
    assert found is None or (found.tzinfo is not None and 1990 <= found.year < 3000)


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2900, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_zone_is_taken_off(at: datetime, minutes: int) -> None:
    at = at.replace(microsecond=0)
    sign = "-" if minutes < 0 else "+"
    text = f"{at:%Y-%m-%dT%H:%M:%S}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    assert read_camera_time(text) == at.replace(tzinfo=UTC) - timedelta(minutes=minutes)


# Each rule by the words of its regulation; hours run through the night, the weekend and the holidays.
RULES = {"xigang-finance": ("第十六条", "footage.end", 24), "jinpu-development": ("第三十一条", "footage.end", 24),
         "fushun-culture": ("第三十一条", "footage.end", 24), "minhou-statistics": ("第二十二条", "footage.returned", 24),
         "provincial": ("第二十二条", "footage.day", 0)}


def beijing(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)


def deposit_clock(key: str, until: datetime | None, came: datetime) -> Clock:
    facts = CaseFacts(footage=(Footage("7", end=until, deposited=came),))
    (clock,) = clocks(profile(key), facts, built_in_calendar(), came, topic="deposit")
    assert clock.subject == "7"
    return clock


def test_there_are_five_regulations() -> None:
    assert set(profile_names()) == set(RULES)


@pytest.mark.parametrize("key", RULES)
def test_the_rule_is_that_of_the_article(key: str) -> None:
    article, start, hours = RULES[key]
    (rule,) = profile(key).limits("deposit")
    assert (rule.article, rule.start, rule.number) == (article, start, hours)
    assert ("24小时" in rule.text) == bool(hours or rule.exception_number)
    assert profile(key).cite_rule(rule).endswith(article)


@pytest.mark.parametrize("key", [k for k, (_, start, _) in RULES.items() if start != "footage.day"])
@pytest.mark.parametrize(("ended", "came", "late"), [
    ("2026-11-02 10:00:00", "2026-11-03 10:00:00", False), ("2026-11-02 10:00:00", "2026-11-03 10:00:01", True),
    ("2026-02-14 23:59:59", "2026-02-15 23:59:59", False), ("2026-02-16 09:00:00", "2026-02-24 09:00:00", True),
    ("2026-12-31 23:00:00", "2027-01-01 22:59:59", False), ("2028-02-28 12:00:00", "2028-02-29 12:00:01", True),
    ("2026-11-02 10:00:00", "2026-11-02 09:00:00", False)])
def test_twenty_four_hours(key: str, ended: str, came: str, late: bool) -> None:
    clock = deposit_clock(key, beijing(ended), beijing(came))
    assert clock.ground.article.endswith(RULES[key][0])
    assert clock.due == beijing(ended) + timedelta(hours=24)
    assert clock.late is late
    assert over(clock, AT) == beijing(came) - beijing(ended) - timedelta(hours=24)


@pytest.mark.parametrize(("ended", "came", "late"), [
    ("2026-11-02 10:00:00", "2026-11-02 23:59:59", False), ("2026-11-02 10:00:00", "2026-11-03 00:00:00", False),
    ("2026-11-02 10:00:00", "2026-11-03 00:00:01", True), ("2026-11-02 00:00:00", "2026-11-02 23:00:00", False),
    ("2026-11-02 23:59:59", "2026-11-03 00:10:00", True)])
def test_the_same_day_ends_at_midnight_in_the_office(ended: str, came: str, late: bool) -> None:
    clock = deposit_clock("provincial", beijing(ended).astimezone(UTC), beijing(came).astimezone(UTC))
    assert clock.ground.article.endswith("第二十二条")
    assert clock.late is late


@pytest.mark.parametrize("key", RULES)
def test_without_a_camera_time_nothing_is_claimed(key: str) -> None:
    clock = deposit_clock(key, None, AT)
    assert (clock.state, clock.start, clock.due, clock.late, over(clock, AT), clock.met) == (ClockState.WAITING, None, None, False, None, AT)
