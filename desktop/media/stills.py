"""Photographs and pages as plain pixels, as the limited worker draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Image:
    """Pixels in rows from the top, four bytes each: blue, green, red, 255. `pages` of the whole object."""

    width: int
    height: int
    pixels: bytes
    pages: int = 1
