"""File names that break programs: more than 150, as bytes, each accepted by a Linux file system."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

_DEVICES = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "LPT9", "CON.mp4", "nul.pdf", "Aux.jpg", "com1.wav", "CONIN$",
    "CONOUT$",
]  # fmt: skip
_DEVICES += ["COM¹", "NUL .mp4", "con.tar.gz"]

_CONTROLS = [f"a{chr(code)}b.mp4" for code in range(1, 32) if chr(code) != "/"] + ["a\x7fb.mp4", "a\x85b.mp4", "a\x9bb.mp4"]

_DIRECTIONS = [
    "photo\u202egpj.exe", "\u202efdp.exe", "report\u2067fdp\u2069.exe", "a\u200eb.mp4", "a\u200fb.mp4", "a\u202ab\u202c.mp4",
    "a\u2066b.mp4", "\u061ca.mp4", "\u05d0\u05d1\u05d2.mp4", "\u0645\u0644\u0641.pdf", "a\u202db.mp4", "\u202b.mp4",
]  # fmt: skip

_INVISIBLE = [
    "a\u200bb.mp4", "a\u200cb.mp4", "a\u200db.mp4", "a\u2060b.mp4", "\ufeffa.mp4", "a\u00adb.mp4", "a\u2028b.mp4",
    "a\u2029b.mp4",
    "a\u00a0b.mp4", "a\u3000b.mp4", "a\u2003b.mp4", "\u3164.mp4", "\u115f.mp4", "a\ufe0fb.mp4", "葛\U000e0100.mp4",
    "a\ue000b.mp4",
    "a\U000e0041b.mp4", "a\ufffeb.mp4", "a\u034fb.mp4",
]  # fmt: skip

_SPACES = [
    " ", "  ", " a.mp4", "a.mp4 ", "a .mp4", "a.mp4.", "a.mp4...", "...", "..a", ".", "a.", ". .", ".hidden", "..mp4",
    "a. .mp4",
]  # fmt: skip
_SPACES += ["\u3000", "\u00a0a.mp4"]

_SHELL = [
    "-rf", "--help", "-", "--", "-o=x", "~", "~root", "$HOME", "${HOME}", "$(reboot)", "`reboot`", "a;reboot", "a|cat",
    "a&b", "a>b",
    "a<b", "*", "?", "[a]", "{a,b}", "!x", "#x", "%n%n%n%s", "%s.mp4", "{0}.mp4", "{code}.mp4", "a'b.mp4", 'a"b.mp4', "'",
    '"', "\\",
    "a\\b.mp4", "..\\..\\x.mp4", "C:\\x.mp4", "C:x.mp4", "\\\\192.0.2.1\\share", "file:x", "https:x", "@x", "=x", "+x",
]  # fmt: skip

_INJECTIONS = [
    "=cmd|' C'!A0.mp4", "=1+1.csv", "@SUM(1).csv", "+1.csv", "-1.csv", "<img src=x onerror=alert(1)>.mp4", "<b>a<b>.mp4",
    "&lt;a&gt;.mp4",
    "<img src=file:..etc>.jpg", "a' OR '1'='1.mp4", "a'); DROP TABLE records;--.mp4", '"a" NEAR(b).mp4', "a*.mp4",
    "col:a.mp4",
    "a_%.mp4", "[[x]].mp4", "#let x = 1.mp4", "$x$.mp4", "\x1b[31mred\x1b[0m.mp4", "\x1b]0;title\x07.mp4",
    "a\n2026-11-02 admin done.mp4",
    "a\r\nb.mp4", "a\tb.mp4", "null", "None", "true", "0", "NaN", "undefined", "a,b;c.csv",
]  # fmt: skip

_PICTURES = [
    "😀.mp4", "👨\u200d👩\u200d👧.mp4", "🇨🇳.mp4", "👍🏽.jpg", "❤\ufe0f.jpg", "𠮷野家.mp4", "𰻝𰻝面.mp4", "㍿.pdf", "ﬁle.pdf",
    "Å.pdf",
]  # fmt: skip

_TWINS = [
    unicodedata.normalize(form, name)
    for name in ("Éclair.mp4", "가나다.mp4", "ガイド.pdf", "ấ.jpg")
    for form in ("NFC", "NFD")
]
_TWINS += ["A.MP4", "a.mp4", "Ａ.mp4", "ſ.mp4", "ß.mp4", "SS.mp4", "İ.mp4", "ı.mp4"]

_LONG = [
    "长" * 85, "长" * 83 + ".mp4", "x" * 255, "x" * 251 + ".mp4",
    "." + "x" * 254, "𠮷" * 63, "e\u0301" * 85, "a." + "b" * 253, "字" * 84 + "\u202e",
]  # fmt: skip

_BYTES = [
    b"\xff.mp4", b"\xff\xfe\xfd", b"a\x80b.mp4", b"\xc3.mp4", b"\xc0\xaf.mp4", b"\xed\xa0\x80.mp4", b"\xf4\x90\x80\x80.mp4",
    b"\xe4\xb8.mp4",
    "现场检查.mp4".encode("gb18030"), "询问笔录㐂.pdf".encode("gb18030"), "執法記錄.mp4".encode("big5"),
    "ファイル.jpg".encode("shift_jis"),
    "café.mp4".encode("latin-1"), b"\\xff.mp4", b"\\\\xff.mp4", "é\\xe9".encode() + b"\xe9", bytes(range(0x80, 0xC0)),
    b"\xff" * 255,
]  # fmt: skip

_TEXTS = [
    *_DEVICES, *_CONTROLS, *_DIRECTIONS, *_INVISIBLE, *_SPACES, *_SHELL, *_INJECTIONS, *_PICTURES, *_TWINS, *_LONG,
]  # fmt: skip

_ALL = dict.fromkeys([*(text.encode("utf-8", "surrogatepass") for text in _TEXTS), *_BYTES])
HOSTILE_NAMES: list[bytes] = [name for name in _ALL if name not in (b".", b"..") and len(name) <= 255]


def plant(folder: Path, content: bytes = b"") -> list[bytes]:
    """Write one file under every hostile name; the paths, in the table's order.

    Each file ends in its own number, so that none is a copy of another.
    """
    paths = []
    for number, name in enumerate(HOSTILE_NAMES):
        path = os.path.join(os.fsencode(folder), name)
        with open(path, "xb") as f:
            f.write(content + b"%06d" % number)
        paths.append(path)
    return paths
