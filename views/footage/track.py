"""The track of the lens: the frame from arrival to leaving, a bar for each recorder, their union, and the gaps hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.policy import coverage
from desktop.policy.continuity import RECORDING
from desktop.policy.verdicts import DutyVerdict, Stretch
from desktop.procedure import FootageLine
from models.facts import Footage, Logged
from views.common.tags import draw_gap
from views.common.text import CENTER, LEFT, RIGHT
from views.footage.words import clock_time, gap_words, recorder_name
from views.theme import THEME, color, follow, font

Span = tuple[datetime, datetime]
MOST = 5  # bars: more recorders than these share the last one
LABEL, ROW, BAR, HEAD, FOOT = 72, 24, 14, 28, 24  # px


@dataclass(frozen=True)
class Bar:
    """One row of the track: the name of a recorder and the stretches that it holds."""

    name: str
    spans: tuple[Span, ...]
    ink: str = "accent"


def bars(duty: DutyVerdict, recordings: Sequence[FootageLine] = (), log: Sequence[Logged] = ()) -> tuple[Bar, ...]:
    """A bar for each recorder, as its recordings truly ran; without them, by what the verdict says of each recording. Behind them what each
    recorder's own log says that it recorded."""
    return (*_recorded(duty, recordings), *_logged(duty, log))


def _logged(duty: DutyVerdict, log: Sequence[Logged]) -> list[Bar]:
    held: dict[str, list[Span]] = {}
    for one in log:
        if one.activity == duty.activity and one.kind == RECORDING and one.end is not None:
            held.setdefault(one.recorder, []).append((one.start, one.end))
    return [Bar(_("{number} log").format(number=number), tuple(spans), "ink3") for number, spans in list(held.items())[:MOST]]


def _recorded(duty: DutyVerdict, recordings: Sequence[FootageLine]) -> tuple[Bar, ...]:
    held: dict[str, list[Span]] = {}
    known = {str(line.component): line for line in recordings if str(line.component) in duty.footage}
    for line in known.values():
        held.setdefault(recorder_name(line), []).extend(coverage.recorded(Footage(id="", start=line.start, end=line.end, gaps=line.gaps)))
    if not known:
        for piece in duty.coverage:
            if piece.kind == coverage.PROVEN:
                name = _("recording {n}").format(n=duty.footage.index(piece.footage) + 1 if piece.footage in duty.footage else piece.footage)
                held.setdefault(name, []).append((piece.start, piece.end))
    out = [Bar(name, tuple(spans)) for name, spans in held.items()]
    if len(out) > MOST:
        rest = tuple(span for bar in out[MOST - 1:] for span in bar.spans)
        out = [*out[: MOST - 1], Bar(_("{n} others").format(n=len(held) - MOST + 1), rest)]
    return tuple(out)


