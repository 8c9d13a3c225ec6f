"""Help on F1: what the control in focus is for, and the keys of the window."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _
from views.common.layout import frame, rule, vbox
from views.common.text import para, text
from views.theme import wear


def keys() -> list[tuple[str, str]]:
    """The keys of the window and what they do."""
    return [
        ("Ctrl+K", _("search from anywhere")),
        ("Ctrl+1 … 9", _("pages of the rail")),
        ("F6, Shift+F6", _("next part: rail, page, foot")),
        ("Tab, Shift+Tab", _("next control")),
        ("Enter", _("open the row")),
        ("Esc, Alt+←", _("close, go back")),
        ("F5", _("read again")),
        ("Ctrl+L", _("lock")),
        ("F1", _("this help")),
    ]


class HelpPanel(QWidget):
    """A quiet sheet over the window; Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget, focused: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # or the corners would be square
        self.setAccessibleName(_("Help"))
        box = vbox(gap=12, margins=(20, 16, 20, 20))
        if (words := _about(focused)) is not None:
            name, what = words
            box.addWidget(text(name, "heading"))
            box.addWidget(para(what))
            box.addWidget(rule())
        box.addWidget(text(_("Keys"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for i, (key, act) in enumerate(keys()):
            grid.addWidget(text(key, "small", "ink2"), i, 0)
            grid.addWidget(text(act, "body"), i, 1)
        box.addLayout(grid)
        self.setLayout(vbox(frame(box, "dialog"), gap=0))
        self.setFixedWidth(400)
        wear(self)

    def open_under(self, place: QWidget) -> None:
        """Show it at the top right of a widget."""
        self.adjustSize()
        self.move(place.mapToGlobal(QPoint(place.width() - self.width() - 16, place.height() + 8)))
        self.show()


def _about(focused: QWidget | None) -> tuple[str, str] | None:
    """The name of a control and the words known about it, if there are any."""
    if focused is None:
        return None
    what = focused.accessibleDescription() or html.unescape(re.sub(r"<[^>]*>", "", focused.toolTip()))
    name = focused.accessibleName()
    return (name, what) if name and what and what != name else None
