"""What was given with the facts and no rule of a regulation takes up: told, so that nobody believes it was reckoned with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from desktop.i18n import _
from desktop.policy.grounds import ground
from desktop.policy.rule_ids import Section, ids, known_rules
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Clock, ItemVerdict
from desktop.policy.wording import listed_words
from models.facts import CaseFacts, Extension, Override, Suspension

Started = Mapping[str, Mapping[str, datetime | date | None]]  # of every rule that runs: the starts of its clocks by their subjects


def unheard(profile: Profile, facts: CaseFacts, clocks: Sequence[Clock], items: Sequence[ItemVerdict]) -> tuple[str, ...]:
    """Every stretch, extension, other limit and waiver that finds no rule, or no clock, to hold for; each with its place in the facts.

    What a clock itself refuses stands in its sum. Where there is nothing given this costs nothing: every case of an archive asks.
    """
    if not (facts.suspensions or facts.extensions or facts.overrides or facts.waivers):
        return ()
    started: dict[str, dict[str, datetime | date | None]] = {}
    for clock in clocks:
        started.setdefault(clock.ground.rule, {})[clock.subject] = clock.start
    limits = frozenset(ids(profile, "deadline"))
    told: list[str] = []
    named: tuple[tuple[str, Sequence[Suspension | Extension | Override]], ...] = (
        ("suspensions", facts.suspensions), ("extensions", facts.extensions), ("overrides", facts.overrides))
    for name, given in named:
        for n, one in enumerate(given):
            why = _not_of(profile, one.rule, "deadline") if one.rule not in limits else _of_limit(profile, one, started.get(one.rule, {}))
            if why:
                told.append(_("{place}: {why}; it was not reckoned with").format(place=f"{name}[{n}]", why=why))
    return (*told, *_waivers(profile, facts, items))


def _not_of(profile: Profile, rule: str, section: Section) -> str:
    shorts = known_rules(section).get(rule, ())
    if not shorts:
        return _("{short} has no rule {rule}").format(short=profile.short, rule=rule)
    return _("{rule} is a rule of {others}, and {short} has none of that id").format(rule=rule, others=listed_words(shorts), short=profile.short)


def _of_limit(profile: Profile, given: Suspension | Extension | Override, starts: Mapping[str, datetime | date | None]) -> str:
    """Why it finds no clock of its own rule; empty where it does."""
    rule = next(one for one in profile.deadline if one.id == given.rule)
    subject = "" if isinstance(given, Override) else given.subject
    words = {"article": ground(profile, rule).article, "title": rule.title, "subject": subject}
    if not starts:
        return _("the limit “{title}” ({article}) does not run in this case").format(**words)
    if subject and subject not in starts:
        return _("the limit “{title}” ({article}) does not run for “{subject}”").format(**words)
    if (starts[subject] is None) if subject else all(start is None for start in starts.values()):
        return _("the limit “{title}” ({article}) has not begun").format(**words)
    return ""


def _waivers(profile: Profile, facts: CaseFacts, items: Sequence[ItemVerdict]) -> Iterator[str]:
    known, asked = frozenset(ids(profile, "item")), {one.id: one.title for one in items}
    for n, one in enumerate(facts.waivers):
        if one.item not in known:
            why = _not_of(profile, one.item, "item")
        elif one.item not in asked:
            why = _("{rule} is not asked of a case of this kind").format(rule=one.item)
        elif not one.reason.strip():
            why = _("no reason is written, and without one nothing may be left out")
        else:
            continue
        yield _("{place}: {why}; it was not reckoned with").format(place=f"waivers[{n}]", why=why)
