"""What must hold of a profile beyond the types of its keys: known words, whole rules, no circle among its questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from desktop.i18n import _
from desktop.policy import rules
from desktop.policy.counting import MOST, MOST_MONTHS
from desktop.policy.mistakes import Reading, nearest
from desktop.policy.moments import parse_moments
from desktop.policy.toml_lines import Path
from desktop.policy.vocabulary import Vocabulary

# Which section of the vocabulary the words of a key belong to.
_WORDS: dict[tuple[str, str], str] = {
    ("*", "kinds"): "kind", ("*", "procedures"): "procedure", ("*", "when"): "condition", ("*", "unless"): "condition",
    ("Condition", "any"): "condition", ("Condition", "all"): "condition", ("Condition", "activities"): "event", ("Condition", "traits"): "trait",
    ("Condition", "denied_by"): "event",
    ("DeadlineRule", "exceptions"): "exception", ("DeadlineRule", "pauses"): "pause", ("DeadlineRule", "restarts"): "pause",
    ("DeadlineRule", "suspensions"): "suspension",
    ("ItemRule", "signers"): "signer", ("ItemRule", "signers_if_any"): "signer",
    ("ItemRule", "each"): "event", ("DutyRule", "events"): "event", ("DutyRule", "traits"): "trait", ("*", "lacking"): "trait",
    ("SpanRule", "spoken"): "point", ("PointsRule", "points"): "point", ("InterruptionRule", "causes"): "cause",
    ("RetentionRule", "permanent"): "weight"}
_MOMENTS = {("DeadlineRule", "start"), ("DeadlineRule", "end"), ("DeadlineRule", "exception_start"), ("DeadlineRule", "given"),
            ("DeadlineRule", "after"),
            ("OrderRule", "first"), ("OrderRule", "second")}
_MONTHS = {"month": 1, "year": 12}
_PER_CENT = range(1, 101)
_LONGEST_CHAIN = 40  # questions that ask each other; ours come to four
SECTIONS = ("deadline", "item", "duty", "order", "span", "points", "interruption", "retention", "evidence", "label", "use", "provision")


class ProfileChecks:
    """The meaning of single values, and of whole tables once they are read."""

    def __init__(self, words: Vocabulary, given: Mapping[str, Any], base: rules.Profile | None) -> None:
        self.words, self.given, self.base = words, given, base
        own = {one["key"] for one in _tables(given, "condition") if isinstance(one.get("key"), str)}
        self.conditions = {*words.conditions, *own, *(one.key for one in (base.condition if base else ()))}
        self.choices = {one["key"]: _options(one) for one in _tables(given, "choice") if isinstance(one.get("key"), str)}

    def look(self, reading: Reading, kind: type[Any], name: str, value: Any, path: Path, where: str) -> None:
        """One value of the right type."""
        rule = kind.__name__
        section = vocabulary_section(rule, name)
        if (rule, name) == ("ItemRule", "each"):
            for one in value.split("|") if value else ():
                self.word(reading, section, one, path, where)
        elif isinstance(value, str) and value and section:
            self.word(reading, section, value, path, where)
        elif isinstance(value, int) and value < 0:
            reading.wrong(path, where, _("“{key}” cannot be less than nothing.").format(key=name))
        elif name == "soon_percent" and value not in _PER_CENT:
            reading.wrong(path, where, _("“soon_percent” is a share from 1 to 100."))
        elif (rule, name) in _MOMENTS and value:
            self.moments(reading, name, value, path, where)
        elif name == "due_on" and value and not _is_day(value):
            reading.wrong(path, where, _("“due_on” must be a day of the year as MM-DD, such as 01-31."))
        elif name in ("article", "text", "id", "title", "key", "topic", "short") and isinstance(value, str) and not value.strip():
            self.empty(reading, name, path, where)
        elif isinstance(value, str) and not value.strip() and isinstance(path[-1], int):
            reading.wrong(path, where, _("“{key}” holds an empty entry. Take it out.").format(key=name))
        elif rule == "DutyRule" and name == "choice" and value:
            self.choice(reading, value, path, where)

    def empty(self, reading: Reading, name: str, path: Path, where: str) -> None:
        if name == "article":
            reading.wrong(path, where, _("The article is missing. Name the article that this rule comes from, such as 第×条."))
        elif name == "text":
            reading.wrong(path, where, _("The article’s words are missing. Copy them from the regulation."))
        else:
            reading.wrong(path, where, _("“{key}” must not be empty.").format(key=name))

    def word(self, reading: Reading, section: str, value: str, path: Path, where: str) -> None:
        known = self.conditions if section == "condition" else self.words.keys(section)
        if value not in known:
            reading.wrong(path, where, _("“{given}” is no {section} of the vocabulary. Known are: {known}.").format(
                given=value, section=section_words(section), known=_near(value, known)))

    def moments(self, reading: Reading, name: str, value: str, path: Path, where: str) -> None:
        try:
            named = parse_moments(value)
        except ValueError as error:
            reading.wrong(path, where, _("“{key}” does not understand “{given}”. Write, for example, footage.end, case_end, activity(hearing).end "
                                         "or paper(听证报告).dated; part several by |.").format(key=name, given=error))
            return
        for one in named:
            section = {"activity": "event", "pause": "pause"}.get(one.subject)
            if section and not any(one.covers(key) for key in self.words.keys(section)):
                self.word(reading, section, one.key, path, where)

    def choice(self, reading: Reading, value: str, path: Path, where: str) -> None:
        key, _equals, option = value.partition("=")
        if key not in self.choices or option not in self.choices[key]:
            reading.wrong(path, where, _("“choice” names “{given}”, but no [[choice]] has that option. Write key=option.").format(given=value))

    def whole(self, reading: Reading) -> None:
        """What takes several keys or several tables to see."""
        if type(self.given.get("format")) is int and self.given["format"] != 1:
            reading.wrong(("format",), "", _("This program knows format 1 only. Update the program, or write the rules in format 1."))
        based = self.given.get("base")
        if self.base is not None and isinstance(based, str) and based not in ("", self.base.key):
            reading.wrong(("base",), "", _("“base” can only be “{known}”, or be left out.").format(known=self.base.key))
        self.ids(reading)
        for n, one in enumerate(_tables(self.given, "deadline")):
            self.deadline(reading, one, ("deadline", n), _name(one, "deadline", n))
        for n, one in enumerate(_tables(self.given, "item")):
            for key in ("each", "every"):
                if one.get(key) and not one.get("forms") and not (key == "each" and one.get("or_recorded")):
                    words = _("“{key}” asks for papers, but no form is named in “forms”.")
                    reading.wrong(("item", n, key), _name(one, "item", n), words.format(key=key))
        duties = [one.get("id") for one in _tables(self.given, "duty")]  # a list, for what is no word has no hash
        for n, one in enumerate(_tables(self.given, "duty")):
            if one.get("instead_of") and one["instead_of"] not in duties:
                words = _("“instead_of” names “{given}”, which is no duty of this text.")
                reading.wrong(("duty", n, "instead_of"), _name(one, "duty", n), words.format(given=one["instead_of"]))
        for n, one in enumerate(_tables(self.given, "choice")):
            if (options := _options(one)) and one.get("chosen") not in list(options):
                reading.wrong(("choice", n, "chosen"), _name(one, "choice", n), _("“chosen” must be one of the options: {known}.").format(
                    known=", ".join(options)))
        self.silences(reading)
        self.circles(reading)

    def deadline(self, reading: Reading, one: dict[str, Any], path: Path, where: str) -> None:
        kinds, number = one.get("exceptions"), one.get("exception_number", 0)
        if number and not kinds:
            reading.wrong((*path, "exception_number"), where, _("The exception has a number but no kinds. List in “exceptions” what may be claimed."))
        elif kinds and not (number and one.get("exception_start")):
            reading.wrong((*path, "exceptions"), where, _("Say with “exception_number”, “exception_unit” and “exception_start” how long the "
                                                          "exception runs, and from when."))
        if one.get("extension") and not one.get("extension_by"):
            reading.wrong((*path, "extension"), where, _("Say with “extension_by” who may extend."))
        self.lengths(reading, one, path, where)
        self.suspensions(reading, one, path, where)
        if one.get("per") == "year" and not one.get("due_on"):
            reading.wrong((*path, "per"), where, _("A yearly duty needs its day: “due_on” as MM-DD."))

    def lengths(self, reading: Reading, one: dict[str, Any], path: Path, where: str) -> None:
        """No limit is longer than can be counted, with all of its extension: a clock could not say when it ends."""
        for key, unit in (("number", one.get("unit")), ("exception_number", one.get("exception_unit", "hour"))):
            number = one.get(key)
            most = MOST_MONTHS // _MONTHS[unit] if isinstance(unit, str) and unit in _MONTHS else MOST
            if type(number) is not int or number < 0:
                continue
            extension = one.get("extension")
            if number > most:
                reading.wrong((*path, key), where, _("“{key}” is at most {most}.").format(key=key, most=most))
            elif key == "number" and type(extension) is int and extension > 0 and number + extension > most:
                reading.wrong((*path, "extension"), where, _("With its “extension” a limit is at most {most}.").format(most=most))

    def suspensions(self, reading: Reading, one: dict[str, Any], path: Path, where: str) -> None:
        if not one.get("suspensions"):
            return
        if not (one.get("suspension_article") and one.get("suspension_text")):
            words = _("Say with “suspension_article” and “suspension_text” where the text leaves these out, in its own words.")
            reading.wrong((*path, "suspensions"), where, words)
        if one.get("unit", "day") not in ("day", "working_day") or one.get("before") or one.get("due_on") or one.get("per") == "disclosure":
            words = _("Only a limit in days that runs forward in a case can leave days out; those of a request are its “pauses”.")
            reading.wrong((*path, "suspensions"), where, words)

    def ids(self, reading: Reading) -> None:
        seen: dict[tuple[str, str], str] = {}
        for section in (*SECTIONS, "choice", "condition"):
            for n, one in enumerate(_tables(self.given, section)):
                key = "key" if section in ("choice", "condition") else "id"
                if not isinstance(one.get(key), str):
                    continue
                space = section if key == "key" else "rule"
                if (space, one[key]) in seen:
                    reading.wrong((section, n, key), one[key], _("“{id}” is taken already. Every rule needs an id of its own.").format(id=one[key]))
                seen[space, one[key]] = section

    def silences(self, reading: Reading) -> None:
        known = {rule.id for section in SECTIONS for rule in getattr(self.base, section)} if self.base else None
        for n, one in enumerate(_tables(self.given, "silence")):
            for m, rule in enumerate(_listed(one, "national")):
                if known is not None and isinstance(rule, str) and rule not in known:
                    reading.wrong(("silence", n, "national", m), _name(one, "silence", n), _(
                        "The national base has no rule “{given}”. Known are: {known}.").format(given=rule, known=_near(rule, known)))

    def circles(self, reading: Reading) -> None:
        own = {str(one.get("key")): ("condition", n) for n, one in enumerate(_tables(self.given, "condition"))}
        asks = {key: [*one.any, *one.all] for key, one in self.words.conditions.items()}
        for one in _tables(self.given, "condition"):
            asks[str(one.get("key"))] = [part for name in ("any", "all") for part in _listed(one, name) if isinstance(part, str)]
        rings = circles(asks)
        for circle in rings:
            place = next((own[key] for key in circle if key in own), None)
            if place is not None:
                reading.wrong(place, circle[0], _("The question depends on itself: {circle}. Take one of these out of “any” or “all”.").format(
                    circle=" → ".join((*circle, circle[0]))))
        length, key = (0, "") if rings else longest_chain(asks)
        if length > _LONGEST_CHAIN:
            reading.wrong(own.get(key, ("condition",)), key, _("This question asks {n} others one behind the other; at most {most} are read.").format(
                n=length, most=_LONGEST_CHAIN))


def circles(asks: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Every circle among questions once, from its first key in the order of the alphabet."""
    found: dict[tuple[str, ...], None] = {}
    done: set[str] = set()
    for first in asks:
        way: dict[str, Iterator[str]] = {}
        if first not in done:
            way[first] = iter(asks[first])
        while way:  # no recursion: a text of a stranger may ask along a chain of thousands
            key = next(reversed(way))
            part = next(way[key], None)
            if part is None:
                done.add(key)
                del way[key]
            elif part in way:
                names = list(way)
                ring = names[names.index(part):]
                least = ring.index(min(ring))
                found.setdefault((*ring[least:], *ring[:least]))
            elif part not in done:
                way[part] = iter(asks.get(part, ()))
    return list(found)


