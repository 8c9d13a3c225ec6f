"""The vocabulary that rules and facts share, typed: what each key is called, and the questions about a case."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from desktop import i18n
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Reading
from desktop.policy.rules import Condition


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word. `stage` and `recorded` are those of events: where they belong, and whether recordings are usual."""

    zh: str
    en: str
    stage: str = ""
    recorded: bool = False

    @property
    def title(self) -> str:
        """The word in the language in force."""
        return self.zh if i18n.language() == "zh_CN" else self.en


@dataclass(frozen=True)
class Vocabulary:
    """All words by section (event, trait, signer, point, exception …) and key, and the conditions by key."""

    terms: Mapping[str, Mapping[str, Term]]
    conditions: Mapping[str, Condition]

    def keys(self, section: str) -> Mapping[str, Term]:
        """The words of one section in the order of the file. Raises `KeyError` for a section that is none."""
        return self.terms[section]

    def title(self, section: str, key: str) -> str:
        """What a key is called; the key itself where the vocabulary has it no longer."""
        term = self.terms[section].get(key)
        return key if term is None else term.title


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary that came with the program. Raises `ValueError` where the file is faulty: it is ours, not a person's."""
    with open(RESOURCES / "policy" / "vocabulary.toml", "rb") as f:
        return read_vocabulary(tomllib.load(f))


def read_vocabulary(given: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from its tables. Raises `ValueError` with every mistake."""
    reading = Reading(lambda *_: None)
    sections = {name: table for name, table in given.items() if isinstance(table, dict)}
    terms = {name: MappingProxyType({key: reading.table(Term, one, (name, key), f"{name}.{key}") for key, one in table.items()})
             for name, table in sections.items()}
    asked = reading.several(Vocabulary, "condition", Condition, given.get("condition", []), ("condition",), "condition")
    if reading.found:
        raise ValueError("; ".join(f"{where}: {words}" for _path, where, words in reading.found))
    return Vocabulary(MappingProxyType(terms), MappingProxyType({one.key: one for one in asked}))
