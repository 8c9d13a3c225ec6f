"""The parts every page is built of; page authors import them from here."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from views.common.buttons import Button, Segmented, Verdict, button, segmented, shortcut, toggle, tool
from views.common.feedback import Banner, Bar, Empty, banner, list_of, three_lines
from views.common.focus import FocusRing
from views.common.inputs import (
    Area,
    Check,
    Combo,
    Edit,
    Field,
    Radio,
    SearchBox,
    combo,
    edit,
    field,
    password,
    search_box,
    text_area,
)
from views.common.layout import Fade, PageScroll, content, empty, fill, frame, hbox, reframe, repolish, rule, scroll, vbox
from views.common.seal import Seal, paint_seal
from views.common.tags import LABELS, STATUS, Tag, badge, chip, draw_gap, draw_tag, label_words
from views.common.text import (
    CENTER,
    LEFT,
    RIGHT,
    Glyph,
    Para,
    Rich,
    Text,
    dot,
    em,
    figures,
    found,
    glyph,
    keep,
    para,
    rich,
    text,
    tip,
)

if TYPE_CHECKING:
    from views.common.dial import DayStrip, Dial
    from views.common.panels import PageHead, Panel, Row, fact, page_head, pair, panel, quote
    from views.common.tables import Cell, Column, Rows, Table, TableModel, table

_LATER = {
    "dial": ("DayStrip", "Dial"),
    "panels": ("PageHead", "Panel", "Row", "fact", "page_head", "pair", "panel", "quote"),
    "tables": ("Cell", "Column", "Rows", "Table", "TableModel", "table"),
}
_HOME = {name: room for room, names in _LATER.items() for name in names}


def __getattr__(name: str) -> Any:
    """What the sign-in page does not need comes with the first page that does: tables make PySide build all of QStyle."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"views.common.{_HOME[name]}"), name)


__all__ = [
    "CENTER",
    "LABELS",
    "LEFT",
    "RIGHT",
    "STATUS",
    "Area",
    "Banner",
    "Bar",
    "Button",
    "Cell",
    "Check",
    "Column",
    "Combo",
    "DayStrip",
    "Dial",
    "Edit",
    "Empty",
    "Fade",
    "Field",
    "FocusRing",
    "Glyph",
    "PageHead",
    "PageScroll",
    "Panel",
    "Para",
    "Radio",
    "Rich",
    "Row",
    "Rows",
    "Seal",
    "SearchBox",
    "Segmented",
    "Table",
    "TableModel",
    "Tag",
    "Text",
    "Verdict",
    "badge",
    "banner",
    "button",
    "chip",
    "combo",
    "content",
    "dot",
    "draw_gap",
    "draw_tag",
    "edit",
    "em",
    "empty",
    "fact",
    "field",
    "figures",
    "fill",
    "found",
    "frame",
    "glyph",
    "hbox",
    "keep",
    "label_words",
    "list_of",
    "page_head",
    "paint_seal",
    "pair",
    "panel",
    "para",
    "password",
    "quote",
    "reframe",
    "repolish",
    "rich",
    "rule",
    "scroll",
    "search_box",
    "segmented",
    "shortcut",
    "table",
    "text",
    "text_area",
    "three_lines",
    "tip",
    "toggle",
    "tool",
    "vbox",
]
