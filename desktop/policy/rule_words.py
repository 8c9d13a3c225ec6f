"""The values of one rule in plain words: 期限 24小时内, 起算 音像记录制作完成, 免录理由 无; for a page that shows them and one that compares them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.i18n import _
from desktop.policy.checks import vocabulary_section
from desktop.policy.deadline_words import moment_title
from desktop.policy.listing import level_words
from desktop.policy.moments import parse_moments
from desktop.policy.rules import DeadlineRule, Profile, Rule
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words, number_words

_SAID_ELSEWHERE = {"id", "article", "text", "mark", "note", "title", "topic"}
_MOMENTS = {"start", "end", "given", "after", "exception_start", "first", "second"}
_IN_LIMIT = {"number", "unit", "before", "due_on", "exception_number", "exception_unit", "per", "soon_percent"}


class Value(NamedTuple):
    """One value: the key that a text writes it under, what it is called, and what it is."""

    key: str
    name: str
    words: str


def value_names() -> Mapping[str, str]:
    """What the keys of rules are called on a page."""
    return {
        "limit": _("Limit"), "exception_limit": _("Limit of an exception"), "start": _("Counted from"), "end": _("Met by"),
        "given": _("Only once there is"), "after": _("No start before"), "override": _("Gives way to other statutes"),
        "always": _("Beside the profile’s own"),
        "exceptions": _("Exceptions that may be claimed"), "exception_start": _("An exception counts from"), "pauses": _("Days not counted"),
        "restarts": _("Counted anew after"), "lapses": _("A right that lapses"), "extension": _("May be extended by"),
        "suspensions": _("Left out of the limit"), "suspension_article": _("Left out by"), "suspension_text": _("Words of that article"),
        "suspension_told": _("To be told in writing"),
        "extension_by": _("Extended by whom"), "inferred_roll": _("Roll-over by analogy"), "when": _("Applies when"), "unless": _("Not when"),
        "kinds": _("Kinds of act"), "procedures": _("Procedures"), "stage": _("Stage"), "forms": _("Papers"), "any_form": _("One of them is enough"),
        "fields": _("Must contain"), "signers": _("Signed by"), "any_signer": _("One of the signers is enough"),
        "signers_if_any": _("Signed too, where there is one"), "every": _("Every such paper"), "each_page": _("On each page"),
        "each": _("One for every"), "or_recorded": _("A recording does as well"), "min_officers": _("Least number of officers"),
        "approver": _("Approved by"), "must": _("A must"), "waivable": _("May be not applicable"), "level": _("Level"), "excuse": _("Excuse"),
        "events": _("For"), "traits": _("Where"), "lacking": _("Except where"), "instead_of": _("Takes the place of"),
        "uninterrupted": _("Without interruption"), "choice": _("Belongs to the reading"), "first": _("First"), "second": _("Then"),
        "suspected": _("Only suspected"), "spoken": _("Said aloud"), "points": _("Key points"), "causes": _("Causes"),
        "open_list": _("The list is open"), "spoken_on_resuming": _("Said aloud on going on"),
        "written_on_resuming": _("Written on going on"), "written_otherwise": _("Written where it cannot go on"),
        "report_to": _("Reported at once to"), "least_years": _("Kept at least"),
        "in_principle": _("In principle"), "evidence": _("Evidence"),
        "permanent": _("Kept for ever"), "disc": _("A disc is attached"), "copy": _("A copy is filed"), "transcript": _("Transcript of the sound"),
        "who": _("Who may ask"),
    }


def excuse_words(excuse: str) -> str:
    """What a kind of excuse is called; empty where the text's own counts."""
    return {"none": _("none: the text knows no excuse"), "unsuitable": _("where recording is unsuitable"),
            "unsuitable_reasoned": _("where recording is unsuitable, with a written reason"),
            "secrecy": _("where secrets of the state forbid it"), "": _("as the text has it")}[excuse]


def unit_words(unit: str) -> str:
    """What a unit is called in a field: 小时, 日, 个工作日."""
    return {"hour": _("hours"), "day": _("days"), "working_day": _("working days"), "month": _("months"), "year": _("years")}.get(unit, unit)


