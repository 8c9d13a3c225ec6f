"""Boxes, frames, rules and scrolling places: how parts stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from views.theme import color

Margins = tuple[int, int, int, int]


def fill(box: QBoxLayout, items: Iterable[Any]) -> QBoxLayout:
    """Add widgets, layouts, gaps (int px), stretches (None) and (part, stretch) pairs to a box."""
    for item in items:
        part, stretch = item if isinstance(item, tuple) else (item, 0)
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part, stretch)
        else:
            box.addLayout(part, stretch)
    return box


def hbox(*items: Any, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts side by side; see `fill` for what may stand in it."""
    box = QHBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    fill(box, items)
    return box


def vbox(*items: Any, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts one under the other; see `fill` for what may stand in it."""
    box = QVBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    fill(box, items)
    return box


def content(layout: QLayout) -> QWidget:
    """A layout as a bare widget."""
    out = QWidget()
    out.setLayout(layout)
    return out


def frame(layout: QLayout, panel: str = "plain", name: str = "") -> QFrame:
    """A surface with a hairline: plain, sunken, late, soon, good, accent, dialog, chosen, paper, bar, foot, rail, seg, bare."""
    out = QFrame()
    out.setProperty("panel", panel)
    out.setLayout(layout)
    out.setAccessibleName(name)
    return out


def reframe(part: QFrame, panel: str) -> None:
    """Change the kind of a surface already shown."""
    if part.property("panel") != panel:
        part.setProperty("panel", panel)
        repolish(part)


def repolish(part: QWidget) -> None:
    """Make the style sheet look again at a part whose attribute changed.

    Not by `part.style()`: PySide keeps what that returns beyond the life of the style, which ends with the part that wears the sheet,
    and takes the next object at that address for it.
    """
    part.setStyleSheet(part.styleSheet())
    part.update()


def rule(kind: str = "h") -> QFrame:
    """A hairline, lying (h) or standing (v)."""
    out = QFrame()
    out.setProperty("rule", kind)
    return out


def wings(owner: QWidget) -> QWidget:
    """Where the parts of `owner` wait that are not in view: not in the window, and so neither dressed nor measured with it."""
    out = QWidget()
    owner.destroyed.connect(out.deleteLater)
    return out


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


class Fade(QWidget):
    """The last 20 px of a scrolling place fade while more follows, so a half-seen row reads as "more", not as an error."""

    HEIGHT = 20

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        area.installEventFilter(self)
        area.verticalScrollBar().rangeChanged.connect(self.place)
        area.verticalScrollBar().valueChanged.connect(self.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.place()
        return False

    def place(self, *_: object) -> None:
        bar = self._area.verticalScrollBar()
        self.setVisible(bar.value() < bar.maximum())
        self.setGeometry(0, self._area.height() - self.HEIGHT, self._area.width() - 12, self.HEIGHT)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QLinearGradient  # here, because it makes PySide name all 170 presets of gradients

        ground = QLinearGradient(0, 0, 0, self.HEIGHT)
        ground.setColorAt(0, color("surface", 0))
        ground.setColorAt(0.8, color("surface"))
        QPainter(self).fillRect(self.rect(), ground)


class Area(QScrollArea):
    """A scroll area that asks for little: the stock one asks for up to 24 lines and would push its neighbours about."""

    def sizeHint(self) -> QSize:
        return QSize(160, 120)


class PageScroll(Area):
    """Holds a page at its true minimum height. `widgetResizable` would ask for the preferred one and scroll too early."""

    def __init__(self, page: QWidget | None, bars: bool = True) -> None:
        super().__init__()
        self._bar = 12 if bars else 0
        if not bars:  # the rail: scrolled by focus and wheel only
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()  # one of our own: to be given a widget that Qt made, PySide first makes every class of QtWidgets
        ground.setAutoFillBackground(False)
        self.setViewport(ground)
        if page is not None:
            self.hold(page)

    def hold(self, page: QWidget) -> None:
        """Show this page; best one that was made inside the viewport."""
        self.setWidget(page)
        page.setAutoFillBackground(False)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show) and watched is self.widget():
            self.fit()
        return bool(super().eventFilter(watched, event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the page the whole view, or its least size where the view is smaller; what is not seen is measured when it is."""
        page = self.widget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None or not self.isVisible():
            return
        layout.activate()
        full, least = self.maximumViewportSize(), layout.totalMinimumSize().width()
        width = max(full.width(), least)
        if least_height(layout, width) > full.height():
            width = max(full.width() - self._bar, least)
        height = full.height() - (self._bar if width > full.width() else 0)
        page.resize(width, max(height, least_height(layout, width)))


def least_height(layout: QLayout, width: int) -> int:
    """The least height of a layout at a width, with the wrapped text in it counted."""
    return layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalMinimumSize().height()


def scroll(part: QWidget, name: str = "", fade: bool = True) -> Area:
    """A part that scrolls by itself inside a panel."""
    area = PageScroll(part)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    if fade:
        Fade(area)
    return area
