"""不计入期限: which stretches (检测, 鉴定, 听证 …) a limit leaves out as its article allows, and what is told of one that it does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import day_of, last_day
from desktop.policy.counting import count, in_reach
from desktop.policy.known import At, Subject
from desktop.policy.limits import Limit, Running, Stop, left_out
from desktop.policy.verdicts import Step
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import day_words, listed_words
from models.facts import Suspension


def suspended(limit: Limit, one: Running, meant: Iterable[Suspension], subject: Subject, several: bool, calendar: OfficeCalendar) -> Limit:
    """The limit with every stretch of `meant` left out that its article leaves out, in the order of their days; each that it does not is told.

    `several`: the rule runs more than once in the case. Nothing is said before the limit has begun.
    """
    if limit.start is None or not in_reach(limit.start):
        return limit
    begun, widest, refusals = limit.start, None, []
    for given in sorted(meant, key=lambda each: each.start):
        refused = (_never(limit, one, given) or _unclear(one, given, subject, several) or _misplaced(given, widest)
                   or _outside(limit, begun, one, given, calendar))
        if refused:
            refusals.append(refused)
            continue
        limit = left_out(limit, [given], calendar, lambda stop, days, what: _words(one, stop, days, what))
        if widest is None or given.end is None or (widest.end is not None and given.end > widest.end):
            widest = given
    return replace(limit, refused=(*limit.refused, *refusals)) if refusals else limit


def resumed(limit: Limit, one: Running, met: date, calendar: OfficeCalendar) -> Limit:
    """A limit that stands still, once what it asks for was done on that day: the stretch that nobody ended left out no more than that."""
    standing = limit.standing
    assert isinstance(standing, Suspension)
    ended = [replace(standing, end=met)] if met >= standing.start else []
    return left_out(replace(limit, standing=None), ended, calendar, lambda stop, days, what: _words(one, stop, days, what))


def standing_words(one: Running, stop: Suspension) -> str:
    """Of a stretch that lasts: since when the limit stands still, and by which article."""
    words = _("{kind} since {day}; the limit stands still ({article})").format(
        kind=_kind(stop.kind), day=day_words(stop.start), article=one.suspended_by)
    return _told(stop, words)


def _words(one: Running, stop: Stop, days: str, what: str) -> str:
    words = _("{days} {kind}: {what} ({article})").format(days=days, kind=_kind(stop.kind), what=what, article=one.suspended_by)
    return _told(stop, words)


def _told(stop: Stop, words: str) -> str:
    if not isinstance(stop, Suspension):
        return words
    if stop.told and stop.told_on is not None:
        words = _("{words}; told in writing on {day}: {whom}").format(words=words, day=day_words(stop.told_on), whom=stop.told)
    return _("{words}; ground: {reason}").format(words=words, reason=stop.reason.strip()) if stop.reason.strip() else words


def _kind(kind: str) -> str:
    return vocabulary().title("suspension", kind)


def _never(limit: Limit, one: Running, given: Suspension) -> str:
    if not one.rule.suspensions:
        return _("{article} leaves no stretch out of this limit; {kind} is counted").format(article=one.ground.article, kind=_kind(given.kind))
    if given.kind not in one.rule.suspensions:
        return _("{article} leaves out {known} only; {kind} is counted").format(
            article=one.suspended_by, known=listed_words(_kind(kind) for kind in one.rule.suspensions), kind=_kind(given.kind))
    if any(step.kind == "override" for step in limit.notes):
        return _("another limit stands in place of {article}: its own text says what it leaves out, and that one holds the whole; "
                 "{kind} is not taken off").format(article=one.ground.article, kind=_kind(given.kind))
    return ""


def _unclear(one: Running, given: Suspension, subject: Subject, several: bool) -> str:
    if several and given.subject != subject.id:
        return _("this limit of {article} runs more than once in the case, and the stretch of {kind} does not say which is meant; "
                 "it is counted").format(article=one.ground.article, kind=_kind(given.kind))
    if one.rule.suspension_told and (not given.told.strip() or given.told_on is None):
        return _("{article} wants {whom} told of the stretch in writing, and no such notice is entered; {kind} is counted").format(
            article=one.suspended_by, whom=one.rule.suspension_told, kind=_kind(given.kind))
    return ""


def _misplaced(given: Suspension, other: Suspension | None) -> str:
    """Whether it ends before it begins, or every day of it is left out already by the `other`, which of those before it lasts longest; of
    one that lasts longer still the rest is left out."""
    if given.end is not None and given.end < given.start:
        return _("{kind} ends on {end}, before it begins on {start}; it is counted").format(
            kind=_kind(given.kind), end=day_words(given.end), start=day_words(given.start))
    if other is None or (other.end is not None and (given.end is None or given.start >= other.end or given.end > other.end)):
        return ""
    ends = _("{day} (it lasts)").format(day=day_words(other.start)) if other.end is None else _("{start} to {end}").format(
        start=day_words(other.start), end=day_words(other.end))
    return _("{kind} from {day} lies over {other}, {days}: a day is left out once, and this stretch is not counted anew").format(
        kind=_kind(given.kind), day=day_words(given.start), other=_kind(other.kind), days=ends)


def _outside(limit: Limit, begun: At, one: Running, given: Suspension, calendar: OfficeCalendar) -> str:
    """Whether it began before the limit did, or when it was over, as it stands with the stretches before."""
    if given.start < day_of(begun):
        return _("{article}: {kind} began on {day}, before the limit began on {start}; enter it from that day on").format(
            article=one.ground.article, kind=_kind(given.kind), day=day_words(given.start), start=day_words(day_of(begun)))
    counted = count(calendar, begun, limit.number, limit.unit, until=limit.until)
    last = last_day(max(counted.raw, counted.due))
    if given.start <= last:
        return ""
    return _("{article}: {kind} began on {day}, when the limit was over ({last}); it is not taken off").format(
        article=one.ground.article, kind=_kind(given.kind), day=day_words(given.start), last=day_words(last))


def refusals(steps: Sequence[Step]) -> list[str]:
    """What a sum tells of things that were entered and do not count."""
    return [step.words for step in steps if step.kind == "refused"]
