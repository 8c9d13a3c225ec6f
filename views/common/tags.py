"""Status chips and secrecy labels, as widgets and as drawings for delegates."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.common.text import LEFT, dot
from views.theme import THEME, color, follow, font, paint_icon

AA = QPainter.RenderHint.Antialiasing


class Style(NamedTuple):
    """How a tag looks: icon, ink, ground, edge ("" none), corner radius."""

    icon: str
    ink: str
    ground: str
    edge: str
    radius: int


STATUS = {
    "good": Style("check-circle", "good", "good_soft", "", 12),
    "late": Style("x-circle", "late", "late_soft", "", 12),
    "soon": Style("warning-diamond", "soon", "soon_soft", "", 12),
    "quiet": Style("minus-circle", "quiet", "quiet_soft", "", 12),
    "wait": Style("circle-dashed", "quiet", "quiet_soft", "", 12),
    "info": Style("info", "accent", "accent_soft", "", 12),
    "run": Style("hourglass-medium", "accent", "accent_soft", "", 12),
    "refused": Style("prohibit", "late", "late_soft", "late", 12),
}
# Secrecy labels differ by icon and edge, not only by colour; only a state secret is a filled red block.
LABELS = {
    "open": Style("globe-simple", "quiet", "surface", "line_strong", 2),
    "internal": Style("buildings", "ink2", "quiet_soft", "quiet_soft", 2),
    "privacy": Style("user", "privacy", "privacy_soft", "privacy", 2),
    "trade": Style("lock-simple", "soon", "soon_soft", "soon", 2),
    "state": Style("shield-warning", "on_seal", "seal", "seal", 2),
}


def label_words(label: str) -> str:
    """The words of a secrecy label."""
    return {
        "open": _("Public"),
        "internal": _("Internal"),
        "privacy": _("Personal privacy"),
        "trade": _("Trade secret"),
        "state": _("State secret"),
    }[label]


def tag_width(words: str, face: QFont | None = None) -> float:
    """How wide a tag with these words is."""
    return THEME.px(28) + QFontMetricsF(face or font("small")).horizontalAdvance(words) + THEME.px(8)


def draw_tag(painter: QPainter, x: float, y: float, words: str, style: Style) -> float:
    """Paint icon and words in a small box and return its width; delegates and widgets share it."""
    face, height = font("small"), THEME.px(24)
    box = QRectF(x, y, tag_width(words, face), height)
    painter.save()
    painter.setRenderHint(AA)
    painter.setBrush(color(style.ground))
    high = THEME.contrast is not None
    painter.setPen(QPen(color(style.edge or "ink"), 1) if style.edge or high else Qt.PenStyle.NoPen)
    radius = min(THEME.px(style.radius), height / 2)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if style.edge or high else box, radius, radius)
    side = THEME.px(16)
    paint_icon(painter, style.icon, QRectF(x + THEME.px(8), y + (height - side) / 2, side, side), color(style.ink))
    painter.setFont(face)
    painter.setPen(color(style.ink))
    painter.drawText(QRectF(x + THEME.px(28), y, box.width() - THEME.px(28), height), LEFT, words)
    painter.restore()
    return box.width()


def draw_gap(painter: QPainter, box: QRectF) -> None:
    """A stretch that should have been recorded and was not: edge and hatching, so that it also reads without colour."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("late_soft"))
    painter.drawRect(box)
    painter.setClipRect(box)
    painter.setPen(QPen(color("late"), 1))
    for k in range(int((box.width() + box.height()) / 4) + 1):
        x = box.left() - box.height() + k * 4
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
    painter.setClipping(False)
    painter.setPen(QPen(color("late"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.restore()


class Tag(QWidget):
    """Icon and words in a small box."""

    def __init__(self, words: str, style: Style) -> None:
        super().__init__()
        self._style = style
        self.words = dot(words)
        follow(self, self._restyle)

    def show_tag(self, words: str, style: Style) -> None:
        """Another state in the same place."""
        self.words, self._style = dot(words), style
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedSize(int(tag_width(self.words) + 1), THEME.px(24))
        self.setAccessibleName(self.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_tag(QPainter(self), 0, 0, self.words, self._style)


def chip(words: str, kind: str) -> Tag:
    """Status: rounded, soft ground, icon first. kind of STATUS; a refusal also has an edge, for it may stand on a tinted row."""
    return Tag(words, STATUS[kind])


def badge(label: str, words: str = "") -> Tag:
    """Secrecy label: square, edged, with an icon. label of LABELS; `words` puts a statutory mark in place of the name."""
    return Tag(words or label_words(label), LABELS[label])
