"""Reads the facts of a case from JSON: strict, every mistake with its JSON path, nothing guessed; and writes down the schema it reads by."""

from __future__ import annotations

import dataclasses
import functools
import re
import types
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.counting import MOST, in_reach
from desktop.policy.facts_json import load
from desktop.policy.limits import BINDING, UNITS
from desktop.policy.mistakes import MOST as MOST_TOLD
from desktop.policy.mistakes import SHOWN, Mistake, nearest
from desktop.policy.profile import BASE, profile, profile_names
from desktop.policy.rule_ids import Section, known_rules
from desktop.policy.vocabulary import vocabulary
from models.facts import (
    Activity,
    CaseEnd,
    CaseFacts,
    Claim,
    Disclosure,
    Extension,
    Footage,
    Gap,
    Logged,
    Override,
    Paper,
    Pause,
    Penalty,
    PointSpan,
    Suspension,
    Unplaced,
    Unsuitable,
    Waiver,
)

RANKS = (*sorted(BINDING), "normative")
# Which words of the vocabulary a field takes.
_SECTIONS: dict[tuple[type[Any], str], str] = {
    (CaseFacts, "kind"): "kind", (CaseFacts, "procedure"): "procedure", (Activity, "kind"): "event", (Activity, "traits"): "trait",
    (Unsuitable, "ground"): "ground", (Claim, "kind"): "exception", (Gap, "cause"): "cause", (PointSpan, "point"): "point",
    (Unplaced, "cause"): "cause", (Logged, "kind"): "log",
    (Footage, "weight"): "weight", (Paper, "signers"): "signer", (CaseEnd, "kind"): "end", (Pause, "kind"): "pause",
    (Suspension, "kind"): "suspension",
    (Disclosure, "channel"): "channel", (Penalty, "kind"): "penalty"}
# Which rules a field names.
_NAMED: dict[tuple[type[Any], str], Section] = {
    (Suspension, "rule"): "deadline", (Extension, "rule"): "deadline", (Override, "rule"): "deadline", (Waiver, "item"): "item",
    (Paper, "items"): "item"}
_NAMES = {(Activity, "officers"), (Paper, "officers"), (CaseEnd, "signed_by")}
# Where another number than the units of a limit is the largest: fen, a million million yuan; years of keeping, of which 0 stands for ever.
_LARGEST = {(Penalty, "fen"): 10**14, (CaseFacts, "retention_years"): 1000}
_EMPTY_ALLOWED = {(Gap, "cause"), (Unplaced, "cause")}
# What JSON Schema calls date and date-time, and nothing else that Python would take for one; seconds may be left out.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")


def read_facts(text: str, own: Iterable[str] = (), rules: Iterable[str] = ()) -> tuple[CaseFacts, ...]:
    """One case, or a list of them; `own` are the questions, `rules` the ids of a text of rules that did not come with the program. Raises
    `Refusal` facts.not_json or facts.faulty with the first mistakes, each with its JSON path."""
    given, own, rules = load(text), tuple(own), tuple(rules)
    several = given if isinstance(given, list) else [given]
    read: list[CaseFacts] = []
    wrong: list[Mistake] = []
    for at, one in enumerate(several):
        facts, mistakes = parse_facts(one, f"$[{at}]" if isinstance(given, list) else "$", own, rules)
        wrong += mistakes
        if facts is not None:
            read.append(facts)
        if len(wrong) >= MOST_TOLD:
            break
    if wrong:
        raise Refusal("facts.faulty", count=len(wrong), detail=_("; ").join(str(one) for one in wrong[:5]))
    return tuple(read)


def parse_facts(given: Any, where: str = "$", own: Iterable[str] = (), rules: Iterable[str] = ()) -> tuple[CaseFacts | None, list[Mistake]]:
    """One case from what JSON held, with every mistake; None where there is one."""
    reader = _Reader(own, rules)
    facts = reader.table(CaseFacts, given, where)
    if not reader.wrong:
        reader.references(facts, where)
    return (None if reader.wrong else facts), reader.wrong


