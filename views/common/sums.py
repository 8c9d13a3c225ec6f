"""A clock in words, and the sum it opens into: start, plus, days not counted, due, the strip of days, the article word for word.

For a page: `clock_sum(clock, calendar, now, button, …)` is the whole frame under a clock; `calendar` is `archive.rulebook.calendar()`.
`deposit_sum(line, rule, …)` is the same for a recording that belongs to no case yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.i18n import _
from desktop.intake import UnlinkedLine
from desktop.policy import Clock, Profile
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import BEIJING, day_of, last_day
from desktop.policy.deadlines import over
from desktop.policy.known import as_moment
from desktop.policy.strip import StripDay, by_hours, days_of
from desktop.policy.verdicts import Ground, Step
from views.common.dial import DayStrip, strip_words
from views.common.layout import frame, hbox, vbox
from views.common.measures import span_words, weekday
from views.common.panels import quote
from views.common.tags import chip
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


# Signs of steps that stand in the sum as they are told; the others are put together below.
_SIGNS = {"refused": lambda: _("not accepted"), "claimed": lambda: _("exception"), "odd": lambda: _("check"), "override": lambda: _("other limit"),
          "paused": lambda: _("paused"), "restarted": lambda: _("anew"), "extended": lambda: _("extended"), "inferred": lambda: _("alarm"),
          "provisional": lambda: _("provisional")}


def sum_lines(clock: Clock, days: Sequence[StripDay] = ()) -> list[SumLine]:
    """The sum of any clock, line by line: from what, plus what, which days not, due by which article; `days` number what is skipped."""
    notes = [SumLine(_SIGNS[step.kind](), "", step.words) for step in clock.steps if step.kind in _SIGNS]
    before = [line for line in notes if line.sign == _("check")]
    lines = [*before, *_counting(clock, days), *(line for line in notes if line not in before)]
    if clock.due is not None:
        lines.append(SumLine(_("due"), _exact(clock.due), "", True))
        if clock.met is not None:
            lines.append(SumLine(_("came in") if clock.topic == "deposit" else _("carried out"), _exact(clock.met), _left(clock)))
    return lines


def _counting(clock: Clock, days: Sequence[StripDay]) -> Iterator[SumLine]:
    """起算, 加上, 不计, 照计, 顺延."""
    hours = by_hours(clock)
    for step in clock.steps:
        if step.kind == "event":
            said = step.words.removeprefix(_("counted from: {event}").format(event=""))
            tail = "" if hours or not any(one.kind == "start" for one in clock.steps) else _("; this day is not counted")
            yield SumLine(_("counted from"), _exact(step.at), said + tail)
    counted = [step for step in clock.steps if step.kind == "counted"]
    if counted:
        amount = _amount(counted[0].words)
        why = _("{article}; counted in hours without a break, holidays too").format(article=clock.ground.article) if hours else clock.ground.article
        if any(step.kind in ("paused", "extended") for step in clock.steps):
            why = _("{article}, with the days paused and put off below").format(article=why)
        yield SumLine(_("plus"), amount or _exact(counted[0].at), why if amount else counted[0].words)
    raw = None if clock.raw is None else last_day(clock.raw)
    skipped = [step for step in clock.steps if step.kind == "skipped"]
    rolling = [step for step in skipped if raw is not None and clock.raw != clock.due and _rolls(step, clock)]
    within = [step for step in skipped if step not in rolling]
    if within:
        number = sum(one.kind == "skip" and (raw is None or one.day < raw or clock.raw == clock.due) for one in days)
        yield SumLine(_("less"), _("{n} days").format(n=number) if number else "", "；".join(_short(step.words) for step in within))
    if len(counted) > 1:
        yield SumLine(_("counted in"), "", "；".join(_short(step.words) for step in counted[1:]))
    for step in clock.steps:
        if step.kind == "rolled":
            why = "；".join([*(_short(one.words) for one in rolling), step.words])
            yield SumLine(_("as counted"), "" if clock.raw is None else _exact(clock.raw), "")
            yield SumLine(_("rolls to"), "" if clock.due is None else _exact(clock.due), why)


def _rolls(step: Step, clock: Clock) -> bool:
    """Whether a skipped stretch lies between the last day as counted and the day that it rolls to."""
    assert clock.raw is not None
    assert clock.due is not None
    low, high = sorted((last_day(clock.raw), last_day(clock.due)))
    return low <= day_of(step.at) <= high


def _short(words: str) -> str:
    """A line of the counting without the repeated 不计入: its sign says that already."""
    for template in (_("{days} {why}, not counted"), _("{days} {why}, counted")):
        tail = template.partition("{why}")[2]
        if tail and words.endswith(tail):
            return words.removesuffix(tail)
    return words


def _amount(words: str) -> str:
    """Of «plus 20 working days: …» the 20 working days; empty where the words are others."""
    for template in (_("plus {amount}: {day}"), _("plus {amount}; hours run on through nights, weekends and holidays")):
        head, _sign, tail = template.partition("{amount}")
        if words.startswith(head) and tail[:1] in words:
            return words.removeprefix(head).partition(tail[:1])[0]
    return ""


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
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        why = para(line.why, "small", "ink2", lead=1.5 if narrow else 1.8)
        if not line.value:
            grid.addWidget(why, row, 1, 1, 1 if narrow else 2)
            row += 1
            continue
        value: QWidget = text(line.value, "strong" if line.strong else "body") if not narrow else para(em(line.value) if line.strong else line.value)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
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


def ground_lines(ground: Ground, whole: str = "") -> list[Any]:
    """Who wrote the article, its mark where somebody must still check it, and that the base speaks where the regulation is silent."""
    cited = hbox(glyph("scroll", "ink3", 16), (text(whole or ground.article, "small", "ink3", elide=True), 1), gap=6)
    if ground.mark == "k":
        cited.addWidget(chip(_("to be checked against the text"), "soon"))
    said: list[Any] = [cited]
    if ground.national:
        said.append(text(_("This regulation does not say; the higher law applies"), "small", "ink2"))
    if ground.note:
        said.append(para(ground.note, "small", "ink2"))
    return said


def clock_sum(clock: Clock, calendar: OfficeCalendar, now: datetime, *actions: Any, narrow: bool = False) -> QFrame:
    """The sum under any clock, with the strip of its days and what may be done. `now` is the archive's clock, for the ring around today."""
    days = days_of(clock, calendar)
    if clock.start is None and not clock.steps:
        waits = SumLine(_("counted from"), _("not begun"), _("The event that starts this limit is not on record."))
        return _sum_frame([waits], [], clock, ground_lines(clock.ground), actions, narrow)
    strip: list[Any] = [DayStrip(days, day_of(now))] if days else []
    return _sum_frame(sum_lines(clock, days), strip, clock, ground_lines(clock.ground), actions, narrow, strip_words(days) if days else "")


