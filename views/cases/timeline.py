"""办案过程: the stages of a case as lanes, papers as ticks, recordings as bars, on the elastic axis; arrows move from mark to mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.cases import Folder
from desktop.i18n import _
from models import timecode
from models.terms import RecordId, Stage
from views.cases.axis import Mark, Strip, marks_of, strips, widths
from views.common.text import CENTER, LEFT, tip
from views.terms import stage_words
from views.theme import THEME, color, follow, font

AA = QPainter.RenderHint.Antialiasing


@dataclass(frozen=True)
class _Placed:
    mark: Mark
    box: QRectF


class Timeline(QWidget):
    """`picked` tells the record of the mark one stands on: after a click, an arrow, or Enter."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.left_out = 0
        self._axis: list[Strip] = []
        self._stage: Stage | None = None
        self._today: date | None = None
        self._ended: date | None = None
        self._chosen: RecordId | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        follow(self, self._restyle)

    def show_folder(self, folder: Folder, today: date) -> None:
        """Draw a case folder as it is today; a filed one ends with its last record."""
        self.marks, self.left_out = marks_of(folder.records)
        self._stage = folder.line.stage
        self._today = None if folder.line.filed_at else today
        self._ended = date.fromisoformat(folder.line.ended_on) if folder.line.ended_on else None
        begun = date.fromisoformat(folder.line.started_on) if folder.line.started_on else None
        self._axis = strips(self.marks, [d for d in (begun, self._ended, self._today) if d])
        self._tell()
        self.update()

    def stand_on(self, record: RecordId | None) -> None:
        """Show a record's mark as the chosen one, without telling."""
        self._chosen = record
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, self.minimumHeight())

    def _restyle(self) -> None:
        self._label, self._head = THEME.px(124), THEME.px(26)
        self._lane = THEME.px(30 if THEME.density == "comfortable" else 26)
        self.setFixedHeight(self._head + self._lane * len(Stage) + 2)

    def _tell(self) -> None:
        counts = "，".join(_("{stage} {n}").format(stage=stage_words(s), n=n) for s in Stage if (n := self._count(s)))
        self.setAccessibleName(_("Course of the case: {counts}").format(counts=counts or _("no records with a day yet")))
        at = next((m for m in self.marks if m.record == self._chosen), None)
        self.setAccessibleDescription(_words(at) if at else "")

    def _count(self, stage: Stage) -> int:
        return sum(m.stage is stage for m in self.marks)

    # Where things stand
    def _columns(self) -> list[tuple[float, float]]:
        x, out = float(self._label), []
        for wide in widths(self._axis, self.width() - self._label - 4, THEME.px(36)):
            out.append((x, wide))
            x += wide
        return out

    def placed(self) -> list[_Placed]:
        """Every mark with its place; bars of all days share one scale, so that lengths can be compared."""
        columns = {s.day: box for s, box in zip(self._axis, self._columns(), strict=True) if s.day}
        lanes: dict[tuple[date, Stage], list[Mark]] = {}
        for mark in self.marks:
            lanes.setdefault((mark.day, mark.stage), []).append(mark)
        longest = [(columns[day][1] - 16) / sum(m.length_us for m in found)
                   for (day, _stage), found in lanes.items() if any(m.length_us for m in found)]
        scale = min(longest, default=0.0)
        return [one for (day, stage), found in lanes.items() for one in self._lane_of(columns[day], stage, found, scale)]

    def _lane_of(self, column: tuple[float, float], stage: Stage, found: Sequence[Mark], scale: float) -> list[_Placed]:
        top = self._head + list(Stage).index(stage) * self._lane
        ticks, bars = [m for m in found if not m.length_us], [m for m in found if m.length_us]
        both, out, x = bool(ticks and bars), [], column[0] + 8
        for mark in bars:
            wide = max(mark.length_us * scale - 2, 5.0)
            out.append(_Placed(mark, QRectF(x, top + (5 if both else self._lane / 2 - 4), wide, 7 if both else 8)))
            x += wide + 2
        step = min(9.0, (column[1] - 14) / max(len(ticks), 1))
        for i, mark in enumerate(ticks):
            up, high = (17, self._lane - 20) if both else (7, self._lane - 13)
            out.append(_Placed(mark, QRectF(column[0] + 8 + i * step, top + up, 3, high)))
        return out

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under the mouse, with some room around it."""
        return next((p.mark for p in self.placed() if p.box.adjusted(-3, -4, 3, 4).contains(point)), None)

    # Moving about
    def _go(self, step: int) -> None:
        order = [p.mark for p in sorted(self.placed(), key=lambda p: (p.mark.day, list(Stage).index(p.mark.stage), p.box.x()))]
        if not order:
            return
        at = next((i for i, m in enumerate(order) if m.record == self._chosen), -1 if step > 0 else len(order))
        self._pick(order[min(max(at + step, 0), len(order) - 1)])

    def _pick(self, mark: Mark) -> None:
        self.stand_on(mark.record)
        self.picked.emit(mark.record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (mark := self.mark_at(event.position())) is not None:
            self._pick(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos() + QPoint(0, 8), tip(_words(mark)) if mark else "", self)
            return True
        return bool(super().event(event))

    # Drawing
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        columns = self._columns()
        self._paint_lanes(painter)
        self._paint_axis(painter, columns)
        for one in self.placed():
            chosen = one.mark.record == self._chosen
            if chosen:
                painter.setPen(QPen(color("focus"), 2))
                painter.setBrush(color("accent_soft"))
                painter.drawRoundedRect(one.box.adjusted(-3, -3, 3, 3), 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent" if one.mark.length_us else "ink"))
            painter.drawRoundedRect(one.box, 2, 2)

    def _paint_lanes(self, painter: QPainter) -> None:
        for i, stage in enumerate(Stage):
            top, now = self._head + i * self._lane, stage is self._stage
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
            painter.setFont(font("body", bold=now))
            painter.setPen(color("ink" if now else "ink2"))
            painter.drawText(QRectF(0, top, self._label - 32, self._lane), LEFT, stage_words(stage))
            painter.setFont(font("small"))
            painter.setPen(color("ink3"))
            painter.drawText(QRectF(self._label - 40, top, 28, self._lane), CENTER, str(self._count(stage) or "–"))
        bottom = self._head + len(Stage) * self._lane
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, bottom + 0.5), QPointF(self.width(), bottom + 0.5))

    def _paint_axis(self, painter: QPainter, columns: Sequence[tuple[float, float]]) -> None:
        bottom, free = self._head + len(Stage) * self._lane, -1.0
        for strip, (x, wide) in zip(self._axis, columns, strict=True):
            middle = x + wide / 2
            if strip.day is None:
                painter.setPen(QPen(color("line_strong", 0.6), 1, Qt.PenStyle.DotLine))
                for dx in (-2.5, 2.5):
                    painter.drawLine(QPointF(middle + dx, self._head), QPointF(middle + dx, bottom))
            elif strip.day in (self._today, self._ended):
                dashed = strip.day != self._today
                painter.setPen(QPen(color("ink2" if dashed else "accent"), 1.5, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
                painter.drawLine(QPointF(middle, self._head - 3), QPointF(middle, bottom))
            free = self._paint_head(painter, strip, QRectF(x, 0, wide, self._head), free)

    def _paint_head(self, painter: QPainter, strip: Strip, box: QRectF, free: float) -> float:
        """The words over a strip, left out where they would touch those before; today's always stand."""
        today = strip.day is not None and strip.day == self._today
        if strip.day is None:
            words = _("{n} d").format(n=strip.idle)
        else:
            words = _("today") if today else _("end {day}").format(day=f"{strip.day:%m-%d}") if strip.day == self._ended else f"{strip.day:%m-%d}"
        written = font("small", bold=today)
        half = QFontMetricsF(written).horizontalAdvance(words) / 2
        middle = min(box.center().x(), self.width() - half - 2)
        if middle - half < free and not today:
            return free
        painter.setFont(written)
        painter.setPen(color("accent" if today else "ink3" if strip.day is None else "ink2"))
        painter.drawText(QRectF(middle - half - 2, 0, 2 * half + 4, box.height()), CENTER, words)
        return middle + half + 4


def _words(mark: Mark) -> str:
    long = timecode.text(mark.length_us, 0) if mark.length_us else ""
    return "，".join(filter(None, [mark.title, mark.day.isoformat(), stage_words(mark.stage), long]))


class Key(QWidget):
    """One entry of the legend: a small drawing and its word."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__()
        self._kind, self._words_ = kind, words
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(THEME.px(22) + int(QFontMetricsF(font("small")).horizontalAdvance(self._words_)) + 4, THEME.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        middle = self.height() / 2
        if self._kind == "fold":
            painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.DotLine))
            for x in (7, 12):
                painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("ink" if self._kind == "tick" else "accent"))
            painter.drawRoundedRect(QRectF(8, middle - 7, 3, 14) if self._kind == "tick" else QRectF(2, middle - 4, 14, 8), 2, 2)
        painter.setPen(color("ink2"))
        painter.setFont(font("small"))
        painter.drawText(QRectF(THEME.px(20), 0, self.width() - THEME.px(20), self.height()), LEFT, self._words_)


def legend() -> list[QWidget]:
    """What the marks mean."""
    return [Key("tick", _("paper")), Key("bar", _("recording")), Key("fold", _("idle days, folded"))]