class _Reader:
    def __init__(self, own: Iterable[str], rules: Iterable[str]) -> None:
        self.wrong: list[Mistake] = []
        self.questions = (*known_questions(), *own)
        self.own_rules = frozenset(rules)

    def say(self, where: str, words: str) -> None:
        self.wrong.append(Mistake(0, where, words))

    @property
    def full(self) -> bool:
        """Whether there are so many mistakes that nobody reads further: to look for near words to each takes its time."""
        return len(self.wrong) >= MOST_TOLD

    def table(self, kind: Any, given: Any, where: str) -> Any:
        if not isinstance(given, dict):
            return self.say(where, _("this must be an object { }"))
        hints, values = hints_of(kind), {}
        before = len(self.wrong)
        for name, value in given.items():
            if self.full:
                break
            if name not in hints:
                self.say(f"{where}.{name[:SHOWN]}", _("there is no such key; known are: {known}").format(known=_near(name, hints)))
            else:
                values[name] = self.value(kind, name, hints[name], value, f"{where}.{name}")
        for one in dataclasses.fields(kind):
            if one.name not in given and one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING:
                self.say(where, _("“{key}” is missing; add it").format(key=one.name))
        return kind(**values) if len(self.wrong) == before else None

    def value(self, kind: type[Any], name: str, hint: Any, given: Any, where: str) -> Any:
        options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
        if given is None:
            return None if type(None) in options else self.say(where, _("this may be left out, but not null"))
        wanted = [one for one in options if one is not type(None)]
        if wanted == [datetime, date] or wanted in ([date], [datetime]):
            return self.time(wanted, given, where)
        origin = get_origin(wanted[0])
        if origin in (tuple, frozenset):
            return self.several(kind, name, wanted[0], given, where)
        if origin is Mapping:
            return self.mapping(name, get_args(wanted[0])[1], given, where)
        if dataclasses.is_dataclass(wanted[0]):
            return self.table(wanted[0], given, where)
        return self.plain(kind, name, wanted[0], given, where)

    def plain(self, kind: type[Any], name: str, wanted: type[Any], given: Any, where: str) -> Any:
        if type(given) is not wanted:
            words = {str: _("this must be words in quotes"), int: _("this must be a whole number"), bool: _("this must be true or false")}
            return self.say(where, words[wanted])
        known = choices(kind, name)
        if known is not None and given not in known:
            return self.unknown(where, given, known)
        if (kind, name) in _NAMED and given not in (rules := known_rules(_NAMED[kind, name])) and given not in self.own_rules:
            return self.say(where, _("no regulation has a rule “{given}”; choose one of: {known}").format(
                given=given[:SHOWN], known=_near(given, rules)))
        if (kind, name) in _NAMES:
            given = given.strip()
            return given if given else self.say(where, _("a name cannot be left blank: take it out, or write it"))
        if name == "id" and not given:
            return self.say(where, _("an id cannot be empty"))
        most = _LARGEST.get((kind, name), MOST)
        if wanted is int and not 0 <= given <= most:
            return self.say(where, _("{given} is out of reach: 0 to {most}").format(given=_digits(given), most=most))
        return given

    def unknown(self, where: str, given: str, known: Iterable[str]) -> None:
        self.say(where, _("“{given}” is not known here; choose one of: {known}").format(given=given[:SHOWN], known=_near(given, known)))

    def several(self, kind: type[Any], name: str, hint: Any, given: Any, where: str) -> Any:
        if not isinstance(given, list):
            return self.say(where, _("this must be a list [ ]"))
        inner = get_args(hint)[0]
        found = [self.value(kind, name, inner, one, f"{where}[{at}]") for at, one in enumerate(given) if not self.full]
        seen: set[Any] = set()
        for at, one in enumerate(found):
            key = _named_by(one)
            if key is not None and key in seen:
                self.say(f"{where}[{at}]", _("“{given}” stands twice").format(given=key))
            seen.add(key)
        return tuple(found) if get_origin(hint) is tuple else frozenset(found)

    def mapping(self, name: str, wanted: type[Any], given: Any, where: str) -> Any:
        if not isinstance(given, dict):
            return self.say(where, _("this must be an object { }"))
        for key, value in given.items():
            if name == "conditions" and key not in self.questions:
                self.unknown(f"{where}.{key[:SHOWN]}", key, self.questions)
            elif type(value) is not wanted:
                self.say(f"{where}.{key}", _("this must be true or false") if wanted is bool else _("this must be words in quotes"))
        return dict(given)

    def time(self, wanted: list[Any], given: Any, where: str) -> Any:
        if not isinstance(given, str) or not (_DAY.fullmatch(given) or _MOMENT.fullmatch(given)):
            return self.say(where, _written_so(wanted))
        day_only = _DAY.fullmatch(given) is not None
        at: datetime | date | None = _day_of(given) if day_only else moment_of(given)
        if at is None:
            return self.say(where, _("“{given}” is on no calendar and no clock; check it").format(given=given[:SHOWN]))
        if day_only and date not in wanted:
            return self.say(where, _("the hour is needed here: 2026-09-01T09:30:00+08:00"))
        if not day_only and datetime not in wanted:
            return self.say(where, _("only the day is wanted here: 2026-09-01"))
        if isinstance(at, datetime) and at.tzinfo is None:
            return self.say(where, _("say the zone: 2026-09-01T09:30:00+08:00"))
        if not in_reach(at):
            return self.say(where, _("the year {year} cannot be one of a case; check it").format(year=at.year))
        return at

    def references(self, facts: CaseFacts, where: str) -> None:
        """Ids that name another fact must name one that is there."""
        activities, papers = {one.id for one in facts.activities}, {one.id for one in facts.papers}
        extended = activities | {one.id for one in facts.disclosures}
        named = [*((f"footage[{n}].activity", one.activity, activities) for n, one in enumerate(facts.footage)),
                 *((f"papers[{n}].activity", one.activity, activities) for n, one in enumerate(facts.papers)),
                 *((f"activities[{n}].document", one.document, papers) for n, one in enumerate(facts.activities)),
                 *((f"activities[{n}].answers[{m}]", key, activities) for n, one in enumerate(facts.activities) for m, key in enumerate(one.answers)),
                 *((f"suspensions[{n}].subject", one.subject, activities) for n, one in enumerate(facts.suspensions)),
                 *((f"extensions[{n}].subject", one.subject, extended) for n, one in enumerate(facts.extensions))]
        for place, given, known in named:
            if given and given not in known:
                self.say(f"{where}.{place}", _("“{given}” is not among the facts given").format(given=given))


