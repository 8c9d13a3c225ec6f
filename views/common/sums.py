"""The deposit clock in words, and the sum it opens into: start, plus, due, deposited, and the article word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.i18n import _
from desktop.intake import UnlinkedLine
from desktop.policy import DepositClock, Profile
from desktop.policy.clocks import BEIJING
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


def verdict_words(clock: DepositClock) -> tuple[str, str]:
    """Kind (late, soon or good) and words of a deposit clock: 晚 3 小时 12 分, 按时, 摄录时间不明."""
    if clock.over is None:
        return "soon", _("time of recording not known")
    if clock.late:
        return "late", _("late by {span}").format(span=span_words(clock.over.total_seconds()))
    return "good", _("in time")


def share_left(clock: DepositClock) -> float:
    """How much of the term was left when it came, 0 to 1."""
    if clock.start is None or clock.due is None or clock.late:
        return 0.0
    whole = (clock.due - clock.start).total_seconds()
    return (clock.due - clock.deposited).total_seconds() / whole if whole else 0.0


def deposit_lines(line: UnlinkedLine, rule: Profile) -> list[SumLine]:
    """The sum of one recording's deposit clock, line by line."""
    clock, hours = line.clock, rule.deposit.hours
    if clock.start is None or clock.due is None:
        raw = line.component.camera_time or _("none")
        return [
            SumLine(_("counted from"), raw, _("the recorder gave no time that can be read; ask who recorded it")),
            SumLine(_("plus"), _plus(rule), rule.cite(clock.article)),
            SumLine(_("came in"), _exact(clock.deposited), _("into the vault")),
        ]
    ended = _exact(clock.start)
    return [
        SumLine(_("counted from"), line.component.camera_time or "",
                _("the recorder’s own time, as it stands; recorded until {end}").format(end=ended)),
        SumLine(_("plus"), _plus(rule), _why_plus(rule)),
        SumLine(_("due"), _exact(clock.due), rule.cite(clock.article), True),
        SumLine(_("came in"), _exact(clock.deposited), verdict_words(clock)[1] if clock.late or not hours else _left(clock)),
    ]


def _left(clock: DepositClock) -> str:
    assert clock.over is not None
    return _("in time, {span} before").format(span=span_words(-clock.over.total_seconds()))


def _plus(rule: Profile) -> str:
    return _("the same day") if rule.deposit.start == "same_day" else _("{n} h").format(n=rule.deposit.hours)


def _why_plus(rule: Profile) -> str:
    if rule.deposit.start == "returned":
        return _("from the return to the office; the return is not on record, so the end of the recording stands for it")
    if rule.deposit.start == "same_day":
        return _("by the end of the day of the enforcement")
    return _("hours run on without a break, holidays too")


def _exact(at: Any) -> str:
    local = at.astimezone(BEIJING)
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


def article_quote(rule: Profile) -> QFrame:
    """The article on the deposit, word for word in Song."""
    return quote(f"“{rule.deposit.text}”")


def deposit_sum(line: UnlinkedLine, rule: Profile, *actions: Any, narrow: bool = False) -> QFrame:
    """The sum under a clock: the lines, the article, who wrote it, and what may be done."""
    source = hbox(glyph("scroll", "ink3", 16), (text(f"{rule.title}{rule.deposit.article}", "small", "ink3", elide=True), 1), gap=6)
    box = vbox(sum_grid(deposit_lines(line, rule), narrow), 4, article_quote(rule), source, gap=8, margins=(16, 12, 16, 12))
    if actions:
        fill(box, [hbox(None, *actions, gap=8)])
    out = frame(box, "sunken", _("The sum of this term"))
    out.setAccessibleDescription("；".join(f"{one.sign} {one.value}，{one.why}" for one in deposit_lines(line, rule)))
    return out



