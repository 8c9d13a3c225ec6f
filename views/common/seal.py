"""The seal of 兰台: drawn, not set."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.theme import THEME, color, follow

WIDTH, HEIGHT = 12.0, 16.4
# 兰 over 台 as polylines on the grid above; square caps, one stroke width, like a carved 方篆.
STROKES = [
    [(3.1, 1.35), (3.9, 2.75)], [(8.9, 1.35), (8.1, 2.75)], [(1.5, 3.4), (10.5, 3.4)], [(2.9, 5.35), (9.1, 5.35)],
    [(1.5, 7.3), (10.5, 7.3)], [(5.3, 8.95), (2.3, 11.35), (9.3, 11.35)], [(7.3, 9.35), (9.9, 11.75)],
    [(2.6, 13.15), (9.4, 13.15), (9.4, 15.05), (2.6, 15.05), (2.6, 13.15)],
]  # fmt: skip
WORN = [(0, 5.2, 0.34), (12, 9.6, 0.42), (4.6, 0, 0.3), (8.2, 16.4, 0.36), (12, 2.1, 0.22)]


class Seal(QWidget):
    """白文 seal: red ground, strokes left white, edges slightly worn."""

    def __init__(self, height: int = 48) -> None:
        super().__init__()
        self._height = height
        self.setAccessibleName(_("Seal of Lantai"))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        height = THEME.px(self._height)
        self.setFixedSize(round(height * WIDTH / HEIGHT), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_seal(QPainter(self), QRectF(self.rect()))


def paint_seal(painter: QPainter, box: QRectF) -> None:
    """Draw the seal into a box of 12 to 16.4."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = box.height() / HEIGHT
    body = QPainterPath()
    body.addRoundedRect(box, unit * 0.9, unit * 0.9)
    for x, y, size in WORN:
        bite = QPainterPath()
        bite.addEllipse(QPointF(box.left() + x * unit, box.top() + y * unit), size * unit, size * unit * 1.3)
        body = body.subtracted(bite)
    strokes = QPainterPath()
    for line in STROKES:
        points = [QPointF(box.left() + x * unit, box.top() + y * unit) for x, y in line]
        strokes.moveTo(points[0])
        for point in points[1:]:
            strokes.lineTo(point)
    painter.fillPath(body, color("seal"))
    pen = QPen(color("on_seal"), 1.12 * unit)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap if unit > 3 else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.strokePath(strokes, pen)
