"""Titled surfaces, page heads, name-and-value pairs: what a page is built of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from views.common.buttons import Button, tool
from views.common.layout import content, fill, frame, hbox, reframe, rule, vbox
from views.common.text import Text, para, text
from views.theme import THEME, follow


class Panel(QFrame):
    """A titled surface: title left, quiet actions right, content below. `heading` and `body` may be changed later."""

    def __init__(self, title: str, tail: tuple[Any, ...] = (), gap: int = 8, pad: int | None = None) -> None:
        super().__init__()
        self._pad = pad
        self.setProperty("panel", "plain")
        self.heading: Text = text(title, "heading", elide=True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # shown whole wherever there is room
        self.tail: QHBoxLayout = hbox(*tail, gap=8)
        for part in tail:  # actions in a panel's head are small, so that heads line up
            if isinstance(part, QPushButton):
                part.setProperty("mini", True)
        head = hbox((self.heading, 1), self.tail, gap=8)
        head.addStrut(THEME.px(28))
        self.head = content(head)
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body: QVBoxLayout = vbox(gap=gap)
        self.setLayout(vbox(self.head, (self.body, 1), gap=gap))
        self.setAccessibleName(title)
        follow(self, self._restyle)

    def rename(self, title: str) -> None:
        """Another title."""
        self.heading.setText(title)
        self.setAccessibleName(title)

    def _restyle(self) -> None:
        pad = THEME.metric("pad") if self._pad is None else self._pad
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(pad, 12, pad, pad)


def panel(title: str, *parts: Any, tail: tuple[Any, ...] = (), gap: int = 8, pad: int | None = None) -> Panel:
    """A titled surface holding `parts` one under the other; `tail` are its quiet actions."""
    out = Panel(title, tail, gap, pad)
    fill(out.body, parts)
    if not out.body.expandingDirections() & Qt.Orientation.Vertical:
        out.body.addStretch(1)  # rows of fixed height stay at the top of a tall panel
    return out


class PageHead(QWidget):
    """The head of a page: back arrow if there is a way back, title and second line left, actions right, the primary one last."""

    def __init__(
        self,
        title: str,
        tail: tuple[Any, ...] = (),
        sub: str = "",
        back: Callable[[], object] | None = None,
        hint: str = "",
        song: bool = False,
    ) -> None:
        super().__init__()
        self.title: Text = text(title, "title", face="serif" if song else "sans", elide=True)
        self.sub: Text = text(sub, "small", "ink2", elide=True)
        if not sub:  # never setVisible(True) on a part without a parent: it would open as a window of its own
            self.sub.hide()
        self.tail: QHBoxLayout = hbox(*tail, gap=8)
        left: list[Any] = []
        if back is not None:
            self.back: Button = tool("arrow-left", f"{hint}  Alt+←", on=back)  # the key itself belongs to the window
            left.append(self.back)
        self.setLayout(hbox(*left, (vbox(self.title, self.sub, gap=0), 1), self.tail, gap=8))

    def say(self, title: str, sub: str = "") -> None:
        """Another title and second line."""
        self.title.setText(title)
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))


def page_head(
    title: str, *tail: Any, sub: str = "", back: Callable[[], object] | None = None, hint: str = "", song: bool = False
) -> PageHead:
    """The head of a page; `song` sets a case's title in Song, `back` puts an arrow before it with `hint` as its words."""
    return PageHead(title, tail, sub, back, hint, song)


def pair(
    label: str,
    value: str | QWidget,
    width: int = 72,
    ink: str = "ink",
    face: str = "sans",
    bold: bool | None = None,
    elide: bool = True,
) -> QHBoxLayout:
    """Name and value on one line; names share a width so that values align."""
    name = text(label, "small", "ink3")
    name.setMinimumWidth(max(width, name.sizeHint().width()))  # a longer name is never cut for its value
    shown = text(value, "body", ink, face, bold, elide=elide) if isinstance(value, str) else value
    return hbox(name, (shown, 1), gap=8)


def fact(label: str, value: str, bold: bool = False) -> QHBoxLayout:
    """Name and value in a line of several, as under a case's title; to be set side by side with a gap of 24 px."""
    return hbox(text(label, "small", "ink3"), text(value, "body", bold=bold), gap=8)


class Row(QFrame):
    """A list row that can be chosen and opened with keyboard and mouse: Enter, Space or a click call `on`."""

    def __init__(self, layout: Any, name: str, on: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._on = on
        self.setProperty("panel", "bare")
        self.setLayout(layout)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)
        if on:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def choose(self, chosen: bool) -> None:
        """Show it as the chosen one."""
        reframe(self, "chosen" if chosen else "bare")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._on and event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._on()


def quote(words: str) -> QFrame:
    """A quoted article in Song beside a rule; `words` carry their own marks “ ”."""

    return frame(hbox(rule("v"), (para(words, "body", "ink", "serif"), 1), gap=12), "bare", words)
