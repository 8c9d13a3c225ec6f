"""The words over every picture: who looks, when, under which approval; diagonal, legible on light and dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from views.theme import font

_TURN, _APART = -22, 104  # degrees; pixels between the rows
_LIGHT, _EDGE = QColor(255, 255, 255, 62), QColor(0, 0, 0, 46)  # white 24 %, with a dark edge


class Watermark:
    """Drawn once for a size and kept as a pixmap: it lies over video at thirty pictures a second."""

    def __init__(self) -> None:
        self._words = ""
        self._kept: tuple[str, QSize, float] | None = None
        self._pixmap = QPixmap()

    def say(self, lines: tuple[str, ...]) -> None:
        self._words = "  ".join(filter(None, lines))

    @property
    def words(self) -> str:
        return self._words

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Lay the words over `box`."""
        if not self._words or box.isEmpty():
            return
        ratio = painter.device().devicePixelRatioF()
        key = (self._words, (box.size() * ratio).toSize(), ratio)
        if key != self._kept:
            self._kept, self._pixmap = key, self._drawn(box, ratio)
        painter.drawPixmap(box.topLeft(), self._pixmap)

    def _drawn(self, box: QRectF, ratio: float) -> QPixmap:
        out = QPixmap((box.size() * ratio).toSize())
        out.setDevicePixelRatio(ratio)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font("body"))
        step = QFontMetricsF(painter.font()).horizontalAdvance(self._words) + 72
        painter.translate(box.width() / 2, box.height() / 2)
        painter.rotate(_TURN)
        reach = (box.width() + box.height()) / 2
        rows, columns = int(reach // _APART) + 1, int(reach // step) + 2
        for row in range(-rows, rows + 1):
            for column in range(-columns, columns + 1):
                at = QPointF((column - 0.5) * step + (row % 2) * step / 2, row * _APART)
                for shift, ink in ((QPointF(1, 1), _EDGE), (QPointF(0, 0), _LIGHT)):
                    painter.setPen(ink)
                    painter.drawText(at + shift, self._words)
        painter.end()
        return out
