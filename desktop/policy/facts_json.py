"""The JSON of facts: read strictly, every key once; and where it is none, told with line and column in the words of somebody who knows no JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.mistakes import SHOWN

DEEPEST = 100  # brackets within each other; facts need ten
_TOKEN = re.compile(r'(?P<words>"[^"\\]*(?:\\.[^"\\]*)*")(?P<key>\s*:)?|[{}\[\]]|-?[0-9][0-9.eE+-]*', re.DOTALL)


def load(text: str) -> Any:
    """The JSON of a text; a key twice is no JSON of ours. Raises `Refusal` facts.not_json with line and column."""
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as fault:
        at, words = (fault.pos, _plainly(fault.msg)) if isinstance(fault, json.JSONDecodeError) else _second_look(text)
        cause = fault
    raise Refusal("facts.not_json", line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at), detail=words) from cause


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError  # which, and where, the second look finds
    return found


def _plainly(said: str) -> str:
    """What the reader of JSON said, in plain words."""
    known = {
        "Expecting property": _("a key in quotes is missing, or a comma is one too many"), "Expecting value": _("a value is missing"),
        "Expecting ',' ": _("a comma is missing, or a closing bracket"), "Expecting ':' ": _("the colon behind a key is missing"),
        "Extra data": _("something stands behind the end"), "Unterminated": _("the words have no closing quote"),
        "Invalid control": _("a sign that cannot be printed stands here"), "Invalid \\": _("a single \\ stands in the words: write \\\\"),
    }
    return next((words for begins, words in known.items() if said.startswith(begins)), _("it cannot be read from here on"))


def _second_look(text: str) -> tuple[int, str]:
    """Where the reader gave up without saying where: sign by sign, because what is nested too deeply cannot be read by what calls itself."""
    opened: list[set[str]] = []
    digits = sys.get_int_max_str_digits()
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign in "{[":
            opened.append(set())
            if len(opened) > DEEPEST:
                return found.start(), _("it is nested too deeply")
        elif sign in "}]":
            opened = opened[:-1]
        elif found["words"] is None:
            if len(sign) > digits:
                return found.start(), _("a number of {n} digits cannot be one of a case").format(n=len(sign.lstrip("-")))
        elif found["key"] and opened:
            key = json.loads(found["words"])
            if key in opened[-1]:
                return found.start(), _("the key “{key}” stands twice").format(key=key[:SHOWN])
            opened[-1].add(key)
    return 0, _("it cannot be read from here on")
