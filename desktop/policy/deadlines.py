"""Every limit of time of a case as a clock that opens into its sum: pure functions of the profile, the facts, the calendar and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import DAY, day_of, end_of, last_day
from desktop.policy.conditions import Answer, Questions, questions
from desktop.policy.counting import Counted, count, in_reach, steps
from desktop.policy.deadline_words import at_once_words, met_words, moment_title, odd_request, odd_words
from desktop.policy.extensions import extended
from desktop.policy.grounds import ground, suspending_article
from desktop.policy.known import At, Subject, as_moment, done_before, first_known, met_after, subjects
from desktop.policy.limits import Limit, Running, begun_anew, limit_of, ready, standing_still
from desktop.policy.rules import Condition, DeadlineRule, Profile
from desktop.policy.suspensions import resumed, standing_words, suspended
from desktop.policy.verdicts import Clock, ClockState, Step
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import day_words
from models.facts import CaseFacts, Extension, Suspension

_Given = TypeVar("_Given", Extension, Suspension)
_PLANS: dict[int, _Plan] = {}
_MOST_PLANS = 32


def clocks(profile: Profile, facts: CaseFacts, calendar: OfficeCalendar, now: datetime, due_only: bool = False,
           topic: str = "") -> tuple[Clock, ...]:
    """Every limit of time that applies to the case, for each of its subjects, in the order of the profile's rules.

    With `due_only` the clocks have no steps: for reckoning a hundred thousand cases, not for showing. `topic` asks for one topic only.
    """
    plan = _plan(profile)
    overrides = {one.rule: one for one in facts.overrides}
    longer, stretches = _entered(facts.extensions), _entered(facts.suspensions)
    asked = _Asked(Questions(plan.conditions, facts))
    made: list[Clock] = []
    for one in plan.rules:
        if (topic and one.rule.topic != topic) or not _runs(asked, one.rule, facts):
            continue
        found = list(subjects(facts, one.rule.per, one.starts, one.ends))
        several = len(found) > 1
        for subject in found:
            if one.given and first_known(facts, one.given, subject) is None:
                continue
            limit = limit_of(one, facts, subject, overrides)
            if subject.disclosure is not None:
                limit = begun_anew(limit, one.rule, subject.disclosure)
            if longer:
                limit = extended(limit, one, _meant(longer, one, subject), _meant(stretches, one, subject), subject, several, calendar)
            if subject.disclosure is not None:
                limit = standing_still(limit, one.rule, subject.disclosure, calendar)
            elif stretches:
                limit = suspended(limit, one, _meant(stretches, one, subject), subject, several, calendar)
            made.append(_clock(_Case(one, facts, calendar, now, subject, limit, not due_only)))
    return tuple(made)


def _entered(given: Iterable[_Given]) -> dict[tuple[str, str], list[_Given]]:
    """What was entered for limits, by rule and subject: a thousand stretches are not asked a thousand times."""
    found: dict[tuple[str, str], list[_Given]] = {}
    for one in given:
        found.setdefault((one.rule, one.subject), []).append(one)
    return found


def _meant(entered: Mapping[tuple[str, str], list[_Given]], one: Running, subject: Subject) -> list[_Given]:
    """Of those what names this rule, and this subject or none."""
    found: list[_Given] = []
    for named in dict.fromkeys(("", subject.id)):
        found += entered.get((one.rule.id, named), ())
    return found


class _Asked(dict[str, Answer]):
    """The answers of one case, each found once."""

    def __init__(self, questions: Questions) -> None:
        super().__init__()
        self._questions = questions

    def __missing__(self, key: str) -> Answer:
        answer = self[key] = self._questions.answer(key)
        return answer


def _runs(asked: _Asked, rule: DeadlineRule, facts: CaseFacts) -> bool:
    """Whether a limit runs: one that only an open answer could lift runs until that is given, so that nothing is missed."""
    if (rule.kinds and facts.kind not in rule.kinds) or (rule.procedures and facts.procedure not in rule.procedures):
        return False
    for key in rule.when:  # plain, because it is asked for every rule of a hundred thousand cases
        if asked[key] is not True:
            return False
    return not rule.unless or all(asked[key] is not True for key in rule.unless)


@dataclass(frozen=True)
class _Plan:
    """The rules of a profile made ready once. The profile is held, so that its id stays its own."""

    profile: Profile
    rules: tuple[Running, ...]
    conditions: Mapping[str, Condition]


def _plan(profile: Profile) -> _Plan:
    held = _PLANS.get(id(profile))
    if held is None or held.profile is not profile:
        if len(_PLANS) >= _MOST_PLANS:
            _PLANS.clear()
        rules = tuple(ready(rule, ground(profile, rule), suspending_article(profile, rule)) for rule in profile.deadline)
        held = _PLANS[id(profile)] = _Plan(profile, rules, questions(profile, CaseFacts()).conditions)
    return held


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule for one subject of one case, on the way to its clock."""

    one: Running
    facts: CaseFacts
    calendar: OfficeCalendar
    now: datetime
    subject: Subject
    limit: Limit
    in_words: bool


