"""A clock in words, and the sum it opens into: start, plus, days skipped, due, done, and the article word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.i18n import _
from desktop.intake import UnlinkedLine
from desktop.policy import Clock, Profile
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.deadlines import over
from desktop.policy.known import as_moment
from views.common.layout import fill, frame, hbox, vbox
from views.common.measures import span_words, weekday
from views.common.panels import quote
from views.common.text import em, glyph, para, text
from views.theme import THEME, line_height


@dataclass(frozen=True)
class SumLine:
    """One line of a sum: its sign, the value, and why."""

    sign: str
    value: str
    why: str = ""
    strong: bool = False


def verdict_words(clock: Clock) -> tuple[str, str]:
    """Kind (late, soon or good) and words of a clock that was met: 晚 3 小时 12 分, 按时, 摄录时间不明."""
    if clock.limit is None or clock.met is None:
        return "soon", _("time of recording not known")
    late_by = over(clock, as_moment(clock.met))
    if clock.late and late_by is not None:
        return "late", _("late by {span}").format(span=span_words(late_by.total_seconds()))
    return "good", _("in time")


def share_left(clock: Clock) -> float:
    """How much of the term was left when it was met, 0 to 1."""
    if clock.start is None or clock.limit is None or clock.met is None or clock.late:
        return 0.0
    whole = (clock.limit - as_moment(clock.start)).total_seconds()
    return (clock.limit - as_moment(clock.met)).total_seconds() / whole if whole else 0.0


_SIGNS = {"event": lambda: _("counted from"), "counted": lambda: _("plus"), "due": lambda: _("due"), "met": lambda: _("came in"),
          "rolled": lambda: _("rolls to"), "refused": lambda: _("not accepted"), "claimed": lambda: _("exception"), "odd": lambda: _("check")}


def sum_lines(clock: Clock) -> list[SumLine]:
    """The sum of any clock, line by line: from what, plus what, every day skipped, due by which article."""
    by_hours = any(step.kind == "counted" and isinstance(step.at, datetime) for step in clock.steps)
    told = {"due", "met", "start"} if by_hours else {"due", "met"}  # the first day of days says that it is not counted, hours have none
    lines = [SumLine(_SIGNS[step.kind]() if step.kind in _SIGNS else "", _exact(step.at), step.words)
             for step in clock.steps if step.kind not in told]
    if clock.limit is None or clock.due is None:
        return lines
    lines.append(SumLine(_("due"), _exact(clock.due), clock.ground.article, True))
    return [*lines, SumLine(_("came in"), _exact(clock.met), _left(clock))] if clock.met is not None else lines


def deposit_lines(line: UnlinkedLine) -> list[SumLine]:
    """The sum of one recording's deposit clock, with the recorder's own time as it stands."""
    clock = line.clock
    if clock.limit is None:
        came = [SumLine(_("came in"), _exact(clock.met), _("into the vault"))] if clock.met is not None else []
        raw = line.component.camera_time or _("none")
        return [SumLine(_("counted from"), raw, _("the recorder gave no time that can be read; ask who recorded it")), *came]
    return [SumLine(_("recorder"), line.component.camera_time or "", _("the recorder’s own time, as it stands")), *sum_lines(clock)]


def _left(clock: Clock) -> str:
    late_by = over(clock, as_moment(clock.met)) if clock.met is not None else None
    if late_by is None or clock.late:
        return verdict_words(clock)[1]
    return _("in time, {span} before").format(span=span_words(-late_by.total_seconds()))


def _exact(at: datetime | date) -> str:
    """A moment or a day; the end of a day is its 24:00, not the next day's 0:00."""
    if not isinstance(at, datetime):
        return f"{at:%Y-%m-%d}（{weekday(at)}）"
    local = at.astimezone(BEIJING)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return f"{last_day(at):%Y-%m-%d} 24:00（{weekday(last_day(at))}）"
    return f"{local:%Y-%m-%d %H:%M}（{weekday(local.date())}）"


def sum_grid(lines: Sequence[SumLine], narrow: bool = False) -> QGridLayout:
    """A sum as a grid of sign, value and reason; `narrow` puts the reason under the value."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4 if not narrow else 0)
    grid.setColumnStretch(2 if not narrow else 1, 1)
    row = 0
    for line in lines:
        sign = text(line.sign, "small", "ink3", "serif", bold=True)
        sign.setMinimumHeight(line_height("body"))  # so that it stands on the line of the value
        value: QWidget = text(line.value, "strong" if line.strong else "body") if not narrow else para(em(line.value) if line.strong else line.value)
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        why = para(line.why, "small", "ink2", lead=1.5 if narrow else 1.8)
        if line.why and narrow:
            grid.addWidget(why, row + 1, 1)
            grid.setRowMinimumHeight(row + 2, THEME.px(6))
            row += 3
            continue
        if line.why:
            grid.addWidget(why, row, 2, Qt.AlignmentFlag.AlignTop)
        row += 1
    return grid


def article_quote(clock: Clock) -> QFrame:
    """The article of a clock, word for word in Song."""
    return quote(f"“{clock.ground.text}”")


def deposit_sum(line: UnlinkedLine, rule: Profile, *actions: Any, narrow: bool = False) -> QFrame:
    """The sum under a clock: the lines, the article, who wrote it, and what may be done."""
    source = hbox(glyph("scroll", "ink3", 16), (text(f"{rule.title}{rule.limits('deposit')[0].article}", "small", "ink3", elide=True), 1), gap=6)
    box = vbox(sum_grid(deposit_lines(line), narrow), 4, article_quote(line.clock), source, gap=8, margins=(16, 12, 16, 12))
    if actions:
        fill(box, [hbox(None, *actions, gap=8)])
    out = frame(box, "sunken", _("The sum of this term"))
    out.setAccessibleDescription("；".join(f"{one.sign} {one.value}，{one.why}" for one in deposit_lines(line)))
    return out