def limit_words(rule: DeadlineRule) -> str:
    """24小时内, 当日, 立即, 7日前, 每年1月31日前."""
    if rule.due_on:
        month, day = map(int, rule.due_on.split("-"))
        return (_("every year before {month}/{day}") if rule.before else _("every year by {month}/{day}")).format(month=month, day=day)
    if rule.number == 0:
        return _("at once; the text names no hours") if rule.unit == "hour" else _("the same day")
    amount = number_words(rule.number, rule.unit)
    return (_("{amount} before") if rule.before else _("within {amount}")).format(amount=amount)


def values_of(rule: Rule, profile: Profile | None = None, plain: bool = False) -> tuple[Value, ...]:
    """Every value that the rule sets, in the order of its kind; with `plain` also those that it leaves as they are without a word.

    `profile` names its own questions; without it a question of a profile shows its key.
    """
    names, out = value_names(), []
    if isinstance(rule, DeadlineRule):
        out.append(Value("limit", names["limit"], limit_words(rule)))
        if rule.exceptions or plain:
            words = number_words(rule.exception_number, rule.exception_unit) if rule.exceptions else _none()
            out.append(Value("exception_limit", names["exception_limit"], words))
    for one in dataclasses.fields(rule):
        if one.name in _SAID_ELSEWHERE or (isinstance(rule, DeadlineRule) and one.name in _IN_LIMIT):
            continue
        given = getattr(rule, one.name)
        if plain or not _unsaid(one, given):
            out.append(Value(one.name, names.get(one.name, one.name), value_words(type(rule).__name__, one.name, given, profile)))
    return tuple(out)


def value_words(kind: str, name: str, given: Any, profile: Profile | None = None) -> str:
    """One value of a rule of that kind in words."""
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if isinstance(given, list):
        return listed_words(_one(kind, name, part, profile) for part in given) or _none()
    if name in ("least_years", "extension"):
        return number_words(given, "year") if name == "least_years" and given else str(given) if given else _none()
    return _one(kind, name, given, profile) if given != "" else _none()


def summary(rule: Rule) -> str:
    """The one value that says most, for a line of a list; empty where the title says all."""
    wanted = {"DeadlineRule": "limit", "DutyRule": "level", "ItemRule": "forms", "RetentionRule": "least_years", "PointsRule": "points",
              "SpanRule": "end", "InterruptionRule": "causes", "EvidenceRule": "fields", "LabelRule": "fields", "UseRule": "approver",
              "OrderRule": "second", "Provision": "points"}.get(type(rule).__name__, "")
    return next((value.words for value in values_of(rule) if value.key == wanted), "")


def _one(kind: str, name: str, given: Any, profile: Profile | None) -> str:
    if kind == "DutyRule" and name == "level":
        return level_words(given)
    if name == "excuse":
        return excuse_words(given)
    if name == "stage":
        return vocabulary().title("stage", given)
    if name in _MOMENTS and kind in ("DeadlineRule", "OrderRule"):
        return _(" or ").join(moment_title(moment) for moment in parse_moments(given))
    if name == "end" and kind == "SpanRule":
        return _("arrival until leaving") if given == "leave" else _("arrival until the acting ends")
    if name == "evidence" and kind == "RetentionRule":
        return {"case_file": _("as long as the case file"), "permanent": _("for ever")}[given]
    if name == "choice":
        key, _equals, option = given.partition("=")
        return next((one.options.get(option, given) for one in (profile.choice if profile else ()) if one.key == key), str(given))
    section = vocabulary_section(kind, name)
    if name == "each":
        return listed_words(vocabulary().title(section, one) for one in given.split("|"))
    if section == "condition":
        own = {one.key: one.title for one in profile.condition} if profile else {}
        asked = vocabulary().conditions.get(given)
        return own.get(given) or (asked.title if asked else str(given))
    return vocabulary().title(section, given) if section else str(given)


def _unsaid(one: dataclasses.Field[Any], given: Any) -> bool:
    """Whether a value is what it would be without a word of the text."""
    if one.default_factory is not dataclasses.MISSING:
        return bool(given == one.default_factory())
    return one.default is not dataclasses.MISSING and bool(given == one.default)


def _none() -> str:
    return _("none")
