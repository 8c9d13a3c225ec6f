"""The small language in which a rule says where its clock starts and ends: `footage.end`, `activity(hearing).end|case_end`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Subject = Literal["case", "footage", "disclosure", "activity", "paper", "pause", "year"]

_PLAIN: dict[str, tuple[Subject, str]] = {"case_end": ("case", "case_end"), "filed": ("case", "filed"), "year": ("year", "end")}
_FACES: dict[Subject, tuple[str, ...]] = {
    "footage": ("end", "day", "returned", "deposited"), "disclosure": ("received", "confirmed", "answered"),
    "activity": ("start", "end"), "paper": ("dated",), "pause": ("start", "end")}
_OF_ONE = re.compile(r"(activity|paper|disclosure\.pause)\(([^()|]+)\)\.([a-z_]+)")
_FACE = re.compile(r"(footage|disclosure)\.([a-z_]+)")


@dataclass(frozen=True)
class Moment:
    """One moment that facts may hold: `face` (start, end, dated …) of the activities of kind `key`, the papers of form `key`, the footage …

    A key `service_*` stands for every kind that begins so.
    """

    subject: Subject
    face: str
    key: str = ""

    def covers(self, kind: str) -> bool:
        """Whether an activity of that kind (a paper of that form) is meant."""
        return kind.startswith(self.key[:-1]) if self.key.endswith("*") else kind == self.key


def parse_moments(text: str) -> tuple[Moment, ...]:
    """The alternatives in order; the first that is known counts. Raises `ValueError` with the alternative that is none."""
    return tuple(_moment(part.strip()) for part in text.split("|"))


def _moment(text: str) -> Moment:
    if text in _PLAIN:
        return Moment(*_PLAIN[text])
    if (found := _FACE.fullmatch(text)) and found[2] in _FACES[_subject(found[1])]:
        return Moment(_subject(found[1]), found[2])
    if (found := _OF_ONE.fullmatch(text)) and found[3] in _FACES[_subject(found[1])]:
        return Moment(_subject(found[1]), found[3], found[2].strip())
    raise ValueError(text)


def _subject(name: str) -> Subject:
    named: dict[str, Subject] = {"footage": "footage", "disclosure": "disclosure", "activity": "activity", "paper": "paper",
                                 "disclosure.pause": "pause"}
    return named[name]
