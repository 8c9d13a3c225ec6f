"""Clocks: the dial of what is left, the strip of counted days, and the row that opens into its sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.common.text import CENTER
from views.theme import THEME, color, follow, font, paint_icon

AA = QPainter.RenderHint.Antialiasing


class Dial(QWidget):
    """What is left of a clock as an arc, 0 to 1; the words beside it say the same. kind: late, soon or calm."""

    def __init__(self, left: float, kind: str = "soon", size: int = 40) -> None:
        super().__init__()
        self.left, self.kind, self._size = left, kind, size
        follow(self, self._restyle)

    def turn(self, left: float, kind: str) -> None:
        """Another time left."""
        self.left, self.kind = left, kind
        self.update()

    def _restyle(self) -> None:
        self.setFixedSize(THEME.px(self._size), THEME.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        inset = box.width() * 0.235
        inner = box.adjusted(inset, inset, -inset, -inset)
        if self.kind == "late":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("late"))
            painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
            paint_icon(painter, "x", inner, color("surface"))
            return
        painter.setPen(QPen(color("line"), 3))
        painter.drawEllipse(box)
        pen = QPen(color("soon" if self.kind == "soon" else "accent"), 4)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, int(min(max(self.left, 0), 1) * 360 * 16))
        paint_icon(painter, "clock-countdown" if self.kind == "soon" else "clock", inner, color("ink2"))


@dataclass(frozen=True)
class Day:
    """One box of a strip: day of the month, month, weekday (0 Monday), kind start, count, skip or due."""

    day: int
    month: int
    weekday: int
    kind: str


@dataclass(frozen=True)
class _Inks:
    ink: QColor
    faint: QColor
    line: QColor
    ground: QColor


class DayStrip(QWidget):
    """The sum of a deadline, one box a day: counted days numbered, skipped days hatched, today ringed, the last one filled."""

    BOX, ROW = 24, 50

    def __init__(self, days: Sequence[Day], today: int = -1, per_row: int = 15, on_paper: bool = False) -> None:
        super().__init__()
        self._days, self._today, self._per_row, self._on_paper = list(days), today, per_row, on_paper
        counted = sum(d.kind in ("count", "due") for d in days)
        skipped = sum(d.kind == "skip" for d in days)
        spoken = _("Days of the term: {counted} counted, {skipped} skipped")
        self.setAccessibleName(spoken.format(counted=counted, skipped=skipped))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFixedHeight(-(-len(self._days) // self._per_row) * THEME.px(self.ROW))
        self.setMinimumWidth(self._per_row * THEME.px(22))

    def _inks(self) -> _Inks:
        if self._on_paper:
            return _Inks(color("paper_ink"), QColor("#5A5F62"), QColor("#C9C5BA"), color("paper"))
        return _Inks(color("ink"), color("ink3"), color("line"), color("sunken"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        inks, step, number = self._inks(), min(float(THEME.px(44)), self.width() / self._per_row), 0
        for i, day in enumerate(self._days):
            x, y = (i % self._per_row) * step, (i // self._per_row) * THEME.px(self.ROW)
            self._heading(painter, QRectF(x - 6, y, step + 10, THEME.px(19)), day, inks)
            box = QRectF(x + 1.5, y + THEME.px(20) + 0.5, step - 4, THEME.px(self.BOX))
            number += day.kind in ("count", "due")
            if day.kind == "start":
                self._outline(painter, box, inks.ink, _("from"))
            elif day.kind == "skip":
                self._skip(painter, box, day, inks)
            else:
                self._count(painter, box, i, number, day.kind == "due")

    def _heading(self, painter: QPainter, box: QRectF, day: Day, inks: _Inks) -> None:
        first = day.day == 1
        painter.setFont(font("small", bold=first))
        painter.setPen(inks.ink if first else inks.faint)
        painter.drawText(box, CENTER, _("M{month}").format(month=day.month) if first else str(day.day))

    def _outline(self, painter: QPainter, box: QRectF, ink: QColor, words: str) -> None:
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.drawText(box, CENTER, words)

    def _skip(self, painter: QPainter, box: QRectF, day: Day, inks: _Inks) -> None:
        self._outline(painter, box, inks.line, "")
        painter.save()
        painter.setClipRect(box.adjusted(1, 1, -1, -1))
        for k in range(-4, 12):
            left = box.left() + k * 6
            painter.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
        painter.restore()
        side = THEME.px(16)
        painter.fillRect(QRectF(box.center().x() - side / 2, box.center().y() - side / 2 - 1, side, side + 2), inks.ground)
        painter.setPen(inks.faint)
        painter.drawText(box, CENTER, weekday_letter(day.weekday))

    def _count(self, painter: QPainter, box: QRectF, i: int, number: int, due: bool) -> None:
        past = 0 <= i <= self._today
        if self._on_paper:
            fill, ink = (color("paper_ink"), QColor("#FFFFFF")) if due else (QColor("#EAE6DC"), color("paper_ink"))
        elif due:
            fill, ink = color("soon"), color("surface")
        else:
            fill, ink = (color("accent_soft"), color("accent")) if past else (color("quiet_soft"), color("ink2"))
        painter.setPen(QPen(color("accent"), 2) if i == self._today else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(ink)
        painter.setFont(font("small", bold=due or i == self._today))
        painter.drawText(box, CENTER, str(number))


def weekday_letter(number: int) -> str:
    """The weekday as one letter, 0 Monday: 一二三四五六日."""
    return _("MTWTFSS")[number]
