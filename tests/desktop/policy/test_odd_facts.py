"""Whatever the facts are, the clocks answer: no date, number or order of events brings them down, and no sum is without words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.policy.calendar import built_in_calendar
from desktop.policy.deadlines import clocks, over, urgency
from desktop.policy.profile import profile, profile_names
from desktop.policy.verdicts import ClockState
from desktop.policy.vocabulary import vocabulary
from models.facts import Activity, CaseEnd, CaseFacts, Claim, Disclosure, Extension, Footage, Override, Pause

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
RULES = sorted({rule.id for key in profile_names() for rule in profile(key).deadline})
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
near = st.dates(date(2026, 1, 1), date(2027, 3, 1))
days = near | st.dates()
moments = st.datetimes(timezones=zones) | st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 1), timezones=zones)
maybe = st.none() | moments
events = st.sampled_from(list(vocabulary().keys("event")))
activities = st.builds(Activity, st.uuids().map(str), events, start=st.none() | days | moments, end=maybe)
claims = st.builds(Claim, st.sampled_from(list(vocabulary().keys("exception"))), st.text(max_size=2), st.text(max_size=2))
footage = st.builds(Footage, st.uuids().map(str), start=maybe, end=maybe, returned=maybe, deposited=maybe, claim=st.none() | claims)
pauses = st.builds(Pause, st.sampled_from(list(vocabulary().keys("pause"))), days, st.none() | days)
disclosures = st.builds(Disclosure, st.uuids().map(str), days, confirmed=st.none() | days, pauses=st.lists(pauses, max_size=4).map(tuple),
                        extension=st.integers(-5, 30), extension_by=st.text(max_size=1), answered=st.none() | days)
overrides = st.builds(Override, st.sampled_from(RULES), st.integers(-10, 20_000),
st.sampled_from(["hour", "day", "working_day", "month", "year", "moon"]),
                      st.text(max_size=2), st.sampled_from(["law", "rule", "normative"]))
extensions = st.builds(Extension, st.sampled_from(RULES), st.integers(-10, 20_000), st.sampled_from(["day", "working_day", "moon"]),
                       st.text(max_size=2), days)
cases = st.builds(
    CaseFacts, kind=st.sampled_from(["penalty", "licensing", "coercion"]), activities=st.lists(activities, max_size=5).map(tuple),
    conditions=st.dictionaries(st.sampled_from(["emergency", "hearing_right", "crime_suspected", "correction_ordered"]), st.booleans()),
    footage=st.lists(footage, max_size=2).map(tuple), disclosures=st.lists(disclosures, max_size=2).map(tuple),
    overrides=st.lists(overrides, max_size=3).map(tuple), filed=maybe, extensions=st.lists(extensions, max_size=3).map(tuple),
    case_end=st.none() | st.builds(CaseEnd, st.just("performed"), days, st.just("x")))


@settings(max_examples=150)
@given(st.sampled_from(profile_names()), cases)
def test_the_clocks_always_answer(key: str, facts: CaseFacts) -> None:
    for clock in clocks(profile(key), facts, built_in_calendar(), NOW):
        still = clock.state in (ClockState.WAITING, ClockState.PAUSED)
        assert still == (clock.due is None) == (clock.alarm is None) == (over(clock, NOW) is None)
        assert still or all(step.words for step in clock.steps)
        assert still or clock.steps[-1].kind in ("due", "met", "inferred")
        assert len(urgency(clock, NOW)) == 2
        assert clock.late == (clock.state in (ClockState.LATE, ClockState.MET_LATE))


@settings(max_examples=60)
@given(st.sampled_from(profile_names()), cases, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_time_that_passes_never_makes_a_limit_later(key: str, facts: CaseFacts, further: timedelta) -> None:
    before = clocks(profile(key), facts, built_in_calendar(), NOW, due_only=True)
    after = clocks(profile(key), facts, built_in_calendar(), NOW + further, due_only=True)
    assert [(one.raw, one.due, one.alarm) for one in before] == [(one.raw, one.due, one.alarm) for one in after]
    for one, other in zip(before, after, strict=True):
        assert not one.late or other.late
