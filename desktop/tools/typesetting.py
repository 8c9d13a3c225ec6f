"""Forms into paper: one Typst file per form in `resources/forms`, its facts as JSON, a PDF/A-2b as the result."""

from __future__ import annotations

import functools
import io
import json
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

import segno
import typst

from desktop.errors import Refusal
from desktop.paths import RESOURCES

FORMS = ("paper", "recovery_sheet", "password_slips", "custody_report", "receipt", "case_cover", "contents_list", "end_sheet", "completeness",
         "statement", "evidence_sheet", "annual_list", "score_sheet")
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_FOLDER = RESOURCES / "forms"


def typeset(form: str, facts: dict[str, Any], at: datetime) -> bytes:
    """The form with these facts as PDF/A-2b. `at` is the moment written into the file: same facts, same bytes.

    What a form asks of `facts` stands at the head of its `.typ`. A character that no font here can draw is printed as
    its number, `\\u{e000}`, never as an empty box. Refuses with `form.font_missing` where the Chinese type is not
    installed. Raises ValueError for facts that the form cannot use.
    """
    if form not in FORMS:
        raise ValueError(f"no form is called {form}")
    fonts = _fonts()
    fault: typst.TypstError | None = None
    for drawable in (None, _in_common_fonts, _in_every_font):
        try:
            return _compiled(form, facts if drawable is None else _replaced(facts, drawable), fonts, at)
        except typst.TypstError as error:
            fault = error
            if "could not be displayed" not in str(error):
                break
    raise ValueError(f"the form {form} cannot be set: {fault}") from fault


def qr_svg(text: str) -> str:
    """A QR code as SVG, dark on white, for the `qr` of a form; error correction M, chosen as small as the text allows."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    return out.getvalue().decode()


@functools.cache
def _fonts() -> typst.Fonts:
    """The system's fonts, searched once. Never Typst's own: a form must look alike on every desk."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    missing = sorted(set(FONTS) - set(fonts.families()))
    if missing:
        raise Refusal("form.font_missing", fonts="、".join(missing))
    return fonts


def _compiled(form: str, facts: dict[str, Any], fonts: typst.Fonts, at: datetime) -> bytes:
    # As an input and not as a file: nothing of the paper's content touches the disk.
    compiler = typst.Compiler(
        _FOLDER / f"{form}.typ",
        root=_FOLDER,
        font_paths=fonts,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise ValueError(f"the form {form} gave no paper")
    return made


def _replaced(value: Any, drawable: Callable[[str], bool]) -> Any:
    if isinstance(value, str):
        return "".join(char if drawable(char) else f"\\u{{{ord(char):x}}}" for char in value)
    if isinstance(value, dict):
        return {key: _replaced(item, drawable) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(item, drawable) for item in value]
    return value


# What Noto CJK SC draws: first generously, then only what every Chinese font has had since GBK.
_COMMON = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x205E), (0x2100, 0x22FF),
    (0x2460, 0x257F), (0x25A0, 0x25FF), (0x3000, 0x30FF), (0x3105, 0x312F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0xF900, 0xFA6D), (0xFF01, 0xFFEE), (0x20000, 0x2A6DF),
)  # fmt: skip
_EVERY = ((0x20, 0x7E), (0x2010, 0x2027), (0x3001, 0x3017), (0x4E00, 0x9FA5), (0xFF01, 0xFF5E))


def _in_common_fonts(char: str) -> bool:
    known = any(first <= ord(char) <= last for first, last in _COMMON)
    return char == "\n" or (known and unicodedata.category(char) != "Cn")


def _in_every_font(char: str) -> bool:
    return char == "\n" or any(first <= ord(char) <= last for first, last in _EVERY)