def _clock(case: _Case) -> Clock:
    limit, rule = case.limit, case.one.rule
    met = met_after(case.facts, case.one.ends, case.subject, limit.start, case.one.backward)
    if met is not None and isinstance(limit.standing, Suspension):
        limit = resumed(limit, case.one, day_of(met), case.calendar)
        case = replace(case, limit=limit)
    if limit.start is None or not in_reach(limit.start) or limit.standing is not None:
        return _still(case, met)
    counted = _fixed(case) if rule.due_on else count(case.calendar, limit.start, limit.number, limit.unit, rule.before, limit.until)
    latest, earliest = max(counted.raw, counted.due), min(counted.raw, counted.due)
    alarm = earliest if rule.inferred_roll or rule.before or rule.due_on or limit.unit == "hour" else counted.due
    state = _state(case, counted, latest, alarm, met)
    words = tuple(_steps(case, counted, met, latest)) if case.in_words else ()
    return Clock(rule.topic, rule.title, case.one.ground, case.subject.id, state, limit.start, counted.raw, counted.due, alarm, met, words,
                 counted.provisional, case.calendar.cited(counted.first, counted.last) if counted.first else "", "; ".join(limit.refused), limit.unit)


def _still(case: _Case, met: At | None) -> Clock:
    """A clock that does not run: no start yet, a start that cannot be, or a pause that lasts."""
    limit, rule = case.limit, case.one.rule
    state = ClockState.PAUSED if limit.standing is not None and met is None else ClockState.WAITING
    words: list[Step] = []
    start = limit.start
    if case.in_words and start is not None:
        words = [*odd_request(case.subject), *limit.notes]
        if not in_reach(start):
            told = _("{day} cannot be a day of this case; correct it, and the limit is counted").format(day=start.isoformat())
            words.append(Step("odd", start, told))
            start = None
        elif isinstance(limit.standing, Suspension):
            words.append(Step("paused", limit.standing.start, standing_words(case.one, limit.standing)))
        elif limit.standing is not None:
            words.append(Step("paused", limit.standing.start, _("{kind} since {day}; the limit stands still").format(
                kind=vocabulary().title("pause", limit.standing.kind), day=day_words(limit.standing.start))))
        words += [Step("refused", start, refused) for refused in limit.refused] if start is not None else []
    elif start is not None and not in_reach(start):
        start = None
    return Clock(rule.topic, rule.title, case.one.ground, case.subject.id, state, start, None, None, None, met, tuple(words), False, "",
                 "; ".join(limit.refused), limit.unit)


def _fixed(case: _Case) -> Counted:
    """A fixed day of the year after the subject's: 「1月31日前」 is safe on the day before and may be read as that day itself."""
    month, number = map(int, case.one.rule.due_on.split("-"))
    day = date(case.subject.year + 1, month, number)
    return Counted(end_of(day - DAY if case.one.rule.before else day), end_of(day))


def _state(case: _Case, counted: Counted, latest: datetime, alarm: datetime, met: At | None) -> ClockState:
    if met is not None:
        if case.limit.number == 0 and case.limit.unit == "hour":
            return ClockState.MET  # 立即 names no hours: whether it was at once, a person judges
        in_time = met <= latest if isinstance(met, datetime) else as_moment(met) < latest
        return ClockState.MET if in_time else ClockState.MET_LATE
    if case.now > latest:
        return ClockState.LAPSED if case.one.rule.lapses else ClockState.LATE
    assert case.limit.start is not None
    begun = as_moment(case.limit.start)
    span = begun - alarm if case.one.backward else alarm - begun
    return ClockState.SOON if case.now >= alarm - span * case.one.rule.soon_percent / 100 else ClockState.RUNNING


def _steps(case: _Case, counted: Counted, met: At | None, latest: datetime) -> Iterator[Step]:
    limit, rule = case.limit, case.one.rule
    assert limit.start is not None
    done = done_before(case.facts, case.one.ends, case.subject) if met is None else met
    yield from odd_words(case.calendar, case.subject, limit.start, done, case.now, case.one.backward)
    yield Step("event", limit.start, (_("counted from: {event} (the return is not on record; earlier than this it cannot have been)")
                                      if limit.assumed else _("counted from: {event}")).format(event=moment_title(limit.moment)))
    yield from limit.notes
    for refused in limit.refused:
        yield Step("refused", limit.start, refused)
    if rule.due_on:
        yield from _fixed_steps(case, counted)
    else:
        yield from steps(case.calendar, limit.start, limit.number, limit.unit, rule.before, limit.until)
    if rule.inferred_roll and counted.raw != counted.due:
        raw = last_day(counted.raw)
        yield Step("inferred", raw, _("the roll-over is by analogy: the alarm stays on {day}").format(day=day_words(raw)))
    if met is not None and limit.number == 0 and limit.unit == "hour":
        yield Step("met", met, at_once_words(met))
    elif met is not None:
        yield Step("met", met, met_words(met, counted, latest))


def _fixed_steps(case: _Case, counted: Counted) -> Iterator[Step]:
    safe, last = last_day(counted.raw), last_day(counted.due)
    if safe != last:
        yield Step("counted", safe, _("the safe reading: done by {day}").format(day=day_words(safe)))
    yield Step("due", last, _("the last reading: {day}, 24:00").format(day=day_words(last)))


def urgency(clock: Clock, now: datetime) -> tuple[int, float]:
    """For a list by urgency: late ones first, the latest on top; then by alarm; those without an alarm last."""
    if clock.state is ClockState.LATE and clock.due is not None:
        return 0, clock.due.timestamp()
    if clock.alarm is not None and clock.met is None:
        return 1, clock.alarm.timestamp()
    return 2, now.timestamp()


def over(clock: Clock, now: datetime) -> timedelta | None:
    """By how much it is over, or was when it was met (negative: how much was left); None for a clock that does not run."""
    return None if clock.limit is None else (now if clock.met is None else as_moment(clock.met)) - clock.limit
