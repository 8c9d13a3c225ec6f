"""A text of rules as TOML, whatever a person brings: too long, too deep, torn, not TOML at all is one mistake with its line, in plain words."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from desktop.i18n import _
from desktop.policy.mistakes import Mistake

LONGEST = 500_000  # characters; the longest of our regulations has some sixty thousand
DEEPEST = 16  # brackets inside brackets; rules need three
_QUOTED = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*+"|\'[^\'\n]*+\'|#[^\n]*+', re.DOTALL)
_DIGITS = re.compile(r"\d{4000,}")


def toml_of(text: str) -> dict[str, Any] | Mistake:
    """The tables of a text, or why it has none. A byte order mark before it is no part of it."""
    if len(text) > LONGEST:
        return Mistake(0, "", _("The text has {n} characters, more than any regulation: at most {most} are read. Is it the right file?").format(
            n=len(text), most=LONGEST))
    deep = too_deep(text)
    if deep:
        return Mistake(deep, "", _("Brackets stand more than {most} deep inside each other here. Rules need no more than three: close them.").format(
            most=DEEPEST))
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        return _not_toml(text, str(error))
    except ValueError:  # Python reads no number of more than 4300 digits
        found = _DIGITS.search(text)
        return Mistake(text.count("\n", 0, found.start()) + 1 if found else 0, "", _("This number is too long to be read."))
    except RecursionError:
        return Mistake(0, "", _("The tables of this text stand too deep inside each other to be read."))


def too_deep(text: str) -> int:
    """The line on which brackets, or the parts of a key, stand deeper than rules ever need; 0 where none do."""
    bare = _QUOTED.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.partition("=")[0].count(".") > DEEPEST:
            return number
    depth, line_number = 0, 1
    for sign in re.findall(r"[\[{\]}\n]", bare):
        if sign == "\n":
            line_number += 1
        elif sign in "[{":
            depth += 1
            if depth > DEEPEST:
                return line_number
        else:
            depth = max(depth - 1, 0)
    return 0


def _not_toml(text: str, said: str) -> Mistake:
    """The mistake of a text that is no TOML at all, at the line that its reader names."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", said)
    line = int(found[1]) if found else text.count("\n") + 1
    words = _("This is not TOML: {detail}. Look at the quotes, brackets and equals signs of this line and of the one before.")
    return Mistake(line, "", words.format(detail=plainly(said)))


def plainly(said: str) -> str:
    """What the reader of TOML said, without its place, in the words of somebody who knows none."""
    said = re.sub(r"\s*\(at [^)]*\)", "", said)
    known = {
        "Invalid statement": _("here should stand “key = value” or a [[table]]"), "Cannot declare": _("this table stands twice"),
        "Cannot overwrite": _("this key stands twice in one table"), "Cannot mutate": _("this key stands twice in one table"),
        "Duplicate inline": _("this key stands twice in one table"), "Unterminated": _("the words have no closing quote"),
        "Illegal character": _("a sign that cannot be printed stands here"),
        "Found invalid character": _("a sign that cannot be printed stands here"),
        "Expected '='": _("the equals sign is missing"), "Expected newline": _("something stands behind the value, or a quote closes too early"),
        "Unclosed array": _("the bracket [ is not closed, or a comma is missing"), "Unclosed inline": _("the bracket {{ is not closed").format(),
        "Invalid value": _("there is no value, or words without quotes"), "Expected ']'": _("the brackets of the table’s name are not closed"),
        "Invalid initial": _("the key is missing or not written in plain letters"), "Unescaped": _("a single \\ stands in the words: write \\\\"),
        "Escaped character": _("a sign is written by a number that means none"), "Invalid": _("a value that cannot be read"),
    }
    return next((words for begins, words in known.items() if said.startswith(begins)), said)


__all__ = ["DEEPEST", "LONGEST", "plainly", "toml_of", "too_deep"]
