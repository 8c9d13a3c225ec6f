"""Inside the worker: a PDF's pages, text layer, first page, and everything in it that would act by itself."""

from __future__ import annotations

import io
import os
import time
from contextlib import suppress
from typing import Any

import pikepdf
import pypdfium2

from desktop.tools.probe_photo import THUMBNAIL, jpeg_of

TEXT_MOST = 2 << 20  # bytes of UTF-8 kept of the text layer
_TEXT_SECONDS, _SCAN_SECONDS = 10.0, 8.0
_OBJECTS_MOST, _DEPTH_MOST = 200_000, 12
_PAGES_CREDIBLE = 100_000

_ACTIONS = {
    "/JavaScript": "javascript", "/Launch": "launch", "/SubmitForm": "submit_form", "/ImportData": "import_data",
    "/URI": "uri", "/GoToR": "go_to_remote", "/GoToE": "go_to_embedded", "/RichMediaExecute": "rich_media",
    "/Rendition": "rich_media", "/Movie": "rich_media", "/Sound": "rich_media",
}  # fmt: skip
_KEYS = {
    "/JS": "javascript", "/EmbeddedFiles": "embedded_files", "/EF": "embedded_files", "/XFA": "xfa",
    "/OpenAction": "open_action", "/AA": "open_action", "/RichMediaContent": "rich_media",
}  # fmt: skip
# A link to a page on the web waits for a click in every reader, and half of all papers have one: a fact, no quarantine.
HARMLESS = frozenset({"uri", "open_action"})


def probe_pdf(fd: int, size: int) -> tuple[dict[str, Any], bytes]:
    """Facts and first page of a PDF."""
    findings: list[str] = []
    facts: dict[str, Any] = {"kind": "pdf", "media_type": "application/pdf", "findings": findings, "container": "pdf"}
    if not _has_end(fd, size):
        findings.append("truncated")
    try:
        with pikepdf.open(io.FileIO(fd, "rb", closefd=False)) as pdf:
            _structure(pdf, facts)
    except pikepdf.PasswordError:
        facts["encrypted"] = True
        findings.append("password_protected")
        return facts, b""
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, RecursionError):
        findings.append("unreadable")
    if "bomb" in findings:
        return facts, b""
    return facts, _rendered(fd, facts, findings)


def _has_end(fd: int, size: int) -> bool:
    """Its last line stands behind the place of its last table, and no further object was begun behind it: a paper may have been saved onto."""
    tail = os.pread(fd, 4096, max(size - 4096, 0))
    end = tail.rfind(b"%%EOF")
    return end >= 0 and tail.rfind(b"startxref") < end and b" obj" not in tail[end:]


def _structure(pdf: pikepdf.Pdf, facts: dict[str, Any]) -> None:
    facts["encrypted"] = pdf.is_encrypted
    facts["raw_times"] = [
        (f"info.{name[1:]}", str(pdf.docinfo[name])[:200]) for name in ("/CreationDate", "/ModDate") if name in pdf.docinfo
    ]
    facts["device"] = [(name[1:], str(pdf.docinfo[name])[:200]) for name in ("/Creator", "/Producer") if name in pdf.docinfo]
    facts["active"] = sorted(_active(pdf))
    if set(facts["active"]) - HARMLESS:
        facts["findings"].append("active_content")
    tree: Any = pdf.Root.get("/Pages")
    claimed = tree.get("/Count", 0) if isinstance(tree, pikepdf.Dictionary) else 0
    if isinstance(claimed, int) and claimed > _PAGES_CREDIBLE:
        facts["findings"].append("bomb")
        return
    facts["pages"] = len(pdf.pages)


def _active(pdf: pikepdf.Pdf) -> set[str]:
    """Names of what the file would do: every object is looked at, whether or not a page leads there."""
    found: set[str] = set()
    until = time.monotonic() + _SCAN_SECONDS
    for count, thing in enumerate(pdf.objects):
        if count > _OBJECTS_MOST or time.monotonic() > until:
            found.add("not_fully_scanned")
            break
        with suppress(pikepdf.PdfError, ValueError, RuntimeError):
            _look(thing, found, 0)
    return found


def _look(thing: Any, found: set[str], depth: int) -> None:
    """Mark what one object holds directly; what it refers to is an object of its own."""
    if depth > _DEPTH_MOST:
        return
    inside: list[Any] = []
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        keys = thing.keys()
        found.update(_KEYS[key] for key in keys & _KEYS.keys())
        if "/S" in keys and str(thing.get("/S")) in _ACTIONS:
            found.add(_ACTIONS[str(thing.get("/S"))])
        inside = [thing.get(key) for key in keys]
    for item in inside:
        if isinstance(item, (pikepdf.Array, pikepdf.Dictionary)) and not item.is_indirect:
            _look(item, found, depth + 1)


def _rendered(fd: int, facts: dict[str, Any], findings: list[str]) -> bytes:
    try:
        with pypdfium2.PdfDocument(io.FileIO(fd, "rb", closefd=False)) as document:
            facts["pages"] = facts.get("pages") or len(document)
            if "unreadable" in findings and len(document):
                findings[findings.index("unreadable")] = "damaged"  # one reader gave up, another found pages
            facts["text"] = _text_layer(document, findings)
            return _first_page(document)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        if "unreadable" not in findings:
            findings.append("unreadable")
        return b""


def _text_layer(document: pypdfium2.PdfDocument, findings: list[str]) -> str:
    parts: list[str] = []
    room, until = TEXT_MOST, time.monotonic() + _TEXT_SECONDS
    for number in range(len(document)):
        if room <= 0 or time.monotonic() > until:
            findings.append("text_capped")
            break
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            continue
        finally:
            if "page" in locals():
                page.close()
        kept = text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
        room -= len(kept.encode()) + 1
        parts.append(kept)
    return "\n".join(parts).replace("\0", "")


def _first_page(document: pypdfium2.PdfDocument) -> bytes:
    if not len(document):
        return b""
    page = document[0]
    longer = max(page.get_size())
    if not longer:
        return b""
    return jpeg_of(page.render(scale=THUMBNAIL / longer).to_pil())
