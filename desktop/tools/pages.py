"""Pages and photos as pixels, drawn in a limited worker: the window never parses what came from outside."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.tools.worker import Workers

SIDE_MOST = 6000  # pixels


@dataclass(frozen=True)
class Pixels:
    """A drawn picture: BGRA, four bytes a pixel, rows without gaps (QImage.Format_ARGB32 on little-endian machines).

    `findings` is not empty where it could not be drawn; then there are no pixels. `pages` is the paper's count, 0 for
    a photo.
    """

    width: int = 0
    height: int = 0
    bgra: bytes = b""
    pages: int = 0
    findings: tuple[str, ...] = ()


def draw_page(workers: Workers, source: int | bytes, number: int, width: int, timeout: float = 15.0) -> Pixels:
    """Page `number` (from 0) of a PDF, `width` pixels wide."""
    return _drawn(workers, "page", source, {"number": number, "width": min(max(width, 1), SIDE_MOST)}, timeout)


def draw_picture(workers: Workers, source: int | bytes, width: int, height: int, timeout: float = 15.0) -> Pixels:
    """A photo, upright, within `width` x `height` pixels."""
    most = {"width": min(max(width, 1), SIDE_MOST), "height": min(max(height, 1), SIDE_MOST)}
    return _drawn(workers, "picture", source, most, timeout)


def _drawn(workers: Workers, task: str, source: int | bytes, args: dict[str, int], timeout: float) -> Pixels:
    facts, pixels = workers.run(task, source, args, timeout)
    findings = tuple(facts["findings"])
    width, height, pages = (facts.get(name, 0) for name in ("width", "height", "pages"))
    # A reader of raw pixels trusts the size: it is compared with what really came.
    whole = all(isinstance(n, int) for n in (width, height, pages)) and width > 0 and width * height * 4 == len(pixels)
    if findings or not whole:
        return Pixels(findings=findings or ("crashed",))
    return Pixels(width, height, pixels, pages)
