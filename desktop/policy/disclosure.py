"""What is said of a request for government information beside its limits: ways it comes, opinions, kinds of answer, each with its article."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from desktop import i18n
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Reading
from desktop.policy.verdicts import Ground


@dataclass(frozen=True, kw_only=True)
class Channel:
    """How a request comes, and which article says which day it was received. `confirmed`: the day agreed with the applicant is that day."""

    key: str
    article: str
    text: str
    mark: Literal["V", "v", "k"]
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A day that the agency sets for somebody outside (补正期限), and what follows where it passes."""

    key: str
    zh: str
    en: str
    article: str
    text: str
    mark: Literal["V", "v", "k"]

    @property
    def title(self) -> str:
        """In the language in force."""
        return self.zh if i18n.language() == "zh_CN" else self.en


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What somebody who was asked says: a third party, another agency. `silent`: nothing, until the time was over."""

    key: str
    zh: str
    en: str
    silent: bool = False

    @property
    def title(self) -> str:
        """In the language in force."""
        return self.zh if i18n.language() == "zh_CN" else self.en


@dataclass(frozen=True, kw_only=True)
class AnswerKind:
    """One way to answer a request, the article it stands on, and what must be written for the applicant. `overdue` names the pause whose
    day must have passed."""

    key: str
    zh: str
    en: str
    article: str
    text: str
    mark: Literal["V", "v", "k"]
    tell_zh: str
    tell_en: str
    overdue: str = ""

    @property
    def title(self) -> str:
        """In the language in force."""
        return self.zh if i18n.language() == "zh_CN" else self.en

    @property
    def tell(self) -> str:
        """What must be written, in the language in force."""
        return self.tell_zh if i18n.language() == "zh_CN" else self.tell_en

    @property
    def ground(self) -> Ground:
        """As every claim names its ground."""
        return Ground("", self.article, self.text, self.mark, True)


@dataclass(frozen=True, kw_only=True)
class Regime:
    """Everything of the file, by key, in its order."""

    channels: Mapping[str, Channel]
    waits: Mapping[str, Wait]
    opinions: Mapping[str, Opinion]
    answers: Mapping[str, AnswerKind]


@functools.cache
def regime() -> Regime:
    """What came with the program. Raises `ValueError` where the file is faulty: it is ours, not a person's."""
    with open(RESOURCES / "policy" / "disclosure.toml", "rb") as f:
        return read_regime(tomllib.load(f))


def read_regime(given: Mapping[str, Any]) -> Regime:
    """From its tables. Raises `ValueError` with every mistake."""
    reading = Reading(lambda *_: None)
    known = {"format", "channel", "wait", "opinion", "answer"}
    for name in given:
        if name not in known:
            reading.wrong((name,), name, ", ".join(sorted(known)))
    parts = {name: reading.several(Regime, name, kind, given.get(name, []), (name,), name)
             for name, kind in (("channel", Channel), ("wait", Wait), ("opinion", Opinion), ("answer", AnswerKind))}
    if reading.found:
        raise ValueError("; ".join(f"{where}: {words}" for _path, where, words in reading.found))
    by_key = {name: MappingProxyType({one.key: one for one in found}) for name, found in parts.items()}
    for name, found in parts.items():
        if len(by_key[name]) != len(found):
            raise ValueError(f"{name}: a key stands twice")
    return Regime(channels=by_key["channel"], waits=by_key["wait"], opinions=by_key["opinion"], answers=by_key["answer"])
