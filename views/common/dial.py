"""Clocks: the dial of what is left, the strip of counted days, and the row that opens into its sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.i18n import _
from desktop.policy.strip import StripDay
from views.common.measures import weekday
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
        paint_dial(painter, QRectF(self.rect()), self.left, self.kind)


def paint_dial(painter: QPainter, place: QRectF, left: float, kind: str) -> None:
    """A dial in its place: the arc of what is left, 0 to 1, or the crossed disc of what is late."""
    box = place.adjusted(3, 3, -3, -3)
    inset = box.width() * 0.235
    inner = box.adjusted(inset, inset, -inset, -inset)
    if kind == "late":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("late"))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        paint_icon(painter, "x", inner, color("surface"))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("line"), 3))
    painter.drawEllipse(box)
    pen = QPen(color("soon" if kind == "soon" else "accent"), 4)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(box, 90 * 16, int(min(max(left, 0), 1) * 360 * 16))
    paint_icon(painter, "clock-countdown" if kind == "soon" else "clock", inner, color("ink2"))


@dataclass(frozen=True)
class _Inks:
    ink: QColor
    faint: QColor
    line: QColor
    ground: QColor


class DayStrip(QWidget):
    """The sum of a deadline, one box a day: counted days numbered, skipped days hatched, today ringed, the last one filled.

    The last day as counted, where the limit rolls over to a later one, is edged. As many days stand in a row as there is room for;
    a tooltip says of each day why it is skipped.
    """

    BOX, ROW = 24, 50
    MOST, LEAST, NARROW, WIDE = 31, 7, 24, 44

    def __init__(self, days: Sequence[StripDay], today: date | None = None, on_paper: bool = False) -> None:
        super().__init__()
        self._days, self._today, self._on_paper = list(days), today, on_paper
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(strip_words(days))
        follow(self, self._restyle)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-len(self._days) // self._per_row(width)) * THEME.px(self.ROW)

    def sizeHint(self) -> QSize:
        return QSize(THEME.px(self.NARROW) * min(len(self._days), self.MOST), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(THEME.px(self.NARROW) * self.LEAST, THEME.px(self.ROW))

    def _restyle(self) -> None:
        self.updateGeometry()

    def _per_row(self, width: int) -> int:
        return max(min(int(width / THEME.px(self.NARROW)), self.MOST), self.LEAST)

    def _step(self) -> float:
        return min(float(THEME.px(self.WIDE)), self.width() / min(self._per_row(self.width()), max(len(self._days), 1)))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            per_row = self._per_row(self.width())
            column, row = int(event.pos().x() / self._step()), event.pos().y() // THEME.px(self.ROW)
            at = row * per_row + column
            if column < per_row and at < len(self._days):
                QToolTip.showText(event.globalPos(), day_line(self._days[at]), self)
            return True
        return bool(super().event(event))

    def _inks(self) -> _Inks:
        if self._on_paper:
            return _Inks(color("paper_ink"), QColor("#5A5F62"), QColor("#C9C5BA"), color("paper"))
        return _Inks(color("ink"), color("ink3"), color("line"), color("sunken"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        inks, step, per_row = self._inks(), self._step(), self._per_row(self.width())
        for i, day in enumerate(self._days):
            x, y = (i % per_row) * step, (i // per_row) * THEME.px(self.ROW)
            self._heading(painter, QRectF(x - 6, y, step + 10, THEME.px(19)), day.day, inks)
            box = QRectF(x + 1.5, y + THEME.px(20) + 0.5, step - 4, THEME.px(self.BOX))
            if day.kind == "start":
                self._outline(painter, box, inks.ink, _("from"))
            elif day.kind == "skip":
                self._skip(painter, box, day, inks)
            else:
                self._count(painter, box, day, inks)
            if day.day == self._today:
                self._ring(painter, box)

    def _heading(self, painter: QPainter, box: QRectF, day: date, inks: _Inks) -> None:
        month = day.day == 1
        painter.setFont(font("small", bold=month))
        painter.setPen(inks.ink if month else inks.faint)
        painter.drawText(box, CENTER, _("M{month}").format(month=day.month) if month else str(day.day))

    def _outline(self, painter: QPainter, box: QRectF, ink: QColor, words: str) -> None:
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font("small"))
        painter.drawText(box, CENTER, words)

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)

    def _skip(self, painter: QPainter, box: QRectF, day: StripDay, inks: _Inks) -> None:
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
        painter.drawText(box, CENTER, weekday_letter(day.day.weekday()))

    def _count(self, painter: QPainter, box: QRectF, day: StripDay, inks: _Inks) -> None:
        today = day.day == self._today
        past = self._today is not None and day.day <= self._today
        due = day.kind == "due"
        if self._on_paper:
            fill, ink = (color("paper_ink"), QColor("#FFFFFF")) if due else (QColor("#EAE6DC"), color("paper_ink"))
        elif due:
            fill, ink = color("soon"), color("surface")
        else:
            fill, ink = (color("accent_soft"), color("accent")) if past else (color("quiet_soft"), color("ink2"))
        painter.setPen(QPen(color("soon"), 2) if day.kind == "raw" else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(ink)
        painter.setFont(font("small", bold=due or today or day.kind == "raw"))
        painter.drawText(box, CENTER, str(day.number) if day.number else _("till"))


def weekday_letter(number: int) -> str:
    """The weekday as one letter, 0 Monday: 一二三四五六日."""
    return _("MTWTFSS")[number]


def day_line(day: StripDay) -> str:
    """What a tooltip says of one day: 2026-10-01（星期四），国庆节假日，不计."""
    head = f"{day.day:%Y-%m-%d}（{weekday(day.day)}）"
    said = {"start": _("the day it starts, not counted"), "skip": _("not counted"), "raw": _("day {n}, the last as counted").format(n=day.number),
            "due": _("due")}.get(day.kind) or _("day {n}").format(n=day.number)
    return "，".join(filter(None, (head, day.why, said)))


def strip_words(days: Sequence[StripDay]) -> str:
    """The strip as a sentence: how many days are counted, how many are skipped and why."""
    counted, skipped = sum(d.number > 0 for d in days), [d for d in days if d.kind == "skip"]
    words = _("Days of the term: {counted} counted, {skipped} skipped").format(counted=counted, skipped=len(skipped))
    reasons = dict.fromkeys(d.why for d in skipped if d.why)
    return f"{words}（{'、'.join(reasons)}）" if reasons else words