class Track(QWidget):
    """Painted; its facts are its accessible name. Without a begin and an end known by the clock it is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: tuple[Stretch, ...] = ()
        self.rows: tuple[Bar, ...] = ()
        self.strict = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(220)
        follow(self, self._restyle)

    def show_coverage(self, pieces: tuple[Stretch, ...], rows: tuple[Bar, ...], told: str, strict: bool = True) -> None:
        """Show the stretches of an activity; `told` are the facts in words. `strict`: what was not recorded should have been, and is hatched."""
        self.pieces, self.rows, self.strict = pieces, rows, strict
        self.setAccessibleName(told)
        self.setToolTip(told)
        self._restyle()

    @property
    def worst(self) -> Stretch | None:
        """The longest unrecorded stretch: the one that is named in the drawing."""
        missing = [piece for piece in self.pieces if piece.kind != coverage.PROVEN]
        return max(missing, key=lambda piece: piece.end - piece.start, default=None)

    def _restyle(self) -> None:
        self.setFixedHeight(THEME.px(HEAD + ROW * (len(self.rows) + 1) + (FOOT if self.worst else 4)))
        self.update()

    def _x(self, at: datetime) -> float:
        begun, over = self.pieces[0].start, self.pieces[-1].end
        left, right = float(THEME.px(LABEL)), self.width() - 8.0
        return left + (right - left) * min(max((at - begun) / (over - begun), -0.02), 1.02)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.pieces:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        begun, over = self.pieces[0].start, self.pieces[-1].end
        top = THEME.px(HEAD)
        for number, bar in enumerate(self.rows):
            self._bar(painter, top + number * THEME.px(ROW), bar.name, bar.spans, bar.ink, False)
        whole = tuple((piece.start, piece.end) for piece in self.pieces if piece.kind == coverage.PROVEN)
        below = top + len(self.rows) * THEME.px(ROW)
        self._bar(painter, below, _("Union"), whole, "good", True)
        for piece in self.pieces:
            if piece.kind != coverage.PROVEN:
                left, right = self._x(piece.start), self._x(piece.end)
                box = QRectF(left, below - 2, max(right - left, 6.0), THEME.px(BAR) + 4)
                draw_gap(painter, box) if self.strict else _draw_open(painter, box)
        self._frame(painter, begun, over, below)
        self._name_worst(painter, below)

    def _frame(self, painter: QPainter, begun: datetime, over: datetime, below: float) -> None:
        painter.setFont(font("small"))
        painter.setPen(QPen(color("ink2"), 1))
        for at in (begun, over):
            x = round(self._x(at)) + 0.5
            painter.drawLine(QPointF(x, THEME.px(22)), QPointF(x, below + THEME.px(BAR) + 6))
        height = THEME.px(20)
        painter.drawText(QRectF(THEME.px(LABEL) - 4, 0, self.width() / 2, height), LEFT, _("{at} arrival").format(at=clock_time(begun)))
        painter.drawText(QRectF(self.width() / 2, 0, self.width() / 2, height), RIGHT, _("{at} leaving").format(at=clock_time(over)))

    def _bar(self, painter: QPainter, y: float, name: str, spans: Sequence[Span], ink: str, strong: bool) -> None:
        face, height = font("small", bold=strong), THEME.px(BAR)
        painter.setFont(face)
        painter.setPen(color("ink" if strong else "ink2"))
        room = THEME.px(LABEL) - 8
        words = QFontMetricsF(face).elidedText(name, Qt.TextElideMode.ElideLeft, room)  # the end of a number tells recorders apart
        painter.drawText(QRectF(0, y - 3, room, height + 6), LEFT, words)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = self._x(self.pieces[0].start), self._x(self.pieces[-1].end)
        painter.setBrush(color("quiet_soft"))
        painter.drawRoundedRect(QRectF(left, y, right - left, height), 2, 2)
        painter.setBrush(color(ink))
        for start, end in spans:
            a, b = self._x(start), self._x(end)
            painter.drawRoundedRect(QRectF(a, y, max(b - a, 2.0), height), 2, 2)

    def _name_worst(self, painter: QPainter, below: float) -> None:
        piece = self.worst
        if piece is None:
            return
        face, words = font("small", bold=True), gap_words(piece.start, piece.end)
        wide = QFontMetricsF(face).horizontalAdvance(words) + 4
        middle = (self._x(piece.start) + self._x(piece.end)) / 2
        left = min(max(middle - wide / 2, 0.0), max(self.width() - wide, 0.0))
        painter.setFont(face)
        painter.setPen(color("late" if self.strict else "ink2"))
        painter.drawText(QRectF(left, below + THEME.px(BAR) + 4, wide, THEME.px(20)), CENTER, words)


def _draw_open(painter: QPainter, box: QRectF) -> None:
    """A stretch without a recording that is no breach by itself: a dashed edge, nothing in it."""
    painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(color("surface"))
    painter.drawRect(box.adjusted(0.5, 2.5, -0.5, -2.5))
