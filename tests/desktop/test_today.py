"""What waits, by role: each part only for who may read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName
from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import BEIJING, end_of
from desktop.today import WHICH, due_rows
from models.terms import CaseId, EnforcementKind
from tests import office as o


def test_each_role_gets_only_its_own_parts(office: Archive) -> None:
    parts = {
        o.ARCHIVIST: {"due", "stopped", "quarantine", "mine"}, o.OFFICER: {"due", "stopped", "quarantine", "mine"},
        o.LEADER: {"due", "mine", "waiting", "running_out"}, o.REVIEWER: {"due", "mine"}, o.CLERK: {"due", "mine"}, o.AUDITOR: {"refused"},
        o.SYSADMIN: {"first_passwords", "locked"}, o.SECADMIN: {"first_passwords", "locked"},
    }
    for name, wanted in parts.items():
        o.sign_in(office, name)
        board = office.today.board()
        assert {part for part, value in vars(board).items() if value is not None} == wanted, name
        assert office.today.count() >= 0


def test_what_somebody_may_not_know_of_is_not_there(office: Archive) -> None:
    o.sign_in(office, o.ARCHIVIST)
    seen = office.today.unlinked()
    o.sign_in(office, o.OFFICER)
    less = office.today.unlinked()
    assert {c.component.id for c in less} <= {c.component.id for c in seen}
    assert all(office.person.clearance.covers(c.record.label) for c in less)


# ---------------------------------------------------------------- limits by urgency
NOW = datetime(2026, 11, 19, 2, 48, tzinfo=UTC)  # a Thursday, 10:48 in the office


def cases_with_limits(office: Archive, *ended: str) -> list[CaseId]:
    """A case for each day on which its enforcement act ended: under xigang it is to be filed 30 days later, alarmed on the day as counted."""
    office.clock = FrozenClock(NOW)
    o.sign_in(office, o.ARCHIVIST)
    made = []
    for number, day in enumerate(ended):
        draft = CaseDraft(f"西财罚〔2026〕{100 + number}号", "账簿案", EnforcementKind.PENALTY, (), (OfficerName(o.OFFICER),), "2026-09-01")
        case = office.cases.create(draft)
        office.cases.look(case)
        office.procedure.case_end(case, "performed", date.fromisoformat(day), o.password_of(o.ARCHIVIST))
        made.append(case)
    return made


def test_limits_stand_by_urgency_and_say_whose_they_are(office: Archive) -> None:
    first, second, third = cases_with_limits(office, "2026-10-25", "2026-09-20", "2026-10-20")
    rows = [row for row in office.today.due_page(None, 1, 50) if row.topic == "filing"]
    assert [row.case for row in rows] == [second, third, first]
    late, today, later = rows
    assert (late.late, today.late, later.late) == (True, False, False)
    assert (today.days, later.days) == (0, 5)
    assert later.officers == o.OFFICER
    assert (later.article, later.unit) == ("西岗办法第十八条", "day")
    assert 0 < later.share < 0.25


def test_the_spans_are_counted_each_by_itself(office: Archive) -> None:
    """The act ended 2026-09-20, 10-20, 10-22, 10-25: over; today; Saturday, rolled to Monday; Tuesday of the next week."""
    cases_with_limits(office, "2026-09-20", "2026-10-20", "2026-10-22", "2026-10-25")
    numbers = {which: len([r for r in office.today.due_page(None, 1, 50, which) if r.topic == "filing"]) for which in WHICH}
    assert numbers == {"all": 4, "late": 1, "today": 1, "week": 2}
    counts = office.today.board().due
    assert counts is not None
    assert (counts.late, counts.today, counts.week) == tuple(office.today.due_count(which) for which in WHICH[1:])


def test_pages_and_anchors_reach_every_limit_once_with_the_unlinked_among_them(office: Archive) -> None:
    cases_with_limits(office, *(f"2026-{10 + n % 2}-{1 + n:02}" for n in range(6)))
    whole = office.today.due_page(None, 1, 100)
    assert [row.key for row in whole] == sorted(row.key for row in whole)
    assert len(whole) == office.today.due_count() == office.today.due_count("all") >= 6
    paged, anchor = [], None
    while page := office.today.due_page(anchor, 1, 3):
        paged += page
        anchor = page[-1].key
    assert paged == whole
    assert office.today.due_anchors(3) == [row.key for row in whole[2::3]]
    assert office.today.due_page(whole[5].key, -1, 4) == whole[1:5]
    assert office.today.due_page(None, -1, 3) == whole[-3:]


def test_an_officer_has_the_limits_of_their_own_cases(office: Archive) -> None:
    own, *_rest = cases_with_limits(office, "2026-09-20")
    other = office.cases.create(CaseDraft("西财罚〔2026〕200号", "别人的案", EnforcementKind.PENALTY, (), (OfficerName(o.SECOND),), "2026-09-01"))
    office.cases.look(other)
    office.procedure.case_end(other, "performed", date(2026, 9, 21), o.password_of(o.ARCHIVIST))
    assert {own, other} <= {row.case for row in office.today.due_page(None, 1, 50)}
    o.sign_in(office, o.OFFICER)
    assert other not in {row.case for row in office.today.due_page(None, 1, 50)}
    assert own in {row.case for row in office.today.due_page(None, 1, 50)}
    assert office.today.count() >= 1


def test_a_limit_opens_into_its_sum_until_it_runs_no_more(office: Archive) -> None:
    case, = cases_with_limits(office, "2026-09-20")
    row = next(r for r in office.today.due_page(None, 1, 50) if r.case == case and r.topic == "filing")
    found = office.today.due_sum(row)
    assert found.clock.late
    assert found.clock.ground.article == row.article
    assert found.clock.steps[0].kind == "event"
    with pytest.raises(Refusal) as refused:
        office.today.due_sum(replace(row, rule="XG-none"))
    assert refused.value.code == "today.clock_gone"
    with pytest.raises(Refusal) as refused:
        office.today.due_sum(replace(row, case=CaseId(9999)))
    assert refused.value.code == "not_found"


def test_the_leader_sees_what_is_over_by_article_and_person(office: Archive) -> None:
    cases_with_limits(office, "2026-09-20", "2026-09-10", "2026-10-25")
    assert office.today.overdue() == []  # the archivist does not answer for the house
    o.sign_in(office, o.LEADER)
    line = next(one for one in office.today.overdue() if one.article == "西岗办法第十八条")
    assert (line.person, line.count) == (o.OFFICER, 2)
    assert line.oldest == min(r.due for r in office.today.due_page(None, 1, 50, "late") if r.topic == "filing" and r.due)
    assert len(office.today.due_page(None, 1, 50, "late", line.article, line.person)) == 2
    assert office.today.due_page(None, 1, 50, "late", line.article, o.SECOND) == []


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.integers(0, 40))
def test_working_days_left_are_those_after_today(now: datetime, days: int) -> None:
    calendar, here = built_in_calendar(), now.replace(tzinfo=BEIJING)
    ends = end_of(here.date() + timedelta(days=days))
    left = due_rows.days_left(here, ends, "working_day", calendar)
    walked = [here.date() + timedelta(days=n + 1) for n in range(days)]
    assert left == sum(calendar.is_working(day) for day in walked)
    assert due_rows.days_left(here, ends, "day", calendar) == days


def test_the_archive_says_how_it_stands(office: Archive) -> None:
    o.sign_in(office, o.SYSADMIN)
    facts = office.standing.facts()
    assert facts.location == str(office.paths.root)
    assert facts.entries > 0
    assert facts.desks == 1
    assert facts.free is None or facts.free > 0
