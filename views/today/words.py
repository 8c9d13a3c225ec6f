"""A limit in words: how much is left, whose it is, when it ends; and which ink says the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.today import Urgent
from models import timecode
from views.common.limits import NEAR
from views.common.limits import left_words as left_of
from views.common.measures import moment_words, span_words
from views.common.sums import verdict_words

SOON_DAYS = 3


def left_words(row: Urgent, now: datetime) -> tuple[str, str]:
    """Kind (late, soon, good or plain) and words: 已逾期 1 天 10 小时, 还有 3 小时 12 分, 还有 2 个工作日."""
    if row.unlinked is not None or row.due is None:
        return verdict_words(row.unlinked.clock) if row.unlinked is not None else ("plain", "")
    left = row.due - now
    if left < timedelta() and row.outside:
        return "soon", _("their time was over {span} ago: enter it and go on").format(span=span_words(-left.total_seconds()))
    if left < timedelta():
        return "late", _("over by {span}").format(span=span_words(-left.total_seconds()))
    near = left < NEAR
    words = left_of(left, row.unit, row.days)
    if row.rolling:
        words = _("last day over, {words} by the roll-over").format(words=words)
    if row.provisional:
        words = _("{words} (provisional)").format(words=words)
    return "soon" if near or row.rolling or (row.unit != "hour" and row.days <= SOON_DAYS) else "plain", words


def head_words(row: Urgent, now: datetime) -> str:
    """The first line: 还有 3 小时 12 分 · 音像移交 · 西岗办法第十六条."""
    return " · ".join((left_words(row, now)[1], row.duty, row.article))


def about_words(row: Urgent) -> str:
    """The second line: which case, what about, who is responsible."""
    if row.unlinked is not None:
        component = row.unlinked.component
        parts = [row.title, row.unlinked.guard, component.device, timecode.text(component.duration_us or 0, 0),
                 _("handed in by {name}").format(name=row.officers)]
        return "　".join(filter(None, parts))
    who = _("in charge {names}").format(names=row.officers) if row.officers else _("nobody named in charge")
    return "　".join(filter(None, (row.case_number, row.title or row.cause, who)))


def due_words(row: Urgent, now: datetime) -> str:
    """When it ends, as one would say it."""
    return moment_words(row.due.astimezone(BEIJING), now.astimezone(BEIJING)) if row.due is not None else "–"
