"""The timeline: pictures, sound, marks and what the approval opens, over one length of time."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.media.spans import Span, Spans, spans_words
from desktop.media.viewing import Mark
from models import timecode
from models.timecode import SECOND
from views.common import CENTER, LEFT
from views.theme import THEME, color, font, paint_icon

THUMBNAILS = 12
_HEIGHT, _LEFT = 164, 48
_STEPS = tuple(s * SECOND for s in (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600))


@dataclass
class Track:
    """What the timeline shows. `whole` when nothing is withheld; peaks 0 to 1, None where not granted."""

    duration_us: int = 0
    spans: Spans = ()
    whole: bool = True
    approval: str = ""
    thumbnails: list[tuple[int, QImage]] = field(default_factory=list)
    peaks: list[float | None] = field(default_factory=list)
    marks: tuple[Mark, ...] = ()
    icons: dict[str, str] = field(default_factory=dict)
    chosen: Span | None = None


class Timeline(QWidget):
    """Painted; a click or a drag seeks, arrows by five seconds, Home and End go to the ends. `sought` tells microseconds."""

    sought = Signal(object)
    mark_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.track = Track()
        self.position_us = 0
        self._still: QPixmap | None = None
        self._still_of: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(THEME.px(_HEIGHT))
        self.setMinimumWidth(320)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tell()

    def tell(self) -> None:
        """Something of the track has changed."""
        self._still = None
        track = self.track
        granted = _("everything may be seen") if track.whole else spans_words(track.spans)
        words = _("Timeline, cursor at {time}, {marks} marks, {granted}")
        self.setAccessibleName(words.format(time=timecode.text(self.position_us), marks=len(track.marks), granted=granted))
        self.update()

    def move_to(self, us: int) -> None:
        """Put the cursor here."""
        before, self.position_us = self._x(self.position_us), us
        left, right = sorted((before, self._x(us)))
        self.update(int(left) - 100, 0, int(right - left) + 200, self.height())  # the tag is the widest thing that moves
        if us // SECOND != int(self.property("spoken") or -1):
            self.setProperty("spoken", us // SECOND)
            self.setAccessibleDescription(timecode.text(us, 0))

    def _x(self, us: int) -> float:
        return _LEFT + (self.width() - 8 - _LEFT) * us / max(self.track.duration_us, 1)

    def us_at(self, x: float) -> int:
        """The moment at this place."""
        share = (x - _LEFT) / max(self.width() - 8 - _LEFT, 1)
        return min(max(int(share * self.track.duration_us), 0), max(self.track.duration_us - 1, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key = (self.size(), THEME.mode, self.devicePixelRatioF())
        if self._still is None or self._still_of != key:
            self._still, self._still_of = self._drawn(), key
        painter.drawPixmap(0, 0, self._still)
        painter.scale(1, self.height() / _HEIGHT)
        self._sound(painter, "accent", float(event.rect().left()), min(self._x(self.position_us), event.rect().right() + 1.0))
        for mark in self.track.marks:
            if mark.start_us <= self.position_us < (mark.end_us or mark.start_us + SECOND):
                self._mark(painter, mark, here=True)
        self._cursor(painter)

    def _drawn(self) -> QPixmap:
        """All that does not move, drawn once: the cursor moves twenty-five times a second."""
        ratio = self.devicePixelRatioF()
        out = QPixmap((QSizeF(self.size()) * ratio).toSize())
        out.setDevicePixelRatio(ratio)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(1, self.height() / _HEIGHT)
        self._ruler(painter)
        self._thumbnails(painter)
        self._sound(painter, "line_strong", 0, self.width())
        self._closed(painter)
        for mark in self.track.marks:
            self._mark(painter, mark, here=False)
        self._grants(painter)
        painter.end()
        return out

    def _ruler(self, painter: QPainter) -> None:
        painter.setFont(font("small"))
        painter.setPen(color("ink3"))
        for name, y, high in ((_("Picture"), 26, 36), (_("Sound"), 72, 36), (_("Marks"), 106, 24), (_("Granted"), 138, 24)):
            painter.drawText(QRectF(0, y, _LEFT - 4, high), LEFT, name)
        length = self.track.duration_us
        step = next((s for s in _STEPS if length // s <= max(self.width() // 110, 1)), _STEPS[-1])
        for us in range(0, length + 1, step):
            x = self._x(us)
            painter.setPen(QPen(color("line_strong"), 1))
            painter.drawLine(QPointF(x, 16), QPointF(x, 21))
            painter.setPen(color("ink2"))
            words = timecode.text(us, 0)
            left = min(x - 40, self.width() - 80) if us else x
            painter.drawText(QRectF(left, -2, 80, 18), CENTER if us else LEFT, words)

    def _thumbnails(self, painter: QPainter) -> None:
        found = self.track.thumbnails
        if not found:
            return
        wide = (self.width() - 8 - _LEFT) / THUMBNAILS
        for us, image in found:
            slot = min(us * THUMBNAILS // max(self.track.duration_us, 1), THUMBNAILS - 1)
            box = QRectF(_LEFT + slot * wide, 24, wide - 2, 40)
            cut = QRectF(image.rect())
            if cut.width() / cut.height() > box.width() / box.height():
                keep = cut.height() * box.width() / box.height()
                cut = QRectF((cut.width() - keep) / 2, 0, keep, cut.height())
            else:
                keep = cut.width() * box.height() / box.width()
                cut = QRectF(0, (cut.height() - keep) / 2, cut.width(), keep)
            painter.drawImage(box, image, cut)

    def _sound(self, painter: QPainter, ink: str, left: float, right: float) -> None:
        peaks = self.track.peaks
        if not peaks:
            return
        wide = (self.width() - 8 - _LEFT) / len(peaks)
        first = max(int((left - _LEFT) / wide), 0)
        for k in range(first, min(int((right - _LEFT) / wide) + 1, len(peaks))):
            peak = peaks[k]
            if peak is not None and _LEFT + k * wide < right:
                high = 2 + peak * 30
                painter.fillRect(QRectF(_LEFT + k * wide, 88 - high / 2, max(1.0, wide - 0.8), high), color(ink))

    def _closed(self, painter: QPainter) -> None:
        """What is not granted: hatched over the rows above, so that it also reads without colour, and said below."""
        if self.track.whole:
            return
        painter.save()
        at = 0
        for span in (*self.track.spans, None):
            until = self.track.duration_us if span is None else span.start_us
            if until > at:
                self._hatch(painter, QRectF(self._x(at), 24, self._x(until) - self._x(at), 80))
            at = until if span is None else span.end_us
        painter.restore()

    @staticmethod
    def _hatch(painter: QPainter, box: QRectF) -> None:
        painter.setClipRect(box)
        painter.fillRect(box, color("sunken"))
        painter.setPen(QPen(color("line_strong", 0.5), 1))
        for k in range(int((box.width() + box.height()) / 8) + 1):
            x = box.left() - box.height() + k * 8
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        painter.setClipping(False)

    def mark_box(self, mark: Mark) -> QRectF:
        """Where a mark is drawn, in the widget's own units."""
        end = self._x(mark.end_us if mark.end_us is not None else mark.start_us)
        return QRectF(self._x(mark.start_us), 108, max(20.0, end - self._x(mark.start_us)), 22)

    def _mark(self, painter: QPainter, mark: Mark, here: bool) -> None:
        box = self.mark_box(mark)
        ink = "late" if mark.kind == "interruption" else "privacy" if mark.kind == "privacy" else "accent"
        painter.setPen(QPen(color(ink), 1))
        painter.setBrush(color(ink if here else f"{ink}_soft"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        icon = self.track.icons.get(mark.kind, "push-pin")
        paint_icon(painter, icon, QRectF(box.center().x() - 8, 111, 16, 16), color("surface" if here else ink))

    def _grants(self, painter: QPainter) -> None:
        track = self.track
        ground = QRectF(_LEFT, 142, self.width() - 8 - _LEFT, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("good" if track.whole and track.duration_us else "quiet_soft"))
        painter.drawRoundedRect(ground, 3, 3)
        if track.whole:
            return
        for span in track.spans:
            box = QRectF(self._x(span.start_us), 142, max(self._x(span.end_us) - self._x(span.start_us), 3), 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("good"))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QPen(color("good"), 1, Qt.PenStyle.DashLine))
            for x in (box.left(), box.right()):
                painter.drawLine(QPointF(x, 24), QPointF(x, 142))
        self._say_granted(painter, ground)

    def _say_granted(self, painter: QPainter, ground: QRectF) -> None:
        """In the widest place that no span covers."""
        edges = [(_LEFT, _LEFT), *((self._x(s.start_us), self._x(s.end_us)) for s in self.track.spans)]
        ends = [*(start for start, _end in edges[1:]), ground.right()]
        gaps = [(after - end, end) for (_start, end), after in zip(edges, ends, strict=True)]
        room, x = max(gaps)
        words = _("{approval}: {granted}; the rest cannot be opened")
        said = words.format(approval=self.track.approval or _("Approved"), granted=spans_words(self.track.spans))
        painter.setPen(color("ink2"))
        shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(room) - 16)
        painter.drawText(QRectF(x + 8, 140, room - 12, 20), LEFT, shown)

    def _cursor(self, painter: QPainter) -> None:
        chosen = self.track.chosen
        if chosen is not None:
            box = QRectF(self._x(chosen.start_us), 24, self._x(chosen.end_us) - self._x(chosen.start_us), 80)
            painter.setPen(QPen(color("accent"), 1))
            painter.setBrush(color("accent", 0.16))
            painter.drawRect(box)
        x = self._x(self.position_us)
        painter.setPen(QPen(color("ink"), 2))
        painter.drawLine(QPointF(x, 18), QPointF(x, 160))
        tag = QRectF(min(max(x - 48, 0), self.width() - 96), -1, 96, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("ink"))
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(color("surface"))
        painter.setFont(font("small", bold=True))
        painter.drawText(tag, CENTER, timecode.text(self.position_us))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for mark in reversed(self.track.marks):
            if self.mark_box(mark).contains(QPointF(at.x(), at.y() * _HEIGHT / self.height())):
                self.mark_chosen.emit(mark)
                return
        self.sought.emit(self.us_at(at.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self.us_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), 5 * SECOND
        last = max(self.track.duration_us - 1, 0)
        places = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last, Qt.Key.Key_PageUp: self.position_us - step, Qt.Key.Key_PageDown: self.position_us + step}
        if key not in places:
            event.ignore()
            return
        self.sought.emit(min(max(places[Qt.Key(key)], 0), last))
