"""Words as printed forms of a case have them: days, moments, lengths, names; no spaces beside figures, blanks where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from desktop.policy.clocks import BEIJING
from desktop.record_lines import RecordLine
from models.timecode import SECOND

NAMED = 4  # so many names stand on a form one after the other; of more the first three and how many there are
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_SPACED = re.compile(rf"(?<={_WIDE}) +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) +(?={_WIDE})")


def day_words(text: str | date | None) -> str:
    """A stored day or moment as the office writes days, 2026年3月2日; "" where it is not known, to be filled in by hand."""
    if not text:
        return ""
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    day = moment.astimezone(BEIJING) if isinstance(moment, datetime) and moment.tzinfo else moment
    return f"{day.year}年{day.month}月{day.day}日"


def day_figures(text: str | None) -> str:
    """A day in eight figures, as lists of an archive have it (DA/T 22): 20260302."""
    return text[:10].replace("-", "") if text else ""


def moment_words(value: datetime | None) -> str:
    """2026年3月2日10:15:00, Beijing time; "" where it is not known."""
    if value is None:
        return ""
    local = value.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M:%S}"


def stretch_words(start: datetime | None, end: datetime | None) -> str:
    """From when to when; the day is said once where both are of one day."""
    if start is None or end is None:
        return moment_words(start or end)
    same = start.astimezone(BEIJING).date() == end.astimezone(BEIJING).date()
    return f"{moment_words(start)}至{end.astimezone(BEIJING):%H:%M:%S}" if same else f"{moment_words(start)}至{moment_words(end)}"


def length_words(duration_us: int) -> str:
    """1小时41分30秒, 4分: how long a recording lasts; what is shorter than a second is not said."""
    seconds = duration_us // SECOND
    parts = ((seconds // 3600, "小时"), (seconds // 60 % 60, "分"), (seconds % 60, "秒"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "不足1秒"


def names(given: Sequence[str], counted: str = "人") -> str:
    """甲、乙、丙; of many the first three and how many there are, for a form has room for no more."""
    few = "、".join(given[:3])
    return "、".join(given) if len(given) <= NAMED else f"{few}等{len(given)}{counted}"


def amount(records: Sequence[RecordLine]) -> list[str]:
    """13件, 9页, 音像6分30秒: how much a folder holds."""
    pages = sum(c.pages or 0 for r in records for c in r.components)
    length = sum(c.duration_us or 0 for r in records for c in r.components)
    return [f"{len(records)}件", f"{pages}页", *([f"音像{length_words(length)}"] if length else [])]


def unspaced(text: str) -> str:
    """Without the spaces that screens put between characters and figures."""
    return _SPACED.sub("", text)


def in_fours(digest: str) -> str:
    """A digest in groups of four, so that two people can read it to each other."""
    return " ".join(digest[at:at + 4] for at in range(0, len(digest), 4))
