"""A few small pictures of what is asked for, so that a leader sees what is to be approved without playing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import Refusal
from desktop.jobs import Progress
from desktop.media.frames import FrameSource
from desktop.media.room import Opened
from desktop.media.spans import Span
from desktop.tools.pages import draw_page, draw_picture

if TYPE_CHECKING:
    from desktop.archive import Archive

HEIGHT = 108  # px: half as much again as is shown, for screens at 150 %
PAGE = 480  # px wide, as is a photo: a first page is recognised, not read
MOST = 8


@dataclass(frozen=True)
class Excerpt:
    """One small picture: the moment it is from (microseconds; 0 for a page), and BGRA pixels in rows without gaps."""

    us: int
    width: int
    height: int
    bgra: bytes


def excerpts(archive: Archive, opened: Opened, progress: Progress, most: int = MOST) -> tuple[Excerpt, ...]:
    """Pictures of the asked spans, evenly over each; the first page of a paper; a photo itself; nothing for sound.

    Raises `Refusal` media.unreadable for what cannot be drawn, and Cancelled.
    """
    kind = opened.component.kind
    if kind == "video":
        return tuple(_pictures(opened, progress, most))
    if kind not in ("pdf", "photo"):
        return ()
    progress.begin(1)
    content = opened.reader.read_at(0, opened.reader.size)
    drawn = draw_page(archive.workers, content, 0, PAGE) if kind == "pdf" else draw_picture(archive.workers, content, PAGE, PAGE)
    if drawn.findings:
        raise Refusal("media.unreadable", reason=drawn.findings[0])
    progress.step()
    return (Excerpt(0, drawn.width, drawn.height, drawn.bgra),)


def _pictures(opened: Opened, progress: Progress, most: int) -> Iterator[Excerpt]:
    with FrameSource(opened.reader, opened.spans) as source:
        if not source.facts.has_video:
            return
        moments = [us for span in source.spans[:most] for us in _within(span, max(most // len(source.spans), 1))]
        progress.begin(len(moments))
        width = max(HEIGHT * source.facts.width // max(source.facts.height, 1), 1)
        for us in moments:
            small = source.frame_at(us).frame.reformat(width=width, height=HEIGHT, format="bgra")
            plane = small.planes[0]
            rows, wanted = bytes(plane), width * 4
            packed = b"".join(rows[y * plane.line_size : y * plane.line_size + wanted] for y in range(HEIGHT))
            yield Excerpt(us, width, HEIGHT, packed)
            progress.step()


def _within(span: Span, count: int) -> list[int]:
    """Moments in the middle of `count` equal parts."""
    return [span.start_us + span.length * (2 * k + 1) // (2 * count) for k in range(count)]
