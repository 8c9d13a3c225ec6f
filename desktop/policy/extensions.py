"""延长: whether a decision makes a limit longer as its article allows, and what is told of one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import day_of, last_day
from desktop.policy.counting import count, countable, in_reach
from desktop.policy.known import Subject
from desktop.policy.limits import UNITS, Limit, Running, standing_still
from desktop.policy.rules import Unit
from desktop.policy.suspensions import suspended
from desktop.policy.verdicts import Step
from desktop.policy.wording import day_words, number_words
from models.facts import Extension, Suspension


def extended(limit: Limit, one: Running, meant: Sequence[Extension], stretches: Sequence[Suspension], subject: Subject, several: bool,
             calendar: OfficeCalendar) -> Limit:
    """The limit with every extension of `meant` that its article allows, in the order of their days; each that it does not allow is told.

    Several together may not be longer than the article allows. An extension counts where it was approved while the limit, as it stood
    then with its `stretches`, still ran. `several`: the rule runs more than once in the case. Nothing is said before the limit has begun.
    """
    if not meant or limit.start is None or not in_reach(limit.start):
        return limit
    spent = subject.disclosure.extension if subject.disclosure is not None and any(step.kind == "extended" for step in limit.notes) else 0
    for given in sorted(meant, key=lambda each: each.on):
        refused = (_never(limit, one) or _unnamed(one, given, subject, several) or _too_long(one, given, spent)
                   or _out_of_time(limit, one, given, [stop for stop in stretches if stop.start <= given.on], subject, several, calendar))
        if refused:
            limit = replace(limit, refused=(*limit.refused, refused))
            continue
        spent += given.number
        limit = replace(limit, number=limit.number + given.number, notes=(*limit.notes, Step("extended", given.on, _words(one, given))))
    return limit


def _words(one: Running, given: Extension) -> str:
    words = _("extended by {amount} on {day}, approved by {name} ({article}: {approver})").format(
        amount=number_words(given.number, one.rule.unit), day=day_words(given.on), name=given.by, article=one.ground.article,
        approver=one.rule.extension_by)
    return words if not given.reason.strip() else _("{words}; reason: {reason}").format(words=words, reason=given.reason.strip())


def _never(limit: Limit, one: Running) -> str:
    if not one.rule.extension:
        return _("{article} knows no extension of this limit; none is counted").format(article=one.ground.article)
    if any(step.kind == "override" for step in limit.notes):
        return _("another limit stands in place of {article}: its own text says how it is extended, and that one holds the whole; "
                 "this extension is not counted").format(article=one.ground.article)
    return ""


def _unnamed(one: Running, given: Extension, subject: Subject, several: bool) -> str:
    if several and given.subject != subject.id:
        return _("this limit of {article} runs more than once in the case, and the extension does not say which is meant; "
                 "it is not counted").format(article=one.ground.article)
    if not given.by.strip():
        return _("{article}: the extension names nobody who approved it ({approver}); it is not counted").format(
            article=one.ground.article, approver=one.rule.extension_by)
    return ""


def _too_long(one: Running, given: Extension, spent: int) -> str:
    """Whether it is no amount of the rule's own units, or, with those before it, more than the article allows."""
    article, most = one.ground.article, number_words(one.rule.extension, one.rule.unit)
    unit: Unit | None = next((known for known in UNITS if known == given.unit), None)
    if unit != one.rule.unit or given.number <= 0 or not countable(given.number, unit):
        return _("{article} is extended by at most {most}; what was entered is no such amount and is not counted").format(article=article, most=most)
    if spent + given.number <= one.rule.extension:
        return ""
    amount = number_words(given.number, unit)
    if spent:
        return _("{article} is extended by at most {most} in all; after {spent} before, {amount} more are not counted").format(
            article=article, most=most, spent=number_words(spent, unit), amount=amount)
    return _("{article} is extended by at most {most}; {amount} are not counted").format(article=article, most=most, amount=amount)


def _out_of_time(limit: Limit, one: Running, given: Extension, before: Sequence[Suspension], subject: Subject, several: bool,
                 calendar: OfficeCalendar) -> str:
    """Whether it was approved before the limit began, or when it was over; while it stands still it is not over."""
    assert limit.start is not None
    if given.on < day_of(limit.start):
        return _("{article}: the extension was approved on {day}, before the limit began; it is not counted").format(
            article=one.ground.article, day=day_words(given.on))
    if subject.disclosure is not None:
        limit = standing_still(limit, one.rule, subject.disclosure, calendar)
    else:
        limit = suspended(limit, one, before, subject, several, calendar)
    if limit.standing is not None or limit.start is None:
        return ""
    counted = count(calendar, limit.start, limit.number, limit.unit, until=limit.until)
    last = last_day(max(counted.raw, counted.due))
    if given.on <= last:
        return ""
    return _("{article}: the extension was approved on {day}, when the limit was over ({last}); it is not counted").format(
        article=one.ground.article, day=day_words(given.on), last=day_words(last))
