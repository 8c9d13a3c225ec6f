"""Stretches of a recording, in whole microseconds: joining, cutting, counting, and saying how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.i18n import _
from models.timecode import SECOND, text


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of media time: from `start_us` inclusive to `end_us` exclusive. Raises ValueError when empty or before zero."""

    start_us: int
    end_us: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_us < self.end_us:
            raise ValueError(f"not a span: {self.start_us} to {self.end_us}")

    @property
    def length(self) -> int:
        """Microseconds."""
        return self.end_us - self.start_us

    def holds(self, us: int) -> bool:
        return self.start_us <= us < self.end_us

    def __str__(self) -> str:
        return f"{text(self.start_us)}–{text(self.end_us)}"


Spans = tuple[Span, ...]


def union(spans: Iterable[Span]) -> Spans:
    """The same seconds, in order, without overlap; stretches that touch become one."""
    out: list[Span] = []
    for one in sorted(spans):
        if out and one.start_us <= out[-1].end_us:
            out[-1] = Span(out[-1].start_us, max(out[-1].end_us, one.end_us))
        else:
            out.append(one)
    return tuple(out)


def clip(spans: Iterable[Span], within: Iterable[Span]) -> Spans:
    """The seconds that lie in both."""
    bounds = union(within)
    cut: list[Span] = []
    for one in union(spans):
        for bound in bounds:
            start, end = max(one.start_us, bound.start_us), min(one.end_us, bound.end_us)
            if start < end:
                cut.append(Span(start, end))
    return tuple(cut)


def contains(spans: Iterable[Span], us: int) -> bool:
    """Whether this moment lies inside."""
    return any(one.holds(us) for one in spans)


def covers(spans: Iterable[Span], inner: Span) -> bool:
    """Whether the whole of `inner` lies inside."""
    return clip((inner,), spans) == (inner,)


def total(spans: Iterable[Span]) -> int:
    """Microseconds in all; what overlaps counts once."""
    return sum(one.length for one in union(spans))


def nearest(spans: Iterable[Span], us: int) -> int:
    """The moment inside that lies nearest to `us`. Raises ValueError when nothing is granted at all."""
    best: int | None = None
    for one in union(spans):
        inside = min(max(us, one.start_us), one.end_us - 1)
        if best is None or abs(inside - us) < abs(best - us):
            best = inside
    if best is None:
        raise ValueError("no span to be near to")
    return best


def span_at(spans: Iterable[Span], us: int) -> Span | None:
    """The stretch in which this moment lies."""
    return next((one for one in union(spans) if one.holds(us)), None)


def span_after(spans: Iterable[Span], us: int) -> Span | None:
    """The first stretch that begins at this moment or later."""
    return next((one for one in union(spans) if one.start_us >= us), None)


def duration_words(us: int) -> str:
    """How long, in words of the language in force: `6 分 40 秒`. Less than a second is said in milliseconds."""
    if us < SECOND:
        return _("{n} ms").format(n=us // 1000)
    seconds = us // SECOND
    parts = ((seconds // 3600, _("{n} h")), (seconds // 60 % 60, _("{n} min")), (seconds % 60, _("{n} s")))
    return " ".join(word.format(n=n) for n, word in parts if n)


def spans_words(spans: Iterable[Span]) -> str:
    """How many stretches and how long together: `2 段，共 6 分 40 秒`."""
    joined = union(spans)
    if len(joined) == 1:
        return _("1 span, {length}").format(length=duration_words(total(joined)))
    return _("{count} spans, {length} in all").format(count=len(joined), length=duration_words(total(joined)))
