"""Which regulation knows which rule by its id: facts name rules of every regulation, for one file of facts may be answered under each of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from desktop.policy.profile import BASE, profile, profile_names
from desktop.policy.rules import Profile

Section = Literal["deadline", "item"]


@functools.cache
def known_rules(section: Section) -> Mapping[str, tuple[str, ...]]:
    """Every id of a limit or of a required item that came with the program, with the short titles of the regulations that know it, those
    that it was written in first: a rule of the base is told as the base's."""
    base = ids(profile(BASE), section)
    found: dict[str, list[str]] = {rule: [profile(BASE).short] for rule in base}
    for key in profile_names():
        own = profile(key)
        for rule in ids(own, section):
            if rule not in base:
                found.setdefault(rule, []).append(own.short)
    return MappingProxyType({rule: tuple(shorts) for rule, shorts in found.items()})


def ids(rules: Profile, section: Section) -> tuple[str, ...]:
    """The ids of one regulation's own and national rules."""
    return tuple(one.id for one in (rules.deadline if section == "deadline" else rules.item))

