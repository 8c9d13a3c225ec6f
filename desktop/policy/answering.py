"""Which activity ends the limit of which: a disposal that of a registration, a release or a decision that of a seizure, as the rules have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.policy.moments import Moment, parse_moments
from desktop.policy.rules import DeadlineRule, Profile


def answered_by(profile: Profile) -> Mapping[str, frozenset[str]]:
    """For every kind of activity that has a limit of its own, the kinds that end it by name (not service at large, which serves other papers too)."""
    found: dict[str, frozenset[str]] = {}
    for rule in _own(profile):
        ends = enders(rule)
        for start in _activities(rule.start):
            found[start.key] = found.get(start.key, frozenset()) | ends - {start.key}
    return {kind: by for kind, by in found.items() if by}


def enders(rule: DeadlineRule) -> frozenset[str]:
    """The kinds of activity that end a limit, as far as it names them one by one."""
    return frozenset(one.key for one in _activities(rule.end) if not one.key.endswith("*"))


def only_answers(profile: Profile) -> frozenset[str]:
    """Kinds that end nothing but such limits: an activity of theirs is always about one of them, and says which."""
    own = {kind for by in answered_by(profile).values() for kind in by}
    others = [text for rule in profile.deadline if rule.per != "activity" for text in (rule.start, rule.end, rule.given, rule.after)]
    named = {one.key for text in others if text for one in _activities(text)}
    return frozenset(own - named)


def _own(profile: Profile) -> Iterable[DeadlineRule]:
    return (rule for rule in profile.deadline if rule.per == "activity")


def _activities(text: str) -> list[Moment]:
    return [one for one in parse_moments(text) if one.subject == "activity"]
