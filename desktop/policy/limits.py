"""Which limit holds for one subject of a rule: the ordinary one, that of a claimed exception, or another that a statute sets (从其规定)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import day_of, last_day
from desktop.policy.counting import MOST, count, countable, in_reach
from desktop.policy.known import At, Subject, as_moment, first_known
from desktop.policy.moments import Moment, parse_moments
from desktop.policy.rules import DeadlineRule, Unit
from desktop.policy.verdicts import Ground, Step
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import day_words, number_words, range_words
from models.facts import CaseFacts, Claim, Disclosure, Override, Pause, Suspension

BINDING = {"law", "regulation", "rule"}  # 法律、法规、规章; a normative paper is none of them
Stop = Pause | Suspension  # a stretch whose days do not count
UNITS: tuple[Unit, ...] = ("hour", "day", "working_day", "month", "year")


@dataclass(frozen=True)
class Running:
    """A rule made ready: its moments read, its ground made once."""

    rule: DeadlineRule
    ground: Ground
    given: tuple[Moment, ...]
    after: tuple[Moment, ...]
    starts: tuple[Moment, ...]
    ends: tuple[Moment, ...]
    exception_starts: tuple[Moment, ...]
    suspended_by: str = ""  # the article that leaves stretches out

    @property
    def backward(self) -> bool:
        """Whether it counts back from its start; a fixed day does not, though it may say 前."""
        return self.rule.before and not self.rule.due_on


@dataclass(frozen=True)
class Limit:
    """The limit in force for one subject: from when, how long, and in words what was claimed, refused, paused or assumed."""

    start: At | None
    moment: Moment | None
    number: int
    unit: Unit
    assumed: bool = False  # the start is the earliest that it can be
    standing: Stop | None = None
    reached: date | None = None  # the last day of the stretches that are left out already
    until: date | None = None  # the end of a stretch that began when only the roll-over of the last day ran: it is not over before
    refused: tuple[str, ...] = ()
    notes: tuple[Step, ...] = field(default=())


def ready(rule: DeadlineRule, ground: Ground, suspended_by: str = "") -> Running:
    """A rule with its moments read. Raises `ValueError` where one of them is none."""
    given, after, starts, ends, other = (parse_moments(text) if text else ()
                                         for text in (rule.given, rule.after, rule.start, rule.end, rule.exception_start))
    return Running(rule, ground, given, after, starts, ends, other, suspended_by)


def limit_of(one: Running, facts: CaseFacts, subject: Subject, overrides: dict[str, Override]) -> Limit:
    """The limit of a rule for one subject, before any pause."""
    rule = one.rule
    footage = subject.footage
    limit = _ordinary(one, facts, subject)
    if footage is not None and footage.claim is not None:
        refused = _why_not(rule, one.ground, footage.claim)
        if refused:
            limit = replace(limit, refused=(*limit.refused, refused))
        else:
            limit = _excepted(one, facts, subject, footage.claim)
    override = overrides.get(rule.id)
    return limit if override is None else _overridden(limit, rule, one.ground, override)


def _ordinary(one: Running, facts: CaseFacts, subject: Subject) -> Limit:
    since = first_known(facts, one.after, subject) if one.after else None
    start, moment, assumed = _begun(facts, one.starts, subject, since[0] if since else None)
    return Limit(start, moment, one.rule.number, one.rule.unit, assumed)


def _begun(facts: CaseFacts, moments: tuple[Moment, ...], subject: Subject, since: At | None = None) -> tuple[At | None, Moment | None, bool]:
    """The start; where the return to the office is not known, the recording's end: earlier it cannot have been."""
    found = first_known(facts, moments, subject, since)
    if found is not None:
        return *found, False
    footage = subject.footage
    if footage is not None and footage.end is not None and any(m.face == "returned" or m.key == "returned" for m in moments):
        return footage.end, Moment("footage", "end"), True
    return None, None, False


def _why_not(rule: DeadlineRule, ground: Ground, claim: Claim) -> str:
    kind = vocabulary().title("exception", claim.kind)
    if claim.kind not in rule.exceptions:
        return _("“{kind}” is not among the cases that {article} lists; the ordinary limit runs").format(kind=kind, article=ground.article)
    if not claim.claimant.strip() or not claim.reason.strip():
        return _("the claim of “{kind}” names no claimant or no reason; the ordinary limit runs").format(kind=kind)
    return ""


def _excepted(one: Running, facts: CaseFacts, subject: Subject, claim: Claim) -> Limit:
    start, moment, assumed = _begun(facts, one.exception_starts or one.starts, subject)
    words = _("exception claimed: {kind} ({claimant}: {reason}), {article}").format(
        kind=vocabulary().title("exception", claim.kind), claimant=claim.claimant, reason=claim.reason, article=one.ground.article)
    notes = () if start is None else (Step("claimed", start, words),)
    return Limit(start, moment, one.rule.exception_number, one.rule.exception_unit, assumed, notes=notes)


