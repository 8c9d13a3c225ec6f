"""What an approval would mean, in one sentence in Song: the requester reads the same words as the leader."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.approvals import AskedLine
from desktop.clock import moment
from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from models.terms import Verb
from models.timecode import SECOND
from views.common.text import Rich, em, rich

SHOWN = 3  # titles named in the sentence; the rest are counted


def exact_words(us: int) -> str:
    """1 小时 21 分 20 秒: a length to the second, nothing left out; less than a second counts as one."""
    whole = -(-us // SECOND)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    parts = [_("{n} h").format(n=hours) if hours else "", _("{n} min").format(n=minutes) if minutes else "",
             _("{n} s").format(n=seconds) if seconds or not whole else ""]
    return " ".join(filter(None, parts))


def until_words(stamp: str) -> str:
    """2026 年 12 月 3 日 18:00, in the office's time."""
    at = moment(stamp).astimezone(BEIJING)
    return _("{year}-{month}-{day} at {time}").format(year=at.year, month=at.month, day=at.day, time=f"{at:%H:%M}")


def asked_sentence(requester: str, verb: Verb, copies: int, until: str, items: Sequence[AskedLine]) -> Rich:
    """Who may do what until when, how much that is, and what stays closed; bold where a number decides."""
    asked = sum(i.asked_us for i in items)
    rest = sum(max((i.duration_us or 0) - i.asked_us, 0) for i in items)
    named = "、".join(_("“{title}”").format(title=i.title) for i in items[:SHOWN])
    if len(items) > SHOWN:
        named = _("{titles} and others, {n} in all").format(titles=named, n=len(items))
    parts = [rich(_("Once approved, {who} may view {what} until {until}"), who=em(requester), what=named, until=em(until_words(until)))]
    if asked:
        parts.append(rich(_(", recordings of {length} in all"), length=em(exact_words(asked))))
    if verb is Verb.COPY:
        parts.append(rich(_(", and receives {copies} of it"), copies=em(_("{n} numbered copies").format(n=copies))))
    end = rich(_(". The other {rest} stay closed."), rest=em(exact_words(rest))) if rest else rich(_(". Everything else stays closed."))
    return Rich("".join([*parts, end]))
