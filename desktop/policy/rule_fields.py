"""A text of rules as fields that a jurist fills: every rule with its values by name, and what each was in the version it was copied from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy import rules
from desktop.policy.checks import SECTIONS, vocabulary_section
from desktop.policy.listing import level_words
from desktop.policy.mistakes import Mistake, fields_of
from desktop.policy.outline import section_title
from desktop.policy.rule_words import excuse_words, unit_words, value_names
from desktop.policy.toml_lines import Path, toml_lines
from desktop.policy.toml_reading import toml_of
from desktop.policy.toml_writing import with_value, without_value
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import number_words

Kind = Literal["number", "one", "yes", "words", "long", "several"]
# What a person sets in the text itself: the small language of moments, and what ties rules to each other.
_IN_TEXT_ONLY = {"id", "topic", "mark", "start", "end", "given", "after", "exception_start", "first", "second", "choice", "instead_of", "per",
                 "options", "key", "each", "always"}
_ALWAYS = {"deadline": ("number", "unit"), "item": ("must", "forms", "signers", "min_officers"), "duty": ("level", "excuse", "uninterrupted"),
           "retention": ("least_years",), "points": ("points",), "span": ("end", "spoken"), "interruption": ("causes",), "evidence": ("fields",),
           "label": ("fields",), "use": ("who", "approver"), "choice": ("chosen",)}
_KINDS: dict[str, Any] = {
    "deadline": rules.DeadlineRule, "item": rules.ItemRule, "duty": rules.DutyRule, "order": rules.OrderRule, "span": rules.SpanRule,
    "points": rules.PointsRule, "interruption": rules.InterruptionRule, "retention": rules.RetentionRule, "evidence": rules.EvidenceRule,
    "label": rules.LabelRule, "use": rules.UseRule, "provision": rules.Provision, "choice": rules.Choice}


@dataclass(frozen=True)
class FieldValue:
    """One value of a rule. `line` is 0 where the text leaves it as it is without a word; `was` is what it was in the version copied from,
    None where it is the same; `options` are the words that may be chosen, by their key; `unit` names what a number counts."""

    path: Path
    key: str
    name: str
    kind: Kind
    value: Any
    line: int
    was: Any = None
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    shown: bool = True

    def words(self, value: Any) -> str:
        """A value of this field as a person reads it."""
        if self.kind == "yes":
            return _("yes") if value else _("no")
        if self.kind == "several":
            return "、".join(self.options.get(one, one) for one in value) or _("none")
        if self.kind == "number":
            return f"{value} {self.unit}".strip()
        return self.options.get(value, str(value)) or _("none")


@dataclass(frozen=True)
class RuleFields:
    """One rule of a text with its values. `state`: new where the version copied from has no such rule, changed where a value is another."""

    section: str
    id: str
    line: int
    article: str
    title: str
    text: str
    values: tuple[FieldValue, ...]
    state: Literal["", "new", "changed"] = ""

    @property
    def brief(self) -> str:
        """The value that says most."""
        main = [key for key in _ALWAYS.get(self.section, ()) if key != "must"]
        found = [one for one in self.values if one.key in main[:2] and one.value not in ("", [], 0)]
        if self.section == "deadline":
            number = next((one.value for one in found if one.key == "number" and one.kind == "number"), 0)
            unit: rules.Unit = next((one.value for one in found if one.key == "unit" and one.value in get_args(rules.Unit)), "day")
            return number_words(number, unit) if number else ""
        return found[0].words(found[0].value) if found else ""


def rule_fields(text: str, base: str) -> tuple[RuleFields, ...] | Mistake:
    """The rules of a text, in the order of their lines, held against those of `base`; the mistake where the text cannot be read at all."""
    given, before = toml_of(text), toml_of(base)
    if isinstance(given, Mistake):
        return given
    lines, old = toml_lines(text.removeprefix("\ufeff")), {} if isinstance(before, Mistake) else before
    own = {str(one.get("key")): str(one.get("title", one.get("key"))) for one in _tables(given, "condition")}
    out = [_head(given, old, lines)] if isinstance(given.get("province"), str) else []
    for section in (*SECTIONS, "choice"):
        name = "key" if section == "choice" else "id"
        earlier = {one.get(name): one for one in _tables(old, section)}
        out += [_rule(section, n, one, earlier.get(one.get(name)), lines, own) for n, one in enumerate(_tables(given, section))]
    return tuple(sorted(out, key=lambda one: one.line))


def removed_rules(text: str, base: str) -> tuple[str, ...]:
    """The titles of the rules that the version copied from had and the text has no longer."""
    given, before = toml_of(text), toml_of(base)
    if isinstance(given, Mistake) or isinstance(before, Mistake):
        return ()
    out = []
    for section in (*SECTIONS, "choice"):
        name = "key" if section == "choice" else "id"
        here = {one.get(name) for one in _tables(given, section)}
        out += [_title(section, one) for one in _tables(before, section) if one.get(name) not in here]
    return tuple(out)


def as_before(text: str, path: Path, base: str) -> str:
    """The text with one value as `base` has it; its line goes where `base` leaves it unsaid. Raises `Refusal` profile.not_in_one_line."""
    given, before = toml_of(text), toml_of(base)
    if isinstance(given, Mistake) or isinstance(before, Mistake):
        raise Refusal("profile.not_in_one_line", key=str(path[-1]))
    if len(path) == 1:
        return with_value(text, path, before[str(path[0])])
    section, n, key = str(path[0]), int(path[1]), str(path[-1])
    name = "key" if section == "choice" else "id"
    rule = _tables(given, section)[n].get(name)
    was = next((one for one in _tables(before, section) if one.get(name) == rule), {})
    return with_value(text, path, was[key], order_of(section)) if key in was else without_value(text, path)


def order_of(section: str) -> tuple[str, ...]:
    """The keys of a rule in the order in which our texts write them."""
    keys = list(fields_of(_KINDS[section])) if section else ["province"]
    last = [key for key in ("text", "note") if key in keys]
    first = [key for key in ("id", "article", "stage", "topic", "title") if key in keys]
    return (*first, *[key for key in keys if key not in first and key not in last and key != "mark"], *last)


def _head(given: dict[str, Any], old: dict[str, Any], lines: Mapping[Path, int]) -> RuleFields:
    """The province of provincial measures: the one value of the head that an agency sets."""
    was = old.get("province")
    value = FieldValue(("province",), "province", _("Name of the province"), "words", given["province"], lines[("province",)],
                       was if was != given["province"] else None)
    return RuleFields("", "", lines[("province",)], "", _("Province"), "", (value,), "changed" if value.was is not None else "")


def _rule(section: str, n: int, one: dict[str, Any], old: dict[str, Any] | None, lines: Mapping[Path, int], own: dict[str, str]) -> RuleFields:
    values = tuple(_value((section, n, key), one, old, lines.get((section, n, key), 0), own) for key in _editable(section))
    other = any(one.get(key) != old.get(key) for key in {*one, *old}) if old is not None else False
    return RuleFields(section, str(one.get("key" if section == "choice" else "id", "")), lines[(section, n)], str(one.get("article", "")),
                      _title(section, one), str(one.get("text", "")), values, "new" if old is None else "changed" if other else "")


def _title(section: str, one: dict[str, Any]) -> str:
    return str(one.get("title") or one.get("question") or section_title(section))


def _editable(section: str) -> list[str]:
    hints, wanted = fields_of(_KINDS[section]), []
    for key in order_of(section):
        in_text = key in _IN_TEXT_ONLY and (section, key) != ("span", "end")
        if key in hints and not in_text and get_origin(hints[key].hint) is not dict:
            wanted.append(key)
    return wanted


def _value(path: Path, one: dict[str, Any], old: dict[str, Any] | None, line: int, own: dict[str, str]) -> FieldValue:
    section, key = str(path[0]), str(path[-1])
    kind = _KINDS[section]
    hint, default = fields_of(kind)[key].hint, _default(kind, key)
    value = one.get(key, default)
    was = old.get(key, default) if old is not None else value
    how = _how(hint, key)
    options = dict(one.get("options") or {}) if key == "chosen" else _options(kind.__name__, key, hint)
    if options and vocabulary_section(kind.__name__, key) == "condition":
        options |= own
    if not _fits(how, value):  # of a wrong kind: the list of mistakes says so, and the text is where it is mended
        how, options, value = "words", {}, str(value)
    shown = key in one or key in _ALWAYS.get(section, ()) or key in ("title", "text", "article")
    return FieldValue(path, key, _names().get(key, key), "one" if key == "chosen" and options else how, value, line,
                      was if was != value else None, options, _unit(key, one), shown)


def _names() -> Mapping[str, str]:
    names = dict(value_names())
    return {**names, "number": names["limit"], "exception_number": names["exception_limit"], "unit": _("Unit"),
            "exception_unit": _("Unit of the exception"), "title": _("Name of the rule"), "article": _("Article"), "question": _("Question"),
            "text": _("Words of the article"), "note": _("Explanation"), "chosen": _("Reading in force"), "before": _("Counts back"),
            "due_on": _("Fixed day of the year"), "soon_percent": _("Warns in the last share, per cent"), "end": _("From when to when")}


def _how(hint: Any, key: str) -> Kind:
    if get_origin(hint) is list:
        return "several"
    if get_origin(hint) is Literal:
        return "one"
    if hint is bool:
        return "yes"
    return "number" if hint is int else "long" if key in ("text", "note", "question") else "words"


def _fits(how: Kind, value: Any) -> bool:
    if how == "several":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, {"number": int, "yes": bool}.get(how, str)) and (how != "number" or not isinstance(value, bool))


def _options(kind: str, key: str, hint: Any) -> dict[str, str]:
    if get_origin(hint) is Literal:
        return {str(one): _word(kind, key, str(one)) for one in get_args(hint)}
    section = vocabulary_section(kind, key)
    if get_origin(hint) is not list or not section:
        return {}
    if section == "condition":
        return {one: asked.title for one, asked in vocabulary().conditions.items()}
    return {one: term.title for one, term in vocabulary().keys(section).items()}


def _word(kind: str, key: str, one: str) -> str:
    if key in ("unit", "exception_unit"):
        return unit_words(one)
    if key == "level":
        return level_words(one)
    if key == "excuse":
        return excuse_words(one)
    if key == "stage":
        return vocabulary().title("stage", one)
    if key == "end":
        return _("arrival until leaving") if one == "leave" else _("arrival until the acting ends")
    return {"": _("as the text has it"), "case_file": _("as long as the case file"), "permanent": _("for ever")}.get(one, one) \
        if kind == "RetentionRule" else one


def _unit(key: str, one: dict[str, Any]) -> str:
    """What a number counts, where that is not a field of its own beside it."""
    return {"least_years": unit_words("year"), "extension": unit_words(str(one.get("unit", "day"))), "soon_percent": "%"}.get(key, "")


def _default(kind: type[Any], key: str) -> Any:
    for one in dataclasses.fields(kind):
        if one.name == key:
            if one.default is not dataclasses.MISSING:
                return one.default
            return one.default_factory() if one.default_factory is not dataclasses.MISSING else ""
    return ""


def _tables(given: dict[str, Any], section: str) -> list[dict[str, Any]]:
    listed = given.get(section)
    return [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []
