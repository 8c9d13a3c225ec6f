"""Two persons changed copies of one text: both changes in one, line by line, where they do not touch each other."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """Lines `begin` up to `end` of the text that both began from (from 0; the same where lines only came), and what stands there now."""

    begin: int
    end: int
    lines: tuple[str, ...]

    def meets(self, other: Change) -> bool:
        """Whether two changes touch each other: then nobody but a person can say what is meant."""
        return self.begin <= other.end and other.begin <= self.end


@dataclass(frozen=True)
class Merged:
    """The text with both changes; `conflicts` are the lines (from 1) of the first one's text that both changed in different ways."""

    text: str
    conflicts: tuple[int, ...] = ()


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Both changes of `base` in one text. Where both changed the same lines, `ours` stands and the line is named."""
    lines, mine, others = base.splitlines(), _changes(base, ours), _changes(base, theirs)
    meeting = [(one, other) for one in mine for other in others if one != other and one.meets(other)]
    apart = [other for other in others if other not in mine and not any(other.meets(one) for one in mine)]
    out, at = list[str](), 0
    for change in sorted([*mine, *apart], key=lambda one: (one.begin, one.end)):
        out += [*lines[at:change.begin], *change.lines]
        at = change.end
    text = "\n".join([*out, *lines[at:]]) + ("\n" if ours.endswith("\n") else "")
    conflicts = dict.fromkeys(_line_in_ours(mine, one) for one, _other in meeting)
    return Merged(text, tuple(conflicts))


def _changes(old: str, new: str) -> list[Change]:
    a, b = old.splitlines(), new.splitlines()
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [Change(i1, i2, tuple(b[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _line_in_ours(mine: Sequence[Change], one: Change) -> int:
    """Where a change of ours stands in our own text."""
    moved = sum(len(change.lines) - (change.end - change.begin) for change in mine if change.end <= one.begin and change is not one)
    return one.begin + moved + 1
