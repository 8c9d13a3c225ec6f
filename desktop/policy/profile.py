"""Loads a profile strictly and merges it on the national base: an unknown key or word is a mistake with its line, never a silent default."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.paths import RESOURCES
from desktop.policy.checks import SECTIONS, ProfileChecks
from desktop.policy.mistakes import Mistake, Reading
from desktop.policy.rules import Profile, UseRule
from desktop.policy.toml_lines import toml_lines
from desktop.policy.toml_reading import toml_of
from desktop.policy.vocabulary import vocabulary

BASE = "national"
_UNNAMED = re.compile(r'^province = ""$', re.MULTILINE)


@functools.cache
def profile(key: str) -> Profile:
    """The built-in profile of that key, merged on the base. Raises `Refusal` profile.unknown or profile.damaged."""
    if key != BASE and key not in profile_names():
        raise Refusal("profile.unknown", profile=key)
    return parse_profile(_file(key).read_text(encoding="utf-8"), None if key == BASE else _base())


@functools.cache
def asks_province(key: str) -> bool:
    """Whether the profile is of a province that it does not name: whoever founds an archive under it says which."""
    return key in profile_names() and _UNNAMED.search(_file(key).read_text(encoding="utf-8")) is not None


def built_in_text(key: str, province: str = "") -> str:
    """The text of a profile as it came with the program, with the name of the province filled in where it asks for one."""
    text = _file(key).read_text(encoding="utf-8")
    return _UNNAMED.sub(lambda _: f"province = {json.dumps(province, ensure_ascii=False)}", text, count=1) if province else text


def parse_profile(text: str, base: Profile | None) -> Profile:
    """A profile from its text, merged on the base it names. Raises `Refusal` profile.damaged with the first mistakes and their lines."""
    read, mistakes = _read(text, base)
    if read is None or mistakes:
        key = re.search(r'^key\s*=\s*"([^"]*)"', text, re.MULTILINE)
        raise Refusal("profile.damaged", profile=key[1] if key else "", detail="; ".join(str(one) for one in mistakes[:3]))
    return _merged(read, base) if read.base else read


def check(text: str) -> list[Mistake]:
    """Every mistake in the text of a profile, in the order of its lines; none where it can be put in force."""
    base = None if re.search(r'^key\s*=\s*"national"', text, re.MULTILINE) else _base()
    return _read(text, base)[1]


@functools.cache
def profile_names() -> list[str]:
    """The keys of all profiles that came with the program, without the base."""
    return sorted(path.stem for path in (RESOURCES / "policy").glob("*.toml") if _is_profile(path))


def _file(key: str) -> FilePath:
    return RESOURCES / "policy" / f"{key}.toml"


def _is_profile(path: FilePath) -> bool:
    text = path.read_text(encoding="utf-8")
    return path.stem != BASE and re.search(rf'^key\s*=\s*"{re.escape(path.stem)}"', text, re.MULTILINE) is not None


def _base() -> Profile | None:
    return profile(BASE) if _file(BASE).exists() else None


def _read(text: str, base: Profile | None) -> tuple[Profile | None, list[Mistake]]:
    given = toml_of(text)
    if isinstance(given, Mistake):
        return None, [given]
    checks = ProfileChecks(vocabulary(), given, base if given.get("base") else None)  # a text that stands on no base has none of its questions
    reading = Reading(checks.look)
    read: Profile | None = reading.table(Profile, given, (), "")
    checks.whole(reading)
    if not reading.found:
        return read, []
    lines = toml_lines(text.removeprefix("\ufeff"))

    def line(path: tuple[str | int, ...]) -> int:
        while path and path not in lines:
            path = path[:-1]
        return lines[path]

    return None, sorted((Mistake(line(path), where, words) for path, where, words in reading.found), key=lambda one: one.line)


def _merged(own: Profile, base: Profile | None) -> Profile:
    """The profile with the base's rules where they apply (see `rules.Profile`)."""
    if base is None:
        return own
    topics = {rule.topic for rule in own.deadline}
    provided = {rule.topic for rule in own.provision}
    keys = {one.key for one in own.condition}
    added: dict[str, list[Any]] = {
        "deadline": [rule for rule in base.deadline if rule.always or rule.topic not in topics],
        "provision": [rule for rule in base.provision if rule.topic not in provided],
        "item": base.item, "duty": base.duty, "order": base.order,
        "evidence": base.evidence}  # the national fields of evidence come beside the profile's own
    for section in SECTIONS:
        if section not in added:
            added[section] = [] if getattr(own, section) else getattr(base, section)
    national = frozenset(rule.id for rules in added.values() for rule in rules)
    conditions = [*own.condition, *(one for one in base.condition if one.key not in keys)]
    merged: dict[str, Any] = {section: [*getattr(own, section), *rules] for section, rules in added.items()}
    return replace(own, national=national, condition=conditions, **merged)


def use_rule(rules: Profile) -> UseRule | None:
    """查阅复制: the article that consulting rests on; the base's where the regulation is silent."""
    return rules.use[0] if rules.use else None


def silent_words() -> str:
    """What is said where a regulation leaves something open."""
    return _("This regulation is silent; national law applies.")


__all__ = ["BASE", "Mistake", "Profile", "check", "parse_profile", "profile", "profile_names", "silent_words", "use_rule"]
