"""The commonest values of a profile's text, each with its place: read for simple fields, and written back into its line, all else untouched."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.checks import SECTIONS
from desktop.policy.rule_words import value_names
from desktop.policy.toml_lines import Path, toml_lines

UNITS = ("hour", "day", "working_day", "month", "year")
_NUMBERS = {"deadline": ("number", "exception_number", "extension"), "retention": ("least_years",), "item": ("min_officers",)}


@dataclass(frozen=True)
class Setting:
    """One value that may be set without knowing TOML. `options` are its words by their key (empty: a number or free words); `unit` names
    what a number counts, `line` is where it stands."""

    path: Path
    line: int
    article: str
    title: str
    name: str
    value: str | int
    unit: str = ""
    options: dict[str, str] = field(default_factory=dict)


def settings_in(text: str) -> list[Setting]:
    """The province, every number of a limit or keeping, every disputed reading, in the order of their lines. Empty where the text is no TOML."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return []
    lines = toml_lines(text)
    out = []
    if isinstance(given.get("province"), str):
        out.append(Setting(("province",), lines["province",], "", _("Province"), _("Name of the province"), given["province"]))
    for section in SECTIONS:
        for n, rule in enumerate(_tables(given, section)):
            out += [_number(section, n, key, rule, lines) for key in _NUMBERS.get(section, ()) if type(rule.get(key)) is int]
    for n, one in enumerate(_tables(given, "choice")):
        if isinstance(one.get("chosen"), str) and isinstance(one.get("options"), dict):
            path = ("choice", n, "chosen")
            out.append(Setting(path, lines[path], str(one.get("article", "")), str(one.get("question", "")), _("Reading in force"), one["chosen"],
                               options={str(key): str(words) for key, words in one["options"].items()}))
    return sorted(out, key=lambda one: one.line)


def with_setting(text: str, path: Path, value: str | int) -> str:
    """The text with one value set. Raises `Refusal` profile.not_in_one_line where the value does not stand in a line of its own."""
    line = toml_lines(text).get(path)
    rows = text.splitlines(keepends=True)
    written = str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
    if line is not None:
        key = re.escape(str(path[-1]))
        rows[line - 1] = re.sub(rf'^(\s*{key}\s*=\s*)("(?:[^"\\]|\\.)*"|[-+\d_]+)', lambda found: found[1] + written, rows[line - 1])
    changed = "".join(rows)
    if line is None or _at(tomllib.loads(changed), path) != value:
        raise Refusal("profile.not_in_one_line", key=str(path[-1]))
    return changed


def next_text(text: str, version: int) -> str:
    """A copy of a version under its new number."""
    return with_setting(text, ("version",), version)


def _number(section: str, n: int, key: str, rule: dict[str, Any], lines: dict[Path, int]) -> Setting:
    names = value_names()
    name = {"number": names["limit"], "exception_number": names["exception_limit"]}.get(key) or names[key]
    unit = {"number": rule.get("unit", "day"), "exception_number": rule.get("exception_unit", "hour"), "extension": rule.get("unit", "day"),
            "least_years": "year"}.get(key, "")
    return Setting((section, n, key), lines[section, n, key], str(rule.get("article", "")), str(rule.get("title") or rule.get("id", "")), name,
                   rule[key], unit if unit in UNITS else "")


def _tables(given: dict[str, Any], section: str) -> list[dict[str, Any]]:
    listed = given.get(section)
    return [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []


def _at(given: Any, path: Path) -> Any:
    for part in path:
        given = given[part]
    return given
