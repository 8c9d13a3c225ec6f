"""How recorders write their logs (设备日志), as data: one file of resources/recorders for each layout, read strictly."""

from __future__ import annotations

import codecs
import functools
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from desktop import i18n
from desktop.i18n import _
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Mistake, Reading
from desktop.policy.toml_lines import Path as Place
from desktop.policy.toml_lines import toml_lines
from desktop.policy.toml_reading import toml_of
from desktop.policy.vocabulary import vocabulary

FOLDER = RESOURCES / "recorders"
NAMES = ("time", "event", "file", "number")


@dataclass(frozen=True, kw_only=True)
class EventWords:
    """Which words of a log mean which kind of event, a key of `log` in the vocabulary."""

    kind: str
    words: list[str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One layout: a `table` with a line of names (`columns`: our name → theirs, several parted by 「|」), or `lines` that match `pattern`."""

    format: int
    key: str
    zh: str
    en: str
    shape: Literal["table", "lines"]
    encodings: list[str]
    times: list[str]
    skip: list[str]
    event: list[EventWords]
    delimiters: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    pattern: str = ""

    @property
    def title(self) -> str:
        return self.zh if i18n.language() == "zh_CN" else self.en

    @functools.cached_property
    def kinds(self) -> dict[str, str]:
        """Words, folded, to the kinds that they mean."""
        return {folded(word): one.kind for one in self.event for word in one.words}


def folded(word: str) -> str:
    """A word as it is compared: without blanks and case."""
    return "".join(word.split()).casefold()


@functools.cache
def layouts() -> dict[str, Layout]:
    """All layouts by key, the plain one first. Raises `ValueError` where a file is faulty: they are ours, not a person's."""
    found: dict[str, Layout] = {}
    for path in sorted(FOLDER.glob("*.toml"), key=lambda one: (one.stem != "plain", one.stem)):
        made, mistakes = read_layout(path.read_text(encoding="utf-8"))
        if made is None or mistakes or made.key != path.stem:
            raise ValueError("; ".join([path.name, *map(str, mistakes)]))
        found[made.key] = made
    return found


def read_layout(text: str) -> tuple[Layout | None, list[Mistake]]:
    """One layout from its text, with every mistake and its line."""
    given = toml_of(text)
    if isinstance(given, Mistake):
        return None, [given]
    reading = Reading(_look)
    made = reading.table(Layout, given, (), "")
    if made is not None:
        _whole(reading, made)
    lines = toml_lines(text)
    return made, [Mistake(_line(lines, path), where, words) for path, where, words in reading.found]


def _look(reading: Reading, kind: type[Any], name: str, value: Any, path: Place, where: str) -> None:
    if kind is EventWords and name == "kind" and value not in vocabulary().keys("log"):
        reading.wrong(path, where, _("“{given}” is not in the vocabulary.").format(given=value))
    if name == "encodings":
        try:
            codecs.lookup(value)
        except LookupError:
            reading.wrong(path, where, _("There is no encoding “{given}”.").format(given=value))


def _whole(reading: Reading, made: Layout) -> None:
    if made.format != 1:
        reading.wrong(("format",), "", _("This program knows format 1 only. Update the program, or write the layout in format 1."))
    if made.shape == "table" and (not made.delimiters or not {"time", "event"} <= set(made.columns) <= set(NAMES)):
        reading.wrong(("columns",), "", _("A table needs its delimiters and the columns time and event; file and number may stand beside them."))
    if made.shape == "lines":
        try:
            groups = set(re.compile(made.pattern).groupindex)
        except re.error as fault:
            reading.wrong(("pattern",), "", _("The pattern cannot be read: {why}.").format(why=str(fault)))
            return
        if not {"time", "event"} <= groups <= set(NAMES):
            reading.wrong(("pattern",), "", _("The pattern needs the names time and event; file and number may stand beside them."))
    if not made.times or not made.encodings or not made.event:
        reading.wrong((), "", _("A layout needs at least one time, one encoding and one event."))
    seen: dict[str, str] = {}
    for n, one in enumerate(made.event):
        for m, word in enumerate(one.words):
            if seen.setdefault(folded(word), one.kind) != one.kind:
                reading.wrong(("event", n, "words", m), one.kind, _("“{given}” means two kinds of events.").format(given=word))


def _line(lines: dict[Place, int], path: Place) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0) if path else 0


