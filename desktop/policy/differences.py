"""Two versions of a profile side by side in the terms of rules: what came, what went, and which values are others, in words."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from desktop.i18n import _
from desktop.policy.checks import SECTIONS
from desktop.policy.outline import section_title
from desktop.policy.rule_words import value_words, values_of
from desktop.policy.rules import Choice, Condition, NoRule, Profile, Rule, Silence
from desktop.policy.wording import listed_words

Sign = Literal["added", "removed", "changed"]
_NAMELESS = ("choice", "no_rule", "silence", "condition")


@dataclass(frozen=True)
class Change:
    """One value that is another: what it is called, and its words before and after."""

    key: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """One rule that came, went or changed. `section` is empty for the head of the profile (title, issuer, province …)."""

    sign: Sign
    section: str
    key: str
    article: str
    title: str
    changes: tuple[Change, ...] = ()


def differences(old: Profile, new: Profile) -> tuple[Difference, ...]:
    """What makes `new` another than `old`, section by section, within each in the order of the texts; the base's rules are no part of either.

    Empty where every rule and every value is the same, however the texts are laid out.
    """
    out = _head(old, new)
    for section in (*SECTIONS, *_NAMELESS):
        before, after = _named(old, section), _named(new, section)
        for key, one in after.items():
            if key not in before:
                out.append(_difference("added", section, key, one, new, _values(one, new)))
            elif changes := _changes(before[key], one, old, new):
                out.append(_difference("changed", section, key, one, new, changes))
        out += [_difference("removed", section, key, one, old, ()) for key, one in before.items() if key not in after]
    return tuple(out)


def _head(old: Profile, new: Profile) -> list[Difference]:
    names = {"title": _("Full title"), "short": _("Short title"), "issuer": _("Issued by"), "effective": _("In force from"), "base": _("Base"),
             "province": _("Province"), "kinds": _("Kinds of act"), "procedures": _("Procedures"), "articles": _("Number of articles")}
    told = [Change(key, name, _words("Profile", key, getattr(old, key), old), _words("Profile", key, getattr(new, key), new))
            for key, name in names.items()]
    changes = tuple(one for one in told if one.old != one.new)
    return [Difference("changed", "", new.key, "", new.title, changes)] if changes else []


def _named(profile: Profile, section: str) -> dict[str, Any]:
    """The profile's own rules of a section by what stays when their values change."""
    key = {"choice": "key", "condition": "key", "no_rule": "article", "silence": "topic"}.get(section, "id")
    own: dict[str, Any] = {getattr(one, key): one for one in getattr(profile, section)}
    if section == "condition":  # questions carry no sign of where they come from: the base's are in both, or in neither
        return own
    return {name: one for name, one in own.items() if name not in profile.national}


def _difference(sign: Sign, section: str, key: str, one: Any, profile: Profile, changes: tuple[Change, ...]) -> Difference:
    article = getattr(one, "article", "")
    title = getattr(one, "title", "") or getattr(one, "question", "") or section_title(section)
    return Difference(sign, section, key, profile.cite(article) if article else "", title, changes)


def _changes(old: Any, new: Any, before: Profile, after: Profile) -> tuple[Change, ...]:
    was, now = _all(old, before), _all(new, after)
    return tuple(Change(key, name, was[key][1] if key in was else _("none"), words) for key, (name, words) in now.items()
                 if key not in was or was[key][1] != words)


def _values(one: Any, profile: Profile) -> tuple[Change, ...]:
    """What a new rule sets."""
    if isinstance(one, Rule):
        return tuple(Change(value.key, value.name, "", value.words) for value in values_of(one, profile))
    return tuple(Change(key, name, "", words) for key, (name, words) in _all(one, profile).items() if key not in ("title", "article"))


def _all(one: Any, profile: Profile) -> dict[str, tuple[str, str]]:
    """Every value of a rule by its key: its name and its words."""
    if isinstance(one, Rule):
        head = {"title": (_("Name of the rule"), str(getattr(one, "title", ""))), "topic": (_("Topic"), str(getattr(one, "topic", ""))),
                "article": (_("Article"), one.article), "text": (_("Words of the article"), one.text), "mark": (_("Source"), mark_words(one.mark)),
                "note": (_("Explanation"), one.note or _("none"))}
        shown = {value.key: (value.name, value.words) for value in values_of(one, profile, plain=True)}
        return shown | {key: pair for key, pair in head.items() if pair[1]}
    if isinstance(one, Choice):
        return {"article": (_("Article"), one.article), "question": (_("Question"), one.question),
                "options": (_("Readings"), listed_words(one.options.values())),
                "chosen": (_("Reading in force"), one.options.get(one.chosen, one.chosen))}
    if isinstance(one, NoRule):
        return {"why": (_("Why"), one.why)}
    if isinstance(one, Silence):
        return {"title": (_("Name of the rule"), one.title), "national": (_("Rules of the base"), listed_words(one.national) or _("none"))}
    assert isinstance(one, Condition)
    names = {"title": _("Name of the rule"), "any": _("True if any of"), "all": _("True if all of"), "activities": _("True with an activity"),
             "traits": _("True with a trait"), "forms": _("True with a paper"), "kinds": _("Kinds of act"),
             "procedures": _("Procedures"), "ask": _("A person is asked")}
    return {part.name: (names[part.name], _words("Condition", part.name, getattr(one, part.name), profile))
            for part in dataclasses.fields(one) if part.name in names}


def mark_words(mark: str) -> str:
    """How sure the words of a rule are: 条文原文, 已核对, 见于公开页面, 待核实."""
    return {"text": _("the regulation’s own text"), "V": _("read in the statute"), "v": _("seen on a published page"),
            "k": _("to be confirmed: not checked against the source")}[mark]


def _words(kind: str, key: str, given: Any, profile: Profile) -> str:
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else value_words(kind, key, given, profile)
