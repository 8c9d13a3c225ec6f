"""A profile by its articles: every rule, article without a rule, disputed reading and silence as one entry, in the order of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.i18n import _
from desktop.policy.checks import SECTIONS
from desktop.policy.rule_words import summary
from desktop.policy.rules import Choice, NoRule, Profile, Rule, Silence
from desktop.policy.wording import listed_words

_DIGITS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ARTICLE = re.compile(r"第([〇零一二两三四五六七八九十百]+)条(之[一二三四五六七八九十])?")
_PART = re.compile(r"第[（(]?([一二三四五六七八九十]+)[）)]?[款项]")


@dataclass(frozen=True)
class Entry:
    """One entry: `section` is the table of the text it comes from, `brief` its first value in words, `national` that it is the base's."""

    section: str
    article: str
    title: str
    brief: str
    national: bool
    of: Rule | Choice | NoRule | Silence


def section_title(section: str) -> str:
    """What the rules of a section are called."""
    return {
        "deadline": _("Limit of time"), "item": _("Required item"), "duty": _("Duty to record"), "order": _("Order of steps"),
        "span": _("From when to when"), "points": _("Key points"), "interruption": _("Interruption"), "retention": _("Keeping"),
        "evidence": _("As evidence"), "label": _("Marks on a recording"), "use": _("Consulting and copying"), "provision": _("Other provision"),
        "choice": _("Disputed reading"), "no_rule": _("No rule for the software"), "silence": _("Left open"), "condition": _("Question"),
    }[section]


def outline(profile: Profile) -> tuple[Entry, ...]:
    """The profile's own entries by article, then what it leaves open, then the base's rules that apply, by their statutes."""
    own: list[Entry] = []
    base: list[Entry] = []
    for section in SECTIONS:
        for rule in getattr(profile, section):
            national = rule.id in profile.national
            title = getattr(rule, "title", "") or section_title(section)
            (base if national else own).append(Entry(section, profile.cite_rule(rule), title, summary(rule), national, rule))
    own += [Entry("choice", profile.cite(one.article), one.question, one.options.get(one.chosen, ""), False, one) for one in profile.choice]
    own += [Entry("no_rule", profile.cite(one.article), section_title("no_rule"), one.why, False, one) for one in profile.no_rule]
    left = [Entry("silence", "", one.title, _instead(profile, one), False, one) for one in profile.silence]
    return (*sorted(own, key=lambda one: _place(one.article)), *left,
            *sorted(base, key=lambda one: (one.article.split("第")[0], _place(one.article))))


def national_rules(profile: Profile, silence: Silence) -> tuple[Rule, ...]:
    """The base's rules that apply where a profile is silent, as far as the profile holds them."""
    known = {rule.id: rule for section in SECTIONS for rule in getattr(profile, section)}
    return tuple(known[key] for key in silence.national if key in known)


def words_of_article(profile: Profile, article: str) -> tuple[str, ...]:
    """What the profile's own rules quote of an article, each wording once."""
    quoted = [rule.text for section in SECTIONS for rule in getattr(profile, section) if rule.article == article and rule.id not in profile.national]
    return tuple(dict.fromkeys(quoted))


def _instead(profile: Profile, silence: Silence) -> str:
    """The articles that apply where the profile is silent; empty where none fixes anything."""
    return listed_words(dict.fromkeys(profile.cite_rule(rule) for rule in national_rules(profile, silence)))


def number_of(words: str) -> int:
    """A Chinese number below a thousand: 二十五 is 25."""
    total, digit = 0, 0
    for sign in words:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def _place(article: str) -> tuple[int, ...]:
    """Where an article stands: its number, its 之一, its paragraph and item; what names none comes first."""
    found = _ARTICLE.search(article)
    if found is None:
        return (0,)
    after = number_of(found[2][1:]) if found[2] else 0
    return (number_of(found[1]), after, *(number_of(part) for part in _PART.findall(article[found.end():])))
