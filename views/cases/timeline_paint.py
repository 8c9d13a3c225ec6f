"""Draws the course of a case: lanes with the state of each stage, the axis with its folds, limits and today, and every mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from views.cases.axis import Column
from views.cases.course import Placed
from views.cases.marks import Mark
from views.common.tags import draw_gap
from views.common.text import CENTER, LEFT
from views.terms import stage_words
from views.theme import THEME, color, follow, font, paint_icon

if TYPE_CHECKING:
    from views.cases.timeline import Timeline

_STATES = {"good": ("check-circle", "good"), "late": ("x-circle", "late"), "wait": ("circle-dashed", "quiet")}


def paint_course(painter: QPainter, line: Timeline) -> None:
    """The whole picture; marks last, so that lines pass behind them."""
    columns = line.columns()
    _paint_lanes(painter, line)
    limits = {m.day: m for m in reversed(line.marks) if m.kind == "limit"}
    bottom = line.height() - 2.0
    for column in columns:
        _paint_column(painter, line, column, limits, bottom)
    _paint_heads(painter, line, columns, limits)
    for one in line.placed():
        _paint_mark(painter, one, one.mark is line.chosen)


def _paint_lanes(painter: QPainter, line: Timeline) -> None:
    for lane in line.lanes():
        now = lane.stage is line.stage
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, lane.top + 0.5), QPointF(line.width(), lane.top + 0.5))
        painter.setFont(font("body", bold=now))
        painter.setPen(color("ink" if now else "ink2"))
        painter.drawText(QRectF(0, lane.top, line.label_wide - 36, lane.high), LEFT, stage_words(lane.stage))
        kind = line.states.get(lane.stage)
        if kind is not None:
            name, ink = _STATES[kind]
            side = THEME.px(18)
            paint_icon(painter, name, QRectF(line.label_wide - side - 16, lane.top + (lane.high - side) / 2, side, side), color(ink))
    painter.setPen(QPen(color("line"), 1))
    painter.drawLine(QPointF(0, line.height() - 1.5), QPointF(line.width(), line.height() - 1.5))


def _paint_column(painter: QPainter, line: Timeline, column: Column, limits: dict[object, Mark], bottom: float) -> None:
    middle, day = column.x + column.wide / 2, column.strip.day
    if day is None:
        painter.setPen(QPen(color("line_strong", 0.6), 1, Qt.PenStyle.DotLine))
        for dx in (-2.5, 2.5):
            painter.drawLine(QPointF(middle + dx, line.head_high), QPointF(middle + dx, bottom))
        return
    if (limit := limits.get(day)) is not None:
        painter.setPen(QPen(color("late" if limit.late else "ink2"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, line.head_high - 3), QPointF(middle, bottom))
    elif day == line.ended:
        painter.setPen(QPen(color("ink3"), 1, Qt.PenStyle.DashDotLine))
        painter.drawLine(QPointF(middle, line.head_high - 3), QPointF(middle, bottom))
    if day == line.today:
        painter.setPen(QPen(color("accent"), 2))
        shift = 4 if limit is not None else 0
        painter.drawLine(QPointF(middle - shift, line.head_high - 3), QPointF(middle - shift, bottom))


def _head_words(line: Timeline, column: Column, limits: dict[object, Mark], room: float) -> tuple[str, str, bool]:
    """What stands over a strip, in which ink, and whether bold: the name of what was done there where it has room."""
    day = column.strip.day
    if day is None:
        return _("{n} d").format(n=column.strip.idle), "ink3", False
    short = f"{day:%m-%d}"
    limit = limits.get(day)
    if day == line.today:
        return _("today"), "accent", True
    if limit is not None:
        return f"{short} {limit.title.split('（')[0]}", "late" if limit.late else "ink", limit.late
    if day == line.ended:
        return _("end {day}").format(day=short), "ink2", False
    named = next((m for m in line.marks if m.kind == "activity" and m.day == day), None)
    with_name = f"{short} {named.title}" if named else short
    wide = QFontMetricsF(font("small")).horizontalAdvance(with_name)
    return (with_name if wide <= room else short), "ink2", False


def _paint_heads(painter: QPainter, line: Timeline, columns: Sequence[Column], limits: dict[object, Mark]) -> None:
    """The words over the strips: today's and those of limits first, the others where they touch none."""
    taken: list[QRectF] = []
    must = [c for c in columns if c.strip.day is not None and (c.strip.day == line.today or c.strip.day in limits)]
    for column in (*must, *(c for c in columns if c not in must)):
        words, ink, bold = _head_words(line, column, limits, column.wide - 8)
        written = font("small", bold=bold)
        measure = QFontMetricsF(written)
        words = measure.elidedText(words, Qt.TextElideMode.ElideRight, THEME.px(150))
        wide = measure.horizontalAdvance(words) + 8
        x = min(column.x + column.wide / 2 - wide / 2, line.width() - wide)
        box = QRectF(x, 0, wide, line.head_high)
        if column in must:
            while any(box.intersects(one) for one in taken):
                box.moveLeft(max(one.right() for one in taken if box.intersects(one)) + 1)
            box.setRight(min(box.right(), line.width()))
            if measure.horizontalAdvance(words) > box.width() - 4:  # the day alone rather than half a name; its flag tells the rest
                words = words.split(" ")[0]
        if any(box.intersects(one) for one in taken):
            continue
        taken.append(box)
        painter.setFont(written)
        painter.setPen(color(ink))
        painter.drawText(box, CENTER, words)