def moment_of(text: str) -> datetime | None:
    """A moment as it is documented, with or without its zone; None for anything else."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _near(given: str, known: Iterable[str]) -> str:
    return ", ".join(nearest(given, (one for one in known if one)))


def _digits(number: int) -> str:
    written = str(number)
    return written if len(written) <= SHOWN else _("a number of {n} digits").format(n=len(written.lstrip("-")))


def _named_by(one: Any) -> str | None:
    """By what something is named, where it may stand in its list only once."""
    if isinstance(one, Override):
        return one.rule
    if isinstance(one, Waiver):
        return one.item
    return getattr(one, "id", one if isinstance(one, str) else None)


def _written_so(wanted: list[Any]) -> str:
    if wanted == [date]:
        return _("a day is written with four, two and two digits: 2026-09-01")
    if wanted == [datetime]:
        return _("a moment is written with its day, hour and zone: 2026-09-01T09:30:00+08:00")
    return _("this must be a day or a moment: 2026-09-01 or 2026-09-01T09:30:00+08:00")


def choices(kind: type[Any], name: str) -> tuple[str, ...] | None:
    """The words that a field takes, or None where it takes any."""
    if (kind, name) in _SECTIONS:
        return (*vocabulary().keys(_SECTIONS[kind, name]), *([""] if (kind, name) in _EMPTY_ALLOWED else []))
    if kind in (Override, Extension) and name == "unit":
        return UNITS
    if kind is Override and name == "rank":
        return RANKS
    return None


@functools.cache
def known_questions() -> tuple[str, ...]:
    """Every question that the vocabulary, the base or a regulation that came with the program asks."""
    texts = [profile(key).condition for key in (BASE, *profile_names())]
    return tuple(dict.fromkeys((*vocabulary().conditions, *(one.key for asked in texts for one in asked))))


@functools.cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The fields of a fact with their types."""
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in dataclasses.fields(kind)}
