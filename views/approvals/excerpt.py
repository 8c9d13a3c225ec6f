"""The asked seconds against the whole recording, with a few pictures of each; the first page of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.approvals import AskedLine
from desktop.i18n import _
from desktop.media.excerpts import Excerpt
from models import timecode
from views.approvals.wording import PLAYED
from views.common.text import CENTER, LEFT, RIGHT
from views.terms import spans_words
from views.theme import THEME, color, follow, font

AA = QPainter.RenderHint.Antialiasing
SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
MOST = 4  # spans drawn side by side
TRACK, FOOT, GAP = 12, 22, 12


class ExcerptBar(QWidget):
    """Draws one asked item. `show_item` sets it without pictures, `show_pictures` adds them once somebody has looked."""

    def __init__(self) -> None:
        super().__init__()
        self._item: AskedLine | None = None
        self._pictures: list[tuple[int, QImage]] = []
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        follow(self, self._restyle)

    def show_item(self, item: AskedLine | None, hint: str) -> None:
        """Another item, not looked at yet; `hint` stands where the pictures will be."""
        self._item, self._pictures, self._hint = item, [], hint
        self._name()

    def show_pictures(self, found: Sequence[Excerpt]) -> None:
        """The pictures of the item, as they came from the recording."""
        made = QImage.Format.Format_ARGB32
        self._pictures = [(p.us, QImage(p.bgra, p.width, p.height, p.width * 4, made).copy()) for p in found]
        if not found:
            self._hint = _("There is nothing to see here; it is sound, or a file without pages")
        self._name()

    def say(self, hint: str) -> None:
        """Other words in the place of the pictures."""
        self._hint = hint
        self.update()

    @property
    def pictures(self) -> int:
        return len(self._pictures)

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())  # more would make the page scroll where it need not

    def _restyle(self) -> None:
        self.setMinimumHeight(THEME.px(96))
        self.setMaximumHeight(THEME.px(232))

    def _name(self) -> None:
        item = self._item
        if item is None:
            self.setAccessibleName(_("Nothing chosen"))
        elif item.kind in PLAYED:
            words = _("Asked of “{title}”: {spans}; {length} in all; {n} pictures shown")
            whole = timecode.text(item.duration_us or 0, 0)
            told = words.format(title=item.title, spans=spans_words(item.spans, item.duration_us), length=whole, n=self.pictures)
            self.setAccessibleName(told)
        else:
            self.setAccessibleName(_("First page of “{title}”").format(title=item.title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._item is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(AA)
        painter.setRenderHint(SMOOTH)
        if self._item.kind in PLAYED:
            self._recording(painter, self._item)
        else:
            self._paper(painter)

    def _paper(self, painter: QPainter) -> None:
        place = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        if not self._pictures:
            self._wait(painter, place)
            return
        picture = self._pictures[0][1]
        scale = min(place.width() / picture.width(), place.height() / picture.height())
        page = QRectF(place.left(), place.top(), picture.width() * scale, picture.height() * scale)
        painter.drawImage(page, picture)
        painter.setPen(QPen(color("line"), 1))
        painter.drawRect(page.adjusted(0.5, 0.5, -0.5, -0.5))

    def _recording(self, painter: QPainter, item: AskedLine) -> None:
        wide, high, length = float(self.width()), float(self.height()), max(item.duration_us or 0, 1)
        track = QRectF(0, high - FOOT - TRACK, wide, TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("quiet_soft"))
        painter.drawRoundedRect(track, 3, 3)
        spans = list(item.spans) or [(0, length)]
        above = QRectF(0, THEME.px(22), wide, track.top() - 10 - THEME.px(22))
        places = self._places(spans[:MOST], above)
        if not self._pictures:
            self._wait(painter, above)
        for number, (start, end) in enumerate(spans):
            lit = QRectF(wide * start / length, track.top(), max(wide * (end - start) / length, 3.0), TRACK)
            if number < len(places):
                self._group(painter, number, (start, end), places[number], lit, len(spans))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(lit, 2, 2)
        painter.setFont(font("small"))
        painter.setPen(color("ink3"))
        painter.drawText(QRectF(0, high - FOOT, wide / 2, FOOT), LEFT, timecode.text(0, 0))
        painter.drawText(QRectF(wide / 2, high - FOOT, wide / 2, FOOT), RIGHT, timecode.text(length, 0))

    def _places(self, spans: Sequence[tuple[int, int]], above: QRectF) -> list[QRectF]:
        """Side by side, of equal width: a short span is as important as a long one."""
        each = (above.width() - GAP * (len(spans) - 1)) / len(spans)
        return [QRectF(k * (each + GAP), above.top(), each, above.height()) for k in range(len(spans))]

    def _group(self, painter: QPainter, number: int, span: tuple[int, int], place: QRectF, lit: QRectF, of: int) -> None:
        words = f"{timecode.text(span[0], 0)}–{timecode.text(span[1], 0)}"
        if of > 1:
            words = _("Span {n}").format(n=number + 1) + "　" + words
        if number == MOST - 1 and of > MOST:
            words = _("{span} and {n} more").format(span=words, n=of - MOST)
        painter.setFont(font("small", bold=True))
        painter.setPen(color("ink"))
        shown = [picture for us, picture in self._pictures if span[0] <= us < span[1]]
        top = max(place.bottom() - self._high(shown, place)[0] - THEME.px(22), 0.0) if shown else 0.0
        painter.drawText(QRectF(place.left(), top, place.width(), THEME.px(20)), LEFT, words)
        if shown:
            painter.setPen(QPen(color("line_strong"), 1))
            painter.drawLine(QPointF(lit.left(), lit.top()), QPointF(place.left(), place.bottom() + 2))
            painter.drawLine(QPointF(lit.right(), lit.top()), QPointF(place.right(), place.bottom() + 2))
            self._row(painter, shown, place)

    def _row(self, painter: QPainter, shown: Sequence[QImage], place: QRectF) -> None:
        """Whole and side by side; never cropped, for the edge may be what matters."""
        high, room = self._high(shown, place)
        shape = shown[0].width() / max(shown[0].height(), 1)
        for k, picture in enumerate(shown[k * len(shown) // room] for k in range(room)):
            painter.drawImage(QRectF(place.left() + k * (high * shape + 3), place.bottom() - high, high * shape, high), picture)

    def _high(self, shown: Sequence[QImage], place: QRectF) -> tuple[float, int]:
        """How high the pictures are drawn, and how many: as many as have room, three at least."""
        shape = shown[0].width() / max(shown[0].height(), 1)
        room = min(max(int((place.width() + 3) // (place.height() * shape + 3)), 3), len(shown))
        return min(place.height(), (place.width() - 3 * (room - 1)) / room / shape), room

    def _wait(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font("small"))
        painter.setPen(color("ink2"))
        painter.drawText(place, CENTER, self._hint)
