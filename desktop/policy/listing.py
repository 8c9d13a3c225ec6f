"""The list of matters to record (音像记录事项清单): the defaults, and an agency's own rows, which add and raise but never lower a must."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.paths import RESOURCES
from desktop.policy.grounds import ground
from desktop.policy.mistakes import Mistake, Reading
from desktop.policy.rules import DutyRule, Profile
from desktop.policy.toml_lines import Path, toml_lines
from desktop.policy.vocabulary import vocabulary

LEVELS = ("none", "text_only", "may", "as_needed", "suitable", "sync", "full")
MUSTS = frozenset(("as_needed", "suitable", "sync", "full"))
EXCUSES = ("unsuitable", "unsuitable_reasoned", "secrecy", "none")  # from the widest to the strictest
ListLevel = Literal["full", "sync", "suitable", "as_needed", "may", "none", "text_only"]
ListExcuse = Literal["none", "unsuitable", "unsuitable_reasoned", "secrecy"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One published list that a row was seen in."""

    number: int
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """How long a dispute can still come, in years from the act; the article and its words."""

    years: int
    article: str
    text: str
    mark: Literal["text", "V", "v", "k"]


@dataclass(frozen=True, kw_only=True)
class OwnLevel:
    """The level that one profile's text asks for, and whether it knows an excuse; with `traits`, only for activities that have them all."""

    profile: str
    level: ListLevel
    excuse: ListExcuse
    traits: list[str] = field(default_factory=list)
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One matter: when it begins and ends, what is to be seen, and how long it is kept. `level` is a recommendation, `own` is the law."""

    number: int
    kind: Literal["inspection", "penalty", "coercion", "service", "licensing"]
    title: str
    events: list[str]
    record: str
    level: ListLevel
    place: str
    begin: str
    end: str
    keeping: Literal["two_years", "file", "permanent"]
    own: list[OwnLevel]
    sources: list[int]
    certainty: Literal["source", "text", "proposed"]
    kinds: list[str] = field(default_factory=list)
    permanent_under: list[str] = field(default_factory=list)
    note: str = ""

    def levels(self, profile: str, traits: Iterable[str]) -> list[OwnLevel]:
        """What this row says of a profile's text for an activity with these traits, the strictest first."""
        fits = [one for one in self.own if one.profile == profile and set(one.traits) <= set(traits)]
        return sorted(fits, key=lambda one: -LEVELS.index(one.level))


@dataclass(frozen=True, kw_only=True)
class AgencyRow:
    """A row of the agency's own list: adds a matter, or asks for more than the text does. Without `excuse` the text's own counts, and a
    written reason where the text has none. `decided` says by which paper."""

    title: str
    events: list[str]
    level: ListLevel
    excuse: Literal["", "none", "unsuitable", "unsuitable_reasoned", "secrecy"] = ""
    traits: list[str] = field(default_factory=list)
    decided: str = ""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """The list that came with the program."""

    format: int
    slack_seconds: int
    jump_seconds: int
    span_seconds: int
    span_most_seconds: int
    log_seconds: int
    source: list[Source]
    horizon: list[Horizon]
    row: list[Row]


@dataclass(frozen=True, kw_only=True)
class OwnList:
    """The text of an agency's own list."""

    format: int
    row: list[AgencyRow]


@dataclass(frozen=True)
class Listing:
    """The list in force: the defaults and the agency's own rows. `slack_seconds`: how late or early a FULL recording may be without being told
    as incomplete, because activities are entered by the minute. `jump_seconds`: from when on a hole inside a recording is an interruption.
    `span_seconds`, `span_most_seconds`: by how much at least and at most a file's own time must lie after its end to tell of a pause.
    `log_seconds`: how near to a start in a recorder's log its recording must begin."""

    rows: tuple[Row, ...]
    agency: tuple[AgencyRow, ...] = ()
    horizon: tuple[Horizon, ...] = ()
    slack_seconds: int = 0
    jump_seconds: int = 0
    span_seconds: int = 0
    span_most_seconds: int = 0
    log_seconds: int = 0

    def row_for(self, event: str, kind: str) -> Row | None:
        """The row that covers an event in a case of that kind; a row of that very kind comes before a general one."""
        fits = [row for row in self.rows if event in row.events and (not row.kinds or kind in row.kinds)]
        return min(fits, key=lambda row: (not row.kinds, row.number)) if fits else None

    def raised(self, event: str, traits: Iterable[str]) -> AgencyRow | None:
        """The strictest row of the agency for an activity with these traits."""
        fits = [row for row in self.agency if event in row.events and set(row.traits) <= set(traits)]
        return max(fits, key=lambda row: LEVELS.index(row.level)) if fits else None


