"""Draws a plot: on the screen in the look in force, on paper and in pictures always in the light one. Grey print loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from desktop.i18n import _
from views.common.text import LEFT, RIGHT, dot
from views.statistics.charts import Bar, Chart, Part, Strip
from views.theme import THEME, font

Ink = Callable[[str], QColor]
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_FILLINGS = {"hatched": Qt.BrushStyle.BDiagPattern, "dotted": Qt.BrushStyle.Dense5Pattern}
LINE, ROW, WIDEST = 20, 48, 48  # px: a line of small words, a lying bar with its words, a column


def paint_chart(painter: QPainter, place: QRectF, chart: Chart, ink: Ink) -> None:
    """The plot in its place."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chart.strips:
        _paint_strips(painter, place, chart, ink)
    else:
        _paint_bars(painter, place, chart, ink)


def least_height(chart: Chart) -> int:
    """The least height that shows it: strips whole, of the bars the first few."""
    return THEME.px(len(chart.strips) * 78 + 28) if chart.strips else THEME.px(28 + ROW * 4)


# Columns over months
def _paint_strips(painter: QPainter, place: QRectF, chart: Chart, ink: Ink) -> None:
    line = THEME.px(LINE)
    height = (place.height() - line) / len(chart.strips)
    for number, strip in enumerate(chart.strips):
        _paint_strip(painter, QRectF(place.left(), place.top() + number * height, place.width(), height), strip, ink)
    step = place.width() / max(len(chart.categories), 1)
    painter.setFont(font("small"))
    painter.setPen(ink("ink3"))
    for number, words in enumerate(chart.categories):
        painter.drawText(QRectF(place.left() + number * step, place.bottom() - line, step, line), _CENTRED, words)


def _paint_strip(painter: QPainter, place: QRectF, strip: Strip, ink: Ink) -> None:
    line = THEME.px(LINE)
    _words(painter, QRectF(place.left(), place.top() + 4, place.width(), line), strip.title, ink("ink"), True)
    _words(painter, QRectF(place.left(), place.top() + 4, place.width(), line), strip.whole, ink("ink2"), False, RIGHT)
    ground = place.bottom() - 8
    room = ground - (place.top() + 4 + 2 * line)
    step = place.width() / max(len(strip.shares), 1)
    wide = min(step * 0.62, THEME.px(WIDEST))
    for number, share in enumerate(strip.shares):
        middle = place.left() + (number + 0.5) * step
        high = room * (share or 0.0)
        if share is not None:
            box = QRectF(middle - wide / 2, ground - high, wide, high)
            _fill(painter, box, Part("", "accent", "solid"), ink)
            rest = QRectF(middle - wide / 2, ground - room, wide, room - high)
            if rest.height() > 1:
                _fill(painter, rest, Part("", "late", "hatched"), ink)
        painter.setFont(font("small"))
        painter.setPen(ink("ink") if share is not None else ink("ink3"))
        painter.drawText(QRectF(middle - step / 2, ground - room - line, step, line), _CENTRED, _short(share))
    painter.setPen(QPen(ink("line_strong"), 1))
    painter.drawLine(QPointF(place.left(), ground), QPointF(place.right(), ground))


def _short(share: float | None) -> str:
    """A share on a column: whole per cent, but 100 only for all of them, 0 only for none."""
    if share is None:
        return "–"
    whole = round(share * 100)
    return f"{min(max(whole, 1), 99) if 0 < share < 1 else whole}%"


# Lying bars
def _paint_bars(painter: QPainter, place: QRectF, chart: Chart, ink: Ink) -> None:
    line, row = THEME.px(LINE), THEME.px(ROW)
    _legend(painter, QRectF(place.left(), place.top(), place.width(), line), chart.parts, ink)
    top = place.top() + line + 8
    fits = max(int((place.bottom() - top) // row), 1)
    shown = chart.bars if len(chart.bars) <= fits else chart.bars[: max(int((place.bottom() - top - line) // row), 1)]
    most = max((sum(bar.counts) for bar in chart.bars), default=1) or 1
    end = max((QFontMetricsF(font("small", bold=True)).horizontalAdvance(bar.end) for bar in shown), default=0) + 12
    for number, bar in enumerate(shown):
        _paint_bar(painter, QRectF(place.left(), top + number * row, place.width(), row), bar, chart.parts, (most, end), ink)
    if len(shown) < len(chart.bars):
        told = _("{n} more stand in the table").format(n=len(chart.bars) - len(shown))
        _words(painter, QRectF(place.left(), top + len(shown) * row, place.width(), line), told, ink("ink3"), False)


def _paint_bar(painter: QPainter, place: QRectF, bar: Bar, parts: tuple[Part, ...], scale: tuple[int, float], ink: Ink) -> None:
    line, (most, end) = THEME.px(LINE), scale
    _words(painter, QRectF(place.left(), place.top(), place.width(), line), dot(bar.title), ink("ink"), False)
    box = QRectF(place.left(), place.top() + line, (place.width() - end) * sum(bar.counts) / most, place.height() - line - 6)
    left = box.left()
    for part, count in zip(parts, bar.counts, strict=True):
        if not count:
            continue
        wide = box.width() * count / sum(bar.counts)
        one = QRectF(left, box.top(), wide, box.height())
        _fill(painter, one, part, ink)
        _count(painter, one, part, bar.told(count), ink)
        left += wide
    _words(painter, QRectF(left + 6, box.top() - 2, end, box.height() + 4), bar.end, ink("ink2"), True)


def _count(painter: QPainter, box: QRectF, part: Part, count: str, ink: Ink) -> None:
    """The figure in its part, on a ground of its own where the part is hatched; left out where it would not fit."""
    wide = QFontMetricsF(font("small")).horizontalAdvance(count) + 8
    if wide > box.width():
        return
    painter.setFont(font("small"))
    inner = QRectF(box.center().x() - wide / 2, box.top() + 1, wide, box.height() - 2)
    if part.filling in _FILLINGS:
        painter.fillRect(inner, ink("surface"))
    painter.setPen(ink("on_accent") if part.filling == "solid" else ink("ink"))
    painter.drawText(inner, _CENTRED, count)


def _legend(painter: QPainter, place: QRectF, parts: tuple[Part, ...], ink: Ink) -> None:
    left, side = place.left(), THEME.px(14)
    for part in parts:
        _fill(painter, QRectF(left, place.center().y() - side / 2, side, side), part, ink)
        wide = QFontMetricsF(font("small")).horizontalAdvance(part.title) + 4
        _words(painter, QRectF(left + side + 6, place.top(), wide, place.height()), part.title, ink("ink2"), False)
        left += side + 6 + wide + 14


def _fill(painter: QPainter, box: QRectF, part: Part, ink: Ink) -> None:
    edge = box.adjusted(0.5, 0.5, -0.5, -0.5) if box.width() > 1 and box.height() > 1 else box
    painter.setPen(QPen(ink(part.ink), 1))
    if part.filling == "solid":
        painter.setBrush(QBrush(ink(part.ink)))
    else:
        painter.setBrush(QBrush(ink(part.ink), _FILLINGS[part.filling]) if part.filling in _FILLINGS else QBrush(ink("surface")))
    painter.drawRect(edge)


def _words(painter: QPainter, place: QRectF, words: str, ink: QColor, bold: bool, align: Qt.AlignmentFlag = LEFT) -> None:
    written = font("small", bold=bold)
    painter.setFont(written)
    painter.setPen(ink)
    painter.drawText(place, align, QFontMetricsF(written).elidedText(words, Qt.TextElideMode.ElideRight, place.width()))