def _paint_mark(painter: QPainter, one: Placed, chosen: bool) -> None:
    mark, box = one.mark, one.box
    if chosen:
        painter.setPen(QPen(color("focus"), 2))
        painter.setBrush(color("accent_soft"))
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 4, 4)
    if mark.kind == "activity":
        painter.setPen(QPen(color("line_strong", 0.7), 1))
        painter.setBrush(color("quiet_soft"))
        painter.drawRoundedRect(box, 5, 5)
    elif mark.kind == "gap":
        draw_gap(painter, box)
        _gap_words(painter, one)
    elif mark.kind == "seal":
        _seal(painter, box)
    elif mark.kind == "limit":
        side = min(box.height(), float(THEME.px(18)))
        paint_icon(painter, "flag", QRectF(box.x() + 3, box.center().y() - side / 2, side, side), color("late" if mark.late else "ink2"))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent" if mark.kind == "bar" else "ink"))
        painter.drawRoundedRect(box, 2, 2)


def _gap_words(painter: QPainter, one: Placed) -> None:
    if one.label is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("late"))
    painter.drawRoundedRect(one.label, 3, 3)
    painter.setPen(color("surface"))
    painter.setFont(font("small", bold=True))
    painter.drawText(one.label, CENTER, one.mark.brief)


def _seal(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(color("late"), 1.5))
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(color("late"))
    painter.setFont(font("small", bold=True))
    painter.drawText(box, CENTER, "批")


class Key(QWidget):
    """One entry of the legend: a small drawing and its word."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__()
        self._kind, self._words = kind, words
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(THEME.px(26) + int(QFontMetricsF(font("small")).horizontalAdvance(self._words)) + 4, THEME.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self._kind == "fold":
            painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.DotLine))
            for x in (9, 14):
                painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))
        elif self._kind == "gap":
            draw_gap(painter, QRectF(4, middle - 6, 14, 12))
        elif self._kind == "seal":
            _seal(painter, QRectF(2, middle - 9, 18, 18))
        elif self._kind == "activity":
            painter.setPen(QPen(color("line_strong", 0.7), 1))
            painter.setBrush(color("quiet_soft"))
            painter.drawRoundedRect(QRectF(3, middle - 6, 16, 12), 4, 4)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("ink" if self._kind == "tick" else "accent"))
            painter.drawRoundedRect(QRectF(10, middle - 7, 3, 14) if self._kind == "tick" else QRectF(4, middle - 4, 14, 8), 2, 2)
        painter.setPen(color("ink2"))
        painter.setFont(font("small"))
        painter.drawText(QRectF(THEME.px(24), 0, self.width() - THEME.px(24), self.height()), LEFT, self._words)


def legend() -> list[QWidget]:
    """What the marks mean."""
    return [Key("tick", _("paper")), Key("bar", _("recording")), Key("activity", _("activity")), Key("seal", _("approved")),
            Key("gap", _("not recorded")), Key("fold", _("idle days, folded"))]
