"""What can be checked of PDF/A-2b (ISO 19005-2) without a validator: the rules that a file of ours could break, each with its clause."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
from PIL import ImageCms


def faults(pdf: bytes) -> list[str]:
    """Every broken rule in a few words; empty where none is."""
    found: list[str] = []
    found += _outer(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as book:
        found += [f"syntax: {words}" for words in book.check_pdf_syntax()]
        found += _metadata(book)
        found += _intent(book)
        found += [f"catalog has {key}" for key in ("/AA", "/OCProperties", "/NeedsRendering") if key in book.Root]
        if "/Names" in book.Root:
            found += [f"names have {key}" for key in ("/JavaScript", "/EmbeddedFiles") if key in book.Root.Names]
        for number, page in enumerate(book.pages, 1):
            found += [f"page {number}: {words}" for words in _page(page.obj)]
        for one in book.objects:
            found += _object(one)
    return found


def _outer(pdf: bytes) -> list[str]:
    """6.1.2 header, 6.1.3 trailer, 6.1.4 end of file."""
    found = []
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", pdf):
        found.append("6.1.2: header without version or its binary line")
    if not re.search(rb"%%EOF\r?\n?$", pdf):
        found.append("6.1.3: something stands behind the end of the file")
    return found


def _metadata(book: pikepdf.Pdf) -> list[str]:
    """6.6.2: XMP that says part and level; 6.1.3: an ID and no encryption; the information of old agrees with it."""
    found = [] if "/ID" in book.trailer else ["6.1.3: no ID"]
    if "/Encrypt" in book.trailer:
        found.append("6.1.3: encrypted")
    stream = book.Root.get("/Metadata")
    if stream is None:
        return [*found, "6.6.2: no metadata"]
    xmp = bytes(stream.read_bytes())
    if b"bytes=" in xmp.split(b"?>", 1)[0] or b"encoding=" in xmp.split(b"?>", 1)[0]:
        found.append("6.6.2.1: the packet names bytes or encoding")
    with book.open_metadata() as meta:
        if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("2", "B"):
            found.append("6.6.4: does not say that it is PDF/A-2b")
        title = book.docinfo.get("/Title")
        if title is not None and str(title) != meta.get("dc:title"):
            found.append("6.6.3: two titles")
        for old, new in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            was, now = book.docinfo.get(old), meta.get(new)
            if was is not None and now is not None and _digits(str(was)) != _digits(now):
                found.append(f"6.6.3: {old} is another moment than {new}")
    return found


def _digits(moment: str) -> str:
    return re.sub(r"\D", "", moment)[:14]


def _intent(book: pikepdf.Pdf) -> list[str]:
    """6.2.3: one output intent for PDF/A with a profile that can be read."""
    intents = [one for one in book.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if not intents or "/DestOutputProfile" not in intents[0]:
        return ["6.2.3: no output intent with its profile"]
    profile = intents[0].DestOutputProfile
    components = int(profile.N)
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(bytes(profile.read_bytes()))).profile.xcolor_space.strip()
    except OSError as error:
        return [f"6.2.3: the profile cannot be read: {error}"]
    return [] if {"GRAY": 1, "RGB": 3, "CMYK": 4}.get(space) == components else [f"6.2.3: {space} with {components} components"]


def _page(page: Any) -> list[str]:
    found = ["6.5.2: additional actions"] if "/AA" in page else []
    for note in page.get("/Annots", []):
        if note.get("/Subtype") not in ("/Link", "/Text", "/Highlight"):
            found.append(f"6.3.1: annotation {note.get('/Subtype')}")
        if note.get("/Subtype") != "/Popup" and not int(note.get("/F", 0)) & 4:
            found.append("6.3.2: an annotation that is not printed")
    if "/Group" in page and page.Group.get("/CS") == "/DeviceCMYK":
        found.append("6.2.4.3: a colour space that the intent does not have")
    return found


def _object(one: Any) -> list[str]:
    """Fonts embedded whole with a way to their characters (6.2.11), no LZW (6.1.7), no script, no alternate pictures."""
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return []
    found = []
    if one.get("/Type") == "/FontDescriptor" and not any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        found.append(f"6.2.11.4: {one.get('/FontName')} is not embedded")
    if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0":
        if one.DescendantFonts[0].get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in one.DescendantFonts[0]:
            found.append("6.2.11.3.2: no map from characters to glyphs")
        if "/ToUnicode" not in one:
            found.append(f"{one.get('/BaseFont')}: words cannot be taken out again")
    if one.get("/S") in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SubmitForm") and "/Type" in one:
        found.append(f"6.5.1: action {one.get('/S')}")
    if isinstance(one, pikepdf.Stream):
        filters = one.get("/Filter", [])
        if "/LZWDecode" in (filters if isinstance(filters, pikepdf.Array) else [filters]):
            found.append("6.1.7.2: LZW")
        if any(key in one for key in ("/F", "/FFilter", "/FDecodeParms")):
            found.append("6.1.7.1: bytes of a stream stand elsewhere")
        if one.get("/Subtype") == "/Image" and ("/Alternates" in one or "/OPI" in one or one.get("/Interpolate") is True):
            found.append("6.2.8: alternate or interpolated picture")
    return found
