"""Inside the worker: a picture's size, camera facts as they stand, and a thumbnail; size bombs are refused unread."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import ExifTags, Image, ImageFile, ImageOps

from desktop.tools.content_type import ContentType
from desktop.tools.still_endings import picture_cut

PIXELS_MOST = 200_000_000  # beyond what any camera in service makes
THUMBNAIL = 320  # pixels, the longer side

Image.MAX_IMAGE_PIXELS = PIXELS_MOST
ImageFile.LOAD_TRUNCATED_IMAGES = False


def probe_photo(fd: int, size: int, known: ContentType) -> tuple[dict[str, Any], bytes]:
    """Facts and thumbnail of a still picture. The decoder named by the first bytes is the only one tried."""
    findings: list[str] = []
    facts: dict[str, Any] = {"kind": "photo", "media_type": known.media_type, "findings": findings}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a damaged tag is worth a fact left out, not a line in a log
        try:
            with Image.open(io.FileIO(fd, "rb", closefd=False), formats=[known.reader]) as picture:
                thumbnail = _look(picture, facts, findings)
            findings.extend(code for code in picture_cut(fd, size, known.media_type) if "bomb" not in findings)
            return facts, thumbnail
        except Image.DecompressionBombError:
            findings.append("bomb")
        except (OSError, SyntaxError, EOFError, IndexError, TypeError, KeyError, OverflowError) as fault:
            findings.append("truncated" if "truncated" in str(fault).lower() else "unreadable")
        except ValueError as fault:
            # Pillow's own guard against text chunks that unpack to gigabytes says so in a ValueError.
            findings.append("bomb" if "too large" in str(fault).lower() else "unreadable")
    return facts, b""


def _look(picture: Image.Image, facts: dict[str, Any], findings: list[str]) -> bytes:
    facts["width"], facts["height"] = picture.size
    facts["container"] = (picture.format or "").lower()
    if picture.width * picture.height > PIXELS_MOST:
        findings.append("bomb")
        return b""
    _camera_facts(picture, facts)
    # JPEG is decoded at an eighth where that leaves enough: half the time, and every byte is still read.
    share = THUMBNAIL * 3 / 4 / max(picture.size)
    picture.draft("RGB", (int(picture.width * share), int(picture.height * share)))
    ImageOps.exif_transpose(picture, in_place=True)
    return jpeg_of(picture)


def _camera_facts(picture: Image.Image, facts: dict[str, Any]) -> None:
    try:
        exif = picture.getexif()
        inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, OverflowError, ZeroDivisionError):
        return
    base = ExifTags.Base
    times = [("DateTimeOriginal", inner), ("DateTimeDigitized", inner), ("OffsetTimeOriginal", inner), ("DateTime", exif)]
    facts["raw_times"] = [(f"exif.{name}", _said(ifd[base[name]])) for name, ifd in times if base[name] in ifd]
    facts["device"] = [(name, _said(exif[base[name]])) for name in ("Make", "Model", "Software") if base[name] in exif]
    facts["location"] = "; ".join(f"{ExifTags.GPSTAGS.get(tag, tag)}={_said(value)}" for tag, value in sorted(gps.items()))[:500]


def _said(value: object) -> str:
    """A tag's value as text, exactly as found (NUL padding aside)."""
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text.rstrip("\0")[:500]


def jpeg_of(picture: Image.Image, most: int = THUMBNAIL, quality: int = 80) -> bytes:
    """The picture as a JPEG of at most `most` pixels a side, without any metadata of its source."""
    picture.thumbnail((most, most), Image.Resampling.BILINEAR)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        over = Image.new("RGBA", picture.size, "white")
        over.alpha_composite(picture.convert("RGBA"))
        picture = over
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()
