"""The canvas: a picture without chrome in its true shape and colours, and the watermark over it."""

from __future__ import annotations

from fractions import Fraction

import av
from av.video.reformatter import VideoReformatter
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from models import timecode
from views.media.shown import Shown
from views.media.watermark import Watermark
from views.theme import THEME, color, font, paint_icon

_DARK, _PALE = QColor("#0B0E10"), QColor("#E7EDEF")


class Picture(QWidget):
    """Shows one picture, fitted and centred. `clicked` is a plain click; with words instead of a picture it says them."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.watermark = Watermark()
        self._shown: Shown | None = None
        self._words, self._icon = "", "film-strip"
        self._reformatter = VideoReformatter()
        self._converted: av.VideoFrame | None = None
        self._image: QImage | None = None
        self._fits: QSize | None = None
        self.painted = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.say_instead(_("No picture"))

    def show_picture(self, shown: Shown) -> None:
        """Another picture. One that libVLC drew stays whole until the next is taken, so nothing is copied."""
        self._shown, self._image, self._words = shown, None, ""
        self.setAccessibleName(_("Picture at {time}").format(time=timecode.text(shown.us)))
        self.setAccessibleDescription(self.watermark.words)
        self.update()

    def say_instead(self, words: str, icon: str = "film-strip") -> None:
        """Words where a picture would be: sound alone, a refusal."""
        self._shown, self._image, self._converted = None, None, None
        self._words, self._icon = words, icon
        self.setAccessibleName(words)
        self.update()

    def picture_box(self) -> QRectF:
        """Where the picture lies on the canvas, in logical pixels."""
        if self._shown is None:
            return QRectF(self.rect())
        shape = self._shape(self._shown)
        wide = min(Fraction(self.width()), self.height() * shape)
        width, height = int(wide), int(wide / shape)
        return QRectF((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DARK)
        if self._shown is None:
            self._say(painter)
            return
        box = self.picture_box()
        painter.drawImage(box, self._converted_for(self._shown, box))
        self.watermark.paint(painter, box)
        self.painted += 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @staticmethod
    def _shape(shown: Shown) -> Fraction:
        shape = shown.facts.aspect or Fraction(16, 9)
        return 1 / shape if shown.rotation % 180 else shape

    def _converted_for(self, shown: Shown, box: QRectF) -> QImage:
        """BGRA of exactly the box's device pixels, by the recording's own matrix; the QImage shares the bytes."""
        ratio = self.devicePixelRatioF()
        size = QSize(max(round(box.width() * ratio), 1), max(round(box.height() * ratio), 1))
        if self._image is not None and self._fits == size:
            return self._image
        turned = shown.rotation % 180 != 0
        wide, high = (size.height(), size.width()) if turned else (size.width(), size.height())
        span = 2 if shown.facts.full_range else 1
        made = self._reformatter.reformat(
            shown.frame, width=wide, height=high, format="bgra", interpolation="FAST_BILINEAR",
            src_colorspace=shown.facts.matrix, dst_colorspace=shown.facts.matrix, src_color_range=span, dst_color_range=2,
        )  # fmt: skip
        plane = made.planes[0]
        image = QImage(memoryview(plane), made.width, made.height, plane.line_size, QImage.Format.Format_RGB32)
        self._converted, self._fits = made, size
        self._image = image.transformed(QTransform().rotate(-shown.rotation)) if shown.rotation else image
        return self._image

    def _say(self, painter: QPainter) -> None:
        middle = QRectF(self.rect())
        side = THEME.px(48)
        paint_icon(painter, self._icon, QRectF(middle.center().x() - side / 2, middle.center().y() - side, side, side), color("ink3"))
        painter.setFont(font("body"))
        painter.setPen(_PALE)
        words = middle.adjusted(24, middle.height() / 2 + 12, -24, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._words)
        self.watermark.paint(painter, middle)