def _overridden(limit: Limit, rule: DeadlineRule, ground: Ground, override: Override) -> Limit:
    if not rule.override:
        refused = _("{article} gives way to no other limit; “{cites}” is not applied").format(article=ground.article, cites=override.cites)
    elif override.rank not in BINDING:
        refused = _("“{cites}” is not a statute, regulation or rule; the limit of {article} stands").format(
            article=ground.article, cites=override.cites)
    elif (unit := next((known for known in UNITS if known == override.unit), None)) is None or override.number == 0 or not countable(
            override.number, unit) or not override.cites.strip():
        refused = _("the other limit for {article} has no usable number, unit or source; it is not applied").format(article=ground.article)
    else:
        words = _("{cites} sets another limit: {amount}").format(cites=override.cites, amount=number_words(override.number, unit))
        notes = limit.notes if limit.start is None else (*limit.notes, Step("override", limit.start, words))
        return replace(limit, number=override.number, unit=unit, notes=notes)
    return replace(limit, refused=(*limit.refused, refused))


def begun_anew(limit: Limit, rule: DeadlineRule, disclosure: Disclosure) -> Limit:
    """The limit with a request's new starts and its own extension, before its pauses."""
    return limit if limit.start is None else _extended(_restarted(limit, rule, disclosure), rule, disclosure)


def standing_still(limit: Limit, rule: DeadlineRule, disclosure: Disclosure, calendar: OfficeCalendar) -> Limit:
    """The limit with the days of a request's pauses left out; with `standing` where one lasts."""
    return left_out(limit, [one for one in disclosure.pauses if one.kind in rule.pauses], calendar, _pause_words)


def left_out(limit: Limit, stops: Sequence[Stop], calendar: OfficeCalendar, words: Callable[[Stop, str, str], str]) -> Limit:
    """The limit without the days of these stretches: after the first day of each, up to and with its last; none twice. `words` tells one from
    the stretch, its days and what becomes of them. A stretch that begins when the limit is over leaves nothing out.

    One that begins when every day has been counted and only the last day, an off one, is put off to a working day (民法典§203) finds no day to
    leave out: the limit ends with it, as it does with a stretch that begins on a last day that is no day off.
    """
    if limit.start is None or not in_reach(limit.start) or limit.unit not in ("day", "working_day"):
        return limit
    reached = limit.reached or day_of(limit.start)
    for stop in sorted(stops, key=lambda one: one.start):
        assert limit.start is not None
        so_far = count(calendar, limit.start, limit.number, limit.unit, until=limit.until)
        if stop.start > last_day(so_far.due):
            break  # it was over already
        if stop.end is None:
            return replace(limit, standing=stop, reached=reached)
        first = max(reached, stop.start)
        if stop.end <= first:
            continue
        reached, days = stop.end, range_words(first + timedelta(days=1), stop.end)
        if stop.start > last_day(so_far.raw):
            limit = replace(limit, until=stop.end)
            what = _("no day is left to leave out, the last day being put off already; the limit ends no earlier than this does")
        else:
            units = _units(calendar, first, stop.end, limit.unit)
            limit = replace(limit, number=min(limit.number + units, MOST))
            what = _("{amount} not counted").format(amount=number_words(units, limit.unit))
        limit = replace(limit, reached=reached, notes=(*limit.notes, Step("paused", stop.start, words(stop, days, what))))
    return limit


def _pause_words(stop: Stop, days: str, what: str) -> str:
    return _("{days} {why}: {what}").format(days=days, why=vocabulary().title("pause", stop.kind), what=what)


def _units(calendar: OfficeCalendar, first: date, last: date, unit: Unit) -> int:
    """How many days to count lie within a stretch: after its first day, up to and with its last."""
    span = min((last - first).days, MOST)
    if unit == "day":
        return span
    return sum(calendar.is_working(first + timedelta(days=n)) for n in range(1, span + 1))


def _restarted(limit: Limit, rule: DeadlineRule, disclosure: Disclosure) -> Limit:
    for pause in sorted((one for one in disclosure.pauses if one.kind in rule.restarts), key=lambda one: one.start):
        if pause.end is None:
            return replace(limit, standing=pause)
        if limit.start is not None and as_moment(pause.end) > as_moment(limit.start):
            words = _("{kind} came in on {day}: counted anew").format(kind=vocabulary().title("pause", pause.kind), day=day_words(pause.end))
            limit = replace(limit, start=pause.end, notes=(*limit.notes, Step("restarted", pause.end, words)))
    return limit


def _extended(limit: Limit, rule: DeadlineRule, disclosure: Disclosure) -> Limit:
    if not disclosure.extension or not rule.extension or limit.start is None:
        return limit
    amount = number_words(disclosure.extension, limit.unit)
    if not 0 < disclosure.extension <= rule.extension:
        refused = _("an extension of {amount} is more than the {most} that the rule allows; it is not counted").format(
            amount=amount, most=number_words(rule.extension, limit.unit))
        return replace(limit, refused=(*limit.refused, refused))
    if not disclosure.extension_by.strip():
        refused = _("the extension of {amount} names nobody who approved it ({approver}); it is not counted").format(
            amount=amount, approver=rule.extension_by)
        return replace(limit, refused=(*limit.refused, refused))
    words = _("extended by {amount}, approved by {name} ({approver})").format(amount=amount, name=disclosure.extension_by, approver=rule.extension_by)
    return replace(limit, number=limit.number + disclosure.extension, notes=(*limit.notes, Step("extended", limit.start, words)))
