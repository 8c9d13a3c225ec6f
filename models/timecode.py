"""Exact media time: whole microseconds, their text, and frame numbers at a rational rate. No floats."""

from __future__ import annotations

import re
from fractions import Fraction

SECOND = 1_000_000
_TEXT = re.compile(r"(?:(\d+):)?([0-5]?\d):([0-5]?\d)(?:\.(\d{1,6}))?")


def text(us: int, digits: int = 3) -> str:
    """Media time as it is read on screen: `0:28:05.240`. `digits` of a second, 0 to 6; what is finer is cut, never rounded.

    Raises ValueError for a time before the beginning: media time starts at zero.
    """
    if us < 0:
        raise ValueError("media time starts at zero")
    if not 0 <= digits <= 6:
        raise ValueError("a microsecond has six digits")
    seconds, fraction = divmod(us, SECOND)
    whole = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{whole}.{fraction:06d}"[: len(whole) + 1 + digits] if digits else whole


def parse(written: str) -> int:
    """Microseconds of `0:28:05.240`, `28:05` or `28:05.24`. Raises ValueError when it is not a time."""
    found = _TEXT.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"not a media time: {written!r}")
    hours, minutes, seconds, fraction = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * SECOND + int((fraction or "").ljust(6, "0"))


def frame_at(us: int, rate: Fraction) -> int:
    """Number, from zero, of the frame that is in sight at this time. `rate` in frames a second."""
    return us * rate.numerator // (rate.denominator * SECOND)


def start_of(frame: int, rate: Fraction) -> int:
    """First whole microsecond at which this frame is in sight: `frame_at(start_of(n)) == n`."""
    return -(-frame * SECOND * rate.denominator // rate.numerator)


def from_ticks(ticks: int, time_base: Fraction) -> int:
    """Whole microseconds, rounded up, of a container's own ticks: never earlier than the picture it names."""
    return -(-ticks * SECOND * time_base.numerator // time_base.denominator)


def to_ticks(us: int, time_base: Fraction) -> int:
    """The last tick at or before this time: `to_ticks(from_ticks(t)) == t` for ticks of a microsecond or longer."""
    return us * time_base.denominator // (time_base.numerator * SECOND)
