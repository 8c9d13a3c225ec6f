"""Reading typed values from tables, every mistake collected with where it stands, not only the first."""

from __future__ import annotations

import dataclasses
import functools
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin, get_type_hints

from desktop.i18n import _
from desktop.policy.toml_lines import Path

MOST = 200  # mistakes of one text that are told
SHOWN = 80  # characters of a strange word that are shown
Look = Callable[["Reading", type[Any], str, Any, Path, str], None]


@dataclass(frozen=True)
class Mistake:
    """One mistake in a text of rules: its line (0 where it has none), the rule it stands in, and what to do about it."""

    line: int
    where: str
    words: str

    def __str__(self) -> str:
        place = _("line {line}").format(line=self.line) if self.line else ""
        return _(": ").join(part for part in (place, self.where, self.words) if part)


@dataclass
class Reading:
    """One reading of one text. `look` is asked about every single value of a known key that has the right type."""

    look: Look
    found: list[tuple[Path, str, str]] = field(default_factory=list)
    count: int = 0

    def wrong(self, path: Path, where: str, words: str) -> None:
        """A mistake. Of very many only the first are told: nobody mends by a list of thousands."""
        self.count += 1
        if self.count <= MOST:
            self.found.append((path, where, " ".join(words.split())))
        elif self.count == MOST + 1:
            self.found.append((path, where, _("There are more mistakes behind these. Mend these first.")))

    @property
    def full(self) -> bool:
        """Whether further mistakes would not be told."""
        return self.count > MOST

    def table(self, kind: type[Any], given: Mapping[str, Any], path: Path, where: str) -> Any:
        """A dataclass from a table; None where it could not be made, with the mistakes found."""
        before = self.count
        written: Any = kind  # mypy takes no class for a hashable
        known = fields_of(written)
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in known:
                self.wrong((*path, name), where, _("There is no key “{key}” here. Known are: {known}.").format(
                    key=name[:SHOWN], known=", ".join(nearest(name, known))))
                continue
            values[name] = self.value(kind, name, known[name].hint, value, (*path, name), where)
        for name, slot in known.items():
            if slot.wanted and name not in given:
                self.wrong(path, where, _("The key “{key}” is missing. Add it.").format(key=name))
        return kind(**values) if self.count == before else None

    def value(self, kind: type[Any], name: str, hint: Any, given: Any, path: Path, where: str) -> Any:
        origin = get_origin(hint)
        if origin in (list, tuple):
            found = self.several(kind, name, get_args(hint)[0], given, path, where)
            return tuple(found) if origin is tuple else found
        if origin is dict:
            if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
                self.wrong(path, where, _("“{key}” must be a table of words: {{ key = \"…\" }}.").format(key=name))
                return given
        elif origin is Literal:
            if given not in get_args(hint):
                self.wrong(path, where, _("“{key}” cannot be {given}. Choose one of: {known}.").format(
                    key=name, given=_shown(given), known=", ".join(str(one) for one in get_args(hint))))
                return given
        elif type(given) is not hint:
            self.wrong(path, where, _("“{key}” must be {wanted}, not {given}.").format(key=name, wanted=_kind_words(hint), given=_shown(given)))
            return given
        if not self.full:
            self.look(self, kind, name, given, path, where)
        return given

    def several(self, kind: type[Any], name: str, hint: Any, given: Any, path: Path, where: str) -> list[Any]:
        if not isinstance(given, list):
            self.wrong(path, where, _("“{key}” must be a list in brackets [ ].").format(key=name))
            return []
        if dataclasses.is_dataclass(hint):
            return [self.entry(hint, one, (*path, n), name) for n, one in enumerate(given) if not self.full]
        seen: set[str] = set()
        for n, one in enumerate(given):
            self.value(kind, name, hint, one, (*path, n), where)
            before = len(seen)
            seen.add(repr(one))
            if len(seen) == before:
                self.wrong((*path, n), where, _("{given} stands twice in “{key}”. Take one out.").format(given=_shown(one), key=name))
        return given

    def entry(self, kind: Any, given: Any, path: Path, name: str) -> Any:
        if not isinstance(given, dict):
            self.wrong(path, name, _("“{key}” must be a table: write it as [[{key}]].").format(key=name))
            return None
        return self.table(kind, given, path, _called(given, path, name))


@dataclass(frozen=True)
class Slot:
    """One key of a table: its type, and whether it must be given."""

    hint: Any
    wanted: bool


@functools.cache
def fields_of(kind: Any) -> Mapping[str, Slot]:
    """The keys that a table of this kind has in a text; fields marked `made` are not written but made."""
    hints = get_type_hints(kind)
    slots = {f.name: Slot(hints[f.name], f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING)
             for f in dataclasses.fields(kind) if not f.metadata.get("made")}
    return types.MappingProxyType(slots)


def nearest(word: str, known: Iterable[str], most: int = 12) -> list[str]:
    """The known words, those that resemble first, and of a long list only those; «…» stands for those that are left out."""
    import difflib

    listed = list(known)
    near = difflib.get_close_matches(word[:SHOWN], listed, 3, 0.6)
    if len(listed) <= most:
        return [*near, *(one for one in listed if one not in near)]
    return [*(near or listed[:most]), "…"]


def _called(given: dict[str, Any], path: Path, name: str) -> str:
    """What a rule is called where its mistakes are told: its id or key, else its place in the list."""
    for key in ("id", "key", "topic", "article"):
        if isinstance(given.get(key), str) and given[key].strip():
            return str(given[key])
    return f"{name} {int(path[-1]) + 1}"


def _shown(given: Any) -> str:
    if isinstance(given, str):
        return f"“{given[:SHOWN]}…”" if len(given) > SHOWN else f"“{given}”"
    return repr(given).lower() if isinstance(given, bool) else str(given)[:SHOWN]


def _kind_words(hint: Any) -> str:
    return {str: _("words in quotes"), int: _("a whole number"), bool: _("true or false")}.get(hint, str(hint))
