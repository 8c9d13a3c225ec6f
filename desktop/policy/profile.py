"""Loads a policy profile strictly: an unknown key, a missing value or a wrong kind is an error, never a silent default."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from typing import Any, Literal

from desktop.errors import Refusal
from desktop.paths import RESOURCES


@dataclass(frozen=True)
class DepositRule:
    """音像记录移交存储: from when the hours run, and which exceptions the text lists.

    `start`: `made` (记录制作完成), `returned` (返回单位后) or `same_day` (当天执法活动结束后).
    """

    article: str
    hours: int
    start: Literal["made", "returned", "same_day"]
    exceptions: list[str]
    exception_hours: int
    text: str


@dataclass(frozen=True)
class UseRule:
    """Who may consult and copy, and whose approval it takes; an empty article where the text is silent."""

    article: str
    text: str


@dataclass(frozen=True)
class Profile:
    """One regulation as the archive works by it."""

    key: str
    version: int
    title: str
    short: str
    deposit: DepositRule
    use: UseRule

    def cite(self, article: str) -> str:
        """An article as the law names it: «西岗办法第十六条»; the short title alone where there is none."""
        return f"{self.short}{article}"


@functools.cache
def profile(key: str) -> Profile:
    """The profile of that key. Raises `Refusal` profile.unknown or profile.damaged."""
    path = RESOURCES / "policy" / f"{key}.toml"
    if key not in profile_names():
        raise Refusal("profile.unknown", profile=key)
    with open(path, "rb") as f:
        table = tomllib.load(f)
    try:
        return Profile(key=key, deposit=_rule(DepositRule, table.pop("deposit")), use=_rule(UseRule, table.pop("use")), **table)
    except (KeyError, TypeError) as e:
        raise Refusal("profile.damaged", profile=key, detail=str(e)) from e


def profile_names() -> list[str]:
    """The keys of all profiles that came with the program."""
    return sorted(p.stem for p in (RESOURCES / "policy").glob("*.toml") if p.stem not in ("national", "vocabulary"))


def _rule(kind: type[Any], table: dict[str, Any]) -> Any:
    if set(table) != {f.name for f in fields(kind)}:
        raise TypeError(f"{kind.__name__}: {sorted(set(table) ^ {f.name for f in fields(kind)})}")
    return kind(**table)
