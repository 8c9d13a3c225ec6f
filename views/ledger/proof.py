"""Why one entry is proven: its path from the root is drawn strong, the rest faint; the last three levels only, and it says so."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.theme import THEME, color, follow

LEVELS = 3


class ProofTree(QWidget):
    """Squares joined by lines; what is proven is filled, what was needed for it is edged."""

    def __init__(self) -> None:
        super().__init__()
        self._turns: tuple[bool, ...] = ()
        self._holds = True
        follow(self, self._restyle)

    def show_path(self, turns: tuple[bool, ...], steps: int, holds: bool) -> None:
        """The first turns down from the root, True to the right; `steps` of the whole path."""
        self._turns, self._holds = turns, holds
        words = _("Path of proof, {steps} steps, the {drawn} nearest to the root are drawn")
        self.setAccessibleName(words.format(steps=steps, drawn=len(turns)))
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(THEME.px(116))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        levels = min(len(self._turns), LEVELS)
        path, index = {(0, 0)}, 0
        for level, right in enumerate(self._turns[:LEVELS], 1):
            index = index * 2 + int(right)
            path.add((level, index))
        step = (self.height() - 20) / LEVELS
        at = {(level, i): QPointF(self.width() * (i + 0.5) / 2**level, 10 + step * level)
              for level in range(levels + 1) for i in range(2**level)}
        ink = "good" if self._holds else "late"
        for (level, i), place in at.items():
            if level:
                on = (level, i) in path
                painter.setPen(QPen(color(ink) if on else color("line_strong", 0.55), 2 if on else 1))
                painter.drawLine(place, at[level - 1, i // 2])
        for (level, i), place in at.items():
            on, beside = (level, i) in path, level > 0 and (level, i ^ 1) in path
            half = 7.0 if level < LEVELS else 6.0
            painter.setPen(QPen(color(ink) if on or beside else color("line_strong"), 2 if on or beside else 1, Qt.PenStyle.SolidLine))
            painter.setBrush(color(ink) if on else color("surface"))
            painter.drawRoundedRect(QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half), 3, 3)
