"""Where one version of a profile asks less than another: a level, a must, an excuse, a longer limit, a shorter list, a rule that went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from desktop.i18n import _
from desktop.policy.checks import SECTIONS
from desktop.policy.outline import section_title
from desktop.policy.rule_words import values_of
from desktop.policy.rules import DeadlineRule, Level, Profile, Rule

_HOURS = {"hour": 1, "day": 24, "working_day": 34, "month": 730, "year": 8766}  # how long a unit is about, only to see which limit is longer
_RANKS: dict[str, tuple[str, ...]] = {"level": get_args(Level), "excuse": ("none", "secrecy", "unsuitable_reasoned", "unsuitable"),
                                     "end": ("leave", "activity_end")}
_LESS_WHEN = {"must": False, "uninterrupted": False, "each_page": False, "every": False, "transcript": False, "disc": False, "copy": False,
              "spoken_on_resuming": False, "written_otherwise": False,
              "waivable": True, "any_form": True, "any_signer": True, "or_recorded": True, "in_principle": True, "written_on_resuming": True}
_NUMBERS = ("min_officers", "least_years")
_LISTS = ("forms", "fields", "signers", "events", "points", "spoken", "permanent")
_MORE_IS_LESS = ("exceptions", "pauses", "suspensions", "unless", "lacking")


@dataclass(frozen=True)
class Lowering:
    """One rule that asks less: its id, article and title, what is less in words (none, and no `key`, where the rule is gone), and whether it
    does so while the article's own words are the same."""

    section: str
    rule: str
    article: str
    title: str
    key: str
    words: str
    unfounded: bool

    @property
    def said(self) -> str:
        """In a sentence."""
        if not self.key:
            return _("{title} is gone. Where the text still demands it, nobody is reminded of it any more.").format(title=self.title)
        if self.unfounded:
            return _("Asks less than before ({words}), yet the article’s words are the same. Write why, at this rule.").format(words=self.words)
        return _("Asks less than before ({words}).").format(words=self.words)


def lowerings(old: Profile, new: Profile) -> tuple[Lowering, ...]:
    """Every rule of the profile's own by which `new` asks less than `old`, in the order of the sections."""
    out = []
    for section in SECTIONS:
        after = {rule.id: rule for rule in getattr(new, section) if rule.id not in new.national}
        for rule in getattr(old, section):
            if rule.id in old.national:
                continue
            title = getattr(rule, "title", "") or section_title(section)
            if rule.id not in after:
                out.append(Lowering(section, rule.id, old.cite(rule.article), title, "", "", False))
                continue
            less = _less(rule, after[rule.id])
            if less:
                was, now = _said(rule, old), _said(after[rule.id], new)
                words = _("; ").join(_("{name}: {old} → {new}").format(name=_name(key, was, now), old=was.get(key, ("", _("none")))[1],
                                                                       new=now.get(key, ("", _("none")))[1]) for key in less)
                out.append(Lowering(section, rule.id, new.cite(after[rule.id].article), title, less[0], words, rule.text == after[rule.id].text))
    return tuple(out)


def _less(old: Rule, new: Rule) -> list[str]:
    """The keys by which a rule asks less, as `values_of` names them."""
    out = ["limit"] if isinstance(old, DeadlineRule) and isinstance(new, DeadlineRule) and _longer(old, new) else []
    for key in vars(old):
        was, now = getattr(old, key), getattr(new, key, None)
        if was != now and _is_less(key, was, now):
            out.append(key)
    return out


def _is_less(key: str, was: Any, now: Any) -> bool:
    if key in _RANKS:
        ranks = _RANKS[key]
        return was in ranks and now in ranks and ranks.index(now) > ranks.index(was)
    if key in _LESS_WHEN:
        return bool(now) is _LESS_WHEN[key]
    if key in _NUMBERS:
        return int(now) < int(was)
    if key in _LISTS:
        return not set(was) <= set(now)
    if key == "suspension_told":
        return bool(was) and not now
    return key in _MORE_IS_LESS and not set(now) <= set(was)


def _longer(old: DeadlineRule, new: DeadlineRule) -> bool:
    """A limit that leaves more time; one that counts back from an event leaves less the earlier it is. A right that lapses is nobody's duty."""
    if old.lapses or old.due_on or new.due_on:
        return old.due_on != new.due_on and not old.lapses and bool(old.due_on) and (not new.due_on or new.due_on > old.due_on)
    was, now = old.number * _HOURS[old.unit], new.number * _HOURS[new.unit]
    more = now < was if old.before and new.before else now > was
    excepted = new.exception_number * _HOURS[new.exception_unit] > old.exception_number * _HOURS[old.exception_unit]
    return more or excepted or new.extension > old.extension


def _said(rule: Rule, profile: Profile) -> dict[str, tuple[str, str]]:
    return {value.key: (value.name, value.words) for value in values_of(rule, profile, plain=True)}


def _name(key: str, *told: dict[str, tuple[str, str]]) -> str:
    return next((one[key][0] for one in told if key in one), key)
