"""Above the marks: which key points of the activity are proven, which are not seen yet, and where the first of each is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.media.viewing import KeyPoints, Mark
from models import timecode
from views.common import Para, Row, Text, glyph, hbox, para, text, vbox
from views.common.layout import empty, fill


class KeyPointsStrip(QWidget):
    """重点摄录内容 4 / 5. Enter opens the list; Enter on a point that this recording proves goes there: `jump` tells the microsecond."""

    jump = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.points: KeyPoints | None = None
        self.open = False
        self._marks: tuple[Mark, ...] = ()
        self.count: Text = text("", "small", "ink2", elide=True)
        self.head = Row(hbox(glyph("list-bullets", "ink2", 16), (self.count, 1), gap=6, margins=(0, 4, 0, 4)), "", self.toggle)
        self.unseen: Para = para("", "small", "late", lead=1.5)
        self._rows = vbox(gap=0)
        self.setLayout(vbox(self.head, self.unseen, self._rows, gap=2))
        self.hide()

    def show_points(self, points: KeyPoints | None) -> None:
        """The key points of another recording; None where nobody lists any."""
        self.points, self.open = points, False
        self.setVisible(points is not None)

    def count_marks(self, marks: Sequence[Mark]) -> None:
        """What these marks prove."""
        self._marks = tuple(marks)
        self._show()

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the points that nothing proves yet."""
        if self.points is None:
            return ()
        proven = self.points.proven(self._marks)
        return tuple(code for code, _words in self.points.wanted if code not in proven)

    def toggle(self) -> None:
        """Open the list, or close it."""
        self.open = not self.open
        self._show()

    def _show(self) -> None:
        empty(self._rows)
        if self.points is None:
            return
        proven, words = self.points.proven(self._marks), dict(self.points.wanted)
        told = _("Key points {seen} / {all}").format(seen=len(proven), all=len(words))
        unseen = _("not seen: {points}").format(points="、".join(words[code] for code in self.missing)) if self.missing else ""
        self.count.setText("　".join(filter(None, (told, self.points.article))))
        self.head.setAccessibleName("，".join(filter(None, (told, unseen))))
        self.unseen.setText(unseen)
        self.unseen.setVisible(bool(unseen) and not self.open)
        if self.open:
            fill(self._rows, [self._row(name, code in proven, proven.get(code)) for code, name in self.points.wanted])

    def _row(self, name: str, seen: bool, mark: Mark | None) -> Row:
        place = _("not seen") if not seen else timecode.text(mark.start_us, 0) if mark else _("in another recording")
        icon, ink = ("check-circle", "good") if seen else ("x-circle", "late")
        line = hbox(glyph(icon, ink, 16), (text(name, "small", elide=True), 1), text(place, "small", "ink2" if seen else "late"), gap=6)
        return Row(line, f"{name}：{place}", partial(self.jump.emit, mark.start_us) if mark else None)
