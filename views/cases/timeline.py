"""办案过程: the stages of a case as lanes on the elastic axis; arrows move from mark to mark, Enter opens what one stands on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.i18n import _
from models.terms import RecordId, Stage
from views.cases.axis import Column, Strip, columns, strips
from views.cases.course import Lane, Placed, lanes, place
from views.cases.marks import STATE_WORDS, Mark, lane_states, marks_of
from views.cases.reading import CaseRead
from views.cases.timeline_paint import paint_course
from views.common.text import tip
from views.terms import stage_words
from views.theme import THEME, follow, font

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Timeline(QWidget):
    """`picked` tells the mark one stands on after a click or an arrow, `opened` that of Enter or a double click."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.left_out = 0
        self.states: dict[Stage, str] = {}
        self.stage: Stage | None = None
        self.today: date | None = None
        self.ended: date | None = None
        self.chosen: Mark | None = None
        self.axis: list[Strip] = []
        self._crowded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        follow(self, self._restyle)

    def show_case(self, read: CaseRead, today: date) -> None:
        """Draw a case as it is today; a filed one ends with its last mark."""
        line = read.folder.line
        self.marks, self.left_out = marks_of(read)
        self.states = lane_states(read.course, line.stage, bool(line.filed_at))
        self.stage, self.today = line.stage, None if line.filed_at else today
        self.ended = date.fromisoformat(line.ended_on) if line.ended_on else None
        begun = date.fromisoformat(line.started_on) if line.started_on else None
        self.axis = strips(self.marks, [d for d in (begun, self.ended, self.today) if d])
        stood = self.chosen
        self.chosen = next((m for m in self.marks if stood and (m.source, m.id) == (stood.source, stood.id)), None)
        self._restyle()
        self._tell()
        self.update()

    def stand_on(self, record: RecordId | None) -> None:
        """Show a record's mark as the chosen one, without telling."""
        self.chosen = next((m for m in self.marks if record is not None and m.record == record), None)
        self._tell()
        self.update()

    def crowd(self, crowded: bool) -> None:
        """Lower lanes where the page is low."""
        if crowded != self._crowded:
            self._crowded = crowded
            self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(640, self.minimumHeight())

    def _restyle(self) -> None:
        self.label_wide, self.head_high = THEME.px(136), THEME.px(26)
        self.least = THEME.px(24 if self._crowded else 30 if THEME.density == "comfortable" else 26)
        last = self.lanes()[-1]
        self.setFixedHeight(int(last.top + last.high) + 2)

    def _tell(self) -> None:
        counts = "，".join(_("{stage} {n}").format(stage=stage_words(s), n=n) for s in Stage if (n := self._count(s)))
        states = "，".join(f"{stage_words(s)}{STATE_WORDS[kind]()}" for s, kind in self.states.items())
        name = _("Course of the case: {counts}").format(counts=counts or _("no records with a day yet"))
        self.setAccessibleName("。".join(filter(None, [name, states])))
        self.setAccessibleDescription(self.chosen.words if self.chosen else "")

    def _count(self, stage: Stage) -> int:
        return sum(m.lane is stage and m.record is not None for m in self.marks)

    # Where things stand
    def lanes(self) -> list[Lane]:
        return lanes(self.marks, self.head_high, self.least)

    def columns(self) -> list[Column]:
        return columns(self.axis, self.label_wide, self.width() - self.label_wide - 6, THEME.px(36))

    def placed(self) -> list[Placed]:
        """Every mark with its place."""
        small = QFontMetricsF(font("small", bold=True))
        return place(self.marks, self.columns(), self.lanes(), small.horizontalAdvance, self.width() - 2.0)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under the mouse, with some room around it; what stands on top first."""
        for one in reversed(self.placed()):
            if one.box.adjusted(-3, -4, 3, 4).contains(point) or (one.label is not None and one.label.contains(point)):
                return one.mark
        return None

    # Moving about
    def _go(self, step: int) -> None:
        if not self.marks:
            return
        at = next((i for i, m in enumerate(self.marks) if m is self.chosen), -1 if step > 0 else len(self.marks))
        self._pick(self.marks[min(max(at + step, 0), len(self.marks) - 1)])

    def _pick(self, mark: Mark) -> None:
        self.chosen = mark
        self._tell()
        self.update()
        self.picked.emit(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go(_STEPS[key])
        elif key in _OPENS and self.chosen is not None:
            self.opened.emit(self.chosen)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks:
            self._pick(self.marks[0 if key == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (mark := self.mark_at(event.position())) is not None:
            self._pick(mark)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (mark := self.mark_at(event.position())) is not None:
            self.opened.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos() + QPoint(0, 8), tip(mark.words) if mark else self._lane_words(event.pos()), self)
            return True
        return bool(super().event(event))

    def _lane_words(self, at: QPoint) -> str:
        lane = next((one for one in self.lanes() if one.top <= at.y() < one.top + one.high and at.x() < self.label_wide), None)
        kind = self.states.get(lane.stage) if lane else None
        return STATE_WORDS[kind]() if kind else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_course(painter, self)
