"""The plot on the page, and the same plot as a picture or on paper."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from views.common.text import LEFT, RIGHT
from views.statistics.charts import Chart
from views.statistics.paint import least_height, paint_chart
from views.theme import THEME, TOKENS, color, font

PAPER = (1123, 794)  # px: A4 lying, at 96 to the inch
SHARP = 2  # a picture has as many points for each px


class Plot(QWidget):
    """Draws a `Chart`. The table beside it says the same and is where the keyboard goes."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = Chart("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Another plot."""
        self.chart = chart
        self.setMinimumHeight(least_height(chart))
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(THEME.px(480), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chart(painter, QRectF(self.rect()), self.chart, color)


@dataclass(frozen=True)
class Source:
    """What stands on a plot that leaves the window: which archive, which period, counted on which day."""

    unit: str
    period: str
    day: str

    @property
    def words(self) -> str:
        return _("Source: {unit}, {period}, counted on {day}").format(unit=self.unit, period=self.period, day=self.day)


def as_png(chart: Chart, source: Source) -> bytes:
    """The plot as a picture, in the light look whatever is in force, as large as a lying A4 page."""
    image = QImage(PAPER[0] * SHARP, PAPER[1] * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(_light("surface"))
    painter = QPainter(image)
    _paint_sheet(painter, chart, source)
    painter.end()
    buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows only bytes for the format
    return bytes(buffer.data().data())


def as_svg(chart: Chart, source: Source) -> bytes:
    """The plot as a drawing that can be made any size, as large as a lying A4 page."""
    buffer = _buffer()
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(QSize(*PAPER))
    drawing.setViewBox(QRectF(0, 0, *PAPER))
    drawing.setResolution(96)
    drawing.setTitle(f"{chart.title} {source.period}")
    drawing.setDescription(source.words)
    painter = QPainter(drawing)
    painter.fillRect(QRectF(0, 0, *PAPER), _light("surface"))
    _paint_sheet(painter, chart, source)
    painter.end()
    return bytes(buffer.data().data())


def as_pdf(chart: Chart, source: Source) -> bytes:
    """The plot on one lying A4 page, PDF/A-1b."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)))
    writer.setResolution(96)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setTitle(f"{chart.title} {source.period}")
    painter = QPainter(writer)
    _paint_sheet(painter, chart, source)
    painter.end()
    return bytes(buffer.data().data())


def _paint_sheet(painter: QPainter, chart: Chart, source: Source) -> None:
    page = QRectF(0, 0, *PAPER).adjusted(56, 44, -56, -44)
    painter.setPen(_light("ink"))
    painter.setFont(font("title"))
    painter.drawText(QRectF(page.left(), page.top(), page.width(), 36), LEFT, chart.title)
    painter.setFont(font("body"))
    painter.drawText(QRectF(page.left(), page.top(), page.width(), 36), RIGHT, source.period)
    painter.setFont(font("small"))
    painter.setPen(_light("ink2"))
    painter.drawText(QRectF(page.left(), page.top() + 36, page.width(), 24), LEFT, chart.note)
    painter.drawText(QRectF(page.left(), page.bottom() - 20, page.width(), 20), LEFT, source.words)
    paint_chart(painter, page.adjusted(0, 72, 0, -32), chart, _light)


def _light(name: str) -> QColor:
    return QColor(TOKENS["light"][name])


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