def longest_chain(asks: Mapping[str, Iterable[str]]) -> tuple[int, str]:
    """How many questions the longest chain has, and the one it begins with; only where no question asks itself."""
    length: dict[str, int] = {}
    for first in asks:
        open_ = [first]
        while open_:
            key = open_[-1]
            wanted = [part for part in asks.get(key, ()) if part not in length]
            if wanted:
                open_ += wanted
            else:
                length[open_.pop()] = 1 + max((length[part] for part in asks.get(key, ())), default=0)
    return max(((n, key) for key, n in length.items()), default=(0, ""))


def vocabulary_section(kind: str, name: str) -> str:
    """Which section of the vocabulary the words of a key of a rule belong to; empty where they are plain words."""
    return _WORDS.get((kind, name)) or _WORDS.get(("*", name), "")


def section_words(section: str) -> str:
    """What a section of the vocabulary is called in a sentence."""
    return {"event": _("event"), "trait": _("trait"), "signer": _("signer"), "point": _("key point"), "exception": _("kind of exception"),
            "cause": _("cause of interruption"), "weight": _("ground for keeping for ever"), "kind": _("kind of act"), "procedure": _("procedure"),
            "pause": _("kind of pause"), "suspension": _("kind of stretch left out"), "condition": _("question")}.get(section, section)


def _tables(given: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    # The place in the list must stay, so what is no table is read as an empty one.
    listed = given.get(section)
    return [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []


def _listed(one: Mapping[str, Any], key: str) -> list[Any]:
    # What is no list is told where its type is read.
    found = one.get(key)
    return found if isinstance(found, list) else []


def _options(one: Mapping[str, Any]) -> dict[str, Any]:
    found = one.get("options")
    return found if isinstance(found, dict) else {}


def _name(one: dict[str, Any], section: str, n: int) -> str:
    return next((str(one[key]) for key in ("id", "key", "topic") if one.get(key)), f"{section} {n + 1}")


def _near(value: str, known: Iterable[str]) -> str:
    """The known words, those that resemble first; a dozen at most."""
    return ", ".join(nearest(value, known))


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        return False
    try:
        date(2024, int(value[:2]), int(value[3:]))  # a leap year, so that 02-29 is a day
    except ValueError:
        return False
    return True
