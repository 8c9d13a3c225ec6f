"""Photographs and pages: one at a time under the same watermark, larger and smaller, turned by keys."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.i18n import _
from desktop.media.stills import Image
from views.common import hbox, text, tool, vbox
from views.media.lane import Lane
from views.media.watermark import Watermark

_ZOOMS = (50, 75, 100, 150, 200, 300, 400)  # per cent of what fits
_LONGEST = 4096  # pixels: what a worker is asked for at most


class Sheet(QWidget):
    """The page itself, on white paper, with the watermark over it."""

    def __init__(self) -> None:
        super().__init__()
        self.watermark = Watermark()
        self._image: QImage | None = None
        self._pixels = b""

    def show_image(self, image: Image) -> None:
        self._pixels = image.pixels
        self._image = QImage(self._pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGB32)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
            self.watermark.paint(painter, QRectF(self.rect()))


class _Drawing(Lane):
    """Draws pages behind the window; one that a newer wish has overtaken is not begun."""

    drawn = Signal(int, int, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__("pages")
        self.wish = 0

    def ask(self, draw: Callable[[int, int], Image], page: int, longest: int) -> None:
        self.wish += 1
        wish = self.wish

        def work() -> None:
            if wish == self.wish:
                self.drawn.emit(wish, page, draw(page, longest))

        self.submit(work, self._done)

    def _done(self, future: Future[None]) -> None:
        error = future.exception()
        if error is not None:
            self.failed.emit(error)


class StillView(QWidget):
    """One photograph or PDF. `page_shown` tells each page, from zero, when it is on screen; `failed` a refusal."""

    page_shown = Signal(int)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.page, self.pages, self.zoom = 0, 1, 100
        self._draw: Callable[[int, int], Image] | None = None
        self._shape: QSize | None = None
        self._told = -1  # the page that was last told
        self._drawing = _Drawing()
        self.sheet = Sheet()
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setAccessibleName(_("Page"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back = tool("caret-left", _("Page back") + "  PgUp", on=lambda: self.turn(-1))
        self.on = tool("caret-right", _("Page on") + "  PgDn", on=lambda: self.turn(1))
        self.where = text("", "body", "ink2")
        smaller = tool("magnifying-glass-minus", _("Smaller") + "  -", on=lambda: self.magnify(-1))
        larger = tool("magnifying-glass-plus", _("Larger") + "  +", on=lambda: self.magnify(1))
        self.share = text("", "body", "ink2")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Page"))
        self.setLayout(vbox((self.area, 1), hbox(self.back, self.where, self.on, None, smaller, self.share, larger, gap=8), gap=8))
        self._drawing.drawn.connect(self._show)
        self._drawing.failed.connect(self.failed)

    def show_still(self, draw: Callable[[int, int], Image], words: tuple[str, ...]) -> None:
        """Another object; `draw(page, longest)` makes its pixels, on another thread."""
        self._draw, self.page, self.pages, self.zoom, self._told = draw, 0, 1, 100, -1
        self.sheet.watermark.say(words)
        self._ask()

    def turn(self, by: int) -> None:
        """Pages on or back, within the document."""
        page = min(max(self.page + by, 0), self.pages - 1)
        if page != self.page:
            self.page = page
            self._ask()

    def magnify(self, by: int) -> None:
        """One step larger or smaller."""
        k = min(max(_ZOOMS.index(self.zoom) + by, 0), len(_ZOOMS) - 1)
        self.zoom = _ZOOMS[k]
        self._lay()
        self._ask()

    def close_lane(self) -> None:
        """Let go of the worker thread and of the pixels."""
        self._draw = None
        self._drawing.wish += 1
        self._drawing.leave()

    def _ask(self) -> None:
        if self._draw is None:
            return
        room = self.area.viewport().size() * self.devicePixelRatioF()
        longest = min(max(room.width(), room.height(), 512) * max(self.zoom, 100) // 100, _LONGEST)
        self._drawing.ask(self._draw, self.page, longest)

    @Slot(int, int, object)
    def _show(self, wish: int, page: int, image: Image) -> None:
        if wish != self._drawing.wish:
            return
        self.pages, self._shape = image.pages, QSize(image.width, image.height)
        self.sheet.show_image(image)
        self._lay()
        self.where.setText(_("Page {page} of {pages}").format(page=self.page + 1, pages=self.pages))
        self.sheet.setAccessibleName(self.where.full)
        self.sheet.setAccessibleDescription(self.sheet.watermark.words)
        several = self.pages > 1
        for part in (self.back, self.on, self.where):
            part.setVisible(several)
        if page != self._told:  # not for its size: but also where a wish for another size overtook that for the page
            self._told = page
            self.page_shown.emit(page)

    def _lay(self) -> None:
        if self._shape is None:
            return
        fitted = self._shape.scaled(self.area.viewport().size(), Qt.AspectRatioMode.KeepAspectRatio)
        self.sheet.resize(fitted * (self.zoom / 100))
        self.share.setText(f"{self.zoom} %")

    def resizeEvent(self, event: object) -> None:
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_PageDown: lambda: self.turn(1), Qt.Key.Key_Right: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1), Qt.Key.Key_Left: lambda: self.turn(-1),
            Qt.Key.Key_Plus: lambda: self.magnify(1), Qt.Key.Key_Equal: lambda: self.magnify(1), Qt.Key.Key_Minus: lambda: self.magnify(-1),
        }  # fmt: skip
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
