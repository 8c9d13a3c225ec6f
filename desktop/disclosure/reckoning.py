"""The limits of requests: their facts put together, counted by the rules, and kept as rows for the lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import DAY, end_of
from desktop.policy.deadline_words import moment_title
from desktop.policy.deadlines import clocks
from desktop.policy.disclosure import regime
from desktop.policy.moments import Moment
from desktop.policy.rules import DeadlineRule, Profile
from desktop.policy.verdicts import Clock, ClockState, Ground, Step
from desktop.procedure.clock_rows import row_of
from models.disclosure import DisclosureClock, DisclosureRequest, DisclosureStep
from models.facts import CaseFacts, Disclosure, Extension, Pause
from models.terms import DisclosureStepKind as Kind

if TYPE_CHECKING:
    from desktop.archive import Archive

_SOON = 2 * DAY
_COLUMNS = ("topic", "title", "article", "start", "counted", "due", "alarm", "met", "late", "paused", "provisional", "calendar")
_ASKED = (Kind.THIRD_PARTY, Kind.OTHER_AGENCY)
_PAUSES = (Kind.CORRECTION, *_ASKED)


def rules_of_requests(profile: Profile) -> list[DeadlineRule]:
    """The limits that a profile runs for each request."""
    return [rule for rule in profile.deadline if rule.per == "disclosure"]


def facts_of(request: DisclosureRequest, steps: Sequence[DisclosureStep]) -> CaseFacts:
    """One request as the rules see it: no case around it."""
    standing = [one for one in steps if one.withdrawn_at is None]
    answers = [one for one in standing if one.kind == Kind.ANSWER]
    told = Disclosure(str(request.id), _day(request.received_on), request.channel, _day_or_none(request.confirmed_on),
                      tuple(Pause(one.kind, _day(one.on), _day_or_none(one.ended_on)) for one in standing if one.kind in _PAUSES),
                      answered=_day(answers[-1].on) if answers else None)
    longer = tuple(Extension(one.rule, one.number or 0, one.unit, one.whom, _day(one.on), one.text, str(request.id))
                   for one in standing if one.kind == Kind.EXTENSION)
    return CaseFacts(disclosures=(told,), extensions=longer)


def clocks_of(profile: Profile, request: DisclosureRequest, steps: Sequence[DisclosureStep], calendar: OfficeCalendar, now: datetime,
              due_only: bool = False) -> tuple[Clock, ...]:
    """Every limit of a request: those of the rules, each who was asked with their own, and the day set for whoever must correct it."""
    asked = {rule.id: kind.value for rule in rules_of_requests(profile) for kind in _ASKED if f"pause({kind.value})" in rule.start}
    own = {rule.id for rule in rules_of_requests(profile)} - set(asked)
    counted = [replace(one, subject="") for one in clocks(profile, facts_of(request, steps), calendar, now, due_only) if one.ground.rule in own]
    for step in steps:
        if step.withdrawn_at is None and step.kind in asked.values():
            found = clocks(profile, facts_of(request, [step]), calendar, now, due_only)
            counted += [replace(one, subject=str(step.id)) for one in found if asked.get(one.ground.rule) == step.kind]
    return (*counted, *_set_days(steps, now))


def _set_days(steps: Sequence[DisclosureStep], now: datetime) -> Iterable[Clock]:
    """The day set for the applicant while it waits: past it somebody must decide, or the request would stand still for ever."""
    for one in steps:
        wait = regime().waits.get(one.kind)
        if wait is None or one.withdrawn_at is not None or one.ended_on is not None or one.until is None:
            continue
        start, until = _day(one.on), end_of(_day(one.until))
        state = ClockState.LAPSED if now > until else ClockState.SOON if now >= until - _SOON else ClockState.RUNNING
        ground = Ground(wait.key, wait.article, wait.text, wait.mark, True)
        yield Clock("disclosure_wait", wait.title, ground, str(one.id), state, start, until, until, until, None,
                    (Step("event", start, _("counted from: {event}").format(event=moment_title(Moment("pause", "start", wait.key)))),), unit="day")


def bring_up_to_date(archive: Archive, requests: Iterable[int]) -> int:
    """Reckon the limits of these requests anew, in the transaction under way; returns how many rows came out differently."""
    changed, now, calendar = 0, archive.clock.now(), archive.rules.calendar()
    for request in DisclosureRequest.select().where(DisclosureRequest.id << list(requests)):
        steps = list(DisclosureStep.select().where(DisclosureStep.request == request).order_by(DisclosureStep.on, DisclosureStep.id))
        over = request.closed_on is not None or any(one.kind in (Kind.ANSWER, Kind.WITHDRAWAL) and one.withdrawn_at is None for one in steps)
        profile = archive.rules.profile(request.profile, request.profile_version)
        rows = {(one.ground.rule, one.subject): dict(zip(_COLUMNS, row_of(one, calendar, over, False), strict=False))
                for one in clocks_of(profile, request, steps, calendar, now, due_only=True)}
        changed += _write(request.id, rows)
    return changed


def _write(request: int, rows: dict[tuple[str, str], dict[str, Any]]) -> int:
    """Write what differs; what does not run any more is taken out."""
    changed, known = 0, {(row.rule, row.subject): row for row in DisclosureClock.select().where(DisclosureClock.request == request)}
    for (rule, subject), values in rows.items():
        before = known.pop((rule, subject), None)
        if before is None:
            DisclosureClock.create(request=request, rule=rule, subject=subject, **values)
        elif any(getattr(before, name) != value for name, value in values.items()):
            DisclosureClock.update(**values).where(DisclosureClock.id == before.id).execute()
        else:
            continue
        changed += 1
    for gone in known.values():
        DisclosureClock.delete().where(DisclosureClock.id == gone.id).execute()
        changed += 1
    return changed


def touched(connection: Any, marks: Iterable[tuple[str, int]]) -> set[int]:
    """The requests whose limits these written rows may change."""
    requests, steps = set(), []
    for table, row in marks:
        if table == "disclosure_request":
            requests.add(row)
        elif table == "disclosure_step":
            steps.append(row)
    found = connection.execute("SELECT request_id FROM disclosure_step WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(steps),))
    return requests | {row[0] for row in found}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


