"""The worked cases, each under the regulations that it names; every limit of every regulation is among them."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.i18n import set_language
from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import BEIJING, DAY, last_day
from desktop.policy.deadlines import clocks
from desktop.policy.profile import profile
from desktop.policy.verdicts import Clock
from models.facts import CaseFacts
from tests.desktop.policy.worked import ALL, DEPOSIT, FILING, JP, PV, Worked, at, case, deed
from tests.desktop.policy.worked_acts import ACTS
from tests.desktop.policy.worked_answers import ANSWERS
from tests.desktop.policy.worked_years import YEARS

TABLE = [*DEPOSIT, *FILING, *ACTS, *ANSWERS, *YEARS]
ROWS = [pytest.param(key, one, id=f"{number}-{key}-{one.rule}") for number, one in enumerate(TABLE) for key in one.keys]


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def words(ends: datetime | None) -> str:
    """«10-08 24:00» of 2026, or with its year; seconds never stand here."""
    if ends is None:
        return ""
    local = ends.astimezone(BEIJING)
    text = f"{last_day(ends)} 24:00" if local.time().isoformat() == "00:00:00" else f"{local:%Y-%m-%d %H:%M}"
    return text.removeprefix("2026-")


def clock_of(key: str, one: Worked, due_only: bool = False) -> Clock:
    now = datetime.fromisoformat(one.now).replace(tzinfo=BEIJING)
    found = [clock for clock in clocks(profile(key), one.facts, built_in_calendar(), now, due_only)
             if clock.ground.rule == one.rule and (not one.subject or clock.subject == one.subject)]
    assert len(found) == 1, [clock.subject for clock in found]
    return found[0]


@pytest.mark.parametrize(("key", "one"), ROWS)
def test_a_worked_case(key: str, one: Worked) -> None:
    clock = clock_of(key, one)
    raw, due = one.raw.removeprefix("2026-"), (one.due or one.raw).removeprefix("2026-")
    assert (words(clock.raw), words(clock.due), clock.state.value) == (raw, due, one.state)
    assert clock.provisional is one.provisional
    sum_words = "\n".join([*(step.words for step in clock.steps), clock.refused_claim])
    for told in one.told:
        assert told in sum_words, sum_words
    assert clock.ground.article
    assert clock.ground.text
    if clock.raw is not None:
        assert clock.steps[0].words
        assert {"event", "due"} <= {step.kind for step in clock.steps}


@pytest.mark.parametrize(("key", "one"), ROWS)
def test_the_quick_way_comes_to_the_same(key: str, one: Worked) -> None:
    assert clock_of(key, one, due_only=True) == replace(clock_of(key, one), steps=())


def test_there_are_enough_and_every_limit_of_every_regulation_is_among_them() -> None:
    assert len(TABLE) >= 50
    for key in ALL:
        rules = {rule.id for rule in profile(key).deadline}
        assert rules <= {one.rule for one in TABLE if key in one.keys}, key


def test_where_a_text_has_no_such_limit_there_is_no_such_clock() -> None:
    """省 and 金普 know no emergency back-fill; only 金普 knows an annual list and a hearing report."""
    facts = case(deed("started", "10-01 15:00"), deed("hearing", "10-20 09:00", "10-20 11:00"), yes=("emergency",))
    topics = {key: {clock.topic for clock in clocks(profile(key), facts, built_in_calendar(), at("11-21 10:00"))} for key in ALL}
    assert {key for key in ALL if "emergency" in topics[key]} == set(ALL) - {PV, JP}
    assert {key for key in ALL if "annual_list" in topics[key]} == {JP}
    assert {key for key in ALL if "hearing_report" in topics[key]} == {JP}


def test_one_case_under_five_regulations_has_five_different_answers() -> None:
    facts = CaseFacts(footage=DEPOSIT[0].facts.footage, case_end=FILING[1].facts.case_end, activities=(deed("started", "10-01 15:00"),),
                      conditions={"emergency": True})
    told = {key: tuple((clock.topic, clock.title, words(clock.raw), words(clock.due), clock.state.value, clock.ground.article)
                       for clock in clocks(profile(key), facts, built_in_calendar(), at("11-21 10:00")) if not clock.ground.national) for key in ALL}
    assert len(set(told.values())) == 5


def test_a_condition_that_is_open_hides_no_limit_that_only_it_could_lift() -> None:
    """XK-44 does not run where the licence was refused; whether it was is not answered here."""
    facts = case(deed("licence_decision", "06-12"), kind="licensing")
    rules = [clock.ground.rule for clock in clocks(profile(PV), facts, built_in_calendar(), at("06-15 10:00"))]
    assert "XK-44" in rules
    refused = replace(facts, conditions={"licence_refused": True})
    assert "XK-44" not in [clock.ground.rule for clock in clocks(profile(PV), refused, built_in_calendar(), at("06-15 10:00"))]


def test_every_alarm_is_on_the_earlier_day_where_two_are_shown() -> None:
    for one in TABLE:
        for key in one.keys:
            clock = clock_of(key, one, due_only=True)
            if clock.raw is not None and clock.due is not None:
                assert clock.alarm is not None
                assert clock.alarm <= clock.due
                assert clock.alarm >= min(clock.raw, clock.due)
                assert clock.due - clock.raw < 12 * DAY


def test_a_hundred_thousand_cases_are_a_minute() -> None:
    """Two thousand of them, the sums only, by the processor's own time; four times the quarter of a millisecond is let pass."""
    rules, calendar = profile(JP), built_in_calendar()
    cases = [CaseFacts(case_end=replace(FILING[0].facts.case_end, on=at("01-05 00:00").date() + timedelta(days=n % 300)),
                       activities=(deed("started", "01-05 09:00"), deed("inspection", "01-06 09:00", "01-06 11:00"), deed("decision", "03-02")),
                       footage=DEPOSIT[0].facts.footage * 2) for n in range(2000)]
    began = time.process_time()
    for facts in cases:
        clocks(rules, facts, calendar, at("11-21 10:00"), due_only=True)
    assert (time.process_time() - began) / len(cases) < 4 * 0.00025
