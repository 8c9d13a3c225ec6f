"""Where a verdict comes from: a rule of a profile as the ground that a screen or a paper cites."""

from __future__ import annotations

from desktop.policy.rules import DeadlineRule, Profile, Rule
from desktop.policy.verdicts import Ground


def ground(profile: Profile, rule: Rule) -> Ground:
    """The rule as a ground: its article in full («西岗办法第十六条», «行政处罚法第六十条»), its words, its mark, and whether it is the base's."""
    return Ground(rule.id, profile.cite_rule(rule), rule.text, rule.mark, rule.id in profile.national, rule.note)


def suspending_article(profile: Profile, rule: DeadlineRule) -> str:
    """The article that leaves stretches out of a limit, in full; that of the limit itself where the rule names no other."""
    if not rule.suspension_article:
        return profile.cite_rule(rule)
    return rule.suspension_article if rule.id in profile.national or profile.key == "national" else profile.cite(rule.suspension_article)
