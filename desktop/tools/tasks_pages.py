"""The worker's tasks `page` and `picture`: one page of a PDF, or a photo, as plain pixels for the window to paint."""

from __future__ import annotations

import io
import os
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from desktop.tools.content_type import content_type
from desktop.tools.registry import Answer, task

_PIXELS_MOST = 20_000_000  # of one answer: four bytes each must fit a frame of the line


@task("page")
def page(fd: int, args: dict[str, Any]) -> Answer:
    """Page `args["number"]` (from 0), `args["width"]` pixels wide: BGRA rows without gaps, and its size."""
    with pypdfium2.PdfDocument(io.FileIO(fd, "rb", closefd=False)) as document:
        if not 0 <= args["number"] < len(document):
            return {"findings": ["unreadable"], "pages": len(document)}, b""
        sheet = document[args["number"]]
        wide, high = sheet.get_size()
        # pdfium rounds up: a hair less gives exactly the width asked for
        scale = min((args["width"] - 0.01) / wide, (_PIXELS_MOST / (wide * high)) ** 0.5)
        drawn = sheet.render(scale=scale, rev_byteorder=False, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA)
        facts = {"findings": [], "width": drawn.width, "height": drawn.height, "pages": len(document)}
        return facts, _rows(bytes(drawn.buffer), drawn.width * 4, drawn.stride, drawn.height)


@task("picture")
def picture(fd: int, args: dict[str, Any]) -> Answer:
    """A photo, upright, within `args["width"]` x `args["height"]` pixels: BGRA rows without gaps, and its size."""
    known = content_type(os.pread(fd, 4096, 0))
    if known is None or known.kind != "photo" or known.reader == "mov":
        return {"findings": ["unreadable"]}, b""
    with Image.open(io.FileIO(fd, "rb", closefd=False), formats=[known.reader]) as photo:
        most = (args["width"], args["height"])
        photo.draft("RGB", most)
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail(most, Image.Resampling.LANCZOS)
        drawn = upright.convert("RGBA")
        return {"findings": [], "width": drawn.width, "height": drawn.height}, drawn.tobytes("raw", "BGRA")


def _rows(pixels: bytes, used: int, stride: int, height: int) -> bytes:
    if used == stride:
        return pixels[: used * height]
    return b"".join(pixels[row * stride : row * stride + used] for row in range(height))
