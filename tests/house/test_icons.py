"""Only the icons that somebody draws are carried, and what is drawn is there."""

from __future__ import annotations

import re

from desktop.paths import RESOURCES

HERE = RESOURCES.parent


def _sources() -> str:
    return "".join(p.read_text(encoding="utf-8") for room in ("views", "desktop") for p in (HERE / room).rglob("*.py"))


def test_every_icon_is_drawn_by_somebody() -> None:
    source = _sources()
    idle = [p.name for p in (RESOURCES / "icons").glob("*.svg") if not re.search(f"[\"']{re.escape(p.stem)}[\"']", source)]
    assert idle == []


def test_every_icon_that_a_glyph_or_button_names_is_there() -> None:
    named = set(re.findall(r'(?:glyph|paint_icon|Empty)\(\s*"([a-z-]+)"', _sources()))
    assert named
    assert {n for n in named if not (RESOURCES / "icons" / f"{n}.svg").exists()} == set()
