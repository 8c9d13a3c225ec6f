"""Roles as data: who may do what, read from `resources/roles.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass

from desktop.i18n import language
from desktop.paths import RESOURCES


@dataclass(frozen=True)
class Role:
    """One role: its titles, its acts, and whether it is one of the three administrators."""

    name: str
    zh: str
    en: str
    acts: frozenset[str]
    administrator: bool

    @property
    def title(self) -> str:
        return self.zh if language() == "zh_CN" else self.en


@functools.cache
def roles() -> dict[str, Role]:
    with open(RESOURCES / "roles.toml", "rb") as f:
        table = tomllib.load(f)
    return {name: Role(name, r["title"]["zh"], r["title"]["en"], frozenset(r["acts"]), bool(r.get("administrator", False)))
            for name, r in table.items()}


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, and if not why: the tooltip of a button that is not to be pressed."""

    allowed: bool
    reason: str = ""
