"""The list of what was found: title and excerpt with the found words marked, the label, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.i18n import _
from desktop.search import Hit
from views.common.tables import Cell, Column, Index, RowPainter, Rows, Table
from views.common.tags import LABELS, draw_tag, label_words, tag_width
from views.common.text import LEFT, dot
from views.theme import THEME, color, font, paint_icon

ICONS = {"case": "archive", "record": "file", "paper": "file-text", "annotation": "bookmark-simple"}
ROW = 88  # px at 100 %
Spans = Sequence[tuple[int, int]]


def kind_words(kind: str) -> str:
    """案卷, 题名, 文书全文, 标注."""
    return {"case": _("Case folder"), "record": _("Item’s title"), "paper": _("Paper’s text"), "annotation": _("Annotation")}.get(kind, kind)


def where_words(hit: Hit) -> str:
    """What sort of thing it is and in which case folder."""
    folder = "" if hit.kind == "case" else hit.case_number or _("in no case folder yet")
    return dot(" · ".join(filter(None, [kind_words(hit.kind), folder])))


def draw_marked(painter: QPainter, box: QRectF, words: str, spans: Spans, written: QFont) -> None:
    """One line with the found words on a ground, bold and underlined; what does not fit ends in ……"""
    shown, spans = _fitting(words, spans, written, box.width())
    mark = QTextCharFormat()
    mark.setBackground(color("soon_soft"))
    mark.setForeground(color("ink"))
    mark.setFontWeight(QFont.Weight.Bold)
    mark.setFontUnderline(True)
    ranges = []
    for start, end in spans:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, end - start, mark  # type: ignore[assignment]  # plain members of a C++ struct
        ranges.append(one)
    layout = QTextLayout(shown, written)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    painter.setPen(color("ink"))
    layout.draw(painter, QPointF(box.left(), box.center().y() - line.height() / 2))


def _fitting(words: str, spans: Spans, written: QFont, room: float) -> tuple[str, Spans]:
    """As much of a line as fits, measured as if all of it were bold: marked words are wider."""
    bold = QFont(written)
    bold.setBold(True)
    metrics = QFontMetricsF(bold)
    if metrics.horizontalAdvance(words) <= room:
        return words, spans
    end = len(words)
    while end and metrics.horizontalAdvance(words[:end] + "……") > room:
        end -= max(1, round((metrics.horizontalAdvance(words[:end] + "……") - room) / (2 * metrics.horizontalAdvance("国"))))
    return words[:end] + "……", [(a, min(b, end)) for a, b in spans if a < end]


class HitPainter(RowPainter):
    """Three lines a hit, on the grounds of every other list."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Rows)
        hit: Hit = model.rows[index.row()]
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # PySide's stubs miss the option's members
        painter.save()
        self._ground(painter, box, bool(option.state & QStyle.StateFlag.State_Selected), True, "")  # type: ignore[attr-defined]  # as above
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, inner = THEME.px(20), box.adjusted(16, 8, -16, -9)
        paint_icon(painter, ICONS.get(hit.kind, "file"), QRectF(inner.left(), inner.top() + 2, side, side), color("ink2"))
        inner.setLeft(inner.left() + side + 12)
        tags = sum(tag_width(label_words(n)) + 6 for n in hit.label.names)
        lines = [THEME.px(25), THEME.px(25), THEME.px(20)]
        top = inner.top()
        draw_marked(painter, QRectF(inner.left(), top, inner.width() - tags - 8, lines[0]), hit.title, hit.title_spans, font())
        x = inner.right() - tags + 6
        for name in hit.label.names:
            x += draw_tag(painter, x, top, label_words(name), LABELS[name]) + 6
        excerpt = QRectF(inner.left(), top + lines[0], inner.width(), lines[1])
        draw_marked(painter, excerpt, hit.excerpt.replace("…", "……"), _moved(hit), font("body", "serif"))
        painter.setFont(font("small"))
        painter.setPen(color("ink3"))
        painter.drawText(QRectF(inner.left(), top + lines[0] + lines[1], inner.width(), lines[2]), LEFT, where_words(hit))
        painter.restore()


def _moved(hit: Hit) -> Spans:
    """The spans of an excerpt whose leading … is written …… on screen."""
    by = 1 if hit.excerpt.startswith("…") else 0
    return [(a + by, b + by) for a, b in hit.spans]


class HitList(Table):
    """Arrows move, Enter opens; no head over it."""

    def __init__(self, name: str) -> None:
        self.hits = Rows([Column("", 0, spoken)])
        super().__init__(self.hits, name)
        self.setItemDelegate(HitPainter(self))
        self.horizontalHeader().hide()

    def _restyle(self) -> None:
        super()._restyle()
        self.verticalHeader().setDefaultSectionSize(THEME.px(ROW))


def spoken(hit: Hit) -> Cell:
    """A hit for a screen reader and for the tooltip."""
    labels = "、".join(label_words(n) for n in hit.label.names)
    return Cell(f"{hit.title}（{labels}）", "，".join(filter(None, [hit.excerpt, where_words(hit)])))


