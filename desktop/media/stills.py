"""Photographs and pages as pixels: pure functions of bytes, so that they run here or in a worker with limits."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2
from PIL import Image as Pillow
from PIL import ImageOps

from desktop.errors import Refusal

MOST_PIXELS = 80_000_000  # of a photograph as it is stored; more is a bomb or a map, and is not drawn


@dataclass(frozen=True)
class Image:
    """Pixels in rows from the top, four bytes each: blue, green, red, 255. `pages` of the whole object."""

    width: int
    height: int
    pixels: bytes
    pages: int = 1


def photo(content: bytes, longest: int) -> Image:
    """A photograph, turned as its EXIF says, no side longer than `longest` pixels.

    Raises `Refusal("media.unreadable")` for what is no picture, `Refusal("media.too_large")` for more than `MOST_PIXELS`.
    """
    try:
        with Pillow.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal("media.too_large", pixels=picture.width * picture.height)
            picture.draft("RGB", (longest, longest))  # a JPEG is decoded no larger than it is shown
            turned = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        raise Refusal("media.unreadable", reason=str(error)) from error
    turned.thumbnail((longest, longest))
    return Image(turned.width, turned.height, turned.convert("RGBA").tobytes("raw", "BGRA"))


def page(content: bytes, number: int, longest: int) -> Image:
    """Page `number` (from zero) of a PDF on white, no side longer than `longest` pixels.

    Raises `Refusal("media.unreadable")` when it cannot be drawn, `Refusal("media.no_page")` for a page that is not there.
    """
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            count = len(document)
            if not 0 <= number < count:
                raise Refusal("media.no_page", page=number + 1, pages=count)
            leaf = document[number]
            wide, high = leaf.get_size()
            bitmap = leaf.render(scale=longest / max(wide, high, 1.0), rev_byteorder=False, force_bitmap_format=4)
            rows = bytes(bitmap.buffer)
            made = Image(bitmap.width, bitmap.height, _packed(rows, bitmap.width * 4, bitmap.stride, bitmap.height), count)
            bitmap.close()
            leaf.close()
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal("media.unreadable", reason=str(error)) from error
    return made


def _packed(rows: bytes, wanted: int, stride: int, height: int) -> bytes:
    if stride == wanted:
        return rows[: wanted * height]
    return b"".join(rows[y * stride : y * stride + wanted] for y in range(height))
