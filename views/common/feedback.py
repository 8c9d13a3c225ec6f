"""What a page says back: banners, empty places, the three lines of an error, thin progress bars."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.i18n import _
from views.common.layout import empty, fill, hbox, reframe, vbox
from views.common.tags import STATUS
from views.common.text import CENTER, Glyph, Para, em, glyph, para, text
from views.theme import THEME, color, follow

_GROUND = {"good": "good", "late": "late", "refused": "late", "soon": "soon"}


class Banner(QFrame):
    """Full width under the page head: icon, sentence, what follows, one action. Hidden until it has something to say."""

    def __init__(self, silent: bool = True) -> None:
        super().__init__()
        self.kind = ""
        if silent:
            self.hide()

    @functools.cached_property
    def _parts(self) -> tuple[Glyph, Para, Para, QHBoxLayout]:
        """Made when there is something to say: every page has a banner, and most of them stay silent."""
        mark, title = glyph("info", "accent", 24), para("", "body", "ink", lead=1.5)
        body, tail = para("", "small", "ink2", lead=1.5), hbox(gap=8)
        self.setLayout(hbox(vbox(mark, None), (vbox(title, body, gap=0), 1), tail, gap=12, margins=(16, 8, 12, 8)))
        return mark, title, body, tail

    @property
    def title(self) -> Para:
        return self._parts[1]

    @property
    def body(self) -> Para:
        return self._parts[2]

    @property
    def tail(self) -> QHBoxLayout:
        """Where the one action stands."""
        return self._parts[3]

    def say(self, kind: str, title: str, body: str = "", *tail: QWidget) -> None:
        """Show a sentence: kind of STATUS, at most one action in `tail`."""
        self.kind = kind
        style = STATUS[kind]
        reframe(self, _GROUND.get(kind, "accent"))
        self._parts[0].show_icon(style.icon, style.ink)
        self.title.setText(em(title))
        self.body.setText(body)
        self.body.setVisible(bool(body))
        empty(self.tail)
        fill(self.tail, tail)
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        if self.parent() is not None:  # without one it would open as a window of its own
            self.show()

    def clear(self) -> None:
        """Nothing to say any more."""
        self.kind = ""
        self.hide()


def banner(kind: str, title: str, body: str = "", *tail: QWidget) -> Banner:
    """A banner that says something from the start: kind good, soon, late, refused or info."""
    out = Banner(silent=False)
    out.say(kind, title, body, *tail)
    return out


class Empty(QWidget):
    """An empty or failed place: a quiet drawn mark, what is so, what comes next, one action."""

    def __init__(self, icon_name: str, title: str, body: str = "", *actions: QWidget, ink: str = "ink3") -> None:
        super().__init__()
        self._icon, self._ink = icon_name, ink
        self._mark = glyph(icon_name, ink, 48)
        self._title = text(title, "heading", align=CENTER)
        self._body = para(body, "body", "ink2", align="center")
        self._actions = hbox(None, *actions, None)
        middle = (hbox(None, self._mark, None), 4, self._title, hbox(None, self._body, None), 8, self._actions)
        self.setLayout(vbox(None, *middle, None, gap=4))
        self.setAccessibleName(f"{title}。{body}")
        follow(self, self._restyle)

    def say(self, title: str, body: str = "", icon_name: str = "") -> None:
        """Other words in the same place."""
        self._title.setText(title)
        self._body.setText(body)
        if icon_name:
            self._mark.show_icon(icon_name, self._ink)
        self.setAccessibleName(f"{title}。{body}")

    def _restyle(self) -> None:
        self._body.setFixedWidth(THEME.px(400))


def three_lines(what: str, effect: str = "", steps: str = "") -> QWidget:
    """An error in full: 发生了什么, 影响, 请这样做. Each may be `rich(...)`, to set a button's name in bold."""
    out = QWidget()
    box = vbox(gap=12)
    for label, words in ((_("What happened"), what), (_("Effect"), effect), (_("What to do"), steps)):
        if words:
            name = text(label, "small", "ink3")
            name.setMinimumWidth(THEME.px(76))
            box.addLayout(hbox(vbox(name, None), (para(words), 1), gap=12))
    out.setLayout(box)
    return out


class Bar(QWidget):
    """A progress bar as thin as a rule. Below 0 the share is not known yet: the bar stays empty and the words say so."""

    def __init__(self, share: float = 0.0, width: int = 0, ink: str = "accent") -> None:
        super().__init__()
        self._share, self._ink = share, ink
        self.setFixedHeight(6)
        if width:
            self.setFixedWidth(width)
        self.fill(share)

    def fill(self, share: float) -> None:
        """Show another share, 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(_("Progress {percent} %").format(percent=round(self._share * 100)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setBrush(color(self._ink))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, 6), 3, 3)


def list_of(lines: Sequence[tuple[str, str, str]]) -> list[Any]:
    """Short lines with an icon each, (icon, ink, words), for the foot of a panel."""
    return [hbox(glyph(icon, ink, 16), (text(words, "small", "ink2" if ink in ("good", "ink3") else ink, elide=True), 1), gap=8)
            for icon, ink, words in lines]
