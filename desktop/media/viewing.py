"""What the archive hands to a viewer: one object, the seconds granted, the words over it, and where to report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.media.reading import Reader
from desktop.media.spans import Spans
from desktop.media.stills import Image

Kind = Literal["video", "audio", "photo", "pdf", "other"]


@dataclass(frozen=True)
class Mark:
    """标注: a point (no end) or a span of a recording. `kind` is the code of the profile's key point; times in microseconds."""

    ident: int
    start_us: int
    end_us: int | None
    kind: str
    text: str
    person: str = ""
    at: str = ""


@dataclass(frozen=True)
class MarkKind:
    """A kind of mark: its code, its words, and the icon beside it; one that is no longer `offered` is still read."""

    code: str
    words: str
    icon: str = "push-pin"
    offered: bool = True


OLD_POINTS = {"scene": "environment", "measure": "measures", "service": "documents"}  # names of marks from before the vocabulary


@dataclass(frozen=True)
class KeyPoints:
    """重点摄录内容 of the rules that the recording's case stands under: (code, words) of each, the article that lists them, and which of
    them other recordings of the same activity prove already."""

    article: str
    wanted: tuple[tuple[str, str], ...]
    elsewhere: frozenset[str] = frozenset()

    def proven(self, marks: Iterable[Mark]) -> dict[str, Mark | None]:
        """The points that are proven, each by the first of these marks, or None where another recording proves it."""
        first: dict[str, Mark | None] = dict.fromkeys(self.elsewhere)
        for mark in sorted(marks, key=lambda one: -one.start_us):
            first[OLD_POINTS.get(mark.kind, mark.kind)] = mark
        return {code: first[code] for code, _words in self.wanted if code in first}


def _nothing(*_told: object) -> None:
    return None


@dataclass(frozen=True)
class Viewing:
    """One approved look at one object.

    `spans` None means the whole. `until` is when the grant ends (the reader enforces it; the screen only says it).
    `wall_clock_start` is the corrected time of the first picture. The callables may raise `Refusal`, which is shown;
    `on_add` None means that marks may only be read.
    """

    title: str
    case_number: str
    kind: Kind
    reader: Reader
    labels: tuple[str, ...] = ()
    spans: Spans | None = None
    watermark: tuple[str, ...] = ()
    approval_number: str = ""
    until: datetime | None = None
    wall_clock_start: datetime | None = None
    marks: tuple[Mark, ...] = ()
    mark_kinds: tuple[MarkKind, ...] = ()
    on_opened: Callable[[], None] = _nothing
    on_span_played: Callable[[int, int], None] = _nothing
    on_page_shown: Callable[[int], None] = _nothing
    on_add: Callable[[int, int | None, str, str], Mark] | None = None
    on_edit: Callable[[int, str], Mark] | None = None
    on_remove: Callable[[int, str], None] | None = None
    draw: Callable[[int, int], Image] | None = None
    """Draws page `n` (from zero; a photograph is page 0), no side longer than so many pixels, in a limited worker."""
    points: KeyPoints | None = None