def deposit_sum(line: UnlinkedLine, rule: Profile, *actions: Any, narrow: bool = False) -> QFrame:
    """The sum under the clock of a recording without a case: the lines, the article, who wrote it, and what may be done."""
    source = ground_lines(line.clock.ground, f"{rule.title}{rule.limits('deposit')[0].article}")
    return _sum_frame(deposit_lines(line), [], line.clock, source, actions, narrow)


def _sum_frame(lines: Sequence[SumLine], strip: list[Any], clock: Clock, source: list[Any], actions: Sequence[Any], narrow: bool,
               spoken: str = "") -> QFrame:
    foot = hbox(gap=8)
    if clock.calendar:
        foot.addWidget(glyph("calendar-check", "ink3", 16))
        foot.addWidget(text(clock.calendar, "small", "ink3", elide=True), 1)
    foot.addStretch(0 if clock.calendar else 1)
    for action in actions:
        foot.addWidget(action)
    parts: list[Any] = [sum_grid(lines, narrow), *strip, 2, article_quote(clock), *source]
    out = frame(vbox(*parts, foot, gap=8, margins=(16, 12, 16, 12)) if clock.calendar or actions else
                vbox(*parts, gap=8, margins=(16, 12, 16, 12)), "sunken", _("The sum of this term"))
    said = [*("，".join(filter(None, (f"{one.sign} {one.value}", one.why))) for one in lines), spoken]
    out.setAccessibleDescription("；".join(filter(None, said)))
    return out
