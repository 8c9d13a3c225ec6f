"""File names as they were given: kept exactly, shown without tricks, and made harmless for an export."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

NAME_BYTES_MOST = 200  # of 255 that file systems allow: room for a numbering and for a copy's suffix

_ESCAPED = re.compile(r"\\(\\|x[0-9a-f]{2})")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_EDGE = {" ": "\\x20", "\u3000": "\\u3000"}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def storable(raw: bytes) -> str:
    """The name as text that any database holds and that `given` turns back into exactly these bytes.

    A name in plain UTF-8 is itself; bytes that are not UTF-8, and NUL, stand as `\\xNN`, a backslash is doubled.
    """
    text = raw.decode("utf-8", "surrogateescape")
    return "".join(_stored(char) for char in text) if _unstorable(text) else text


def given(text: str) -> bytes:
    """The bytes that `storable` was given."""
    out, at = bytearray(), 0
    for escape in _ESCAPED.finditer(text):
        out += text[at : escape.start()].encode()
        out += b"\\" if escape[1] == "\\" else bytes((int(escape[1][1:], 16),))
        at = escape.end()
    return bytes(out + text[at:].encode())


def shown(raw: bytes) -> str:
    """The name for a person's eyes: nothing in it is invisible, turns the reading direction or breaks the line.

    Control, direction and other invisible characters stand as `\\uNNNN`, invalid bytes as `\\xNN`, and a space at
    either end as `\\x20` or `\\u3000`; a backslash is doubled. Two different names are never shown alike for want of a mark.
    """
    return shown_text(raw.decode("utf-8", "surrogateescape"))


def shown_text(text: str) -> str:
    """As `shown`, for text that somebody else wrote (titles, labels, tags of a camera)."""
    last = len(text) - 1
    return "".join(_EDGE.get(char, _visible(char)) if at in (0, last) else _visible(char) for at, char in enumerate(text))


def safe_export_name(text: str, taken: Callable[[str], bool] = lambda _: False) -> str:
    """A name under which a copy may be written on any desk: no folder, no device, no hidden file, no trick.

    `taken` tells of a `fold`ed name whether the target folder has it already; then ` (2)`, ` (3)` is put before the
    ending. The result is one path component of at most 255 bytes that Windows and Linux accept.
    """
    stem, ending = _split(_harmless(text))
    name = stem + ending
    number = 1
    while taken(fold(name)):
        number += 1
        name = f"{stem} ({number}){ending}"
    return name


def fold(name: str) -> str:
    """What a file system that ignores case and normal form would take for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _unstorable(text: str) -> bool:
    return "\\" in text or "\0" in text or any("\udc80" <= char <= "\udcff" for char in text)


def _stored(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if char == "\0":
        return "\\x00"
    return f"\\x{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char


def _visible(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    category = unicodedata.category(char)
    odd_space = category == "Zs" and char not in " \u3000"
    # Variation selectors and Hangul fillers are letters and marks by category, and yet nothing is seen of them.
    if category in _HIDDEN or odd_space or char in "\u034f\u115f\u1160\u3164\uffa0" or "\ufe00" <= char <= "\ufe0f":
        return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
    return f"\\U{ord(char):08x}" if "\U000e0100" <= char <= "\U000e01ef" else char


def _harmless(text: str) -> str:
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    plain = "".join(char if char in "_ \u00a0" or _visible(char) == char else "_" for char in _FORBIDDEN.sub("_", plain))
    plain = re.sub(r"\s+", " ", plain).strip(" .").lstrip("-~=+@ .").rstrip(" .")
    if not plain.strip("_ "):
        return "unnamed"
    return f"_{plain}" if _RESERVED.match(plain) else plain


def _split(name: str) -> tuple[str, str]:
    """Stem and ending, the whole within `NAME_BYTES_MOST`."""
    dot = name.rfind(".")
    ending = name[dot:] if dot > 0 and len(name[dot:].encode()) <= 16 else ""
    stem = name[: len(name) - len(ending)]
    room = NAME_BYTES_MOST - len(ending.encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return cut or "unnamed", ending
