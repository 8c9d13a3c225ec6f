"""Sets, adds and takes out single values of a text of rules; everything else, remarks and order, stays as the jurist wrote it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from typing import Any

from desktop.errors import Refusal
from desktop.policy.mistakes import Mistake
from desktop.policy.toml_lines import Path, toml_lines, toml_spans
from desktop.policy.toml_reading import toml_of

Written = str | int | bool | list[str]


def with_value(text: str, path: Path, value: Written, order: Sequence[str] = ()) -> str:
    """The text with one value set. Where its table does not name it yet, a line is added behind the last of its keys that stands before it
    in `order`. Raises `Refusal` profile.not_in_one_line where it cannot be written in its place."""
    _tables(text, path)
    span = toml_spans(text).get(path)
    changed = text[:span[0]] + written(value) + text[span[1]:] if span is not None else _added(text, path, value, order)
    _must_be(changed, path, value, str(path[-1]))
    return changed


def without_value(text: str, path: Path) -> str:
    """The text without one value, its line gone. Raises `Refusal` profile.not_in_one_line where other words stand in its line."""
    given, span, line = _tables(text, path), toml_spans(text).get(path), toml_lines(text).get(path)
    if span is None or line is None:
        return text
    begun = _start_of(text, line)
    end = text.find("\n", span[1])
    end = len(text) if end < 0 else end + 1
    changed = text[:begun] + text[end:]
    wanted = dict(_at(given, path[:-1]))
    wanted.pop(path[-1])
    _must_be(changed, path[:-1], wanted, str(path[-1]))
    return changed


def next_text(text: str, version: int) -> str:
    """A copy of a version under its new number."""
    return with_value(text, ("version",), version)


def written(value: Written) -> str:
    """A value as TOML writes it, in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _added(text: str, path: Path, value: Written, order: Sequence[str]) -> str:
    lines, spans, key = toml_lines(text), toml_spans(text), str(path[-1])
    before = order[:order.index(key)] if key in order else order
    ends = [spans[(*path[:-1], one)][1] for one in before if (*path[:-1], one) in spans]
    at = max(ends) if ends else _start_of(text, lines.get(path[:-1], 1))
    end = text.find("\n", at)
    head, tail = (text + "\n", "") if end < 0 else (text[:end + 1], text[end + 1:])
    return f"{head}{key} = {written(value)}\n{tail}"


def _start_of(text: str, line: int) -> int:
    at = 0
    for _n in range(line - 1):
        at = text.index("\n", at) + 1
    return at


def _tables(text: str, path: Path) -> dict[str, Any]:
    given = toml_of(text)
    if isinstance(given, Mistake):
        raise Refusal("profile.not_in_one_line", key=str(path[-1]))
    return given


def _must_be(changed: str, path: Path, value: Any, key: str) -> None:
    try:
        if _at(tomllib.loads(changed), path) == value:
            return
    except (ValueError, KeyError, IndexError, TypeError):
        pass
    raise Refusal("profile.not_in_one_line", key=key)


def _at(given: Any, path: Path) -> Any:
    for part in path:
        given = given[part]
    return given
