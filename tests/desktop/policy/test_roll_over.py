"""A stretch that begins while the last day, an off one, is put off to a working day: the limit ends with the stretch, and its sum holds together.

The thirty days of a sealing on Tuesday 1 September 2026 are over on Thursday 1 October, put off to Thursday 8 October (民法典§203, by analogy):
until then the things are still sealed in time, and what is tested within that time is tested in time (强制法§25(3)).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import day_of, last_day
from desktop.policy.verdicts import Clock
from models.facts import CaseFacts, Suspension
from tests.desktop.policy.test_worked_cases import _chinese as _chinese
from tests.desktop.policy.test_worked_cases import clock_of, words
from tests.desktop.policy.worked import XG, Worked, case, deed, on

SEALED = case(deed("seal", "09-01 09:00"), kind="coercion")
DAY = timedelta(1)
CALENDAR = built_in_calendar()


def probed(facts: CaseFacts, *stretches: tuple[date, date | None]) -> CaseFacts:
    return replace(facts, suspensions=tuple(Suspension("QZ-25-1", "testing", a, b, "送检", "光明饭店", a) for a, b in stretches))


def clock(facts: CaseFacts) -> Clock:
    return clock_of(XG, Worked((XG,), "QZ-25-1", facts, "", ""))


WORKED = [
    # It lasts until Saturday 10 October, a make-up working day: the limit ends with it.
    ("10-05", "10-10", "10-10", "应顺延至其后第一个工作日2026年10月8日（星期四）；不计入的期间延续到2026年10月10日（星期六），期限至该日届满"),
    # Until Sunday the 11th, a day off: Monday.
    ("10-05", "10-11", "10-12", "该日是休息日，再顺延至其后第一个工作日2026年10月12日（星期一）"),
    # Over before the day to which the last day is put off: nothing changes.
    ("10-05", "10-06", "10-08", "10月6日 检测，期限日数已满"),
    # Begun on that day itself.
    ("10-08", "10-20", "10-20", "10月9日至20日 检测，期限日数已满"),
    # Begun on the last day as counted, as on any last day: nine days more.
    ("10-01", "10-10", "10-10", "加39日：2026年10月10日（星期六）")]


@pytest.mark.parametrize(("start", "end", "due", "told"), WORKED)
def test_the_limit_ends_with_the_stretch(start: str, end: str, due: str, told: str) -> None:
    found = clock(probed(SEALED, (on(start), on(end))))
    assert words(found.due) == f"{due} 24:00"
    assert words(found.raw) == ("10-01 24:00" if start > "10-01" else f"{due} 24:00")
    assert told in "\n".join(step.words for step in found.steps)
    assert found.refused_claim == ""


def test_what_begins_on_the_day_after_is_too_late() -> None:
    found = clock(probed(SEALED, (on("10-09"), on("10-20"))))
    assert words(found.due) == "10-08 24:00"
    assert "期限已于2026年10月8日（星期四）届满" in found.refused_claim


def test_one_that_lasts_stands_still_and_ends_with_what_was_done() -> None:
    assert clock(probed(SEALED, (on("10-05"), None))).state.value == "paused"
    released = replace(SEALED, activities=(*SEALED.activities, deed("release", "10-15 09:00")))
    found = clock(probed(released, (on("10-05"), None)))
    assert (words(found.due), found.state.value) == ("10-15 24:00", "met")


def holds_together(found: Clock, stretches: list[tuple[date, date]]) -> None:
    """From the start to the due day every day has its place: counted, left out with its number, off, or in a stretch that lasts."""
    assert found.start is not None
    assert found.raw is not None
    assert found.due is not None
    start, raw, due = day_of(found.start), last_day(found.raw), last_day(found.due)
    left_out = sum(int(one) for step in found.steps if step.kind == "paused" for one in re.findall("(\\d+)日不计入", step.words))
    (counted,) = (step for step in found.steps if step.kind == "counted")
    assert (counted.at, counted.words.split("：")[0]) == (raw, f"加{30 + left_out}日")
    assert raw == start + (30 + left_out) * DAY
    day = raw
    while day < due:
        assert not CALENDAR.is_working(day) or any(a <= day <= b for a, b in stretches), (day, found.steps)
        day += DAY
    assert CALENDAR.is_working(due)
    assert [step.at for step in found.steps if step.kind == "rolled"] == ([due] if due != raw else [])
    assert [step.at for step in found.steps if step.kind == "due"] == [due]
    gone = {step.at for step in found.steps if step.kind == "skipped"}
    assert all(raw <= day_of(at) < due for at in gone)


spans = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 15)), max_size=4)
sealings = st.dates(date(2025, 8, 20), date(2025, 9, 10)) | st.dates(date(2026, 8, 20), date(2026, 9, 10))


@settings(max_examples=200)
@given(sealings, spans)
def test_every_sum_holds_together(day: date, found: list[tuple[int, int]]) -> None:
    stretches = [(day + begins * DAY, day + (begins + length) * DAY) for begins, length in found]
    holds_together(clock(probed(case(deed("seal", f"{day} 09:00"), kind="coercion"), *stretches)), stretches)


@settings(max_examples=200)
@given(sealings, st.integers(0, 40), st.integers(0, 20), st.integers(0, 20), spans)
def test_a_longer_stretch_never_makes_the_limit_shorter(day: date, begins: int, length: int, more: int, others: list[tuple[int, int]]) -> None:
    """Whether it ends later or begins earlier, and whatever else is left out before it."""
    sealed = case(deed("seal", f"{day} 09:00"), kind="coercion")
    before = [(day + a * DAY, day + (a + b) * DAY) for a, b in others if a < begins]
    start, end = day + begins * DAY, day + (begins + length) * DAY
    short, long = (clock(probed(sealed, *before, one)) for one in ((start, end), (start, end + more * DAY)))
    early = clock(probed(sealed, (max(day, start - more * DAY), end)))
    alone = clock(probed(sealed, (start, end)))
    for one, other in ((short, long), (alone, early)):
        assert one.due is not None
        assert other.due is not None
        assert one.raw is not None
        assert other.raw is not None
        assert one.due <= other.due
        assert one.raw <= other.raw