@functools.cache
def defaults() -> Listing:
    """The default list. Raises `ValueError` where the file is faulty: it is ours, not a person's."""
    text = (RESOURCES / "policy" / "duty_list.toml").read_text(encoding="utf-8")
    made, mistakes = _read(Defaults, text)
    if mistakes:
        raise ValueError("; ".join(map(str, mistakes)))
    return Listing(tuple(made.row), (), tuple(made.horizon), made.slack_seconds, made.jump_seconds, made.span_seconds, made.span_most_seconds,
                   made.log_seconds)


def check_defaults(text: str) -> list[Mistake]:
    """Every mistake of a text that is to take the place of the default list, by line."""
    return _read(Defaults, text)[1]


def check_own(text: str) -> list[Mistake]:
    """Every mistake of an agency's own list, by line; whether a row lowers a must is seen by `in_force`."""
    return _read(OwnList, text)[1]


def own_rows(text: str) -> tuple[AgencyRow, ...]:
    """The rows of an agency's own list. Raises `Refusal` listing.faulty with the first mistake."""
    made, mistakes = _read(OwnList, text)
    if mistakes:
        raise Refusal("listing.faulty", count=len(mistakes), first=str(mistakes[0]))
    return tuple(made.row)


def in_force(profile: Profile, own: Iterable[AgencyRow] = (), base: Listing | None = None) -> Listing:
    """Defaults and the agency's rows together. Raises `Refusal` listing.lowers or listing.excuses with the article that a row falls below."""
    base = base or defaults()
    rows = tuple(own)
    for row in rows:
        for event in row.events:
            for rule in musts(profile, event, row.traits):
                if LEVELS.index(row.level) < LEVELS.index(rule.level):
                    raise Refusal("listing.lowers", title=row.title, article=ground(profile, rule).article, level=level_words(rule.level),
                                  given=level_words(row.level))
                if row.excuse and row.level == rule.level and EXCUSES.index(row.excuse) < EXCUSES.index(rule.excuse):
                    raise Refusal("listing.excuses", title=row.title, article=ground(profile, rule).article)
    return replace(base, agency=rows)


def musts(profile: Profile, event: str, traits: Iterable[str]) -> list[DutyRule]:
    """The duties of the text that bind any activity of that event with these traits: 「应当」 alone, by the reading in force."""
    held = set(traits)
    return [rule for rule in profile.duty if event in rule.events and rule.level in MUSTS and set(rule.traits) <= held
            and not held & set(rule.lacking) and chosen(profile, rule)]


def chosen(profile: Profile, rule: DutyRule) -> bool:
    """Whether a duty belongs to the reading in force (every duty without `choice` does)."""
    return not rule.choice or any(rule.choice == f"{one.key}={one.chosen}" for one in profile.choice)


def level_words(level: str) -> str:
    """What a level is called."""
    if level == "none":
        return _("The text asks for no recording")
    if level == "text_only":
        return _("In writing only")
    return vocabulary().title("level", level)


def _read(kind: type[Any], text: str) -> tuple[Any, list[Mistake]]:
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Mistake(0, "", str(error))]
    reading = Reading(_look)
    made = reading.table(kind, given, (), "")
    if isinstance(made, Defaults):
        _whole(reading, made)
    if made is not None and made.format != 1:
        reading.wrong(("format",), "", _("This program knows format 1 only. Update the program, or write the list in format 1."))
    lines = toml_lines(text)
    return made, [Mistake(_line(lines, path), where, words) for path, where, words in reading.found]


def _look(reading: Reading, kind: type[Any], name: str, value: Any, path: Path, where: str) -> None:
    section = {"events": "event", "traits": "trait", "kinds": "kind"}.get(name)
    if section and isinstance(value, str) and value not in vocabulary().keys(section):
        reading.wrong(path, where, _("“{given}” is not in the vocabulary.").format(given=value))
    elif section is None and isinstance(value, str) and not value.strip() and name not in ("note", "words", "decided"):
        reading.wrong(path, where, _("“{key}” is left empty; fill it in.").format(key=name))


def _whole(reading: Reading, made: Defaults) -> None:
    numbers = [row.number for row in made.row]
    known = {source.number for source in made.source}
    for n, row in enumerate(made.row):
        if numbers.index(row.number) != n:
            reading.wrong(("row", n, "number"), row.title, _("The number {number} is taken already.").format(number=row.number))
        if not row.events:
            reading.wrong(("row", n, "events"), row.title, _("Name at least one event."))
        for m, one in enumerate(row.sources):
            if one not in known:
                reading.wrong(("row", n, "sources", m), row.title, _("There is no source {number}.").format(number=one))
        if (row.certainty == "source") != bool(row.sources):
            reading.wrong(("row", n, "certainty"), row.title, _("A row seen in a source names it, and only such a row does."))


def _line(lines: dict[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0) if path else 0
