"""What a person may be asked about a case: every question that a limit, an item, a duty, an order of steps or the marking sheet hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.policy.listing import Listing
from desktop.policy.moments import parse_moments
from desktop.policy.owed import CONTESTED
from desktop.policy.rules import Condition, Profile, Scope
from desktop.policy.sheet import Sheet
from desktop.policy.vocabulary import vocabulary


def conditions_of(profile: Profile) -> Mapping[str, Condition]:
    """The questions that a profile knows: the vocabulary's, in the profile's own wording where it has one."""
    return {**vocabulary().conditions, **{one.key: one for one in profile.condition}}


def asked_by_rules(profile: Profile, listing: Listing) -> frozenset[str]:
    """Every question that the profile's rules hang on, with those that these are derived from; answered from facts or asked of a person.

    A dispute that is likely (容易引起争议) may be said of one activity or of the whole case: then it is a question too.
    """
    scopes: list[Scope] = [*profile.deadline, *profile.item, *profile.duty, *profile.order]
    traits = [trait for rule in profile.duty for trait in rule.traits]
    traits += [trait for row in listing.rows for level in row.own for trait in level.traits if level.profile == profile.key]
    traits += [trait for own in listing.agency for trait in own.traits]
    known = conditions_of(profile)
    return _with_their_grounds(known, (*(key for rule in scopes for key in (*rule.when, *rule.unless)), *(one for one in traits if one == CONTESTED)))


def asked_by_sheet(profile: Profile, sheet: Sheet) -> frozenset[str]:
    """As `asked_by_rules`, of the marking sheet."""
    wanted = [key for row in sheet.row for key in (*row.when, *row.any_when)]
    wanted += [key for row in sheet.row for part in row.part for key in (*part.when, *part.conditions)]
    return _with_their_grounds(conditions_of(profile), wanted)


def forms_of(profile: Profile, sheet: Sheet) -> tuple[str, ...]:
    """Every form that something hangs on, each once: those of items first, then of questions, of limits and orders, of the marking sheet."""
    moments = [text for rule in profile.deadline for text in (rule.start, rule.end, rule.given, rule.after, rule.exception_start)]
    moments += [text for rule in profile.order for text in (rule.first, rule.second)]
    dated = [one.key for text in moments if text for one in parse_moments(text) if one.subject == "paper"]
    return tuple(dict.fromkeys((
        *(form for rule in profile.item for form in rule.forms), *(form for one in conditions_of(profile).values() for form in one.forms), *dated,
        *(form for row in sheet.row for part in row.part for name in part.forms for form in name.split("|")))))


def approvers_of(profile: Profile, known: Iterable[str]) -> tuple[str, ...]:
    """Who may have approved a paper, as its rules name them: the known short names first, and the rule's own words where none of them fits."""
    short = tuple(known)
    own = [rule.approver.split("，")[-1] for rule in profile.item if rule.approver and not any(rule.approved(one) for one in short)]
    return tuple(dict.fromkeys((*short, *own)))


def _with_their_grounds(known: Mapping[str, Condition], keys: Iterable[str]) -> frozenset[str]:
    wanted = {key for key in keys if key in known}
    while more := {part for key in wanted for part in (*known[key].any, *known[key].all) if part in known} - wanted:
        wanted |= more
    return frozenset(wanted)
