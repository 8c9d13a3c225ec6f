"""A year at a glance: twelve months of days; what is off, worked by exchange or local differs by shape and line, never by colour alone."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from views.common.layout import content, hbox
from views.common.text import CENTER, text
from views.rulebook.words import day_said
from views.theme import THEME, color, follow, font

ACROSS, ROWS = 4, 8  # months in a line; lines in a month: its name, the weekdays, six weeks
GAP = 16
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
KINDS = ("off", "work", "local_off", "local_work")


def draw_kind(painter: QPainter, box: QRectF, kind: str) -> None:
    """The shape behind a day: filled for off, edged with a foot for a make-up day, dashed for what is local."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    if kind in ("off", "local_off"):
        painter.setBrush(color("accent_soft"))
        painter.setPen(QPen(color("accent"), 1, Qt.PenStyle.DashLine if kind == "local_off" else Qt.PenStyle.SolidLine))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    elif kind in ("work", "local_work"):
        painter.setPen(QPen(color("soon"), 1, Qt.PenStyle.DashLine if kind == "local_work" else Qt.PenStyle.SolidLine))
        painter.drawRect(box)
        painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), color("soon"))


class YearView(QWidget):
    """Arrows move from day to day, Page Up and Page Down from month to month, Home and End to the ends of the year; `chosen` tells the day."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._days: OfficeCalendar | None = None
        self._kinds: dict[date, str] = {}
        self.day = self._today = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self, self._restyle)

    def show_year(self, days: OfficeCalendar, day: date, today: date) -> None:
        """The year of that day, standing on it."""
        first, count = date(day.year, 1, 1), 366 if months.isleap(day.year) else 365
        self._days, self._today = days, today
        self._kinds = {one: days.kind(one) for one in (first + timedelta(days=n) for n in range(count))}
        self._stand(day)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(ACROSS * 7 * THEME.px(22) + (ACROSS - 1) * GAP, 3 * ROWS * THEME.px(20) + 2 * GAP)

    def box_of(self, day: date) -> QRectF:
        """Where a day is drawn."""
        month = self._month(day.month)
        first = date(day.year, day.month, 1).weekday()
        line, column = divmod(first + day.day - 1, 7)
        wide, high = month.width() / 7, month.height() / ROWS
        return QRectF(month.left() + column * wide, month.top() + (line + 2) * high, wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.day, Qt.Key(event.key())
        if key in _STEPS:
            day += timedelta(days=_STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            number = day.month + (1 if key == Qt.Key.Key_PageDown else -1)
            if 1 <= number <= 12:
                day = date(day.year, number, min(day.day, months.monthrange(day.year, number)[1]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            day = date(day.year, 1, 1) if key == Qt.Key.Key_Home else date(day.year, 12, 31)
        else:
            super().keyPressEvent(event)
            return
        if day.year == self.day.year:
            self._stand(day)
            self.chosen.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for day in self._kinds:
            if self.box_of(day).contains(event.position()):
                self._stand(day)
                self.chosen.emit(day)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(1, 13):
            self._head(painter, number)
        painter.setFont(font("small"))
        for day, kind in self._kinds.items():
            self._day(painter, day, kind)

    def _head(self, painter: QPainter, number: int) -> None:
        month = self._month(number)
        high = month.height() / ROWS
        painter.setFont(font("small", bold=True))
        painter.setPen(color("ink"))
        painter.drawText(QRectF(month.left() + 4, month.top(), month.width(), high), Qt.AlignmentFlag.AlignVCenter, month_name(number))
        painter.setFont(font("small"))
        painter.setPen(color("ink3"))
        for column, word in enumerate(_("M T W T F S S").split()):
            painter.drawText(QRectF(month.left() + column * month.width() / 7, month.top() + high, month.width() / 7, high), CENTER, word)

    def _day(self, painter: QPainter, day: date, kind: str) -> None:
        cell = self.box_of(day)
        side = min(cell.width() - 2, cell.height() - 2)
        box = QRectF(cell.center().x() - (side + 6) / 2, cell.center().y() - side / 2, side + 6, side).intersected(cell.adjusted(1, 1, -1, -1))
        draw_kind(painter, box, kind)
        if day == self._today:
            painter.fillRect(QRectF(box.left() + 3, box.bottom() - 2, box.width() - 6, 2), color("ink"))
        if day == self.day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus" if self.hasFocus() else "ink2"), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.setPen(color("ink3" if kind == "rest" else "ink"))
        painter.drawText(cell, CENTER, str(day.day))

    def _month(self, number: int) -> QRectF:
        line, column = divmod(number - 1, ACROSS)
        wide = (self.width() - (ACROSS - 1) * GAP) / ACROSS
        high = (self.height() - 2 * GAP) / 3
        return QRectF(column * (wide + GAP), line * (high + GAP), wide, high)

    def _stand(self, day: date) -> None:
        self.day = day
        if self._days is not None:
            self.setAccessibleName(day_said(self._days, day))
        self.update()

    def _restyle(self) -> None:
        self.setMinimumSize(self.minimumSizeHint())
        self.update()


def month_name(number: int) -> str:
    """10月."""
    return _("January February March April May June July August September October November December").split()[number - 1]


class _Mark(QWidget):
    """One shape of the legend."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(THEME.px(24), THEME.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_kind(painter, QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), self._kind)


def legend() -> QWidget:
    """What the shapes mean."""
    words = {"off": _("day off"), "work": _("make-up working day"), "local_off": _("local day off"), "local_work": _("local working day")}
    parts = [part for kind in KINDS for part in (_Mark(kind), text(words[kind], "small", "ink2"), 8)]
    return content(hbox(*parts, None, gap=6))
