"""Where in a record a decision points: pages (`3`, `3–5`, `2、7`) or a time code (`0:12:05.000`), checked against what is there."""

from __future__ import annotations

import re

from desktop.errors import Refusal
from desktop.scoring.forms import RecordChoice
from models import timecode

_PAGES = re.compile(r"(\d{1,5})(?:[-–—](\d{1,5}))?")


def pointed(record: RecordChoice | None, written: str) -> str:
    """The place as it is kept. Raises `Refusal` scoring.place_missing (no record to it), scoring.place (not in the record)."""
    words = written.strip()
    if not words:
        return ""
    if record is None:
        raise Refusal("scoring.place_missing", where=words)
    found = _time(record, words) if record.duration_us else _pages(record, words)
    if found is None:
        raise Refusal("scoring.place", where=words, title=record.title)
    return found


def _time(record: RecordChoice, words: str) -> str | None:
    try:
        moments = [timecode.parse(part) for part in re.split("[–—-]", words)]
    except ValueError:
        return None
    if len(moments) > 2 or moments != sorted(moments) or moments[-1] > (record.duration_us or 0):
        return None
    return "–".join(timecode.text(moment) for moment in moments)


def _pages(record: RecordChoice, words: str) -> str | None:
    kept = []
    for part in re.split("[、，,]", re.sub("[第页 ]", "", words)):
        found = _PAGES.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last or (record.pages and last > record.pages):
            return None
        kept.append(str(first) if first == last else f"{first}–{last}")
    return "、".join(kept)
